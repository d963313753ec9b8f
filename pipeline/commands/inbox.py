"""`recert ingest`, `watch` and `documents`: the inbox without a server."""

import click

from pipeline.batch import Batch, DocumentState
from pipeline.commands.options import FORMATS, open_desk, open_ledger
from pipeline.errors import ExitCode
from pipeline.settings import load_settings

_NEEDS_A_PERSON = frozenset({DocumentState.REVIEW, DocumentState.REJECTED})


@click.command()
def ingest() -> ExitCode:
    """Take every settled certificate from the inbox, record what may be believed, and say what changed."""
    from pipeline.report.terminal import print_outcome
    from pipeline.run import ingest as run_once

    with open_desk() as desk:
        batch = run_once(desk, print_outcome)
    return _conclude(batch)


@click.command()
def watch() -> ExitCode:
    """Look at the inbox every few seconds and ingest what has settled, until stopped with Ctrl-C."""
    from pipeline.report.terminal import print_outcome
    from pipeline.run import watch as keep_watching

    with open_desk() as desk:
        click.echo(f"Watching {desk.settings.inbox}. Stop with Ctrl-C.")
        try:
            keep_watching(desk, print_outcome, _conclude)
        except KeyboardInterrupt:
            click.echo("Stopped watching.")
    return ExitCode.DONE


def _conclude(batch: Batch) -> ExitCode:
    from pipeline.report.html import write_report
    from pipeline.report.terminal import print_batch

    report = write_report(batch, load_settings().reports) if batch.documents else None
    print_batch(batch, report)
    needs = any(document.state in _NEEDS_A_PERSON for document in batch.documents)
    return ExitCode.NEEDS_A_PERSON if needs else ExitCode.DONE


@click.group()
def documents() -> None:
    """Every file ever dropped, where it is, and why."""


@documents.command("list")
@click.option("--format", "form", type=FORMATS, default="table")
def list_documents(form: str) -> ExitCode:
    """List every document ever seen with its state; the inbox's own are waiting."""
    from pipeline.register import document_rows
    from pipeline.report.tables import print_table

    settings = load_settings()
    with open_ledger(settings) as ledger:
        rows = document_rows(settings, ledger)
    if form == "jsonl":
        for row in rows:
            click.echo(row.model_dump_json())
    else:
        lines = [(row.name, row.state, row.reason, ", ".join(map(str, row.entries))) for row in rows]
        print_table(("Document", "State", "Why", "Entries"), lines)
    return ExitCode.DONE
