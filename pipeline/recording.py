"""From believed facts to ledger entries: the one way an activity and its claims are recorded.

Automatic accepts, reviews and `recert items add` all come through here, so that they cannot differ.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.model import Extraction, FieldName
from pipeline.checks.duplicates import code_key_of
from pipeline.crediting import ProposedClaim
from pipeline.errors import WrongUse
from pipeline.folders.evidence_file import EVIDENCE
from pipeline.ledger.events import ActivityFacts, ActivityRecorded, ClaimRecorded, DocumentReference
from pipeline.ledger.store import Draft, DuplicateKeyValue, new_id
from rules.model import ClaimStatus

AUTOMATIC = "recert"
"""Who recorded what no person looked at, as the ledger writes it."""


def facts_of(extraction: Extraction, stated: tuple[str, ...] = ()) -> ActivityFacts:
    """What a certificate states. Raises WrongUse where the course or a full completion date is missing."""
    fields = extraction.fields
    completed_on, course = _day(extraction, "completed_on"), fields.course_name.value
    if course is None or completed_on is None:
        raise WrongUse(
            "An activity needs a course name and a full completion date.",
            "State what is missing: recert review fix N course_name=… completed_on=2026-11-22",
        )
    return ActivityFacts(
        document_type=extraction.document_type,
        issuer=extraction.issuer,
        profile=extraction.profile,
        course_name=course,
        started_on=_day(extraction, "started_on"),
        completed_on=completed_on,
        validation_code=fields.validation_code.value,
        code_unique=extraction.expects.code_unique,
        verify_url=fields.verify_url.value,
        credits=None if fields.credits.value is None else Decimal(fields.credits.value),
        credit_unit=fields.credit_unit.value,
        hours=None if fields.hours.value is None else Decimal(fields.hours.value),
        expires_on=_day(extraction, "expires_on"),
        stated=stated,
    )


def _day(extraction: Extraction, name: FieldName) -> dt.date | None:
    reading = extraction.fields.date(name)
    return reading.earliest if reading is not None and reading.precision == "day" else None


def keys_of(facts: ActivityFacts, document: DocumentReference | None) -> tuple[DuplicateKeyValue, ...]:
    """What makes the activity a duplicate of another of the same holder, as the ledger keeps it."""
    keys = []
    if document and document.ordinal != EVIDENCE:
        keys.append(DuplicateKeyValue("bytes", f"{document.sha256}:{document.ordinal}"))
    code = code_key_of(facts)
    return (*keys, DuplicateKeyValue("code", code)) if code else tuple(keys)


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """Where a claim stands at the portal, as far as a person has said."""

    status: ClaimStatus = ClaimStatus.DRAFT
    submitted_on: dt.date | None = None


def drafts_of(
    facts: ActivityFacts,
    claims: Sequence[ProposedClaim],
    *,
    holder: str,
    document: DocumentReference | None,
    by: str,
    details: ClaimDetails | None = None,
) -> tuple[Draft, ...]:
    """The entries of one activity: itself with its duplicate keys, then its claims."""
    activity = new_id()
    recorded = ActivityRecorded(activity=activity, holder=holder, facts=facts, document=document, by=by)
    keys = keys_of(facts, document)
    claimed = (claim_draft(claim, activity=activity, holder=holder, by=by, details=details) for claim in claims)
    return (Draft(holder, recorded, keys), *claimed)


def claim_draft(
    claim: ProposedClaim, *, activity: str, holder: str, by: str, details: ClaimDetails | None = None
) -> Draft:
    """The entry of one claim of an activity."""
    known = details or ClaimDetails()
    event = ClaimRecorded(
        claim=new_id(),
        activity=activity,
        holder=holder,
        program=claim.program,
        kind=claim.kind,
        course=claim.course,
        credits=claim.credits,
        status=known.status,
        submitted_on=known.submitted_on,
        offer_ends_on=claim.offer_ends_on,
        basis=claim.basis,
        by=by,
    )
    return Draft(holder, event)
