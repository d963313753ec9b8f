"""One holding on its way through time: what counts in its running cycle, what was refused and why, when it renewed."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from rules.calendar import add_days, months_between
from rules.model import ClaimStatus, Exam, Holding, HoldingStatus, Item
from rules.program import Kind, Level, Path, Program, Version
from rules.titles import normalised

ZERO = Decimal(0)
CASCADE = "cascade"


class Cause(StrEnum):
    """Exactly why an item is not counted; `explain.CAUSES` gives each its reason, clause and sentence."""

    NOT_ON_RECORD = "not_on_record"
    IN_THE_FUTURE = "in_the_future"
    ENTERED_BEFORE = "entered_before"
    STATUS = "status"
    HOLDING_NOT_HELD = "holding_not_held"
    BEFORE_EARNED = "before_earned"
    AFTER_EXPIRY = "after_expiry"
    BEFORE_CYCLE = "before_cycle"
    OFFER_ENDED = "offer_ended"
    SUBMITTED_LATE = "submitted_late"
    ENTERED_AFTER_EXPIRY = "entered_after_expiry"
    REPEAT = "repeat"
    OVER_CAP = "over_cap"
    USED = "used"
    SPENT_ELSEWHERE = "spent_elsewhere"
    NOT_NEEDED = "not_needed"
    RETIRED = "retired"
    NO_CREDITS = "no_credits"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that is not counted. `day` and `amount` are what its sentence needs: a limit, a renewal, a number."""

    item: Item
    cause: Cause
    day: dt.date | None = None
    amount: Decimal | None = None
    path: str | None = None


@dataclass(slots=True)
class Track:
    """The state of one holding. `opened_on` is the first day that counts in the running cycle.

    `counted` are the running cycle's items with what is left of their credits, in the order of their days; `total` is
    their sum, `settled` the part of it that is earned (in a projection waiting items count too). `changed` says that
    something was added since the paths were last looked at.
    """

    holding: Holding
    level: Level
    opened_on: dt.date
    suspends_on: dt.date | None
    expires_on: dt.date
    anchor_on: dt.date | None = None
    path: str | None = None
    path_clause: str | None = None
    previous: tuple[dt.date | None, dt.date] | None = None
    total: Decimal = ZERO
    settled: Decimal = ZERO
    counted: list[tuple[Item, Decimal]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    uses: dict[str, int] = field(default_factory=dict)
    exams: set[tuple[str | None, str | None]] = field(default_factory=set)
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
            if stated > expires_on:
                began_on = level.validity.before(track.suspends_on or stated)
                track.opened_on = max(add_days(began_on, 1), holding.earned_on)
        if holding.retired:
            track.flags.add("retired")
        if holding.earned_on < (program.validity_known_from or program.versions[0].begins):
            track.flags.add("before_first_version")
        return track

    def active_on(self, day: dt.date, version: Version) -> bool:
        """Whether it is held and not expired (a suspended one can still be renewed)."""
        return self.holding.earned_on <= day and not version.over(day, self.expires_on)

    def status_on(self, day: dt.date, version: Version) -> HoldingStatus:
        if version.over(day, self.expires_on):
            return HoldingStatus.EXPIRED
        suspended = self.suspends_on is not None and day >= self.suspends_on
        return HoldingStatus.SUSPENDED if suspended else HoldingStatus.ACTIVE

    def gained_months(self) -> int:
        """Whole months that the last renewal won, from suspension to suspension; without a grace, expiry to expiry."""
        if self.previous is None:
            return 0
        before, after = self.previous[0] or self.previous[1], self.suspends_on or self.expires_on
        return months_between(before, after)

    def take(self, item: Item, version: Version) -> None:
        """Count an item in the running cycle, or refuse it. Items come in the order of (day, id)."""
        refusal = self._ineligible(item, version)
        if refusal is None:
            kind = version.kinds.get(item.kind)
            refusal = self._repeated_or_over_cap(item, kind, version)
        if refusal is not None:
            self.refused.append(refusal)
            return
        self._count(item, kind)

    def take_balance(self, stated: Item, version: Version) -> None:
        """Count what a portal's balance says beyond the earned items that are already counted."""
        if self._ineligible(stated, version) is not None:
            return
        beyond = (stated.credits or ZERO) - self.settled
        if beyond < 0:
            self.flags.add("balance_below_items")
        if beyond > 0:
            self.flags.add("balance_used")
            self._add(stated, beyond)

    def take_exam(self, exam: Exam, version: Version) -> None:
        """Let an exam serve this cycle where it may."""
        rules, day = version.exam, exam.passed_on
        if rules.match == "holding" and exam.holding != self.holding.name:
            if exam.holding is None:
                self.flags.add("exam_holding_missing")
            return
        if rules.kinds and exam.kind is None:
            self.flags.add("exam_kind_missing")
        if day == self.expires_on:
            self.flags.add("boundary_day")
        if day < self.opened_on or not self.active_on(day, version):
            return
        if self.holding.name in exam.earned:
            self.flags.add("exam_earned_it")
            return
        window = rules.window_before_expiry
        if window is not None and day < window.before(self.expires_on):
            return
        if exam.code is None and (exam.kind, None) in self.exams:
            self.flags.add("exam_code_missing")  # two exams without a code cannot be told apart: they count once
        self.exams.add((exam.kind, exam.code))
        self.changed = True

    def satisfied(self, paths: tuple[Path, ...]) -> Path | None:
        """The first path, in the order of the program's file, that the running cycle meets."""
        for path in paths:
            if self.total >= path.credits and (not path.exams or not any(self.lacking(path))):
                return path
        return None

    def lacking(self, path: Path) -> list[int]:
        """How many exams lack for each place of a path."""
        return [max(0, need.count - self._passed(need.kinds)) for need in path.exams]

    def renew(self, day: dt.date, path: Path | None, level: Level, program: Program) -> None:
        """Close the cycle on `day` by a path of its own, or by cascade (None), and open the next one the day after."""
        name = path.id if path else CASCADE
        needed, running = (path.credits if path else ZERO), ZERO
        for item, credits in self.counted:
            cause = Cause.USED if running < needed else Cause.NOT_NEEDED
            self.refused.append(Refusal(item, cause, day, credits, name))
            running += credits
        self._clear()
        self.exams = set()
        self.previous = (self.suspends_on, self.expires_on)
        self.anchor_on, self.path, self.path_clause = day, name, path.clause if path else None
        self.suspends_on, self.expires_on = program.dates_from(level, day)
        self.level, self.opened_on = level, add_days(day, 1)
        if day < program.versions[0].begins:
            self.flags.add("before_first_version")

    def spend(self, day: dt.date) -> None:
        """Lose the running cycle's credits to the renewal of another holding; exams stay."""
        for item, credits in self.counted:
            self.refused.append(Refusal(item, Cause.SPENT_ELSEWHERE, day, credits))
        self._clear()

    def missing(self, paths: tuple[Path, ...]) -> dict[str, dict[str, Decimal | int]]:
        """Every unmet path of the running cycle -> what lacks -> how much."""
        lacks: dict[str, dict[str, Decimal | int]] = {}
        for path in paths:
            lack: dict[str, Decimal | int] = {}
            if path.credits > self.total:
                lack["credits"] = path.credits - self.total
            for need, count in zip(path.exams, self.lacking(path), strict=True):
                if count:
                    lack[need.key] = count
            if lack:
                lacks[path.id] = lack
        return lacks

    def _passed(self, kinds: tuple[str, ...]) -> int:
        return sum(1 for kind, _ in self.exams if kind in kinds) if kinds else len(self.exams)

    def _clear(self) -> None:
        self.total = self.settled = ZERO
        self.counted, self.seen, self.uses = [], set(), {}

    def _count(self, item: Item, kind: Kind | None) -> None:
        if kind is None:
            self.flags.add("kind_unknown")
        else:
            self.uses[item.kind] = self.uses.get(item.kind, 0) + 1
        credits = item.credits if item.credits is not None else kind.value if kind else None
        if credits is None:
            self.flags.add("credits_unknown")
        self._add(item, credits or ZERO)

    def _add(self, item: Item, credits: Decimal) -> None:
        self.counted.append((item, credits))
        self.changed = True
        self.total += credits
        if item.status is ClaimStatus.EARNED:
            self.settled += credits

    def _ineligible(self, item: Item, version: Version) -> Refusal | None:
        """The gates in their fixed order: held, cycle, offer, submission, entry before expiry."""
        day, entered, holding = item.completed_on, item.submitted_on, self.holding
        if self.expires_on in (day, entered):
            self.flags.add("boundary_day")
        if day < holding.earned_on:
            return Refusal(item, Cause.BEFORE_EARNED, holding.earned_on)
        if version.over(day, self.expires_on):
            return Refusal(item, Cause.AFTER_EXPIRY, self.expires_on)
        if day < self.opened_on:
            return Refusal(item, Cause.BEFORE_CYCLE, self.opened_on)
        if item.offer_ends_on is not None and day > item.offer_ends_on:
            return Refusal(item, Cause.OFFER_ENDED, item.offer_ends_on)
        if entered is not None:
            if version.submission and (entered - day).days > version.submission.within_days:
                if version.submission.mode == "enforce":
                    return Refusal(item, Cause.SUBMITTED_LATE, entered, Decimal(version.submission.within_days))
                self.flags.add("submitted_late")
            if version.entry_after_expiry == "refused" and version.over(entered, self.expires_on):
                return Refusal(item, Cause.ENTERED_AFTER_EXPIRY, self.expires_on)
        if holding.retired:
            return Refusal(item, Cause.RETIRED, self.expires_on)
        if not self.level.counts_credits:
            return Refusal(item, Cause.NO_CREDITS)
        return None

    def _repeated_or_over_cap(self, item: Item, kind: Kind | None, version: Version) -> Refusal | None:
        if version.repeat == "once_per_cycle":
            course = normalised(item.course) or item.course.strip()
            if course in self.seen:
                return Refusal(item, Cause.REPEAT, self.opened_on)
            if course:
                self.seen.add(course)
        if kind and kind.max_uses is not None and self.uses.get(item.kind, 0) >= kind.max_uses:
            return Refusal(item, Cause.OVER_CAP, self.opened_on, Decimal(kind.max_uses))
        return None
