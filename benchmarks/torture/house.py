"""One share and one home to torture: commands in real processes, and a memory of everything that was dropped."""

import json
import os
import secrets
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.torture.papers import HOLDER, Paper, write

ROOT = Path(__file__).resolve().parents[2]
LIGHT = "benchmarks.torture.light_reader:reader"
PATIENCE = 240.0
"""Seconds after which a command that does not end is a broken promise of its own."""
_ROSTER = f"""
[[holder]]
name = "{HOLDER}"
[[holder.holding]]
program = "cisco"
name = "CCNA"
level = "associate"
earned_on = 2024-12-01
"""


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended: below zero by a signal."""

    code: int
    out: str
    err: str
    seconds: float


class Running:
    """A command at work in a session of its own."""

    def __init__(self, process: subprocess.Popen[str], marks: int | None) -> None:
        self.process = process
        self.began = time.monotonic()
        self._marks = marks
        self._heard = b""

    @property
    def phases(self) -> list[str]:
        """The steps that have begun so far, in order."""
        self._hear(0)
        return self._heard.decode().split()

    def wait_for(self, phase: str, times: int, seconds: float) -> bool:
        """Wait until a step has begun so many times. False where the command ended before, or time ran out."""
        until = time.monotonic() + seconds
        while self.phases.count(phase) < times:
            left = until - time.monotonic()
            if left <= 0 or not self._hear(left):
                return False
        return True

    def kill(self, number: signal.Signals = signal.SIGKILL, group: bool = False) -> None:
        if self.process.poll() is None:
            (os.killpg if group else os.kill)(self.process.pid, number)

    def end(self, seconds: float = PATIENCE) -> Done:
        """Wait for the end. A command that hangs is killed, and its code is -99."""
        hung = False
        try:
            out, err = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            hung = True
            os.killpg(self.process.pid, signal.SIGKILL)
            out, err = self.process.communicate()
        self._hear(0)
        if self._marks is not None:
            os.close(self._marks)
            self._marks = None
        return Done(-99 if hung else self.process.returncode, out, err, time.monotonic() - self.began)

    def _hear(self, seconds: float) -> bool:
        """Read what the pipe holds; False at its end, True where something came or the time ran out."""
        while self._marks is not None and select.select([self._marks], [], [], seconds)[0]:
            heard = os.read(self._marks, 65536)
            if not heard:
                return False
            self._heard += heard
            seconds = 0
        return self._marks is not None


@dataclass
class House:
    """`light`: the reader is the light one. `settings` are RECERT_ variables beyond the usual, `prefix` the words of a
    command that starts recert with fewer rights."""

    root: Path
    light: bool = True
    settings: Mapping[str, str] = field(default_factory=dict)
    dropped: list[tuple[str, Paper]] = field(default_factory=list)
    prefix: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for folder in (self.root, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def share(self) -> Path:
        return self.root / "share"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def inbox(self) -> Path:
        return self.share / "inbox"

    @property
    def temporary(self) -> Path:
        return self.root / "temporary"

    def open(self) -> "House":
        """Make the folders and the roster."""
        roster = self.root / "roster.toml"
        roster.write_text(_ROSTER)
        for words in (("init",), ("roster", "import", str(roster))):
            done = self.run(*words)
            if done.code != 0:
                raise RuntimeError(f"recert {' '.join(words)} ended with {done.code}: {done.err}")
        return self

    def drop(self, paper: Paper, name: str | bytes) -> Path:
        """Copy a document into the inbox as people do, and remember that it is there."""
        path = self.inbox / os.fsdecode(name)
        write(paper, path)
        self.dropped.append((os.fsdecode(name), paper))
        return path

    def remember(self, paper: Paper, name: str) -> None:
        """Remember a document that somebody else has put into the inbox."""
        self.dropped.append((name, paper))

    def start(self, *words: str, marked: bool = False, shift: float = 0, plain: bool = False) -> Running:
        """Start `recert WORDS`. `plain` is the command as it is installed, nothing changed around it."""
        reading, writing = os.pipe() if marked else (None, None)
        stage = {"reader": LIGHT if self.light else None, "marks": writing, "shift": shift}
        module = "pipeline.cli" if plain else "benchmarks.torture.staged"
        process = subprocess.Popen(
            [*self.prefix, sys.executable, "-m", module, *words],
            cwd=self.root,
            env=self._environment() | ({} if plain else {"RECERT_STAGE": json.dumps(stage)}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="backslashreplace",
            start_new_session=True,
            pass_fds=() if writing is None else (writing,),
        )
        if writing is not None:
            os.close(writing)
        return Running(process, reading)

    def run(self, *words: str, shift: float = 0, plain: bool | None = None) -> Done:
        """Run `recert WORDS` to its end."""
        return self.start(*words, shift=shift, plain=not self.light and not shift if plain is None else plain).end()

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RECERT_", "PREFECT_"))}
        return kept | {
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.temporary),
            "OMP_THREAD_LIMIT": "1",
            "RECERT_SHARE": str(self.share),
            "RECERT_HOME": str(self.home),
            "RECERT_SETTLE_SECONDS": "0.05",
            "RECERT_WATCH_SECONDS": "0.1",
            "RECERT_ATTEMPTS": "1",
            "RECERT_WORKERS": "2",
            "RECERT_REVIEWER": "Rita Reviewer",
            **self.settings,
        }

    def processes(self) -> list[int]:
        """Every living process that was started for this house, whatever session it is in now (Linux)."""
        needle, found = os.fsencode(self.root) + b"/", []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                state = (process / "stat").read_text().rpartition(")")[2].split()[0]
                ours = needle in (process / "environ").read_bytes()
            except OSError:
                continue
            if ours and state not in "ZX":
                found.append(int(process.name))
        return found

    def reader_processes(self) -> list[int]:
        """The processes of the sandbox among them."""
        found = []
        for pid in self.processes():
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            if b"pipeline.readers.confinement" in words:
                found.append(pid)
        return found


def fresh(folder: Path, *, light: bool = True, settings: Mapping[str, str] | None = None) -> House:
    """A new house with its folders and its roster, below `folder`."""
    return House(folder / secrets.token_hex(4), light, settings or {}).open()
