"""The export: the raw chain as canonical JSON lines, ciphertext and all, which anybody can verify without a key. The
keys are a file of their own."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from pipeline.ledger.chain import Head, RawEntry, Unreadable, Verification, canonical, verify_chain
from pipeline.ledger.schema import DUPLICATE_KEY, SUBJECT_KEY, written
from pipeline.ledger.store import Ledger

COLUMNS = frozenset({"seq", "recorded_at", "event", "subject", "payload", "prev", "hash"})


class SubjectKey(BaseModel):
    """A person's key in hex; None with the time in UTC where the person was forgotten."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    key: str | None
    forgotten_at: str | None


class KeptDuplicateKey(BaseModel):
    """What makes a repeat of one certificate known: the HMAC, whose it is, and the entry that has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key_hash: str
    subject: str
    activity: str | None
    seq: int


class KeyFile(BaseModel):
    """All that opens the export with this head."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    head: str
    subjects: tuple[SubjectKey, ...]
    duplicates: tuple[KeptDuplicateKey, ...]


def export(ledger: Ledger) -> Iterator[str]:
    """One line per entry, in order, ASCII only, each with its newline."""
    for entry in ledger.raw_entries():
        yield canonical(asdict(entry)) + "\n"


def keys_of(ledger: Ledger) -> KeyFile:
    """The keys of all that the ledger holds; inside `Ledger.snapshot()` those of the very same entries as an export."""
    with ledger.reading() as connection:
        head = str(ledger.head())
        subjects = tuple(
            SubjectKey(
                subject=row.subject,
                key=None if row.key is None else bytes(row.key).hex(),
                forgotten_at=None if row.forgotten_at is None else written(row.forgotten_at),
            )
            for row in connection.execute(select(SUBJECT_KEY).order_by(SUBJECT_KEY.c.subject))
        )
        duplicates = tuple(
            KeptDuplicateKey(**row._asdict())
            for row in connection.execute(select(DUPLICATE_KEY).order_by(DUPLICATE_KEY.c.key_hash))
        )
    return KeyFile(head=head, subjects=subjects, duplicates=duplicates)


def verify_export(lines: Iterable[bytes], head: Head | None = None) -> Verification:
    """Verify an export read as bytes (a text file would hide changed line ends). Every byte counts: a line must be the
    canonical text of its entry."""
    return verify_chain(parsed(lines), head)


def parsed(lines: Iterable[bytes]) -> Iterator[RawEntry]:
    """The entries of an export. Raises Unreadable at the first line that is none."""
    return map(_parsed, lines)


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
