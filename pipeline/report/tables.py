"""Tables and details for the terminal. Everything that a document said is shown through `visible`."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from extractors.model import Evidence
from pipeline.checks.document_checks import percent
from pipeline.checks.findings import Severity
from pipeline.ledger.work import ReviewRow
from pipeline.report.terminal import terminal
from pipeline.report.words import addressed
from pipeline.showing import LONGEST_SENTENCE, visible
from pipeline.verdicts.offers import LikelyOffer


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str | tuple[str, ...]]]) -> None:
    """A plain table; a cell is one line, or a tuple of several."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(_cell((cell,) if isinstance(cell, str) else cell) for cell in row))
    terminal().print(table)


def _cell(lines: Sequence[str]) -> Text:
    return Text("\n".join(visible(line) for line in lines))


def print_review(row: ReviewRow, commands: Sequence[str]) -> None:
    """One review: the file, every field with its rivals, what is doubted, and what can be done."""
    out = terminal()
    certificate = row.certificate
    out.print(Text(f"Review {row.number}: {visible(certificate.name)} ({row.state})", style="bold"))
    out.print(Text(f"The file is {visible(certificate.path, LONGEST_SENTENCE)}", style="dim"))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for heading in ("Field", "Value", "Sure", "From", "Or"):
        table.add_column(heading, overflow="fold")
    absent = []
    for name in type(certificate.extraction.fields).model_fields:
        evidence: Evidence = getattr(certificate.extraction.fields, name)
        if evidence.value is None and not evidence.rivals:
            absent.append(name)
            continue
        rivals = "\n".join(
            f"{visible(rival.value)} ({percent(rival.confidence)}, {rival.source})"
            for rival in evidence.rivals
            if rival.value != evidence.value  # another source that says the same
        )
        value = "–" if evidence.value is None else visible(evidence.value)
        table.add_row(name, Text(value), percent(evidence.confidence), str(evidence.source or "–"), Text(rivals))
    if table.row_count:
        out.print(table)
    if absent:
        out.print(Text(f"Not found on it: {', '.join(absent)}.\n", style="dim"))
    for finding in certificate.findings:
        style = "dim" if finding.severity is Severity.NOTE else ""
        action = addressed(finding.action, row.number)
        out.print(Text(f"- {visible(finding.message)} {action}", style=style))
    if commands:
        out.print(Text("\nYou can:", style="dim"))
    for command in commands:
        out.print(Text(f"  {visible(command)}"))


def print_offers(offers: Sequence[LikelyOffer]) -> None:
    """The offers that a title may be, with how well it fits."""
    for one in offers:
        late = "" if one.in_time else "; not open on that day"
        text = f"{one.percent:3} %  “{visible(one.title)}”: {one.worth} of {one.program}{late}"
        terminal().print(Text(text).append(f"  [{visible(one.source)}]", style="dim"))
