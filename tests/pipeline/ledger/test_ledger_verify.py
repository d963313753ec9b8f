"""No change of an entry, of an export or of the file goes unseen, and SQL alone cannot make one."""

import random
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import LedgerDamaged, RecertError
from pipeline.ledger.chain import EMPTY, Head, RawEntry, hash_of, verify_chain
from pipeline.ledger.export import export, verify_export
from pipeline.ledger.store import Ledger
from tests.pipeline.ledger.people import NOON, activity, enrol, holder
from tests.pipeline.ledger.tampering import (
    BITS,
    COLUMNS,
    documented_script,
    drop_triggers,
    fill,
    flipped,
    flips_of,
    lines_of,
    script_accepts,
    store,
    value_of,
)

ENTRIES = 6


class Undo(Exception):
    """Leaves a transaction without keeping it."""


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill(ledger)
    return ledger


@pytest.mark.parametrize("column", COLUMNS)
def test_any_flipped_bit_of_any_value_is_found(filled: Ledger, column: str) -> None:
    """Every value of every entry, at positions drawn; `python -m benchmarks.tampering` tries them all."""
    chance = random.Random(column)
    with pytest.raises(Undo), filled.transaction() as connection:
        drop_triggers(connection)
        tried = 0
        for seq in range(1, ENTRIES + 1):
            flips = list(flips_of(value_of(connection, seq, column)))
            for flip in chance.sample(flips, 8):
                try:
                    with pytest.raises(Undo), connection.begin_nested():
                        if store(connection, seq, column, flip):
                            tried += 1
                            fault = filled.verify().fault
                            assert fault is not None
                            assert fault.seq <= seq
                        raise Undo
                except DBAPIError:
                    assert column == "seq"  # the number is another entry's: the database itself refuses
        assert tried >= 3 * ENTRIES
        raise Undo
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
            drop_triggers(connection)
            connection.execute(text(change))
            fault = filled.verify().fault
            assert fault is not None
            with pytest.raises(LedgerDamaged):
                filled.state()
            raise Undo


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM subject_key",
        "UPDATE subject_key SET key = (SELECT key FROM subject_key ORDER BY subject LIMIT 1)",
        "UPDATE subject_key SET subject = 'x'",
        "INSERT INTO entry SELECT 9, recorded_at, event, subject, payload, prev, hash FROM entry WHERE seq = 6",
    ],
)
def test_the_database_refuses_to_exchange_keys_and_to_leave_a_gap(filled: Ledger, statement: str) -> None:
    with pytest.raises((RecertError, DBAPIError), match=r"never|only"), filled.transaction() as connection:
        connection.execute(text(statement))
    assert filled.verify().entries == ENTRIES


@pytest.mark.parametrize("value", ["7", "0.5", "'text'", "x'ff00'", "CAST(x'ff' AS TEXT)", "NULL", "''", "x''"])
@pytest.mark.parametrize("place", ["subject_key.key", "subject_key.subject", "subject_key.forgotten_at"])
def test_a_value_of_any_kind_where_a_key_should_be_is_found_or_harmless(
    sqlite_url: str, place: str, value: str
) -> None:
    """SQLite keeps anything in any column, and a flipped bit makes another kind of a value."""
    table, _, column = place.partition(".")
    if (column, value) == ("subject", "NULL"):
        value = "'x'"  # the one that the table refuses
    with Ledger.open(sqlite_url, create=True) as ledger:
        fill(ledger)
        expected = list(ledger.entries())
        with ledger.transaction() as connection:
            drop_triggers(connection)
            where = "subject = (SELECT subject FROM entry WHERE seq = 5)"
            connection.execute(text(f"UPDATE {table} SET {column} = {value} WHERE {where}"))
        try:
            fault = ledger.verify().fault
            assert fault is not None or list(ledger.entries()) == expected
            if fault is not None:
                with pytest.raises(RecertError):
                    ledger.state()
        except LedgerDamaged:
            pytest.fail("verify says what is wrong; it does not fail over it")


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


def test_any_flipped_bit_of_an_export_is_found(filled: Ledger, tmp_path: Path) -> None:
    """At positions drawn, by recert and by the script of the documentation, which has to find it without recert."""
    data = "".join(export(filled)).encode("ascii")
    code, file = compile(documented_script(), "script", "exec"), tmp_path / "export.jsonl"
    file.write_bytes(data)
    assert verify_export(lines_of(data), filled.head()).fault is None
    assert script_accepts(code, file, str(filled.head()))

    @settings(max_examples=300)
    @given(position=st.integers(0, len(data) - 1), bit=st.sampled_from(BITS))
    def found(position: int, bit: int) -> None:
        changed = flipped(data, position, bit)
        assert verify_export(lines_of(changed)).fault is not None
        file.write_bytes(changed)
        assert not script_accepts(code, file)

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
    """As a stranger runs it: no project, no package, no key."""
    script = documented_script()
    assert len(script.splitlines()) <= 20
    good, bad, cut = tmp_path / "good.jsonl", tmp_path / "bad.jsonl", tmp_path / "cut.jsonl"
    good.write_text("".join(export(filled)), "ascii")
    bad.write_text(good.read_text("ascii").replace("holder_recorded", "holder_recordet"), "ascii")
    cut.write_text("".join(good.read_text("ascii").splitlines(keepends=True)[:-1]), "ascii")
    head, earlier = str(filled.head()), str(Head(2, list(filled.raw_entries())[1].hash))

    def run(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", "-c", script, str(file), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env={})

    for words in ((), (head,), (earlier,)):
        assert head in run(good, *words).stdout
        assert run(good, *words).returncode == 0
    assert run(bad).returncode != 0
    assert run(cut).returncode == 0  # without a head nobody can tell it from a younger one
    assert run(cut, earlier).returncode == 0
    assert "cut off" in run(cut, head).stderr
    assert run(cut, head).returncode != 0


def test_any_flipped_bit_of_the_sqlite_file_is_found_or_harmless(sqlite_url: str, tmp_path: Path) -> None:
    with Ledger.open(sqlite_url, create=True) as ledger:
        subject = enrol(ledger)
        for number in range(20):
            ledger.append([activity(subject, code=f"K{number}")], NOON)
        expected = list(ledger.entries())
        head = ledger.head()
    data = Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()
    damaged = tmp_path / "damaged.sqlite"

    @settings(max_examples=120)
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
