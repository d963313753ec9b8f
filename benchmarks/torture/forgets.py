"""`recert forget` killed at any moment: said again it ends, the person is gone, and everybody else is as before."""

import random
import time
from pathlib import Path

from benchmarks.torture.house import fresh
from benchmarks.torture.papers import HOLDER, Fate, Press
from benchmarks.torture.promises import Count, check_leftovers, lying

_LONGEST = 1.6


def forgotten(folder: Path, chance: random.Random, rounds: int) -> Count:
    """One house a round: there is no way back."""
    count = Count()
    for number in range(rounds):
        where, house, press = f"forget, round {number}", fresh(folder), Press(chance)
        mine = [press.certificate() for _ in range(3)]
        other = press.certificate(Fate.REVIEW)
        for place, paper in enumerate((*mine, mine[0], other)):
            house.drop(paper, f"{place}.pdf")
        house.run("ingest")
        running = house.start("forget", HOLDER, "--yes", marked=True)
        if number % 3 == 0:
            time.sleep(chance.uniform(0.3, _LONGEST))
        elif running.wait_for("forgetting", 1, 60):
            time.sleep(chance.uniform(0, 0.15))
        running.kill()
        ended = running.end()
        count.faults += ended.code == -9
        count.phases[(running.phases or ["starting"])[-1] if ended.code == -9 else "after its end"] += 1
        again = house.run("forget", HOLDER, "--yes")
        if again.code not in (0, 1) and not (again.code == 2 and "Nobody on the roster" in again.err):
            count.breach(where, f"forgetting again ended with {again.code}: {again.err[-400:]}")
        if house.run("ingest").code not in (0, 1):
            count.breach(where, "the next run failed")
        there = lying(house)
        if any(there[paper.sha256] for paper in mine):
            count.breach(where, "a file of the forgotten person is still there")
        if there[other.sha256] != 1:
            count.lost += there[other.sha256] == 0
            count.breach(where, f"somebody else's file lies in {there[other.sha256]} places")
        said = "".join(
            house.run(*words).out for words in (("documents", "list"), ("items", "list"), ("roster", "list"))
        )
        if HOLDER in said or any(paper.certificate in said for paper in mine):
            count.breach(where, "the forgotten person is still shown")
        if house.run("ledger", "verify").code != 0:
            count.breach(where, "the ledger is not sound")
        check_leftovers(house, count, where)
        count.rounds += 1
        count.dropped += len(house.dropped)
    return count
