"""One holding on its way through time: what counts in its running cycle, what was refused and why, when it renewed."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from rules.calendar import add_days, months_between
from rules.gates import capped, exam_ineligible, ineligible, over_cap, repeated, value
from rules.model import ClaimStatus, Exam, Holding, HoldingStatus, Item
from rules.needs import lacks, passed
from rules.program import Program
from rules.refusal import Cause, Refusal, exam_item, made
from rules.version import ZERO, CarryOver, Level, Path, Version

CASCADE = "cascade"


@dataclass(slots=True)
class Track:
    """The state of one holding. `opened_on` is the first day that counts in the running cycle.

    `counted` are the running cycle's items with what is left of their credits, in the order of their days; `total` is
    their sum, `parts` their number and sum by kind and calendar year, `settled` what of the sum is earned (in a
    projection waiting items count too).
    `met_on` is the day of the last renewal, `anchor_on` the day from which its period counts. `changed` says that
    something was added since the paths were last looked at.
    """

    holding: Holding
    level: Level
    opened_on: dt.date
    suspends_on: dt.date | None
    expires_on: dt.date
    anchor_on: dt.date | None = None
    met_on: dt.date | None = None
    path: str | None = None
    path_clause: str | None = None
    previous: tuple[dt.date | None, dt.date] | None = None
    total: Decimal = ZERO
    settled: Decimal = ZERO
    excess: Decimal = ZERO
    recent: Decimal = ZERO
    parts: dict[tuple[str, int], tuple[int, Decimal]] = field(default_factory=dict)
    counted: list[tuple[Item, Decimal]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    exams_refused: list[Refusal] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)
    exams: set[tuple[str | None, str | None]] = field(default_factory=set)
    own_exams: set[tuple[str | None, str | None]] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    changed: bool = False

    @classmethod
    def start(cls, holding: Holding, level: Level, program: Program) -> "Track":
        """A holding on the day it was earned, with the dates that the portal states where it does.

        A stated expiry beyond the first one means that it was renewed before our facts begin: the running cycle then
        began one validity (and grace) earlier, and what lies up to that day belongs to a closed cycle.
        """
        suspends_on, expires_on = program.dates_from(level, holding.earned_on)
        track = cls(holding, level, holding.earned_on, suspends_on, expires_on)
        stated = program.floored(holding.expires_on) if holding.expires_on else expires_on
        if stated != expires_on:
            track.flags.add("expiry_stated")
            track.expires_on = stated
            track.suspends_on = level.grace.before(stated) if level.grace else None
            if stated > expires_on and level.validity is not None:
                began_on = level.validity.before(track.suspends_on or stated)
                track.opened_on = max(add_days(began_on, 1), holding.earned_on)
        if holding.retired:
            track.flags.add("retired")
        if holding.earned_on < program.versions[0].begins:
            track.flags.add("before_first_version")
        return track

    @property
    def renewable(self) -> bool:
        """Whether anything can renew it: not where it is retired or never ends."""
        return not self.holding.retired and self.expires_on != dt.date.max

    @property
    def ends_on(self) -> dt.date:
        """The end of the running active period: the suspension, or the expiry where there is no grace."""
        return self.suspends_on or self.expires_on

    def active_on(self, day: dt.date, version: Version) -> bool:
        """Whether it is held and not expired (a suspended one can still be renewed)."""
        return self.holding.earned_on <= day and not version.over(day, self.expires_on)

    def suspended_on(self, day: dt.date, version: Version) -> bool:
        return self.suspends_on is not None and version.over(day, self.suspends_on)

    def status_on(self, day: dt.date, version: Version) -> HoldingStatus:
        if version.over(day, self.expires_on):
            return HoldingStatus.EXPIRED
        return HoldingStatus.SUSPENDED if self.suspended_on(day, version) else HoldingStatus.ACTIVE

    def gained_months(self) -> int:
        """Whole months that the last renewal won, from suspension to suspension; without a grace, expiry to expiry."""
        if self.previous is None:
            return 0
        return months_between(self.previous[0] or self.previous[1], self.ends_on)

    def take(self, item: Item, version: Version) -> None:
        """Count an item in the running cycle, or refuse it. Items come in the order of (day, id)."""
        kind = version.kinds.get(item.kind)
        refusal = ineligible(self, item, kind, version)
        if refusal is not None:
            self.refused.append(refusal)
            return
        credits = value(self, item, kind)
        if item.completed_on < self.opened_on:  # between an early renewal and the end of the period that it closed
            self.refused.append(Refusal(item, Cause.NOT_NEEDED, self.met_on, credits, self.path))
            self._leave_over(item, credits, version.carry_over)
            return
        refusal = repeated(self, item, version) or over_cap(self, item, version)
        if refusal is not None:
            self.refused.append(refusal)
            return
        self._add(item, capped(self, item, credits, version))

    def take_balance(self, stated: Item, version: Version) -> None:
        """Count what a portal's balance says beyond the earned items that are already counted."""
        if ineligible(self, stated, None, version) is not None or stated.completed_on < self.opened_on:
            return
        beyond = (stated.credits or ZERO) - self.settled
        if beyond < 0:
            self.flags.add("balance_below_items")
        if beyond > 0:
            self.flags.add("balance_used")
            self._add(stated, beyond)

    def take_exam(self, exam: Exam, version: Version) -> None:
        """Let an exam serve this cycle where it may."""
        rules, key = version.exam, (exam.kind, exam.code)
        refusal = exam_ineligible(self, exam, version)
        if refusal is not None:
            self.exams_refused.append(refusal)
            return
        if exam.code is None and key in self.exams:
            self.flags.add("exam_code_missing")  # two exams without a code cannot be told apart: they count once
        points = rules.points.get(exam.kind or "")
        if points and key not in self.exams:
            self._add(exam_item(exam), points)
        self.exams.add(key)
        if exam.holding == self.holding.name:
            self.own_exams.add(key)
        self.changed = True

    def lapse(self, day: dt.date, version: Version) -> None:
        """Lose the credits whose life is over on `day`."""
        life = version.credit_life
        while life and self.counted and life.after(self.counted[0][0].completed_on) < day:
            item, credits = self.counted.pop(0)
            self._sum(item, -1, -credits)
            self.refused.append(Refusal(item, Cause.LAPSED, life.after(item.completed_on), credits, clause=life.clause))

    def satisfied(self, paths: tuple[Path, ...], version: Version) -> Path | None:
        """The first path, in the order of the program's file, that the running cycle meets."""
        for path in paths:
            if self.total < path.credits or (path.exams and self._exam_lacks(path)):
                continue
            if not (path.has_conditions and lacks(self, path, version)):
                return path
        return None

    def anchor_for(self, day: dt.date, version: Version, leading: dt.date | None = None) -> dt.date:
        """The day from which a period counts that is renewed on `day`: that day, or the end of the last period; in a
        cascade then the day from which the `leading` period counts."""
        anchor = version.levels.get(self.holding.level, self.level).anchor or version.anchor
        if version.anchor_while_suspended is not None and self.suspended_on(day, version):
            anchor = version.anchor_while_suspended
        return day if anchor == "last_needed_activity" else leading or self.ends_on

    def renew(self, day: dt.date, path: Path | None, anchor: dt.date, version: Version, program: Program) -> None:
        """Close the cycle on `day` by a path of its own, or by cascade (None), and open the next one: the day after
        `day`, or with the period that follows where that is counted from the end of the last one."""
        name = path.id if path else CASCADE
        needed, running = (path.credits if path else ZERO), ZERO
        for item, credits in self.counted:
            used = running < needed or (path is not None and path.needs(item, self.holding.required_courses))
            self.refused.append(Refusal(item, Cause.USED if used else Cause.NOT_NEEDED, day, credits, name))
            running += credits
        rule = version.carry_over if path else None
        self.excess, self.recent = running - needed, self._recent(rule, anchor)
        self.level = version.levels.get(self.holding.level, self.level)
        self.previous = (self.suspends_on, self.expires_on)
        self.anchor_on, self.met_on, self.path, self.path_clause = anchor, day, name, path.clause if path else None
        self.suspends_on, self.expires_on = program.dates_from(self.level, anchor)
        following = anchor if version.last_day == "exclusive" else add_days(anchor, 1)
        self.opened_on = max(following, add_days(day, 1))
        self._clear()
        self.exams, self.own_exams = set(), set()
        self._carry(rule)

    def spend(self, day: dt.date) -> None:
        """Lose the running cycle's credits to the renewal of another holding; exams stay."""
        self.refused += [Refusal(item, Cause.SPENT_ELSEWHERE, day) for item, _ in self.counted]
        self._clear()

    def missing(self, paths: tuple[Path, ...], version: Version) -> dict[str, dict[str, Decimal | int]]:
        """Every unmet path of the running cycle -> what lacks -> how much."""
        return {path.id: lack for path in paths if (lack := lacks(self, path, version))}

    def _exam_lacks(self, path: Path) -> bool:
        return not self.exams or any(passed(self, need) < need.count for need in path.exams)

    def _clear(self) -> None:
        self.total = self.settled = ZERO
        self.counted, self.seen, self.parts = [], set(), {}

    def _add(self, item: Item, credits: Decimal) -> None:
        self.counted.append((item, credits))
        self.changed = True
        self._sum(item, 1, credits)

    def _sum(self, item: Item, uses: int, credits: Decimal) -> None:
        """Add a line to the sums, or take it off them."""
        part = (item.kind, item.completed_on.year)
        there = self.parts.get(part, (0, ZERO))
        self.parts[part] = (there[0] + uses, there[1] + credits)
        self.total += credits
        if item.status is ClaimStatus.EARNED:
            self.settled += credits

    def _recent(self, rule: CarryOver | None, ends_on: dt.date) -> Decimal:
        """What of the counted items may be carried over by its kind and its day."""
        if rule is None:
            return ZERO
        since = rule.earned_in_last.before(ends_on)
        return sum((c for item, c in self.counted if item.kind in rule.kinds and item.completed_on >= since), ZERO)

    def _leave_over(self, item: Item, credits: Decimal, rule: CarryOver | None) -> None:
        """An item after its cycle was met: all of it is excess, and may be carried over."""
        if rule is not None and self.anchor_on is not None and self.path != CASCADE:
            self.excess += credits
            if item.kind in rule.kinds and item.completed_on >= rule.earned_in_last.before(self.anchor_on):
                self.recent += credits
            self._clear()
            self._carry(rule)

    def _carry(self, rule: CarryOver | None) -> None:
        """Open the next cycle with what the closed one leaves it."""
        carried = min(self.excess, self.recent, rule.max_credits) if rule else ZERO
        if rule is not None and carried > 0:
            name = f"carried:{self.opened_on.isoformat()}"
            self._add(made(name, rule.kinds[0], self.opened_on), carried)
        self.changed = False
