"""`make torture`: kills, races, full disks and hostile names against real commands; counts what was lost or doubled.

Ends with 1 where a promise was broken, with 3 where time ran out before all rounds were done, else with 0.
"""

import argparse
import json
import os
import platform
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.torture import faults, forgets, kills, names, races
from benchmarks.torture.promises import Count

OUT = Path(__file__).resolve().parents[1] / "out"
Part = Callable[[Path, float], Count]
"""Takes a folder for its houses, and until when it may begin something (`time.monotonic`)."""


@dataclass(frozen=True, slots=True)
class Job:
    """Some rounds of one kind, in houses of their own."""

    kind: str
    rounds: int
    work: Part


# kind -> the work and how many rounds of it go with two hundred kills
KINDS: dict[str, tuple[Callable[[Path, random.Random, int], Count], int]] = {
    "slow copy, 30 s": (races.slow_copy, 1),
    "eight at once": (races.eight_at_once, 4),
    "eight watchers": (races.eight_watchers, 2),
    "twenty copies": (races.twenty_copies, 1),
    "scanned again": (races.scanned_again, 2),
    "one name": (races.one_name, 2),
    "hostile names": (names.names, 1),
    "clock goes back": (faults.clock_back, 4),
    "home full": (faults.full_home, 9),
    "share full": (faults.full_share, 6),
    "read-only": (faults.read_only, 1),
    "EBUSY, EPERM": (faults.busy, 2),
    "EACCES": (faults.closed, 2),
    "asleep": (faults.asleep, 2),
    "forget killed": (forgets.forgotten, 8),
}


def jobs(rounds: int, seed: int) -> list[Job]:
    """Everything to be done, the long ones first."""
    found = []
    for kind, (work, times) in KINDS.items():
        count = max(1, times * rounds // 200)
        found.append(Job(kind, count, partial(_with_chance, work, f"{seed}-{kind}", count)))
    for name, chosen in kills.chunks(rounds, seed):
        kind = "kill -9, real reader" if chosen[0].real else "kill -9"
        found.append(Job(kind, len(chosen), partial(_killing, chosen, name)))
    return found


def _with_chance(
    work: Callable[[Path, random.Random, int], Count], seed: str, rounds: int, folder: Path, _: float
) -> Count:
    return work(folder, random.Random(seed), rounds)


def _killing(chosen: list[kills.Kill], name: str, folder: Path, until: float) -> Count:
    return kills.torture(folder, chosen, name, until)


def main(arguments: list[str]) -> int:
    # A shell that starts us in the background has us and our children ignore it; a round that sends it means it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser(prog="torture", description="Torture recert and count what was lost or doubled.")
    parser.add_argument("--rounds", type=int, default=200, help="how often to kill (default 200; others in proportion)")
    parser.add_argument("--seconds", type=float, default=1800, help="begin nothing new after so long (default 1800)")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn (default 1)")
    parser.add_argument("--lanes", type=int, default=os.cpu_count() or 1, help="houses at once (default: processors)")
    parser.add_argument("--only", help="only the kinds whose name holds this word")
    parser.add_argument("--keep", action="store_true", help="keep the houses, to look at what broke")
    given = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="recert-torture-"))
    begun = time.monotonic()
    try:
        todo = [job for job in jobs(given.rounds, given.seed) if (given.only or "") in job.kind]
        counts, absent, left = _all(todo, folder, begun + given.seconds, given.lanes)
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)
    return _report(counts, absent, left, time.monotonic() - begun, given.seed)


def _all(todo: list[Job], folder: Path, until: float, lanes: int) -> tuple[dict[str, Count], dict[str, str], int]:
    """What each kind came to, what is not possible here and why, and how many rounds there was no time for."""
    counts: dict[str, Count] = {job.kind: Count() for job in todo}
    absent: dict[str, str] = {}
    left = 0

    def one(job: Job) -> Count | str:
        if time.monotonic() > until:
            return Count()
        try:
            result = job.work(folder, until)
        except faults.NotHere as told:
            return str(told)
        print(f"{job.kind}: {result.rounds} rounds, {len(result.broken)} broken", file=sys.stderr, flush=True)
        return result

    with ThreadPoolExecutor(lanes) as pool:
        for job, result in zip(todo, pool.map(one, todo), strict=True):
            if isinstance(result, str):
                absent[job.kind] = result
            else:
                counts[job.kind].add(result)
                left += job.rounds - result.rounds
    return counts, absent, left


def _report(counts: dict[str, Count], absent: dict[str, str], left: int, seconds: float, seed: int) -> int:
    total, phases = Count(), Counter[str]()
    print(f"\n{'kind':<24}{'rounds':>8}{'faults':>8}{'dropped':>9}{'lost':>6}{'doubled':>9}{'broken':>8}")
    for kind, count in counts.items():
        if kind in absent:
            print(f"{kind:<24}not possible here: {absent[kind]}")
            continue
        total.add(count)
        phases += count.phases
        _row(kind, count)
    _row("together", total)
    print("\nwhere the kill met it: " + ", ".join(f"{phase} {times}" for phase, times in phases.most_common()))
    for told in total.broken:
        print(f"BROKEN  {told}")
    if left:
        print(f"{left} rounds were not begun: out of time; give more --seconds")
    print(f"{seconds:.0f} s, seed {seed}")
    OUT.mkdir(exist_ok=True)
    summary = {
        "machine": {"platform": platform.platform(), "processors": os.cpu_count(), "python": platform.python_version()},
        "seed": seed,
        "seconds": round(seconds),
        "kinds": {kind: _numbers(count) for kind, count in counts.items() if kind not in absent},
        "together": _numbers(total),
        "phases": dict(phases),
        "not_possible_here": absent,
        "not_begun": left,
        "broken": total.broken,
    }
    (OUT / "torture.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if total.broken else 3 if left else 0


def _row(kind: str, count: Count) -> None:
    numbers = _numbers(count)
    print(
        f"{kind:<24}{numbers['rounds']:>8}{numbers['faults']:>8}{numbers['dropped']:>9}{numbers['lost']:>6}"
        f"{numbers['doubled']:>9}{numbers['broken']:>8}"
    )


def _numbers(count: Count) -> dict[str, int]:
    return {
        "rounds": count.rounds,
        "faults": count.faults,
        "dropped": count.dropped,
        "lost": count.lost,
        "doubled": count.doubled,
        "broken": len(count.broken),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
