"""The chain of entries as stored and as exported: pure functions over raw lines that need neither key nor database."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Self

from pipeline.errors import LedgerDamaged, WrongUse

GENESIS = "0" * 64


class Unreadable(Exception):
    """A line or row that cannot be read as an entry; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as stored, column by column. `recorded_at` is ISO 8601 in UTC with microseconds and `Z`, `payload` the
    ciphertext in base64, `prev` and `hash` SHA-256 in hex."""

    seq: int
    recorded_at: str
    event: str
    subject: str
    payload: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a ledger, written "seq:hash". An empty ledger has seq 0 and the hash of 64 zeros."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "seq:hash". Raises WrongUse for anything else."""
        seq, _, digest = text.strip().partition(":")
        if not (seq.isascii() and seq.isdigit()) or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise WrongUse(
                f"{text!r} is not the head of a ledger.", 'Copy it whole from a report: "number:64 hex digits".'
            )
        return cls(int(seq), digest)


EMPTY = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong with a chain: at which entry, and what."""

    seq: int
    what: str

    def __str__(self) -> str:
        return f"Entry {self.seq}: {self.what}."


@dataclass(frozen=True, slots=True)
class Verification:
    """`entries` were found sound before the fault, or in all; `head` is the last sound one."""

    entries: int
    head: Head
    fault: Fault | None = None

    def raise_if_damaged(self, what: str = "The ledger") -> None:
        """Raise LedgerDamaged where there is a fault; `what` was verified."""
        if self.fault is not None:
            raise LedgerDamaged(
                f"{what} is damaged. {self.fault}",
                f"Entries up to {self.head.seq} are sound. Keep it as it is and restore the last backup beside it.",
            )


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def hash_of(*, seq: int, recorded_at: str, event: str, subject: str, payload: str, prev: str) -> str:
    """SHA-256 in hex of the canonical JSON object of an entry's columns without its hash."""
    columns = {
        "seq": seq,
        "recorded_at": recorded_at,
        "event": event,
        "subject": subject,
        "payload": payload,
        "prev": prev,
    }
    return hashlib.sha256(canonical(columns).encode("ascii")).hexdigest()


def fault_of(entry: RawEntry, last: Head, last_recorded_at: str) -> str | None:
    """What is wrong with an entry that should follow `last`, or None."""
    columns = asdict(entry)
    wrong = [name for name, value in columns.items() if type(value) is not (int if name == "seq" else str)]
    if wrong:
        return f"{wrong[0]} holds a value of the wrong type"
    if entry.seq != last.seq + 1:
        return f"expected after entry {last.seq}, but the next one is numbered {entry.seq}"
    if entry.prev != last.hash:
        return "it does not name the hash of the entry before it"
    digest = columns.pop("hash")
    if hash_of(**columns) != digest:
        return "its contents do not match its hash"
    if entry.recorded_at < last_recorded_at:
        return "it is dated before the entry before it"
    return None


def verify_chain(entries: Iterable[RawEntry], head: Head | None = None) -> Verification:
    """Walk a whole chain and stop at the first fault. With an earlier `head` a cut-off tail and a rewritten chain are
    found as well. Reading `entries` may raise Unreadable: that is a fault of the next entry."""
    last, recorded_at = EMPTY, ""
    if head is not None and head.seq == 0 and head != EMPTY:
        return Verification(0, last, Fault(0, "the head given is not that of an empty ledger"))
    try:
        for entry in entries:
            what = fault_of(entry, last, recorded_at)
            if what is None and head is not None and entry.seq == head.seq and entry.hash != head.hash:
                what = "its hash is not the one of the head given: the ledger was rewritten, or the head is another's"
            if what is not None:
                return Verification(last.seq, last, Fault(last.seq + 1, what))
            last, recorded_at = Head(entry.seq, entry.hash), entry.recorded_at
    except Unreadable as error:
        return Verification(last.seq, last, Fault(last.seq + 1, str(error)))
    if head is not None and head.seq > last.seq:
        return Verification(last.seq, last, Fault(last.seq + 1, f"missing, and all up to {head.seq}: cut off"))
    return Verification(last.seq, last)
