"""What one run did: per document, per certificate, and what changed in the verdicts. Reports and flows read this."""

import datetime as dt
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from extractors.model import Extraction
from pipeline.checks.findings import Decision, Finding
from rules.folders import Explanation
from rules.model import Verdict


class DocumentState(StrEnum):
    """Every file ever dropped is in exactly one of these."""

    WAITING = "waiting"
    WORKING = "working"
    REVIEW = "review"
    DONE = "done"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class ClaimLine(Frozen):
    """A claim as a report shows it: "12 CE, draft"."""

    program: str
    kind: str
    credits: str | None
    status: str
    basis: str


class CertificateOutcome(Frozen):
    """What was decided about one certificate. `entry` is the ledger entry of its activity, `review` its queue number,
    `duplicate_of` the entry it repeats."""

    extraction: Extraction
    decision: Decision
    findings: tuple[Finding, ...]
    holder: str | None = None
    entry: int | None = None
    review: int | None = None
    duplicate_of: int | None = None
    claims: tuple[ClaimLine, ...] = ()


class Picture(Frozen):
    """A page of the document as a person sees it, ready for a report: a small JPEG."""

    page: int
    jpeg: bytes


class DocumentOutcome(Frozen):
    """Where one file went and why. `findings` are those of a file that could not be read at all."""

    name: str
    sha256: str
    state: DocumentState
    reason: str
    certificates: tuple[CertificateOutcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Difference(Frozen):
    """What one batch changed for one holding of one person. `sentence` says it in English, `explanation` where every
    item went."""

    holder: str
    before: Verdict | None
    after: Verdict
    sentence: str
    explanation: Explanation | None = None


class Reminder(Frozen):
    """Something that a person should do soon, about a claim (`entry` is its activity's) or a certification. `day` is
    the one that it is about: the last one to act, or since when somebody waits. `sentence` says it in English."""

    holder: str
    kind: str
    entry: int | None
    day: dt.date
    sentence: str


class Batch(Frozen):
    """One run of the ingestion. `head` is the ledger's head afterwards: "seq:hash"."""

    run: str
    started_at: dt.datetime
    finished_at: dt.datetime
    documents: tuple[DocumentOutcome, ...]
    differences: tuple[Difference, ...]
    reminders: tuple[Reminder, ...] = ()
    head: str
