"""Changing what is stored behind the ledger's back, byte by byte; used by the suite (a sample of positions) and by
`python -m benchmarks.tampering` (all of them)."""

import contextlib
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType

from sqlalchemy import Connection, text

from pipeline.ledger.events import ActivityRecorded
from pipeline.ledger.store import Ledger
from tests.pipeline.ledger.people import NOON, activity, claim, enrol, holder

COLUMNS = ("seq", "recorded_at", "event", "subject", "payload", "prev", "hash")
BITS = range(8)
DOCS = Path(__file__).parents[3] / "docs" / "ledger.md"


def fill(ledger: Ledger) -> None:
    """Six entries about three people."""
    subject = enrol(ledger)
    recorded = activity(subject, code="K1")
    assert isinstance(recorded.event, ActivityRecorded)
    ledger.append([recorded, claim(subject, recorded.event.activity)], NOON)
    ledger.append([holder("Ilse Nakamura"), holder("Teodor Åström"), activity(subject)], NOON)


def drop_triggers(connection: Connection) -> None:
    """What somebody with the database in their hands does first."""
    if connection.dialect.name == "sqlite":
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        for table in ("entry", "subject_key"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def value_of(connection: Connection, seq: int, column: str) -> bytes | int:
    value = connection.execute(text(f"SELECT {column} FROM entry WHERE seq = :seq"), {"seq": seq}).scalar_one()
    return value if isinstance(value, int) else str(value).encode()


def store(connection: Connection, seq: int, column: str, value: bytes | int) -> bool:
    """Put a value into an entry; False where the database itself takes no such value: PostgreSQL has nothing but UTF-8
    without NUL in a text, SQLite keeps any bytes."""
    place, changed = ":value", value if isinstance(value, int) else flipped_text(connection, value)
    if changed is None:
        return False
    if isinstance(changed, bytes):
        place = "CAST(:value AS TEXT)"
    values = {"value": changed, "seq": seq}
    connection.execute(text(f"UPDATE entry SET {column} = {place} WHERE seq = :seq"), values)
    return True


def flipped_text(connection: Connection, value: bytes) -> bytes | str | None:
    if connection.dialect.name == "sqlite":
        return value
    try:
        return None if 0 in value else value.decode()
    except UnicodeDecodeError:
        return None


def flips_of(value: bytes | int) -> Iterator[bytes | int]:
    """The value with each of its bits turned over, one at a time."""
    if isinstance(value, int):
        yield from (value ^ (1 << bit) for bit in range(31))
        return
    for position in range(len(value)):
        for bit in BITS:
            yield flipped(value, position, bit)


def flipped(data: bytes, position: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 1 << bit
    return bytes(changed)


def lines_of(data: bytes) -> list[bytes]:
    """Lines as reading a file in binary gives them."""
    return io.BytesIO(data).readlines()


def documented_script() -> str:
    """The script of docs/ledger.md, out of the page."""
    (script,) = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert isinstance(script, str)
    return script


def script_accepts(code: CodeType, file: Path, *words: str) -> bool:
    """Run the documented script in this process: True where it ends well."""
    before, sys.argv = sys.argv, ["script", str(file), *words]
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, {"__name__": "__main__"})
    except (SystemExit, Exception):
        return False
    finally:
        sys.argv = before
    return True


def refused(verify: Callable[[], object]) -> bool:
    """Whether something that should find damage raises a RecertError."""
    from pipeline.errors import RecertError

    try:
        verify()
    except RecertError:
        return True
    return False
