"""Watching the inbox: a full listing every few seconds, because network shares send no events.

The watcher either works itself, or tells a scheduler that something has arrived.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch import Batch, DocumentOutcome, DocumentState
from pipeline.clock import Clock
from pipeline.desk import Desk
from pipeline.errors import LedgerBusy, Locked
from pipeline.folders.files import list_inbox
from pipeline.folders.moves import storage
from pipeline.inbox import Inbox, Look, Plan, plan
from pipeline.run import Run, make_inbox, open_run, sweep
from pipeline.sandbox import Sandbox
from pipeline.settings import Settings

_LONGEST = 10
"""The most doublings of the settling time for which a file that could not be taken is left alone: about 85 minutes."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told: of each document, of each run that took one, and of a ledger that is busy."""

    outcome: Callable[[DocumentOutcome], object]
    batch: Callable[[Batch], object]
    busy: Callable[[LedgerBusy], object]


def watch(desk: Desk, watcher: Watcher) -> None:
    """Ingest what has settled, for ever. The lock is held only while there is something to do: at the start, whenever
    something has arrived, and whenever a run beside this one has died and left something.

    Another run is waited for, a busy ledger is told of and waited for. Raises StorageError.
    """
    inbox, waits, tidy = make_inbox(desk), Counter[Path](), False
    with Sandbox(desk.settings) as sandbox:
        while True:
            try:
                seen = inbox.look()
                if seen.ready or seen.refused or not tidy or _left_behind(desk.settings):
                    with open_run(desk, sandbox) as run:
                        _take(run, seen, inbox, waits, watcher)
                    tidy = True
            except Locked:
                pass  # somebody else is taking the same files, and the next look sees what is left
            except LedgerBusy as busy:
                tidy = False
                watcher.busy(busy)
            desk.clock.pause(desk.settings.watch_seconds)


def _left_behind(settings: Settings) -> bool:
    """Whether a run has files in its hands: one that is at work has the lock as well, a dead one has not."""
    with storage(settings.working, "look for what a run left"):
        return any(path.is_dir() for path in settings.working.iterdir())


def _take(run: Run, seen: Plan, inbox: Inbox, waits: Counter[Path], watcher: Watcher) -> None:
    for outcome in sweep(run, seen):
        watcher.outcome(outcome)
        if outcome.state is DocumentState.WAITING:
            path = Path(outcome.name)
            waits[path] += 1
            inbox.postpone(path, min(waits[path], _LONGEST))
    if run.outcomes or run.owes:
        watcher.batch(run.finish())


def arrivals(settings: Settings, clock: Clock) -> Iterator[int]:
    """How many files have newly settled in the inbox, each time some have; for ever. Writes nothing anywhere. Raises
    StorageError where the inbox cannot be listed."""
    looks: Mapping[Path, Look] = {}
    known: frozenset[tuple[Path, int]] = frozenset()
    while True:
        seen = plan(
            list_inbox(settings.inbox),
            looks,
            held={},
            now=clock.monotonic(),
            settle_seconds=settings.settle_seconds,
            allowed=1,
            tries=lambda _: 0,
        )
        there = {(one.path, one.mtime_ns) for one in (*seen.ready, *(refused.sighting for refused in seen.refused))}
        if there - known:
            yield len(there - known)
        looks, known = seen.looks, frozenset(there)
        clock.pause(settings.watch_seconds)
