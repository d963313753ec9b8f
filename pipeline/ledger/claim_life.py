"""The life of a claim, as portals have it: which status may follow which."""

from collections.abc import Mapping

from rules.model import ClaimStatus

_DRAFT, _SUBMITTED, _PENDING = ClaimStatus.DRAFT, ClaimStatus.SUBMITTED, ClaimStatus.PENDING
_EARNED, _REJECTED = ClaimStatus.EARNED, ClaimStatus.REJECTED

# A step may be passed over: people write down what the portal shows on the day they look. What was rejected may be put
# right and submitted again. Everything else undoes what was said before, and needs a reason.
FOLLOWS: Mapping[ClaimStatus, frozenset[ClaimStatus]] = {
    _DRAFT: frozenset({_SUBMITTED, _PENDING, _EARNED, _REJECTED}),
    _SUBMITTED: frozenset({_PENDING, _EARNED, _REJECTED}),
    _PENDING: frozenset({_EARNED, _REJECTED}),
    _EARNED: frozenset(),
    _REJECTED: frozenset({_DRAFT, _SUBMITTED, _PENDING}),
}


def may_follow(before: ClaimStatus, after: ClaimStatus) -> bool:
    """Whether a claim goes from one status to the other by itself. The same status again only adds details."""
    return before is after or after in FOLLOWS[before]


def step_refusal(before: ClaimStatus, after: ClaimStatus) -> str:
    """Why a step needs a reason, in a sentence that says what may follow instead."""
    known = ", ".join(status for status in ClaimStatus if status in FOLLOWS[before]) or "nothing"
    return f"A claim that is {before} does not become {after}; what may follow is {known}."
