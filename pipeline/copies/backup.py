"""`recert ledger backup`: the ledger as of one moment, and every file that is kept, in one archive."""

import datetime as dt
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.copies.archive import LEDGER, pack
from pipeline.errors import WrongUse
from pipeline.folders.moves import hash_file, move_without_replacing, opened_folder, storage, sync_folder
from pipeline.ledger.chain import Head
from pipeline.ledger.copying import copy_out
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import Work
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written: `files` beside the ledger, its size in bytes, its SHA-256 in hex. `absent` are the
    entries (and reviews, by their file) whose certificate was nowhere in the home with the bytes that were read."""

    head: Head
    files: int
    size: int
    sha256: str
    absent: tuple[str, ...] = ()


def write_backup(settings: Settings, ledger: Ledger, target: Path, at: dt.datetime) -> Backup:
    """Write the ledger as of now, and the files of the home, to the new private file `target`; others may work
    meanwhile. The ledger may be of an older version.

    Raises WrongUse where the target is there already, StorageError for a full disk, LedgerDamaged where the ledger does
    not verify: then there is no file.
    """
    if os.path.lexists(target):
        raise WrongUse(f"{target} is there already.", "Name a new file; a backup is never written over.")
    folder = target.absolute().parent
    with storage(folder, "write the backup"):
        making = folder / f".{secrets.token_hex(8)}.backup"
        making.mkdir(mode=0o700)
        try:
            # The ledger first: a certificate that comes later is in the archive and not in the ledger, never reversed.
            head = copy_out(ledger, making / LEDGER)
            manifest = pack(making / "archive", making / LEDGER, settings.home, str(head), at)
            absent = _absent(making / LEDGER, {file.sha256 for file in manifest.files})
            size, sha256 = (making / "archive").stat().st_size, hash_file(making / "archive")
            with opened_folder(folder, Path()) as descriptor:
                move_without_replacing(making / "archive", target.name, descriptor)
            sync_folder(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return Backup(head, len(manifest.files) - 1, size, sha256, absent)


def _absent(copy: Path, kept: set[str]) -> tuple[str, ...]:
    with Ledger.open(f"sqlite:///{copy}", older=True) as ledger, ledger.reading() as connection:
        activities = ledger.state().activities.values()
        named = [
            (activity.document.sha256, f"entry {activity.entry}: {activity.document.name}")
            for activity in activities
            if activity.document is not None and not activity.voided
        ]
        named += [
            (row.certificate.sha256, f"review {row.number}: {row.certificate.name}")
            for row in Work(connection).reviews()
        ]
    return tuple(name for sha256, name in named if sha256 not in kept)
