"""The state machine of the inbox, with a listing and a clock of our own."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.inbox import Inbox, Kind, Look, Plan, Reason, Sighting, empty_key, plan

SETTLE = 5.0
ALLOWED = 3


@dataclass
class World:
    """An inbox whose listing and clock the test moves."""

    files: dict[str, Sighting] = field(default_factory=dict)
    now: float = 1000.0
    failed: Counter[str] = field(default_factory=Counter)

    def get(self, sha256: str) -> int:
        return self.failed[sha256]

    def add(self, sha256: str) -> None:
        self.failed[sha256] += 1

    def put(self, name: str, size: int = 10, mtime_ns: int = 1, kind: Kind = Kind.REGULAR) -> Sighting:
        self.files[name] = Sighting(Path(name), size, mtime_ns, kind)
        return self.files[name]

    def listing(self) -> Iterable[Sighting]:
        return tuple(self.files.values())

    def inbox(self) -> Inbox:
        return Inbox(self.listing, lambda: self.now, self, SETTLE, ALLOWED)

    def wait(self, seconds: float) -> None:
        self.now += seconds


def reasons(found: Plan) -> dict[str, Reason]:
    return {str(r.sighting.path): r.reason for r in (*found.waiting, *found.ignored, *found.refused)}


def names(sightings: Iterable[Sighting]) -> list[str]:
    return [str(sighting.path) for sighting in sightings]


def test_a_file_is_taken_after_two_equal_looks_far_enough_apart() -> None:
    world = World()
    world.put("a.pdf")
    inbox = world.inbox()
    assert reasons(inbox.look()) == {"a.pdf": Reason.CHANGING}
    world.wait(SETTLE - 0.1)
    assert reasons(inbox.look()) == {"a.pdf": Reason.CHANGING}
    world.wait(0.1)
    assert names(inbox.look().ready) == ["a.pdf"]


def test_a_file_that_grows_for_thirty_seconds_waits_until_it_rests() -> None:
    world = World()
    inbox = world.inbox()
    for second in range(30):
        world.put("scan.pdf", size=1 + second // 3, mtime_ns=second // 3)
        assert not inbox.look().ready
        world.wait(1)
    world.wait(SETTLE)
    assert names(inbox.look().ready) == ["scan.pdf"]


def test_same_size_and_new_time_is_a_change_and_so_is_the_reverse() -> None:
    world = World()
    inbox = world.inbox()
    for size, mtime_ns in ((10, 1), (10, 2), (11, 2)):
        world.put("a.pdf", size, mtime_ns)
        assert reasons(inbox.look()) == {"a.pdf": Reason.CHANGING}
        world.wait(SETTLE)


def test_a_file_that_left_and_came_back_starts_afresh() -> None:
    world = World()
    kept = world.put("a.pdf")
    inbox = world.inbox()
    inbox.look()
    del world.files["a.pdf"]
    world.wait(SETTLE)
    inbox.look()
    world.files["a.pdf"] = kept
    assert reasons(inbox.look()) == {"a.pdf": Reason.CHANGING}


def test_a_one_shot_run_looks_twice_and_waits_only_where_there_is_something() -> None:
    world = World()
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        world.wait(seconds)

    world.put(".DS_Store")
    assert not world.inbox().settle(pause).ready
    assert pauses == []
    world.put("a.pdf")
    assert names(world.inbox().settle(pause).ready) == ["a.pdf"]
    assert pauses == [SETTLE]


def test_an_empty_file_waits_and_is_refused_after_as_many_runs_as_allowed() -> None:
    world = World()
    world.put("empty.pdf", size=0)
    outcomes = [world.inbox().settle(world.wait) for _ in range(ALLOWED)]
    assert [bool(found.refused) for found in outcomes] == [False, False, True]
    assert {reason for found in outcomes for reason in reasons(found).values()} == {Reason.EMPTY}


def test_an_empty_file_is_given_longer_each_time_while_watched() -> None:
    world = World()
    world.put("empty.pdf", size=0)
    inbox = world.inbox()
    while not inbox.look().refused:
        world.wait(1)
    assert world.now - 1000 == SETTLE * (1 + 2 + 4)


def test_an_empty_file_that_fills_is_taken_and_strangers_are_not_counted_together() -> None:
    world = World()
    first = world.put("one.pdf", size=0)
    second = world.put("two.pdf", size=0)
    assert empty_key(first) != empty_key(second)
    world.failed[empty_key(second)] = ALLOWED - 1
    inbox = world.inbox()
    inbox.look()
    world.wait(SETTLE)
    assert names(remark.sighting for remark in inbox.look().refused) == ["two.pdf"]
    del world.files["two.pdf"]
    world.put("one.pdf", size=20, mtime_ns=7)
    assert names(inbox.settle(world.wait).ready) == ["one.pdf"]


def test_a_file_given_back_after_a_failure_rests_longer_each_time() -> None:
    world = World()
    world.put("damaged.pdf")
    inbox = world.inbox()
    for tries in (1, 2):
        assert inbox.settle(world.wait).ready
        inbox.postpone(Path("damaged.pdf"), tries)
        world.wait(SETTLE * 2**tries - 0.1)
        assert reasons(inbox.look()) == {"damaged.pdf": Reason.RETRY}
        world.wait(0.2)
        assert inbox.look().ready


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".DS_Store", Reason.SYSTEM_FILE),
        ("._scan.pdf", Reason.SYSTEM_FILE),
        ("~$letter.docx", Reason.SYSTEM_FILE),
        ("Thumbs.db", Reason.SYSTEM_FILE),
        ("THUMBS.DB", Reason.SYSTEM_FILE),
        ("desktop.ini", Reason.SYSTEM_FILE),
        ("@eaDir/scan.pdf", Reason.SYSTEM_FILE),
        (".stfolder/x", Reason.SYSTEM_FILE),
        ("ana/.hidden.pdf", Reason.SYSTEM_FILE),
        ("scan.pdf.part", Reason.UNFINISHED),
        ("scan.PDF.TMP", Reason.UNFINISHED),
        ("scan.pdf.crdownload", Reason.UNFINISHED),
    ],
)
def test_what_is_nobodys_certificate_is_passed_over(name: str, reason: Reason) -> None:
    world = World()
    world.put(name)
    found = world.inbox().settle(world.wait)
    assert [(remark.reason, bool(remark.sentence)) for remark in found.ignored] == [(reason, True)]


@pytest.mark.parametrize("name", ["..\\..\\up.pdf", "..%2fup.pdf", "...pdf", "ana/..pdf"])
def test_dots_that_hide_nothing_are_a_name_like_any_other(name: str) -> None:
    world = World()
    world.put(name)
    assert [str(one.path) for one in world.inbox().settle(world.wait).ready] == [name]


@pytest.mark.parametrize(("kind", "reason"), [(Kind.SYMLINK, Reason.SYMLINK), (Kind.SPECIAL, Reason.SPECIAL)])
def test_links_and_devices_are_refused(kind: Kind, reason: Reason) -> None:
    world = World()
    world.put("certificate.pdf", kind=kind)
    assert [remark.reason for remark in world.inbox().look().refused] == [reason]


def test_a_folder_that_cannot_be_opened_is_reported() -> None:
    world = World()
    world.put("ana", kind=Kind.FOLDER)
    assert reasons(world.inbox().look()) == {"ana": Reason.CLOSED_FOLDER}


parts = st.one_of(
    st.sampled_from(["a.pdf", ".DS_Store", "b.part", "ana", "Thumbs.db", "~$x"]),
    st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=8).filter(
        lambda name: name not in (".", "..")
    ),
)
sightings = st.builds(
    Sighting,
    path=st.lists(parts, min_size=1, max_size=3).map(lambda names: Path(*names)),
    size=st.integers(0, 3),
    mtime_ns=st.integers(0, 2),
    kind=st.sampled_from(Kind),
)
listings = st.lists(sightings, unique_by=lambda sighting: sighting.path, max_size=8)


@given(
    listing=listings,
    looks=st.dictionaries(
        st.sampled_from(["a.pdf", "ana/a.pdf"]).map(Path),
        st.builds(Look, size=st.integers(0, 3), mtime_ns=st.integers(0, 2), since=st.floats(0, 200)),
    ),
    now=st.floats(0, 200),
    settle_seconds=st.floats(0, 60),
    failures=st.integers(0, 4),
)
def test_every_listed_file_is_in_exactly_one_bucket(
    listing: list[Sighting], looks: dict[Path, Look], now: float, settle_seconds: float, failures: int
) -> None:
    found = plan(
        listing, looks, held={}, now=now, settle_seconds=settle_seconds, allowed=ALLOWED, tries=lambda _: failures
    )
    sorted_out = [*found.ready, *(r.sighting for r in (*found.waiting, *found.ignored, *found.refused))]
    assert Counter(sorted_out) == Counter(listing)
    assert all(sighting.kind is Kind.REGULAR and sighting.size for sighting in found.ready)
    assert all(sighting.path in looks for sighting in found.ready), "never at the first look"


@given(
    events=st.lists(st.tuples(st.floats(0, 8), st.integers(0, 3)), max_size=20),
    backwards=st.floats(0, 100),
)
def test_a_file_is_taken_only_after_rest_and_is_taken_in_the_end(
    events: list[tuple[float, int]], backwards: float
) -> None:
    """Whatever is written when, and even where the clock goes back."""
    world = World()
    inbox = world.inbox()
    seen: int | None = None
    since = world.now
    for pause, size in events:
        world.put("a.pdf", size=size, mtime_ns=0)
        if size != seen:
            seen, since = size, world.now
        if inbox.look().ready:
            assert size
            assert world.now - since >= SETTLE - 0.001
        world.wait(pause)
    world.now -= backwards
    world.put("a.pdf", size=9, mtime_ns=1)
    assert inbox.settle(world.wait).ready
