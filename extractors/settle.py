"""Which of the legal readings of a numeric date is meant: settled by constraint, or left open with honest odds."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.model import DateReading
from extractors.profile import DateOrder

# How many times likelier each piece of evidence makes a reading. English texts tell nothing: half of the world that
# writes English puts the day first.
_SAME_ORDER_ELSEWHERE = 25.0
_PRINTED_ELSEWHERE = 100.0
_PROFILE = 60.0
_MADE_THAT_DAY = 60.0
_MADE_BEFORE = 1 / 60
_LANGUAGE = 12.0
# All 20 numeric dates with one legal reading on labelled certificates in these languages put the day first.
_LANGUAGE_ALONE = 40.0
_DOTS = 40.0
_DAY_FIRST = frozenset({"pt", "es", "fr", "de", "it", "tr", "ru", "pl", "nl"})
_DAYS_AFTER = 2


@dataclass(frozen=True, slots=True)
class Settling:
    """What is known beside the date itself. `language_alone`: no English stands beside it."""

    created_on: dt.date | None
    language: str | None
    order: DateOrder | None
    others: tuple[tuple[str, tuple[DateReading, ...]], ...] = ()
    language_alone: bool = False


def order_of(raw: str, reading: DateReading) -> DateOrder | None:
    """The order in which a numeric date stands if it means `reading`; None for other forms."""
    match = re.match(r"\s*(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]", raw)
    if match is None or reading.precision != "day" or match[1].zfill(2) == match[2].zfill(2):
        return None
    return "dmy" if int(match[1]) == reading.earliest.day and int(match[2]) == reading.earliest.month else "mdy"


def settle(raw: str, readings: Sequence[DateReading], known: Settling) -> tuple[tuple[DateReading, float], ...]:
    """Each reading with its share of belief (together 1), the likeliest first."""
    if len(readings) == 1:
        return ((readings[0], 1.0),)
    odds = [_odds(raw, reading, readings, known) for reading in readings]
    shares = [(reading, one / sum(odds)) for reading, one in zip(readings, odds, strict=True)]
    return tuple(sorted(shares, key=lambda pair: -pair[1]))


def _odds(raw: str, reading: DateReading, all_readings: Sequence[DateReading], known: Settling) -> float:
    order = order_of(raw, reading)
    odds = 1.0
    if known.order is not None and order is not None:
        odds *= _PROFILE if order == known.order else 1.0
    if order == "dmy":
        if known.language in _DAY_FIRST:
            odds *= _LANGUAGE_ALONE if known.language_alone else _LANGUAGE
        odds *= _DOTS if "." in raw else 1.0
    if order is not None and order in _orders_elsewhere(known.others):
        odds *= _SAME_ORDER_ELSEWHERE
    if any(len(others) == 1 and others[0] == reading for _, others in known.others):
        odds *= _PRINTED_ELSEWHERE
    return odds * _against_file(reading, all_readings, known.created_on)


def _orders_elsewhere(others: Iterable[tuple[str, tuple[DateReading, ...]]]) -> set[DateOrder]:
    orders = {order_of(raw, readings[0]) for raw, readings in others if len(readings) == 1}
    return {order for order in orders if order is not None}


def _against_file(reading: DateReading, readings: Sequence[DateReading], created_on: dt.date | None) -> float:
    """A file is often made on the day of completion, and never before it. One made later says nothing."""
    if created_on is None:
        return 1.0
    if reading.earliest > created_on + dt.timedelta(days=_DAYS_AFTER):
        return _MADE_BEFORE
    near = abs((created_on - reading.earliest).days) <= _DAYS_AFTER
    others_near = any(abs((created_on - other.earliest).days) <= _DAYS_AFTER for other in readings if other != reading)
    return _MADE_THAT_DAY if near and not others_near else 1.0
