"""When the database is busy, full or read-only, the error says so, and nothing is half done."""

import threading

import pytest
from sqlalchemy import text

from pipeline.errors import LedgerBusy, StorageError
from pipeline.ledger.store import Ledger
from tests.pipeline.ledger.people import NOON, activity, enrol, holder


def test_a_busy_ledger_is_said_to_be_busy(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ledger.database.BUSY_SECONDS", 0.05)
    with Ledger.open(url, create=True) as first, Ledger.open(url) as second:
        subject = enrol(first)
        with first.transaction():
            with pytest.raises(LedgerBusy, match="busy"):
                second.append([activity(subject)], NOON)
            assert second.verify().entries == 1  # reading waits for nobody
        second.append([activity(subject)], NOON)


def test_threads_share_a_ledger(ledger: Ledger) -> None:
    subject = enrol(ledger)

    def append() -> None:
        for _ in range(5):
            with ledger.transaction():
                ledger.append([activity(subject)], NOON)
                ledger.append([activity(subject)], NOON)

    threads = [threading.Thread(target=append) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledger.state().activities_of(subject)) == 30
    assert ledger.verify().fault is None


@pytest.mark.parametrize("trouble", ["PRAGMA max_page_count = 1", "PRAGMA query_only = ON"])
def test_a_full_or_read_only_disk_is_said_to_be_one(sqlite_url: str, trouble: str) -> None:
    with Ledger.open(sqlite_url, create=True) as ledger:
        enrol(ledger)
        with pytest.raises(StorageError, match="cannot be written"), ledger.transaction() as connection:
            connection.execute(text(trouble))
            ledger.append([holder(f"Person {number} {'x' * 500}") for number in range(200)], NOON)
    with Ledger.open(sqlite_url) as ledger:
        assert ledger.verify().entries == 1
        enrol(ledger, "Ilse Nakamura")
