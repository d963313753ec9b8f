"""How fast verdicts are: holders per second from memory, and whether the time is linear in the items.

Ratios in one run; nothing here passes or fails. Prints a table and writes benchmarks/out/rules.json.
"""

import datetime as dt
import json
import platform
import statistics
import time
from decimal import Decimal
from pathlib import Path

from rules.engine import evaluate
from rules.model import Holding, Item
from rules.program import shipped_programs

HOLDERS, ROUNDS = 2_000, 5
OUT = Path(__file__).parent / "out" / "rules.json"


def facts(items: int) -> tuple[tuple[Holding, ...], tuple[Item, ...]]:
    """Two holdings of the first shipped program's highest levels, and items spread over six years."""
    program = next(iter(shipped_programs().values()))
    earned = dt.date(2020, 6, 1)
    holdings = tuple(Holding(program.id, f"holding {level}", level, earned, earned) for level in program.levels()[:2])
    kind = next(iter(program.version_on(earned).kinds))
    days = [earned + dt.timedelta(days=1 + number * 2100 // items) for number in range(items)]
    return holdings, tuple(
        Item(f"item {number}", program.id, f"course {number}", kind, day, day, day, Decimal(12))
        for number, day in enumerate(days)
    )


def seconds(items: int) -> float:
    """Seconds for one holder with so many items, the median of several rounds."""
    holdings, rows = facts(items)
    programs, today = shipped_programs(), dt.date(2026, 11, 22)
    rounds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for _ in range(HOLDERS // ROUNDS):
            evaluate(rows, (), holdings, programs, today, today)
        rounds.append((time.perf_counter() - begun) / (HOLDERS // ROUNDS))
    return statistics.median(rounds)


def main() -> None:
    measured = {items: seconds(items) for items in (5, 10, 20, 40, 80)}
    print(f"{'items':>6} {'µs per holder':>14} {'µs per item':>12}")
    for items, taken in measured.items():
        print(f"{items:>6} {taken * 1e6:>14.0f} {taken * 1e6 / items:>12.1f}")
    result = {"machine": platform.platform(), "python": platform.python_version(), "seconds_per_holder": measured}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
