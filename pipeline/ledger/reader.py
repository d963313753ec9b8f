"""Reading entries page by page: raw as stored, or opened with their subjects' keys."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping

from pydantic import ValidationError
from sqlalchemy import Connection, Row, select

from pipeline.errors import LedgerDamaged, LedgerUnavailable
from pipeline.ledger.chain import RawEntry
from pipeline.ledger.crypt import unseal
from pipeline.ledger.database import Database
from pipeline.ledger.events import EVENTS
from pipeline.ledger.schema import ENTRY, SUBJECT_KEY, written
from pipeline.ledger.state import Entry

PAGE = 500


def raw_entry(row: Row[tuple[object, ...]]) -> RawEntry:
    """A row of `entry` as it stands."""
    return RawEntry(row.seq, row.recorded_at, row.event, row.subject, row.payload, row.prev, row.hash)


def opened(entry: RawEntry, keys: Mapping[str, bytes | None]) -> Entry:
    """An entry with its event, or with None where the subject's key is destroyed.

    Raises LedgerDamaged where the key is lost or does not fit, LedgerUnavailable for an event of a newer recert.
    """
    if entry.subject not in keys:
        raise _damaged(entry, "the key of its subject is lost")
    key = keys[entry.subject]
    try:
        recorded_at = dt.datetime.fromisoformat(entry.recorded_at)
        if key is None:
            return Entry(entry.seq, recorded_at, entry.subject, None)
        plain = unseal(key, entry.payload, f"{entry.seq}:{entry.event}:{entry.subject}")
        event = EVENTS.validate_json(plain)
    except ValidationError as error:
        name = json.loads(plain).get("event")
        raise LedgerUnavailable(
            f"Entry {entry.seq} holds an event that this recert cannot read ({name}).", "Update recert."
        ) from error
    except ValueError as error:
        raise _damaged(entry, str(error)) from error
    return Entry(entry.seq, recorded_at, entry.subject, event)


def _damaged(entry: RawEntry, what: str) -> LedgerDamaged:
    return LedgerDamaged(f"Entry {entry.seq} of the ledger cannot be read: {what}.", "Restore the last backup.")


def raw_pages(
    database: Database, until: dt.datetime | None = None, after: int | None = None
) -> Iterator[list[RawEntry]]:
    """All entries in order, recorded at `until` or before and numbered above `after`.

    Each page is read in a transaction of its own: entries never change, so the pages fit together, and nobody is kept
    from writing.
    """
    while True:
        query = select(ENTRY).order_by(ENTRY.c.seq).limit(PAGE)
        if after is not None:
            query = query.where(ENTRY.c.seq > after)
        if until is not None:
            query = query.where(ENTRY.c.recorded_at <= written(until))
        with database.reading() as connection:
            page = [raw_entry(row) for row in connection.execute(query)]
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = page[-1].seq


def opened_entries(database: Database, until: dt.datetime | None, after: int) -> Iterator[Entry]:
    """The same entries, opened."""
    for page in raw_pages(database, until, after):
        with database.reading() as connection:
            keys = keys_of(connection, {entry.subject for entry in page})
        yield from (opened(entry, keys) for entry in page)


def keys_of(connection: Connection, subjects: set[str]) -> dict[str, bytes | None]:
    """The keys of subjects; None for the forgotten; a subject without a row, or whose row lost its key without having
    been forgotten, is left out."""
    rows = connection.execute(select(SUBJECT_KEY).where(SUBJECT_KEY.c.subject.in_(subjects)))
    return {row.subject: row.key for row in rows if row.key is not None or row.forgotten_at is not None}
