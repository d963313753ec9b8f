"""The tables of the ledger's database. `entry` is the ledger; `subject_key` and `duplicate_key` serve it; the rest is
working state."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import (
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

from pipeline.errors import LedgerDamaged

REVISION = "0002"
"""The revision that this version of recert works with; a test holds it to the newest migration."""


def written(instant: dt.datetime) -> str:
    """An instant as the ledger writes it: UTC, microseconds, `Z`; so texts sort as times do. Raises ValueError for a
    time without a zone."""
    if instant.tzinfo is None:
        raise ValueError("a time without a zone cannot be recorded")
    return instant.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def storable(text: str) -> str:
    """A text that every database and every JSON takes: bytes that are no UTF-8 (in file names) and NUL are written as
    escapes."""
    return text.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


class Instant(TypeDecorator[dt.datetime]):
    """An aware UTC datetime, kept as the same text in every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        try:
            return None if value is None else dt.datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:  # SQLite keeps anything in any column
            raise LedgerDamaged(
                "A time in the ledger's database cannot be read: the file is damaged.", "Restore the last backup."
            ) from error


class Key(TypeDecorator[bytes]):
    """The bytes of a subject's key."""

    impl = LargeBinary
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[object], bytes | None]:
        return self._checked

    @staticmethod
    def _checked(value: object) -> bytes | None:
        if value is None or isinstance(value, bytes):
            return value
        raise LedgerDamaged(
            "A key in the ledger's database cannot be read: the file is damaged.", "Restore the last backup."
        )


METADATA = MetaData()

ENTRY = Table(
    "entry",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("recorded_at", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("payload", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

# A forgotten subject keeps its row without the key, so that a row lost by damage is not taken for a wish.
SUBJECT_KEY = Table(
    "subject_key",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("key", Key),
    Column("forgotten_at", Instant),
)

DUPLICATE_KEY = Table(
    "duplicate_key",
    METADATA,
    Column("key_hash", Text, primary_key=True),
    Column("subject", Text, nullable=False, index=True),
    Column("activity", Text, index=True),
    Column("seq", Integer, nullable=False),
)

DOCUMENT = Table(
    "document",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sha256", Text, index=True),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("entries", Text, nullable=False),
    Column("run", Text, index=True),
    Column("first_seen_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

REVIEW = Table(
    "review",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document", Integer, ForeignKey("document.id"), nullable=False, index=True),
    Column("sha256", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("extraction", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("decided_at", Instant),
    sqlite_autoincrement=True,
)

SNAPSHOT = Table(
    "snapshot",
    METADATA,
    Column("holder", Text, primary_key=True),
    Column("program", Text, primary_key=True),
    Column("holding", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("as_of", Text, nullable=False),
)

RUN_LOCK = Table(
    "run_lock",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("run", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("heartbeat_at", Instant, nullable=False),
)

ATTEMPT = Table(
    "attempt",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
)

Index("review_certificate", REVIEW.c.sha256, REVIEW.c.ordinal)
