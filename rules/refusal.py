"""What becomes of a row that is not counted: exactly why, and what its sentence needs."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.model import Exam, Item


class Cause(StrEnum):
    """Exactly why an item or exam is not counted; `explain.CAUSES` gives each its reason, clause and sentence."""

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
    REPEAT_EVER = "repeat_ever"
    OVER_CAP = "over_cap"
    OVER_CREDIT_CAP = "over_credit_cap"
    USED = "used"
    SPENT_ELSEWHERE = "spent_elsewhere"
    NOT_NEEDED = "not_needed"
    LAPSED = "lapsed"
    RETIRED = "retired"
    OTHER_HOLDING = "other_holding"
    NO_CREDITS = "no_credits"
    EXAM_TOO_EARLY = "exam_too_early"
    EXAM_ELSEWHERE = "exam_elsewhere"
    EXAM_EARNED_IT = "exam_earned_it"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item or exam that is not counted. `day` and `amount` are what its sentence needs (a limit, a renewal, a
    number), `clause` is the one behind it where that is not the usual one of its cause."""

    item: Item
    cause: Cause
    day: dt.date | None = None
    amount: Decimal | None = None
    path: str | None = None
    clause: str | None = None


def made(name: str, kind: str, day: dt.date, credits: Decimal | None = None) -> Item:
    """What the engine itself adds to a sum, as an item: a balance, what a closed cycle left, an exam's points."""
    return Item(
        id=name, program="", course="", kind=kind, completed_on=day, recorded_on=day, credits=credits, made=True
    )


def exam_name(exam: Exam) -> str:
    """What an exam is called in a verdict's lines: `exam`, and its kind, code and holding where it has them."""
    return ":".join(part for part in ("exam", exam.kind, exam.code, exam.holding) if part)


def exam_item(exam: Exam) -> Item:
    """An exam as a line of a verdict."""
    return made(exam_name(exam), exam.kind or "exam", exam.passed_on)
