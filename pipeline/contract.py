"""The JSON that others build on: one object per line for `extract`, `documents list` and `items list`.

The keys are promises (DESIGN section 4): adding one is a minor change, renaming or dropping one is a break.
"""

from pydantic import BaseModel, ConfigDict

from extractors.model import Evidence, Extraction, Fields, Seconds
from pipeline.checks.findings import Decision, Finding, Severity
from pipeline.ledger.state import Activity, PassedExam, State
from pipeline.ledger.work import ReviewRow
from rules.model import plain


class Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_NOTHING_READ = Evidence(value=None, confidence=0.0)
_NO_FIELDS = Fields(**dict.fromkeys(Fields.model_fields, _NOTHING_READ))


class ExtractionRow(Row):
    """One certificate of one file, as `recert extract --format jsonl` prints it."""

    file: str
    sha256: str
    ordinal: int
    pages: tuple[int, ...]
    media: str | None
    document_type: str
    issuer: str | None
    profile: str | None
    fields: Fields
    decision: Decision
    findings: tuple[Finding, ...]
    seconds: Seconds

    @classmethod
    def of(
        cls, file: str, sha256: str, extraction: Extraction, decision: Decision, findings: tuple[Finding, ...]
    ) -> "ExtractionRow":
        return cls(
            file=file,
            sha256=sha256,
            ordinal=extraction.ordinal,
            pages=extraction.pages,
            media=extraction.media,
            document_type=extraction.document_type,
            issuer=extraction.issuer,
            profile=extraction.profile,
            fields=extraction.fields,
            decision=decision,
            findings=findings,
            seconds=extraction.seconds,
        )

    @classmethod
    def unreadable(cls, file: str, sha256: str, finding: Finding) -> "ExtractionRow":
        """The object of a file that could not be read: nothing found, nothing claimed."""
        return cls(
            file=file,
            sha256=sha256,
            ordinal=1,
            pages=(),
            media=None,
            document_type="other",
            issuer=None,
            profile=None,
            fields=_NO_FIELDS,
            decision=Decision.REJECT,
            findings=(finding,),
            seconds=Seconds(),
        )


class DocumentRow(Row):
    """One file ever dropped, where it is, and the entries that came of it."""

    name: str
    sha256: str | None
    state: str
    reason: str
    entries: tuple[int, ...]


class ClaimRow(Row):
    program: str
    kind: str
    credits: str | None
    status: str
    submitted_on: str | None


class ItemRow(Row):
    """One activity with its claims, as `recert items list --format jsonl` prints it."""

    entry: int
    holder: str
    course_name: str
    completed_on: str
    validation_code: str | None
    document_sha256: str | None
    claims: tuple[ClaimRow, ...]

    @classmethod
    def of(cls, activity: Activity, state: State) -> "ItemRow":
        return cls(
            entry=activity.entry,
            holder=state.holders[activity.holder].name,
            course_name=activity.facts.course_name,
            completed_on=activity.facts.completed_on.isoformat(),
            validation_code=activity.facts.validation_code,
            document_sha256=None if activity.document is None else activity.document.sha256,
            claims=tuple(
                ClaimRow(
                    program=claim.program,
                    kind=claim.kind,
                    credits=None if claim.credits is None else plain(claim.credits),
                    status=claim.status,
                    submitted_on=None if claim.submitted_on is None else claim.submitted_on.isoformat(),
                )
                for claim in activity.claims
            ),
        )


class ExamListRow(Row):
    """One exam on record, as `recert exams list --format jsonl` prints it."""

    entry: int
    holder: str
    program: str
    passed_on: str
    kind: str | None
    code: str | None
    holding: str | None

    @classmethod
    def of(cls, exam: PassedExam, state: State) -> "ExamListRow":
        facts = exam.facts
        return cls(
            entry=exam.entry,
            holder=state.holders[facts.holder].name,
            program=facts.program,
            passed_on=facts.passed_on.isoformat(),
            kind=facts.kind,
            code=facts.code,
            holding=facts.holding,
        )


class ReviewListRow(Row):
    """One certificate that waits for a person, as `recert review list --format jsonl` prints it."""

    number: int
    file: str
    sha256: str
    ordinal: int
    holder_name: str | None
    course_name: str | None
    completed_on: str | None
    codes: tuple[str, ...]
    why: str

    @classmethod
    def of(cls, row: ReviewRow) -> "ReviewListRow":
        fields = row.certificate.extraction.fields
        asked = [f for f in row.certificate.findings if f.severity is not Severity.NOTE]
        return cls(
            number=row.number,
            file=row.certificate.name,
            sha256=row.certificate.sha256,
            ordinal=row.certificate.ordinal,
            holder_name=fields.holder_name.value,
            course_name=fields.course_name.value,
            completed_on=fields.completed_on.value,
            codes=tuple(finding.code for finding in asked),
            why=" ".join(finding.message for finding in asked),
        )
