"""Random facts for both programs: dates near every boundary as often as anywhere."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from rules.calendar import add_months
from rules.model import ClaimStatus, Exam, Holding, Item

LEVELS = {"cisco": ("associate", "specialist", "professional", "expert"), "atlassian": ("aca", "acp")}
KINDS = {"cisco": ("course",), "atlassian": ("course", "local_event", "global_event")}
EARNED = {"cisco": dt.date(2021, 1, 1), "atlassian": dt.date(2024, 1, 1)}


class Facts(NamedTuple):
    program: str
    holdings: list[Holding]
    items: list[Item]
    exams: list[Exam]
    as_of: dt.date
    known_at: dt.date


@st.composite
def facts(draw: st.DrawFn, program: str) -> Facts:
    earned = st.integers(0, 1000).map(lambda days: EARNED[program] + dt.timedelta(days=days))
    holdings = [
        Holding(
            program, f"H{number}", draw(st.sampled_from(LEVELS[program])), day, day, None, draw(st.integers(0, 9)) == 9
        )
        for number, day in enumerate(draw(st.lists(earned, min_size=1, max_size=4)))
    ]
    days = _days(holdings)
    as_of = draw(st.one_of(days, days.map(lambda day: max(day, dt.date(2025, 6, 1)))))
    items = [draw(_item(program, number, days)) for number in range(draw(st.integers(0, 9)))]
    exams = [draw(_exam(program, holdings, days)) for _ in range(draw(st.integers(0, 4)))]
    return Facts(program, holdings, items, exams, as_of, draw(st.one_of(st.just(as_of), st.just(as_of), days)))


def _days(holdings: list[Holding]) -> st.SearchStrategy[dt.date]:
    edges = [
        add_months(holding.earned_on, months) + dt.timedelta(days=days)
        for holding in holdings
        for months in (0, 21, 24, 27, 36)
        for days in (-1, 0, 1)
    ]
    start = min(holding.earned_on for holding in holdings)
    anywhere = st.integers(-30, 2200).map(lambda days: start + dt.timedelta(days=days))
    return st.one_of(anywhere, anywhere, anywhere, st.sampled_from(edges), st.just(dt.date(2024, 2, 29)))


@st.composite
def _item(draw: st.DrawFn, program: str, number: int, days: st.SearchStrategy[dt.date]) -> Item:
    day = draw(days)
    entered = day + dt.timedelta(days=draw(st.sampled_from((0, 0, 0, 0, 0, 0, 1, 30, 89, 90, 91, 200, -1))))
    amounts = (1, 10, 15, 20, 29, 30, 39, 40, 50, 64, 80) if program == "cisco" else (10, 20, 40, 50, 60, 90, 100)
    stated = st.sampled_from(amounts).map(Decimal)
    recorded = draw(days) if draw(st.integers(0, 7)) == 7 else entered
    return Item(
        id=f"i{number}",
        program=program,
        course=draw(st.sampled_from(("a", "b", "c", "d", "e", "A"))),
        kind=draw(st.sampled_from(KINDS[program])),
        completed_on=day,
        recorded_on=recorded,
        submitted_on=draw(st.sampled_from((entered, entered, entered, None))),
        credits=draw(stated) if program == "cisco" or draw(st.booleans()) else None,
        status=draw(st.sampled_from((ClaimStatus.EARNED,) * 20 + tuple(ClaimStatus))),
        offer_ends_on=draw(st.sampled_from((None,) * 8 + (day, day - dt.timedelta(days=1)))),
    )


@st.composite
def _exam(draw: st.DrawFn, program: str, holdings: list[Holding], days: st.SearchStrategy[dt.date]) -> Exam:
    day = draw(days)
    if program == "atlassian":
        return Exam(program, day, day, None, None, draw(st.sampled_from([h.name for h in holdings] + ["elsewhere"])))
    kind = draw(st.sampled_from(("associate", "concentration", "concentration", "core", "expert")))
    return Exam(
        program, day, draw(st.sampled_from((day, day + dt.timedelta(days=9)))), kind, draw(st.sampled_from("xyz"))
    )
