"""The rules of every shipped program once more, as tables in code: what the independent evaluator reads."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Never

ANY = ("associate", "concentration", "core", "expert")
ALONE = ("certmaster", "latest_exam", "higher_certification", "other_certification")
NONE: Mapping[str, Never] = MappingProxyType({})
Place = tuple[tuple[str, ...] | None, int]


class Way(NamedTuple):
    """A path. `own`: an exam that names the holding serves too."""

    name: str
    credits: int = 0
    exams: tuple[Place, ...] = ()
    own: bool = False
    facts: tuple[str, ...] = ()
    least: tuple[str, int] | None = None
    yearly: int = 0
    courses: bool = False


class Grade(NamedTuple):
    rank: int
    months: int | None
    ways: tuple[Way, ...] = ()
    grace: int = 0
    fixed: bool = False
    apart: bool = False


class Book(NamedTuple):
    """One version. `fixed` grades count from the old end; `late` is the anchor of what is suspended."""

    begins: dt.date
    grades: dict[str, Grade]
    inclusive: bool
    cascade: str = "none"
    match: str = "any"
    match_late: str | None = None
    late: bool | None = None
    window: int = 0
    days: int | None = None
    repeat: bool = True
    values: Mapping[str, int] = NONE
    uses: Mapping[str, int] = NONE
    most: Mapping[str, tuple[int, bool]] = NONE
    carry: tuple[str, int, int] | None = None


CISCO = {
    "associate": Grade(1, 36, (Way("ce_only", 30), Way("exam_any", 0, ((ANY, 1),)))),
    "specialist": Grade(2, 36, (Way("ce_only", 40), Way("exam_prof", 0, ((ANY[1:], 1),), own=True))),
    "professional": Grade(
        3,
        36,
        (
            Way("ce_only", 80),
            Way("ce40_prof1", 40, ((("concentration",), 1),)),
            Way("exam_core1", 0, ((("core", "expert"), 1),)),
            Way("exam_prof2", 0, ((("concentration",), 2),)),
        ),
    ),
    "expert": Grade(
        4,
        36,
        (
            Way("ce_only", 120),
            Way("ce40_core1", 40, ((("core",), 1),)),
            Way("ce40_prof2", 40, ((("concentration",), 2),)),
            Way("ce80_prof1", 80, ((("concentration",), 1),)),
            Way("exam_lab", 0, ((("expert",), 1),)),
            Way("exam_prof3", 0, ((("concentration",), 3),)),
            Way("exam_core1prof1", 0, ((("core",), 1), (("concentration",), 1))),
        ),
    ),
    "entry": Grade(1, None, apart=True),
    "technician": Grade(1, 36, apart=True),
    "customer_success": Grade(1, 36, (Way("exam_same", 0, ((("customer_success",), 1),)),), apart=True),
}
OLD_CISCO = CISCO | {
    "associate": Grade(1, 36, CISCO["associate"].ways[1:]),
    "specialist": Grade(2, 36, CISCO["specialist"].ways[1:]),
    "professional": Grade(3, 36, CISCO["professional"].ways[2:]),
    "expert": Grade(4, 24, (Way("ce_only", 100), Way("exam_lab", 0, ((("expert",), 1),))), grace=12, fixed=True),
}
NEW_CISCO = CISCO | {"entry": Grade(1, 60, (Way("exam_any", 0, ((("entry", *ANY), 1),)),), apart=True)}
CISCO_REST = {"inclusive": True, "cascade": "upto", "days": 90, "repeat": False, "values": {"course_without_labs": 0}}

BADGE = (Way("badge", 0, ((("badge",), 1),)),)
UNITS = {"course": 10, "live_learning": 10, "local_event": 10, "global_event": 30}
ACCREDITED = Grade(1, 24, (Way("courses", courses=True),), grace=3)


def _atlassian(months: int, ways: tuple[Way, ...] | None, *, fixed: bool) -> dict[str, Grade]:
    units = {name: (Way("ce", need), Way("exam", 0, ((None, 1),))) for name, need in (("aca", 50), ("acp", 100))}
    return {
        "aca": Grade(1, months, ways or units["aca"], grace=3, fixed=fixed),
        "acp": Grade(2, months, ways or units["acp"], grace=3, fixed=fixed),
        "accreditation": ACCREDITED._replace(fixed=fixed),
    }


COMPTIA = {
    name: Grade(rank, 36, (Way("ceu", need, facts=("fee",)), Way("single", 0, ((ALONE, 1),))), fixed=True)
    for name, rank, need in (
        ("a_plus", 1, 20),
        ("network_plus", 2, 30),
        ("security_plus", 3, 50),
        ("cloud_plus", 3, 50),
        ("cysa_plus", 4, 60),
        ("pentest_plus", 4, 60),
        ("securityx", 5, 75),
    )
}
ISACA_CAPS = {"volunteering": (20, True), "mentoring": (10, True), "webinar": (36, True)}


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


BOOKS: dict[str, list[Book]] = {
    "cisco": [
        Book(_day("2017-01-01"), OLD_CISCO, **CISCO_REST),  # type: ignore[arg-type]
        Book(_day("2020-02-24"), CISCO, **CISCO_REST),  # type: ignore[arg-type]
        Book(_day("2025-07-15"), NEW_CISCO, **CISCO_REST),  # type: ignore[arg-type]
    ],
    "atlassian": [
        Book(_day("2019-01-01"), _atlassian(18, BADGE, fixed=False), False, match="holding", late=True, values=UNITS),
        Book(
            _day("2019-12-12"),
            _atlassian(24, BADGE, fixed=True),
            inclusive=False,
            match_late="holding",
            values=UNITS,
        ),
        Book(
            _day("2024-08-01"),
            _atlassian(24, None, fixed=False),
            inclusive=False,
            match="holding",
            window=6,
            values=UNITS,
            uses={"local_event": 4, "global_event": 1},
        ),
    ],
    "comptia": [Book(_day("2011-01-01"), COMPTIA, True, "below", "holding", values={"fee": 0})],
    "isc2": [
        Book(
            _day("2015-01-01"),
            {
                "cissp": Grade(1, 36, (Way("cpe", 120, least=("group_a", 90)),), fixed=True),
                "ninety": Grade(1, 36, (Way("cpe", 90),), fixed=True),
                "associate": Grade(1, 12, fixed=True),
            },
            inclusive=False,
            match="holding",
            most={"group_b": (30, False)},
            carry=("group_a", 6, 40),
        )
    ],
    "isaca": [
        Book(
            _day("2015-01-01"),
            {"certified": Grade(1, 36, (Way("cpe", 120, yearly=20),), fixed=True)},
            inclusive=False,
            match="holding",
            most=ISACA_CAPS,
        )
    ],
    "microsoft": [
        Book(
            _day("2021-02-01"),
            {"role": Grade(1, 12, (Way("assessment", 0, ((("assessment",), 1),)),), fixed=True)},
            inclusive=False,
            match="holding",
            window=6,
        )
    ],
}
FLOORS = {"atlassian": (_day("2024-02-01"), _day("2024-09-29"), _day("2024-09-30"))}
FIXED = ("course_without_labs", "fee", "local_event", "global_event")
EXAM_KINDS = {
    "cisco": ("associate", "concentration", "concentration", "core", "expert", "entry", "customer_success"),
    "atlassian": ("badge", None),
    "comptia": ALONE,
    "isc2": ("x",),
    "isaca": ("x",),
    "microsoft": ("assessment",),
}


def book_on(program: str, day: dt.date) -> Book:
    fit = [book for book in BOOKS[program] if book.begins <= day]
    return fit[-1] if fit else BOOKS[program][0]
