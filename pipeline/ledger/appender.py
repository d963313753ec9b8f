"""Appending, inside one transaction that holds the write lock: chain, seal, and keep the duplicate keys."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from pydantic import ValidationError
from sqlalchemy import Connection, delete, insert, select

from pipeline.errors import LedgerDamaged, WrongUse
from pipeline.ledger.chain import EMPTY, Head, RawEntry, canonical, fault_of, hash_of
from pipeline.ledger.crypt import keyed_hash, new_key, seal
from pipeline.ledger.events import (
    EVENTS,
    ActivityCorrected,
    ActivityRecorded,
    ActivityVoided,
    AnyEvent,
    ExamRecorded,
    ExamVoided,
)
from pipeline.ledger.guard import refusal
from pipeline.ledger.reader import opened, raw_entry
from pipeline.ledger.schema import DUPLICATE_KEY, ENTRY, SUBJECT_KEY, written
from pipeline.ledger.state import Entry, State, apply, replay


@dataclass(frozen=True, slots=True)
class DuplicateKeyValue:
    """What identifies one certificate of one holder, already normalised; only its HMAC is kept."""

    kind: Literal["bytes", "code"]
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be appended under a subject. Its duplicate keys hold the event's activity or exam; those of an
    ActivityCorrected replace all that the activity had."""

    subject: str
    event: AnyEvent
    duplicate_keys: tuple[DuplicateKeyValue, ...] = ()


class DuplicateKey(Exception):
    """A draft's duplicate key is taken: `entry` is the number of the entry that has it. An outcome, not a fault."""

    def __init__(self, entry: int) -> None:
        super().__init__(f"duplicate of entry {entry}")
        self.entry = entry


@dataclass(slots=True)
class _Subject:
    key: bytes
    state: State = field(default_factory=State)


class Appender:
    """Appends drafts one after the other on a connection that holds the write lock. Not used after an error."""

    def __init__(self, connection: Connection, at: dt.datetime) -> None:
        self._connection = connection
        self._head, before = last_sound(connection)
        # known_at is read off these times: a clock that was set back must not put an entry before its predecessor.
        self._recorded_at = max(written(at), before)
        self._subjects: dict[str, _Subject] = {}

    def append(self, draft: Draft) -> int:
        """Append one draft and return its number. Raises DuplicateKey, or WrongUse for an event that contradicts what
        is recorded."""
        subject = self._subject(draft.subject)
        problem = refusal(subject.state, draft.subject, draft.event)
        if problem is not None:
            raise WrongUse(problem, "Look at `recert items list` and try again.")
        entry = self._sealed(draft, subject.key)
        self._connection.execute(insert(ENTRY).values(asdict(entry)))
        self._head = Head(entry.seq, entry.hash)
        self._keep_keys(draft, entry.seq, subject)
        recorded_at = dt.datetime.fromisoformat(entry.recorded_at)
        apply(subject.state, Entry(entry.seq, recorded_at, draft.subject, draft.event))
        return entry.seq

    def _sealed(self, draft: Draft, key: bytes) -> RawEntry:
        seq, event = self._head.seq + 1, draft.event.event
        plain = canonical(draft.event.model_dump(mode="json")).encode("ascii")
        _prove_readable(plain)
        payload = seal(key, plain, f"{seq}:{event}:{draft.subject}")
        digest = hash_of(
            seq=seq,
            recorded_at=self._recorded_at,
            event=event,
            subject=draft.subject,
            payload=payload,
            prev=self._head.hash,
        )
        return RawEntry(seq, self._recorded_at, event, draft.subject, payload, self._head.hash, digest)

    def _subject(self, subject: str) -> _Subject:
        if subject not in self._subjects:
            key = key_of(self._connection, subject)
            if key is None:
                self._subjects[subject] = _Subject(make_key(self._connection, subject))
            else:
                rows = self._connection.execute(select(ENTRY).where(ENTRY.c.subject == subject).order_by(ENTRY.c.seq))
                earlier = (opened(raw_entry(row), {subject: key}) for row in rows)
                self._subjects[subject] = _Subject(key, replay(earlier))
        return self._subjects[subject]

    def _keep_keys(self, draft: Draft, seq: int, subject: _Subject) -> None:
        match draft.event:
            case ActivityVoided() as event:
                self._release(event.activity)
            case ExamVoided() as event:
                self._release(event.exam)
            case ActivityCorrected() as event:
                self._release(event.activity)
                self._take(draft, event.activity, subject.state.activities[event.activity].entry, subject.key)
            case ActivityRecorded() as event:
                self._take(draft, event.activity, seq, subject.key)
            case ExamRecorded() as event:
                self._take(draft, event.exam, seq, subject.key)
            case _:
                self._take(draft, None, seq, subject.key)

    def _release(self, holding_them: str) -> None:
        """Free the keys of an activity or exam."""
        self._connection.execute(delete(DUPLICATE_KEY).where(DUPLICATE_KEY.c.activity == holding_them))

    def _take(self, draft: Draft, activity: str | None, seq: int, key: bytes) -> None:
        taken = find_duplicate(self._connection, key, draft.duplicate_keys)
        if taken is not None:
            raise DuplicateKey(taken)
        for value in dict.fromkeys(draft.duplicate_keys):
            row = {"key_hash": keyed_hash(key, str(value)), "subject": draft.subject, "activity": activity, "seq": seq}
            self._connection.execute(insert(DUPLICATE_KEY).values(row))


def _prove_readable(plain: bytes) -> None:
    """Nothing is chained that could not be read again: what was appended once is there for ever. Raises WrongUse."""
    try:
        EVENTS.validate_json(plain)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"]) or "a value"
        raise WrongUse(
            f"What is to be recorded could not be read again: {where} holds what is no text.",
            "Type it anew, without the characters that your terminal cannot show.",
        ) from None


def last_sound(connection: Connection) -> tuple[Head, str]:
    """The head and the time of the last entry. Raises LedgerDamaged where that entry is not what its hash says: nothing
    may be chained to it."""
    row = connection.execute(select(ENTRY).order_by(ENTRY.c.seq.desc()).limit(1)).one_or_none()
    if row is None:
        return EMPTY, ""
    last = raw_entry(row)
    problem = fault_of(last, Head(last.seq - 1, last.prev), "")
    if problem is not None:
        raise LedgerDamaged(f"Entry {last.seq} of the ledger is damaged: {problem}.", "Run `recert ledger verify`.")
    return Head(last.seq, last.hash), last.recorded_at


def key_of(connection: Connection, subject: str) -> bytes | None:
    """A subject's key; None for a subject never seen. Raises WrongUse for a forgotten one."""
    row = connection.execute(select(SUBJECT_KEY).where(SUBJECT_KEY.c.subject == subject)).one_or_none()
    if row is None:
        return None
    if row.key is None:
        raise WrongUse("This person was forgotten: nothing can be recorded under the old id.", "Add the person anew.")
    return bytes(row.key)


def make_key(connection: Connection, subject: str) -> bytes:
    """Make and keep the key of a new subject."""
    key = new_key()
    connection.execute(insert(SUBJECT_KEY).values(subject=subject, key=key))
    return key


def find_duplicate(connection: Connection, key: bytes, values: Sequence[DuplicateKeyValue]) -> int | None:
    """The first entry that has one of these values under a subject's key, or None."""
    hashes = [keyed_hash(key, str(value)) for value in values]
    found = select(DUPLICATE_KEY.c.seq).where(DUPLICATE_KEY.c.key_hash.in_(hashes)).order_by(DUPLICATE_KEY.c.seq)
    return connection.execute(found.limit(1)).scalar_one_or_none()
