"""A short form of `make torture`: a few rounds against real processes, and the proof that it sees what it looks for."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.torture import kills, races
from benchmarks.torture.house import House, fresh
from benchmarks.torture.kills import SCHEDULE, Kill, schedule, torture
from benchmarks.torture.papers import Fate, Press
from benchmarks.torture.promises import Count, check, check_by_command, files
from benchmarks.torture.staged import PHASES


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking by command as well costs as much as a round; `test_what_is_whole_breaks_no_promise` does it once."""
    for module in (kills, races):
        monkeypatch.setattr(module, "check_by_command", lambda *_: None)
    monkeypatch.setattr(races, "PROCESSES", 2)


@pytest.mark.usefixtures("brief")
def test_killed_commands_lose_and_double_nothing(tmp_path: Path) -> None:
    count = torture(tmp_path, [Kill("ingest", "appending"), Kill("ingest", "filing", victim="group")], "short")
    assert count.broken == []
    assert (count.rounds, count.lost, count.doubled) == (2, 0, 0)


@pytest.mark.usefixtures("brief")
def test_many_at_once_are_one(tmp_path: Path) -> None:
    count = races.eight_at_once(tmp_path, random.Random(1), 1)
    assert (count.broken, count.faults) == ([], 2)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house with one file recorded, one in review and one rejected."""
    house, press = fresh(tmp_path_factory.mktemp("house")), Press(random.Random(1))
    for fate in Fate:
        house.drop(press.certificate(fate), f"{fate}.pdf")
    assert house.run("ingest").code == 1
    return house


def counted(house: House) -> Count:
    count = Count()
    check(house, count, "here")
    return count


def take(house: House, folder: Path) -> Callable[[], object]:
    """Take the first document of a folder away; returns how to put it back."""
    path = next(path for path in files(folder) if not path.name.endswith(".why.txt"))
    path.rename(house.root / "taken")
    return lambda: (house.root / "taken").rename(path)


def test_what_is_whole_breaks_no_promise(filled: House) -> None:
    assert counted(filled) == Count()
    by_command = Count()
    check_by_command(filled, by_command, "here")
    assert by_command == Count()


@pytest.mark.parametrize(("place", "told"), [("home/done", "in 0 places"), ("home/review", "has no file")])
def test_a_lost_file_is_counted(filled: House, place: str, told: str) -> None:
    put_back = take(filled, filled.root / place)
    count = counted(filled)
    put_back()
    assert count.lost == 1 and any(told in one for one in count.broken)


@pytest.mark.parametrize(
    ("place", "doubled"),
    [("home/done/again.pdf", 1), ("share/working/run/x/again.pdf", 1), ("share/rejected/.0.part", 1)],
)
def test_a_doubled_or_left_file_is_counted(filled: House, place: str, doubled: int) -> None:
    copy, source = filled.root / place, next(iter(files(filled.home / "done")))
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(source.read_bytes())
    count = counted(filled)
    copy.unlink()
    for folder in (copy.parent, copy.parent.parent):
        if folder.is_relative_to(filled.share / "working") and folder != filled.share / "working":
            folder.rmdir()
    assert count.doubled == doubled and count.broken


def test_every_schedule_has_every_kind_and_only_known_steps() -> None:
    kinds = {kill for kill, _ in SCHEDULE}
    assert {kill for chunk in schedule(200, random.Random(3)) for kill in chunk} == kinds
    assert sum(len(chunk) for chunk in schedule(200, random.Random(3))) == 200
    assert {kill.phase for kill in kinds} - {None} <= set(PHASES)
