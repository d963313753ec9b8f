"""The best set of options that renews what it should: proposed by `cover`, confirmed by the engine.

What a path lacks becomes needs (so many credits, so many exams of some kinds). `cover` proposes the sets that reach the
needs on paper, best first; on paper a set is never worth less than the engine may count it. So the first set that the
engine confirms is the best one there is, and where `cover` runs dry there is none.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from math import ceil, gcd
from typing import Literal, NamedTuple

from rules.cover import Needs, Order, TooLarge
from rules.folders import cycle_from
from rules.judge import Chosen, Judge, days_of, last_day
from rules.model import HoldingStatus, Verdict
from rules.options import Option
from rules.program import Path
from rules.proposals import Names, Problem, Proposals, Thing
from rules.titles import normalised
from rules.version import Cap

MOST_JUDGED = 400
"""So many proposals of one question are put before the engine; then the search gives up and says so."""
MOST_WAYS = 3000
_FINEST = 480
"""Needs are counted in at most so many units; finer ones are rounded in favour of the set, and the engine decides."""


class Need(NamedTuple):
    """One thing that a path of a holding asks for: credits or exams of any of these kinds (of all, if empty), credits
    of a year, an item of a kind, a course of a title. `or_its_own`: exams of the holding serve whatever their kind."""

    holding: str
    what: Literal["credits", "exam", "year", "fact", "course"]
    kinds: tuple[str, ...] = ()
    or_its_own: bool = False


Way = frozenset[tuple[Need, Decimal]]


@dataclass(frozen=True, slots=True)
class Found:
    """A set that the engine confirmed. `proven`: the search ended by itself, so none is better."""

    chosen: Chosen
    proven: bool


class Search:
    """Questions about one program's holdings. `gave_up` says that at least one of them was not searched to its end."""

    def __init__(self, judge: Judge, options: Sequence[Option], as_of: dt.date, by: dt.date | None) -> None:
        self._judge, self._options, self._as_of, self._by = judge, options, as_of, by
        self._serves = cache(judge.serves)
        self._pools: dict[frozenset[str], tuple[Option, ...]] = {}
        self.gave_up = False

    def renewable(self) -> tuple[str, ...]:
        """The holdings that can still be renewed, by name."""
        now = self._judge.undone(self._as_of).values()
        alive = (HoldingStatus.ACTIVE, HoldingStatus.SUSPENDED)
        return tuple(sorted(verdict.holding for verdict in now if verdict.status in alive and verdict.missing))

    def best(
        self,
        goal: frozenset[str],
        order: Order,
        *,
        currency: str | None,
        budget: Decimal | None = None,
        until: dt.date | None = None,
        exams: bool = True,
    ) -> Found | None:
        """The best set that renews every holding of the goal, with options that can be done by `until`, and without
        exams where they are not wanted; None where there is none, or none was found. `order` CHEAPEST and a budget take
        only options with a price in `currency`."""
        pool = [
            option
            for option in self._pool(goal)
            if (until is None or option.first_day <= until) and (exams or not option.exam)
        ]
        if order is Order.CHEAPEST:
            pool = [option for option in pool if option.price_in(currency) is not None]
        named = {option.name: option for option in pool}
        tried: set[tuple[str, ...]] = set()
        try:
            for names in self._proposed(goal, pool, order, currency, budget):
                if len(tried) >= MOST_JUDGED:
                    self.gave_up = True
                    return None
                chosen = days_of(named[name] for name in names)
                if names not in tried and chosen and goal <= self._judge.renewed(chosen).keys():
                    return Found(chosen, proven=True)
                tried.add(names)
        except TooLarge:
            self.gave_up = True
        return None

    def earliest(self, goal: frozenset[str], *, currency: str | None, budget: Decimal | None) -> Found | None:
        """The shortest of the sets that renew on the first day on which any does."""
        for day in sorted({option.first_day for option in self._pool(goal)}):
            found = self.best(goal, Order.FEWEST, currency=currency, budget=budget, until=day)
            if found is not None:
                return found
        return None

    def currencies(self, goal: frozenset[str]) -> list[str | None]:
        """The currencies in which something useful has a price, the commonest first; [None] where all of it is free."""
        priced = [option.currency for option in self._pool(goal) if option.price and option.currency]
        ranked: list[str | None] = [*sorted(set(priced), key=lambda name: (-priced.count(name), name))]
        return ranked or [None]

    def _pool(self, goal: frozenset[str]) -> tuple[Option, ...]:
        """The options that bring a holding of the goal, or one that renews it as well, nearer to its renewal."""
        if goal not in self._pools:
            sources = sorted({source for name in goal for source in self._sources(name)})
            opened = (self._from_window(self._from_cycle(option, goal), goal) for option in self._options)
            self._pools[goal] = tuple(
                option
                for option in opened
                if (self._by is None or option.first_day <= self._by)
                and (option.last_day is None or option.first_day <= option.last_day)
                and any(self._serves(option, source) for source in sources)
            )
        return self._pools[goal]

    def _from_cycle(self, option: Option, goal: frozenset[str]) -> Option:
        """What was renewed already opens its next cycle later: until then nothing counts for it."""
        now, program = self._judge.undone(self._as_of), self._judge.program
        opens = [cycle_from(now[name], self._judge.held[name], program) for name in goal]
        return replace(option, first_day=max(option.first_day, *filter(None, opens))) if any(opens) else option

    def _from_window(self, option: Option, goal: frozenset[str]) -> Option:
        """An exam not before the window in which it counts."""
        if not option.exam:
            return option
        rules, now = self._judge.program.version_on(self._as_of).exam, self._judge.undone(self._as_of)
        names = {option.holding} & now.keys() or goal
        opens = [rules.opens_on(v.suspends_on, v.expires_on) for n, v in now.items() if n in names and v.expires_on]
        return replace(option, first_day=max(option.first_day, *opens)) if opens else option

    def _sources(self, name: str) -> list[str]:
        """The holdings whose renewal renews this one: itself, and by cascade those of its level and above."""
        version, now = self._judge.program.version_on(self._as_of), self._judge.undone(self._as_of)
        levels = {holding: version.levels[v.level] for holding, v in now.items() if v.level in version.levels}
        rank = {holding: level.rank for holding, level in levels.items() if level.in_cascade}
        if version.cascade == "none" or name not in rank:
            return [name]
        least = rank[name] + (version.cascade == "below")
        return [other for other in self.renewable() if other == name or rank.get(other, 0) >= least]

    def _ways(self, goal: frozenset[str]) -> list[Way]:
        """Every combination of needs that renews the whole goal on paper, but for those that ask for more than another
        does."""
        combined: list[Way] = [frozenset()]
        for name in sorted(goal):
            mine = {way for source in self._sources(name) for way in self._paths(source)}
            combined = _least({_joined((one, way)) for one in combined for way in mine})
            if len(combined) > MOST_WAYS:
                raise TooLarge
        return combined

    def _paths(self, name: str) -> Iterator[Way]:
        """What each path of a holding lacks."""
        verdict = self._judge.undone(self._as_of)[name]
        for path in paths_of(self._judge, verdict, self._as_of):
            lacks = verdict.missing.get(path.id, {})
            if lacks:
                yield frozenset((_need(key, path, name), Decimal(amount)) for key, amount in lacks.items())

    def _proposed(
        self,
        goal: frozenset[str],
        pool: Sequence[Option],
        order: Order,
        currency: str | None,
        budget: Decimal | None,
    ) -> Iterator[Names]:
        """The names of sets that renew the goal on paper, best first."""
        caps = dict(enumerate(self._judge.program.version_on(self._as_of).caps))
        things = [Thing(option.name, _group(option, caps), option.price_in(currency)) for option in pool]
        allowed = {f"cap {number}": self._allowed(cap, pool) for number, cap in caps.items()}
        worths = cache(lambda need: tuple(self._worth(option, need) for option in pool))

        def problem(way: Way) -> Problem:
            columns: dict[Needs, int] = {}
            for need, amount in sorted(way):
                units, lacking = _in_units(worths(need), amount)
                columns[units] = max(lacking, columns.get(units, 0))
            return Problem(tuple(columns), tuple(columns.values()))

        return Proposals(things, allowed, order, budget).ranked(problem(way) for way in self._ways(goal))

    def _worth(self, option: Option, need: Need) -> Decimal:
        """What an option gives to a need, at most."""
        if not self._serves(option, need.holding):
            return Decimal(0)
        of_kind = not need.kinds or option.kind in need.kinds
        match need.what:
            case "exam":
                own = need.or_its_own and option.holding == need.holding
                return Decimal(option.exam and (of_kind or own))
            case "fact":
                return Decimal(not option.exam and of_kind)
            case "course":
                return Decimal(not option.exam and normalised(option.course) in need.kinds)
            case "year":
                return option.credits if option.first_day.isoformat().startswith(need.kinds) else Decimal(0)
        points = self._judge.program.version_on(option.first_day).exam.points.get(option.kind or "", Decimal(0))
        return (points if option.exam else option.credits) if of_kind else Decimal(0)

    def _allowed(self, cap: Cap, pool: Sequence[Option]) -> int:
        """How many options under a cap can be of use: never fewer than the engine may count."""
        mine = [option for option in pool if option.kind in cap.kinds and not option.exam]
        periods = 1 if cap.period == "cycle" else len({option.first_day.year for option in mine}) or 1
        items, most = self._judge.items(), len(mine)
        if cap.max_uses is not None:
            used = [
                sum(1 for line in verdict.counted if line.item in items and items[line.item].kind in cap.kinds)
                for verdict in self._judge.undone(self._as_of).values()
            ]
            most = min(most, max(0, cap.max_uses - min(used, default=0)) if cap.period == "cycle" else most)
            most = min(most, cap.max_uses * periods)
        if cap.max_credits is not None and mine:
            least = min(option.credits for option in mine)
            most = min(most, ceil(cap.max_credits / least) * periods) if least else most
        return most


def paths_of(judge: Judge, verdict: Verdict, as_of: dt.date) -> tuple[Path, ...]:
    """The paths of a holding's running cycle."""
    level = judge.program.level_on(verdict.level, min(as_of, last_day(verdict, judge.program) or as_of))
    return level.paths if level else ()


def _need(key: str, path: Path, name: str) -> Need:
    """One key of a verdict's `missing` as a need. What is not of the path itself is a minimum of a year."""
    what, _, rest = key.partition(":")
    if what == "exam":
        exam = next(need for need in path.exams if need.key == key)
        return Need(name, "exam", exam.kinds, exam.or_its_own)
    if what == "fact":
        return Need(name, "fact", (rest,))
    if what in ("course", "courses"):
        return Need(name, "course", (normalised(rest),))
    minimum = next((part for part in path.minimums if part.key == key), None)
    if minimum is not None:
        return Need(name, "credits", minimum.kinds)
    return Need(name, "year", (rest,)) if rest else Need(name, "credits")


def _group(option: Option, caps: Mapping[int, Cap]) -> str:
    if option.exam:
        return f"exam {option.kind or ''} {option.holding or ''}"
    number = next((number for number, cap in caps.items() if option.kind in cap.kinds), None)
    return f"kind {option.kind}" if number is None else f"cap {number}"


def _in_units(worths: Sequence[Decimal], amount: Decimal) -> tuple[Needs, int]:
    """Worths and what lacks as whole numbers of the largest unit that divides every worth, or of a coarser one: then
    worths are rounded up."""
    given = [worth for worth in worths if worth]
    if not given:
        return (0,) * len(worths), ceil(amount)
    step = min(Decimal(1), *(Decimal(1).scaleb(int(worth.normalize().as_tuple().exponent)) for worth in given))
    unit = max(step * gcd(*(int(worth / step) for worth in given)), amount / _FINEST)
    return tuple(ceil(worth / unit) for worth in worths), ceil(amount / unit)


def _joined(ways: Iterable[Way]) -> Way:
    """What several ways ask for together: the same credits and exams serve all of them."""
    needs: dict[Need, Decimal] = {}
    for way in ways:
        for need, amount in way:
            needs[need] = max(amount, needs.get(need, amount))
    return frozenset(needs.items())


def _least(ways: set[Way]) -> list[Way]:
    """The ways that do not ask for all that another asks for, and more."""
    return [way for way in sorted(ways, key=sorted) if not any(_covers(other, way) for other in ways)]


def _covers(less: Way, more: Way) -> bool:
    """Whether a way asks for nothing that another does not ask for as well, and for less in all."""
    amounts = dict(more)
    return less != more and all(need in amounts and amount <= amounts[need] for need, amount in less)
