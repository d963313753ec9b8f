"""Which pieces together reach what is needed, the best choice first, one after the other without end.

This is the covering side of the knapsack problem with several needs, solved exactly: a table says for every place in
the pool, and for everything that may still lack there, how cheaply the rest can reach it, so the search only ever walks
towards choices that exist. It knows no rules: the planner lets the engine judge each choice and takes the first that
the engine confirms.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

Needs = tuple[int, ...]
State = tuple[int, Needs]
Rank = tuple[Decimal | int, ...]

MOST_STATES = 400_000
"""A table larger than this is not filled: some hundred megabytes and ten seconds."""


class Order(StrEnum):
    """What makes one choice better than another. Of equal ones `FEWEST` takes the cheaper, `CHEAPEST` the shorter."""

    FEWEST = "fewest"
    CHEAPEST = "cheapest"


class TooLarge(Exception):
    """The pool and the needs have too many combinations for an exact search."""


class Weight(NamedTuple):
    """What a choice asks for: how many pieces, how many of them without a known price, and the sum of the others."""

    number: int
    unpriced: int
    price: Decimal

    def plus(self, other: "Weight") -> "Weight":
        return Weight(self.number + other.number, self.unpriced + other.unpriced, self.price + other.price)

    def rank(self, order: Order) -> Rank:
        if order is Order.FEWEST:
            return (self.number, self.unpriced, self.price)
        return (self.unpriced, self.price, self.number)


NOTHING = Weight(0, 0, Decimal(0))


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that can be taken once. `worth` is what it gives to each of the needs, in whole units, never less than
    it may really give; a cap may allow only so many of a `group`."""

    name: str
    group: str
    worth: Needs
    price: Decimal | None

    @property
    def weight(self) -> Weight:
        return Weight(1, 1, Decimal(0)) if self.price is None else Weight(1, 0, self.price)


class Cover:
    """Choices from `pool` that reach all `needs`, best first.

    `caps`: group -> how many of it may be taken. With a `budget` no choice costs more, and none has a piece without a
    price. The order of the pool never matters. Raises TooLarge.
    """

    def __init__(
        self,
        pool: Sequence[Piece],
        needs: Needs,
        caps: Mapping[str, int],
        order: Order,
        budget: Decimal | None = None,
    ) -> None:
        self._order, self._budget, self._caps, self._needs = order, budget, caps, needs
        allowed = [piece for piece in pool if piece.price is not None] if budget is not None else pool
        self._pool = tuple(_useful(allowed, needs, caps, order))
        self._table = self._filled(self._reachable())

    def best(self) -> Weight | None:
        """The weight of the best choice; None where there is none."""
        found = self._table[0].get((0, self._needs), ()) if any(self._needs) else (NOTHING,)
        return min((weight for weight in found if self._affordable(weight)), key=self._rank, default=None)

    def choices(self) -> Iterator[tuple[Rank, tuple[str, ...]]]:
        """Every choice with its rank and its names, none better than the one before. After those that just reach the
        needs come those with more in them, for whoever refuses the first."""
        heap: list[tuple[Rank, tuple[int, ...], int, State, Weight]] = []

        def push(chosen: tuple[int, ...], place: int, state: State, weight: Weight) -> None:
            rest = self._table[place].get(state, ()) if any(state[1]) else (NOTHING,)
            reach = self._reach(weight, rest)
            if reach is not None:
                heapq.heappush(heap, (reach, chosen, place, state, weight))

        push((), 0, (0, self._needs), NOTHING)
        while heap:
            rank, chosen, place, state, weight = heapq.heappop(heap)
            if any(state[1]):
                push(chosen, place + 1, self._skipped(place, state), weight)
                taken = self._taken(place, state)
                if taken is not None:
                    push((*chosen, place), place + 1, taken, weight.plus(self._pool[place].weight))
                continue
            yield rank, tuple(sorted(self._pool[index].name for index in chosen))
            for more in range(place, len(self._pool)):
                taken = self._taken(more, state)
                if taken is not None:
                    push((*chosen, more), more + 1, taken, weight.plus(self._pool[more].weight))
                state = self._skipped(more, state)

    def _rank(self, weight: Weight) -> Rank:
        return weight.rank(self._order)

    def _reach(self, weight: Weight, rest: tuple[Weight, ...]) -> Rank | None:
        """How good the best choice through here becomes, None where none is left within the budget."""
        whole = [weight.plus(more) for more in rest]
        return min((one.rank(self._order) for one in whole if self._affordable(one)), default=None)

    def _affordable(self, weight: Weight) -> bool:
        return self._budget is None or weight.price <= self._budget

    def _skipped(self, place: int, state: State) -> State:
        return self._after(place, state[0]), state[1]

    def _taken(self, place: int, state: State) -> State | None:
        """Where taking a piece leads; None where its cap is reached."""
        used, left = state
        piece = self._pool[place]
        if used >= self._caps.get(piece.group, len(self._pool)):
            return None
        rest = tuple(max(0, need - worth) for need, worth in zip(left, piece.worth, strict=True))
        return self._after(place, used + 1), rest

    def _after(self, place: int, used: int) -> int:
        """How many of the next piece's group are taken: groups lie together, and only capped ones are counted."""
        group = self._pool[place].group
        following = self._pool[place + 1].group if place + 1 < len(self._pool) else None
        return used if group == following and group in self._caps else 0

    def _reachable(self) -> list[dict[State, tuple[State, State | None]]]:
        """Every state that can occur at each place, and where skipping or taking its piece leads."""
        places: list[dict[State, tuple[State, State | None]]] = []
        states: set[State] = {(0, self._needs)}
        total = 0
        for place in range(len(self._pool)):
            steps = {
                state: (self._skipped(place, state), self._taken(place, state)) for state in states if any(state[1])
            }
            places.append(steps)
            states = {following for step in steps.values() for following in step if following is not None}
            total += len(states)
            if total > MOST_STATES:
                raise TooLarge
        return places

    def _filled(self, places: list[dict[State, tuple[State, State | None]]]) -> list[dict[State, tuple[Weight, ...]]]:
        """At each place: state -> what the rest of the pool asks for at best; not there = out of reach, or reached.
        Without a budget one best weight is enough; with one, every weight that is not worse in both number and price.
        """
        table: list[dict[State, tuple[Weight, ...]]] = [{} for _ in range(len(places) + 1)]
        for place in range(len(places) - 1, -1, -1):
            weight, after, here = self._pool[place].weight, table[place + 1], table[place]
            for state, (skipped, taken) in places[place].items():
                take: tuple[Weight, ...] = ()
                if taken is not None:
                    rest = after.get(taken, ()) if any(taken[1]) else (NOTHING,)
                    take = tuple(more.plus(weight) for more in rest)
                best = self._best(after.get(skipped, ()), take)
                if best:
                    here[state] = best
        return table

    def _best(self, one: tuple[Weight, ...], other: tuple[Weight, ...]) -> tuple[Weight, ...]:
        if not one or not other:
            one = one or other
            return one if self._budget is None else tuple(weight for weight in one if self._affordable(weight))
        if self._budget is None:
            return (min((*one, *other), key=self._rank),)
        kept: list[Weight] = []
        for weight in sorted({*one, *other}, key=lambda weight: (weight.number, weight.price)):
            if self._affordable(weight) and (not kept or weight.price < kept[-1].price):
                kept.append(weight)
        return tuple(kept)


def _useful(pool: Sequence[Piece], needs: Needs, caps: Mapping[str, int], order: Order) -> Iterator[Piece]:
    """The pool by group, without pieces that a better one of the same group and worth always stands in for: of each
    worth no more are ever taken than reach everything. Of equal choices the one with earlier pieces comes first, so
    what no cap limits goes before what one does."""
    ranked = sorted(pool, key=lambda one: (one.group in caps, one.group, one.worth, one.weight.rank(order), one.name))
    for (_, worth), alike in groupby(ranked, key=lambda piece: (piece.group, piece.worth)):
        enough = max((-(-need // gives) for need, gives in zip(needs, worth, strict=True) if gives), default=0)
        yield from list(alike)[:enough]
