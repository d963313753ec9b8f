"""One run of the ingestion: the lock, what a dead run left, the inbox, the documents, the verdicts that changed."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.batch import Batch, DocumentOutcome, DocumentState
from pipeline.desk import Desk
from pipeline.evaluation import reevaluate, reminders
from pipeline.files import NotYet, check_folders, claimed_of, clear_parts, give_back_run, list_inbox
from pipeline.filing import REVIEWING, file_away, file_reviewed
from pipeline.inbox import Inbox, Plan, Sighting
from pipeline.intake import Intake
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.state import State
from pipeline.ledger.store import new_id
from pipeline.ledger.work import Attempts, Work, storable
from pipeline.sandbox import Sandbox

LOCK = "ingest"
STALE = dt.timedelta(minutes=10)
"""Longer than any document may take, so that a living run is never taken for a dead one."""

OnOutcome = Callable[[DocumentOutcome], object]


class Run:
    """An open run. `outcomes` are the documents so far; `finish` ends it with what changed."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        self.id = new_id()[:12]
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

    def finish(self) -> Batch:
        """Evaluate the holders that were touched again, and sum the run up."""
        differences = reevaluate(self._desk, self._intake.touched)
        return Batch(
            run=self.id,
            started_at=self.started_at,
            finished_at=self._desk.clock.now(),
            documents=tuple(self.outcomes),
            differences=differences,
            reminders=reminders(self._desk, self._intake.touched),
            head=str(self._desk.ledger.head()),
        )


@contextmanager
def open_run(desk: Desk, sandbox: Sandbox) -> Iterator[Run]:
    """Take the lock, finish what a dead run left, and give the lock back at the end.

    Raises Locked where another run is at work, StorageError where a folder is gone, full or read-only.
    """
    check_folders(desk.settings)
    run = Run(desk, sandbox)
    with alone(desk, run.id):
        yield run
        give_back_run(desk.settings.working / run.id, desk.settings.inbox)


@contextmanager
def alone(desk: Desk, run: str) -> Iterator[None]:
    """Hold the lock of the runs, with what dead ones left finished: nobody reads the inbox or files a document
    meanwhile. Raises Locked, StorageError."""
    with desk.ledger.transaction() as connection:
        RunLocks(connection).acquire(LOCK, run, desk.clock.now(), STALE)
    try:
        recover(desk)
        yield
    finally:
        with desk.ledger.transaction() as connection:
            RunLocks(connection).release(LOCK, run)


def recover(desk: Desk) -> None:
    """Finish what dead runs left in `working/`: file what was decided, give the rest back to the inbox.

    Only while holding the lock: then every folder there belongs to a dead run.
    """
    settings, ledger = desk.settings, desk.ledger
    state = ledger.state()
    for root in (settings.done, settings.review, settings.rejected):
        clear_parts(root)
    for folder in sorted(path for path in settings.working.iterdir() if path.is_dir()):
        _file_decided(desk, state, folder)
        give_back_run(folder, settings.inbox)
    with ledger.transaction() as connection:
        work = Work(connection)
        for row in work.documents():
            if row.run == REVIEWING:
                file_reviewed(settings, state, row)
            if row.run is not None:
                work.document_filed(row, desk.clock.now())


def _file_decided(desk: Desk, state: State, folder: Path) -> None:
    """A file is known by its path in the inbox: a link or a giant was never hashed whole."""
    with desk.ledger.reading() as connection:
        rows = {row.name: row for row in Work(connection).documents(run=folder.name)}
    if not rows:
        return
    for claimed in claimed_of(folder):
        row = rows.get(storable(str(claimed.relative)))
        if row is None:
            continue
        with suppress(NotYet):  # it changed after it was read: the new bytes go back to the inbox
            file_away(desk.settings, state, row, claimed)


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
        for outcome in sweep(run, make_inbox(desk).settle(desk.clock.pause)):
            on_outcome(outcome)
        batch = run.finish()
        on_batch(batch)
        return batch
