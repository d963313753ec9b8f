"""Many processes at once, and processes that are killed: nothing is lost, nothing is there twice."""

import multiprocessing
import random
import signal
import subprocess
import sys
import time

from pipeline.ledger.events import ActivityRecorded
from pipeline.ledger.store import Draft, DuplicateKey, Ledger
from tests.pipeline.ledger.people import NOON, activity, enrol

PROCESSES = 4
APPENDS = 15
SPAWN = multiprocessing.get_context("spawn")


def append_many(url: str, subject: str) -> list[int]:
    with Ledger.open(url) as ledger:
        return [seq for _ in range(APPENDS) for seq in ledger.append([activity(subject), activity(subject)], NOON)]


def append_the_same(url: str, subject: str) -> list[str]:
    """Append certificates that every process has; say which were ours."""
    won = []
    with Ledger.open(url) as ledger:
        for number in range(APPENDS):
            try:
                ledger.append([activity(subject, code=f"K{number}")], NOON)
                won.append(f"K{number}")
            except DuplicateKey:
                continue
    return won


def create(url: str) -> str:
    with Ledger.open(url, create=True) as ledger:
        return enrol(ledger)


def test_many_processes_append_at_once(ledger: Ledger, url: str) -> None:
    subject = enrol(ledger)
    with SPAWN.Pool(PROCESSES) as pool:
        numbers = pool.starmap(append_many, [(url, subject)] * PROCESSES)
        won = pool.starmap(append_the_same, [(url, subject)] * PROCESSES)
    total = 1 + PROCESSES * APPENDS * 2
    assert sorted(seq for own in numbers for seq in own) == list(range(2, total + 1))
    assert all(own[i + 1] == own[i] + 1 for own in numbers for i in range(0, len(own), 2))
    assert sorted(code for own in won for code in own) == sorted(f"K{number}" for number in range(APPENDS))
    assert ledger.verify().entries == total + APPENDS
    assert ledger.verify().fault is None


def test_many_processes_make_one_ledger(url: str) -> None:
    with SPAWN.Pool(PROCESSES) as pool:
        people = pool.map(create, [url] * PROCESSES)
    with Ledger.open(url) as ledger:
        assert set(ledger.state().holders) == set(people)
        assert ledger.verify().fault is None


APPEND_FOR_EVER = """
import sys
from pipeline.ledger.store import Ledger
from tests.pipeline.ledger.people import NOON, activity
with Ledger.open(sys.argv[1]) as ledger:
    while True:
        print(*ledger.append([activity(sys.argv[2]) for _ in range(3)], NOON), flush=True)
"""


def test_a_killed_process_leaves_whole_transactions(ledger: Ledger, url: str) -> None:
    subject = enrol(ledger)
    chance = random.Random(7)
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", APPEND_FOR_EVER, url, subject], stdout=subprocess.PIPE)
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read()
        process.wait()
        process.stdout.close()
        promised = {int(seq) for line in said.splitlines(keepends=True) if line.endswith(b"\n") for seq in line.split()}
        kept = {entry.seq for entry in ledger.entries() if isinstance(entry.event, ActivityRecorded)}
        assert promised <= kept
        assert len(kept) % 3 == 0
        assert ledger.verify().fault is None
    ledger.append([Draft(subject, activity(subject).event)], NOON)
