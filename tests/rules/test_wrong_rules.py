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


# The same for the examples inside a program: a part of the name of the one that catches it.
WRONG_EXAMPLES = [
    ("cisco", 'anchor = "previous_expiration"', 'anchor = "last_needed_activity"', "G11"),
    ("cisco", "grace = { months = 12 }", "grace = { months = 11 }", "the day after the anniversary"),
    ("cisco", "validity = { months = 24 }", "validity = { months = 36 }", "G11"),
    ("cisco", "from = 2025-07-15", "from = 2025-07-16", "on the day of the change"),
    ("cisco", "from = 2025-07-15", "from = 2025-07-14", "a day before the change"),
    ("cisco", 'in_cascade = false\nclause = "CIS-CSM"', 'clause = "CIS-CSM"', "Customer Success"),
    ("cisco", "fixed = true", "fixed = false", "without labs"),
    ("cisco", "most = 65", "most = 66", "more credits than any"),
    (
        "cisco",
        "or_its_own = true }]   # or its own exam again",
        "or_its_own = false }]",
        "by its own exam again",
    ),
    ("cisco", "apply_after = { months = 117 }", "apply_after = { months = 118 }", "may apply for emeritus"),
    ("cisco", "reapply_before = { months = 3 }", "reapply_before = { months = 2 }", "an emeritus is not active"),
    ("cisco", "lifetime_after = { months = 240 }", "lifetime_after = { months = 250 }", "twenty years"),
    ("cisco", "lasts = { months = 12 }", "lasts = { months = 13 }", "without a new grant"),
    ("atlassian", "level.acp.validity = { months = 18 }", "level.acp.validity = { months = 24 }", "18 months from"),
    ("atlassian", 'anchor_while_suspended = "previous_expiration"', "", "from the suspension"),
    ("atlassian", 'anchor = "previous_expiration"', 'anchor = "last_needed_activity"', "any badge moves"),
    ("atlassian", 'match_while_suspended = "holding"', 'match_while_suspended = "any"', "any badge moves"),
    ("atlassian", "from = 2024-08-01", "from = 2024-07-31", "there were no units"),
    ("atlassian", "expiring_from = 2024-02-01", "expiring_from = 2024-01-31", "a day before the pause"),
    ("atlassian", "expiring_from = 2024-02-01", "expiring_from = 2024-02-02", "the first day of the pause"),
    ("atlassian", "expiring_until = 2024-09-29", "expiring_until = 2024-09-28", "the last day of the pause"),
    ("atlassian", "courses_of_holding = true", 'courses = ["Selling Cloud"]', "one of two required"),
    ("atlassian", "value = 30\nfixed = true", "value = 30", "whatever is stated"),
    ("comptia", 'anchor = "previous_expiration"', 'anchor = "last_needed_activity"', "G01"),
    ("comptia", 'facts = ["fee"]', "", "without the fee"),
    ("comptia", 'cascade = "below"', 'cascade = "same_level_and_below"', "renewing the highest"),
    ("comptia", 'cascade = "below"', 'cascade = "none"', "renewing the highest"),
    ("comptia", "from = 2011-01-01", "from = 2010-12-31", "earned before 2011"),
    ("isc2", "credits = 90 }]", "credits = 89 }]", "89 of group A"),
    ("isc2", "max_credits = 30", "max_credits = 31", "89 of group A"),
    ("isc2", "max_credits = 40", "max_credits = 41", "at most 40"),
    ("isc2", "earned_in_last = { months = 6 }", "earned_in_last = { months = 7 }", "only what was earned in the last"),
    ("isc2", "earned_in_last = { months = 6 }", "earned_in_last = { days = 181 }", "begin on their first day"),
    (
        "isc2",
        'carry_over = { kinds = ["group_a"]',
        'carry_over = { kinds = ["group_a", "group_b"]',
        "does not roll over",
    ),
    ("isaca", "each_year = { credits = 20,", "each_year = { credits = 19,", "G05"),
    ("isaca", 'period = "calendar_year"', 'period = "cycle"', "another 20"),
    ("isaca", 'year = "calendar"', 'year = "cycle"', "begins within a year"),
    ("microsoft", "window_before_expiry = { months = 6 }", "window_before_expiry = { days = 182 }", "a day before the"),
    ("microsoft", 'anchor = "previous_expiration"', 'anchor = "last_needed_activity"', "first day of the window"),
    ("microsoft", 'last_day = "exclusive"', 'last_day = "inclusive"', "too late"),
]


@pytest.mark.parametrize(("program", "right", "wrong", "name"), WRONG_EXAMPLES)
def test_a_wrong_reading_fails_its_example(program: str, right: str, wrong: str, name: str) -> None:
    text = (PROGRAMS / f"{program}.toml").read_text(encoding="utf-8")
    rules, examples = text.split("[[example]]", 1)
    assert right in rules
    changed = load_program(f"{rules.replace(right, wrong)}[[example]]{examples}", "changed.toml")
    named = [example for example in changed.examples if name in example.name]
    assert named
    assert all(differences(example, run_scenario(example, shipped_programs())) == [] for example in named)
    assert any(differences(example, run_scenario(example, {program: changed})) for example in named)


@pytest.mark.parametrize(("program", "right", "wrong", "scenario"), WRONG)
def test_a_wrong_reading_fails_its_scenario(program: str, right: str, wrong: str, scenario: str) -> None:
    text = (PROGRAMS / f"{program}.toml").read_text(encoding="utf-8")
    rules, examples = text.split("[[example]]", 1)
    assert right in rules
    changed = load_program(f"{rules.replace(right, wrong)}[[example]]{examples}", "changed.toml")
    facts = load_scenario((HERE / "scenarios" / f"{scenario}.toml").read_text(encoding="utf-8"), scenario)
    assert differences(facts, run_scenario(facts, shipped_programs())) == []
    assert differences(facts, run_scenario(facts, {program: changed})) != []
