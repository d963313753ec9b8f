"""The words of the reports, shared by the page and the terminal."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from extractors.model import FieldName
from pipeline.batch import DocumentState
from pipeline.checks.findings import Decision
from pipeline.showing import visible
from rules.model import HoldingStatus, Verdict, plain

FIELD_LABELS: Mapping[FieldName, str] = {
    "holder_name": "Holder",
    "course_name": "Course",
    "started_on": "Started",
    "completed_on": "Completed",
    "issued_on": "Issued",
    "expires_on": "Expires",
    "validation_code": "Code",
    "verify_url": "Verification link",
    "credits": "Credits",
    "credit_unit": "Credit unit",
    "hours": "Hours",
}

STATE_LABELS: Mapping[DocumentState, str] = {
    DocumentState.WAITING: "Not yet",
    DocumentState.WORKING: "In work",
    DocumentState.REVIEW: "Needs a person",
    DocumentState.DONE: "Accepted",
    DocumentState.DUPLICATE: "Duplicate",
    DocumentState.REJECTED: "Rejected",
}

DECISION_LABELS: Mapping[Decision, str] = {
    Decision.ACCEPT: "Accepted",
    Decision.REVIEW: "Needs a person",
    Decision.REJECT: "Rejected",
}

STATUS_LABELS: Mapping[HoldingStatus, str] = {
    HoldingStatus.NOT_YET_HELD: "Not yet held",
    HoldingStatus.ACTIVE: "Active",
    HoldingStatus.SUSPENDED: "Suspended",
    HoldingStatus.EXPIRED: "Expired",
}


NOTHING_COUNTS = "counts for none of this person's certifications"


def addressed(text: str, review: int | None) -> str:
    """What to do, with the review's number in the place of the N of our own commands."""
    shown = visible(text)
    return shown if review is None else re.sub(r"\b(show|accept|fix|reject) N\b", rf"\1 {review}", shown)


def day(value: dt.date | None) -> str:
    """`14 March 2026`, or a dash."""
    return "–" if value is None else f"{value.day} {value:%B %Y}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 document`, `3 documents`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def missing(verdict: Verdict, most: int = 2) -> str:
    """What a holding still needs, the ways to renew joined by "or"; at most `most` of them are spelled out."""
    ways = [" and ".join(_needed(key, amount) for key, amount in needs.items()) for needs in verdict.missing.values()]
    if not ways:
        return "nothing"
    if len(ways) > most:
        ways[most:] = [counted(len(ways) - most, "more way")]
    return ", or ".join(ways)


def _needed(key: str, amount: Decimal | int) -> str:
    figure = plain(Decimal(amount))
    if key == "credits":
        return f"{figure} credit" if figure == "1" else f"{figure} credits"
    kind = key.removeprefix("exam:").replace("_", " ")
    noun = "exam" if figure == "1" else "exams"
    return f"any {figure} {noun}" if kind == "any" else f"{figure} {kind} {noun}"


def ends_on(verdict: Verdict) -> dt.date | None:
    """The last day that matters next: of being active, or, once suspended, of being renewable."""
    if verdict.status is HoldingStatus.ACTIVE:
        return verdict.suspends_on or verdict.expires_on
    return verdict.expires_on


def days_left(verdict: Verdict, today: dt.date) -> str:
    """How long that is, seen from `today`."""
    ends = ends_on(verdict)
    if ends is None:
        return "–"
    left = (ends - today).days
    return counted(left, "day") if left >= 0 else f"{counted(-left, 'day')} ago"


def waiting(verdict: Verdict) -> str | None:
    """What drafts and submissions would add, in a sentence, or None where nothing waits."""
    if verdict.waiting is None or not verdict.waiting.credits:
        return None
    by = verdict.waiting.submit_by
    renews = verdict.projected
    until = (
        f", which renews it until {day(renews.expires_on)}"
        if renews and renews.expires_on != verdict.expires_on
        else ""
    )
    return f"{plain(verdict.waiting.credits)} more wait{until}" + (f"; submit by {day(by)}" if by else "")
