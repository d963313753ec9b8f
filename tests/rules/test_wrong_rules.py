"""Each wrong reading of a rule, made by changing the data, is caught by a named scenario: the data decides."""

from pathlib import Path

import pytest

from rules.program import load_program, shipped_programs
from rules.scenario import differences, load_scenario, run_scenario

HERE = Path(__file__).parent
PROGRAMS = HERE.parent.parent / "rules" / "programs"

WRONG = [
    ("atlassian", "grace = { months = 3 }", "grace = { days = 90 }", "A01"),
    ("atlassian", "validity = { months = 24 }", "validity = { months = 36 }", "A01"),
    ("atlassian", "max_uses = 4", "max_uses = 5", "A09"),
    ("atlassian", "max_uses = 1", "max_uses = 2", "A10"),
    ("atlassian", "value = 30", "value = 10", "A10"),
    ("atlassian", "credits = 50\n[[version.level.aca.path]]", "credits = 100\n[[version.level.aca.path]]", "A08"),
    ("atlassian", 'entry_after_expiry = "refused"', 'entry_after_expiry = "accepted"', "A12"),
    ("atlassian", "window_before_expiry = { months = 6 }", "window_before_expiry = { months = 7 }", "A14"),
    ("atlassian", "window_before_expiry = { months = 6 }", "window_before_expiry = { days = 180 }", "A13"),
    ("atlassian", 'match = "holding"', 'match = "any"', "A15"),
    ("atlassian", 'last_day = "exclusive"', 'last_day = "inclusive"', "A22"),
    ("cisco", "rank = 1\nvalidity = { months = 36 }\nclause", "rank = 1\nvalidity = { days = 1095 }\nclause", "C18"),
    ("cisco", 'last_day = "inclusive"', 'last_day = "exclusive"', "C18"),
    ("cisco", "within_days = 90", "within_days = 91", "C24"),
    ("cisco", "within_days = 90", "within_days = 89", "C23"),
    ("cisco", 'mode = "enforce"', 'mode = "warn"', "C24"),
    ("cisco", 'repeat = "once_per_cycle"', 'repeat = "allowed"', "C25"),
    ("cisco", 'entry_after_expiry = "refused"', 'entry_after_expiry = "accepted"', "C22"),
    ("cisco", 'cascade = "same_level_and_below"', 'cascade = "none"', "C32"),
    ("cisco", 'allocation = "accumulate_to_highest"', 'allocation = "strict_single_use"', "C15"),
    ("cisco", "credits = 30", "credits = 31", "C01"),
    ("cisco", "credits = 120", "credits = 121", "C10"),
]


@pytest.mark.parametrize(("program", "right", "wrong", "scenario"), WRONG)
def test_a_wrong_reading_fails_its_scenario(program: str, right: str, wrong: str, scenario: str) -> None:
    text = (PROGRAMS / f"{program}.toml").read_text(encoding="utf-8")
    rules, examples = text.split("[[example]]", 1)
    assert right in rules
    changed = load_program(f"{rules.replace(right, wrong)}[[example]]{examples}", "changed.toml")
    facts = load_scenario((HERE / "scenarios" / f"{scenario}.toml").read_text(encoding="utf-8"), scenario)
    assert differences(facts, run_scenario(facts, shipped_programs())) == []
    assert differences(facts, run_scenario(facts, {program: changed})) != []
