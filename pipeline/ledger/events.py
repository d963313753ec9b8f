"""The events of the ledger: what an entry's payload may say. One frozen model per event, told apart by `event`.

Every event belongs to one subject: the random id of the person it is about (for a document of nobody known, a random
id of its own). The payload is stored as ciphertext under that subject's key.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from pipeline.ledger.schema import storable
from rules.model import ClaimStatus


class Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentReference(Event):
    """Which certificate of which file: the file's SHA-256 in hex, the certificate's ordinal in it (0 for a file that
    was given as evidence and not read), the file's name, in which bytes that are no text are written as escapes."""

    sha256: str
    ordinal: int
    name: Annotated[str, AfterValidator(storable)]


class HolderRecorded(Event):
    """A person, or a person's changed name or aliases: the last one for a holder holds."""

    event: Literal["holder_recorded"] = "holder_recorded"
    holder: str
    name: str
    aliases: tuple[str, ...] = ()
    by: str


class StatusGranted(Event):
    """A special status that a vendor granted beside the renewals, by the id that the program gives it."""

    id: str
    granted_on: dt.date


class HoldingRecorded(Event):
    """A certification that a holder has; the last one of the same program and name holds. `required_courses` are the
    titles that its portal names, where such renew it."""

    event: Literal["holding_recorded"] = "holding_recorded"
    holder: str
    program: str
    name: str
    level: str
    earned_on: dt.date
    expires_on: dt.date | None = None
    retired: bool = False
    required_courses: tuple[str, ...] = ()
    granted: tuple[StatusGranted, ...] = ()
    by: str


class ExamRecorded(Event):
    event: Literal["exam_recorded"] = "exam_recorded"
    exam: str
    holder: str
    program: str
    passed_on: dt.date
    kind: str | None = None
    code: str | None = None
    holding: str | None = None
    by: str


class ExamVoided(Event):
    event: Literal["exam_voided"] = "exam_voided"
    exam: str
    holder: str
    by: str
    why: str


class BalanceStated(Event):
    """What a portal says it has counted for a holding on one day."""

    event: Literal["balance_stated"] = "balance_stated"
    holder: str
    program: str
    holding: str
    credits: Decimal
    stated_on: dt.date
    by: str


class ActivityFacts(Event):
    """What a certificate (or a person) states of an activity. `stated` names the fields that a person stated;
    `code_unique` is False where the code is the number of the course and not of this one document; `profile` is the id
    of the profile by which its issuer was recognised, not a name that a document may give itself."""

    document_type: str = "completion"
    issuer: str | None = None
    profile: str | None = None
    course_name: str
    started_on: dt.date | None = None
    completed_on: dt.date
    validation_code: str | None = None
    code_unique: bool = True
    verify_url: str | None = None
    credits: Decimal | None = None
    credit_unit: str | None = None
    hours: Decimal | None = None
    expires_on: dt.date | None = None
    stated: tuple[str, ...] = ()


class ActivityRecorded(Event):
    """`by` is "recert" for an automatic accept, else the person who accepted or stated it."""

    event: Literal["activity_recorded"] = "activity_recorded"
    activity: str
    holder: str
    facts: ActivityFacts
    document: DocumentReference | None = None
    by: str


class ActivityCorrected(Event):
    event: Literal["activity_corrected"] = "activity_corrected"
    activity: str
    holder: str
    before: ActivityFacts
    after: ActivityFacts
    by: str
    why: str


class ActivityVoided(Event):
    event: Literal["activity_voided"] = "activity_voided"
    activity: str
    holder: str
    by: str
    why: str


class ClaimRecorded(Event):
    """`course` is the title by which repeats are judged; `basis` says in words where kind and credits come from."""

    event: Literal["claim_recorded"] = "claim_recorded"
    claim: str
    activity: str
    holder: str
    program: str
    kind: str
    course: str
    credits: Decimal | None = None
    status: ClaimStatus = ClaimStatus.DRAFT
    submitted_on: dt.date | None = None
    offer_ends_on: dt.date | None = None
    basis: str
    by: str


class ClaimStatusChanged(Event):
    """`why` is given where the status does not follow from the one before: a slip, or an audit by the portal."""

    event: Literal["claim_status_changed"] = "claim_status_changed"
    claim: str
    holder: str
    status: ClaimStatus
    submitted_on: dt.date | None = None
    credits: Decimal | None = None
    by: str
    why: str | None = None


class ReviewDecided(Event):
    """A person's decision about a document in review: values before and after, by field name."""

    event: Literal["review_decided"] = "review_decided"
    review: int
    document: DocumentReference
    decision: Literal["accept", "fix", "reject"]
    before: dict[str, str | None] = {}
    after: dict[str, str | None] = {}
    reviewer: str
    why: str | None = None


AnyEvent = Annotated[
    HolderRecorded
    | HoldingRecorded
    | ExamRecorded
    | ExamVoided
    | BalanceStated
    | ActivityRecorded
    | ActivityCorrected
    | ActivityVoided
    | ClaimRecorded
    | ClaimStatusChanged
    | ReviewDecided,
    Field(discriminator="event"),
]

EVENTS: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)
