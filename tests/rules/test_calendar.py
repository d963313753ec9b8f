"""Calendar months: the month's last day where a day is missing, never thirty days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import add_days, add_months, months_between, written


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        ("2025-11-30", 24, "2027-11-30"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2026-02-28", 3, "2026-05-28"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-08-31", -6, "2026-02-28"),
        ("2025-01-31", -2, "2024-11-30"),
        ("2025-12-31", 1, "2026-01-31"),
        ("9999-12-01", 1, "9999-12-31"),
        ("0001-01-01", -1, "0001-01-01"),
    ],
)
def test_months_are_added_by_calendar(day: str, months: int, result: str) -> None:
    assert add_months(dt.date.fromisoformat(day), months).isoformat() == result


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), st.integers(0, 600))
def test_months_between_is_the_most_that_fit(day: dt.date, months: int) -> None:
    assert months_between(day, add_months(day, months)) == months
    assert months_between(day, add_days(add_months(day, months), -1)) == months - 1


def test_a_day_is_written_the_same_in_every_locale() -> None:
    assert written(dt.date(2026, 3, 30)) == "30 March 2026"
    assert add_days(dt.date.max, 1) == dt.date.max
