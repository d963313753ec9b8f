"""`recert ledger restore`: everything of a backup checked first, then put into an empty home and an empty ledger."""

import datetime as dt
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from pipeline.copies.archive import FOLDERS, LEDGER, Manifest, regular_files, unpack
from pipeline.errors import LedgerBusy, Locked, RecertError, WrongUse
from pipeline.folders.files import make_folders
from pipeline.folders.filing import review_path
from pipeline.folders.homelock import locked
from pipeline.folders.moves import hash_file, make_private, move_without_replacing, opened_folder, storage, sync_folder
from pipeline.ledger.chain import Head
from pipeline.ledger.copying import copy_in, refuse_occupied
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.store import Ledger, upgrade
from pipeline.ledger.work import Work
from pipeline.run import LOCK, STALE
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: the ledger's head, the number of files, when the backup was made, and where the former contents
    of the home were put aside."""

    head: Head
    files: int
    made_at: dt.datetime
    aside: Path | None


def restore(
    settings: Settings, archive: Path, at: dt.datetime, head: Head | None = None, *, replace: bool = False
) -> Restored:
    """Bring back a backup. The ledger is one transaction; the files come before it, so a restore that was cut short is
    simply run again. With `replace` what is there is put aside first, and never deleted.

    Raises LedgerDamaged where the backup does not verify (up to `head`, of an earlier report), WrongUse where the home
    or the ledger is not empty, Locked where a run is at work.
    """
    make_folders(settings)
    staging = settings.home / f".restoring-{secrets.token_hex(8)}"
    with locked(settings.home):
        try:
            with storage(settings.home, "make room for the backup"):
                make_private(staging)
            return _restore(settings, archive, staging, at, head, replace=replace)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _restore(
    settings: Settings, archive: Path, staging: Path, at: dt.datetime, head: Head | None, *, replace: bool
) -> Restored:
    manifest = unpack(archive, staging)
    upgrade(f"sqlite:///{staging / LEDGER}")
    stored = _verified(staging / LEDGER, manifest, head)
    aside = _put_aside(settings, at) if replace else None
    _refuse_other_files(settings.home, manifest)
    with Ledger.open(settings.url, create=True) as ledger:
        with ledger.transaction() as connection:
            refuse_occupied(connection)
        _bring_files(settings.home, staging, manifest)
        with ledger.transaction() as connection:
            copy_in(staging / LEDGER, ledger, stored)
            _say_where_reviews_lie(settings, Work(connection))
    return Restored(stored, len(manifest.files) - 1, manifest.made_at, aside)


def _verified(ledger: Path, manifest: Manifest, head: Head | None) -> Head:
    stored = Head.parse(manifest.head)
    with Ledger.open(f"sqlite:///{ledger}") as opened:
        opened.verify(stored).raise_if_damaged("The ledger of the backup")
        opened.verify(head).raise_if_damaged("The ledger of the backup")
    return stored


def _refuse_other_files(home: Path, manifest: Manifest) -> None:
    """What an earlier attempt brought is no other file."""
    ours = {home / file.path: file.sha256 for file in manifest.files}
    with storage(home, "look for files of the home"):
        for path in (path for folder in FOLDERS for path in regular_files(home / folder)):
            if ours.get(path) != hash_file(path):
                raise WrongUse(
                    f"The home is not empty: there is {path}. Nothing was restored.",
                    "Set RECERT_HOME to a new folder, or use --replace to put aside what is there.",
                )


def _bring_files(home: Path, staging: Path, manifest: Manifest) -> None:
    with storage(home, "restore the files"):
        for file in manifest.files:
            target = home / file.path
            if file.path == LEDGER:
                continue
            make_private(target.parent)
            with opened_folder(target.parent, Path()) as folder, suppress(FileExistsError):
                move_without_replacing(staging / file.path, target.name, folder)
            sync_folder(target.parent)


def _say_where_reviews_lie(settings: Settings, work: Work) -> None:
    for row in work.reviews(state=None):
        certificate = row.certificate
        work.moved_review(row.number, str(review_path(settings, certificate.sha256, certificate.name)))


def _put_aside(settings: Settings, at: dt.datetime) -> Path | None:
    """Move the files and the SQLite ledger of a home into a new folder in it; None where there was nothing."""
    url = make_url(settings.url)
    if url.get_backend_name() != "sqlite":
        raise WrongUse(
            "A ledger in PostgreSQL cannot be put aside by recert.",
            "Make an empty database, point RECERT_LEDGER_URL to it, and restore without --replace.",
        )
    ledger = Path(url.database or "")
    _refuse_while_in_use(settings, ledger, at)
    aside = settings.home / f"replaced-{at:%Y%m%d-%H%M%S}"
    # Database and log belong together: with another's log, SQLite would damage the new one.
    moving = [settings.home / name for name in FOLDERS if any(regular_files(settings.home / name))]
    moving += [path for path in (ledger, Path(f"{ledger}-wal"), Path(f"{ledger}-shm")) if os.path.lexists(path)]
    if not moving:
        return None
    with storage(settings.home, "put aside what is there"):
        aside.mkdir(mode=0o700)
        for path in moving:
            path.rename(aside / path.name)
        sync_folder(aside)
        sync_folder(settings.home)
    make_folders(settings)
    return aside


def _refuse_while_in_use(settings: Settings, ledger: Path, at: dt.datetime) -> None:
    """A ledger that does not open is the usual reason to restore: it hinders nobody."""
    if not ledger.exists():
        return
    try:
        with Ledger.open(settings.url, older=True) as opened, opened.reading() as connection:
            lock = RunLocks(connection).find(LOCK)
    except (Locked, LedgerBusy):
        raise
    except RecertError:
        return
    if lock is not None and not lock.is_dead(at, STALE, settings.home):
        raise Locked(f"The run {lock.run} (process {lock.pid} on {lock.host}) is at work.", "Wait, or stop it.")
    if Path(f"{ledger}-wal").exists():  # whoever closes SQLite's file last removes its log
        raise LedgerBusy(
            f"Another program has the ledger {ledger} open and would go on writing into it.",
            "Stop `recert watch` and whatever else uses it, then run this again.",
        )
