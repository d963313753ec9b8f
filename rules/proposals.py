"""Several ways to reach a goal with one pool: their choices as one stream, best first, each way opened in its turn.

A way's best choice can be told before its table is filled: needs that no piece has in common are reached apart from
each other, so their best weights add up. Ways share most of these parts, and each part is solved once.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules.cover import NOTHING, Cover, Needs, Order, Piece, Rank, Weight

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the pool, before it is known what it is worth to a way."""

    name: str
    group: str
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One way: for each need a column with the worth of every thing of the pool, and how much is needed."""

    columns: tuple[Needs, ...]
    needs: Needs

    @property
    def hopeless(self) -> bool:
        """Whether nothing in the pool gives anything to one of the needs."""
        return not all(any(column) for column in self.columns)


class Proposals:
    """Choices from one pool. `caps`: group -> how many of it may be taken."""

    def __init__(
        self, pool: Sequence[Thing], caps: Mapping[str, int], order: Order, budget: Decimal | None = None
    ) -> None:
        self._pool, self._caps, self._order, self._budget = pool, caps, order, budget
        self._parts: dict[Problem, Weight | None] = {}

    def ranked(self, problems: Iterable[Problem]) -> Iterator[Names]:
        """The choices of all problems, none better than the one before; one choice may come from several. Raises
        TooLarge."""
        queue: list[tuple[Rank, int, Names, Iterator[tuple[Rank, Names]] | None]] = []
        opened = [problem for problem in dict.fromkeys(problems) if not problem.hopeless]
        for number, problem in enumerate(opened):
            least = self._least(problem)
            if least is not None:
                queue.append((least.rank(self._order), number, (), None))
        heapq.heapify(queue)
        while queue:
            _, number, names, choices = heapq.heappop(queue)
            if choices is None:
                choices = self._cover(opened[number], self._budget).choices()
            else:
                yield names
            following = next(choices, None)
            if following is not None:
                heapq.heappush(queue, (following[0], number, following[1], choices))

    def _cover(self, problem: Problem, budget: Decimal | None) -> Cover:
        pieces = [
            Piece(thing.name, thing.group, worth, thing.price)
            for thing, worth in zip(self._pool, zip(*problem.columns, strict=True), strict=True)
        ]
        return Cover(pieces, problem.needs, self._caps, self._order, budget)

    def _least(self, problem: Problem) -> Weight | None:
        """The weight of a way's best choice, were there no budget; None where it has none."""
        whole = NOTHING
        for part in _apart(problem):
            if part not in self._parts:
                self._parts[part] = self._cover(part, None).best()
            best = self._parts[part]
            if best is None:
                return None
            whole = whole.plus(best)
        return whole


def _apart(problem: Problem) -> Iterator[Problem]:
    """A problem taken apart into those whose needs share no piece."""
    left = list(zip(problem.columns, problem.needs, strict=True))
    while left:
        part, left = [left[0]], left[1:]
        for column, need in list(left):
            if any(_share(column, other) for other, _ in part):
                part.append((column, need))
                left.remove((column, need))
        yield Problem(tuple(column for column, _ in part), tuple(need for _, need in part))


def _share(one: Needs, other: Needs) -> bool:
    return any(a and b for a, b in zip(one, other, strict=True))
