"""Copying a whole ledger, keys and working state included, from one database into another of either kind: what a
backup, a restore and a move between SQLite and PostgreSQL are made of."""

from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, insert, select, text

from pipeline.errors import LedgerDamaged, WrongUse
from pipeline.ledger.chain import Head
from pipeline.ledger.database import Database
from pipeline.ledger.reader import PAGE
from pipeline.ledger.schema import DOCUMENT, DUPLICATE_KEY, ENTRY, REVIEW, RUN_LOCK, SUBJECT_KEY
from pipeline.ledger.store import Ledger

# A lock says who works on this machine now, the version of the tables is the target's own.
_LEFT_OUT = frozenset({RUN_LOCK.name, "alembic_version"})
_NUMBERED = ((DOCUMENT.name, "id"), (REVIEW.name, "number"))


def copy_out(ledger: Ledger, file: Path) -> Head:
    """Copy an open ledger, as of one moment and of whatever revision, into a new SQLite file. Raises LedgerDamaged
    where the chain or the copy does not verify."""
    target = Database.at(f"sqlite:///{file}", create=True)
    with ledger.snapshot() as source:
        ledger.verify().raise_if_damaged()
        head = ledger.head()
        with Ledger(target) as copy, copy.transaction() as connection:
            target.upgrade(ledger.revision())
            _copy(source, connection)
            copy.verify(head).raise_if_damaged("The copy")
    return head


def copy_in(file: Path, ledger: Ledger, head: Head) -> None:
    """Copy a ledger kept in a SQLite file into an open, empty one of the same revision, in one transaction (joining the
    running one). Raises LedgerDamaged where it does not verify up to `head`, WrongUse where the open one is not
    empty."""
    with Ledger.open(f"sqlite:///{file}") as source, source.snapshot() as stored, ledger.transaction() as connection:
        source.verify(head).raise_if_damaged("The ledger of the backup")
        refuse_occupied(connection)
        _copy(stored, connection)
        ledger.verify(head).raise_if_damaged("The restored ledger")


def refuse_occupied(connection: Connection) -> None:
    """Raises WrongUse where the ledger has entries, keys or working rows."""
    for table in (ENTRY, SUBJECT_KEY, DUPLICATE_KEY, DOCUMENT, REVIEW):
        if connection.execute(select(table).limit(1)).first() is not None:
            raise WrongUse(
                f"The ledger is not empty: there is something in its table {table.name}. Nothing was written.",
                "Set RECERT_HOME to a new folder, or RECERT_LEDGER_URL to an empty database.",
            )


def _copy(source: Connection, target: Connection) -> None:
    # As both databases have them, and not as this version would: an older ledger is copied before it is upgraded.
    tables, targets = MetaData(), MetaData()
    tables.reflect(source)
    targets.reflect(target)
    for table in tables.sorted_tables:
        if table.name in targets.tables and table.name not in _LEFT_OUT and not table.name.startswith("sqlite_"):
            _copy_rows(source, target, table, targets.tables[table.name])
    for name, column in _NUMBERED:
        _go_on_numbering(target, name, column, _last_number(source, name, column))


def _copy_rows(source: Connection, target: Connection, table: Table, into: Table) -> None:
    rows = source.execution_options(stream_results=True).execute(select(table).order_by(*table.primary_key))
    try:
        for page in rows.mappings().partitions(PAGE):
            target.execute(insert(into), [dict(row) for row in page])
    except ValueError as error:  # bytes in a text that are no text
        raise LedgerDamaged(
            f"The table {table.name} of the ledger holds a value that cannot be read.", "Restore the last backup."
        ) from error


def _last_number(connection: Connection, table: str, column: str) -> int:
    """The last number that a table gave: one whose row is gone is not given again."""
    if connection.dialect.name == "sqlite":
        number = connection.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :table"), {"table": table}
        ).scalar_one_or_none()
    else:
        names = {"table": table, "column": column}
        number = connection.execute(
            text("SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence(:table, :column) AS regclass))"), names
        ).scalar_one()
    return int(number or 0)


def _go_on_numbering(connection: Connection, table: str, column: str, last: int) -> None:
    if last == 0:
        return
    if connection.dialect.name == "sqlite":
        values = {"table": table, "last": last}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), values)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), values)
    else:
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
            {"table": table, "column": column, "last": last},
        )
