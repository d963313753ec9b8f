"""One version of a program: the rules from one day on, as data. Every key is described in `docs/add-a-program.md`."""

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rules.calendar import add_days, add_months
from rules.model import Amount, Frozen, Item
from rules.scenario_form import Name
from rules.titles import normalised

Count = Annotated[int, Field(ge=1)]
# Whom a row serves: every holding, those of the track that it names, or the one holding that it names.
Serves = Literal["any", "track", "holding"]
Anchor = Literal["last_needed_activity", "previous_expiration"]
ZERO = Decimal(0)


class Span(Frozen):
    """A length of time: calendar months or days, two different units."""

    months: Count | None = None
    days: Count | None = None

    @model_validator(mode="after")
    def one_unit(self) -> Self:
        if (self.months is None) == (self.days is None):
            raise ValueError("write either months or days, not both and not neither")
        return self

    def after(self, day: dt.date) -> dt.date:
        """The day that lies this span after `day`."""
        return add_months(day, self.months) if self.months else add_days(day, self.days or 0)

    def before(self, day: dt.date) -> dt.date:
        """The day that lies this span before `day`."""
        return add_months(day, -self.months) if self.months else add_days(day, -(self.days or 0))


class ExamNeed(Frozen):
    """`count` exams with different codes of any of these kinds; no kinds = any exam that serves the holding.

    `or_its_own`: an exam that names the holding serves as well, whatever its kind.
    """

    kinds: tuple[str, ...] = ()
    count: Count = 1
    or_its_own: bool = False

    @property
    def key(self) -> str:
        """Its key in a verdict's `missing`."""
        return f"exam:{self.kinds[0]}" if len(self.kinds) == 1 else "exam:any"


class Minimum(Frozen):
    """A part of the credits that must be of these kinds. Several may overlap: a group and its leaves."""

    id: Name
    kinds: tuple[str, ...] = Field(min_length=1)
    credits: Amount

    @property
    def key(self) -> str:
        return f"credits:{self.id}"


class Yearly(Frozen):
    """So many credits in each whole year of the cycle: `calendar` years, or `cycle` years counted from its first day.
    A calendar year that lies only partly in the cycle asks for nothing."""

    credits: Amount
    year: Literal["calendar", "cycle"]


class Path(Frozen):
    """One way to renew: all that is written must be met. Its day is the day the last of it was reached.

    `facts` are kinds of which one item each is needed (a fee paid, a code of ethics signed), `courses` titles that are
    all needed, `courses_of_holding` those titles that the holding itself states.
    """

    id: Name
    name: Name
    clause: str
    credits: Amount = ZERO
    exams: tuple[ExamNeed, ...] = Field(default=(), alias="exam")
    minimums: tuple[Minimum, ...] = Field(default=(), alias="minimum")
    each_year: Yearly | None = None
    facts: tuple[Name, ...] = ()
    courses: tuple[Name, ...] = ()
    courses_of_holding: bool = False

    @cached_property
    def only_credits(self) -> bool:
        """Whether credits alone meet it."""
        return bool(self.credits) and not (self.exams or self.has_conditions)

    @cached_property
    def has_conditions(self) -> bool:
        """Whether it asks for more than a sum of credits and exams."""
        return bool(self.minimums or self.each_year or self.facts or self.asks_for_courses)

    @cached_property
    def asks_for_courses(self) -> bool:
        return bool(self.courses) or self.courses_of_holding

    @cached_property
    def asks_for_credits(self) -> bool:
        return bool(self.credits or self.minimums or self.each_year)

    def needs(self, item: Item, stated: tuple[str, ...]) -> bool:
        """Whether it needs an item for more than the sum: for a part of the credits, a year, a fact, a course."""
        if self.minimums or self.each_year or item.kind in self.facts:
            return True
        titles = (*self.courses, *(stated if self.courses_of_holding else ()))
        return bool(titles) and normalised(item.course) in {normalised(title) for title in titles}

    @model_validator(mode="after")
    def asks_for_something(self) -> Self:
        if not (self.exams or self.has_conditions or self.credits):
            raise ValueError("a path asks for credits, for exams or for both; or for facts or courses")
        kinds = [kind for need in self.exams for kind in need.kinds]
        if len(set(kinds)) < len(kinds) or (len(self.exams) > 1 and not all(need.kinds for need in self.exams)):
            raise ValueError("one exam could fill two places of this path; name each kind once")
        if len({need.key for need in self.exams}) < len(self.exams):
            raise ValueError("two places of this path each take several kinds; what is missing could not be told apart")
        if len({part.id for part in self.minimums}) < len(self.minimums):
            raise ValueError("two minimums of this path have one id; what is missing could not be told apart")
        return self


class Level(Frozen):
    """`rank` orders the levels for the cascade, unless the level is not `in_cascade`: it then renews nothing else and
    nothing else renews it. A grace makes `validity` end in suspension, and the grace in expiry; `lifetime` never ends.
    `anchor` is its own where it differs from the version's.
    """

    name: Name
    rank: Count
    validity: Span | None = None
    lifetime: bool = False
    grace: Span | None = None
    in_cascade: bool = True
    anchor: Anchor | None = None
    clause: str
    paths: tuple[Path, ...] = Field(default=(), alias="path")

    @model_validator(mode="after")
    def ends_or_not(self) -> Self:
        if (self.validity is None) != self.lifetime:
            raise ValueError("write either validity, or lifetime = true")
        if self.lifetime and self.grace is not None:
            raise ValueError("what has a lifetime has no grace")
        if self.lifetime and self.paths:
            raise ValueError("what has a lifetime is not renewed; leave its paths out")
        return self

    @cached_property
    def counts_credits(self) -> bool:
        return any(path.asks_for_credits for path in self.paths)

    def wants(self, item: Item, stated: tuple[str, ...]) -> bool:
        """Whether an item could serve any path; `stated` are the titles that the holding asks for."""
        return any(path.asks_for_credits or path.needs(item, stated) for path in self.paths)


class Usual(Frozen):
    """What one item of a kind is usually worth; more or less is flagged, and counts all the same."""

    least: Amount
    most: Amount

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.most < self.least:
            raise ValueError("write the smaller number as least")
        return self


class Kind(Frozen):
    """A kind of activity. `value` counts where an item states no credits; if `fixed`, whatever the item states."""

    name: Name
    clause: str
    value: Amount | None = None
    fixed: bool = False
    usual: Usual | None = None
    applies_to: Serves = "any"
    credited: Literal["on_portal", "automatically"] | None = None

    @model_validator(mode="after")
    def fixed_value(self) -> Self:
        if self.fixed and self.value is None:
            raise ValueError("what is fixed needs a value")
        return self


class Cap(Frozen):
    """At most so many uses, or credits, of these kinds together in a period; the earliest count. Without a number a cap
    is known to exist and no more: what it could touch is counted and flagged."""

    kinds: tuple[str, ...] = Field(min_length=1)
    max_uses: Count | None = None
    max_credits: Amount | None = None
    period: Literal["cycle", "calendar_year"] = "cycle"
    clause: str


class CarryOver(Frozen):
    """What a closed cycle gives to the next: only its excess, only of these kinds, only of its last span, at most so
    many."""

    kinds: tuple[str, ...] = Field(min_length=1)
    earned_in_last: Span
    max_credits: Amount
    clause: str


class CreditLife(Span):
    """How long an unused credit lives, counted from its activity."""

    clause: str


class Submission(Frozen):
    """An item is submitted at most `within_days` after its completion; `warn` counts a late one and flags it."""

    within_days: Count
    mode: Literal["enforce", "warn"]


class ExamRules(Frozen):
    """`match`: which holdings an exam serves, while they are suspended `match_while_suspended`; when it may be taken;
    what it is worth in credits, where a program counts it so."""

    kinds: tuple[str, ...] = ()
    match: Serves
    match_while_suspended: Serves | None = None
    window_before_expiry: Span | None = None
    window_before_suspension: Span | None = None
    points: dict[str, Amount] = Field(default_factory=dict)

    def opens_on(self, suspends_on: dt.date | None, expires_on: dt.date) -> dt.date:
        """The first day on which an exam may be passed for what is suspended and expires on these days."""
        if self.window_before_suspension is not None:
            return self.window_before_suspension.before(suspends_on or expires_on)
        if self.window_before_expiry is not None:
            return self.window_before_expiry.before(expires_on)
        return dt.date.min


class Because(Frozen):
    """Which clause stands behind each way an item can go, and behind what renews."""

    not_active: str
    outside_cycle: str
    repeat: str
    over_cap: str
    offer_ended: str
    submitted_late: str
    entered_after_expiry: str
    status: str
    unknown_then: str
    future: str
    surplus: str
    renewed: str
    cascaded: str
    retired: str
    entry_before_activity: str
    balance: str
    exam_window: str | None = None
    exam_match: str | None = None


class Version(Frozen):
    """The rules from one day on, until the next version begins; `like` names the one that it was completed by. One that
    is not `enabled` is another reading of the sources: it is checked like the others and never in force."""

    id: Name
    begins: dt.date = Field(alias="from")
    enabled: bool = True
    like: str | None = None
    clause: str
    last_day: Literal["inclusive", "exclusive"]
    anchor: Anchor = "last_needed_activity"
    anchor_while_suspended: Anchor | None = None
    allocation: Literal["accumulate_to_highest", "strict_single_use"]
    cascade: Literal["same_level_and_below", "below", "none"]
    repeat: Literal["once_per_cycle", "once_ever", "allowed"]
    entry_after_expiry: Literal["refused", "accepted"]
    submission: Submission | None = None
    credit_life: CreditLife | None = None
    carry_over: CarryOver | None = None
    exam: ExamRules
    because: Because
    levels: dict[str, Level] = Field(alias="level")
    kinds: dict[str, Kind] = Field(alias="kind")
    caps: tuple[Cap, ...] = Field(default=(), alias="cap")

    def over(self, day: dt.date, ends_on: dt.date) -> bool:
        """Whether on `day` a period that ends on `ends_on` is over."""
        return day > ends_on if self.last_day == "inclusive" else day >= ends_on

    def last_of(self, ends_on: dt.date) -> dt.date:
        """The last day of a period that ends on `ends_on`."""
        return ends_on if self.last_day == "inclusive" else add_days(ends_on, -1)

    def submit_by(self, completed_on: dt.date, expires_on: dt.date) -> dt.date:
        """The last day on which an item can be submitted and still count for a holding that expires on `expires_on`."""
        last = self.last_of(expires_on)
        if self.submission is None:
            return last
        return min(last, add_days(completed_on, self.submission.within_days))
