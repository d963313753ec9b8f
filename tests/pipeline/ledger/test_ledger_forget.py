"""Forgetting destroys what can be read and leaves what can be verified."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, select, text

from pipeline.errors import LedgerBusy, WrongUse
from pipeline.ledger.export import export, verify_export
from pipeline.ledger.schema import DUPLICATE_KEY, SUBJECT_KEY
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


def stored_bytes(url: str, ledger: Ledger) -> bytes:
    """Every byte of the database's files, but for PostgreSQL's write-ahead log, which nobody can clean."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        folder = Path(parsed.database or "").parent
        return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    engine = create_engine(parsed).execution_options(isolation_level="AUTOCOMMIT")
    folder = "SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()"
    read = "pg_read_binary_file(folder || '/' || file, 0, 1 << 29, true)"
    files = f"SELECT {read} FROM ({folder}) AS place(folder), pg_ls_dir(folder) AS found(file)"
    with engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        contents = [bytes(data) for data in connection.execute(text(files)).scalars() if data is not None]
    engine.dispose()
    return b"".join(contents)


def secrets_of(ledger: Ledger, subject: str) -> list[bytes]:
    """A person's key and what is kept of their codes, as the database stores them."""
    with ledger.reading() as connection:
        key = connection.execute(select(SUBJECT_KEY.c.key).where(SUBJECT_KEY.c.subject == subject)).scalar_one()
        query = select(DUPLICATE_KEY.c.key_hash).where(DUPLICATE_KEY.c.subject == subject)
        return [bytes(key), *(str(row).encode() for row in connection.execute(query).scalars())]


def test_what_is_destroyed_is_nowhere_in_the_files_of_the_database(ledger: Ledger, url: str) -> None:
    """Forty people, forgotten in a drawn order: while they come and go, rows move about in the files."""
    people = []
    for number in range(40):
        subject = enrol(ledger, f"Person {number}")
        ledger.append([activity(subject, code=f"K{number}-{part}") for part in range(5)], NOON)
        people.append(subject)
    hidden = {subject: secrets_of(ledger, subject) for subject in people}
    with ledger.transaction() as connection:
        connection.execute(text("ANALYZE"))  # as PostgreSQL does by itself: it keeps a sample of the values it finds
    files = stored_bytes(url, ledger)
    assert all(secret in files for secrets in hidden.values() for secret in secrets)
    random.Random(5).shuffle(people)
    for subject in people[:10]:
        ledger.forget(subject, NOON)
    files = stored_bytes(url, ledger)
    assert not [secret for subject in people[:10] for secret in hidden[subject] if secret in files]
    assert all(secret in files for subject in people[10:] for secret in hidden[subject])
    assert ledger.verify().entries == 40 * 6


def test_whoever_still_sees_the_key_is_waited_for_and_named(
    ledger: Ledger, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.ledger.database.BUSY_SECONDS", 0.2)
    subject = enrol(ledger)
    [key] = secrets_of(ledger, subject)
    # Opened anew: SQLite is told when it is opened how long to wait.
    with Ledger.open(url) as hasty, Ledger.open(url) as other, other.snapshot():
        assert other.head().seq == 1
        with pytest.raises(LedgerBusy, match="old copies"):
            hasty.forget(subject, NOON)
        assert ledger.state().holders == {}  # the key is gone from what is in force
        assert key in stored_bytes(url, ledger)
    ledger.forget(subject, NOON)
    assert key not in stored_bytes(url, ledger)


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
        ledger.scrub()
        contents = b"".join(path.read_bytes() for path in home.iterdir())
        assert (b"Vanishing" in contents, b"Nakamura" in contents) == (False, True)
