"""`recert ledger`: prove that nothing was changed, take copies, bring them back."""

from collections.abc import Iterable
from pathlib import Path

import click

from pipeline.clock import SYSTEM
from pipeline.commands.options import open_ledger, say
from pipeline.errors import ExitCode, WrongUse
from pipeline.ledger.chain import Head, Verification
from pipeline.ledger.store import Ledger
from pipeline.settings import load_settings

_FILE = click.Path(path_type=Path, dir_okay=False)
_HEAD = "The head that an earlier report showed (seq:hash); finds a cut-off tail as well."


@click.group()
def ledger() -> None:
    """The record of all that was decided: verify it, back it up."""


@ledger.command()
@click.option("--head", help=_HEAD)
@click.option("--export", "file", type=_FILE, help="Verify this export instead of the ledger; needs no key.")
def verify(head: str | None, file: Path | None) -> ExitCode:
    """Check every entry's hash and its place in the chain."""
    known = _head(head)
    if file is not None:
        from pipeline.ledger.importing import verify_file

        return _say_sound(verify_file(file, known), f"The export {file}")
    with open_ledger(load_settings()) as opened:
        return _say_sound(opened.verify(known), "The ledger")


def _head(text: str | None) -> Head | None:
    return None if text is None else Head.parse(text)


def _say_sound(result: Verification, what: str) -> ExitCode:
    result.raise_if_damaged(what)
    click.echo(f"{result.entries} entries, all sound. Head {result.head}")
    return ExitCode.DONE


@ledger.command()
@click.argument("file", type=_FILE)
@click.option("--keys", type=_FILE, help="Write the keys, too, to this file; whoever has both can read everything.")
def export(file: Path, keys: Path | None) -> ExitCode:
    """Write the chain to FILE as JSON lines. How to verify it without recert stands in docs/ledger.md."""
    from pipeline.ledger.export import export as lines_of
    from pipeline.ledger.export import keys_of
    from pipeline.ledger.sealed import sealed

    with open_ledger(load_settings()) as opened, opened.snapshot():
        head = opened.head()
        _write_new(file, lines_of(opened))
        if keys is not None:
            _write_new(keys, (sealed(keys_of(opened)),))
    say(f"{head.seq} entries written to {file}. Head {head}")
    if keys is not None:
        say(f"The keys are in {keys}: keep it apart from the export, and as private as the home.")
    return ExitCode.DONE


def _write_new(file: Path, lines: Iterable[str]) -> None:
    """A new private file that is whole or not there. Raises WrongUse where there is one, StorageError."""
    from pipeline.folders.moves import move_without_replacing, opened_folder, storage, write_part

    folder = file.absolute().parent
    with storage(folder, f"write {file.name}"):
        part = write_part(folder, (line.encode("ascii") for line in lines), 0o600)
        try:
            with opened_folder(folder, Path()) as descriptor:
                move_without_replacing(part, file.name, descriptor)
        except FileExistsError as error:
            raise WrongUse(f"{file} is there already.", "Name a new file.") from error
        finally:
            part.unlink(missing_ok=True)


@ledger.command("import")
@click.argument("file", type=_FILE)
@click.option(
    "--keys", type=_FILE, help="The key file that was written with the export; without it nobody can be read."
)
@click.option("--head", help=_HEAD)
def import_(file: Path, keys: Path | None, head: str | None) -> ExitCode:
    """Bring an export into an empty ledger. Made where it is missing; all is verified before anything is written."""
    from pipeline.ledger.importing import import_export

    settings = load_settings()
    kept = import_export(settings.url, file, keys, SYSTEM.now(), _head(head))
    click.echo(f"{kept.entries} entries imported, all sound. Head {kept.head}")
    if keys is None:
        click.echo("An export holds no key: nobody in it can be read here, as if all had been forgotten.")
        click.echo("With the key file of `recert ledger export FILE --keys KEYS` they can: import again, elsewhere.")
    else:
        click.echo("Reviews and files are no part of an export; `recert ledger backup` takes them along.")
    return ExitCode.DONE


@ledger.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> ExitCode:
    """Write ledger, keys and all files of the home to FILE. A new one; others may work meanwhile."""
    from pipeline.copies.backup import write_backup
    from pipeline.report.words import counted

    settings = load_settings()
    with Ledger.open(settings.url, older=True) as opened:
        done = write_backup(settings, opened, file, SYSTEM.now())
    what = f"{counted(done.head.seq, 'entry', 'entries')} and {counted(done.files, 'file')}"
    say(f"{what} written to {file}, {done.size} bytes. Head {done.head}")
    click.echo(f"SHA-256 of the file: {done.sha256}")
    click.echo("It holds the keys: whoever has it can read everything. Keep it as private as the home.")
    for name in done.absent:
        say(f"Not in the home, and so not in the backup: {name}")
    return ExitCode.DONE


@ledger.command()
@click.argument("file", type=_FILE)
@click.option("--head", help=_HEAD)
@click.option("--replace", is_flag=True, help="Put aside what is in the home, and its ledger; nothing is deleted.")
def restore(file: Path, head: str | None, replace: bool) -> ExitCode:
    """Bring back a backup into an empty home and ledger. All is verified before and after."""
    from pipeline.copies.restoring import restore as bring_back
    from pipeline.report.words import counted

    settings = load_settings()
    done = bring_back(settings, file, SYSTEM.now(), _head(head), replace=replace)
    if done.aside is not None:
        say(f"What was there is in {done.aside}")
    what = f"{counted(done.head.seq, 'entry', 'entries')} and {counted(done.files, 'file')}"
    click.echo(f"{what} of {done.made_at:%Y-%m-%d %H:%M} UTC are back, all sound. Head {done.head}")
    return ExitCode.DONE


@ledger.command()
def upgrade() -> ExitCode:
    """Bring the ledger of an older recert up to date. All of it, or nothing."""
    from pipeline.ledger.schema import REVISION
    from pipeline.ledger.store import upgrade as bring_up_to_date

    before = bring_up_to_date(load_settings().url)
    said = "is up to date already" if before == REVISION else f"was brought from {before} to {REVISION}"
    click.echo(f"The ledger {said}.")
    return ExitCode.DONE
