"""What may be appended: an event must fit what is recorded of its subject, or replaying would trip over it for ever."""

from pipeline.ledger.claim_life import may_follow, step_refusal
from pipeline.ledger.events import (
    ActivityCorrected,
    ActivityRecorded,
    ActivityVoided,
    AnyEvent,
    ClaimRecorded,
    ClaimStatusChanged,
    ExamRecorded,
    ExamVoided,
    HolderRecorded,
    ReviewDecided,
)
from pipeline.ledger.state import State


def refusal(state: State, subject: str, event: AnyEvent) -> str | None:
    """Why the event cannot be appended to what `state` says of its subject, or None where it can."""
    if isinstance(event, ReviewDecided):
        return None
    if event.holder != subject:
        return "An event about a person must be kept under that person's own id."
    if not isinstance(event, HolderRecorded) and subject not in state.holders:
        return "The person of this event is not recorded."
    match event:
        case ActivityRecorded():
            return "This activity is already recorded." if event.activity in state.activities else None
        case ActivityCorrected() | ActivityVoided():
            return _activity_refusal(state, event)
        case ExamRecorded():
            return "This exam is already recorded." if event.exam in state.exams else None
        case ExamVoided():
            return _exam_refusal(state, event)
        case ClaimRecorded():
            activity = state.activities.get(event.activity)
            if activity is None or activity.voided:
                return "The activity of this claim is not recorded, or was voided."
            return "This claim is already recorded." if event.claim in state.claims else None
        case ClaimStatusChanged():
            return _step_refusal(state, event)
        case _:
            return None


def _step_refusal(state: State, event: ClaimStatusChanged) -> str | None:
    claim = state.claims.get(event.claim)
    if claim is None:
        return "This claim is not recorded."
    if event.why is None and not may_follow(claim.status, event.status):
        return step_refusal(claim.status, event.status)
    return None


def _exam_refusal(state: State, event: ExamVoided) -> str | None:
    exam = state.exams.get(event.exam)
    if exam is None:
        return "This exam is not recorded."
    return f"The exam of entry {exam.entry} was voided." if exam.voided else None


def _activity_refusal(state: State, event: ActivityCorrected | ActivityVoided) -> str | None:
    activity = state.activities.get(event.activity)
    if activity is None:
        return "This activity is not recorded."
    if activity.voided:
        return f"The activity of entry {activity.entry} was voided."
    if isinstance(event, ActivityCorrected) and event.before != activity.facts:
        return f"The activity of entry {activity.entry} was changed meanwhile."
    return None
