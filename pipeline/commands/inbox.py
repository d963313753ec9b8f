"""`recert ingest`, `watch` and `documents`: the inbox without a server."""

import click

from pipeline.batch import Batch, DocumentState
from pipeline.clock import SYSTEM
from pipeline.commands.options import FORMATS, open_desk, open_ledger, say, say_json
from pipeline.errors import ExitCode
from pipeline.settings import Settings, load_settings

_NEEDS_A_PERSON = frozenset({DocumentState.REVIEW, DocumentState.REJECTED})


@click.command()
def ingest() -> ExitCode:
    """Read what lies in the inbox, and say what changed. What may be believed is recorded; the rest waits for you."""
    from pipeline.report.terminal import print_outcome
    from pipeline.run import ingest as run_once

    with open_desk() as desk:
        batch = run_once(desk, print_outcome, _conclude)
    return _exit_code(batch)


@click.command()
@click.option("--announce", is_flag=True, help="Ingest nothing: tell Prefect of arrivals, whose deployment ingests.")
def watch(announce: bool) -> ExitCode:
    """Ingest whatever comes into the inbox, until Ctrl-C. Looks every few seconds."""
    settings = load_settings()
    say(f"Watching {settings.inbox}. Stop with Ctrl-C.")
    try:
        _announce(settings) if announce else _ingest_for_ever()
    except KeyboardInterrupt:
        click.echo("Stopped watching.")
    return ExitCode.DONE


def _ingest_for_ever() -> None:
    from pipeline.report.terminal import print_outcome
    from pipeline.watching import Watcher, watch

    with open_desk() as desk:
        watch(desk, Watcher(print_outcome, _conclude, lambda busy: say(f"recert: {busy}")))


def _announce(settings: Settings) -> None:
    from pipeline.flows import announce_arrival
    from pipeline.watching import arrivals

    for number in arrivals(settings, SYSTEM):
        announce_arrival()
        click.echo(f"{number} arrived; Prefect is told.")


def _conclude(batch: Batch) -> None:
    from pipeline.report.html import write_report
    from pipeline.report.terminal import print_batch

    report = write_report(batch, load_settings().reports) if batch.documents else None
    print_batch(batch, report)


def _exit_code(batch: Batch) -> ExitCode:
    needs = any(document.state in _NEEDS_A_PERSON for document in batch.documents)
    return ExitCode.NEEDS_A_PERSON if needs else ExitCode.DONE


@click.group()
def documents() -> None:
    """Every file ever dropped, where it is, and why."""


@documents.command("list")
@click.option("--format", "form", type=FORMATS, default="table")
def list_documents(form: str) -> ExitCode:
    """List every document ever seen, with its state. Those in the inbox are waiting."""
    from pipeline.folders.register import document_rows
    from pipeline.report.tables import print_table

    settings = load_settings()
    with open_ledger(settings) as ledger:
        rows = document_rows(settings, ledger)
    if form == "jsonl":
        for row in rows:
            say_json(row)
    else:
        lines = [(row.name, row.state, row.reason, ", ".join(map(str, row.entries))) for row in rows]
        print_table(("Document", "State", "Why", "Entries"), lines)
    return ExitCode.DONE
