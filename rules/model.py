"""The words of the rules: what is evaluated and what comes out.

Everything here is a civil date without a time; credits are `Decimal`. Rows that go in are slotted dataclasses (a
hundred thousand holders are evaluated from memory), what comes out is a frozen pydantic model and its JSON is the
contract of `recert evaluate` and `recert status`.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, TypeAdapter, ValidationError


class ClaimStatus(StrEnum):
    """The life of a claim at the portal. Only `earned` renews; `draft` and `pending` feed the projection."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PENDING = "pending"
    EARNED = "earned"
    REJECTED = "rejected"

    @property
    def waits(self) -> bool:
        """Whether it is on its way to being earned."""
        return self in (ClaimStatus.DRAFT, ClaimStatus.SUBMITTED, ClaimStatus.PENDING)


@dataclass(frozen=True, slots=True)
class Item:
    """An activity joined with one claim. `program` is whose credits these are; repeats are judged by `course`.

    `credits` None means: the value that the program gives this kind. `recorded_on` is when we knew it (drives
    known_at), `submitted_on` the portal's date, None until told. `holding` and `track` say whom it serves, where a kind
    does not serve every holding. `made` marks what the engine itself adds to a sum; it is no row of a ledger.
    """

    id: str
    program: str
    course: str
    kind: str
    completed_on: dt.date
    recorded_on: dt.date
    submitted_on: dt.date | None = None
    credits: Decimal | None = None
    status: ClaimStatus = ClaimStatus.EARNED
    offer_ends_on: dt.date | None = None
    started_on: dt.date | None = None
    holding: str | None = None
    track: str | None = None
    made: bool = False


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam that was passed. `holding` or `track` names what it must match, where the program asks for a match;
    `earned` names the holdings that it earned, which it does not renew as well."""

    program: str
    passed_on: dt.date
    recorded_on: dt.date
    kind: str | None = None
    code: str | None = None
    holding: str | None = None
    earned: frozenset[str] = frozenset()
    track: str | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """A special status that the vendor granted on a day, by the id that the program gives it."""

    id: str
    granted_on: dt.date
    recorded_on: dt.date


@dataclass(frozen=True, slots=True)
class Holding:
    """A certification that somebody holds. `expires_on` is given where the portal states it, `required_courses` where
    the portal names the courses that renew it, `track` where a program has tracks."""

    program: str
    name: str
    level: str
    earned_on: dt.date
    recorded_on: dt.date
    expires_on: dt.date | None = None
    retired: bool = False
    track: str | None = None
    required_courses: tuple[str, ...] = ()
    granted: tuple[Granted, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """What a portal said it had counted for a holding's running cycle on one day.

    The engine counts it as one item of the day `stated_on`, less the items dated up to that day that it already has.
    """

    program: str
    holding: str
    credits: Decimal
    stated_on: dt.date
    recorded_on: dt.date


class HoldingStatus(StrEnum):
    NOT_YET_HELD = "not_yet_held"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"


class Reason(StrEnum):
    """Why an item or an exam was not counted for a holding. The last three are said of exams alone."""

    NOT_ACTIVE = "not_active"
    OUTSIDE_CYCLE = "outside_cycle"
    REPEAT = "repeat"
    OVER_CAP = "over_cap"
    OFFER_ENDED = "offer_ended"
    SUBMITTED_LATE = "submitted_late"
    ENTERED_AFTER_EXPIRY = "entered_after_expiry"
    STATUS = "status"
    UNKNOWN_THEN = "unknown_then"
    FUTURE = "future"
    SURPLUS = "surplus"
    TOO_EARLY = "too_early"
    NO_MATCH = "no_match"
    EARNED_IT = "earned_it"


Amount = Annotated[Decimal, Field(ge=0, allow_inf_nan=False, max_digits=20, decimal_places=10)]
"""Credits, hours or money as people state them. Beyond these digits no sum holds, and written out it fills the disk."""
_AMOUNT: TypeAdapter[Decimal] = TypeAdapter(Amount)


def amount_of(text: str) -> Decimal | None:
    """An amount as it is written, or None for what is none."""
    try:
        return _AMOUNT.validate_python(Decimal(text))
    except (InvalidOperation, ValidationError):
        return None


def plain(value: Decimal) -> str:
    """A decimal as people write it: `32`, `2.5`; never `3E+1` or `2.50`."""
    text = format(value, "f") if value else "0"  # a zero may have any exponent
    return text.rstrip("0").rstrip(".") if "." in text else text


def _amount(value: Decimal | int) -> str | int:
    return value if isinstance(value, int) else plain(value)


Credits = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
# What lacks: credits are decimals and become JSON strings, exams are whole numbers and stay numbers.
Lack = Annotated[Decimal | int, PlainSerializer(_amount, return_type=str | int)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Counted(Frozen):
    """An item that counts in the running cycle. `credits` is what is left of it after caps."""

    item: str
    credits: Credits


def _nothing(value: object) -> bool:
    return value is None or value == ()


class Used(Frozen):
    """What an item counted in a cycle that a renewal closed: the day of that renewal, and its path."""

    credits: Credits
    renewed_on: dt.date
    path: str


class NotCounted(Frozen):
    """An item that does not count, why, in one sentence, by which clause of which source. `used` is in the JSON where
    an earlier cycle counted it."""

    item: str
    reason: Reason
    clause: str
    sentence: str
    source: str
    used: Used | None = Field(default=None, exclude_if=_nothing)


class ExamNotCounted(Frozen):
    """An exam that serves no path of a holding, why, in one sentence, by which clause of which source."""

    exam: str
    passed_on: dt.date
    reason: Reason
    clause: str
    sentence: str
    source: str


class Dates(Frozen):
    suspends_on: dt.date | None
    expires_on: dt.date | None


class Projected(Frozen):
    """The verdict if every draft, submitted and pending item were earned."""

    status: HoldingStatus
    anchor_on: dt.date | None
    suspends_on: dt.date | None
    expires_on: dt.date | None


class Waiting(Frozen):
    """What draft, submitted and pending items would add for a holding; `submit_by` where one is not submitted yet."""

    credits: Credits
    submit_by: dt.date | None


class Verdict(Frozen):
    """What the rules say of one holding on one day.

    `missing` lists every unmet path of the cycle that runs on that day: path id -> what lacks -> how much. `counted`
    and `not_counted` say where every item of the program went; `flags` are stable words for what a reader should know
    (`needs_confirmation`, `submission_unknown`, `boundary_day`, …). `anchor_on` is the day from which the running
    period counts; where that is not the day on which the requirements were met, `met_on` is. `waiting`, `met_on` and
    `exams_not_counted` are in the JSON where there is something to say.
    """

    holding: str
    program: str
    level: str
    status: HoldingStatus
    renewed: bool
    path: str | None
    anchor_on: dt.date | None
    suspends_on: dt.date | None
    expires_on: dt.date | None
    previous: Dates
    gained_months: int
    missing: dict[str, dict[str, Lack]]
    projected: Projected | None
    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]
    flags: tuple[str, ...]
    program_version: str
    verified_on: dt.date
    waiting: Waiting | None = Field(default=None, exclude_if=_nothing)
    met_on: dt.date | None = Field(default=None, exclude_if=_nothing)
    exams_not_counted: tuple[ExamNotCounted, ...] = Field(default=(), exclude_if=_nothing)
