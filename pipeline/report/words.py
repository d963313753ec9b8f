"""The words of the reports, shared by the page and the terminal."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
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


FLAGS: Mapping[str, str] = {
    "needs_confirmation": "it rests on a clause that nobody confirmed",
    "past_verified_date": "the day asked about lies after the last comparison of the rules with their sources",
    "before_first_version": "it was earned before the oldest version of the rules, and is judged by that one",
    "dates_of_earlier_version": "its period began under rules that gave another length, and keeps it",
    "lifetime": "it never expires",
    "retired": "the certification is retired: it runs until it expires and is not renewed",
    "holding_unknown_then": "it was recorded later than the day of knowledge",
    "expiry_stated": "the portal states another expiry than the rules give; the portal is believed",
    "boundary_day": "something happened on the very day of expiry",
    "submission_unknown": "nobody said when an item was submitted: no window is judged",
    "submitted_late": "an item was submitted late and counts, because the data only warns",
    "entry_before_activity": "an item was entered before it took place",
    "straddles_start": "a course began before the certification was earned and ended after it: it counts",
    "replay_divergence": "a portal that counts in the order of entry would renew on another day",
    "kind_unknown": "an item's kind is none that the program names",
    "credits_unknown": "nobody states an item's credits: it counts 0",
    "credits_unusual": "an item states less or more than its kind is usually worth",
    "credits_fixed": "an item states other credits than its kind is always worth: the kind's count",
    "cap_unknown": "a cap exists whose number nobody knows: nothing is cut off",
    "year_minimum_missed": "a year of the cycle ended short of its minimum",
    "required_courses_unknown": "nobody stated which courses renew it",
    "balance_used": "a portal's balance stands in for items",
    "balance_below_items": "a portal's balance says less than the items do",
    "exam_kind_missing": "an exam does not say of which kind it is",
    "exam_code_missing": "exams of one kind have no code: they count once",
    "exam_holding_missing": "an exam does not say which certification it renews",
    "exam_earned_it": "an exam earned the certification and does not renew it as well",
}
"""What a flag of a verdict tells, as docs/verdicts.md says it."""


def counting(claims: Sequence[str]) -> str:
    """What an activity counts as, its claims in words."""
    return f"counts as {'; '.join(claims)}" if claims else "counts for none of this person's certifications"


def claim_words(program: str, kind: str, credits: str | None, status: str) -> str:
    """A claim: `<program> course, 12 credits, draft`."""
    return f"{program} {kind.replace('_', ' ')}, {credits or 'usual'} credits, {status}"


def flagged(flag: str) -> str:
    """A flag in words. Those of a special status are its name and say enough."""
    return FLAGS.get(flag, flag.replace("_", " "))


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
