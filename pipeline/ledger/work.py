"""Working state: the documents seen, the review queue, remembered verdicts and failed attempts. Ordinary rows that
are changed in place, on the connection of `Ledger.transaction()` (or `Ledger.reading()`, to look only)."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, Table, delete, insert, select, update

from extractors.model import Extraction
from pipeline.batch import DocumentState
from pipeline.checks.findings import Finding
from pipeline.errors import LedgerDamaged, WrongUse
from pipeline.ledger.schema import ATTEMPT, DOCUMENT, ENTRY, REVIEW, SNAPSHOT, storable
from pipeline.ledger.store import Ledger
from rules.model import Verdict


class ReviewState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One dropped file. `sha256` is None until it was read whole, `run` who works on it; `entries` are the
    ledger entries of its activities, or those it repeats."""

    id: int
    sha256: str | None
    name: str
    state: DocumentState
    reason: str
    entries: tuple[int, ...]
    run: str | None
    first_seen_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """A certificate to be put into the review queue. `path` is where the file is kept."""

    document: int
    sha256: str
    ordinal: int
    name: str
    path: str
    extraction: Extraction
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A certificate in the review queue, by the number that people use."""

    number: int
    certificate: ReviewDraft
    state: ReviewState
    created_at: dt.datetime
    decided_at: dt.datetime | None


ENTRIES = TypeAdapter(tuple[int, ...])
FINDINGS = TypeAdapter(tuple[Finding, ...])


class Work:
    """The working tables on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Documents

    def add_document(
        self,
        name: str,
        state: DocumentState,
        at: dt.datetime,
        *,
        reason: str = "",
        sha256: str | None = None,
        run: str | None = None,
    ) -> int:
        """Note a dropped file and return its id. The same bytes may be dropped many times: each has its own row."""
        row = {
            "name": storable(name),
            "state": state,
            "reason": storable(reason),
            "sha256": sha256,
            "entries": "[]",
            "run": run,
            "first_seen_at": at,
            "updated_at": at,
        }
        return self._insert(DOCUMENT, row)

    def move_document(
        self,
        id: int,
        state: DocumentState,
        reason: str,
        at: dt.datetime,
        *,
        entries: Sequence[int] = (),
        run: str | None = None,
    ) -> None:
        """Say where a document is now and why."""
        values = {
            "state": state,
            "reason": storable(reason),
            "entries": ENTRIES.dump_json(tuple(entries)).decode(),
            "run": run,
            "updated_at": at,
        }
        found = self._connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == id).values(values))
        if found.rowcount == 0:
            raise WrongUse(f"There is no document {id}.", "Look at `recert documents list`.")

    def document_filed(self, row: DocumentRow, at: dt.datetime, then: str | None = None) -> None:
        """Say that a document lies where its row says: no run has to move it any more; `then` is what is left to be
        done. Does nothing where somebody has decided about it since the row was read: then it has to move once more."""
        same_run = (DOCUMENT.c.id == row.id) & (DOCUMENT.c.run == row.run)
        self._connection.execute(update(DOCUMENT).where(same_run).values(run=then, updated_at=at))

    def document(self, id: int) -> DocumentRow | None:
        row = self._connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == id)).one_or_none()
        return None if row is None else _document(row)

    def documents(self, run: str | None = None) -> tuple[DocumentRow, ...]:
        """The documents in the order they were first seen: all, or those that a run works on."""
        query = select(DOCUMENT).order_by(DOCUMENT.c.id)
        if run is not None:
            query = query.where(DOCUMENT.c.run == run)
        return tuple(_document(row) for row in self._connection.execute(query))

    def subjects(self, entries: Iterable[int]) -> set[str]:
        """Whom entries of the ledger are about."""
        query = select(ENTRY.c.subject)
        return {self._connection.execute(query.where(ENTRY.c.seq == seq)).scalar_one() for seq in entries}

    # Reviews

    def open_review(self, certificate: ReviewDraft, at: dt.datetime) -> int:
        """Put a certificate into the review queue and return its number."""
        row = {
            "document": certificate.document,
            "sha256": certificate.sha256,
            "ordinal": certificate.ordinal,
            "name": storable(certificate.name),
            "path": storable(certificate.path),
            "extraction": certificate.extraction.model_dump_json(),
            "findings": FINDINGS.dump_json(certificate.findings).decode(),
            "state": ReviewState.OPEN,
            "created_at": at,
        }
        return self._insert(REVIEW, row)

    def review(self, number: int) -> ReviewRow:
        """One review. Raises WrongUse for a number that was never given."""
        known = 0 < number < 2**63  # SQLite takes no larger number, not even to look for it
        query = select(REVIEW).where(REVIEW.c.number == number)
        row = self._connection.execute(query).one_or_none() if known else None
        if row is None:
            raise WrongUse(f"There is no review {number}.", "Look at `recert review list`.")
        return _review(row)

    def waiting(self, number: int) -> ReviewRow:
        """An open review. Raises WrongUse where it is decided already or does not exist."""
        row = self.review(number)
        if row.state is not ReviewState.OPEN:
            raise WrongUse(f"Review {number} is {row.state} already.", "Look at `recert review list`.")
        return row

    def reviews(
        self, state: ReviewState | None = ReviewState.OPEN, *, sha256: str | None = None, document: int | None = None
    ) -> tuple[ReviewRow, ...]:
        """The reviews by number: the open ones, or all where `state` is None."""
        query = select(REVIEW).order_by(REVIEW.c.number)
        for column, wanted in ((REVIEW.c.state, state), (REVIEW.c.sha256, sha256), (REVIEW.c.document, document)):
            if wanted is not None:
                query = query.where(column == wanted)
        return tuple(_review(row) for row in self._connection.execute(query))

    def moved_review(self, number: int, path: str) -> None:
        """Say where the file of a review lies now."""
        self._connection.execute(update(REVIEW).where(REVIEW.c.number == number).values(path=storable(path)))

    def open_numbers(self) -> tuple[int, ...]:
        """The numbers of the open reviews."""
        query = select(REVIEW.c.number).where(REVIEW.c.state == ReviewState.OPEN).order_by(REVIEW.c.number)
        return tuple(self._connection.execute(query).scalars())

    def close_review(self, number: int, state: ReviewState, at: dt.datetime) -> None:
        """Decide an open review, once. Raises WrongUse as `waiting`."""
        self.waiting(number)
        self._connection.execute(update(REVIEW).where(REVIEW.c.number == number).values(state=state, decided_at=at))

    # Rows that lose what they said of somebody who is forgotten

    def rewrite_document(self, row: DocumentRow) -> None:
        """Keep a document's row as it is given, but for what cannot change: its number and its times."""
        values = {
            "sha256": row.sha256,
            "name": storable(row.name),
            "state": row.state,
            "reason": storable(row.reason),
            "entries": ENTRIES.dump_json(row.entries).decode(),
            "run": row.run,
        }
        self._connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == row.id).values(values))

    def rewrite_review(self, row: ReviewRow) -> None:
        """Keep a review's name and findings as they are given."""
        values = {
            "name": storable(row.certificate.name),
            "findings": FINDINGS.dump_json(row.certificate.findings).decode(),
        }
        self._connection.execute(update(REVIEW).where(REVIEW.c.number == row.number).values(values))

    def remove_reviews(self, numbers: Collection[int]) -> None:
        self._connection.execute(delete(REVIEW).where(REVIEW.c.number.in_(sorted(numbers))))

    def remove_snapshots(self, holder: str) -> None:
        self._connection.execute(delete(SNAPSHOT).where(SNAPSHOT.c.holder == holder))

    # Verdicts remembered, to tell what changed

    def snapshot(self, holder: str, program: str, holding: str) -> Verdict | None:
        """The verdict remembered last for a holding, or None."""
        query = select(SNAPSHOT.c.verdict).where(_of_holding(holder, program, holding))
        text = self._connection.execute(query).scalar_one_or_none()
        with _readable(SNAPSHOT):
            return None if text is None else Verdict.model_validate_json(text)

    def remembered_on(self, holder: str, program: str, holding: str) -> dt.date | None:
        """The day for which the verdict remembered last was given, or None."""
        query = select(SNAPSHOT.c.as_of).where(_of_holding(holder, program, holding))
        text = self._connection.execute(query).scalar_one_or_none()
        with _readable(SNAPSHOT):
            return None if text is None else dt.date.fromisoformat(text)

    def remember(self, holder: str, verdict: Verdict, as_of: dt.date) -> None:
        """Remember a verdict in place of the one before."""
        key = {"holder": holder, "program": verdict.program, "holding": storable(verdict.holding)}
        self._connection.execute(delete(SNAPSHOT).where(_of_holding(**key)))
        row = {**key, "verdict": verdict.model_dump_json(), "as_of": as_of.isoformat()}
        self._connection.execute(insert(SNAPSHOT).values(row))

    # Failed attempts on the same content

    def failures(self, key: str) -> int:
        """How often the content with this key has failed."""
        query = select(ATTEMPT.c.failures).where(ATTEMPT.c.key == key)
        return self._connection.execute(query).scalar_one_or_none() or 0

    def count_failure(self, key: str) -> None:
        counted = self.failures(key) + 1
        self._connection.execute(delete(ATTEMPT).where(ATTEMPT.c.key == key))
        self._connection.execute(insert(ATTEMPT).values(key=key, failures=counted))

    def forgive_failures(self, key: str) -> None:
        """Begin to count anew: the content was rejected, and may be dropped again."""
        self._connection.execute(delete(ATTEMPT).where(ATTEMPT.c.key == key))

    def _insert(self, table: Table, row: Mapping[str, object]) -> int:
        inserted = self._connection.execute(insert(table).values(row)).inserted_primary_key
        assert inserted is not None
        return int(inserted[0])


class Attempts:
    """The count of failed attempts on the same content, as the inbox asks for it; each call is a transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, sha256: str) -> int:
        with self._ledger.reading() as connection:
            return Work(connection).failures(sha256)

    def add(self, sha256: str) -> None:
        with self._ledger.transaction() as connection:
            Work(connection).count_failure(sha256)


def _of_holding(holder: str, program: str, holding: str) -> ColumnElement[bool]:
    key = SNAPSHOT.c.holding == storable(holding)
    return (SNAPSHOT.c.holder == holder) & (SNAPSHOT.c.program == program) & key


@contextmanager
def _readable(table: Table) -> Iterator[None]:
    """Raise LedgerDamaged where a stored value cannot be what was written."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise LedgerDamaged(
            f"A row of the table {table.name} cannot be read: the ledger's database is damaged.",
            "Restore the last backup.",
        ) from error


def _document(row: Row[tuple[object, ...]]) -> DocumentRow:
    values = row._asdict()
    with _readable(DOCUMENT):
        values |= {"state": DocumentState(row.state), "entries": ENTRIES.validate_json(row.entries)}
    return DocumentRow(**values)


def _review(row: Row[tuple[object, ...]]) -> ReviewRow:
    with _readable(REVIEW):
        return _review_of(row)


def _review_of(row: Row[tuple[object, ...]]) -> ReviewRow:
    certificate = ReviewDraft(
        document=row.document,
        sha256=row.sha256,
        ordinal=row.ordinal,
        name=row.name,
        path=row.path,
        extraction=Extraction.model_validate_json(row.extraction),
        findings=FINDINGS.validate_json(row.findings),
    )
    return ReviewRow(row.number, certificate, ReviewState(row.state), row.created_at, row.decided_at)
