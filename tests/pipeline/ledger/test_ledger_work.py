"""The working tables give back what was put in, and the locks tell the living from the dead."""

import datetime as dt
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from extractors.model import DocumentType, Evidence, Extraction, Fields, Seconds
from pipeline.batch import DocumentState
from pipeline.checks.findings import Finding, Severity
from pipeline.errors import LedgerDamaged, Locked, WrongUse
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import Attempts, ReviewDraft, ReviewState, Work, storable
from rules.model import Counted, Dates, HoldingStatus, NotCounted, Reason, Verdict
from tests.pipeline.ledger.people import NOON, SHA256

HOUR = dt.timedelta(hours=1)
UNPRINTABLE = "caf\udce9\x00\u202e.pdf"


def test_a_document_is_followed_through_its_states(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        work = Work(connection)
        first = work.add_document("a.pdf", DocumentState.WAITING, NOON, sha256=SHA256)
        again = work.add_document("a.pdf", DocumentState.WORKING, NOON, sha256=SHA256, run="r1")
        work.move_document(first, DocumentState.WORKING, "taken", NOON + HOUR, run="r1")
        work.move_document(first, DocumentState.DONE, "accepted", NOON + 2 * HOUR, entries=[4, 5])
    with ledger.reading() as connection:
        work = Work(connection)
        done, working = work.documents()
        assert (done.id, done.state, done.reason, done.entries) == (first, DocumentState.DONE, "accepted", (4, 5))
        assert (done.sha256, done.run, done.first_seen_at, done.updated_at) == (SHA256, None, NOON, NOON + 2 * HOUR)
        assert work.documents(run="r1") == (working,)
        assert work.document(again) == working
        assert work.document(99) is None


def test_an_unknown_document_is_not_moved(ledger: Ledger) -> None:
    with pytest.raises(WrongUse, match="no document 7"), ledger.transaction() as connection:
        Work(connection).move_document(7, DocumentState.DONE, "", NOON)


def test_a_file_name_that_is_no_text_is_kept_as_escapes(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        Work(connection).add_document(UNPRINTABLE, DocumentState.WAITING, NOON)
        assert Work(connection).documents()[0].name == "caf\\udce9\\x00\u202e.pdf"


@given(st.text(st.characters()))
def test_every_text_can_be_stored(text: str) -> None:
    stored = storable(text)
    assert "\x00" not in stored
    stored.encode("utf-8")


def extraction() -> Extraction:
    shown = Evidence(value="Seaworthy Networks", raw="Seaworthy  Networks", confidence=0.5)
    absent = Evidence(value=None, raw=None, confidence=0.9)
    names = Fields.model_fields
    return Extraction(
        ordinal=1,
        pages=(1,),
        media="png",
        document_type=DocumentType.COMPLETION,
        issuer=None,
        profile=None,
        fields=Fields(**{name: shown if name == "course_name" else absent for name in names}),
        seconds=Seconds(read=0.1, ocr=0.2, find=0.3),
    )


def draft(document: int) -> ReviewDraft:
    finding = Finding(code="date_ambiguous", severity=Severity.REVIEW, message="Two readings.", action="State it.")
    return ReviewDraft(document, SHA256, 0, "scan.pdf", "review/1.pdf", extraction(), (finding,))


def test_a_review_is_decided_once(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        work = Work(connection)
        document = work.add_document("scan.pdf", DocumentState.REVIEW, NOON, sha256=SHA256)
        first, second = (work.open_review(draft(document), NOON) for _ in range(2))
        work.close_review(first, ReviewState.ACCEPTED, NOON + HOUR)
        with pytest.raises(WrongUse, match="accepted already"):
            work.close_review(first, ReviewState.REJECTED, NOON + HOUR)
        with pytest.raises(WrongUse, match="no review 99"):
            work.close_review(99, ReviewState.REJECTED, NOON)
    with ledger.reading() as connection:
        work = Work(connection)
        decided, waiting = work.reviews(None, document=document)
        assert decided.certificate == draft(document)
        assert (decided.number, decided.state, decided.decided_at) == (first, ReviewState.ACCEPTED, NOON + HOUR)
        assert work.reviews() == (waiting,) == (work.review(second),)
        assert work.reviews(sha256="none") == ()


def verdict(status: HoldingStatus) -> Verdict:
    return Verdict(
        holding="Pilot",
        program="harbour",
        level="first",
        status=status,
        renewed=False,
        path=None,
        anchor_on=dt.date(2025, 1, 1),
        suspends_on=None,
        expires_on=dt.date(2028, 1, 1),
        previous=Dates(suspends_on=None, expires_on=None),
        gained_months=0,
        missing={"ce": {"credits": Decimal("2.5"), "exam:any": 1}},
        projected=None,
        counted=(Counted(item="a", credits=Decimal(3)),),
        not_counted=(NotCounted(item="b", reason=Reason.REPEAT, clause="1", sentence="Again.", source="s"),),
        flags=("needs_confirmation",),
        program_version="1",
        verified_on=dt.date(2026, 1, 1),
    )


def test_the_last_verdict_is_remembered(ledger: Ledger) -> None:
    before, after = verdict(HoldingStatus.ACTIVE), verdict(HoldingStatus.SUSPENDED)
    with ledger.transaction() as connection:
        work = Work(connection)
        assert work.snapshot("h", "harbour", "Pilot") is None
        work.remember("h", before, NOON.date())
        assert work.snapshot("h", "harbour", "Pilot") == before
        work.remember("h", after, NOON.date())
        assert work.snapshot("h", "harbour", "Pilot") == after
        assert work.snapshot("other", "harbour", "Pilot") is None


def test_failures_are_counted_by_content(ledger: Ledger) -> None:
    attempts = Attempts(ledger)
    attempts.add(SHA256)
    attempts.add(SHA256)
    assert (attempts.get(SHA256), attempts.get("other")) == (2, 0)


def test_a_living_run_keeps_its_lock(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        locks = RunLocks(connection)
        mine = locks.acquire("ingest", "r1", NOON, HOUR)
        assert mine.pid == os.getpid()
        with pytest.raises(Locked, match="r1"):
            locks.acquire("ingest", "r2", NOON + HOUR, HOUR)
        locks.beat("ingest", "r1", NOON + HOUR)
        with pytest.raises(Locked):
            locks.acquire("ingest", "r2", NOON + 2 * HOUR, HOUR)
        locks.acquire("other", "r2", NOON, HOUR)
        assert locks.find("other") is not None
        locks.release("ingest", "r2")
        assert locks.find("ingest") is not None
        locks.release("ingest", "r1")
        assert locks.find("ingest") is None


def test_a_silent_run_loses_its_lock(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        locks = RunLocks(connection)
        locks.acquire("ingest", "r1", NOON, HOUR)
        locks.acquire("ingest", "r2", NOON + HOUR + dt.timedelta(seconds=1), HOUR)
        with pytest.raises(Locked, match="lost"):
            locks.beat("ingest", "r1", NOON + 2 * HOUR)


def test_a_run_whose_process_is_gone_is_dead_at_once(ledger: Ledger) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with ledger.transaction() as connection:
        lock = RunLocks(connection).acquire("ingest", "r1", NOON, HOUR)
    assert not lock.is_dead(NOON, HOUR)
    assert dt.timedelta(0) < HOUR
    elsewhere = type(lock)(lock.name, lock.run, "elsewhere.invalid", gone.pid, NOON)
    assert not elsewhere.is_dead(NOON, HOUR)
    assert type(lock)(lock.name, lock.run, lock.host, gone.pid, NOON).is_dead(NOON, HOUR)


@pytest.mark.parametrize("column", ["state", "entries", "first_seen_at"])
@pytest.mark.parametrize("value", ["7", "'[\"x\"'", "x'ff00'"])
def test_a_damaged_row_is_said_to_be_damaged(sqlite_url: str, column: str, value: str) -> None:
    with Ledger.open(sqlite_url, create=True) as ledger:
        with ledger.transaction() as connection:
            Work(connection).add_document("a.pdf", DocumentState.WORKING, NOON)
            connection.execute(text(f"UPDATE document SET {column} = {value}"))
        with pytest.raises(LedgerDamaged, match="damaged"), ledger.reading() as connection:
            Work(connection).documents()


def test_a_living_process_that_got_the_number_of_a_dead_one_is_not_taken_for_it(ledger: Ledger, tmp_path: Path) -> None:
    """Whoever holds the lock of a home knows that a row of that home is a dead one's."""
    with ledger.transaction() as connection:
        locks = RunLocks(connection)
        locks.acquire("ingest", "r1", NOON, HOUR, tmp_path)
        with pytest.raises(Locked):
            locks.acquire("ingest", "r2", NOON, HOUR, tmp_path / "another")
        assert locks.acquire("ingest", "r2", NOON, HOUR, tmp_path).run == "r2"
