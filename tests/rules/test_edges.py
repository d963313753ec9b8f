"""Edges that a small change of the engine would move, each by a case of its own."""

import datetime as dt
from decimal import Decimal

import pytest

from rules.engine import evaluate
from rules.model import Balance, Holding, Item
from rules.program import Program, load_program, shipped_programs
from rules.scenario import load_scenario, run_scenario
from tests.rules.test_primitives import COURSES, EACH_YEAR_RULES, ask, exam, item, program
from tests.rules.text import enabled


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


ONE = """
[version.level.one]
name = "One"
rank = 1
validity = { months = 36 }
clause = "X"
path = [{ id = "points", name = "30", clause = "X", credits = 30 }]
[version.kind]
course = { name = "course", clause = "X" }
event = { name = "event", clause = "X" }
[[version.cap]]
kinds = ["event"]
max_uses = 1
clause = "X"
"""


def test_a_credit_that_lapsed_gives_its_place_under_a_cap_back() -> None:
    lives = program(ONE, 'credit_life = { months = 12, clause = "X" }')
    rows = item("a", "event", "2023-01-10", "20") + item("b", "event", "2024-01-10", "20")
    rows += item("c", "event", "2024-01-11", "20") + item("d", "event", "2024-01-12", "20")
    found = ask(lives, "2024-06-01", rows)["H"]
    assert [line.item for line in found.counted] == ["c"]
    assert {line.item: line.reason.value for line in found.not_counted} == {
        "a": "outside_cycle",
        "b": "over_cap",
        "d": "over_cap",
    }
    assert found.not_counted[0].sentence == (
        '"a" of 10 January 2023 was not used until 10 January 2024, the last day of its 20 points.'
    )


def test_a_credit_lives_through_its_last_day_and_not_past_the_end_of_the_certification() -> None:
    lives = program(ONE, 'credit_life = { months = 12, clause = "X" }')
    rows = item("a", "course", "2024-08-01", "20")
    assert ask(lives, "2025-06-29", rows)["H"].missing["points"] == {"credits": 10}
    assert ask(lives, "2025-12-01", rows)["H"].missing["points"] == {"credits": 10}
    old = rows.replace("2024-08-01", "2024-06-28")
    assert ask(lives, "2025-06-28", old)["H"].missing["points"] == {"credits": 10}
    assert ask(lives, "2025-12-01", old)["H"].missing["points"] == {"credits": 30}


TWO_ANCHORS = program(
    """
[version.level.one]
name = "One"
rank = 1
validity = { months = 12 }
grace = { months = 3 }
clause = "X"
path = [{ id = "exam", name = "again", clause = "X", exam = [{ kinds = ["again"] }] }]
[version.kind]
course = { name = "course", clause = "X" }
""",
    'anchor = "previous_expiration"\nanchor_while_suspended = "last_needed_activity"',
    'kinds = ["again"]\nmatch = "any"',
)


@pytest.mark.parametrize(
    ("passed_on", "anchor_on", "suspends_on"),
    [
        ("2023-06-29", "2023-06-30", "2024-06-30"),
        ("2023-06-30", "2023-06-30", "2024-06-30"),
        ("2023-07-01", "2023-07-01", "2024-07-01"),
    ],
)
def test_an_anchor_of_its_own_while_suspended(passed_on: str, anchor_on: str, suspends_on: str) -> None:
    found = ask(TWO_ANCHORS, "2023-09-01", exam(passed_on))["H"]
    assert (found.anchor_on, found.suspends_on) == (day(anchor_on), day(suspends_on))
    assert found.met_on == (day(passed_on) if passed_on != anchor_on else None)


def test_a_renewal_in_the_grace_uses_nothing_twice() -> None:
    """The new period counts from the suspension; what was done until the renewal belongs to the closed cycle."""
    twice = program(ONE.replace("clause", "grace = { months = 12 }\nclause", 1), 'anchor = "previous_expiration"')
    rows = item("a", "course", "2025-08-01", "20") + item("b", "course", "2025-09-01", "20")
    rows += item("c", "course", "2025-09-02", "7")
    found = ask(twice, "2025-10-01", rows)["H"]
    assert (found.anchor_on, found.met_on) == (day("2025-06-30"), day("2025-09-01"))
    assert [line.item for line in found.counted] == ["c"]


def test_a_level_that_a_later_version_leaves_out_keeps_its_rules() -> None:
    whole = program(ONE)
    (one,) = whole.versions
    later = one.model_copy(update={"id": "acme-2", "begins": day("2023-01-01"), "levels": {}})
    both = whole.model_copy(update={"versions": (one, later)})
    found = ask(both, "2024-01-01", item("a", "course", "2023-05-05", "30"))["H"]
    assert (found.anchor_on, found.expires_on, found.missing) == (
        day("2023-05-05"),
        day("2026-05-05"),
        {"points": {"credits": 30}},
    )


def test_a_year_is_whole_only_if_its_last_day_is_in_the_cycle() -> None:
    rules = """
[version.level.one]
name = "One"
rank = 1
validity = { days = %d }
clause = "X"
path = [{ id = "cpe", name = "1", clause = "X", credits = 1, each_year = { credits = 20, year = "cycle" } }]
[version.kind]
course = { name = "course", clause = "X" }
"""
    short, whole = program(rules % 364), program(rules % 365)
    assert ask(short, "2022-07-01", "")["H"].missing["cpe"] == {"credits": 1}
    assert ask(whole, "2022-07-01", "")["H"].missing["cpe"] == {"credits": 1, "credits:2022-06-30": 20}


def test_years_end_with_the_calendar() -> None:
    inclusive = program(EACH_YEAR_RULES, 'last_day = "inclusive"')
    found = ask(inclusive, "9997-07-01", "", earned_on="9996-12-30")["H"]
    years = ["credits:9996-12-30", "credits:9997-12-30", "credits:9998-12-30"]
    assert [*found.missing["cpe"]] == ["credits", *years]


def test_courses_that_a_holding_states_matter_only_where_the_path_asks_for_them() -> None:
    rows = item("safety PART 1", "course", "2023-01-01", "5")
    found = ask(COURSES, "2024-01-01", rows, more='required_courses = ["Something else"]')["H"]
    assert found.missing["set"] == {"fact:oath": 1, "course:Safety, part 2": 1}


CASCADE = """
[version.level.one]
name = "One"
rank = 1
validity = { months = %d }
clause = "X"
path = [{ id = "exam", name = "low", clause = "X", exam = [{ kinds = ["low"] }] }]
[version.level.two]
name = "Two"
rank = 2
validity = { months = 36 }
clause = "X"
path = [{ id = "exam", name = "high", clause = "X", exam = [{ kinds = ["again"] }] }]
[version.kind]
course = { name = "course", clause = "X" }
"""
HIGH = '[[holding]]\nprogram = "acme"\nname = "T"\nlevel = "two"\nearned_on = %s\n'


def _cascading(months: int, anchor: str = "last_needed_activity") -> Program:
    return program(
        CASCADE % months,
        f'anchor = "{anchor}"\ncascade = "same_level_and_below"',
        'kinds = ["low", "again"]\nmatch = "any"',
    )


def test_a_cascade_that_would_end_earlier_leaves_the_period_alone() -> None:
    rules = _cascading(60, "previous_expiration")
    rows = HIGH % "2016-06-30" + exam("2016-07-01") + exam("2019-07-01", 'code = "2"')
    low = ask(rules, "2019-08-01", rows, earned_on="2019-07-01")["H"]
    assert (low.path, low.expires_on) == ("cascade", day("2027-06-30"))
    stated = ask(
        rules,
        "2016-08-01",
        HIGH % "2013-08-01" + exam("2016-07-01"),
        more="expires_on = 2022-01-01",
        earned_on="2013-01-01",
    )["H"]
    assert (stated.path, stated.expires_on) == (None, day("2022-01-01"))


def test_what_is_earned_on_the_day_of_a_renewal_is_reached_by_its_cascade() -> None:
    found = ask(_cascading(36), "2023-01-01", HIGH % "2021-01-01" + exam("2022-06-30"))["H"]
    assert (found.path, found.anchor_on, found.expires_on) == ("cascade", day("2022-06-30"), day("2025-06-30"))
    later = ask(_cascading(36), "2023-01-01", HIGH % "2021-01-01" + exam("2022-06-29"))["H"]
    assert (later.path, later.expires_on) == (None, day("2025-06-30"))


@pytest.mark.parametrize(
    ("stated_on", "credits", "missing"),
    [
        ("2023-01-10", "1", "79"),
        ("2023-01-09", "1", "80"),
        ("2026-01-10", "1", "79"),
        ("2026-01-11", "1", "80"),
        ("2025-01-01", "0.5", "79.5"),
    ],
)
def test_a_balance_counts_from_the_first_day_to_the_last(stated_on: str, credits: str, missing: str) -> None:
    holding = Holding("cisco", "CCNP", "professional", day("2023-01-10"), day("2023-01-10"))
    stated = Balance("cisco", "CCNP", Decimal(credits), day(stated_on), day(stated_on))
    (found,) = evaluate((), (), [holding], shipped_programs(), day("2026-02-01"), day("2026-02-01"), [stated])
    assert found.missing["ce_only"] == {"credits": Decimal(missing)}


def test_a_balance_between_an_early_renewal_and_the_old_end_belongs_to_neither() -> None:
    holding = Holding("comptia", "Security+", "security_plus", day("2015-01-15"), day("2015-01-15"))
    rows = [
        Item(kind, "comptia", kind, kind, on, on, on, Decimal(50))
        for kind, on in (("fee", day("2016-01-01")), ("training", day("2017-06-01")))
    ]
    for stated_on, counted in ((day("2018-01-15"), []), (day("2018-01-16"), ["balance:2018-01-16"])):
        stated = Balance("comptia", "Security+", Decimal(10), stated_on, stated_on)
        today = day("2018-06-01")
        (found,) = evaluate(rows, (), [holding], shipped_programs(), today, today, [stated])
        assert [line.item for line in found.counted] == counted


def test_credits_spent_elsewhere_say_when() -> None:
    text = """
as_of = 2025-06-01
[[holding]]
program = "cisco"
name = "CCNA"
level = "associate"
earned_on = 2023-01-10
[[holding]]
program = "cisco"
name = "CCNP"
level = "professional"
earned_on = 2023-01-10
[[item]]
id = "a"
program = "cisco"
course = "A"
kind = "course"
completed_on = 2024-01-10
credits = 50
"""
    known = {"cisco": load_program(enabled("cisco-single-use"), "cisco.toml")}
    higher = run_scenario(load_scenario(text, "x"), known)[0]
    assert [line.sentence for line in higher.not_counted] == [
        '"A" of 10 January 2024 was spent on the renewal of another certification on 10 January 2024.'
    ]
