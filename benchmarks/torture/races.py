"""Many at once: commands on one inbox, copies under other names, scans of one certificate, a name used again."""

import json
import os
import random
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from benchmarks.torture.house import House, fresh
from benchmarks.torture.papers import Fate, Press
from benchmarks.torture.promises import Count, check, check_at_once, check_by_command, settings_of
from pipeline.folders.moves import hash_file
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import Work

PROCESSES = 8
COPIES = 20


def eight_at_once(folder: Path, chance: random.Random, rounds: int) -> Count:
    """Eight `recert ingest` start on one inbox: one works, the others say that it does (4) or find nothing left (0)."""
    house, count, press = fresh(folder), Count(), Press(chance)
    for number in range(rounds):
        where = f"eight at once, round {number}"
        papers = [press.certificate() for _ in range(6)]
        for paper in [*papers, *papers[:3], press.scanned_again(papers[0]), press.certificate(Fate.REVIEW)]:
            house.drop(paper, f"{chance.getrandbits(40):x}.pdf")
        running = [house.start("ingest") for _ in range(PROCESSES)]
        ended = [one.end() for one in running]
        count.faults += PROCESSES
        codes = sorted(one.code for one in ended)
        if set(codes) - {0, 1, 4} or not set(codes) & {0, 1}:
            told = [one.err[-300:] for one in ended if one.code not in (0, 1, 4)]
            count.breach(where, f"they ended with {codes}: {told}")
        check_at_once(house, count, where)
        house.run("ingest")
        check(house, count, where)
        count.rounds += 1
    check_by_command(house, count, "eight at once")
    count.dropped = len(house.dropped)
    return count


def eight_watchers(folder: Path, chance: random.Random, rounds: int) -> Count:
    """Eight `recert watch` on one inbox while files arrive; one after the other is killed or stopped."""
    count = Count()
    for number in range(rounds):
        where, house, press = f"eight watchers, round {number}", fresh(folder), Press(chance)
        running = [house.start("watch") for _ in range(PROCESSES)]
        for one in running:
            for _ in range(2):
                paper = press.certificate()
                house.drop(paper, f"{chance.getrandbits(40):x}.pdf")
                house.drop(paper, f"{chance.getrandbits(40):x}.pdf")
            time.sleep(chance.uniform(0, 0.4))
            one.kill(chance.choice((signal.SIGKILL, signal.SIGINT)))
            count.faults += 1
        for one in running:
            done = one.end()
            # Stopped before it had begun to listen, it ends as any program does.
            if done.code not in (-signal.SIGKILL, -signal.SIGINT, 0, 130):
                count.breach(where, f"a watcher ended with {done.code}: {done.err[-400:]}")
        check_at_once(house, count, where)
        if house.run("ingest").code not in (0, 1):
            count.breach(where, "the next run failed")
        check(house, count, where)
        count.rounds += 1
        count.dropped += len(house.dropped)
    return count


def twenty_copies(folder: Path, chance: random.Random, rounds: int) -> Count:
    """One file under twenty names; one that is recorded, one that waits for a person."""
    house, count, press = fresh(folder), Count(), Press(chance)
    for number in range(rounds):
        for fate in (Fate.RECORDED, Fate.REVIEW):
            paper = press.certificate(fate)
            for copy in range(COPIES):
                house.drop(paper, f"{number} {fate} copy {copy}.pdf")
        for _ in range(2):
            house.run("ingest")
        check(house, count, f"twenty copies, round {number}")
        count.rounds += 1
        count.faults += 2 * COPIES
    check_by_command(house, count, "twenty copies")
    count.dropped = len(house.dropped)
    return count


def scanned_again(folder: Path, chance: random.Random, rounds: int) -> Count:
    """One certificate in other bytes. With a code one is recorded, without one the second waits for a person; of two
    that wait, a person who accepts both is refused the second time (2: it is recorded; 10: it may be)."""
    house, count, press = fresh(folder), Count(), Press(chance)
    for number in range(rounds):
        where = f"scanned again, round {number}"
        coded, bare = press.certificate(), press.certificate(coded=False)
        stranger = press.certificate(Fate.REVIEW, coded=bool(number % 2))
        for name, paper in (("coded", coded), ("bare", bare), ("stranger", stranger)):
            house.drop(paper, f"{number} {name}.pdf")
        house.run("ingest")
        for scan in range(3):
            house.drop(press.scanned_again(coded), f"{number} coded scan {scan}.pdf")
        again = [press.scanned_again(bare), press.scanned_again(stranger)]
        for name, paper in zip(("bare", "stranger"), again, strict=True):
            house.drop(paper, f"{number} {name} scan.pdf")
        house.run("ingest")
        _accept_all(house, {stranger.sha256, again[1].sha256}, count, where)
        rows = house.run("items", "list", "--format", "jsonl").out.splitlines()
        known = Counter(str(json.loads(row)["course_name"]) for row in rows)
        if len(known) != 3 * (number + 1) or max(known.values()) > 1:
            count.breach(where, f"recorded: {dict(known)}")
            count.doubled += sum(known.values()) - len(known)
        check_at_once(house, count, where)
        count.rounds += 1
        count.faults += 4
    count.dropped = len(house.dropped)
    return count


def _accept_all(house: House, hashes: set[str], count: Count, where: str) -> None:
    """Accept whatever waits of these files; the first of each certificate is recorded, the others are refused."""
    with Ledger.open(settings_of(house).url) as ledger, ledger.reading() as connection:
        waiting = [row for row in Work(connection).reviews() if row.certificate.sha256 in hashes]
    codes = []
    for row in waiting:
        add = ("--add-person",) if row.number == waiting[0].number else ()
        codes.append(house.run("review", "accept", str(row.number), *add).code)
    if codes not in ([0, 2], [0, 10]):
        count.breach(where, f"accepting all ended with {codes}")


def one_name(folder: Path, chance: random.Random, rounds: int) -> Count:
    """A newcomer takes a name the moment that it is free, and people take files back that were not taken yet to put
    others there: every file that was left in the inbox is somewhere, whole."""
    count = Count()
    for number in range(rounds):
        where, house, press = f"one name, round {number}", fresh(folder), Press(chance)
        running = house.start("watch")
        target, beside, back = house.inbox / "scan.pdf", house.root / "scan.new", house.root / "scan.back"
        until = time.monotonic() + 4
        while time.monotonic() < until:
            paper = press.certificate()
            beside.write_bytes(paper.data)
            if chance.random() < 0.08:
                with suppress(FileNotFoundError):
                    target.rename(back)
                    taken = hash_file(back)
                    house.dropped[:] = [one for one in house.dropped if one[1].sha256 != taken]
                    count.faults += 1
            with suppress(FileExistsError):
                os.link(beside, target)
                house.remember(paper, target.name)
                count.faults += 1
            beside.unlink()
            time.sleep(chance.uniform(0.0, 0.06))
        running.kill(signal.SIGINT)
        running.end()
        house.run("ingest")
        check(house, count, where)
        count.rounds += 1
        count.dropped += len(house.dropped)
    return count


def slow_copy(folder: Path, chance: random.Random, rounds: int, seconds: float = 30) -> Count:
    """A file that grows for thirty seconds, and a scanner that writes half, closes, opens again and writes it all anew,
    under `recert watch`: only the whole is taken."""
    count = Count()
    for number in range(rounds):
        where = f"slow copy, round {number}"
        house, press = fresh(folder, settings={"RECERT_SETTLE_SECONDS": "2"}), Press(chance)
        running = house.start("watch")
        growing, scanned = press.certificate(), press.certificate()
        writers = [
            threading.Thread(target=_grow, args=(house.inbox / "growing.pdf", growing.data, seconds)),
            threading.Thread(target=_scan, args=(house.inbox / "scanned.pdf", scanned.data, seconds)),
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        house.remember(growing, "growing.pdf")
        house.remember(scanned, "scanned.pdf")
        until = time.monotonic() + 30
        while time.monotonic() < until and any(path.is_file() for path in house.inbox.iterdir()):
            time.sleep(0.2)
        time.sleep(0.5)
        running.kill(signal.SIGINT)
        running.end()
        house.run("ingest")
        check(house, count, where)
        count.rounds += 1
        count.faults += 2
        count.dropped += len(house.dropped)
    return count


def _grow(path: Path, data: bytes, seconds: float) -> None:
    steps = max(2, round(seconds / 0.5))
    with path.open("wb", buffering=0) as stream:
        for step in range(steps):
            stream.write(data[len(data) * step // steps : len(data) * (step + 1) // steps])
            time.sleep(seconds / steps)


def _scan(path: Path, data: bytes, seconds: float) -> None:
    for part in (data[: len(data) // 2], b"", data[: len(data) // 3], data):
        path.write_bytes(part)
        time.sleep(min(1.0, seconds / 6))
