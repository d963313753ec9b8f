"""Connections and transactions of the ledger's database, SQLite or PostgreSQL, with its errors in plain words."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import LedgerBusy, LedgerDamaged, LedgerUnavailable, MissingProgram, RecertError, StorageError
from pipeline.ledger.schema import ENTRY, METADATA, REVISION

BUSY_SECONDS = 60
_LOOK_SECONDS = 0.05
# Whoever may still see what was there before a transaction; age() counts transactions.
_OLDER_READERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND age(backend_xmin) >= age(CAST(:ours AS xid))"
)
ADVISORY_LOCK = 0x7265636572740001
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted (a forgotten person's key above all) is overwritten, not only unlinked.
    "PRAGMA secure_delete = ON",
)


class Database:
    """One engine, with at most one write transaction per thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = threading.local()
        self.is_sqlite = engine.dialect.name == "sqlite"

    @classmethod
    def at(cls, url: str, create: bool) -> Self:
        """The database at a URL, of whatever revision; `create` makes a missing SQLite file.

        Raises LedgerUnavailable where there is none, MissingProgram without its driver.
        """
        parsed = _parsed(url)
        if parsed.get_backend_name() == "sqlite":
            _prepare_file(Path(parsed.database or ""), create)
        return cls(_engine(parsed))

    @classmethod
    def open(cls, url: str, create: bool, older: bool = False) -> Self:
        """The database at a URL, of this version's revision; `create` also fills an empty one, `older` also takes one
        of an older revision, for a backup before the upgrade.

        Raises LedgerUnavailable where there is no ledger, or one of another revision.
        """
        database = cls.at(url, create)
        try:
            database._check_revision(create, older)
        except BaseException:
            database.close()
            raise
        return database

    @property
    def place(self) -> str:
        """The URL without its password, for messages."""
        return self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the only write lock from its beginning. Inside another one of the same thread it
        joins that one. Raises LedgerBusy after a minute of waiting."""
        outer: Connection | None = getattr(self._thread, "connection", None)
        if outer is not None:
            yield outer
            return
        self._thread.scrub = None
        with self._transaction(immediate=True) as connection, self._joined_by_others(connection):
            yield connection
        ours: str | None = self._thread.scrub
        if ours is not None:
            self._thread.scrub = None
            self._rewrite_file() if self.is_sqlite else self._rewrite_tables(ours)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction to read in, which waits for no writer; inside `writing` it sees what that one wrote."""
        outer: Connection | None = getattr(self._thread, "connection", None)
        if outer is not None:
            yield outer
            return
        with self._transaction(immediate=False) as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction to read in that sees one moment to its end, whatever others write meanwhile; `reading` inside
        it joins it. Nothing is to be written in it."""
        with self._transaction(immediate=False, frozen=True) as connection, self._joined_by_others(connection):
            yield connection

    @contextmanager
    def _joined_by_others(self, connection: Connection) -> Iterator[None]:
        self._thread.connection = connection
        try:
            yield
        finally:
            self._thread.connection = None

    @contextmanager
    def _transaction(self, immediate: bool, frozen: bool = False) -> Iterator[Connection]:
        with self._plain_errors(), self._engine.connect() as connection:
            connection.execution_options(immediate=immediate)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                if frozen and not self.is_sqlite:  # SQLite's transactions always see one moment
                    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
                if immediate and not self.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
                yield connection

    def scrub_after_commit(self) -> None:
        """Once the running transaction is committed, have the old copies of what was overwritten or deleted removed
        from the database's files: SQLite's file is written anew and its log emptied, PostgreSQL's tables beside the
        entries are written anew. `writing` then raises LedgerBusy where others may still see those old copies."""
        ours = "SELECT 0" if self.is_sqlite else "SELECT CAST(pg_current_xact_id() AS xid)"
        with self.reading() as connection:
            self._thread.scrub = str(connection.execute(text(ours)).scalar_one())

    def _rewrite_tables(self, ours: str) -> None:
        """Not a plain VACUUM, which leaves the bytes of old rows in their pages. It stands outside a transaction, and
        keeps every row that an older transaction may still see: those are waited for."""
        with self._plain_errors(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text(f"SET lock_timeout = '{BUSY_SECONDS}s'"))
            try:
                for _ in range(int(BUSY_SECONDS / _LOOK_SECONDS)):
                    if connection.execute(_OLDER_READERS, {"ours": ours}).scalar_one() == 0:
                        break
                    connection.execute(text(f"SELECT pg_sleep({_LOOK_SECONDS})"))
                else:
                    raise _old_copies()
                for table in METADATA.sorted_tables:
                    if table is not ENTRY:
                        self._rewrite(connection, table.name)
            finally:
                connection.execute(text("RESET lock_timeout"))

    def _rewrite(self, connection: Connection, table: str) -> None:
        file = text("SELECT pg_relation_filenode(to_regclass(:name))").bindparams(name=table)
        before = connection.execute(file).scalar_one()
        connection.execute(text(f'VACUUM FULL "{table}"'))
        if connection.execute(file).scalar_one() == before:  # a warning of PostgreSQL, not an error
            raise LedgerUnavailable(
                f"All is done, but the table {table} of {self.place} still holds old copies: it is not ours to clean.",
                f"As its owner, run: VACUUM FULL {table}",
            )

    def _rewrite_file(self) -> None:
        with self._plain_errors(), self._engine.connect() as connection:
            # Not through SQLAlchemy, which would begin a transaction first: both must stand outside.
            cursor = connection.connection.cursor()
            try:
                # Rows that moved to another page left their text on the old one; only a new file is free of it.
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                answer = cursor.fetchone()
            except sqlite3.Error as error:
                raise DBAPIError("VACUUM", None, error) from error
            finally:
                cursor.close()
        if answer is None or answer[0] != 0:
            raise _old_copies()

    def file_fault(self) -> str | None:
        """What SQLite itself finds wrong with its file, or None."""
        if not self.is_sqlite:
            return None
        with self.reading() as connection:
            answer = str(connection.execute(text("PRAGMA integrity_check(1)")).scalar_one())
        return None if answer == "ok" else answer

    def revision(self) -> str | None:
        """The revision of the database; None for an empty one. Raises LedgerUnavailable for somebody else's tables."""
        with self.reading() as connection:
            tables = set(inspect(connection).get_table_names())
            if "alembic_version" in tables and ENTRY.name in tables:
                numbers = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
                if len(numbers) != 1:
                    raise LedgerDamaged(
                        f"The database {self.place} is damaged: it names {len(numbers)} revisions instead of one.",
                        "Restore the last backup.",
                    )
                return str(numbers[0])
            # A damaged SQLite file may show no tables; only a file without pages is new.
            used = self.is_sqlite and connection.execute(text("PRAGMA page_count")).scalar_one() > 1
        if tables or used:
            raise LedgerUnavailable(
                f"The database {self.place} has contents, but not those of a ledger.",
                "Point RECERT_LEDGER_URL to an empty database or to your ledger.",
            )
        return None

    def upgrade(self, revision: str = REVISION) -> None:
        """Bring the database to a revision, in one transaction: all of it, or nothing. A newer one stays as it is."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        with (
            resources.as_file(resources.files("pipeline.ledger") / "migrations") as folder,
            self.writing() as connection,
        ):
            config.set_main_option("script_location", str(folder).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

    def _check_revision(self, create: bool, older: bool) -> None:
        found = self.revision()
        if found is None and create:
            self.upgrade()
        elif found is None:
            raise LedgerUnavailable(f"The database {self.place} is empty.", "Run `recert init` first.")
        elif found < REVISION and not older:
            raise LedgerUnavailable(
                f"The ledger {self.place} is of an older version ({found}; this recert needs {REVISION}).",
                "Run `recert ledger backup FILE`, then `recert ledger upgrade`.",
            )
        elif found > REVISION:
            raise LedgerUnavailable(
                f"The ledger {self.place} was written by a newer recert ({found}; this one knows {REVISION}).",
                "Update recert.",
            )

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _translated(error, self.place) from error


def _old_copies() -> LedgerBusy:
    return LedgerBusy(
        "All is done, but old copies are still in the database's files, which others are reading.",
        "Run this again when no other recert runs.",
    )


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise LedgerUnavailable(
            "The ledger's URL cannot be read.", "Set RECERT_LEDGER_URL to sqlite:///PATH or postgresql://HOST/NAME."
        ) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerUnavailable(
            f"The ledger cannot be kept in {parsed.get_backend_name()}.",
            "Use sqlite:///PATH or postgresql://HOST/NAME.",
        )
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername == "postgresql" else parsed


def _prepare_file(path: Path, create: bool) -> None:
    """Make the folder and the file private before SQLite would make them open to all."""
    if str(path) in ("", ".", ":memory:"):
        raise LedgerUnavailable("A ledger in memory would be lost.", "Set RECERT_LEDGER_URL to sqlite:///PATH.")
    if not create:
        if not path.exists():
            raise LedgerUnavailable(f"There is no ledger at {path}.", "Run `recert init` first.")
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StorageError(f"The ledger {path} cannot be made: {error.strerror}.", "Check the folder.") from error


def _engine(url: URL) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    try:
        if sqlite:
            engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        else:
            # A server may have been restarted while a long run slept.
            engine = create_engine(url, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise MissingProgram(
            f"The driver for {url.drivername} is not installed.", "Install recert[postgresql]."
        ) from error
    if sqlite:
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    # The driver must not open transactions on its own: it would do so too late, after the head was read.
    connection.isolation_level = None
    # A damaged text must reach `verify` as a value that is wrong, not as an error that hides which entry it is.
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except UnicodeDecodeError as error:  # the driver fails over the bytes of SQLite's own complaint
        raise LedgerDamaged(
            "The ledger's database is damaged: its list of tables cannot be read.", "Restore the last backup."
        ) from error


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _translated(error: DBAPIError, place: str) -> RecertError:
    """The error that says what to do, by SQLite's error code or PostgreSQL's SQLSTATE."""
    said = str(error.orig).strip().splitlines()[0] if error.orig is not None else str(error)
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    state = getattr(error.orig, "sqlstate", None) or ""
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or state == "55P03":
        return LedgerBusy(
            f"The ledger {place} was busy for {BUSY_SECONDS} seconds.",
            "Run the same command again; a backup or a database tool may hold the file.",
        )
    # The file was found before it was opened: what cannot be opened is its folder, read-only or closed to us.
    closed = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
    if code in closed or state.startswith("53"):
        return StorageError(f"The ledger {place} cannot be written: {said}.", "Free space or correct its permissions.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or state.startswith("XX"):
        return LedgerDamaged(f"The database {place} is damaged: {said}.", "Restore the last backup.")
    return LedgerUnavailable(f"The ledger {place} cannot be used: {said}.", "Check RECERT_LEDGER_URL and the database.")
