"""A whole ledger moves from one database into another of either kind, and nothing of it is lost or given twice."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text

from pipeline.batch import DocumentState
from pipeline.errors import LedgerDamaged, WrongUse
from pipeline.ledger.chain import Head
from pipeline.ledger.copying import copy_in, copy_out
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.schema import METADATA, RUN_LOCK
from pipeline.ledger.store import DuplicateKey, Ledger
from pipeline.ledger.work import ReviewDraft, Work
from tests.pipeline.desks import extraction
from tests.pipeline.ledger.people import NOON, SHA256, activity, enrol
from tests.pipeline.ledger.tampering import drop_triggers

NUMBERS = 3


def fill(ledger: Ledger) -> str:
    """People, one of them forgotten, and every kind of working row; returns somebody who is not forgotten."""
    subject, gone = enrol(ledger), enrol(ledger, "Ilse Nakamura")
    ledger.append([activity(subject, code="K1"), activity(gone, code="K1")], NOON)
    ledger.forget(gone, NOON)
    with ledger.transaction() as connection:
        work = Work(connection)
        for number in range(NUMBERS):
            id = work.add_document(f"scan {number}.pdf", DocumentState.REVIEW, NOON, sha256=SHA256)
            shown = extraction(course_name="Żółw 修了証")
            work.open_review(ReviewDraft(id, SHA256, number, "scan.pdf", "/home/scan.pdf", shown, ()), NOON)
        connection.execute(text(f"DELETE FROM review WHERE number = {NUMBERS}"))
        connection.execute(text(f"DELETE FROM document WHERE id = {NUMBERS}"))
        work.count_failure("k")
        RunLocks(connection).acquire("ingest", "run", NOON, dt.timedelta(minutes=1))
    return subject


def rows(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    with ledger.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
            if table is not RUN_LOCK
        }


def test_a_ledger_moves_whole(ledger: Ledger, other_url: str, tmp_path: Path) -> None:
    subject = fill(ledger)
    file = tmp_path / "copy.sqlite"
    head = copy_out(ledger, file)
    with Ledger.open(other_url, create=True) as other:
        copy_in(file, other, head)
        assert rows(other) == rows(ledger)
        assert all(rows(other)[name] for name in ("entry", "subject_key", "duplicate_key", "document", "review"))
        assert other.verify(head) == ledger.verify(head)
        assert other.state() == ledger.state()
        with pytest.raises(DuplicateKey):
            other.append([activity(subject, code="K1")], NOON)
        with other.transaction() as connection:
            assert RunLocks(connection).find("ingest") is None  # who works on one machine does not on the other
            work = Work(connection)
            # A number whose row is gone is not given again: an entry may name it.
            id = work.add_document("new.pdf", DocumentState.REVIEW, NOON)
            number = work.open_review(ReviewDraft(id, SHA256, 9, "n", "p", extraction(), ()), NOON)
            assert (id, number) == (NUMBERS + 1, NUMBERS + 1)
        other.append([activity(subject, code="K2")], NOON)
        assert other.verify(head).entries == head.seq + 1


def test_nothing_is_copied_over_what_is_there(ledger: Ledger, other_url: str, tmp_path: Path) -> None:
    fill(ledger)
    head = copy_out(ledger, tmp_path / "copy.sqlite")
    with Ledger.open(other_url, create=True) as other:
        enrol(other, "Teodor Åström")
        before = rows(other)
        with pytest.raises(WrongUse, match="not empty"):
            copy_in(tmp_path / "copy.sqlite", other, head)
        assert rows(other) == before


def test_a_copy_that_is_not_the_one_expected_leaves_nothing(ledger: Ledger, other_url: str, tmp_path: Path) -> None:
    fill(ledger)
    head = copy_out(ledger, tmp_path / "copy.sqlite")
    with Ledger.open(other_url, create=True) as other:
        with pytest.raises(LedgerDamaged, match="cut off"):
            copy_in(tmp_path / "copy.sqlite", other, Head(head.seq + 1, head.hash))
        assert not any(rows(other).values())


def test_a_damaged_ledger_is_not_copied(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    with ledger.transaction() as connection:
        drop_triggers(connection)
        connection.execute(text("UPDATE entry SET event = 'x' WHERE seq = 2"))
    with pytest.raises(LedgerDamaged, match="Entry 2"):
        copy_out(ledger, tmp_path / "copy.sqlite")


def test_a_value_that_is_no_text_is_said_to_be_damaged(sqlite_url: str, tmp_path: Path) -> None:
    with Ledger.open(sqlite_url, create=True) as ledger:
        fill(ledger)
        with ledger.transaction() as connection:
            connection.execute(text("UPDATE document SET name = CAST(x'ff' AS TEXT) WHERE id = 1"))
        with pytest.raises(LedgerDamaged, match="document"):
            copy_out(ledger, tmp_path / "copy.sqlite")


def test_a_copy_is_of_one_moment_while_others_write(ledger: Ledger, url: str, tmp_path: Path) -> None:
    """Each append writes an entry and a row together: a copy has as many of the one as of the other."""
    subject = enrol(ledger)
    stop = threading.Event()

    def write() -> None:
        with Ledger.open(url) as own:
            while not stop.is_set():
                with own.transaction() as connection:
                    own.append([activity(subject)], NOON)
                    Work(connection).add_document("scan.pdf", DocumentState.DONE, NOON)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            file = tmp_path / f"{number}.sqlite"
            head = copy_out(ledger, file)
            with Ledger.open(f"sqlite:///{file}") as copy:
                assert copy.verify(head).entries == head.seq
                assert len(rows(copy)["document"]) == head.seq - 1
    finally:
        stop.set()
        writer.join()
    assert ledger.verify().fault is None
