"""What somebody should do soon: submit before a window closes, ask for an answer, renew before it is too late. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline.batch import Reminder
from pipeline.ledger.state import Activity, Claim, Holder, State
from rules.calendar import written
from rules.model import ClaimStatus, HoldingStatus, Verdict, plain
from rules.program import Program
from rules.sentence import credit_path, earned


class ReminderKind(StrEnum):
    SUBMIT = "submit"
    MISSED = "missed"
    ASK = "ask"
    RESUBMIT = "resubmit"
    RENEW = "renew"


@dataclass(frozen=True, slots=True)
class Patience:
    """How many days: a claim may wait for the portal; before the end of a window, of a certification, one is told."""

    pending: int
    closing: int
    ending: int


@dataclass(frozen=True, slots=True)
class _Look:
    """One person's claims and certifications of one program, on one day."""

    holder: Holder
    program: Program
    verdicts: tuple[Verdict, ...]
    today: dt.date
    patience: Patience

    def reminder(self, kind: ReminderKind, day: dt.date, sentence: str, entry: int | None = None) -> Reminder:
        return Reminder(holder=self.holder.name, kind=kind, entry=entry, day=day, sentence=sentence)


def reminders_of(
    state: State,
    holder: Holder,
    verdicts: Sequence[Verdict],
    programs: Mapping[str, Program],
    *,
    today: dt.date,
    patience: Patience,
) -> tuple[Reminder, ...]:
    """One person's reminders as of `today`, the most urgent first. `verdicts` are those of this person today."""
    found: list[Reminder] = []
    for name in sorted({verdict.program for verdict in verdicts}):
        mine = tuple(verdict for verdict in verdicts if verdict.program == name)
        look = _Look(holder, programs[name], mine, today, patience)
        for activity in state.activities_of(holder.id):
            for claim in activity.claims:
                if claim.program == name:
                    found += _of_claim(activity, claim, look)
        for verdict in mine:
            found += _of_holding(verdict, look)
    return tuple(sorted(found, key=lambda one: (one.day, one.sentence)))


def submit_by(activity: Activity, claim: Claim, verdicts: Sequence[Verdict], program: Program) -> tuple[dt.date, ...]:
    """For each holding for which a claim could count: the last day on which it can be submitted."""
    completed_on = activity.facts.completed_on
    version = program.version_on(completed_on)
    return tuple(
        version.submit_by(completed_on, verdict.expires_on)
        for verdict in verdicts
        if verdict.program == claim.program
        and verdict.expires_on is not None
        and verdict.status is not HoldingStatus.NOT_YET_HELD
        and not version.over(completed_on, verdict.expires_on)
        and (verdict.anchor_on is None or verdict.anchor_on < completed_on)
    )


def _of_claim(activity: Activity, claim: Claim, look: _Look) -> Iterator[Reminder]:
    if claim.status is ClaimStatus.EARNED:
        return
    course = f"“{activity.facts.course_name}” of {written(activity.facts.completed_on)}"
    kind = look.program.kind_on(claim.kind, activity.facts.completed_on)
    by_itself = ((kind and kind.credited) or look.program.credited) == "automatically"
    if claim.status in (ClaimStatus.DRAFT, ClaimStatus.REJECTED) and not by_itself:
        yield from _of_unsubmitted(activity, claim, course, look)
    elif claim.status is not ClaimStatus.REJECTED:
        unseen = claim.status is ClaimStatus.DRAFT
        since = activity.facts.completed_on if unseen else claim.submitted_on or claim.since
        waited = (look.today - since).days
        if waited > look.patience.pending:
            told = "has not been credited" if unseen else f"has been {claim.status}"
            sentence = f"{course} {told} for {waited} days: ask the portal."
            yield look.reminder(ReminderKind.ASK, since, sentence, activity.entry)


def _of_unsubmitted(activity: Activity, claim: Claim, course: str, look: _Look) -> Iterator[Reminder]:
    days = submit_by(activity, claim, look.verdicts, look.program)
    day = min((day for day in days if day >= look.today), default=None)
    rejected = claim.status is ClaimStatus.REJECTED
    if day is not None:
        until, left = written(day), (day - look.today).days
        if rejected:
            sentence = (
                f"{course} was rejected: it can be put right and submitted again until {until}, {_in_days(left)}."
            )
            yield look.reminder(ReminderKind.RESUBMIT, day, sentence, activity.entry)
        elif left <= look.patience.closing:
            sentence = f"{course} is a draft: submit it by {until}, {_in_days(left)}."
            yield look.reminder(ReminderKind.SUBMIT, day, sentence, activity.entry)
    elif days and not rejected and (look.today - max(days)).days <= look.patience.closing:
        sentence = f"{course} was never submitted; its window closed on {written(max(days))}."
        yield look.reminder(ReminderKind.MISSED, max(days), sentence, activity.entry)


def _of_holding(verdict: Verdict, look: _Look) -> Iterator[Reminder]:
    """Before the end of a certification all the time, and earlier on the days on which its vendor reminds."""
    if verdict.expires_on is None or not verdict.missing:
        return
    suspended = verdict.status is HoldingStatus.SUSPENDED
    ends = verdict.expires_on if suspended or verdict.suspends_on is None else verdict.suspends_on
    left = (ends - look.today).days
    due = 0 <= left <= look.patience.ending or look.today in {span.before(ends) for span in look.program.remind_before}
    if verdict.status not in (HoldingStatus.ACTIVE, HoldingStatus.SUSPENDED) or not due:
        return
    path = credit_path(verdict, look.program)
    lacks = path.credits - earned(verdict) if path is not None else Decimal(0)
    waits = verdict.waiting.credits if verdict.waiting is not None else Decimal(0)
    of_them = f", {plain(min(waits, lacks))} of them wait" if waits > 0 else ""
    still = f"; {plain(lacks)} {look.program.credit_unit} are missing{of_them}" if lacks > 0 else ""
    what = "is suspended and can be renewed until" if suspended else "ends on"
    sentence = f"{verdict.holding} {what} {written(ends)}, {_in_days(left)}{still}."
    yield look.reminder(ReminderKind.RENEW, ends, sentence)


def _in_days(number: int) -> str:
    return "today" if number == 0 else "tomorrow" if number == 1 else f"in {number} days"
