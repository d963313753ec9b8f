"""What a path still lacks in a holding's running cycle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from rules.calendar import add_days, add_months
from rules.titles import normalised
from rules.version import ZERO, ExamNeed, Path, Version, Yearly

if TYPE_CHECKING:
    from rules.cycle import Track


def lacks(track: Track, path: Path, version: Version) -> dict[str, Decimal | int]:
    """What a path lacks, in the order of its parts; empty where it is met."""
    lack: dict[str, Decimal | int] = {}
    if path.credits > track.total:
        lack["credits"] = path.credits - track.total
    for need in path.exams:
        if (left := need.count - passed(track, need)) > 0:
            lack[need.key] = left
    if not path.has_conditions:
        return lack
    for part in path.minimums:
        if (short := part.credits - summed(track, part.kinds)[1]) > 0:
            lack[part.key] = short
    if path.each_year is not None:
        lack |= _years_short(track, path.each_year, version)
    lack |= {f"fact:{kind}": 1 for kind in path.facts if not summed(track, (kind,))[0]}
    if path.asks_for_courses:
        lack |= _courses_short(track, path)
    return lack


def summed(track: Track, kinds: tuple[str, ...], year: int | None = None) -> tuple[int, Decimal]:
    """How many items of these kinds count in the running cycle, or in a calendar year of it, and their credits."""
    parts = [part for (kind, when), part in track.parts.items() if kind in kinds and year in (None, when)]
    return sum(uses for uses, _ in parts), sum((credits for _, credits in parts), ZERO)


def passed(track: Track, need: ExamNeed) -> int:
    if not need.kinds:
        return len(track.exams)
    fitting = {key for key in track.exams if key[0] in need.kinds}
    return len(fitting | track.own_exams if need.or_its_own else fitting)


def years(track: Track, rule: Yearly, version: Version) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The whole years of the running cycle: a name, the first day, the first day after it."""
    beyond, start = add_days(version.last_of(track.ends_on), 1), track.opened_on
    if rule.year == "calendar" and (start.month, start.day) != (1, 1):
        start = add_months(dt.date(start.year, 1, 1), 12)
    for number in count():
        begin, end = add_months(start, 12 * number), add_months(start, 12 * (number + 1))
        if end > beyond or end == dt.date.max:
            return
        yield (str(begin.year) if rule.year == "calendar" else begin.isoformat()), begin, end


def in_year(track: Track, begin: dt.date, end: dt.date) -> Decimal:
    """The credits counted from `begin` until the day before `end`."""
    return sum((credits for item, credits in track.counted if begin <= item.completed_on < end), ZERO)


def _years_short(track: Track, rule: Yearly, version: Version) -> dict[str, Decimal | int]:
    found = ((name, rule.credits - in_year(track, begin, end)) for name, begin, end in years(track, rule, version))
    return {f"credits:{name}": short for name, short in found if short > 0}


def _courses_short(track: Track, path: Path) -> dict[str, Decimal | int]:
    """The required titles that are not done; one of an unknown number where the holding states none."""
    stated = track.holding.required_courses if path.courses_of_holding else ()
    if path.courses_of_holding and not stated:
        return {"courses": 1}
    done = {normalised(item.course) for item, _ in track.counted}
    return {f"course:{title}": 1 for title in (*path.courses, *stated) if normalised(title) not in done}
