"""The other readings of the sources, enabled one at a time, and what each changes."""

import datetime as dt

import pytest

from rules.model import Verdict
from rules.program import load_program
from rules.reading import ProgramError
from rules.scenario import load_scenario, run_scenario
from tests.rules.text import CISCO, enabled

FACTS = """
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
[[item]]
id = "b"
program = "cisco"
course = "%s"
kind = "course"
completed_on = 2024-06-10
credits = 30
"""


def judged(text: str, scenario: str) -> dict[str, Verdict]:
    verdicts = run_scenario(load_scenario(scenario, "facts"), {"cisco": load_program(text, "cisco.toml")})
    return {verdict.holding: verdict for verdict in verdicts}


def test_a_pool_that_is_used_up_once() -> None:
    """The table lets 50 and 30 renew both; with single use the 50 are gone with the lower certification."""
    shared, single = judged(CISCO, FACTS % "B"), judged(enabled("cisco-single-use"), FACTS % "B")
    assert (shared["CCNP"].path, shared["CCNA"].path) == ("ce_only", "ce_only")
    assert (single["CCNP"].path, single["CCNA"].anchor_on) == (None, dt.date(2024, 6, 10))
    assert single["CCNA"].program_version == "cisco-single-use"
    # The first renewal took the 50 from the higher one, the second the 30.
    assert {line.item: line.reason.value for line in single["CCNP"].not_counted} == {
        "a": "outside_cycle",
        "b": "outside_cycle",
    }


def test_what_was_used_up_does_not_come_back() -> None:
    facts = FACTS.replace("credits = 30", "credits = 29") % "B"
    single = judged(enabled("cisco-single-use"), facts)
    assert single["CCNA"].anchor_on == dt.date(2024, 1, 10)
    assert (single["CCNP"].counted[0].item, single["CCNP"].missing["ce_only"]) == ("b", {"credits": 51})


@pytest.mark.parametrize(("title", "again"), [("A", True), ("A, second edition", False)])
def test_a_course_that_counts_once_and_never_again(title: str, again: bool) -> None:
    ever = judged(enabled("cisco-repeat-ever"), FACTS % title)["CCNA"]
    assert ever.missing["ce_only"] == {"credits": 30}
    reasons = {line.item: (line.reason.value, line.clause) for line in ever.not_counted}
    if again:
        assert reasons["b"] == ("repeat", "CIS-REPEAT-EVER")
        assert ever.anchor_on == dt.date(2024, 1, 10)
    else:
        assert ever.anchor_on == dt.date(2024, 6, 10)
    once = judged(CISCO, FACTS % title)["CCNA"]
    assert once.anchor_on == dt.date(2024, 6, 10)  # a new cycle, where the table's reading lets it count again


EXAM = """
[[exam]]
program = "cisco"
kind = "associate"
code = "200-1"
passed_on = 2024-03-03
[[exam]]
program = "cisco"
kind = "associate"
code = "200-1"
passed_on = 2024-04-04
"""


def test_exams_as_points_in_one_sum() -> None:
    """An associate exam (30) and 50 credits: not enough by the table, enough as a sum."""
    facts = FACTS.partition('[[item]]\nid = "b"')[0] + EXAM
    by_table, by_points = judged(CISCO, facts), judged(enabled("cisco-points"), facts)
    assert by_table["CCNP"].renewed is False
    assert (by_points["CCNP"].path, by_points["CCNP"].anchor_on) == ("points", dt.date(2024, 3, 3))
    fewer = judged(enabled("cisco-points"), facts.replace("credits = 50", "credits = 49"))["CCNP"]
    # The exam that was passed twice is worth its points once, and the verdict's lines add up.
    assert fewer.missing == {"points": {"credits": 1}}
    assert [(line.item, line.credits) for line in fewer.counted] == [("a", 49), ("exam:associate:200-1", 30)]


@pytest.mark.parametrize("version", ["cisco-single-use", "cisco-repeat-ever", "cisco-points"])
def test_two_readings_of_one_time_are_refused(version: str) -> None:
    text = CISCO.replace(
        f'id = "{version}"\nfrom = 2020-02-24\nenabled = false\n', f'id = "{version}"\nfrom = 2020-02-24\n'
    )
    with pytest.raises(ProgramError, match="of two readings enable one"):
        load_program(text, "cisco.toml")


def test_the_anniversary_of_2017_is_told_apart_from_the_day_of_the_exam() -> None:
    """G11: the same facts give 2019-03-15 before 2020 and would give 2018-07-01 by the rules since then."""
    facts = """
as_of = 2016-01-01
[[holding]]
program = "cisco"
name = "CCIE"
level = "expert"
earned_on = 2015-03-15
[[exam]]
program = "cisco"
kind = "expert"
passed_on = 2015-07-01
"""
    since = judged(CISCO.replace('id = "cisco-2017"\n', 'id = "cisco-2017"\nenabled = false\n'), facts)["CCIE"]
    assert (judged(CISCO, facts)["CCIE"].suspends_on, since.expires_on) == (dt.date(2019, 3, 15), dt.date(2018, 7, 1))
