"""Opening: private files, one schema, and a sentence that says what to do for everything that is no ledger."""

import sqlite3
import stat
from importlib import resources
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from pipeline.errors import LedgerDamaged, LedgerUnavailable, MissingProgram, RecertError
from pipeline.ledger.schema import METADATA, REVISION
from pipeline.ledger.store import Ledger, upgrade
from tests.pipeline.ledger.people import enrol


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_home_and_ledger_are_private_from_the_start(sqlite_url: str) -> None:
    with Ledger.open(sqlite_url, create=True) as ledger:
        enrol(ledger)
        files = list(path_of(sqlite_url).parent.iterdir())
        assert len(files) == 3  # the ledger, its log, the log's index
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert stat.S_IMODE(path_of(sqlite_url).parent.stat().st_mode) == 0o700


def test_sqlite_keeps_what_it_says_it_kept(sqlite_url: str) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "busy_timeout": 60_000}
    with Ledger.open(sqlite_url, create=True) as ledger, ledger.transaction() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in expected}
    assert found == expected


def test_the_migrations_make_the_tables_of_the_schema(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_revision_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(resources.files("pipeline.ledger") / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_a_second_opening_keeps_what_is_there(url: str) -> None:
    with Ledger.open(url, create=True) as ledger:
        subject = enrol(ledger)
    with Ledger.open(url, create=True) as ledger:
        assert set(ledger.state().holders) == {subject}
    upgrade(url)
    with Ledger.open(url) as ledger:
        assert ledger.verify().entries == 1


def test_an_empty_database_is_no_ledger_yet(url: str) -> None:
    with pytest.raises(LedgerUnavailable, match="recert init"):
        Ledger.open(url)


def test_an_empty_file_is_no_ledger_yet(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    file.touch()
    with pytest.raises(LedgerUnavailable, match="recert init"):
        Ledger.open(f"sqlite:///{file}")
    Ledger.open(f"sqlite:///{file}", create=True).close()


@pytest.mark.parametrize(("found", "command"), [("0000", "recert ledger upgrade"), ("9999", "Update recert")])
def test_a_ledger_of_another_version_is_not_touched(url: str, found: str, command: str) -> None:
    with Ledger.open(url, create=True) as ledger, ledger.transaction() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{found}'"))
    for create in (False, True):
        with pytest.raises(LedgerUnavailable, match=command):
            Ledger.open(url, create=create)


@pytest.mark.parametrize("change", ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0003')"])
def test_a_ledger_of_no_or_of_two_versions_is_damaged(url: str, change: str) -> None:
    """A flipped bit in SQLite's page of that table showed a second row."""
    with Ledger.open(url, create=True) as ledger, ledger.transaction() as connection:
        connection.execute(text(change))
    with pytest.raises(LedgerDamaged, match="revisions"):
        Ledger.open(url, create=True)


def test_somebody_elses_database_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE entry (recipe TEXT)")
    connection.close()
    for create in (False, True):
        with pytest.raises(LedgerUnavailable, match="not those of a ledger"):
            Ledger.open(f"sqlite:///{file}", create=create)


def test_a_damaged_file_without_visible_tables_is_not_filled_anew(sqlite_url: str) -> None:
    with Ledger.open(sqlite_url, create=True) as ledger:
        enrol(ledger)
    file = path_of(sqlite_url)
    data = bytearray(file.read_bytes())
    data[103:105] = b"\x00\x00"  # the number of cells on the first page: what the schema has
    file.write_bytes(data)
    with pytest.raises((LedgerUnavailable, LedgerDamaged)):
        Ledger.open(sqlite_url, create=True)
    assert file.read_bytes() == data


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(b"not a database " * 100)
    with pytest.raises(LedgerDamaged, match=r"damaged.*backup"):
        Ledger.open(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("no url", LedgerUnavailable),
        ("mysql://localhost/x", LedgerUnavailable),
        ("sqlite://", LedgerUnavailable),
        ("sqlite:///:memory:", LedgerUnavailable),
        ("postgresql+nosuchdriver://localhost/x", MissingProgram),
        ("postgresql://nobody:S3CRET@localhost:1/x", LedgerUnavailable),
    ],
)
def test_a_place_that_cannot_be_is_named_without_its_password(url: str, error: type[RecertError]) -> None:
    with pytest.raises(error) as caught:
        Ledger.open(url, create=True)
    assert "S3CRET" not in str(caught.value)
    assert caught.value.action


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecertError, match="file"):
        Ledger.open(f"sqlite:///{tmp_path}/file/ledger.sqlite", create=True)
