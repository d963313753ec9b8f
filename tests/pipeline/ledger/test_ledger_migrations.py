"""A ledger that an older recert wrote comes along whole: backed up as it is, upgraded in one step, or left as it was.

`older/` holds what revision 0001 wrote into each database, with invented people, one of them forgotten.
"""

import os
import signal
import sqlite3
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, make_url, text
from sqlalchemy.exc import DBAPIError

from pipeline.batch import DocumentState
from pipeline.errors import LedgerUnavailable, RecertError
from pipeline.ledger.copying import copy_in, copy_out
from pipeline.ledger.schema import METADATA, REVISION
from pipeline.ledger.store import Ledger, upgrade
from pipeline.ledger.work import Work
from tests.pipeline.ledger.people import enrol

OLDER = Path(__file__).parent / "older"
HEADS = {
    "sqlite": "9:26629ccbe55f435bbd76d235de1d980fe317edd8ee2ba3e29cb1ce23ca72cb4c",
    "postgresql": "9:6a7208dd246a1dad2d3e869aca0a39b5b8ef957f06e98676f716427c959fce03",
}


@pytest.fixture
def older(url: str) -> str:
    """The URL of a ledger of revision 0001."""
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    statements = (OLDER / f"0001.{kind}.sql").read_text("utf-8")
    if kind == "sqlite":
        file = Path(parsed.database or "")
        file.parent.mkdir(mode=0o700)
        connection = sqlite3.connect(file)
        connection.executescript(statements)
        connection.close()
    else:
        plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as server:
            server.execute(statements.encode())
    return url


def head_of(url: str) -> str:
    return HEADS[make_url(url).get_backend_name()]


def assert_whole(ledger: Ledger, head: str) -> None:
    """Everything that the older recert wrote is there and reads."""
    assert str(ledger.head()) == head
    verification = ledger.verify()
    assert (verification.entries, verification.fault) == (9, None)
    assert [entry.event is None for entry in ledger.entries()] == [False] * 5 + [True] * 2 + [False] * 2
    state = ledger.state()
    assert sorted(holder.name for holder in state.holders.values()) == ["Teodor Åström", "Wilhelmina Okafor-Brandt"]
    assert [activity.facts.course_name for activity in state.activities.values()] == [
        "Seaworthy Networks",
        "Harbour Lights",
    ]
    with ledger.reading() as connection:
        work = Work(connection)
        assert [row.state for row in work.documents()] == [DocumentState.DONE, DocumentState.REVIEW]
        assert [row.certificate.name for row in work.reviews()] == ["second scan.pdf"]
        assert work.failures("ef" * 32) == 1


def test_an_older_ledger_is_upgraded_with_all_that_it_holds(older: str) -> None:
    with pytest.raises(LedgerUnavailable, match="recert ledger upgrade"):
        Ledger.open(older)
    assert upgrade(older) == "0001"
    with Ledger.open(older) as ledger:
        assert_whole(ledger, head_of(older))
        with ledger.reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        with pytest.raises((RecertError, DBAPIError), match=r"never|dropped"), ledger.transaction() as connection:
            connection.execute(text("DELETE FROM subject_key"))
        enrol(ledger, "Zora Whitfield")
        assert ledger.verify().entries == 10
    assert upgrade(older) == REVISION


def test_an_older_ledger_is_copied_before_it_is_upgraded(older: str, other_url: str, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite"
    with Ledger.open(older, older=True) as ledger:
        head = copy_out(ledger, file)
        assert ledger.revision() == "0001"
    with pytest.raises(LedgerUnavailable, match="older version"):
        Ledger.open(f"sqlite:///{file}")
    upgrade(f"sqlite:///{file}")
    with Ledger.open(other_url, create=True) as other:
        copy_in(file, other, head)
        assert_whole(other, head_of(older))


def test_a_newer_ledger_is_neither_upgraded_nor_copied(older: str, tmp_path: Path) -> None:
    with Ledger.open(older, older=True) as ledger, ledger.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerUnavailable, match="newer recert"):
        upgrade(older)
    for create in (False, True):
        with pytest.raises(LedgerUnavailable, match="newer recert"):
            Ledger.open(older, create=create, older=True)


def upgrade_and_die(url: str, statement: int) -> int:
    """Upgrade in a process of its own that is killed right after the given statement; returns how it ended."""
    child = os.fork()
    if child == 0:
        done = 0

        def count(*_: object) -> None:
            nonlocal done
            done += 1
            if done == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "after_cursor_execute", count)
        upgrade(url)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_an_upgrade_that_is_killed_leaves_the_older_ledger_whole(older: str) -> None:
    """Killed after each of its statements in turn, until one upgrade comes to its end."""
    killed = 0
    for statement in range(1, 200):
        if upgrade_and_die(older, statement) == 0:
            break
        killed += 1
        with Ledger.open(older, older=True) as ledger:
            assert ledger.revision() == "0001"
            assert_whole(ledger, head_of(older))
    assert killed >= 10
    with Ledger.open(older) as ledger:
        assert ledger.revision() == REVISION
        assert_whole(ledger, head_of(older))
