"""The ledger: append, read, replay, verify, forget. One object per process and database; threads may share it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, delete, select, update

from pipeline.errors import LedgerDamaged, WrongUse
from pipeline.ledger.appender import (
    Appender,
    Draft,
    DuplicateKey,
    DuplicateKeyValue,
    find_duplicate,
    key_of,
    last_sound,
)
from pipeline.ledger.chain import Fault, Head, RawEntry, Unreadable, Verification, verify_chain
from pipeline.ledger.crypt import new_id
from pipeline.ledger.database import Database
from pipeline.ledger.reader import opened_entries, raw_pages
from pipeline.ledger.schema import DUPLICATE_KEY, SUBJECT_KEY
from pipeline.ledger.state import Entry, State, replay

__all__ = ["Draft", "DuplicateKey", "DuplicateKeyValue", "Head", "Ledger", "new_id"]


class Ledger:
    """An open ledger. Every method raises RecertErrors only: LedgerBusy, StorageError, LedgerDamaged,
    LedgerUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str, create: bool = False, older: bool = False) -> Self:
        """Open the ledger at a SQLAlchemy URL (sqlite:///PATH, postgresql://HOST/NAME); `create` makes a missing or
        empty one, `older` takes one of an older version too, to read its entries and to copy it. Raises
        LedgerUnavailable saying which command helps."""
        return cls(Database.open(url, create, older))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    @property
    def is_sqlite(self) -> bool:
        return self._database.is_sqlite

    def transaction(self) -> AbstractContextManager[Connection]:
        """One write transaction for entries and working rows together (`Work(connection)`): all of it is kept, or
        nothing. `append` and `transaction` inside it join it."""
        return self._database.writing()

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction to read working rows in; it waits for nobody."""
        return self._database.reading()

    def snapshot(self) -> AbstractContextManager[Connection]:
        """A transaction to read in: all that is read of the ledger inside it is of one moment, whatever others write
        meanwhile."""
        return self._database.snapshot()

    def upgrade(self) -> str:
        """Bring the tables to this version's revision and return the one that they had."""
        before = self.revision()
        self._database.upgrade()
        return before

    def revision(self) -> str:
        """The revision of its tables."""
        return self._database.revision() or ""

    def append(self, drafts: Sequence[Draft], at: dt.datetime) -> tuple[int, ...]:
        """Append all drafts, or none, and return their numbers. `at` is the clock, with a zone; an entry is never dated
        before the one before it, so a clock that was set back counts as standing still.

        Raises DuplicateKey with the entry that has a draft's key, WrongUse for an event that contradicts what is
        recorded. After either, a surrounding transaction can go on.
        """
        if not drafts:
            return ()
        with self.transaction() as connection, connection.begin_nested():
            appender = Appender(connection, at)
            return tuple(appender.append(draft) for draft in drafts)

    def entries(self, until: dt.datetime | None = None, after: int = 0) -> Iterator[Entry]:
        """The entries in order, recorded at `until` or before and numbered above `after`; `event` is None where the
        subject was forgotten."""
        return opened_entries(self._database, until, after)

    def state(self, known_at: dt.date | None = None) -> State:
        """All that was recorded by the end of the day `known_at` (UTC), by default until now."""
        until = None if known_at is None else dt.datetime.combine(known_at, dt.time.max, dt.UTC)
        return replay(self.entries(until))

    def raw_entries(self) -> Iterator[RawEntry]:
        """The chain as stored, in order."""
        for page in raw_pages(self._database):
            yield from page

    def head(self) -> Head:
        """The last entry; for reports, as a witness against a cut-off tail."""
        with self.reading() as connection:
            return last_sound(connection)[0]

    def verify(self, head: Head | None = None) -> Verification:
        """Check every entry's hash and place in the chain, that the payloads of all who were not forgotten open, and on
        SQLite the file itself."""
        chain = verify_chain(self._readable(), head)
        if chain.fault is not None:
            return chain
        what = self._unsound()
        return chain if what is None else Verification(chain.entries, chain.head, what)

    def _readable(self) -> Iterator[RawEntry]:
        try:
            yield from self.raw_entries()
        except LedgerDamaged as error:
            raise Unreadable(error.message.rstrip(".")) from error

    def _unsound(self) -> Fault | None:
        seq = 0
        try:
            for entry in self.entries():
                seq = entry.seq
        except LedgerDamaged:
            return Fault(seq + 1, "its payload does not open with its subject's key, or that key is lost")
        try:
            damage = self._database.file_fault()
        except LedgerDamaged as error:
            damage = error.message.rstrip(".")
        return Fault(seq, f"the chain is sound, but the database file is damaged: {damage}") if damage else None

    def find_duplicate(self, subject: str, keys: Sequence[DuplicateKeyValue]) -> int | None:
        """The first entry of this subject that has one of the keys; those of voided activities are free again."""
        with self.reading() as connection:
            key = key_of(connection, subject)
            return None if key is None else find_duplicate(connection, key, keys)

    def forget(self, subject: str, at: dt.datetime) -> None:
        """Destroy a subject's key and duplicate keys: its entries stay in the chain, unreadable for ever. Again on a
        forgotten subject it only makes sure that nothing is left in the database's files.

        Raises WrongUse for an unknown subject; LedgerBusy where the key is gone but others still read files that may
        hold it.
        """
        with self.transaction() as connection:
            row = SUBJECT_KEY.c.subject == subject
            known = connection.execute(select(SUBJECT_KEY).where(row)).one_or_none()
            if known is None:
                raise WrongUse("The ledger holds nobody with this id.", "Look at `recert roster list`.")
            if known.key is not None:
                connection.execute(update(SUBJECT_KEY).where(row).values(key=None, forgotten_at=at))
                connection.execute(delete(DUPLICATE_KEY).where(DUPLICATE_KEY.c.subject == subject))
            self._database.scrub_after_commit()

    def scrub(self) -> None:
        """Make sure that nothing that was overwritten is left in the database's files. Raises LedgerBusy as `forget`
        does."""
        with self.transaction():
            self._database.scrub_after_commit()


def upgrade(url: str) -> str:
    """Bring an older ledger to this version's revision, all of it or nothing, and return the one that it had. Raises
    LedgerUnavailable for a ledger of a newer version."""
    with Ledger.open(url, older=True) as ledger:
        return ledger.upgrade()
