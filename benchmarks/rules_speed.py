"""How fast verdicts are, on one core, from memory: many holders, one holder, and whether time is linear in the items.

Numbers of this machine; nothing here passes or fails. Prints a table and writes benchmarks/out/rules.json.
"""

import datetime as dt
import gc
import json
import platform
import random
import statistics
import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

from rules.engine import evaluate
from rules.model import Exam, Holding, Item
from rules.program import Program, shipped_programs

HOLDERS, ITEMS, ROUNDS = 100_000, 10, 5
TODAY = dt.date(2026, 11, 22)
OUT = Path(__file__).parent / "out" / "rules.json"
Facts = tuple[tuple[Item, ...], tuple[Exam, ...], tuple[Holding, ...]]


def holders(items: int, seed: int = 4) -> Iterator[Facts]:
    """Holders of every shipped program in turn: one or two certifications, `items` activities over five years, and a
    passed exam for every third."""
    programs = [program for program in shipped_programs().values() if program.versions[-1].kinds]
    draw = random.Random(seed)
    while True:
        for program in programs:
            yield _facts(program, items, draw)


def _facts(program: Program, items: int, draw: random.Random) -> Facts:
    earned = dt.date(2020, 6, 1) + dt.timedelta(days=draw.randrange(1500))
    version = program.version_on(earned)
    levels = draw.sample(program.levels(), min(len(program.levels()), draw.choice((1, 2))))
    held = tuple(Holding(program.id, f"holding {level}", level, earned, earned) for level in levels)
    kinds = [*version.kinds]
    days = [earned + dt.timedelta(days=1 + draw.randrange(1900)) for _ in range(items)]
    done = tuple(
        Item(f"item {n}", program.id, f"course {n}", draw.choice(kinds), on, on, on, Decimal(draw.choice((8, 12, 24))))
        for n, on in enumerate(days)
    )
    kind = draw.choice(version.exam.kinds or (None,))
    passed = earned + dt.timedelta(days=draw.randrange(1000))
    exams = (Exam(program.id, passed, passed, kind, "1", held[0].name),) if draw.randrange(3) == 0 else ()
    return done, exams, held


def everybody() -> dict[str, float]:
    """All holders once, built before the clock starts; each verdict is made whole and dropped."""
    people = list(islice(holders(ITEMS), HOLDERS))
    gc.freeze()
    begun, verdicts = time.process_time(), 0
    for items, exams, held in people:
        verdicts += len(evaluate(items, exams, held, shipped_programs(), TODAY, TODAY))
    taken = time.process_time() - begun
    gc.unfreeze()
    return {"holders": HOLDERS, "items": HOLDERS * ITEMS, "verdicts": verdicts, "seconds": taken}


def one(items: int) -> float:
    """Seconds for one holder with so many items: the median of several rounds over the same people."""
    people = list(islice(holders(items), max(10, 4000 // items)))
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for rows, exams, held in people:
            evaluate(rows, exams, held, shipped_programs(), TODAY, TODAY)
        rounds.append((time.process_time() - begun) / len(people))
    return statistics.median(rounds)


def main() -> None:
    measured = {items: one(items) for items in (5, 10, 20, 40, 80, 160, 320)}
    print(f"{'items':>6} {'µs per holder':>14} {'µs per item':>12}")
    for items, taken in measured.items():
        print(f"{items:>6} {taken * 1e6:>14.0f} {taken * 1e6 / items:>12.1f}")
    everyone = everybody()
    print(f"{HOLDERS} holders with {HOLDERS * ITEMS} items: {everyone['seconds']:.1f} s on one core")
    result = {
        "machine": platform.platform(),
        "python": platform.python_version(),
        "seconds_per_holder": measured,
        "everybody": everyone,
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
