"""Invented people and what they did, as drafts for the ledger."""

import datetime as dt

from pipeline.ledger.events import ActivityFacts, ActivityRecorded, ClaimRecorded, DocumentReference, HolderRecorded
from pipeline.ledger.store import Draft, DuplicateKeyValue, Ledger, new_id

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
SHA256 = "ab" * 32


def holder(name: str = "Wilhelmina Okafor-Brandt") -> Draft:
    subject = new_id()
    return Draft(subject, HolderRecorded(holder=subject, name=name, by="test"))


def enrol(ledger: Ledger, name: str = "Wilhelmina Okafor-Brandt") -> str:
    """Record a person and return the id."""
    draft = holder(name)
    ledger.append([draft], NOON)
    return draft.subject


def facts(course: str = "Seaworthy Networks", code: str | None = None) -> ActivityFacts:
    return ActivityFacts(course_name=course, completed_on=dt.date(2026, 2, 14), validation_code=code)


def activity(subject: str, course: str = "Seaworthy Networks", code: str | None = None) -> Draft:
    keys = () if code is None else (DuplicateKeyValue("code", code),)
    document = DocumentReference(sha256=SHA256, ordinal=0, name="scan.pdf")
    event = ActivityRecorded(
        activity=new_id(), holder=subject, facts=facts(course, code), document=document, by="recert"
    )
    return Draft(subject, event, keys)


def claim(subject: str, activity_id: str) -> Draft:
    event = ClaimRecorded(
        claim=new_id(),
        activity=activity_id,
        holder=subject,
        program="harbour",
        kind="course",
        course="seaworthy networks",
        basis="the catalogue",
        by="recert",
    )
    return Draft(subject, event)
