"""Forgetting destroys what can be read and leaves what can be verified."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline.errors import WrongUse
from pipeline.ledger.export import export, verify_export
from pipeline.ledger.schema import SUBJECT_KEY
from pipeline.ledger.store import DuplicateKeyValue, Ledger
from pipeline.ledger.work import DocumentState, Work
from tests.pipeline.ledger.people import NOON, activity, enrol


def test_a_forgotten_person_is_gone_and_the_chain_still_verifies(ledger: Ledger) -> None:
    gone, stays = enrol(ledger), enrol(ledger, "Ilse Nakamura")
    ledger.append([activity(gone, code="K1"), activity(stays, code="K1")], NOON)
    head = ledger.head()
    ledger.forget(gone, NOON)
    assert [(entry.seq, entry.event is None) for entry in ledger.entries()] == [
        (1, True),
        (2, False),
        (3, True),
        (4, False),
    ]
    state = ledger.state()
    assert set(state.holders) == {stays}
    assert [activity.entry for activity in state.activities.values()] == [4]
    verification = ledger.verify(head)
    assert (verification.entries, verification.fault) == (4, None)
    assert verify_export((line.encode() for line in export(ledger)), head).fault is None
    assert ledger.find_duplicate(stays, [DuplicateKeyValue("code", "K1")]) == 4


def test_nothing_is_recorded_of_a_forgotten_person(ledger: Ledger) -> None:
    subject = enrol(ledger)
    ledger.forget(subject, NOON)
    with pytest.raises(WrongUse, match="forgotten"):
        ledger.append([activity(subject)], NOON)
    ledger.forget(subject, NOON)
    with pytest.raises(WrongUse, match="nobody"):
        ledger.forget("never seen", NOON)
    assert ledger.verify().entries == 1


def test_forgetting_shares_the_transaction_of_the_working_rows(ledger: Ledger) -> None:
    subject = enrol(ledger)
    with pytest.raises(ZeroDivisionError), ledger.transaction():
        ledger.forget(subject, NOON)
        raise ZeroDivisionError
    assert set(ledger.state().holders) == {subject}
    with ledger.transaction() as connection:
        ledger.forget(subject, NOON)
        Work(connection).add_document("a.pdf", DocumentState.REJECTED, NOON)
    assert ledger.state().holders == {}


def test_the_key_is_nowhere_in_the_files_of_sqlite(sqlite_url: str) -> None:
    home = Path(sqlite_url.removeprefix("sqlite:///")).parent

    def contents() -> bytes:
        return b"".join(path.read_bytes() for path in home.iterdir())

    with Ledger.open(sqlite_url, create=True) as ledger:
        subject = enrol(ledger)
        with ledger.reading() as connection:
            key = connection.execute(select(SUBJECT_KEY.c.key)).scalar_one()
        assert key in contents()
        ledger.forget(subject, NOON)
        assert key not in contents()
    assert key not in contents()


@pytest.mark.parametrize("seed", range(4))
def test_what_rows_said_is_nowhere_in_the_files_of_sqlite(sqlite_url: str, seed: int) -> None:
    """A page that was split keeps old text where nothing points to it, which overwriting rows does not reach."""
    home, rolled = Path(sqlite_url.removeprefix("sqlite:///")).parent, random.Random(seed)
    with Ledger.open(sqlite_url, create=True) as ledger:
        with ledger.transaction() as connection:
            work, gone = Work(connection), []
            for _ in range(300):
                name = "Ada Vanishing" if rolled.random() < 0.4 else "Ilse Nakamura"
                id = work.add_document(name * rolled.randrange(1, 20), DocumentState.REVIEW, NOON)
                gone += [id] if name == "Ada Vanishing" else []
                if gone and rolled.random() < 0.3:
                    reason = "Ada Vanishing " * rolled.randrange(1, 60)
                    work.move_document(rolled.choice(gone), DocumentState.REVIEW, reason, NOON)
        with ledger.transaction() as connection:
            work = Work(connection)
            for row in work.documents():
                if row.id in gone:
                    work.rewrite_document(replace(row, name="forgotten", reason=""))
        ledger.empty_log()
        contents = b"".join(path.read_bytes() for path in home.iterdir())
        assert (b"Vanishing" in contents, b"Nakamura" in contents) == (False, True)
