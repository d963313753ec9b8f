"""Date arithmetic with civil dates: calendar months, never days divided by thirty.

Source of the rules: a calendar month is added by keeping the day and falling back to the month's last day; the day that
was lost by falling back is never won again. Every function is total: a result beyond the calendar is its last day.
"""

import datetime as dt
from calendar import monthrange
from functools import lru_cache

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(maxsize=1 << 16)
def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later (or earlier, if negative), or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    if year < dt.MINYEAR:
        return dt.date.min
    return dt.date(year, month + 1, day.day if day.day <= 28 else min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: dt.date, days: int) -> dt.date:
    """The day `days` later (or earlier, if negative)."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def months_between(start: dt.date, end: dt.date) -> int:
    """How many whole months fit between two days: the largest n with `add_months(start, n) <= end`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if add_months(start, months) > end else months


@lru_cache(maxsize=4096)
def written(day: dt.date) -> str:
    """A day as a sentence says it, the same in every locale: `1 December 2025`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
