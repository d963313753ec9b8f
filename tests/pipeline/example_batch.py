"""An invented batch for the report tests: one document of every outcome, one of them hostile."""

import datetime as dt
import hashlib
import io
from decimal import Decimal

from PIL import Image, ImageDraw, ImageFont

from extractors.model import DocumentType, Evidence, Expectation, Extraction, Fields, Rival, Source
from pipeline.batch import (
    Batch,
    CertificateOutcome,
    ClaimLine,
    Difference,
    DocumentOutcome,
    DocumentState,
    Picture,
)
from pipeline.checks.findings import Decision, Finding, Severity
from rules.model import Dates, HoldingStatus, Projected, Verdict, Waiting

NONE = Evidence(value=None, confidence=0.97)
HOSTILE = "<script>alert(1)</script> \u202eEvil\u2066 \x1b[31mred\x07 \"'><img src=x onerror=alert(2)>"
START = dt.datetime(2026, 11, 22, 5, 0, 0, tzinfo=dt.UTC)


def picture(lines: tuple[str, ...]) -> Picture:
    """A small page with the lines at tenths of its height, as the boxes of `example_batch` expect."""
    image = Image.new("RGB", (900, 640), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((16, 16, 884, 624), outline="#b9c4d6", width=3)
    for number, line in enumerate(lines, start=1):
        draw.text((120, number * 64), line, fill="#1b2333", font=ImageFont.load_default(30))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return Picture(page=1, jpeg=stream.getvalue())


def evidence(
    value: str | None,
    line: int | None = None,
    confidence: float = 0.98,
    source: Source = Source.TEXT,
    *,
    raw: str | None = None,
    rivals: tuple[Rival, ...] = (),
) -> Evidence:
    box = None if line is None else (0.13, line / 10, 0.62, line / 10 + 0.055)
    return Evidence(
        value=value,
        raw=raw or value,
        confidence=confidence,
        page=None if line is None else 1,
        box=box,
        source=source,
        rivals=rivals,
    )


def extraction(**fields: Evidence) -> Extraction:
    names = Fields.model_fields
    return Extraction(
        ordinal=1,
        pages=(1,),
        media="pdf-text",
        document_type=DocumentType.COMPLETION,
        issuer="Example Academy",
        profile="example",
        fields=Fields(**{name: fields.get(name, NONE) for name in names}),
        expects=Expectation(),
    )


def document(name: str, state: DocumentState, reason: str, *certificates: CertificateOutcome) -> DocumentOutcome:
    return DocumentOutcome(
        name=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        state=state,
        reason=reason,
        certificates=certificates,
    )


def accepted() -> DocumentOutcome:
    read = extraction(
        holder_name=evidence("Wanda Okonedo-Brix", 3),
        course_name=evidence("Designing Resilient Campus Networks", 4, 0.995),
        completed_on=evidence("2026-10-14", 5, raw="October 14, 2026"),
        validation_code=evidence("EX-2231-77Q", 6, 0.99, Source.QR),
        verify_url=evidence("https://verify.example.org/EX-2231-77Q", 7, 0.99, Source.LINK),
        credits=evidence("12", 8),
        credit_unit=evidence("CE", 8),
    )
    outcome = CertificateOutcome(
        extraction=read,
        decision=Decision.ACCEPT,
        findings=(
            Finding(
                code="issued_before_completed",
                severity=Severity.NOTE,
                field="issued_on",
                message="The document was issued before the course was completed.",
                action="Nothing to do.",
            ),
        ),
        holder="Wanda Okonedo-Brix",
        entry=41,
        claims=(
            ClaimLine(program="cisco", kind="course", credits="12", status="draft", basis="the catalogue's offer"),
        ),
    )
    made = document("campus networks.pdf", DocumentState.DONE, "Filed in done/2026/Wanda Okonedo-Brix.", outcome)
    lines = ("Example Academy", "", "Wanda Okonedo-Brix", "Designing Resilient Campus Networks", "October 14, 2026")
    more = ("EX-2231-77Q", "verify.example.org/EX-2231-77Q", "12 CE")
    return made.model_copy(update={"pictures": (picture(lines + more),)})


def in_review() -> DocumentOutcome:
    rival = Rival(value="2026-05-03", raw="03/05/2026", confidence=0.44, page=1, box=None, source=Source.PIXELS)
    read = extraction(
        holder_name=evidence("Tiago Ferrão Malheiro", 3, 0.93, Source.PIXELS),
        course_name=evidence("Gestão Ágil de Projetos", 4, 0.9, Source.PIXELS),
        completed_on=evidence("2026-03-05", 5, 0.55, Source.PIXELS, raw="03/05/2026", rivals=(rival,)),
        hours=evidence("8", 6, 0.88, Source.PIXELS, raw="carga horária: 8 horas"),
    )
    outcome = CertificateOutcome(
        extraction=read,
        decision=Decision.REVIEW,
        findings=(
            Finding(
                code="date_ambiguous",
                severity=Severity.REVIEW,
                field="completed_on",
                message="“03/05/2026” may be 5 March or 3 May 2026.",
                action="Look at the issuer's page, then run `recert review fix 7 completed_on=2026-05-03`.",
            ),
        ),
        review=7,
    )
    made = document("foto 3.jpg", DocumentState.REVIEW, "Kept for review: the date can be read two ways.", outcome)
    lines = ("Escola Exemplo", "", "Tiago Ferrão Malheiro", "Gestão Ágil de Projetos", "03/05/2026", "8 horas")
    return made.model_copy(update={"pictures": (picture(lines),)})


def hostile() -> DocumentOutcome:
    read = extraction(
        holder_name=evidence(HOSTILE, 3), verify_url=evidence("javascript:alert(3)", None, 0.4, Source.LINK)
    )
    outcome = CertificateOutcome(extraction=read, decision=Decision.REVIEW, findings=(), review=8, holder=HOSTILE)
    return document(f"{HOSTILE}.pdf", DocumentState.REVIEW, HOSTILE, outcome)


def rejected() -> DocumentOutcome:
    made = document("broken.pdf", DocumentState.REJECTED, "Moved to rejected/ with the reason beside it.")
    finding = Finding(
        code="damaged",
        severity=Severity.REJECT,
        message="The file starts like a PDF but is cut off.",
        action="Download or scan the certificate again and drop the new file.",
    )
    return made.model_copy(update={"findings": (finding,)})


def duplicate() -> DocumentOutcome:
    first = accepted().certificates[0]
    same = first.model_copy(update={"entry": None, "duplicate_of": 41, "claims": ()})
    return document("campus networks (1).pdf", DocumentState.DUPLICATE, "Duplicate of entry 41.", same)


def verdict(
    holding: str, status: HoldingStatus, expires_on: dt.date | None, missing: dict[str, dict[str, Decimal | int]]
) -> Verdict:
    return Verdict(
        holding=holding,
        program="cisco",
        level="professional",
        status=status,
        renewed=False,
        path=None,
        anchor_on=dt.date(2024, 4, 14),
        suspends_on=expires_on,
        expires_on=expires_on,
        previous=Dates(suspends_on=None, expires_on=None),
        gained_months=0,
        missing=missing,
        projected=Projected(status=status, anchor_on=None, suspends_on=None, expires_on=dt.date(2030, 4, 14)),
        waiting=Waiting(credits=Decimal(12), submit_by=dt.date(2027, 3, 30)),
        counted=(),
        not_counted=(),
        flags=("submission_unknown",),
        program_version="2024-01",
        verified_on=dt.date(2026, 6, 1),
    )


def example_batch() -> Batch:
    active = verdict(
        "CCNP Enterprise",
        HoldingStatus.ACTIVE,
        dt.date(2027, 4, 14),
        {
            "ce_only": {"credits": Decimal(16)},
            "exam_core1": {"exam:core": 1},
            "ce40_prof1": {"credits": Decimal(4), "exam:concentration": 1},
            "exam_prof2": {"exam:any": 2},
        },
    )
    gone = verdict("CCNA", HoldingStatus.EXPIRED, dt.date(2026, 11, 1), {"ce_only": {"credits": Decimal("2.5")}})
    sentence = "CCNP Enterprise: 52 of 80 CE earned, 64 with what waits (+12, submit by 30 March), 16 still missing."
    return Batch(
        run="7f3a9c",
        started_at=START,
        finished_at=START + dt.timedelta(seconds=48),
        documents=(accepted(), in_review(), hostile(), rejected(), duplicate()),
        differences=(
            Difference(holder="Wanda Okonedo-Brix", before=None, after=active, sentence=sentence),
            Difference(holder=HOSTILE, before=None, after=gone, sentence=HOSTILE),
        ),
        head="47:9b1f3c5e7a90",
    )
