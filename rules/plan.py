"""What to do next: for each holding the shortest, the cheapest and the earliest set of things that renews it, the one
set that renews most of them, and on which day to finish so that no months are thrown away. Pure.

Every set that is shown was judged by the engine with the person's own facts. What is done already and waits for the
portal counts as earned; the plan says so.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product

from rules.catalogue import Catalogue
from rules.cover import Order
from rules.judge import Chosen, Judge, last_day
from rules.model import Verdict
from rules.options import options_of, steps_of
from rules.plan_model import Aim, Alignment, Budget, Gain, HoldingPlan, Plan, PlannedSet, Standing, Waits
from rules.plan_words import limits_of, why_none, without_doing
from rules.program import Program
from rules.search import Found, Search

MOST_TOGETHER = 8
"""Of more renewable holdings of one program, only sets that renew all, or all but one, are looked for."""


def plan(
    standing: Standing,
    programs: Mapping[str, Program],
    catalogue: Catalogue,
    as_of: dt.date,
    *,
    by: dt.date | None = None,
    budget: Budget | None = None,
) -> Plan:
    """The plan of one person from `as_of` on, with what can be done by `by` and costs no more than the budget.

    The order of holdings, items and offers never matters, but for offers with one title: the first counts.
    """
    planners = [
        _Planner(standing, programs[name], catalogue, as_of, by=by, budget=budget)
        for name in sorted({holding.program for holding in standing.holdings})
    ]
    found = [planned for planner in planners for planned in planner.holdings()]
    together = tuple(_together(planners, budget))
    searches = [planner.search for planner in planners]
    return Plan(
        as_of=as_of,
        by=by,
        budget=budget,
        holdings=tuple(found),
        together=together,
        alignments=tuple(line for planner in planners for line in planner.alignments()),
        limits=limits_of(found, budget, gave_up=any(search.gave_up for search in searches)),
    )


class _Planner:
    """One program of one person."""

    def __init__(
        self,
        standing: Standing,
        program: Program,
        catalogue: Catalogue,
        as_of: dt.date,
        *,
        by: dt.date | None,
        budget: Budget | None,
    ) -> None:
        self.program, self._as_of, self._by, self._budget = program, as_of, by, budget
        held = [holding for holding in standing.holdings if holding.program == program.id]
        self.judge = Judge(standing, program, as_of)
        self.search = Search(self.judge, options_of(program, held, catalogue, as_of), as_of, by)
        self._unsubmitted = [
            item
            for item in standing.items
            if item.program == program.id and item.status.waits and item.submitted_on is None
        ]
        self._earned = Judge(standing, program, as_of, trusting=False).undone(as_of)
        self._now = self.judge.undone(as_of)
        self._best: dict[bool, dict[int, Found]] = {}

    def holdings(self) -> Iterator[HoldingPlan]:
        """Each holding by itself, the one that ends first at the top."""
        for name, now in sorted(self._now.items(), key=lambda one: (one[1].expires_on or dt.date.max, one[0])):
            earned = self._earned[name]
            waits = self._waits(earned, now)
            open_to_all = name in self.search.renewable() and not (waits and waits.renews)
            sets = tuple(self._sets(frozenset({name}))) if open_to_all else ()
            yield HoldingPlan(
                program=self.program.id,
                holding=name,
                level=now.level,
                status=earned.status,
                suspends_on=earned.suspends_on,
                expires_on=earned.expires_on,
                finish_by=last_day(now, self.program) if open_to_all else None,
                missing=now.missing,
                waits=waits,
                if_nothing=without_doing(earned, self.program, self._as_of),
                sets=sets,
                note=None if sets else why_none(now, waits, searched=open_to_all),
            )

    def _waits(self, earned: Verdict, now: Verdict) -> Waits | None:
        """What waits for the portal, as far as it would count."""
        ids = {line.item for line in earned.counted}
        adds = {line.item: line.credits for line in now.counted if line.item not in ids}
        renews = now.anchor_on != earned.anchor_on
        if earned.expires_on is None or not (renews or any(adds.values())):
            return None
        version = self.program.version_on(self._as_of)
        days = [
            version.submit_by(item.completed_on, earned.expires_on)
            for item in self._unsubmitted
            if renews or item.id in adds
        ]
        whole = earned.waiting.credits if renews and earned.waiting else sum(adds.values(), Decimal(0))
        by = min((day for day in days if day >= self._as_of), default=None)
        return Waits(credits=whole, submit_by=by, renews=renews)

    def _sets(self, goal: frozenset[str]) -> Iterator[PlannedSet]:
        """The shortest, the cheapest in each currency, and the earliest set; equal ones are shown once."""
        amount, currencies = self._purse(goal)
        asked: list[tuple[Aim, Found | None]] = [
            (Aim.FEWEST, self.search.best(goal, Order.FEWEST, currency=currencies[0], budget=amount)),
            *(
                (Aim.CHEAPEST, self.search.best(goal, Order.CHEAPEST, currency=currency, budget=amount))
                for currency in currencies
            ),
            (Aim.EARLIEST, self.search.earliest(goal, currency=currencies[0], budget=amount)),
        ]
        shortest = asked[0][1]
        if shortest is not None and has_exam(shortest):
            spared = self.search.best(goal, Order.FEWEST, currency=currencies[0], budget=amount, exams=False)
            asked.insert(1, (Aim.FEWEST_WITHOUT_EXAM, spared))
        aims: dict[Chosen, list[Aim]] = {}
        proven: dict[Chosen, bool] = {}
        for aim, found in asked:
            if found is not None:
                aims.setdefault(found.chosen, []).append(aim)
                proven[found.chosen] = found.proven and proven.get(found.chosen, True)
        for chosen, reached in aims.items():
            yield self.shown(chosen, tuple(dict.fromkeys(reached)), proven=proven[chosen])

    def _purse(self, goal: frozenset[str]) -> tuple[Decimal | None, list[str | None]]:
        """How much may be spent, and in which currencies prices are compared."""
        if self._budget is None:
            return None, self.search.currencies(goal)
        return self._budget.amount, [self._budget.currency or self.search.currencies(goal)[0]]

    def shown(self, chosen: Chosen, aims: tuple[Aim, ...], *, proven: bool) -> PlannedSet:
        """A confirmed set with everything that it renews."""
        priced = [(option.currency or "", option.price) for option, _ in chosen if option.price]
        sums = {name: sum((price for of, price in priced if of == name), Decimal(0)) for name, _ in sorted(priced)}
        renewed = self.judge.renewed(chosen)
        return PlannedSet(
            aims=aims,
            steps=steps_of(chosen),
            price=sums,
            unpriced=sum(option.price is None for option, _ in chosen),
            finished_on=max(day for _, day in chosen),
            renewals=tuple(
                self.judge.renewal(verdict, self._finish_by(name, chosen)) for name, verdict in sorted(renewed.items())
            ),
            proven=proven,
        )

    def _finish_by(self, name: str, chosen: Chosen) -> dt.date:
        """The last day for the last step: the holding's own, or that of the last offer to end."""
        ends = [day for day in (last_day(self._now[name], self.program), self._by) if day is not None]
        closing = [option.last_day for option, _ in chosen]
        latest = [day for day in closing if day is not None]
        return min(ends + ([max(latest)] if len(latest) == len(closing) else []), default=dt.date.max)

    def most(self, *, exams: bool) -> dict[int, Found]:
        """How many holdings one set renews -> the best such set: with a budget the cheapest, else the shortest."""
        if exams not in self._best:
            self._best[exams] = {}
            goals = [n for n in self.search.renewable() if self._now[n].anchor_on == self._earned[n].anchor_on]
            least = 1 if len(goals) <= MOST_TOGETHER else len(goals) - 1
            for number in range(len(goals), least - 1, -1):
                found = self._best_of((frozenset(names) for names in combinations(goals, number)), exams=exams)
                if found is not None:
                    self._best[exams][number] = found
                    if self._budget is None:
                        break
        return self._best[exams]

    def _best_of(self, goals: Iterator[frozenset[str]], *, exams: bool) -> Found | None:
        order = Order.FEWEST if self._budget is None else Order.CHEAPEST
        ranked = []
        for goal in goals:
            amount, currencies = self._purse(goal)
            found = self.search.best(goal, order, currency=currencies[0], budget=amount, exams=exams)
            if found is not None:
                ranked.append((self._rank(found), sorted(goal), found))
        return min(ranked, key=lambda one: one[:2])[2] if ranked else None

    def _rank(self, found: Found) -> tuple[Decimal | int, ...]:
        price, count = price_of(found), len(found.chosen)
        return (count, price) if self._budget is None else (price, count)

    def alignments(self) -> Iterator[Alignment]:
        """For each of several holdings that one set renews: from which day on its last step costs that one nothing. A
        set without exams first: credits serve several holdings at once."""
        most = self.most(exams=False) or self.most(exams=True)
        chosen = most[max(most)].chosen if most else ()
        renewed = self.judge.renewed(chosen) if chosen else {}
        for name in sorted(renewed) if len(renewed) > 1 else ():
            ends = self._now[name].suspends_on or self._now[name].expires_on
            day = min(filter(None, (ends, last_day(self._now[name], self.program))), default=None)
            early = self.judge.renewal(renewed[name], day or self._as_of).lost_days
            if early and day is not None and day >= self._as_of and (self._by is None or day <= self._by):
                line = self._aligned(name, day, chosen, frozenset(renewed))
                if line is not None:
                    yield line

    def _aligned(self, name: str, day: dt.date, chosen: Chosen, goal: frozenset[str]) -> Alignment | None:
        """What all of them gain if the set is finished on a day: by its last step alone, or by every step."""
        movable = [option for option, first in chosen if first <= day and (option.last_day or day) >= day]
        others = [(option, first) for option, first in chosen if option not in movable]
        if not movable or any(first > day for _, first in others):
            return None
        last, rest = movable[-1], [(option, first) for option, first in chosen if option is not movable[-1]]
        for every, moved in ((False, (*rest, (last, day))), (True, (*others, *((option, day) for option in movable)))):
            after = self.judge.renewed(moved)
            if goal <= after.keys():
                gains = tuple(self._gain(after[holding]) for holding in sorted(goal))
                own = next(gain for gain in gains if gain.holding == name)
                if own.gained_months >= own.of_months:
                    return Alignment(
                        program=self.program.id, keeps=name, on_or_after=day, every_step=every, gains=gains
                    )
        return None

    def _gain(self, after: Verdict) -> Gain:
        told = self.judge.renewal(after, after.anchor_on or self._as_of)
        return Gain(
            holding=after.holding,
            gained_months=told.gained_months,
            of_months=told.of_months,
            suspends_on=after.suspends_on,
            expires_on=after.expires_on,
        )


def price_of(found: Found) -> Decimal:
    """The sum of the known prices of a set, in whatever currency they are."""
    return sum((option.price or Decimal(0) for option, _ in found.chosen), Decimal(0))


def has_exam(found: Found) -> bool:
    return any(option.exam for option, _ in found.chosen)


def _together(planners: Sequence[_Planner], budget: Budget | None) -> Iterator[PlannedSet]:
    """The set of steps that renews the most holdings of all programs, and the one without an exam where that differs;
    with a budget the cheapest within it, else the shortest."""
    most = _joined(planners, budget, Aim.MOST, exams=True)
    if most is not None:
        yield most
        if any(step.exam for step in most.steps):
            spared = _joined(planners, budget, Aim.MOST_WITHOUT_EXAM, exams=False)
            if spared is not None:
                yield spared


def _joined(planners: Sequence[_Planner], budget: Budget | None, aim: Aim, *, exams: bool) -> PlannedSet | None:
    choices = [[None, *planner.most(exams=exams).items()] for planner in planners]
    best: tuple[tuple[Decimal | int, ...], list[PlannedSet]] | None = None
    for picked in product(*choices):
        taken = [(planner, *one) for planner, one in zip(planners, picked, strict=True) if one is not None]
        price = sum((price_of(found) for _, _, found in taken), Decimal(0))
        if not taken or (budget is not None and price > budget.amount):
            continue
        rank = (-sum(number for _, number, _ in taken), price if budget else Decimal(0))
        if best is None or rank < best[0]:
            best = rank, [planner.shown(found.chosen, (aim,), proven=found.proven) for planner, _, found in taken]
    return _one_set(best[1], aim) if best is not None else None


def _one_set(sets: Sequence[PlannedSet], aim: Aim) -> PlannedSet:
    """Sets of several programs as one."""
    price: dict[str, Decimal] = {}
    for planned in sets:
        for currency, amount in planned.price.items():
            price[currency] = price.get(currency, Decimal(0)) + amount
    return PlannedSet(
        aims=(aim,),
        steps=tuple(step for planned in sets for step in planned.steps),
        price=price,
        unpriced=sum(planned.unpriced for planned in sets),
        finished_on=max(planned.finished_on for planned in sets),
        renewals=tuple(line for planned in sets for line in planned.renewals),
        proven=all(planned.proven for planned in sets),
    )
