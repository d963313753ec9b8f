"""Extractions for tests: a certificate of an invented person with nothing to object to, and changes to it."""

import datetime as dt

from extractors.model import DocumentType, Evidence, Expectation, Extraction, Fields, Rival, Source

DAY = dt.date(2026, 11, 22)
GOOD: dict[str, str | None] = {
    "holder_name": "Ada Beispiel",
    "course_name": "Gardening for Machines",
    "started_on": None,
    "completed_on": "2026-10-05",
    "issued_on": None,
    "expires_on": None,
    "validation_code": "ZX81-44AB-77",
    "verify_url": "https://verify.example.org/c/ZX81-44AB-77",
    "credits": None,
    "credit_unit": None,
    "hours": None,
}


def evidence(
    value: str | None,
    confidence: float = 0.99,
    *,
    raw: str | None = None,
    source: Source = Source.TEXT,
    rivals: tuple[Rival, ...] = (),
) -> Evidence:
    shown = value is not None
    return Evidence(
        value=value,
        raw=(raw or value) if shown else None,
        confidence=confidence,
        page=1 if shown else None,
        source=source if shown else None,
        rivals=rivals,
    )


def rival(value: str, confidence: float, *, raw: str | None = None, source: Source = Source.TEXT) -> Rival:
    return Rival(value=value, raw=raw or value, confidence=confidence, page=1, box=None, source=source)


def extraction(
    document_type: DocumentType = DocumentType.COMPLETION,
    *,
    ordinal: int = 1,
    contested: tuple[str, ...] = (),
    expects: Expectation | None = None,
    producer: str | None = None,
    created_on: dt.date | None = None,
    **changed: Evidence | str | None,
) -> Extraction:
    """The good certificate with some fields changed: evidence as it is, or a value that was read with certainty."""
    values = {**GOOD, **changed}
    fields = {name: value if isinstance(value, Evidence) else evidence(value) for name, value in values.items()}
    return Extraction(
        ordinal=ordinal,
        pages=(1,),
        media="pdf-text",
        document_type=document_type,
        issuer="Example School",
        profile=None,
        contested=contested,
        fields=Fields(**fields),
        expects=expects or Expectation(),
        producer=producer,
        created_on=created_on,
    )
