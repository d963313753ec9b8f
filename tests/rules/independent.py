"""A second evaluator, written from the facts in another style: tables in code, no walk, all recomputed each time.

It asks again and again "which is the first day on which anybody renews?" by trying every day with all facts from
scratch, until nobody does. Slow and plain on purpose; it shares no code with the engine but the row types.
"""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from rules.model import Exam, Holding, Item

DAY = dt.timedelta(days=1)
ANY = ("associate", "concentration", "core", "expert")
TABLE = {
    ("cisco", "associate"): (1, [("ce_only", 30, []), ("exam_any", 0, [(ANY, 1)])]),
    ("cisco", "specialist"): (2, [("ce_only", 40, []), ("exam_prof", 0, [(ANY[1:], 1)])]),
    ("cisco", "professional"): (
        3,
        [
            ("ce_only", 80, []),
            ("ce40_prof1", 40, [(("concentration",), 1)]),
            ("exam_core1", 0, [(("core", "expert"), 1)]),
            ("exam_prof2", 0, [(("concentration",), 2)]),
        ],
    ),
    ("cisco", "expert"): (
        4,
        [
            ("ce_only", 120, []),
            ("ce40_core1", 40, [(("core",), 1)]),
            ("ce40_prof2", 40, [(("concentration",), 2)]),
            ("ce80_prof1", 80, [(("concentration",), 1)]),
            ("exam_lab", 0, [(("expert",), 1)]),
            ("exam_prof3", 0, [(("concentration",), 3)]),
            ("exam_core1prof1", 0, [(("core",), 1), (("concentration",), 1)]),
        ],
    ),
    ("atlassian", "aca"): (1, [("ce", 50, []), ("exam", 0, [(None, 1)])]),
    ("atlassian", "acp"): (2, [("ce", 100, []), ("exam", 0, [(None, 1)])]),
}
VALUES = {"course": 10, "local_event": 10, "global_event": 30}
CAPS = {"local_event": 4, "global_event": 1}


class Cycle(NamedTuple):
    """`first` is the first day that counts."""

    first: dt.date
    suspends: dt.date | None
    expires: dt.date
    anchor: dt.date | None
    path: str | None
    previous: tuple[dt.date | None, dt.date | None]


class Line(NamedTuple):
    item: Item
    credits: Decimal


def later(day: dt.date, months: int) -> dt.date:
    """Calendar months, one after the other month by month, then the day or the month's last one."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
    for number in range(day.day, 0, -1):
        try:
            return dt.date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def periods(program: str, anchor: dt.date) -> tuple[dt.date | None, dt.date]:
    if program == "cisco":
        return None, later(anchor, 36)
    suspends = later(anchor, 24)
    return suspends, later(suspends, 3)


def dead(program: str, day: dt.date, expires: dt.date) -> bool:
    return day > expires if program == "cisco" else day >= expires


def reason(
    item: Item, holding: Holding, cycle: Cycle, *, as_of: dt.date, known_at: dt.date, waiting: bool
) -> str | None:
    """Why an item can never count in this cycle, looked at alone."""
    day, entered = item.completed_on, item.submitted_on
    good = {"earned", "draft", "submitted", "pending"} if waiting else {"earned"}
    checks = [
        ("unknown_then", item.recorded_on > known_at),
        ("future", day > as_of or (entered is not None and entered < day)),
        ("status", item.status.value not in good),
        ("not_active", day < holding.earned_on or dead(item.program, day, cycle.expires)),
        ("outside_cycle", day < cycle.first),
        ("offer_ended", item.offer_ends_on is not None and item.offer_ends_on < day),
        ("submitted_late", item.program == "cisco" and entered is not None and entered > day + 90 * DAY),
        ("entered_after_expiry", entered is not None and dead(item.program, entered, cycle.expires)),
    ]
    return next((name for name, holds in checks if holds), None)


def counting(items: list[Item]) -> tuple[list[Line], dict[str, str]]:
    """What is left of eligible items after repeats and caps."""
    lines: list[Line] = []
    refused: dict[str, str] = {}
    for item in sorted(items, key=lambda item: (item.completed_on, item.id)):
        earlier = [i for i in items if (i.completed_on, i.id) < (item.completed_on, item.id)]
        if item.program == "cisco" and any(i.course.casefold() == item.course.casefold() for i in earlier):
            refused[item.id] = "repeat"
        elif item.program == "atlassian" and len([i for i in earlier if i.kind == item.kind]) >= CAPS.get(
            item.kind, 99
        ):
            refused[item.id] = "over_cap"
        else:
            value = item.credits if item.credits is not None else VALUES.get(item.kind, 0)
            lines.append(Line(item, Decimal(value)))
    return lines, refused


class World:
    """One program's holdings of one person."""

    def __init__(
        self,
        holdings: list[Holding],
        items: list[Item],
        exams: list[Exam],
        *,
        as_of: dt.date,
        known_at: dt.date,
        waiting: bool = False,
    ) -> None:
        self.as_of, self.known_at, self.waiting = as_of, known_at, waiting
        self.holdings = [h for h in holdings if h.earned_on <= as_of and h.recorded_on <= known_at]
        self.items, self.exams = items, [e for e in exams if e.passed_on <= as_of and e.recorded_on <= known_at]
        self.cycles: dict[str, list[Cycle]] = {}
        for holding in self.holdings:
            suspends, expires = periods(holding.program, holding.earned_on)
            self.cycles[holding.name] = [Cycle(holding.earned_on, suspends, expires, None, None, (None, None))]
        while self.step():
            pass

    def alone(self, item: Item, holding: Holding, cycle: Cycle) -> str | None:
        return reason(item, holding, cycle, as_of=self.as_of, known_at=self.known_at, waiting=self.waiting)

    def lines(self, holding: Holding, cycle: Cycle, until: dt.date) -> tuple[list[Line], dict[str, str]]:
        alone = {i.id: self.alone(i, holding, cycle) for i in self.items}
        fit = [i for i in self.items if alone[i.id] is None and i.completed_on <= until]
        lines, refused = counting(fit)
        return lines, refused | {name: why for name, why in alone.items() if why}

    def lacking(self, holding: Holding, cycle: Cycle, until: dt.date) -> dict[str, dict[str, Decimal | int]]:
        total = sum((line.credits for line in self.lines(holding, cycle, until)[0]), Decimal(0))
        found: dict[str, dict[str, Decimal | int]] = {}
        for name, credits, places in TABLE[holding.program, holding.level][1]:
            lack: dict[str, Decimal | int] = {}
            if total < credits:
                lack["credits"] = credits - total
            for kinds, count in places:
                short = count - len(
                    {e.code for e in self.serving(holding, cycle, until) if kinds is None or e.kind in kinds}
                )
                if kinds is not None and len(kinds) > 1:
                    passed = {(e.kind, e.code) for e in self.serving(holding, cycle, until) if e.kind in kinds}
                    short = count - len(passed)
                if short > 0:
                    lack["exam:any" if kinds is None or len(kinds) > 1 else f"exam:{kinds[0]}"] = short
            found[name] = lack
        return found

    def serving(self, holding: Holding, cycle: Cycle, until: dt.date) -> list[Exam]:
        served = []
        for exam in self.exams:
            day = exam.passed_on
            inside = cycle.first <= day <= until and not dead(exam.program, day, cycle.expires)
            if exam.program == "atlassian":
                inside = inside and exam.holding == holding.name and day >= later(cycle.expires, -6)
            if inside and holding.name not in exam.earned:
                served.append(exam)
        return served

    def first_renewal(self, holding: Holding) -> tuple[dt.date, str] | None:
        cycle = self.cycles[holding.name][-1]
        if holding.retired:
            return None
        days = sorted({i.completed_on for i in self.items} | {e.passed_on for e in self.exams})
        for day in days:
            if cycle.first <= day <= self.as_of and not dead(holding.program, day, cycle.expires):
                for path, lack in self.lacking(holding, cycle, day).items():
                    if not lack:
                        return day, path
        return None

    def step(self) -> bool:
        found = {h.name: when for h in self.holdings if (when := self.first_renewal(h))}
        if not found:
            return False
        day = min(when for when, _ in found.values())
        own = {name: path for name, (when, path) in found.items() if when == day}
        top = max(TABLE[h.program, h.level][0] for h in self.holdings if h.name in own)
        for holding in self.holdings:
            cycle = self.cycles[holding.name][-1]
            path = own.get(holding.name)
            alive = holding.earned_on <= day and not dead(holding.program, day, cycle.expires) and not holding.retired
            if (
                path is None
                and holding.program == "cisco"
                and alive
                and TABLE[holding.program, holding.level][0] <= top
            ):
                path = "cascade"
            if path is not None:
                before = (cycle.suspends, cycle.expires)
                self.cycles[holding.name].append(Cycle(day + DAY, *periods(holding.program, day), day, path, before))
        return True

    def reasons(self, holding: Holding) -> dict[str, str]:
        """Each item's fate for a holding: `counted` or a reason."""
        fate: dict[str, str] = {}
        cycles = self.cycles[holding.name]
        for item in self.items:
            clocks = self.alone(item, holding, cycles[0]._replace(expires=dt.date.max))
            if clocks in ("unknown_then", "future", "status"):
                fate[item.id] = clocks
        for number, cycle in enumerate(cycles):
            closing = cycles[number + 1] if number + 1 < len(cycles) else None
            until = closing.anchor if closing and closing.anchor else self.as_of
            lines, refused = self.lines(holding, cycle, until)
            for item in self.items:
                if item.id not in fate and item.id in refused and (item.completed_on <= until or closing is None):
                    fate[item.id] = refused[item.id]
            need = self.needed(holding, closing.path) if closing and closing.path else Decimal(0)
            running = Decimal(0)
            for line in lines:
                fate[line.item.id] = "counted" if not closing else "outside_cycle" if running < need else "surplus"
                running += line.credits
        return fate

    def needed(self, holding: Holding, path: str) -> Decimal:
        return next((Decimal(n) for name, n, _ in TABLE[holding.program, holding.level][1] if name == path), Decimal(0))
