"""docs/planning.md shows what the commands really print: each is run here, on one day, and compared line by line."""

import datetime as dt
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import recert
from pipeline.clock import Clock
from tests.pipeline.desks import HandClock

PAGE = Path(__file__).parents[3] / "docs" / "planning.md"
DAY = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
ROOT = "/srv/ce"


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The kind and the text of every block of code."""
    yield from re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines it printed; `…` stands for lines that are left out."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield command, shown


def settled(lines: list[str]) -> list[str]:
    """Hashes differ from one ledger to the next."""
    return [re.sub(r"[0-9a-f]{64}", "0" * 64, line) for line in lines]


def same(shown: list[str], printed: list[str]) -> bool:
    """Whether the shown lines are the printed ones, but for what `…` leaves out."""
    if "…" not in shown:
        return shown == printed
    place = shown.index("…")
    after = shown[place + 1 :]
    if printed[:place] != shown[:place]:
        return False
    return any(same(after, printed[start:]) for start in range(place, len(printed) + 1))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    hand = HandClock(DAY)
    clock = Clock(now=hand.now, monotonic=hand.seconds, pause=hand.pause)
    for module in ("options", "verdicts", "plan", "offers"):
        monkeypatch.setattr(f"pipeline.commands.{module}.SYSTEM", clock)
    monkeypatch.chdir(tmp_path)
    for name, value in (("SHARE", "share"), ("HOME", "home"), ("CATALOGUE", "catalogue.toml")):
        monkeypatch.setenv(f"RECERT_{name}", value)
    return tmp_path


def test_every_command_prints_what_the_page_shows(place: Path) -> None:
    told = 0
    for kind, text in blocks(PAGE.read_text(encoding="utf-8")):
        if kind in ("toml", "csv") and (named := re.match(r"# (\S+\.(?:toml|csv))\n", text)):
            (place / named[1]).write_text(text.removeprefix(named[0]) if kind == "csv" else text, encoding="utf-8")
            CliRunner().invoke(recert, ["init"])
        if kind != "console":
            continue
        for command, shown in commands(text):
            result = CliRunner().invoke(recert, shlex.split(command, comments=True)[1:], standalone_mode=False)
            printed = [line.rstrip() for line in result.output.replace(str(place), ROOT).rstrip("\n").split("\n")]
            while printed and not printed[0]:
                printed.pop(0)
            assert result.exception is None, (command, result.exception)
            assert same(settled(shown), settled(printed)), "\n".join([command, *printed])
            told += 1
    assert told >= 8
