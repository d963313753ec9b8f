"""Watching: what arrives is taken or announced once, and nothing that others hold up ends it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import pytest

from pipeline import intake, watching
from pipeline.batch import Batch, DocumentOutcome, DocumentState
from pipeline.desk import Desk
from pipeline.errors import LedgerBusy
from pipeline.folders.files import Claimed, NotYet, claim
from pipeline.inbox import Sighting
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.store import Ledger
from pipeline.run import LOCK, STALE
from pipeline.watching import Watcher, arrivals, watch
from tests.pipeline.desks import HandClock, JsonReader, drop, person
from tests.pipeline.test_intake import COURSE, files


class Reader(JsonReader):
    """Stands where the sandbox stands, as a context."""

    def __init__(self, _settings: object) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


@dataclass
class Told:
    outcomes: list[DocumentOutcome] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    busy: list[LedgerBusy] = field(default_factory=list)


@pytest.fixture
def watched(desk: Desk, hand_clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """Watch for so many looks; `between` are called after the look of their number."""
    monkeypatch.setattr(watching, "Sandbox", Reader)

    def watched(
        looks: int, between: dict[int, Callable[[], object]] | None = None, ledger: Ledger | None = None
    ) -> Told:
        told, pauses, wait = Told(), 0, hand_clock.pause

        def pause(seconds: float) -> None:
            nonlocal pauses
            wait(seconds)
            pauses += 1
            if between and pauses in between:
                between[pauses]()
            if pauses == looks:
                raise KeyboardInterrupt

        monkeypatch.setattr(hand_clock, "pause", pause)
        desk_now = replace(desk, ledger=ledger or desk.ledger, clock=hand_clock.clock())
        with pytest.raises(KeyboardInterrupt):
            watch(desk_now, Watcher(told.outcomes.append, told.batches.append, told.busy.append))
        monkeypatch.setattr(hand_clock, "pause", wait)
        return told

    return watched


def lock(ledger: Ledger) -> object:
    with ledger.reading() as connection:
        return RunLocks(connection).find(LOCK)


def test_what_arrives_is_taken_once_it_has_settled(desk: Desk, watched: Callable[..., Told]) -> None:
    person(desk, "Ada Example")
    told = watched(6, {2: lambda: drop(desk, "cert.pdf", COURSE)})
    assert [outcome.state for outcome in told.outcomes] == [DocumentState.DONE]
    assert [len(batch.documents) for batch in told.batches] == [1]
    assert lock(desk.ledger) is None


def test_an_empty_inbox_is_no_batch(watched: Callable[..., Told]) -> None:
    assert watched(4) == Told()


def test_what_a_dead_run_left_is_taken_though_nothing_arrives(desk: Desk, watched: Callable[..., Told]) -> None:
    person(desk, "Ada Example")
    left = desk.settings.working / "dead" / "0123456789abcdef" / "cert.pdf"
    left.parent.mkdir(parents=True)
    drop(desk, "cert.pdf", COURSE).rename(left)
    told = watched(6)
    assert [outcome.state for outcome in told.outcomes] == [DocumentState.DONE]
    assert not files(desk.settings.working)


def test_what_a_run_beside_the_watcher_left_is_taken_though_nothing_arrives(
    desk: Desk, watched: Callable[..., Told]
) -> None:
    person(desk, "Ada Example")
    left = desk.settings.working / "dead" / "0123456789abcdef" / "cert.pdf"

    def dies() -> None:
        left.parent.mkdir(parents=True)
        drop(desk, "cert.pdf", COURSE).rename(left)

    assert [outcome.state for outcome in watched(9, {3: dies}).outcomes] == [DocumentState.DONE]


def test_another_run_is_waited_for(desk: Desk, watched: Callable[..., Told], hand_clock: HandClock) -> None:
    drop(desk, "cert.pdf", COURSE)
    with desk.ledger.transaction() as connection:
        RunLocks(connection).acquire(LOCK, "other", hand_clock.now(), STALE)

    def done() -> None:
        with desk.ledger.transaction() as connection:
            RunLocks(connection).release(LOCK, "other")

    assert watched(6).outcomes == []
    assert len(watched(6, {3: done}).outcomes) == 1


def test_a_busy_ledger_is_said_and_waited_for(
    desk: Desk, watched: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.ledger.database.BUSY_SECONDS", 0.05)
    drop(desk, "cert.pdf", COURSE)
    with Ledger.open(desk.settings.url) as impatient, ExitStack() as holding:
        holding.enter_context(desk.ledger.transaction())
        told = watched(8, {2: holding.close}, impatient)
    assert len(told.busy) == 2
    assert len(told.outcomes) == 1


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Names of files that nobody may open, as an administrator's test cannot make them."""
    names = {"closed.pdf"}

    def barred(inbox: Path, sighting: Sighting, working: Path, run: str) -> Claimed:
        if sighting.path.name in names:
            raise NotYet(sighting.path, "it may not be opened")
        return claim(inbox, sighting, working, run)

    monkeypatch.setattr(intake, "claim", barred)
    yield names


@pytest.mark.usefixtures("closed")
def test_a_file_that_may_not_be_opened_is_said_and_tried_less_and_less(
    desk: Desk, watched: Callable[..., Told]
) -> None:
    drop(desk, "closed.pdf", COURSE)
    told = watched(100)
    assert {(outcome.name, outcome.state) for outcome in told.outcomes} == {("closed.pdf", DocumentState.WAITING)}
    assert "it may not be opened" in told.outcomes[0].reason
    assert 3 <= len(told.outcomes) <= 6
    assert told.batches == []


def test_a_link_that_may_not_be_moved_is_tried_less_and_less(
    desk: Desk, watched: Callable[..., Told], closed: set[str]
) -> None:
    closed.add("link.pdf")
    (desk.settings.inbox / "link.pdf").symlink_to("/nowhere")
    assert 3 <= len(watched(100).outcomes) <= 6


def test_an_arrival_is_told_of_once_it_has_settled(desk: Desk, hand_clock: HandClock) -> None:
    told = arrivals(desk.settings, hand_clock.clock())
    drop(desk, "a.pdf", COURSE)
    drop(desk, "b.pdf", COURSE)
    start = hand_clock.seconds()
    assert next(told) == 2
    assert hand_clock.seconds() - start >= desk.settings.settle_seconds
    drop(desk, "c.pdf", COURSE)
    assert next(told) == 1
    (desk.settings.inbox / "a.pdf").unlink()
    hand_clock.at = hand_clock.at.replace(hour=20)
    drop(desk, "a.pdf", COURSE)
    assert next(told) == 1
    assert len(files(desk.settings.inbox)) == 3
