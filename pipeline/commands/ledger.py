"""`recert ledger`: prove that nothing was changed, and take a copy that others can check."""

from pathlib import Path

import click

from pipeline.commands.options import open_ledger, say
from pipeline.errors import ExitCode, StorageError
from pipeline.ledger.chain import Head
from pipeline.settings import load_settings


@click.group()
def ledger() -> None:
    """The append-only, hash-chained record of all that was decided."""


@ledger.command()
@click.option("--head", help="The head that an earlier report showed (seq:hash); finds a cut-off tail as well.")
def verify(head: str | None) -> ExitCode:
    """Check every entry's hash and its place in the chain."""
    with open_ledger(load_settings()) as opened:
        result = opened.verify(None if head is None else Head.parse(head))
    result.raise_if_damaged()
    click.echo(f"{result.entries} entries, all sound. Head {result.head}")
    return ExitCode.DONE


@ledger.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> ExitCode:
    """Write the chain to FILE as canonical JSON lines, which docs/ledger.md shows how to verify without recert."""
    from pipeline.ledger.export import export as lines_of

    with open_ledger(load_settings()) as opened:
        try:
            with file.open("x", encoding="utf-8", newline="\n") as out:
                file.chmod(0o600)
                count = 0
                for line in lines_of(opened):
                    out.write(line)
                    count += 1
        except OSError as error:
            raise StorageError(f"{file} could not be written: {error.strerror}.", "Name a new file.") from error
    say(f"{count} entries written to {file}")
    return ExitCode.DONE


@ledger.command()
def upgrade() -> ExitCode:
    """Bring a ledger of an older version of recert up to date."""
    from pipeline.ledger.store import upgrade as bring_up_to_date

    bring_up_to_date(load_settings().url)
    click.echo("The ledger is up to date.")
    return ExitCode.DONE
