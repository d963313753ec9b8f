"""Edges that a small change of the engine would move, each by a case of its own."""

import datetime as dt
from decimal import Decimal

import pytest

from rules.engine import EvaluationError, evaluate
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


@pytest.mark.parametrize("anchor", ["last_needed_activity", "previous_expiration"])
def test_a_cascade_never_makes_a_period_shorter(anchor: str) -> None:
    """The lower level lasted five years when it was earned, and two since then."""
    (old,) = _cascading(60, anchor).versions
    (new,) = _cascading(24, anchor).versions
    later = new.model_copy(update={"id": "acme-2", "begins": day("2023-01-01")})
    both = _cascading(60, anchor).model_copy(update={"versions": (old, later)})
    low = ask(both, "2024-06-01", HIGH % "2021-06-01" + exam("2024-01-01"))["H"]
    assert (low.path, low.expires_on) == (None, day("2027-06-30"))


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


SUSPENDED_ANY = program(
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
    exam='kinds = ["again"]\nmatch = "holding"\nmatch_while_suspended = "any"',
)


@pytest.mark.parametrize(("passed_on", "renewed"), [("2023-06-29", False), ("2023-06-30", True)])
def test_an_exam_that_serves_all_only_while_they_are_suspended(passed_on: str, renewed: bool) -> None:
    found = ask(SUSPENDED_ANY, "2023-07-01", exam(passed_on, 'holding = "another"'))["H"]
    assert (found.renewed, "exam_holding_missing" in found.flags) == (renewed, False)


@pytest.mark.parametrize(("match", "flags"), [("holding", ("exam_holding_missing",)), ("track", ()), ("any", ())])
def test_an_exam_that_names_nothing_is_flagged_where_it_must_name_a_certification(
    match: str, flags: tuple[str, ...]
) -> None:
    rules = program(CASCADE % 36, exam=f'kinds = ["low", "again"]\nmatch = "{match}"')
    assert ask(rules, "2023-07-01", exam("2023-06-29"))["H"].flags == flags


def test_an_exam_of_no_kind_is_flagged_unless_it_names_its_certification() -> None:
    rules = program(CASCADE % 36, exam='kinds = ["low", "again"]\nmatch = "any"')
    nameless = '[[exam]]\nprogram = "acme"\npassed_on = 2023-01-01\n'
    assert ask(rules, "2023-07-01", nameless)["H"].flags == ("exam_kind_missing",)
    assert ask(rules, "2023-07-01", nameless + 'holding = "H"\n')["H"].flags == ()


OWN = """
[version.level.one]
name = "One"
rank = 1
validity = { months = 36 }
clause = "X"
path = [{ id = "exam", name = "two", clause = "X", exam = [{ kinds = ["low"], count = 2, or_its_own = true }] }]
[version.kind]
course = { name = "course", clause = "X" }
"""


@pytest.mark.parametrize(
    ("rows", "lacks"),
    [
        (exam("2023-01-01", 'code = "1"'), 2),
        (exam("2023-01-01", 'code = "1"\nholding = "H"'), 1),
        (exam("2023-01-01", 'code = "1"\nholding = "H"') + exam("2023-01-02", 'code = "1"'), 1),
        (exam("2023-01-01", 'code = "1"') + exam("2023-01-02", 'code = "1"\nholding = "H"'), 1),
        (exam("2023-01-01", 'code = "1"\nholding = "H"') + exam("2023-01-02", 'code = "2"\nholding = "H"'), 0),
        (exam("2023-01-01", 'code = "1"\nholding = "H"').replace("again", "low"), 1),
    ],
)
def test_its_own_exam_serves_whatever_its_kind(rows: str, lacks: int) -> None:
    rules = program(OWN, exam='kinds = ["low", "again"]\nmatch = "any"')
    found = ask(rules, "2024-01-01", rows)["H"]
    assert (found.renewed, found.missing["exam"]["exam:low"]) == (not lacks, lacks or 2)


CARRY = 'carry_over = { kinds = ["course"], earned_in_last = { months = 36 }, max_credits = 90, clause = "X" }'


def test_what_is_carried_over_renews_only_together_with_something_new() -> None:
    rules = program(ONE, f'{CARRY}\nanchor = "previous_expiration"', 'kinds = ["again"]\nmatch = "holding"')
    rows = item("a", "course", "2023-01-01", "90") + exam("2025-08-01", 'holding = "another"')
    waits = ask(rules, "2026-01-01", rows)["H"]
    assert (waits.expires_on, [line.credits for line in waits.counted]) == (day("2028-06-30"), [60])
    renewed = ask(rules, "2026-01-01", rows + item("b", "course", "2025-09-01", "1"))["H"]
    assert (renewed.met_on, renewed.expires_on) == (day("2025-09-01"), day("2031-06-30"))


def test_nothing_is_carried_over_by_a_cascade() -> None:
    points = '{ id = "points", name = "90", clause = "X", credits = 90 }'
    rules = program(
        CASCADE.replace("path = [{", f"path = [{points}, {{", 1) % 36,
        f'{CARRY}\ncascade = "below"',
        'kinds = ["low", "again"]\nmatch = "any"',
    )
    rows = HIGH % "2022-06-30" + item("a", "course", "2023-01-01", "20") + exam("2023-02-02")
    found = ask(rules, "2024-01-01", rows)["H"]
    assert (found.path, found.counted) == ("cascade", ())


def test_a_balance_stands_for_all_earned_items_before_it() -> None:
    holding = Holding("cisco", "CCNP", "professional", day("2023-01-10"), day("2023-01-10"))
    rows = [
        Item(name, "cisco", name, "course", on, on, on, Decimal(10))
        for name, on in (("a", day("2023-05-05")), ("b", day("2023-06-06")), ("c", day("2023-07-07")))
    ]
    stated = Balance("cisco", "CCNP", Decimal(35), day("2024-01-01"), day("2024-01-01"))
    (found,) = evaluate(rows, (), [holding], shipped_programs(), day("2024-02-01"), day("2024-02-01"), [stated])
    assert [line.credits for line in found.counted] == [10, 10, 10, 5]


def test_holdings_of_several_programs_are_judged_program_by_program() -> None:
    """Whatever their names: the two of one program renew together although another one's name lies between them."""
    held = [
        Holding("cisco", "A", "professional", day("2023-01-10"), day("2023-01-10")),
        Holding("atlassian", "B", "acp", day("2024-09-01"), day("2024-09-01")),
        Holding("cisco", "C", "professional", day("2023-05-10"), day("2023-05-10")),
    ]
    done = Item("a", "cisco", "a", "course", *[day("2023-02-01")] * 3, Decimal(40))
    more = Item("b", "cisco", "b", "course", *[day("2023-06-01")] * 3, Decimal(40))
    found = evaluate([done, more], (), held, shipped_programs(), day("2025-01-01"), day("2025-01-01"))
    assert [(one.program, one.holding, one.path) for one in found] == [
        ("atlassian", "B", None),
        ("cisco", "A", "ce_only"),
        ("cisco", "C", "cascade"),
    ]


def test_an_unknown_level_is_answered_with_the_known_ones() -> None:
    held = Holding("cisco", "A", "pro", day("2023-01-10"), day("2023-01-10"))
    with pytest.raises(EvaluationError, match='"A": program "cisco" has no level "pro"; known: associate, customer_'):
        evaluate((), (), [held], shipped_programs(), day("2025-01-01"), day("2025-01-01"))


@pytest.mark.parametrize(("started_on", "flagged"), [("2023-01-09", True), ("2023-01-10", False)])
def test_a_course_that_begins_on_the_day_of_earning_straddles_nothing(started_on: str, flagged: bool) -> None:
    held = Holding("cisco", "A", "associate", day("2023-01-10"), day("2023-01-10"))
    done = Item("a", "cisco", "a", "course", *[day("2023-01-12")] * 3, Decimal(4), started_on=day(started_on))
    (found,) = evaluate([done], (), [held], shipped_programs(), day("2025-01-01"), day("2025-01-01"))
    assert ("straddles_start" in found.flags) == flagged
