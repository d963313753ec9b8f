"""The same story for the terminal. Text of documents is cleaned, and never read as markup or escape sequences."""

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractors.model import Fields
from pipeline.batch import Batch, CertificateOutcome, DocumentOutcome, DocumentState, Reminder
from pipeline.checks.document_checks import percent
from pipeline.checks.findings import Decision, Finding, Severity
from pipeline.contract import ExtractionRow
from pipeline.report.words import (
    DECISION_LABELS,
    FIELD_LABELS,
    STATE_LABELS,
    STATUS_LABELS,
    claim_words,
    counted,
    counting,
    day,
    days_left,
    ends_on,
    missing,
    waiting,
)
from pipeline.showing import LONGEST_SENTENCE, sentence, visible
from rules.model import HoldingStatus, Verdict

_STATE_STYLES = {
    DocumentState.DONE: "green",
    DocumentState.REVIEW: "yellow",
    DocumentState.REJECTED: "red",
}
_DECISION_STYLES = {Decision.ACCEPT: "green", Decision.REVIEW: "yellow", Decision.REJECT: "red"}
_STATUS_STYLES = {HoldingStatus.ACTIVE: "green", HoldingStatus.SUSPENDED: "yellow", HoldingStatus.EXPIRED: "red"}
_COUNT_WORDS = {
    DocumentState.DONE: "accepted",
    DocumentState.REVIEW: "for review",
    DocumentState.DUPLICATE: "known already",
    DocumentState.REJECTED: "rejected",
    DocumentState.WORKING: "in work",
    DocumentState.WAITING: "not yet",
}
_LABEL_WIDTH = 16


def terminal() -> Console:
    """The console to print on: as wide as the window, or 120 columns where the output goes into a file."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def print_outcome(outcome: DocumentOutcome, console: Console | None = None) -> None:
    """One document: its name, what was read, where it went and why, and how to go on."""
    lines = Text(visible(outcome.name), style="bold")
    for certificate in outcome.certificates:
        if certificate.decision is not Decision.REJECT:  # what was found on no certificate are no fields
            lines.append(Text(f"\n{_read(certificate.extraction.fields)}", style="not bold"))
        # What to do about a certificate in review is said once, by the command that shows it.
        _remark(lines, certificate.findings, act=certificate.review is None)
        _follow(lines, certificate)
    _remark(lines, outcome.findings)
    if outcome.findings and outcome.state is DocumentState.WAITING:
        lines.append(Text("\nIt stays in the inbox and is tried again.", style="not bold dim"))
    if not outcome.certificates and not outcome.findings:
        lines.append(Text(f"\n{visible(outcome.reason)}", style="not bold dim"))
    _print_labelled(STATE_LABELS[outcome.state], _STATE_STYLES.get(outcome.state, "dim"), lines, console)


def print_extractions(rows: Iterable[ExtractionRow], console: Console | None = None) -> None:
    """What was read of each certificate, decided from the document alone."""
    for row in rows:
        lines = Text(visible(row.file), style="bold")
        issuer = "issuer unknown" if row.issuer is None else visible(row.issuer)
        pages = ", ".join(str(page) for page in row.pages)
        about = f"\n{issuer} · {row.document_type.replace('_', ' ')} · {row.media} · page {pages}" if row.pages else ""
        lines.append(Text(about, style="not bold dim"))
        for name, label in FIELD_LABELS.items() if row.decision is not Decision.REJECT else ():
            evidence = row.fields.get(name)
            if evidence.value is not None:
                source = "" if evidence.source is None else evidence.source.value
                lines.append(Text(f"\n{label:<{_LABEL_WIDTH + 2}}{visible(evidence.value)}", style="not bold"))
                lines.append(Text(f"  {percent(evidence.confidence)} {source}", style="not bold dim"))
        _remark(lines, row.findings)
        _print_labelled(DECISION_LABELS[row.decision], _DECISION_STYLES[row.decision], lines, console)


def print_verdicts(rows: Iterable[tuple[str, Verdict]], today: dt.date, console: Console | None = None) -> None:
    """A table of (holder's name, verdict), seen from `today`."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for heading in ("Holder", "Certification", "Status", "Valid until", "Left", "Still missing"):
        table.add_column(heading, no_wrap=heading in {"Status", "Valid until", "Left"}, overflow="fold")
    for holder, verdict in rows:
        table.add_row(
            Text(visible(holder)),
            Text(visible(verdict.holding)),
            Text(STATUS_LABELS[verdict.status], style=_STATUS_STYLES.get(verdict.status, "dim")),
            Text(day(ends_on(verdict))),
            Text(days_left(verdict, today)),
            _lacks(verdict),
        )
    if table.row_count:
        (console or terminal()).print(table)


def print_reminders(reminders: Sequence[Reminder], console: Console | None = None) -> None:
    """What should be done soon, a line each, the most urgent first; nothing where there is nothing."""
    out = console or terminal()
    if reminders:
        out.print(Text("To do", style="bold"))
    for one in sorted(reminders, key=lambda one: (one.day, one.holder, one.sentence)):
        number = "" if one.entry is None else f" (entry {one.entry})"
        out.print(Padding(Text(f"{visible(one.holder)}: {visible(one.sentence)}{number}"), (0, 0, 0, 2), expand=False))


def print_batch(batch: Batch, report: Path | None, console: Console | None = None) -> None:
    """The end of a run: how many went where, what changed, and where the report is."""
    out = console or terminal()
    numbers = {state: sum(document.state is state for document in batch.documents) for state in _COUNT_WORDS}
    parts = [f"{number} {_COUNT_WORDS[state]}" for state, number in numbers.items() if number]
    summary = f"{counted(len(batch.documents), 'document')}: {', '.join(parts)}"
    out.print(Text(f"{summary}." if parts else "Nothing was taken from the inbox."))
    for difference in batch.differences:
        out.print(Text(f"{visible(difference.holder)}: {visible(difference.sentence)}"))
    if numbers[DocumentState.REVIEW]:
        out.print(Text("What waits for you: recert review list"))
    if report is not None:
        out.print(Text(f"Report: {visible(str(report), LONGEST_SENTENCE)}"), soft_wrap=True)
    print_head(batch.head, out)


def print_head(head: str, console: Console | None = None) -> None:
    """The last line of a report: the ledger's head, which `recert ledger verify --head` takes. Never broken in two."""
    if not head.startswith("0:"):  # of an empty ledger there is nothing to witness
        (console or terminal()).print(Text(f"Head of the ledger: {head}", style="dim"), soft_wrap=True)


def _lacks(verdict: Verdict) -> Text:
    text = Text(missing(verdict))
    more = waiting(verdict)
    if more is not None:
        text.append(f"\n{more}", style="dim")
    return text


def _read(fields: Fields) -> str:
    """`holder · course · completed on · code`, what is missing left out."""
    names = ("holder_name", "course_name", "completed_on", "validation_code")
    values = [getattr(fields, name).value for name in names]
    return " · ".join(visible(value) for value in values if value is not None) or "no field could be read"


def _remark(lines: Text, findings: tuple[Finding, ...], *, act: bool = True) -> None:
    for finding in findings:
        style = "not bold dim" if finding.severity is Severity.NOTE else "not bold"
        action = f" {visible(finding.action)}" if act else ""
        lines.append(Text(f"\n- {sentence(finding.message)}{action}", style=style))


def _follow(lines: Text, certificate: CertificateOutcome) -> None:
    claims = [claim_words(claim.program, claim.kind, claim.credits, claim.status) for claim in certificate.claims]
    if certificate.duplicate_of is not None:
        said = f"Known already: entry {certificate.duplicate_of}."
    elif certificate.entry is not None:
        said = f"Entry {certificate.entry} of the ledger; {counting(claims)}."
    elif certificate.review is not None:
        said = f"Go on with: recert review show {certificate.review}"
    else:
        return
    lines.append(Text(f"\n{said}", style="not bold dim"))


def _print_labelled(label: str, style: str, lines: Text, console: Console | None) -> None:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=_LABEL_WIDTH, no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(label, style=style), lines)
    (console or terminal()).print(Padding(table, (0, 0, 1, 0)))
