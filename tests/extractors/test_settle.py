"""Which reading of a numeric date is meant: only evidence settles it."""

import datetime as dt

import pytest

from extractors.dates import readings
from extractors.model import DateReading
from extractors.settle import Settling, settle

UNSETTLED = 0.05  # what the checks call ambiguous
NOTHING = Settling(created_on=None, language="en", order=None)


def shares(text: str, known: Settling) -> dict[str, float]:
    (date,) = readings(text)
    return {reading.iso: share for reading, share in settle(text, date.readings, known)}


def other(text: str) -> tuple[str, tuple[DateReading, ...]]:
    (date,) = readings(text)
    return text, date.readings


def test_english_alone_settles_nothing() -> None:
    assert shares("03/04/2026", NOTHING) == pytest.approx({"2026-04-03": 0.5, "2026-03-04": 0.5})


@pytest.mark.parametrize(
    ("known", "meant"),
    [
        (Settling(dt.date(2026, 3, 4), "en", None), "2026-03-04"),
        (Settling(dt.date(2026, 4, 3), "en", None), "2026-04-03"),
        (Settling(dt.date(2026, 3, 20), "en", None), "2026-03-04"),
        (Settling(None, "en", "mdy"), "2026-03-04"),
        (Settling(None, "en", None, (other("28/02/2026"),)), "2026-04-03"),
        (Settling(None, "en", None, (other("02/28/2026"),)), "2026-03-04"),
        (Settling(None, "en", None, (other("3 April 2026"),)), "2026-04-03"),
    ],
)
def test_evidence_settles_it(known: Settling, meant: str) -> None:
    found = shares("03/04/2026", known)
    assert found[meant] == max(found.values())
    assert min(found.values()) < UNSETTLED


def test_a_language_makes_an_order_likely_and_no_more() -> None:
    found = shares("03/04/2026", Settling(None, "pt", None))
    assert found["2026-04-03"] > 0.9
    assert found["2026-03-04"] >= UNSETTLED


def test_a_language_without_english_beside_it_settles_it() -> None:
    found = shares("03/04/2026", Settling(None, "pt", None, language_alone=True))
    assert found["2026-03-04"] < UNSETTLED


def test_contradicting_evidence_leaves_it_open() -> None:
    found = shares("03/04/2026", Settling(dt.date(2026, 4, 3), "en", "mdy"))
    assert min(found.values()) >= UNSETTLED
