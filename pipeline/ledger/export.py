"""The export: the raw chain as canonical JSON lines, ciphertext and all, which anybody can verify without a key."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from pipeline.ledger.chain import Head, RawEntry, Unreadable, Verification, canonical, verify_chain
from pipeline.ledger.store import Ledger

COLUMNS = frozenset({"seq", "recorded_at", "event", "subject", "payload", "prev", "hash"})


def export(ledger: Ledger) -> Iterator[str]:
    """One line per entry, in order, ASCII only, each with its newline."""
    for entry in ledger.raw_entries():
        yield canonical(asdict(entry)) + "\n"


def verify_export(lines: Iterable[bytes], head: Head | None = None) -> Verification:
    """Verify an export read as bytes (a text file would hide changed line ends). Every byte counts: a line must be the
    canonical text of its entry."""
    return verify_chain((_parsed(line) for line in lines), head)


def _parsed(line: bytes) -> RawEntry:
    try:
        columns = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable("its line is not JSON") from error
    if not isinstance(columns, dict) or columns.keys() != COLUMNS:
        raise Unreadable("its line does not have the columns of an entry")
    try:
        text = canonical(columns) + "\n"
    except ValueError as error:
        raise Unreadable("its line holds a number that cannot be") from error
    if text.encode("ascii") != line:
        raise Unreadable("its line is not in canonical form")
    return RawEntry(**columns)
