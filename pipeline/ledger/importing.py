"""An export brought into an empty ledger, with its keys or without: all is verified before anything is written."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select

from pipeline.errors import WrongUse
from pipeline.ledger.chain import Head, Verification
from pipeline.ledger.copying import refuse_occupied
from pipeline.ledger.export import KeyFile, parsed, verify_export
from pipeline.ledger.reader import PAGE
from pipeline.ledger.schema import DUPLICATE_KEY, ENTRY, SUBJECT_KEY
from pipeline.ledger.sealed import unsealed
from pipeline.ledger.store import Ledger


def verify_file(file: Path, head: Head | None = None) -> Verification:
    """Verify an export in a file. Raises WrongUse where the file cannot be read."""
    with _lines_of(file) as lines:
        return verify_export(lines, head)


def import_export(url: str, file: Path, keys: Path | None, at: dt.datetime, head: Head | None = None) -> Verification:
    """Bring an export into the ledger at `url`, which is made where it is missing, in one transaction. Without a key
    file everybody in it is as forgotten at the time `at`: the chain is kept, no payload can be read.

    Raises LedgerDamaged where the export does not verify (up to `head`) or the keys do not open it; WrongUse where the
    ledger is not empty, or the keys are those of another export.
    """
    what = f"The export {file}"
    verified = verify_file(file, head)
    verified.raise_if_damaged(what)
    held = None if keys is None else _keys_for(keys, file, verified.head)
    with Ledger.open(url, create=True) as ledger, ledger.transaction() as connection:
        refuse_occupied(connection)
        with _lines_of(file) as lines:
            _insert(connection, ENTRY, (asdict(entry) for entry in parsed(lines)))
        if held is None:
            subjects = connection.execute(select(ENTRY.c.subject).distinct()).scalars().all()
            _insert(connection, SUBJECT_KEY, ({"subject": one, "key": None, "forgotten_at": at} for one in subjects))
        else:
            _insert(connection, SUBJECT_KEY, _subject_rows(held))
            _insert(connection, DUPLICATE_KEY, (one.model_dump() for one in held.duplicates))
        kept = ledger.verify(verified.head)
        kept.raise_if_damaged(what if keys is None else f"{what}, or its key file {keys},")
    return kept


def _keys_for(keys: Path, file: Path, head: Head) -> KeyFile:
    """The key file, where it is the one of the export with this head."""
    try:
        data = keys.read_bytes()
    except OSError as error:
        raise WrongUse(f"{keys} cannot be read: {error.strerror}.", "Check the path.") from error
    held = unsealed(data, KeyFile, f"The key file {keys}")
    if held.head != str(head):
        raise WrongUse(
            f"{keys} holds the keys of the export with the head {held.head}; {file} has the head {head}.",
            "Give the key file that was written together with this export.",
        )
    return held


def _subject_rows(held: KeyFile) -> Iterator[dict[str, object]]:
    for one in held.subjects:
        yield {
            "subject": one.subject,
            "key": None if one.key is None else bytes.fromhex(one.key),
            "forgotten_at": None if one.forgotten_at is None else dt.datetime.fromisoformat(one.forgotten_at),
        }


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, object]]) -> None:
    waiting = iter(rows)
    while page := list(islice(waiting, PAGE)):
        connection.execute(insert(table), page)


@contextmanager
def _lines_of(file: Path) -> Iterator[Iterable[bytes]]:
    try:
        with file.open("rb") as lines:
            yield lines
    except OSError as error:
        raise WrongUse(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
