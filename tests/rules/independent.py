"""A second evaluator, written from the facts in another style: tables in code, no walk, all recomputed each time.

It asks again and again "which is the first day on which anybody renews?" by trying every day with all facts from
scratch, until nobody does. Slow and plain on purpose; it shares no code with the engine but the row types.
"""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from rules.model import Exam, Holding, Item
from tests.rules.independent_books import BOOKS, FIXED, FLOORS, Book, Grade, Way, book_on

DAY = dt.timedelta(days=1)
NEVER = dt.date.max
CLOCKS = ("unknown_then", "future", "status")


class Cycle(NamedTuple):
    """`first` is the first day that counts; what lies between `met` and it belongs to the cycle before."""

    first: dt.date
    suspends: dt.date | None
    expires: dt.date
    anchor: dt.date | None
    met: dt.date | None
    path: str | None
    previous: tuple[dt.date | None, dt.date | None]

    @property
    def end(self) -> dt.date:
        return self.suspends or self.expires


class Line(NamedTuple):
    name: str
    kind: str
    day: dt.date
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


def periods(program: str, grade: Grade, anchor: dt.date) -> tuple[dt.date | None, dt.date]:
    if grade.months is None:
        return None, NEVER
    ends = later(anchor, grade.months)
    suspends, expires = (ends, later(ends, grade.grace)) if grade.grace else (None, ends)
    if program in FLOORS and FLOORS[program][0] <= expires <= FLOORS[program][1]:
        expires = FLOORS[program][2]
    return suspends, expires


def dead(book: Book, day: dt.date, expires: dt.date) -> bool:
    return day > expires if book.inclusive else day >= expires


def grade_on(holding: Holding, day: dt.date) -> Grade:
    return book_on(holding.program, day).grades[holding.level]


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
            dates = periods(holding.program, grade_on(holding, holding.earned_on), holding.earned_on)
            self.cycles[holding.name] = [Cycle(holding.earned_on, *dates, None, None, None, (None, None))]
        while self.step():
            pass

    def clocks(self, item: Item) -> str | None:
        """Why an item can count nowhere."""
        good = {"earned", "draft", "submitted", "pending"} if self.waiting else {"earned"}
        backwards = item.submitted_on is not None and item.submitted_on < item.completed_on
        if item.recorded_on > self.known_at:
            return "unknown_then"
        if item.completed_on > self.as_of or backwards:
            return "future"
        return None if item.status.value in good else "status"

    def alone(self, item: Item, holding: Holding, cycle: Cycle) -> str | None:
        """Why an item cannot count in a cycle, looked at alone."""
        day, entered, book = item.completed_on, item.submitted_on, book_on(item.program, item.completed_on)
        checks = [
            ("not_active", day < holding.earned_on or dead(book, day, cycle.expires)),
            ("outside_cycle", day < cycle.first and (cycle.met is None or day <= cycle.met)),
            ("offer_ended", item.offer_ends_on is not None and item.offer_ends_on < day),
            ("submitted_late", bool(book.days and entered and entered > day + (book.days or 0) * DAY)),
            ("entered_after_expiry", entered is not None and dead(book, entered, cycle.expires)),
            ("surplus", holding.retired or not self.wanted(item, holding) or day < cycle.first),
        ]
        return self.clocks(item) or next((name for name, holds in checks if holds), None)

    def wanted(self, item: Item, holding: Holding) -> bool:
        required = {title.casefold() for title in holding.required_courses}
        return any(
            way.credits or item.kind in way.facts or (way.courses and item.course.casefold() in required)
            for way in grade_on(holding, item.completed_on).ways
        )

    def lines(self, holding: Holding, cycle: Cycle, until: dt.date) -> tuple[list[Line], dict[str, str]]:
        """What counts in a cycle until a day, after repeats and caps, and what else was refused there."""
        refused = {item.id: why for item in self.items if (why := self.alone(item, holding, cycle))}
        fit = [item for item in self.items if item.id not in refused and item.completed_on <= until]
        fit.sort(key=lambda item: (item.completed_on, item.id))
        lines = self.carried(holding, cycle)
        for number, item in enumerate(fit):
            book = book_on(item.program, item.completed_on)
            if not book.repeat and any(i.course.casefold() == item.course.casefold() for i in fit[:number]):
                refused[item.id] = "repeat"
                continue
            worth = Decimal(book.values.get(item.kind, 0))
            if item.credits is not None and item.kind not in FIXED:
                worth = item.credits
            if sum(line.kind == item.kind for line in lines) >= book.uses.get(item.kind, 99):
                refused[item.id] = "over_cap"
                continue
            if item.kind in book.most:
                most, each_year = book.most[item.kind]
                same = [line for line in lines if line.kind == item.kind]
                same = [line for line in same if not each_year or line.day.year == item.completed_on.year]
                left = most - sum((line.credits for line in same), Decimal(0))
                if left <= 0:
                    refused[item.id] = "over_cap"
                    continue
                worth = min(worth, left)
            lines.append(Line(item.id, item.kind, item.completed_on, worth))
        return lines, refused

    def carried(self, holding: Holding, cycle: Cycle) -> list[Line]:
        """What the cycle before left over, with what was done between its renewal and its end."""
        if cycle.met is None or cycle.anchor is None or cycle.path == "cascade":
            return []
        carry = book_on(holding.program, cycle.met).carry
        if carry is None:
            return []
        kind, months, most = carry
        closed = self.cycles[holding.name][self.cycles[holding.name].index(cycle) - 1]
        lines = self.lines(holding, closed, cycle.met)[0]
        between = [
            Line(i.id, i.kind, i.completed_on, i.credits or Decimal(0))
            for i in self.items
            if self.alone(i, holding, cycle) == "surplus" and cycle.met < i.completed_on < cycle.first
        ]
        every = lines + between
        excess = sum((line.credits for line in every), Decimal(0)) - self.needed(holding, cycle)
        since = later(cycle.anchor, -months)
        recent = sum((line.credits for line in every if line.kind == kind and line.day >= since), Decimal(0))
        amount = min(excess, recent, Decimal(most))
        return [Line(f"carried:{cycle.first}", kind, cycle.first, amount)] if amount > 0 else []

    def lacking(self, holding: Holding, cycle: Cycle, until: dt.date) -> dict[str, dict[str, Decimal | int]]:
        """What every way lacks, by the version in force on `until`."""
        lines = self.lines(holding, cycle, until)[0]
        total, book = sum((line.credits for line in lines), Decimal(0)), book_on(holding.program, until)
        found: dict[str, dict[str, Decimal | int]] = {}
        for way in book.grades[holding.level].ways:
            lack: dict[str, Decimal | int] = {}
            if total < way.credits:
                lack["credits"] = way.credits - total
            for kinds, count in way.exams:
                served = self.serving(holding, cycle, until)
                own = [e for e in served if way.own and e.holding == holding.name]
                passed = {(e.kind, e.code) for e in [*served, *own] if kinds is None or e.kind in kinds or e in own}
                if len(passed) < count:
                    name = f"exam:{kinds[0]}" if kinds is not None and len(kinds) == 1 else "exam:any"
                    lack[name] = count - len(passed)
            if way.least:
                part = sum((line.credits for line in lines if line.kind == way.least[0]), Decimal(0))
                if part < way.least[1]:
                    lack[f"credits:{way.least[0]}"] = way.least[1] - part
            if way.yearly:
                lack |= self.years_short(lines, cycle, book, way)
            lack |= {f"fact:{fact}": 1 for fact in way.facts if fact not in {line.kind for line in lines}}
            if way.courses:
                lack |= self.courses_short(holding, lines)
            found[way.name] = lack
        return found

    def years_short(self, lines: list[Line], cycle: Cycle, book: Book, way: Way) -> dict[str, Decimal | int]:
        last = cycle.end if book.inclusive else cycle.end - DAY
        short: dict[str, Decimal | int] = {}
        for year in range(cycle.first.year, last.year + 1):
            if dt.date(year, 1, 1) >= cycle.first and dt.date(year, 12, 31) <= last:
                done = sum((line.credits for line in lines if line.day.year == year), Decimal(0))
                if done < way.yearly:
                    short[f"credits:{year}"] = way.yearly - done
        return short

    def courses_short(self, holding: Holding, lines: list[Line]) -> dict[str, Decimal | int]:
        if not holding.required_courses:
            return {"courses": 1}
        titles = {item.course.casefold() for item in self.items if item.id in {line.name for line in lines}}
        return {f"course:{title}": 1 for title in holding.required_courses if title.casefold() not in titles}

    def serving(self, holding: Holding, cycle: Cycle, until: dt.date) -> list[Exam]:
        served = []
        for exam in self.exams:
            day, book = exam.passed_on, book_on(exam.program, exam.passed_on)
            suspended = cycle.suspends is not None and dead(book, day, cycle.suspends)
            match = book.match_late if suspended and book.match_late else book.match
            inside = cycle.first <= day <= until and not dead(book, day, cycle.expires)
            fits = match == "any" or exam.holding == holding.name
            open_ = not book.window or day >= later(cycle.expires, -book.window)
            if inside and fits and open_ and holding.name not in exam.earned:
                served.append(exam)
        return served

    def first_renewal(self, holding: Holding) -> tuple[dt.date, str] | None:
        cycle = self.cycles[holding.name][-1]
        if holding.retired or cycle.expires == NEVER:
            return None
        days = {i.completed_on for i in self.items} | {e.passed_on for e in self.exams}
        days |= {book.begins for book in BOOKS[holding.program]}
        for day in sorted(days):
            if cycle.first <= day <= self.as_of and not dead(book_on(holding.program, day), day, cycle.expires):
                for path, lack in self.lacking(holding, cycle, day).items():
                    if not lack:
                        return day, path
        return None

    def anchor(self, holding: Holding, cycle: Cycle, day: dt.date, lead: dt.date | None = None) -> dt.date:
        book, fixed = book_on(holding.program, day), grade_on(holding, day).fixed
        if book.late is not None and cycle.suspends is not None and dead(book, day, cycle.suspends):
            fixed = book.late
        return (lead or cycle.end) if fixed else day

    def step(self) -> bool:
        found = {h.name: when for h in self.holdings if (when := self.first_renewal(h))}
        if not found:
            return False
        day = min(when for when, _ in found.values())
        own = {name: path for name, (when, path) in found.items() if when == day}
        book = book_on(self.holdings[0].program, day)
        leaders = [
            (book.grades[h.level].rank, self.anchor(h, self.cycles[h.name][-1], day))
            for h in self.holdings
            if h.name in own and not book.grades[h.level].apart
        ]
        changes = []
        for holding in self.holdings:
            cycle, grade = self.cycles[holding.name][-1], book.grades[holding.level]
            if holding.name in own:
                changes.append((holding, own[holding.name], self.anchor(holding, cycle, day)))
            elif leaders and book.cascade != "none" and not grade.apart and not holding.retired:
                rank, lead = max(leaders)
                anchor = self.anchor(holding, cycle, day, lead)
                reached = grade.rank < rank or (book.cascade == "upto" and grade.rank == rank)
                alive = cycle.first <= day and not dead(book, day, cycle.expires)
                if reached and alive and periods(holding.program, grade, anchor)[1] >= cycle.expires:
                    changes.append((holding, "cascade", anchor))
        for holding, path, anchor in changes:
            cycle = self.cycles[holding.name][-1]
            first = max(anchor + DAY if book.inclusive else anchor, day + DAY)
            dates = periods(holding.program, book.grades[holding.level], anchor)
            before = (cycle.suspends, cycle.expires)
            self.cycles[holding.name].append(Cycle(first, *dates, anchor, day, path, before))
        return True

    def reasons(self, holding: Holding) -> dict[str, str]:
        """Each item's fate for a holding: `counted` or a reason."""
        cycles = self.cycles[holding.name]
        fate: dict[str, str] = {}
        for item in self.items:
            if self.clocks(item) is not None:
                fate[item.id] = self.clocks(item) or ""
                continue
            number = max(n for n, c in enumerate(cycles) if c.met is None or c.met < item.completed_on)
            closing = cycles[number + 1] if number + 1 < len(cycles) else None
            lines, refused = self.lines(holding, cycles[number], closing.met if closing and closing.met else self.as_of)
            if item.id in refused:
                fate[item.id] = refused[item.id]
            elif closing is None:
                fate[item.id] = "counted"
            else:
                place = [line.name for line in lines].index(item.id)
                before = sum((line.credits for line in lines[:place]), Decimal(0))
                fate[item.id] = "outside_cycle" if self.used(holding, item, closing, before) else "surplus"
        return fate

    def used(self, holding: Holding, item: Item, closing: Cycle, before: Decimal) -> bool:
        way = self.way(holding, closing)
        if way is None:
            return False
        return bool(before < way.credits or way.least or way.yearly or item.kind in way.facts or way.courses)

    def way(self, holding: Holding, closing: Cycle) -> Way | None:
        ways = grade_on(holding, closing.met or self.as_of).ways
        return next((way for way in ways if way.name == closing.path), None)

    def needed(self, holding: Holding, closing: Cycle) -> Decimal:
        way = self.way(holding, closing)
        return Decimal(way.credits) if way else Decimal(0)
