"""Primitives that no shipped program uses, or uses in one way only: small programs of one rule, and the cases of it."""

import datetime as dt
from decimal import Decimal

import pytest

from rules.model import Verdict
from rules.program import Program, load_program
from rules.scenario import load_scenario, run_scenario
from rules.version import Because
from tests.rules.text import CISCO

BECAUSE = "\n".join(f'{name} = "X"' for name, field in Because.model_fields.items() if field.is_required())


def program(rules: str, version: str = "", exam: str = 'match = "any"') -> Program:
    settings = {
        "last_day": '"exclusive"',
        "allocation": '"accumulate_to_highest"',
        "cascade": '"none"',
        "repeat": '"allowed"',
        "entry_after_expiry": '"refused"',
    }
    settings |= {key.strip(): value.strip() for key, value in (line.split("=", 1) for line in version.splitlines())}
    lines = "\n".join(f"{key} = {value}" for key, value in settings.items())
    text = f"""
id = "acme"
name = "Acme"
verified_on = 2026-11-22
credited = "on_portal"
credit_units = ["points"]
[[version]]
id = "acme-1"
from = 2000-01-01
clause = "X"
{lines}
[version.because]
{BECAUSE}
[version.exam]
{exam}
{rules}
[clause.X]
text = "All of it."
source = "acme.example"
"""
    return load_program(text, "acme.toml")


def ask(known: Program, as_of: str, rows: str, *, earned_on: str = "2022-06-30", more: str = "") -> dict[str, Verdict]:
    holding = f'[[holding]]\nprogram = "acme"\nname = "H"\nlevel = "one"\nearned_on = {earned_on}\n{more}\n'
    scenario = load_scenario(f"as_of = {as_of}\n{holding}{rows}", "case")
    return {verdict.holding: verdict for verdict in run_scenario(scenario, {"acme": known})}


def item(name: str, kind: str, on: str, credits: str, more: str = "") -> str:
    return (
        f'[[item]]\nid = "{name}"\nprogram = "acme"\ncourse = "{name}"\nkind = "{kind}"\ncompleted_on = {on}\n'
        f"credits = {credits}\n{more}\n"
    )


def exam(on: str, more: str = "") -> str:
    return f'[[exam]]\nprogram = "acme"\nkind = "again"\npassed_on = {on}\n{more}\n'


GRACE_IN_DAYS = program(
    """
[version.level.one]
name = "One"
rank = 1
validity = { months = 36 }
grace = { days = 30 }
clause = "X"
path = [{ id = "exam", name = "again", clause = "X", exam = [{ kinds = ["again"] }] }]
[version.kind.course]
name = "course"
clause = "X"
""",
    'last_day = "inclusive"',
    'kinds = ["again"]\nmatch = "any"\nwindow_before_suspension = { days = 60 }',
)


@pytest.mark.parametrize(
    ("passed_on", "renewed", "reason"),
    [
        ("2025-04-30", False, "too_early"),
        ("2025-05-01", True, None),
        ("2025-07-30", True, None),
        ("2025-07-31", False, "not_active"),
    ],
)
def test_g07_a_window_and_a_grace_in_days(passed_on: str, renewed: bool, reason: str | None) -> None:
    found = ask(GRACE_IN_DAYS, "2025-12-01", exam(passed_on))["H"]
    assert (found.renewed, [line.reason.value for line in found.exams_not_counted]) == (
        renewed,
        [reason] if reason else [],
    )
    before = ask(GRACE_IN_DAYS, "2025-06-30", "")["H"]
    assert (before.suspends_on, before.expires_on) == (dt.date(2025, 6, 30), dt.date(2025, 7, 30))
    assert (before.status.value, ask(GRACE_IN_DAYS, "2025-07-01", "")["H"].status.value) == ("active", "suspended")


NESTED = program(
    """
[version.level.one]
name = "One"
rank = 1
validity = { months = 36 }
clause = "X"
[[version.level.one.path]]
id = "pdu"
name = "60"
clause = "X"
credits = 60
minimum = [
  { id = "education", kinds = ["ways", "power", "business"], credits = 35 },
  { id = "ways", kinds = ["ways"], credits = 8 },
  { id = "power", kinds = ["power"], credits = 8 },
  { id = "business", kinds = ["business"], credits = 8 },
]
[version.kind]
ways = { name = "ways", clause = "X" }
power = { name = "power", clause = "X" }
business = { name = "business", clause = "X" }
practice = { name = "practice", clause = "X" }
writing = { name = "writing", clause = "X" }
[[version.cap]]
kinds = ["practice", "writing"]
max_credits = 25
clause = "X"
[[version.cap]]
kinds = ["practice"]
max_credits = 8
clause = "X"
"""
)


def test_g03_nested_minimums_and_a_cap() -> None:
    rows = item("a", "ways", "2023-01-01", "14") + item("b", "power", "2023-01-02", "8")
    rows += item("c", "business", "2023-01-03", "8") + item("d", "writing", "2023-01-04", "40")
    found = ask(NESTED, "2024-01-01", rows)["H"]
    assert {line.item: line.credits for line in found.counted}["d"] == 25
    assert found.missing["pdu"] == {"credits": Decimal(5), "credits:education": Decimal(5)}
    enough = ask(NESTED, "2024-01-01", rows + item("e", "power", "2023-05-05", "5"))["H"]
    assert (enough.renewed, enough.anchor_on) == (True, dt.date(2023, 5, 5))


def test_a_leaf_minimum_is_missing_although_its_group_is_full() -> None:
    rows = item("a", "ways", "2023-01-01", "45") + item("b", "power", "2023-01-02", "8")
    rows += item("c", "business", "2023-01-03", "7")
    found = ask(NESTED, "2024-01-01", rows)["H"]
    assert found.missing["pdu"] == {"credits:business": Decimal(1)}


def test_a_cap_inside_a_cap() -> None:
    rows = item("a", "practice", "2023-01-01", "20") + item("b", "writing", "2023-01-02", "20")
    rows += item("c", "writing", "2023-01-03", "1") + item("d", "practice", "2023-01-04", "1")
    found = ask(NESTED, "2024-01-01", rows)["H"]
    assert {line.item: line.credits for line in found.counted} == {"a": 8, "b": 17}
    assert {line.item: line.reason.value for line in found.not_counted} == {"c": "over_cap", "d": "over_cap"}


EACH_YEAR_RULES = """
[version.level.one]
name = "One"
rank = 1
validity = { months = 36 }
clause = "X"
path = [{ id = "cpe", name = "120", clause = "X", credits = 120, each_year = { credits = 20, year = "cycle" } }]
[version.kind.course]
name = "course"
clause = "X"
"""
EACH_YEAR = program(EACH_YEAR_RULES)


def test_a_minimum_in_each_year_of_the_certification() -> None:
    rows = item("a", "course", "2023-06-29", "80") + item("b", "course", "2024-06-29", "20")
    short = ask(EACH_YEAR, "2025-06-29", rows + item("c", "course", "2025-06-29", "19"))["H"]
    assert short.missing["cpe"] == {"credits": Decimal(1), "credits:2024-06-30": Decimal(1)}
    met = ask(EACH_YEAR, "2025-06-29", rows + item("c", "course", "2025-06-29", "20"))["H"]
    assert (met.renewed, met.missing["cpe"]["credits:2025-06-30"]) == (True, 20)
    moved = ask(EACH_YEAR, "2025-06-29", rows.replace("2024-06-29", "2024-06-30"))["H"]
    assert moved.missing["cpe"]["credits:2023-06-30"] == 20
    assert "year_minimum_missed" in moved.flags


TRACKS = program(
    """
[version.level.one]
name = "One"
rank = 1
validity = { months = 36 }
clause = "X"
path = [
  { id = "points", name = "30", clause = "X", credits = 30 },
  { id = "exam", name = "again", clause = "X", exam = [{ kinds = ["again"] }] },
]
[version.kind]
course = { name = "course", clause = "X", applies_to = "track" }
own = { name = "own", clause = "X", applies_to = "holding" }
""",
    exam='kinds = ["again"]\nmatch = "track"',
)
OTHER = '[[holding]]\nprogram = "acme"\nname = "S"\nlevel = "one"\nearned_on = 2022-06-30\ntrack = "security"\n'
NO_TRACK = '[[holding]]\nprogram = "acme"\nname = "N"\nlevel = "one"\nearned_on = 2022-06-30\n'


@pytest.mark.parametrize(
    ("rows", "renewed"),
    [
        (item("a", "course", "2023-01-01", "30", 'track = "security"'), {"S"}),
        (item("a", "course", "2023-01-01", "30", 'track = "routing"'), {"H"}),
        (item("a", "course", "2023-01-01", "30"), set()),
        (item("a", "own", "2023-01-01", "30", 'holding = "N"'), {"N"}),
        (item("a", "own", "2023-01-01", "30"), set()),
        (exam("2023-01-01", 'track = "security"'), {"S"}),
        (exam("2023-01-01", 'holding = "S"'), set()),
    ],
)
def test_what_serves_a_track_or_one_certification(rows: str, renewed: set[str]) -> None:
    found = ask(TRACKS, "2024-01-01", OTHER + NO_TRACK + rows, more='track = "routing"')
    assert {name for name, verdict in found.items() if verdict.renewed} == renewed
    for name in {"H", "S", "N"} - renewed:
        lines = (*found[name].not_counted, *found[name].exams_not_counted)
        assert [line.reason.value for line in lines] in (["surplus"], ["no_match"])


COURSES = program(
    """
[version.level.one]
name = "One"
rank = 1
validity = { months = 36 }
clause = "X"
path = [{ id = "set", name = "both", clause = "X", courses = ["Safety, part 1", "Safety, part 2"], facts = ["oath"] }]
[version.kind]
course = { name = "course", clause = "X", value = 5 }
oath = { name = "oath", clause = "X", value = 0 }
"""
)


def test_a_set_of_courses_and_a_fact_are_all_needed() -> None:
    rows = item("safety PART 1", "course", "2023-01-01", "5") + item("Safety, part 2", "course", "2023-02-01", "5")
    rows += item("Another", "course", "2023-02-02", "5")
    short = ask(COURSES, "2024-01-01", rows)["H"]
    assert short.missing == {"set": {"fact:oath": 1}}
    assert [(line.item, line.reason.value) for line in short.not_counted] == [("Another", "surplus")]
    met = ask(COURSES, "2024-01-01", rows + item("I swear", "oath", "2023-03-01", "0"))["H"]
    assert (met.path, met.anchor_on) == ("set", dt.date(2023, 3, 1))
    assert {line.item for line in met.not_counted if line.reason.value == "outside_cycle"} == {
        "safety PART 1",
        "Safety, part 2",
        "I swear",
    }
    assert met.missing["set"] == {"fact:oath": 1, "course:Safety, part 1": 1, "course:Safety, part 2": 1}


@pytest.mark.parametrize(
    ("earned_on", "expires_on"),
    [
        ("2017-02-28", "2020-02-28"),
        ("2017-03-01", "2020-09-01"),
        ("2017-12-31", "2021-06-30"),
        ("2018-01-01", "2021-01-01"),
    ],
)
def test_g13_a_blanket_extension_where_it_is_enabled(earned_on: str, expires_on: str) -> None:
    extended = load_program(
        CISCO.replace("enabled = false                             # to whom", "enabled = true # "), "x"
    )
    holding = f'[[holding]]\nprogram = "cisco"\nname = "CCNA"\nlevel = "associate"\nearned_on = {earned_on}\n'
    scenario = load_scenario(f"as_of = 2019-01-01\n{holding}", "case")
    (verdict,) = run_scenario(scenario, {"cisco": extended})
    assert verdict.expires_on == dt.date.fromisoformat(expires_on)


def test_a_credit_lapses_in_a_cycle_that_was_extended() -> None:
    """Three years of a credit are shorter than a cycle of three years and six months."""
    extended = load_program(
        CISCO.replace("enabled = false                             # to whom", "enabled = true # ").replace(
            "expiring_until = 2020-12-31", "expiring_until = 2030-12-31"
        ),
        "x",
    )
    text = """
as_of = %s
[[holding]]
program = "cisco"
name = "CCNA"
level = "associate"
earned_on = 2021-01-10
[[item]]
id = "a"
program = "cisco"
course = "A"
kind = "course"
completed_on = 2021-02-10
credits = 20
[[item]]
id = "b"
program = "cisco"
course = "B"
kind = "course"
completed_on = %s
credits = 10
"""
    met = run_scenario(load_scenario(text % ("2024-07-01", "2024-02-10"), "x"), {"cisco": extended})[0]
    assert (met.renewed, met.anchor_on) == (True, dt.date(2024, 2, 10))
    late = run_scenario(load_scenario(text % ("2024-07-01", "2024-02-11"), "x"), {"cisco": extended})[0]
    assert (late.renewed, late.expires_on, late.missing["ce_only"]) == (False, dt.date(2024, 7, 10), {"credits": 20})
    assert [(line.item, line.reason.value, line.clause) for line in late.not_counted] == [
        ("a", "outside_cycle", "CIS-3Y")
    ]
    assert [line.item for line in late.counted] == ["b"]
    waits = run_scenario(load_scenario(text % ("2024-02-11", "2024-02-12"), "x"), {"cisco": extended})[0]
    assert waits.missing["ce_only"] == {"credits": 30}
