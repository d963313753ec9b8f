"""`python -m benchmarks.tampering`: flip every bit of an export and of every stored value of `entry`, and one bit of
every byte of a backup and of the SQLite file, and count what was found. Anything that is missed makes it fail.

A file is flipped at one bit per position, bit `position % 8`, because each try opens and verifies a whole ledger;
`--all-bits` tries all eight. `--step N` tries every Nth position of those files only.
"""

import argparse
import json
import sqlite3
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from pipeline.copies.archive import pack, unpack
from pipeline.errors import RecertError
from pipeline.ledger.chain import Head
from pipeline.ledger.copying import copy_out
from pipeline.ledger.export import export, verify_export
from pipeline.ledger.importing import import_export
from pipeline.ledger.state import Entry
from pipeline.ledger.store import Ledger
from tests.pipeline.ledger.people import NOON
from tests.pipeline.ledger.postgres import new_schema
from tests.pipeline.ledger.tampering import (
    BITS,
    COLUMNS,
    documented_script,
    drop_triggers,
    fill,
    flipped,
    flips_of,
    lines_of,
    refused,
    script_accepts,
    store,
    value_of,
)


@dataclass
class Count:
    """Of the flips `tried`, those `found`, those that were `harmless` (the database refused the value, or every entry
    reads the same) and those `missed`."""

    what: str
    positions: int = 0
    tried: int = 0
    found: int = 0
    harmless: int = 0
    missed: int = 0
    seconds: float = 0.0

    def note(self, found: bool, harmless: bool = False) -> None:
        self.tried += 1
        self.found += found
        self.harmless += harmless and not found
        self.missed += not found and not harmless


class Undo(Exception):
    """Leaves a transaction without keeping it."""


@contextmanager
def timed(count: Count) -> Iterator[None]:
    start = time.monotonic()
    yield
    count.seconds = round(time.monotonic() - start, 1)
    print(json.dumps(asdict(count)), flush=True)


def flip_export(ledger: Ledger, folder: Path) -> Iterator[Count]:
    """Every bit of an export: by `verify --export`, by the script of docs/ledger.md, by `import`."""
    data = "".join(export(ledger)).encode("ascii")
    file, target = folder / "export.jsonl", folder / "never" / "ledger.sqlite"
    code = compile(documented_script(), "script", "exec")
    verifying, scripted, importing = Count("export: verify"), Count("export: script"), Count("export: import")
    for count in (verifying, scripted, importing):
        count.positions = len(data)
    started = time.monotonic()
    for position in range(len(data)):
        for bit in BITS:
            changed = flipped(data, position, bit)
            file.write_bytes(changed)
            verifying.note(verify_export(lines_of(changed)).fault is not None)
            scripted.note(not script_accepts(code, file))
            importing.note(refused(lambda: import_export(f"sqlite:///{target}", file, None, NOON)))
            assert not target.exists(), "something was written before all was verified"
    for count in (verifying, scripted, importing):
        count.seconds = round(time.monotonic() - started, 1)
        print(json.dumps(asdict(count)), flush=True)
        yield count


def flip_values(ledger: Ledger, name: str) -> Count:
    """Every bit of every stored value of `entry`."""
    count = Count(f"values of entry, {name}")
    with timed(count):
        for seq in range(1, ledger.head().seq + 1):
            for column in COLUMNS:
                # A transaction for each value: a server has room for so many savepoints only.
                with suppress(Undo), ledger.transaction() as connection:
                    drop_triggers(connection)
                    value = value_of(connection, seq, column)
                    count.positions += 4 if isinstance(value, int) else len(value)
                    for changed in flips_of(value):
                        flip_value(ledger, connection, (seq, column, changed), count)
                    raise Undo
    return count


def flip_value(ledger: Ledger, connection: Connection, flip: tuple[int, str, bytes | int], count: Count) -> None:
    with suppress(Undo), connection.begin_nested():
        try:
            stored = store(connection, *flip)
        except IntegrityError:  # the number of another entry
            stored = False
        if stored:
            count.note(ledger.verify().fault is not None)
        else:
            count.note(False, harmless=True)
        raise Undo


def flip_file(folder: Path, step: int, bits: int) -> Count:
    """One bit of every byte of a SQLite ledger: found when it is opened or verified, or every entry reads the same."""
    whole = folder / "whole.sqlite"
    with Ledger.open(f"sqlite:///{whole}", create=True) as ledger:
        fill(ledger)
        expected, head = list(ledger.entries()), ledger.head()
    shrink(whole)
    data, damaged, count = whole.read_bytes(), folder / "damaged.sqlite", Count("SQLite file")
    with timed(count):
        for position in range(0, len(data), step):
            count.positions += 1
            for bit in [position % 8] if bits == 1 else BITS:
                for leftover in folder.glob("damaged.sqlite*"):
                    leftover.unlink()
                damaged.write_bytes(flipped(data, position, bit))
                found, same = verdict_on(f"sqlite:///{damaged}", head, expected)
                count.note(found, same)
    return count


def shrink(file: Path) -> None:
    """Small pages hold the same with fewer unused bytes between, so that every byte can be tried."""
    connection = sqlite3.connect(file)
    for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM", "PRAGMA journal_mode = WAL"):
        connection.execute(statement)
    connection.close()


def verdict_on(url: str, head: Head, expected: list[Entry]) -> tuple[bool, bool]:
    """Whether damage is found; and where not, whether every entry reads the same. Any other error than one that says
    what to do is a miss."""
    try:
        with Ledger.open(url) as ledger:
            if ledger.verify(head).fault is not None:
                return True, False
            return False, list(ledger.entries()) == expected
    except RecertError:
        return True, False
    except Exception:
        traceback.print_exc()
        return False, False


def flip_backup(ledger: Ledger, folder: Path, step: int, bits: int) -> Count:
    """One bit of every byte of a backup: found, or all that is unpacked is the same."""
    home, archive, damaged = folder / "home", folder / "backup", folder / "damaged"
    (home / "done").mkdir(parents=True)
    (home / "done" / "certificate.pdf").write_bytes(b"%PDF invented " * 40)
    head = copy_out(ledger, folder / "copy.sqlite")
    manifest = pack(archive, folder / "copy.sqlite", home, str(head), NOON)
    data, count = archive.read_bytes(), Count("backup")
    with timed(count):
        for position in range(0, len(data), step):
            count.positions += 1
            for bit in [position % 8] if bits == 1 else BITS:
                damaged.write_bytes(flipped(data, position, bit))
                with tempfile.TemporaryDirectory(dir=folder) as out:
                    try:
                        count.note(False, unpack(damaged, Path(out)) == manifest)
                    except RecertError:
                        count.note(True)
    return count


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m benchmarks.tampering")
    words.add_argument("--step", type=int, default=1)
    words.add_argument("--all-bits", action="store_true")
    given = words.parse_args()
    bits = 8 if given.all_bits else 1
    with tempfile.TemporaryDirectory(prefix="recert-tampering-") as name, new_schema() as postgresql:
        folder = Path(name)
        with Ledger.open(f"sqlite:///{folder / 'ledger.sqlite'}", create=True) as ledger:
            fill(ledger)
            counts = [*flip_export(ledger, folder), flip_values(ledger, "SQLite")]
            counts.append(flip_backup(ledger, folder, given.step, bits))
        with Ledger.open(postgresql, create=True) as ledger:
            fill(ledger)
            counts.append(flip_values(ledger, "PostgreSQL"))
        counts.append(flip_file(folder, given.step, bits))
    print(f"\n{'':28}{'positions':>10}{'flips':>10}{'found':>10}{'harmless':>10}{'missed':>8}")
    for count in counts:
        numbers = f"{count.positions:10}{count.tried:10}{count.found:10}{count.harmless:10}{count.missed:8}"
        print(f"{count.what:28}{numbers}")
    missed = sum(count.missed for count in counts)
    print(f"missed = {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
