"""`recert extract` and `recert explain`: read documents, decide from the document alone, change nothing."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.checks.findings import Decision, Finding, Severity
from pipeline.clock import SYSTEM
from pipeline.commands.options import FORMATS, day_option, say_json
from pipeline.contract import ExtractionRow
from pipeline.errors import ExitCode, WrongUse
from pipeline.sandbox import Reading, Sandbox
from pipeline.settings import load_settings
from pipeline.validate import check_document, decide


def rows_of(reading: Reading, day: dt.date) -> Iterator[ExtractionRow]:
    """One row per certificate; one row with the reason for a file that could not be read."""
    if reading.failure is not None:
        failure = reading.failure
        finding = Finding(code=failure.code, severity=Severity.REJECT, message=failure.message, action=failure.action)
        yield ExtractionRow.unreadable(reading.name, reading.sha256, finding)
    for extraction in reading.extractions:
        findings = check_document(extraction, day)
        yield ExtractionRow.of(reading.name, reading.sha256, extraction, decide(findings), findings)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@day_option("--on", help="The day the documents are taken to be received; today by default.")
@click.option("--format", "form", type=FORMATS, default="table")
def extract(files: tuple[Path, ...], on: dt.date | None, form: str) -> ExitCode:
    """Read FILES and say what each states; record nothing. It is decided from the document alone."""
    from pipeline.report.terminal import print_extractions

    needs_a_person = False
    with Sandbox(load_settings()) as sandbox:
        for reading in sandbox.read_many((file, str(file)) for file in files):
            rows = tuple(rows_of(reading, on or SYSTEM.today()))
            needs_a_person |= any(row.decision is not Decision.ACCEPT for row in rows)
            if form == "jsonl":
                for row in rows:
                    say_json(row)
            else:
                print_extractions(rows)
    return ExitCode.NEEDS_A_PERSON if needs_a_person else ExitCode.DONE


@click.command("explain")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=FORMATS, default="table")
def explain_reading(file: Path, form: str) -> ExitCode:
    """Say why FILE reads as it does. Which profiles came near, each field's candidates, why the winner won."""
    from extractors.errors import UnreadableDocument
    from pipeline.readers.explaining import explain_file
    from pipeline.report.explanation import print_explanation

    try:
        explanation = explain_file(file, load_settings())
    except UnreadableDocument as error:
        raise WrongUse(f"{file}: {error.message}", error.action) from error
    if form == "jsonl":
        say_json(explanation)
    else:
        print_explanation(explanation)
    return ExitCode.DONE
