"""What the page shows, laid out: a batch goes in, plain rows of ready text come out. The template only places them."""

import base64
import datetime as dt
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlsplit

from extractors.model import Box, Evidence, Extraction, FieldName
from pipeline.batch import Batch, CertificateOutcome, DocumentOutcome, DocumentState, Picture
from pipeline.checks.findings import Decision, Finding, Severity
from pipeline.report.cleaning import cleaned
from pipeline.report.words import (
    DECISION_LABELS,
    FIELD_LABELS,
    STATE_LABELS,
    STATUS_LABELS,
    addressed,
    counted,
    day,
    days_left,
    ends_on,
    flagged,
    missing,
    waiting,
)
from pipeline.showing import sentence, visible
from rules.folders import Explanation

# A browser still opens a page of this many bytes of pictures; beyond, the documents that need nobody go without.
PICTURE_BUDGET = 60 * 2**20
_MARGIN = 0.004
_NO_COURSE = "A certificate without a readable course"
_ORDER = (
    DocumentState.REVIEW,
    DocumentState.REJECTED,
    DocumentState.WORKING,
    DocumentState.WAITING,
    DocumentState.DONE,
    DocumentState.DUPLICATE,
)


@dataclass(frozen=True, slots=True)
class FrameView:
    """A box over a page, in percent of the page."""

    number: int
    field: str
    label: str
    left: str
    top: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class PageView:
    number: int
    image: str
    frames: tuple[FrameView, ...]


@dataclass(frozen=True, slots=True)
class RivalView:
    value: str
    percent: int
    source: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One value that was read. `number` is that of its box, None where it has no place on a page."""

    number: int | None
    name: str
    label: str
    value: str
    link: str | None
    raw: str | None
    percent: int
    source: str
    rivals: tuple[RivalView, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    severity: str
    code: str
    label: str | None
    message: str
    action: str


@dataclass(frozen=True, slots=True)
class CertificateView:
    title: str
    facts: tuple[str, ...]
    decision: str
    badge: str
    outcome: str
    command: str | None
    fields: tuple[FieldView, ...]
    absent: tuple[str, ...]
    pages: tuple[PageView, ...]
    findings: tuple[FindingView, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    anchor: str
    name: str
    state: str
    badge: str
    reason: str
    summary: str
    sha256: str
    certificates: tuple[CertificateView, ...]
    findings: tuple[FindingView, ...]
    pages: tuple[PageView, ...]


@dataclass(frozen=True, slots=True)
class VerdictView:
    holder: str
    holding: str
    program: str
    status: str
    badge: str
    expires: str
    left: str
    missing: str
    waiting: str | None
    flags: tuple[str, ...]
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    holder: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReminderView:
    kind: str
    holder: str
    sentence: str
    entry: int | None


@dataclass(frozen=True, slots=True)
class CountView:
    state: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class ReportView:
    run: str
    day: str
    time: str
    lasted: str
    headline: str
    counts: tuple[CountView, ...]
    changes: tuple[ChangeView, ...]
    reminders: tuple[ReminderView, ...]
    verdicts: tuple[VerdictView, ...]
    documents: tuple[DocumentView, ...]
    head: str


def view(batch: Batch, picture_budget: int = PICTURE_BUDGET) -> ReportView:
    """Lay a batch out for the page: what needs a person first."""
    ordered = sorted(batch.documents, key=lambda document: (_ORDER.index(document.state), document.name))
    documents = []
    left = picture_budget
    for number, document in enumerate(ordered, start=1):
        size = sum(len(picture.jpeg) for picture in document.pictures)
        left -= size
        documents.append(_document(document, number, document.pictures if left >= 0 else ()))
    return ReportView(
        run=batch.run,
        day=day(batch.finished_at.date()),
        time=f"{batch.finished_at:%H:%M %Z}",
        lasted=_lasted(batch.finished_at - batch.started_at),
        headline=_headline(batch),
        counts=_counts(batch),
        changes=tuple(
            ChangeView(visible(difference.holder), visible(difference.sentence)) for difference in batch.differences
        ),
        reminders=tuple(
            ReminderView(one.kind, visible(one.holder), visible(one.sentence), one.entry)
            for one in sorted(batch.reminders, key=lambda one: (one.day, one.holder, one.sentence))
        ),
        verdicts=_verdicts(batch),
        documents=tuple(documents),
        head=batch.head,
    )


def _lasted(span: dt.timedelta) -> str:
    seconds = round(span.total_seconds())
    return counted(seconds, "second") if seconds < 120 else f"{seconds // 60} min {seconds % 60} s"


def _headline(batch: Batch) -> str:
    waiting = sum(document.state is DocumentState.REVIEW for document in batch.documents)
    if not batch.documents and (batch.differences or batch.reminders):
        changed = counted(len(batch.differences), "certification")
        return f"{changed} changed, {counted(len(batch.reminders), 'thing')} to do."
    if not batch.documents:
        return "The inbox was empty."
    if waiting:
        return f"{counted(waiting, 'document needs', 'documents need')} a person."
    if all(document.state is DocumentState.DUPLICATE for document in batch.documents):
        return "Nothing new: everything was known already."
    return "Nothing waits for a person."


def _counts(batch: Batch) -> tuple[CountView, ...]:
    numbers = {state: sum(document.state is state for document in batch.documents) for state in DocumentState}
    always = (DocumentState.DONE, DocumentState.REVIEW, DocumentState.DUPLICATE, DocumentState.REJECTED)
    return tuple(
        CountView(state=state.value, label=STATE_LABELS[state], number=numbers[state])
        for state in (*always, DocumentState.WORKING, DocumentState.WAITING)
        if numbers[state] or state in always
    )


def _verdicts(batch: Batch) -> tuple[VerdictView, ...]:
    today = batch.finished_at.date()
    rows = []
    for difference in batch.differences:
        verdict = difference.after
        rows.append(
            VerdictView(
                holder=visible(difference.holder),
                holding=visible(verdict.holding),
                program=verdict.program,
                status=verdict.status.value,
                badge=STATUS_LABELS[verdict.status],
                expires=day(ends_on(verdict)),
                left=days_left(verdict, today),
                missing=missing(verdict),
                waiting=waiting(verdict),
                flags=tuple(flagged(flag) for flag in verdict.flags),
                explanation=None if difference.explanation is None else cleaned(difference.explanation),
            )
        )
    return tuple(rows)


def _document(document: DocumentOutcome, number: int, pictures: tuple[Picture, ...]) -> DocumentView:
    certificates = tuple(_certificate(certificate, pictures) for certificate in document.certificates)
    return DocumentView(
        anchor=f"document-{number}",
        name=visible(document.name),
        state=document.state.value,
        badge=STATE_LABELS[document.state],
        reason=sentence(document.reason),
        summary=_summary(document),
        sha256=document.sha256,
        certificates=certificates,
        findings=tuple(_finding(finding) for finding in document.findings),
        pages=() if certificates else tuple(_page(picture, ()) for picture in pictures),
    )


def _summary(document: DocumentOutcome) -> str:
    """One line for the list at the top: what was read."""
    lines = []
    for certificate in document.certificates:
        if certificate.decision is Decision.REJECT:
            lines.append("no certificate")
            continue
        fields = certificate.extraction.fields
        holder, course = fields.holder_name.value, fields.course_name.value
        lines.append(f"{visible(holder or 'no name read')} · {visible(course or 'no course read')}")
    return "; ".join(lines) or "nothing could be read"


def _certificate(certificate: CertificateOutcome, pictures: tuple[Picture, ...]) -> CertificateView:
    extraction = certificate.extraction
    troubled = {finding.field for finding in certificate.findings if finding.severity is not Severity.NOTE}
    read: list[tuple[FieldName, Evidence]] = []
    absent: list[str] = []
    name: FieldName
    refused = certificate.decision is Decision.REJECT
    # On what is no certificate, the finder's guesses are no fields.
    for name in () if refused else get_args(FieldName):
        evidence = extraction.fields.get(name)
        if evidence.value is None and not evidence.rivals:
            absent.append(FIELD_LABELS[name])
        else:
            read.append((name, evidence))
    numbers = _numbers(read)
    outcome, command = _outcome(certificate)
    return CertificateView(
        title="No certificate" if refused else visible(extraction.fields.course_name.value or _NO_COURSE),
        facts=_facts(extraction),
        decision=certificate.decision.value,
        badge=DECISION_LABELS[certificate.decision] if certificate.duplicate_of is None else "Duplicate",
        outcome=outcome,
        command=command,
        fields=tuple(_field(name, evidence, numbers.get(name), name in troubled) for name, evidence in read),
        absent=tuple(absent),
        pages=tuple(
            _page(picture, _frames(read, numbers, picture.page))
            for picture in pictures
            if picture.page in extraction.pages
        ),
        findings=tuple(_finding(finding, certificate.review) for finding in certificate.findings),
        claims=tuple(
            f"{claim.program}: {claim.credits or 'the usual'} credits as {claim.kind.replace('_', ' ')}, "
            f"{claim.status} ({visible(claim.basis)})"
            for claim in certificate.claims
        ),
    )


def _numbers(read: list[tuple[FieldName, Evidence]]) -> dict[FieldName, int]:
    placed = [name for name, evidence in read if evidence.box is not None and evidence.page is not None]
    return {name: number for number, name in enumerate(placed, start=1)}


def _facts(extraction: Extraction) -> tuple[str, ...]:
    pages = ", ".join(str(page) for page in extraction.pages)
    return (
        f"Issuer: {visible(extraction.issuer) if extraction.issuer else 'unknown'}",
        f"Kind: {extraction.document_type.value.replace('_', ' ')}",
        f"Read from: {extraction.media}",
        f"{'Page' if len(extraction.pages) == 1 else 'Pages'}: {pages}",
    )


def _outcome(certificate: CertificateOutcome) -> tuple[str, str | None]:
    """Where the certificate went, in a sentence, and the command to go on with."""
    if certificate.duplicate_of is not None:
        return f"Known already: entry {certificate.duplicate_of} of the ledger says the same.", None
    if certificate.entry is not None:
        whose = f" for {visible(certificate.holder)}" if certificate.holder else ""
        return f"Recorded as entry {certificate.entry} of the ledger{whose}.", None
    if certificate.review is not None:
        return f"Waits for a person as review {certificate.review}.", f"recert review show {certificate.review}"
    return "Nothing was recorded.", None


def _field(name: FieldName, evidence: Evidence, number: int | None, doubtful: bool) -> FieldView:
    value = evidence.value
    raw = evidence.raw
    return FieldView(
        number=number,
        name=name,
        label=FIELD_LABELS[name],
        value="not certain" if value is None else visible(value),
        link=value if name == "verify_url" and value is not None and not doubtful and _safe(value) else None,
        raw=visible(raw) if raw is not None and value is not None and visible(raw) != visible(value) else None,
        percent=_percent(evidence.confidence),
        source="" if evidence.source is None else evidence.source.value,
        rivals=tuple(
            RivalView(value=visible(rival.value), percent=_percent(rival.confidence), source=rival.source.value)
            for rival in evidence.rivals
            if rival.value != value
        ),
        doubtful=doubtful,
    )


def _safe(address: str) -> bool:
    """Whether a person may be offered to click: https, a plain host, nothing hidden."""
    try:
        parts = urlsplit(address)
        return (
            parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and visible(address) == address
        )
    except ValueError:
        return False


def _percent(confidence: float) -> int:
    """Rounded down: 99.6 % must not look like certainty."""
    return int(confidence * 100)


def _frames(read: list[tuple[FieldName, Evidence]], numbers: dict[FieldName, int], page: int) -> tuple[FrameView, ...]:
    return tuple(
        _frame(numbers[name], name, evidence.box)
        for name, evidence in read
        if evidence.box is not None and evidence.page == page
    )


def _frame(number: int, name: FieldName, box: Box) -> FrameView:
    left, top = (max(0.0, low - _MARGIN) for low in box[:2])
    right, bottom = (min(1.0, high + _MARGIN) for high in box[2:])
    return FrameView(
        number=number,
        field=name,
        label=FIELD_LABELS[name],
        left=f"{100 * left:.2f}%",
        top=f"{100 * top:.2f}%",
        width=f"{100 * max(0.0, right - left):.2f}%",
        height=f"{100 * max(0.0, bottom - top):.2f}%",
    )


def _page(picture: Picture, frames: tuple[FrameView, ...]) -> PageView:
    image = "data:image/jpeg;base64," + base64.b64encode(picture.jpeg).decode("ascii")
    return PageView(number=picture.page, image=image, frames=frames)


def _finding(finding: Finding, review: int | None = None) -> FindingView:
    labels: dict[str, str] = {str(name): label for name, label in FIELD_LABELS.items()}
    return FindingView(
        severity=finding.severity.value,
        code=finding.code,
        label=None if finding.field is None else labels.get(finding.field, finding.field),
        message=sentence(finding.message),
        action=addressed(finding.action, review),
    )
