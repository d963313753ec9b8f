"""One mistake in a program's file, one error that names the file, the key and what to do."""

import datetime as dt
from pathlib import Path

import pytest

from rules.program import load_program, shipped_programs
from rules.reading import ProgramError
from rules.scenario import load_scenario, run_scenario

TEXT = (Path(__file__).parent.parent.parent / "rules" / "programs" / "cisco.toml").read_text(encoding="utf-8")
# A version that begins before the one above it.
TOO_EARLY = '[[version]]\nid = "again"\nlike = "cisco-2020-02-24"\nclause = "CIS-TABLE"\nfrom = 2019-01-01\n'
LESS = 'level.associate.path = [{ id = "ce_only", name = "20", clause = "CIS-1", credits = 20 }]\n'

TWO_VERSIONS = """
as_of = 2025-10-01
[[holding]]
program = "cisco"
name = "CCNA"
level = "associate"
earned_on = 2023-01-10
[[item]]
id = "a"
program = "cisco"
course = "a"
kind = "course"
completed_on = 2024-01-01
credits = 20
"""

# what is right, what is written instead, the key that the error names, words of its problem and remedy
MISTAKES = [
    ('id = "cisco"\n', 'id = "cisco\n', "", ["not TOML"]),
    ("verified_on = 2026-11-22\n", "", "verified_on", ["missing", "Add it"]),
    ("verified_on = 2026-11-22", 'verified_on = "last week"', "verified_on", ["not a day", "2025-12-31"]),
    ('credited = "on_portal"', 'credited = "by_magic"', "credited", ["by_magic", "on_portal", "automatically"]),
    ("last_day = ", "last_dya = ", "version[2].last_day", ["missing"]),
    (
        'clause = "CIS-TABLE"\nlast_day',
        'lastday = "x"\nclause = "CIS-TABLE"\nlast_day',
        "version[2].lastday",
        ["last_day"],
    ),
    (
        'clause = "CIS-3b"',
        'clause = "CIS-3c"',
        "version[2].level.professional.path[2].clause",
        ["CIS-3c", "Did you mean"],
    ),
    ('over_cap = "CIS-CAPS"\n', "", "version[2].because.over_cap", ["missing"]),
    ('over_cap = "CIS-CAPS"', 'over_cap = "CIS-CAPZ"', "version[2].because.over_cap", ["CIS-CAPZ", "CIS-CAPS"]),
    ("credits = 80\n", "credits = -80\n", "version[2].level.professional.path[1].credits", ["-80", "greater"]),
    ("credits = 80\n", 'credits = "many"\n', "version[2].level.professional.path[1].credits", ["many", "decimal"]),
    ("credits = 80\n", "", "version[2].level.professional.path[1]", ["credits", "exams"]),
    (
        "validity = { months = 36 }",
        "validity = { months = 36, days = 1 }",
        "version[2].level.associate.validity",
        ["both"],
    ),
    (
        "validity = { months = 36 }",
        "validity = { weeks = 6 }",
        "version[2].level.associate.validity.weeks",
        ["not known"],
    ),
    ("rank = 1\n", "rank = 0\n", "version[2].level.associate.rank", ["0"]),
    ('id = "exam_any"', 'id = "ce_only"', "version[2].level.associate.path[2].id", ["twice", "Rename"]),
    (
        '{ kinds = ["core", "expert"] }',
        '{ kinds = ["corr"] }',
        "version[2].level.professional.path[3].exam",
        ["corr", "core"],
    ),
    (
        '[{ kinds = ["core"] }, { kinds = ["concentration"] }]',
        '[{ kinds = ["core"] }, { kinds = ["core"] }]',
        "version[2].level.expert.path[7]",
        ["one exam", "once"],
    ),
    ('kind = "course"   ', 'kind = "curse"   ', "recognise[1].kind", ["curse", "course"]),
    ("within_days = 90", "within_days = 0", "version[2].submission.within_days", ["0"]),
    ("[clause.CIS-TABLE]", TOO_EARLY + "[clause.CIS-TABLE]", "version[8].from", ["not after", "oldest first"]),
    ('text = "Associate: 30 CE credits."\n', "", "clause.CIS-1.text", ["missing"]),
    ('[[example]]\nname = "30', '[[example]]\nwhy = 1\nname = "30', "example[1].why", ["not known"]),
    ('clause = "CIS-90D"\nas_of', 'clause = "CIS-91D"\nas_of', "example[6].clause", ["CIS-91D", "CIS-90D"]),
]


@pytest.mark.parametrize(
    ("right", "wrong", "key", "words"), MISTAKES, ids=[f"{n}: {m[2]}" for n, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_named_with_its_place_and_its_remedy(right: str, wrong: str, key: str, words: list[str]) -> None:
    assert right in TEXT
    head, base, rest = TEXT.partition('id = "cisco-2020-02-24"\nfrom')
    # Changed where a version is written out whole, not where another one differs from it.
    whole = right in rest
    text = head + base + rest.replace(right, wrong, 1) if whole else TEXT.replace(right, wrong, 1)
    with pytest.raises(ProgramError) as caught:
        load_program(text, "mine.toml")
    assert (caught.value.file, caught.value.key) == ("mine.toml", key)
    assert str(caught.value).startswith("mine.toml: ")
    for word in words:
        assert word in str(caught.value)


def test_a_later_version_is_in_force_from_its_day() -> None:
    """What was not enough under the first version renews on the day on which a second one asks for less."""
    later = TOO_EARLY.replace("2019-01-01", "2025-09-01") + LESS
    program = load_program(TEXT.replace("[clause.CIS-TABLE]", later + "[clause.CIS-TABLE]", 1), "two.toml")
    scenario = load_scenario(TWO_VERSIONS, "two")
    (verdict,) = run_scenario(scenario, {"cisco": program})
    assert verdict.anchor_on == dt.date(2025, 9, 1)
    assert verdict.program_version == "again"
    (verdict,) = run_scenario(scenario.model_copy(update={"as_of": dt.date(2025, 9, 1)}), {"cisco": program})
    assert verdict.anchor_on == dt.date(2025, 9, 1)
    (verdict,) = run_scenario(scenario.model_copy(update={"as_of": dt.date(2025, 8, 31)}), {"cisco": program})
    assert (verdict.renewed, verdict.missing["ce_only"]) == (False, {"credits": 10})
    assert verdict.program_version == "cisco-2025-07-15"


def test_every_program_names_a_source_for_every_clause_and_flags_what_nobody_confirmed() -> None:
    for program in shipped_programs().values():
        assert all(clause.source and clause.text for clause in program.clauses.values())
        assert any(clause.needs_confirmation for clause in program.clauses.values())


def test_a_program_knows_the_issuers_and_units_that_it_believes() -> None:
    cisco, atlassian = shipped_programs()["cisco"], shipped_programs()["atlassian"]
    assert atlassian.recognises("atlassian-university") == "course"
    assert cisco.recognises("cisco-networking-academy") is None
    assert cisco.believes_unit("ce CREDITS")
    assert not cisco.believes_unit("hours")
    assert cisco.credit_unit == "CE"
