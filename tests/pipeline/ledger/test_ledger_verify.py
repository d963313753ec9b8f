"""No change of an entry, of an export or of the file goes unseen, and SQL alone cannot make one."""

import re
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import LedgerDamaged, RecertError
from pipeline.ledger.chain import EMPTY, Head, RawEntry, hash_of, verify_chain
from pipeline.ledger.events import ActivityRecorded
from pipeline.ledger.export import export, verify_export
from pipeline.ledger.store import Ledger
from tests.pipeline.ledger.people import NOON, activity, claim, enrol, holder

COLUMNS = ("seq", "recorded_at", "event", "subject", "payload", "prev", "hash")
ENTRIES = 6
DOCS = Path(__file__).parents[3] / "docs" / "ledger.md"


class Undo(Exception):
    """Leaves a transaction without keeping it."""


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    subject = enrol(ledger)
    recorded = activity(subject, code="K1")
    assert isinstance(recorded.event, ActivityRecorded)
    ledger.append([recorded, claim(subject, recorded.event.activity)], NOON)
    ledger.append([holder("Ilse Nakamura"), holder("Teodor Åström"), activity(subject)], NOON)
    return ledger


def drop_triggers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name in ("entry_no_update", "entry_no_delete", "entry_in_order"):
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        connection.execute(text("ALTER TABLE entry DISABLE TRIGGER USER"))


def flip(connection: Connection, seq: int, column: str, position: int, bit: int) -> None:
    """Flip one bit of one stored value."""
    value = connection.execute(text(f"SELECT {column} FROM entry WHERE seq = :seq"), {"seq": seq}).scalar_one()
    if isinstance(value, int):
        changed: object = value ^ (1 << position % 31)
        place = ":value"
    else:
        data = bytearray(value.encode())
        data[position % len(data)] ^= 1 << bit
        sqlite = connection.dialect.name == "sqlite"
        # PostgreSQL lets nothing but UTF-8 without NUL into a text; SQLite keeps any bytes.
        assume(sqlite or (bit < 7 and 0 not in data))
        changed, place = (bytes(data), "CAST(:value AS TEXT)") if sqlite else (data.decode(), ":value")
    connection.execute(text(f"UPDATE entry SET {column} = {place} WHERE seq = :seq"), {"value": changed, "seq": seq})


def test_any_flipped_bit_of_any_value_is_found(filled: Ledger) -> None:
    @settings(max_examples=150, deadline=None)
    @given(
        seq=st.integers(1, ENTRIES),
        column=st.sampled_from(COLUMNS),
        position=st.integers(0, 400),
        bit=st.integers(0, 7),
    )
    def found(seq: int, column: str, position: int, bit: int) -> None:
        with pytest.raises(Undo), filled.transaction() as connection:
            drop_triggers(connection)
            try:
                with connection.begin_nested():
                    flip(connection, seq, column, position, bit)
            except DBAPIError:
                assume(False)  # the number is another entry's: the database itself refuses
            fault = filled.verify().fault
            assert fault is not None
            assert fault.seq <= seq
            raise Undo

    found()
    assert filled.verify().fault is None


@pytest.mark.parametrize("seq", [1, 3, ENTRIES])
def test_a_missing_entry_is_found(filled: Ledger, seq: int) -> None:
    head = filled.head()
    with pytest.raises(Undo), filled.transaction() as connection:
        drop_triggers(connection)
        connection.execute(text("DELETE FROM entry WHERE seq = :seq"), {"seq": seq})
        verification = filled.verify(head)
        assert verification.fault is not None
        assert (verification.entries, verification.fault.seq) == (seq - 1, seq)
        raise Undo


def test_a_tail_cut_off_is_found_with_an_earlier_head(filled: Ledger) -> None:
    head = filled.head()
    with pytest.raises(Undo), filled.transaction() as connection:
        drop_triggers(connection)
        connection.execute(text("DELETE FROM entry WHERE seq > 4"))
        assert filled.verify().fault is None
        fault = filled.verify(head).fault
        assert fault is not None
        assert "cut off" in fault.what
        raise Undo


def rewritten(entries: list[RawEntry], seq: int) -> list[RawEntry]:
    """The chain as somebody would forge it who changes one entry and computes all hashes anew."""
    forged, prev = [], EMPTY.hash
    for entry in entries:
        event = "activity_voided" if entry.seq == seq else entry.event
        columns = {"seq": entry.seq, "recorded_at": entry.recorded_at, "event": event, "subject": entry.subject}
        digest = hash_of(**columns, payload=entry.payload, prev=prev)  # type: ignore[arg-type]
        forged.append(replace(entry, event=event, prev=prev, hash=digest))
        prev = digest
    return forged


def test_a_rewritten_chain_is_found_with_an_earlier_head(filled: Ledger) -> None:
    entries = list(filled.raw_entries())
    forged = rewritten(entries, 2)
    assert verify_chain(forged).fault is None
    for head in (entries[3], entries[-1]):
        assert verify_chain(forged, Head(head.seq, head.hash)).fault is not None
    assert verify_chain(entries, Head(3, entries[2].hash)).fault is None
    assert verify_chain(entries, EMPTY).fault is None
    assert verify_chain(entries, Head(0, entries[0].hash)).fault is not None


def test_an_entry_under_another_name_does_not_open(filled: Ledger) -> None:
    """Even where all hashes were computed anew: the ciphertext is bound to its number, event and subject."""
    forged = rewritten(list(filled.raw_entries()), 2)
    names = ", ".join(f":{column}" for column in COLUMNS)
    with pytest.raises(Undo), filled.transaction() as connection:
        drop_triggers(connection)
        connection.execute(text("DELETE FROM entry"))
        for entry in forged:
            values = {column: getattr(entry, column) for column in COLUMNS}
            connection.execute(text(f"INSERT INTO entry ({', '.join(COLUMNS)}) VALUES ({names})"), values)
        assert verify_chain(filled.raw_entries()).fault is None
        fault = filled.verify().fault
        assert fault is not None
        assert (fault.seq, "does not open" in fault.what) == (2, True)
        raise Undo


def test_a_lost_or_changed_key_is_found(filled: Ledger) -> None:
    changes = (
        "DELETE FROM subject_key",
        "UPDATE subject_key SET key = NULL",
        "UPDATE subject_key SET key = (SELECT key FROM subject_key ORDER BY subject LIMIT 1)",
    )
    for change in changes:
        with pytest.raises(Undo), filled.transaction() as connection:
            connection.execute(text(change))
            fault = filled.verify().fault
            assert fault is not None
            with pytest.raises(LedgerDamaged):
                filled.state()
            raise Undo


def test_nothing_is_appended_to_a_damaged_tail(filled: Ledger) -> None:
    with pytest.raises(Undo), filled.transaction() as connection:
        drop_triggers(connection)
        connection.execute(text(f"UPDATE entry SET event = 'x' WHERE seq = {ENTRIES}"))
        with pytest.raises(LedgerDamaged, match=f"Entry {ENTRIES}"):
            filled.append([holder()], NOON)
        with pytest.raises(LedgerDamaged, match="sound"):
            filled.verify().raise_if_damaged()
        raise Undo


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET event = 'x'",
        "UPDATE entry SET seq = 99 WHERE seq = 1",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE seq = 6",
    ],
)
def test_the_database_refuses_to_change_entries(filled: Ledger, statement: str) -> None:
    with pytest.raises((RecertError, DBAPIError), match="never"), filled.transaction() as connection:
        connection.execute(text(statement))
    assert filled.verify().entries == ENTRIES


def test_sqlite_refuses_to_replace_an_entry(sqlite_url: str) -> None:
    with Ledger.open(sqlite_url, create=True) as ledger:
        enrol(ledger)
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    for seq in (1, 3):
        with pytest.raises(sqlite3.IntegrityError, match="only appended"):
            connection.execute(f"INSERT OR REPLACE INTO entry VALUES ({seq}, 'a', 'b', 'c', 'd', 'e', 'f')")
    connection.close()


def test_postgresql_refuses_to_empty_the_table(filled: Ledger) -> None:
    with pytest.raises((RecertError, DBAPIError)), filled.transaction() as connection:
        connection.execute(text("TRUNCATE entry" if connection.dialect.name == "postgresql" else "DELETE FROM entry"))
    assert filled.verify().entries == ENTRIES


def test_any_flipped_bit_of_an_export_is_found(filled: Ledger) -> None:
    data = "".join(export(filled)).encode("ascii")
    assert verify_export(data.splitlines(keepends=True), filled.head()).fault is None

    @settings(max_examples=400, deadline=None)
    @given(position=st.integers(0, len(data) - 1), bit=st.integers(0, 7))
    def found(position: int, bit: int) -> None:
        changed = bytearray(data)
        changed[position] ^= 1 << bit
        lines = [line + b"\n" for line in bytes(changed).split(b"\n")]
        lines[-1] = lines[-1][:-1]  # what follows the last line end: nothing, unless that was changed
        assert verify_export(filter(None, lines)).fault is not None

    found()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]\n",
        b"{}\n",
        b"1e999\n",
        b'{"seq":NaN}\n',
        b"[" * 100_000,
        b'{"event":1,"hash":1,"payload":1,"prev":1,"recorded_at":1,"seq":"1","subject":[]}\n',
    ],
)
def test_a_line_that_is_no_entry_is_a_fault(line: bytes) -> None:
    assert verify_export([line]).fault is not None


def test_the_script_of_the_documentation_verifies_an_export(filled: Ledger, tmp_path: Path) -> None:
    (script,) = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(script.splitlines()) <= 20
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text("".join(export(filled)), "ascii")
    bad.write_text(good.read_text("ascii").replace("holder_recorded", "holder_recordet"), "ascii")

    def run(file: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-c", script, str(file)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert str(filled.head()) in run(good).stdout
    assert run(good).returncode == 0
    assert run(bad).returncode != 0


def test_any_flipped_bit_of_the_sqlite_file_is_found_or_harmless(sqlite_url: str, tmp_path: Path) -> None:
    with Ledger.open(sqlite_url, create=True) as ledger:
        subject = enrol(ledger)
        for number in range(20):
            ledger.append([activity(subject, code=f"K{number}")], NOON)
        expected = list(ledger.entries())
        head = ledger.head()
    data = Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()
    damaged = tmp_path / "damaged.sqlite"

    @settings(max_examples=120, deadline=None)
    @given(position=st.integers(0, len(data) - 1), bit=st.integers(0, 7))
    def found_or_harmless(position: int, bit: int) -> None:
        changed = bytearray(data)
        changed[position] ^= 1 << bit
        for leftover in tmp_path.glob("damaged.sqlite*"):
            leftover.unlink()
        damaged.write_bytes(changed)
        try:
            with Ledger.open(f"sqlite:///{damaged}") as ledger:
                if ledger.verify(head).fault is None:
                    assert list(ledger.entries()) == expected
        except RecertError:
            pass  # found: it does not even open

    found_or_harmless()
