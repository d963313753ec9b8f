"""One run of the ingestion: the lock, what a dead run left, the inbox, the documents, the verdicts that changed."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.batch import Batch, DocumentOutcome, DocumentState
from pipeline.desk import Desk
from pipeline.errors import Locked, RecertError, StorageError
from pipeline.folders.files import (
    Claimed,
    NotYet,
    check_folders,
    claimed_of,
    clear_parts,
    give_back,
    give_back_run,
    list_inbox,
)
from pipeline.folders.filing import EVALUATING, REVIEWING, file_away, file_reviewed, is_of, left_to_do
from pipeline.folders.homelock import locked
from pipeline.folders.writing import clear_unfinished_bundles, clear_unwritten
from pipeline.inbox import Inbox, Plan, Sighting
from pipeline.intake import Intake
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.schema import storable
from pipeline.ledger.state import State
from pipeline.ledger.store import new_id
from pipeline.ledger.work import Attempts, DocumentRow, Work
from pipeline.sandbox import Sandbox
from pipeline.verdicts.evaluation import reevaluate, reminders

LOCK = "ingest"
STALE = dt.timedelta(minutes=10)
"""Longer than any document may take, so that a living run is never taken for a dead one."""

OnOutcome = Callable[[DocumentOutcome], object]


class Run:
    """An open run. `outcomes` are the documents so far; `finish` ends it with what changed."""

    def __init__(self, desk: Desk, sandbox: Sandbox, id: str) -> None:
        self.id = id
        self.started_at = desk.clock.now()
        self.outcomes: list[DocumentOutcome] = []
        self._desk = desk
        self._intake = Intake(desk, sandbox, self.id)

    def refuse(self, plan: Plan) -> Iterator[DocumentOutcome]:
        """Set aside what the inbox refuses."""
        for remark in plan.refused:
            outcome = self._intake.refuse(remark.sighting, remark.sentence)
            if outcome is not None:
                self._keep(outcome)
                yield outcome

    def process(self, sightings: Iterable[Sighting]) -> Iterator[DocumentOutcome]:
        """Work through settled files; see Intake.process."""
        for outcome in self._intake.process(sightings):
            self._keep(outcome)
            with self._desk.ledger.transaction() as connection:
                RunLocks(connection).beat(LOCK, self.id, self._desk.clock.now())
            yield outcome

    def _keep(self, outcome: DocumentOutcome) -> None:
        """What could not even be taken is said, but no part of the batch: every sweep would report it anew."""
        if outcome.sha256 or outcome.state is not DocumentState.WAITING:
            self.outcomes.append(outcome)

    @property
    def owes(self) -> bool:
        """Whether something was done of which the verdicts are still to be told, by a run that was cut short or by a
        person."""
        with self._desk.ledger.reading() as connection:
            return bool(Work(connection).documents(run=EVALUATING))

    def finish(self) -> Batch:
        """Evaluate the holders that were touched again, by whoever did not come to it as well, and sum the run up."""
        with self._desk.ledger.transaction() as connection:
            work = Work(connection)
            rows = work.documents(run=EVALUATING)
            touched = self._intake.touched | work.subjects({entry for row in rows for entry in row.entries})
            differences = reevaluate(self._desk, touched)
            for row in rows:
                work.document_filed(row, self._desk.clock.now())
        return Batch(
            run=self.id,
            started_at=self.started_at,
            finished_at=self._desk.clock.now(),
            documents=tuple(self.outcomes),
            differences=differences,
            reminders=reminders(self._desk, touched),
            head=str(self._desk.ledger.head()),
        )


@contextmanager
def open_run(desk: Desk, sandbox: Sandbox) -> Iterator[Run]:
    """Take the lock, finish what a dead run left, and give the lock back at the end. Who is stopped or fails puts back
    what it has not decided about, as far as it can.

    Raises Locked where another run is at work, StorageError where a folder is gone, full or read-only.
    """
    check_folders(desk.settings)
    with undisturbed(desk) as id:
        run = Run(desk, sandbox, id)
        try:
            yield run
            give_back_run(desk.settings.working / id, desk.settings.inbox)
        except Locked:
            raise  # somebody else has taken the lock, and our files with it
        except BaseException:
            with suppress(RecertError):
                _put_in_place(desk, desk.ledger.state(), desk.settings.working / id)
            raise


@contextmanager
def undisturbed(desk: Desk) -> Iterator[str]:
    """Hold the lock of the runs, with what dead ones left finished: nobody else reads the inbox or files a document
    meanwhile. Gives the id of the run that holds it. Raises Locked, StorageError."""
    id = new_id()[:12]
    with locked(desk.settings.home):
        with desk.ledger.transaction() as connection:
            RunLocks(connection).acquire(LOCK, id, desk.clock.now(), STALE, desk.settings.home)
        try:
            recover(desk)
            yield id
        finally:
            with desk.ledger.transaction() as connection:
                RunLocks(connection).release(LOCK, id)


def recover(desk: Desk) -> None:
    """Finish what dead runs left in `working/`: file what was decided, give the rest back to the inbox.

    Only while holding the lock: then every folder there belongs to a dead run.
    """
    settings, ledger = desk.settings, desk.ledger
    state = ledger.state()
    with ledger.transaction():  # a person's decision moves its file under the same lock
        for root in (settings.done, settings.review, settings.rejected):
            clear_parts(root)
    clear_unwritten(settings.reports)
    clear_unfinished_bundles(settings.submissions)
    for folder in sorted(path for path in settings.working.iterdir() if path.is_dir()):
        _put_in_place(desk, state, folder)
    with ledger.transaction() as connection:
        work = Work(connection)
        for row in work.documents():
            if row.run == REVIEWING:
                file_reviewed(settings, state, row)
            if row.run not in (None, EVALUATING):
                work.document_filed(row, desk.clock.now(), then=left_to_do(row))


def _put_in_place(desk: Desk, state: State, folder: Path) -> None:
    """File what was decided of a run's files, and give the others back to the inbox. Where a disk refuses one of them,
    the others are put in place before it is said."""
    with desk.ledger.reading() as connection:
        work = Work(connection)
        decided = {row.name: row for run in (REVIEWING, folder.name) for row in work.documents(run=run)}
    refused: StorageError | None = None
    for claimed in list(claimed_of(folder)):
        try:
            _put_one_in_place(desk, state, claimed, decided.get(storable(str(claimed.relative))))
        except StorageError as error:
            refused = error
    if refused is not None:
        raise refused
    give_back_run(folder, desk.settings.inbox)


def _put_one_in_place(desk: Desk, state: State, claimed: Claimed, row: DocumentRow | None) -> None:
    """A file is known by its path in the inbox: a link or a giant was never hashed whole. Where a person decided about
    it before it came to `review/`, it is known by its bytes as well: the path may be another file's by now."""
    if row is not None and (row.run != REVIEWING or is_of(claimed.path, row)):
        with suppress(NotYet):  # it changed after it was read: the new bytes go back to the inbox
            file_away(desk.settings, state, row, claimed)
            return
    give_back(claimed, desk.settings.inbox)


def make_inbox(desk: Desk) -> Inbox:
    """The inbox of the share, with the ledger's memory of failed attempts."""
    return Inbox(
        listing=lambda: list_inbox(desk.settings.inbox),
        clock=desk.clock.monotonic,
        attempts=Attempts(desk.ledger),
        settle_seconds=desk.settings.settle_seconds,
        allowed=desk.settings.attempts,
    )


def sweep(run: Run, plan: Plan) -> Iterator[DocumentOutcome]:
    """Everything that one plan of the inbox asks for, as it is done."""
    yield from run.refuse(plan)
    yield from run.process(plan.ready)


def ingest(desk: Desk, on_outcome: OnOutcome, on_batch: Callable[[Batch], object]) -> Batch:
    """One whole run: two looks at the inbox, every settled file, the verdicts. `on_batch` writes the report while the
    lock is held: whoever forgets a person waits for it. Raises Locked, StorageError."""
    with Sandbox(desk.settings) as sandbox, open_run(desk, sandbox) as run:
        plan = make_inbox(desk).settle(desk.clock.pause)
        for outcome in sweep(run, plan):
            on_outcome(outcome)
        for left in plan.waiting:
            name = str(left.sighting.path)
            on_outcome(DocumentOutcome(name=name, sha256="", state=DocumentState.WAITING, reason=left.sentence))
        batch = run.finish()
        on_batch(batch)
        return batch
