"""Random facts for every shipped program: dates near every boundary as often as anywhere."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from rules.calendar import add_months
from rules.model import ClaimStatus, Exam, Holding, Item

LEVELS = {
    "cisco": ("associate", "specialist", "professional", "expert", "associate", "professional", "expert", "entry"),
    "atlassian": ("aca", "acp", "acp", "accreditation"),
    "comptia": ("a_plus", "network_plus", "security_plus", "cloud_plus", "securityx"),
    "isc2": ("cissp", "cissp", "ninety", "associate"),
    "isaca": ("certified",),
    "microsoft": ("role",),
}
KINDS = {
    "cisco": ("course", "course", "course", "course_without_labs"),
    "atlassian": ("course", "local_event", "global_event"),
    "comptia": ("training", "training", "fee"),
    "isc2": ("group_a", "group_a", "group_b"),
    "isaca": ("education", "education", "volunteering", "webinar"),
    "microsoft": ("course",),
}
AMOUNTS = {
    "cisco": (1, 10, 15, 20, 29, 30, 39, 40, 50, 64, 80, 100),
    "atlassian": (10, 20, 40, 50, 60, 90, 100),
    "comptia": (5, 10, 20, 25, 30, 50, 75),
    "isc2": (5, 10, 30, 40, 60, 89, 90, 120),
    "isaca": (5, 10, 19, 20, 40, 60, 100),
    "microsoft": (10,),
}
EARNED = {
    "cisco": dt.date(2021, 1, 1),
    "atlassian": dt.date(2024, 1, 1),
    "comptia": dt.date(2015, 1, 1),
    "isc2": dt.date(2018, 1, 1),
    "isaca": dt.date(2018, 1, 1),
    "microsoft": dt.date(2022, 1, 1),
}
# Where a program has a history, a part of the holdings is earned in it.
EARLIER = {"cisco": dt.date(2017, 1, 1), "atlassian": dt.date(2019, 1, 1)}
MONTHS = {
    "cisco": (0, 24, 36),
    "atlassian": (0, 18, 21, 24, 27),
    "comptia": (0, 36, 72),
    "isc2": (0, 30, 36, 72),
    "isaca": (0, 36, 72),
    "microsoft": (0, 6, 12, 18, 24),
}
EXAMS = {
    "cisco": ("associate", "concentration", "concentration", "core", "expert", "entry"),
    "atlassian": ("badge", "badge", None),
    "comptia": ("certmaster", "latest_exam"),
    "isc2": (None,),
    "isaca": (None,),
    "microsoft": ("assessment",),
}
EITHER_PROGRAM = tuple(LEVELS)


class Facts(NamedTuple):
    program: str
    holdings: list[Holding]
    items: list[Item]
    exams: list[Exam]
    as_of: dt.date
    known_at: dt.date


@st.composite
def facts(draw: st.DrawFn, program: str) -> Facts:
    base = EARNED[program] if program not in EARLIER or draw(st.integers(0, 3)) else EARLIER[program]
    earned = st.integers(0, 1000).map(lambda days: base + dt.timedelta(days=days))
    required = ("a", "b") if draw(st.booleans()) else ()
    holdings = [
        Holding(
            program=program,
            name=f"H{number}",
            level=draw(st.sampled_from(LEVELS[program])),
            earned_on=day,
            recorded_on=day,
            retired=draw(st.integers(0, 9)) == 9,
            required_courses=required,
        )
        for number, day in enumerate(draw(st.lists(earned, min_size=1, max_size=4)))
    ]
    days = _days(program, holdings)
    as_of = draw(st.one_of(days, days.map(lambda day: max(day, add_months(base, 54)))))
    items = [draw(_item(program, number, days)) for number in range(draw(st.integers(0, 9)))]
    exams = [draw(_exam(program, holdings, days)) for _ in range(draw(st.integers(0, 4)))]
    return Facts(program, holdings, items, exams, as_of, draw(st.one_of(st.just(as_of), st.just(as_of), days)))


def _days(program: str, holdings: list[Holding]) -> st.SearchStrategy[dt.date]:
    edges = [
        add_months(holding.earned_on, months) + dt.timedelta(days=days)
        for holding in holdings
        for months in MONTHS[program]
        for days in (-1, 0, 1)
    ]
    edges += [dt.date(2024, 2, 29), dt.date(2020, 2, 23), dt.date(2020, 2, 24), dt.date(2024, 7, 31)]
    start = min(holding.earned_on for holding in holdings)
    anywhere = st.integers(-30, 2200).map(lambda days: start + dt.timedelta(days=days))
    return st.one_of(anywhere, anywhere, anywhere, st.sampled_from(edges))


@st.composite
def _item(draw: st.DrawFn, program: str, number: int, days: st.SearchStrategy[dt.date]) -> Item:
    day = draw(days)
    entered = day + dt.timedelta(days=draw(st.sampled_from((0, 0, 0, 0, 0, 0, 1, 30, 89, 90, 91, 200, -1))))
    stated = st.sampled_from(AMOUNTS[program]).map(Decimal)
    recorded = draw(days) if draw(st.integers(0, 7)) == 7 else entered
    return Item(
        id=f"i{number}",
        program=program,
        course=draw(st.sampled_from(("a", "b", "c", "d", "e", "A"))),
        kind=draw(st.sampled_from(KINDS[program])),
        completed_on=day,
        recorded_on=recorded,
        submitted_on=draw(st.sampled_from((entered, entered, entered, None))),
        credits=draw(stated) if program != "atlassian" or draw(st.booleans()) else None,
        status=draw(st.sampled_from((ClaimStatus.EARNED,) * 20 + tuple(ClaimStatus))),
        offer_ends_on=draw(st.sampled_from((None,) * 8 + (day, day - dt.timedelta(days=1)))),
    )


@st.composite
def _exam(draw: st.DrawFn, program: str, holdings: list[Holding], days: st.SearchStrategy[dt.date]) -> Exam:
    day = draw(days)
    names = st.sampled_from([h.name for h in holdings] + ["elsewhere"])
    return Exam(
        program=program,
        passed_on=day,
        recorded_on=draw(st.sampled_from((day, day, day + dt.timedelta(days=9)))),
        kind=draw(st.sampled_from(EXAMS[program])),
        code=draw(st.sampled_from("xyz")),
        holding=draw(names) if program != "cisco" or not draw(st.integers(0, 5)) else None,
    )
