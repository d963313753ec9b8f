"""docs/operations.md shows what the commands really print: each is run here, on both databases, and compared."""

import datetime as dt
import os
import re
import shlex
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import make_url

from pipeline.cli import recert
from pipeline.clock import Clock
from pipeline.errors import RecertError
from tests.pipeline.desks import HandClock
from tests.pipeline.ledger.postgres import new_schema
from tests.pipeline.verdicts.test_planning_page import blocks, commands, same, settled

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "operations.md"
OLDER = Path(__file__).parents[1] / "ledger" / "older" / "0001.sqlite.sql"
DAY = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


class Shell:
    """The few commands that the page types, in folders of one test: `/srv` and `/mnt/backup` lie in `root`."""

    def __init__(self, root: Path, postgresql: str, environment: pytest.MonkeyPatch) -> None:
        self._root = root
        self._environment = environment
        self._places = {"postgresql://recert@db/recert": postgresql}
        self._places |= {place: f"{root}{place}" for place in ("/srv", "/mnt")}
        self._head = ""

    def run(self, command: str) -> list[str]:
        """What a command prints, without the spaces at the ends of its lines."""
        for shown, real in self._places.items():
            command = command.replace(shown, real)
        command = re.sub(r"--head \S+", f"--head {self._head}", command)
        name, *words = shlex.split(command, comments=True)
        printed: str = getattr(self, f"_{name}")(*words) or ""
        for shown, real in self._places.items():
            printed = printed.replace(real, shown)
        lines = [line.rstrip() for line in printed.strip("\n").split("\n")]
        return [line for line in lines if line]

    def _recert(self, *words: str) -> str:
        result = CliRunner().invoke(recert, words, standalone_mode=False)
        if isinstance(result.exception, RecertError):
            error = result.exception
            return f"{result.output}recert: {error.message}\n        {error.action}"
        assert result.exception is None, (words, result.exception)
        heads = re.findall(r"\d+:[0-9a-f]{64}", result.output)
        self._head = self._head or (heads[-1] if heads else "")
        return result.output

    def _export(self, *words: str) -> None:
        for name, _, value in (word.partition("=") for word in words):
            self._environment.setenv(name, value)

    def _unset(self, *names: str) -> None:
        for name in names:
            self._environment.delenv(name)

    def _sqlite3(self, file: str, statements: str) -> None:
        connection = sqlite3.connect(file)
        connection.executescript(statements)
        connection.close()

    def _tar(self, how: str, file: str) -> str:
        assert how == "tf"
        with tarfile.open(file) as archive:
            return "\n".join(archive.getnames())

    def _mv(self, source: str, target: str) -> None:
        shutil.move(source, target)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    hand = HandClock(DAY)
    clock = Clock(now=hand.now, monotonic=hand.seconds, pause=hand.pause)
    for module in ("options", "verdicts", "ledger"):
        monkeypatch.setattr(f"pipeline.commands.{module}.SYSTEM", clock)
    for name in [name for name in os.environ if name.startswith("RECERT_") and name != "RECERT_TEST_DATABASE"]:
        monkeypatch.delenv(name)
    place, older = tmp_path / "srv" / "ce", tmp_path / "srv" / "older"
    for folder in (place, older, tmp_path / "mnt" / "backup"):
        folder.mkdir(parents=True)
    monkeypatch.chdir(place)
    (place / "screen.png").write_bytes(b"invented pixels")
    connection = sqlite3.connect(older / "ledger.sqlite")
    connection.executescript(OLDER.read_text("utf-8"))
    connection.close()
    CliRunner().invoke(recert, ["init"])
    with new_schema() as url:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        yield Shell(tmp_path, plain, monkeypatch)


def even(lines: list[str]) -> list[str]:
    """Sizes differ from one version of SQLite to the next."""
    return [re.sub(r"\d+ bytes", "0 bytes", line) for line in settled(lines)]


def test_every_command_prints_what_the_page_shows(shell: Shell) -> None:
    told = 0
    for kind, text in blocks(PAGE.read_text(encoding="utf-8")):
        if kind == "toml":
            Path("roster.toml").write_text(text, encoding="utf-8")
        for command, shown in commands(text) if kind == "console" else ():
            printed = shell.run(command)
            assert same(even(shown), even(printed)), "\n".join([command, *printed])
            told += 1
    assert told >= 40
