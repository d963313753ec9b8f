"""`kill -9` of real commands at random moments: blind ones, and ones within a step that has just begun."""

import math
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.torture.house import House, Running, fresh
from benchmarks.torture.papers import Fate, Paper, Press
from benchmarks.torture.promises import Count, check, check_at_once, check_by_command, settings_of
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import Work

CHUNK = 5
"""Rounds in one house: what earlier rounds left must not come up later."""
_BLIND_SECONDS = {"ingest": 1.9, "watch": 2.2, "accept": 1.0, "reevaluate": 0.9}
_LONGEST_STEP = {"reading": 0.12, "settling": 0.06, "appending": 0.012, "re-evaluating": 0.03, "reporting": 0.03}


@dataclass(frozen=True, slots=True)
class Kill:
    """One round: which command is killed, after which step has begun (None: at any moment), and who is hit."""

    command: str
    phase: str | None = None
    victim: str = "process"
    real: bool = False


# How often each occurs in two hundred rounds.
SCHEDULE: tuple[tuple[Kill, int], ...] = (
    *((Kill("ingest", phase), 10) for phase in ("settling", "claiming", "reading", "recovering", "reporting")),
    *((Kill("ingest", phase), 16) for phase in ("appending", "filing", "re-evaluating")),
    (Kill("ingest"), 18),
    (Kill("ingest", victim="group"), 8),
    (Kill("ingest", "reading", victim="group"), 6),
    (Kill("ingest", "reading", victim="reader"), 6),
    (Kill("ingest", "reading", victim="stop"), 4),
    (Kill("ingest", "filing", victim="stop"), 4),
    (Kill("ingest", real=True), 12),
    (Kill("ingest", "reading", real=True), 4),
    (Kill("ingest", "filing", real=True), 4),
    (Kill("watch"), 8),
    (Kill("watch", "appending"), 4),
    (Kill("watch", "filing"), 4),
    (Kill("copying in"), 10),
    (Kill("accept"), 4),
    (Kill("accept", "appending"), 4),
    (Kill("accept", "filing"), 4),
    (Kill("accept", "re-evaluating"), 2),
    (Kill("accept before filing"), 4),
    (Kill("reevaluate"), 4),
    (Kill("reevaluate", "re-evaluating"), 4),
)


def schedule(rounds: int, chance: random.Random) -> list[list[Kill]]:
    """So many rounds in chunks, each kind in its share and at least once while there is room."""
    chosen = [kill for kill, _ in SCHEDULE][:rounds]
    pool = [kill for kill, times in SCHEDULE for _ in range(times - 1)]
    chance.shuffle(pool)
    while len(chosen) < rounds:
        chosen += pool[: rounds - len(chosen)]
    by_reader = ([kill for kill in chosen if not kill.real], [kill for kill in chosen if kill.real])
    for part in by_reader:
        chance.shuffle(part)
    return [part[start : start + CHUNK] for part in by_reader for start in range(0, len(part), CHUNK)]


def torture(folder: Path, kills: list[Kill], seed: str, until: float = math.inf) -> Count:
    """One house through all these rounds, as far as there is time (`until`, as `time.monotonic` tells it)."""
    chance, count = random.Random(seed), Count()
    real = kills[0].real
    house = fresh(folder, light=not real, settings={"RECERT_WORKERS": chance.choice("112")})
    press = Press(chance, real)
    for number, kill in enumerate(kills):
        if time.monotonic() > until:
            break
        where = f"{seed} round {number} ({kill.command}, {kill.phase or 'any moment'}, {kill.victim})"
        Round(house, press, chance, kill, count, where).go()
        count.rounds += 1
    check_by_command(house, count, seed)
    count.dropped = len(house.dropped)
    return count


@dataclass(slots=True)
class Round:
    house: House
    press: Press
    chance: random.Random
    kill: Kill
    count: Count
    where: str

    def go(self) -> None:
        match self.kill.command:
            case "accept":
                self._accept()
            case "accept before filing":
                self._accept_before_filing()
            case "copying in":
                self._copying_in()
            case "reevaluate":
                self._drop()
                self._killed(self._start("reevaluate"))
                self._afterwards("reevaluate")
            case "watch":
                self._watch()
            case _:
                self._drop()
                if self.kill.phase == "recovering":
                    self._leave_something()
                if self.kill.victim == "reader":
                    self._reader_killed()
                else:
                    self._killed(self._start("ingest"))
        self._next_run()

    # What is dropped

    def _drop(self) -> list[Paper]:
        """New certificates, copies, scans of what is known, strangers, and what is none."""
        chance, dropped = self.chance, []
        new = [self.press.certificate() for _ in range(chance.randint(1, 3))]
        known = [paper for _, paper in self.house.dropped if paper.fate is Fate.RECORDED] or new
        papers = [*new, chance.choice(new), self.press.scanned_again(chance.choice(known))]
        papers += [self.press.certificate(Fate.REVIEW)] * (chance.random() < 0.5)
        if self.kill.victim != "reader":
            papers += [self.press.certificate(Fate.REJECTED)] * (chance.random() < 0.4)
        chance.shuffle(papers)
        for paper in papers:
            self.house.drop(paper, self._name())
            dropped.append(paper)
        return dropped

    def _name(self) -> str:
        number = f"{self.chance.getrandbits(32):08x}"
        return self.chance.choice(
            (f"{number}.pdf", f"{number}.pdf", f"folder/{number}.pdf", f"ünï {number} \u202e.PDF")
        )

    def _leave_something(self) -> None:
        """A killed run before the one that is killed while it puts things right."""
        running = self.house.start("ingest", marked=True)
        running.wait_for(self.chance.choice(("reading", "filing")), 2, 60)
        running.kill()
        running.end()
        self.count.faults += 1

    # The fault

    def _start(self, *words: str) -> Running:
        return self.house.start(*words, marked=True)

    def _killed(self, running: Running) -> None:
        """Kill it within the step, or at any moment of the length that such a run takes."""
        kill, chance = self.kill, self.chance
        if kill.phase is None:
            time.sleep(chance.uniform(0.02, _BLIND_SECONDS.get(kill.command, 1.9) * (2 if kill.real else 1)))
        elif running.wait_for(kill.phase, chance.randint(1, 2), 60):
            time.sleep(chance.uniform(0, _LONGEST_STEP.get(kill.phase, 0.006)))
        stopping = kill.victim == "stop"
        number = chance.choice((signal.SIGTERM, signal.SIGINT)) if stopping else signal.SIGKILL
        running.kill(number, group=kill.victim == "group")
        self._note(running)
        if stopping:
            self._stopped_in_order()

    def _note(self, running: Running) -> None:
        done = running.end()
        ended = done.code not in (-signal.SIGKILL, 130)
        self.count.faults += not ended
        phase = "after its end" if ended else (running.phases or ["starting"])[-1]
        self.count.phases[phase] += 1
        if "Traceback" in done.err or done.code == -99:
            self.count.breach(self.where, f"ended with {done.code}: {done.err[-600:]}")
        check_at_once(self.house, self.count, self.where)

    def _stopped_in_order(self) -> None:
        """Who is stopped, and not killed, leaves nothing in working/."""
        left = [path.name for path in (self.house.share / "working").iterdir()]
        if left:
            self.count.breach(self.where, f"stopped in order, and working/ still holds {left}")

    def _reader_killed(self) -> None:
        running = self._start("ingest")
        running.wait_for("reading", 2, 60)
        readers = self.house.reader_processes()
        for pid in readers[:1]:
            time.sleep(self.chance.uniform(0, 0.05))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.count.faults += 1
        self.count.phases["reader process"] += 1
        running.end()

    def _watch(self) -> None:
        running = self._start("watch")
        first = threading.Timer(self.chance.uniform(0, 0.8), self._drop)
        first.start()
        if self.kill.phase is not None:
            first.join()
        self._killed_watch(running, first)

    def _killed_watch(self, running: Running, dropping: threading.Timer) -> None:
        if self.kill.phase is None:
            time.sleep(self.chance.uniform(0.02, _BLIND_SECONDS["watch"]))
        elif running.wait_for(self.kill.phase, self.chance.randint(1, 2), 60):
            time.sleep(self.chance.uniform(0, _LONGEST_STEP.get(self.kill.phase, 0.006)))
        running.kill()
        dropping.join()
        self._note(running)

    def _copying_in(self) -> None:
        """Both are killed: who copies a file into the inbox, and who watches. The copy is then made again."""
        paper, name = self.press.certificate(), self._name()
        path = self.house.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.house = replace(self.house, settings={**self.house.settings, "RECERT_SETTLE_SECONDS": "1"})
        running = self.house.start("watch", marked=True)
        pieces = self.chance.randint(1, 9)
        with path.open("wb", buffering=0) as stream:
            for number in range(pieces):
                stream.write(paper.data[len(paper.data) * number // 10 : len(paper.data) * (number + 1) // 10])
                time.sleep(self.chance.uniform(0, 0.2))
        running.kill()
        self.house.remember(Paper(paper.certificate, path.read_bytes(), paper.fate), name)
        self._note(running)
        self.count.phases["copying in"] += 1
        self.house.dropped.pop()
        self.house.drop(paper, name)

    def _waiting(self) -> tuple[Paper, int]:
        """A certificate that waits in review, and its number."""
        paper = self.press.certificate(Fate.REVIEW)
        self.house.drop(paper, self._name())
        self.house.run("ingest")
        return paper, self._number(paper)

    def _number(self, paper: Paper) -> int:
        with Ledger.open(settings_of(self.house).url) as ledger, ledger.reading() as connection:
            [row] = Work(connection).reviews(sha256=paper.sha256)
        return row.number

    def _accept(self) -> None:
        paper, number = self._waiting()
        self._killed(self._start("review", "accept", str(number), "--add-person"))
        self._decide(paper, number)

    def _accept_before_filing(self) -> None:
        """The run is killed once a certificate is queued, and a person decides about it before the next run."""
        paper = self.press.certificate(Fate.REVIEW)
        self.house.drop(paper, self._name())
        running = self.house.start("ingest", marked=True)
        if running.wait_for("filing", 1, 60):
            time.sleep(self.chance.uniform(0, 0.004))
        running.kill()
        self._note(running)
        with Ledger.open(settings_of(self.house).url) as ledger, ledger.reading() as connection:
            rows = Work(connection).reviews(sha256=paper.sha256)
        if rows:
            self._decide(paper, rows[0].number)

    def _decide(self, paper: Paper, number: int) -> None:
        """Accept it, again where the kill was first: it is decided once."""
        done = self.house.run("review", "accept", str(number), "--add-person")
        if done.code != 0 and not (done.code == 2 and "accepted already" in done.err):
            self.count.breach(self.where, f"accepting again ended with {done.code}: {done.err}")
        recorded = replace(paper, fate=Fate.RECORDED)
        self.house.dropped[:] = [(n, recorded if p.sha256 == paper.sha256 else p) for n, p in self.house.dropped]

    # Afterwards

    def _afterwards(self, *words: str) -> None:
        done = self.house.run(*words)
        if done.code not in (0, 1):
            self.count.breach(self.where, f"the next {' '.join(words)} ended with {done.code}: {done.err[-600:]}")

    def _next_run(self) -> None:
        self._afterwards("ingest")
        check(self.house, self.count, self.where)


def chunks(rounds: int, seed: int) -> Iterator[tuple[str, list[Kill]]]:
    """The names and rounds of every chunk; a name is also its seed."""
    for number, kills in enumerate(schedule(rounds, random.Random(seed))):
        yield f"kills-{seed}-{number}", kills
