"""What the engine says of a person's facts with a plan added to them. The planner believes nothing else."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from rules.calendar import months_between
from rules.engine import evaluate
from rules.model import ClaimStatus, Item, Reason, Verdict
from rules.options import Option
from rules.plan_model import Renewal, Standing
from rules.program import Program

Chosen = tuple[tuple[Option, dt.date], ...]
ZERO = Decimal(0)


class Judge:
    """One program's holdings of one person, by what had happened and was on record on `as_of`.

    What is done already and not earned yet counts as earned, unless told otherwise: a draft as if it was submitted on
    `as_of`, so that one whose window has closed stays out.
    """

    def __init__(self, standing: Standing, program: Program, as_of: dt.date, *, trusting: bool = True) -> None:
        self._programs, self._as_of = {program.id: program}, as_of
        self._items = tuple(
            _as_earned(item, as_of) if trusting else item
            for item in standing.items
            if item.program == program.id and max(item.completed_on, item.recorded_on) <= as_of
        )
        self._exams = tuple(exam for exam in standing.exams if max(exam.passed_on, exam.recorded_on) <= as_of)
        self._balances = tuple(one for one in standing.balances if max(one.stated_on, one.recorded_on) <= as_of)
        self._holdings = tuple(holding for holding in standing.holdings if holding.program == program.id)
        self.held = {holding.name: holding for holding in self._holdings}
        self._undone: dict[dt.date, Mapping[str, Verdict]] = {}
        self.program = program

    def undone(self, day: dt.date) -> Mapping[str, Verdict]:
        """The verdicts on a day if nothing is added, by holding."""
        if day not in self._undone:
            self._undone[day] = self.verdicts((), day)
        return self._undone[day]

    def verdicts(self, chosen: Chosen, day: dt.date) -> Mapping[str, Verdict]:
        """The verdicts on a day with the chosen options added, by holding."""
        found = evaluate(
            items=(*self._items, *(option.item(on) for option, on in chosen if not option.exam)),
            exams=(*self._exams, *(option.passed(on) for option, on in chosen if option.exam)),
            holdings=self._holdings,
            programs=self._programs,
            as_of=day,
            known_at=max(day, self._as_of),
            balances=self._balances,
        )
        return {verdict.holding: verdict for verdict in found}

    def renewed(self, chosen: Chosen) -> Mapping[str, Verdict]:
        """The verdicts of the holdings that the chosen options renew, on the last of their days."""
        day = max(day for _, day in chosen)
        before, after = self.undone(day), self.verdicts(chosen, day)
        return {name: verdict for name, verdict in after.items() if verdict.anchor_on != before[name].anchor_on}

    def serves(self, option: Option, holding: str) -> bool:
        """Whether an option, done alone on its first day, brings a holding nearer to a renewal."""
        chosen = ((option, option.first_day),)
        before, after = self.undone(option.first_day)[holding], self.verdicts(chosen, option.first_day)[holding]
        return after.anchor_on != before.anchor_on or after.missing != before.missing

    def items(self) -> Mapping[str, Item]:
        """What is done already, by id."""
        return {item.id: item for item in self._items}

    def renewal(self, after: Verdict, finish_by: dt.date) -> Renewal:
        """What a renewal does for a holding, compared with leaving it alone."""
        before = self.undone(self._as_of)[after.holding]
        surplus = {line.item for line in after.not_counted if line.reason is Reason.SURPLUS}
        ended, ends = before.suspends_on or before.expires_on, after.suspends_on or after.expires_on
        whole = self.whole_period(after, ended)
        return Renewal(
            program=after.program,
            holding=after.holding,
            path=after.path,
            renewed_on=after.met_on or after.anchor_on or self._as_of,
            suspends_on=after.suspends_on,
            expires_on=after.expires_on,
            gained_months=months_between(ended, ends) if ended and ends else 0,
            of_months=months_between(ended, whole) if ended and whole else 0,
            lost_days=max(0, (whole - ends).days) if ends and whole else 0,
            lost_credits=sum((line.credits for line in before.counted if line.item in surplus), ZERO),
            finish_by=finish_by,
        )

    def whole_period(self, verdict: Verdict, ended: dt.date | None) -> dt.date | None:
        """Where a full period ends that begins on the day on which the running one does."""
        level = self.program.level_on(verdict.level, ended or self._as_of)
        return level.validity.after(ended) if level and level.validity and ended else None


def _as_earned(item: Item, as_of: dt.date) -> Item:
    if not item.status.waits:
        return item
    submitted_on = item.submitted_on or (as_of if item.status is ClaimStatus.DRAFT else None)
    return replace(item, status=ClaimStatus.EARNED, submitted_on=submitted_on)


def last_day(verdict: Verdict, program: Program) -> dt.date | None:
    """The last day on which a holding can still be renewed."""
    if verdict.expires_on is None:
        return None
    return program.version_on(verdict.expires_on).last_of(verdict.expires_on)


def days_of(options: Iterable[Option]) -> Chosen:
    """Options on the first day on which each can be done."""
    return tuple((option, option.first_day) for option in options)
