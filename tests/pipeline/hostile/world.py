"""A small world in which every text that a stranger can choose is one hostile text, made by the product's own code."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from extractors.model import DocumentType, Evidence, Extraction, Fields, Rival, Source
from pipeline.batch import Batch, CertificateOutcome, ClaimLine, Difference, DocumentOutcome, DocumentState, Reminder
from pipeline.checks.findings import Decision, Finding, Severity
from pipeline.ledger.events import (
    ActivityFacts,
    ActivityRecorded,
    AnyEvent,
    ClaimRecorded,
    HolderRecorded,
    HoldingRecorded,
)
from pipeline.ledger.events import DocumentReference as Reference
from pipeline.ledger.state import Entry, Holder, State, replay
from pipeline.ledger.work import ReviewDraft, ReviewRow, ReviewState
from pipeline.portal.submission import ToSubmit, to_submit
from pipeline.verdicts.accounts import explanations
from pipeline.verdicts.evaluation import standing_of, verdicts_of
from pipeline.verdicts.reminders import Patience, reminders_of
from rules.catalogue import Catalogue, Offer
from rules.folders import Explanation
from rules.model import ClaimStatus, Verdict
from rules.plan import plan
from rules.plan_model import Plan
from rules.program import Program, shipped_programs
from rules.sentence import summary

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
PROGRAM = "cisco"


@dataclass(frozen=True)
class World:
    """`text` in every place: names, titles, codes, links, reasons, names of files and of certifications."""

    text: str
    state: State
    holder: Holder
    verdicts: tuple[Verdict, ...]
    explanations: tuple[Explanation, ...]
    items: tuple[ToSubmit, ...]
    reminders: tuple[Reminder, ...]
    batch: Batch

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(summary(verdict, programs()[verdict.program], TODAY) for verdict in self.verdicts)

    @property
    def review(self) -> ReviewRow:
        certificate = self.batch.documents[0].certificates[0]
        draft = ReviewDraft(1, "ab" * 32, 1, self.text, self.text, certificate.extraction, certificate.findings)
        return ReviewRow(7, draft, ReviewState.OPEN, NOW, None)

    def plan(self) -> Plan:
        title = self.text.encode("utf-8", "replace").decode()  # an offer comes from a TOML file, which is UTF-8
        offer = Offer(title=title, program=PROGRAM, kind="course", credits=Decimal(30), source=title)
        return plan(standing_of(self.state, self.holder), programs(), Catalogue(offer=(offer,)), TODAY)


@cache
def programs() -> dict[str, Program]:
    return dict(shipped_programs())


@cache
def world(text: str) -> World:
    state = replay(Entry(number, NOW, "h", event) for number, event in enumerate(_events(text), start=1))
    holder = state.holders["h"]
    verdicts = verdicts_of(state, holder, programs(), TODAY, TODAY)
    opened = explanations(state, holder, verdicts, programs(), TODAY)
    reminded = reminders_of(
        state, holder, verdicts, programs(), today=TODAY, patience=Patience(pending=1, closing=999, ending=999)
    )
    items = to_submit(state, holder, verdicts, programs(), lambda activity: Path(__file__), today=TODAY)
    assert verdicts and opened and reminded and items
    batch = _batch(text, verdicts, opened, reminded)
    return World(text, state, holder, verdicts, opened, items, reminded, batch)


def _events(text: str) -> tuple[AnyEvent, ...]:
    facts = ActivityFacts(
        course_name=text, completed_on=dt.date(2026, 9, 1), validation_code=text, verify_url=text, issuer=text
    )
    held = HoldingRecorded(
        holder="h", program=PROGRAM, name=text, level="associate", earned_on=dt.date(2025, 3, 1), by=text
    )
    made: list[AnyEvent] = [HolderRecorded(holder="h", name=text, aliases=(text,), by=text), held]
    for number, status in enumerate((ClaimStatus.DRAFT, ClaimStatus.EARNED, ClaimStatus.PENDING, ClaimStatus.REJECTED)):
        name = f"a{number}"
        made.append(
            ActivityRecorded(
                activity=name,
                holder="h",
                facts=facts,
                document=Reference(sha256="ab" * 32, ordinal=1, name=text),
                by=text,
            )
        )
        made.append(
            ClaimRecorded(
                claim=name, activity=name, holder="h", program=PROGRAM, kind="course", course=f"{text}{number}",
                credits=Decimal(4), status=status, basis=text, by=text,
            )
        )  # fmt: skip
    return tuple(made)


def extraction(text: str) -> Extraction:
    rival = Rival(value=text, raw=text, confidence=0.4, page=1, box=None, source=Source.PIXELS)
    seen = Evidence(
        value=text,
        raw=f"{text} ",
        confidence=0.6,
        page=1,
        box=(0.1, 0.1, 0.5, 0.2),
        source=Source.TEXT,
        rivals=(rival,),
    )
    return Extraction(
        ordinal=1, pages=(1,), media="pdf-text", document_type=DocumentType.COMPLETION, issuer=text, profile=text,
        contested=(text,), producer=text, fields=Fields(**dict.fromkeys(Fields.model_fields, seen)),
    )  # fmt: skip


def _batch(
    text: str, verdicts: tuple[Verdict, ...], opened: tuple[Explanation, ...], reminded: tuple[Reminder, ...]
) -> Batch:
    found = Finding(code="link_host", severity=Severity.REVIEW, field=None, message=text, action=text.replace("`", ""))
    claim = ClaimLine(program=PROGRAM, kind="course", credits="4", status="draft", basis=text)
    certificate = CertificateOutcome(
        extraction=extraction(text), decision=Decision.REVIEW, findings=(found,), holder=text, entry=3, claims=(claim,)
    )
    documents = tuple(
        DocumentOutcome(
            name=text, sha256="ab" * 32, state=state, reason=text, findings=(found,),
            certificates=(certificate,) if state is not DocumentState.REJECTED else (),
        )
        for state in (DocumentState.REVIEW, DocumentState.REJECTED)
    )  # fmt: skip
    differences = tuple(
        Difference(holder=text, before=None, after=verdict, sentence=text, explanation=explanation)
        for verdict, explanation in zip(verdicts, opened, strict=True)
    )
    return Batch(
        run="7f3a9c", started_at=NOW, finished_at=NOW, documents=documents, differences=differences,
        reminders=reminded, head="8:9b1f",
    )  # fmt: skip
