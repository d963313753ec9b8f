"""One mistake in a program's file, one error that names the file, the key and what to do."""

import datetime as dt
import re
from pathlib import Path

import pytest

from rules import version
from rules.program import Program, load_program, shipped_programs
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
    ("credit_units = [", "credit_units = []\nold_units = [", "credit_units", ["at least 1"]),
    ('submit_with = ["course_name"', 'submit_with = ["course name"', "submit_with[1]", ["course name", "course_name"]),
    ("expiring_until = 2020-12-31", "expiring_until = 2020-02-28", "expiry_extension[1]", ["order of their days"]),
    ('levels = ["expert"]', 'levels = ["exprt"]', "special_status[1].levels[1]", ["exprt", "expert"]),
    ('like = "cisco-2020-02-24"', 'like = "cisco-2020"', "version[3].like", ["cisco-2020", "Did you mean"]),
    (
        'like = "cisco-2020-02-24"\nclause = "CIS-AUTO"',
        'like = "cisco-2025-07-15"\nclause = "CIS-AUTO"',
        "version[4].like",
        ["in turn", "whole"],
    ),
    (
        'like = "cisco-2020-02-24"\nclause = "CIS-AUTO"',
        'like = "cisco-2020-02-24"\nwithout = ["submision"]\nclause = "CIS-AUTO"',
        "version[3].without[1]",
        ["submision", "submission"],
    ),
    ('id = "cisco-repeat-ever"', 'id = "cisco-single-use"', "version[6].id", ["twice", "Rename"]),
    (
        'anchor = "last_needed_activity"',
        'anchor = "last_activity"',
        "version[2].anchor",
        ["last_activity", "last_needed"],
    ),
    ('match = "any"', 'match = "all"', "version[2].exam.match", ["all", "track"]),
    ("lifetime = true", "", "version[2].level.entry", ["either validity, or lifetime"]),
    ("lifetime = true", "lifetime = true\ngrace = { days = 1 }", "version[2].level.entry", ["no grace"]),
    (
        "lifetime = true",
        'lifetime = true\npath = [{ id = "a", name = "a", clause = "CIS-CCST", credits = 1 }]',
        "version[2].level.entry",
        ["not renewed", "paths"],
    ),
    ("value = 0\nfixed", "fixed", "version[2].kind.course_without_labs", ["fixed", "value"]),
    (
        "usual = { least = 4, most = 65 }",
        "usual = { least = 5, most = 4 }",
        "version[2].kind.course.usual",
        ["smaller"],
    ),
    (
        'cap = [{ kinds = ["event_session", "authoring"]',
        'cap = [{ kinds = ["event_session", "autoring"]',
        "version[1].cap[1].kinds",
        ["autoring", "authoring"],
    ),
    (
        'cap = [{ kinds = ["event_session", "authoring"]',
        'cap = [{ period = "month", kinds = ["authoring"]',
        "version[1].cap[1].period",
        ["month", "calendar_year"],
    ),
    ("credit_life = { months = 36, ", "credit_life = { ", "version[2].credit_life", ["months or days"]),
    (
        "credit_life = {",
        'carry_over = { kinds = ["curse"], earned_in_last = { months = 6 }, max_credits = 1, clause = "CIS-3Y" }\n'
        "credit_life = {",
        "version[2].carry_over.kinds",
        ["curse", "course"],
    ),
    ("credits = 120\n", 'credits = 120\nfacts = ["fee"]\n', "version[2].level.expert.path[1].facts", ["fee", "Known"]),
    (
        "credits = 120\n",
        'credits = 120\nminimum = [{ id = "a", kinds = ["cours"], credits = 1 }]\n',
        "version[2].level.expert.path[1].minimum[1].kinds",
        ["cours", "course"],
    ),
    (
        "credits = 120\n",
        'credits = 120\nminimum = [{ id = "a", kinds = ["offer"], credits = 1 }, '
        '{ id = "a", kinds = ["course"], credits = 1 }]\n',
        "version[2].level.expert.path[1]",
        ["one id"],
    ),
    (
        "credits = 120\n",
        'credits = 120\neach_year = { credits = 1, year = "school" }\n',
        "version[2].level.expert.path[1].each_year.year",
        ["school", "calendar"],
    ),
    ("exam.points = { associate", "exam.points = { asociate", "version[7].exam.points", ["asociate", "associate"]),
    (
        'level = "specialist"\nearned_on = 2022-04-04',
        'level = "specialised"\nearned_on = 2022-04-04',
        "example[2].holding[1].level",
        ["specialised", "specialist"],
    ),
    (
        '[[example.item]]\nid = "a"\nprogram = "cisco"',
        '[[example.item]]\nid = "a"\nprogram = "cisko"',
        "example[1].item[1].program",
        ["cisko", "cisco"],
    ),
    ("[example.expect.Specialist]", "[example.expect.Special]", "example[2].expect.Special", ["Special", "Specialist"]),
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


def test_a_program_needs_a_version_in_force_and_a_floor_its_days_in_order() -> None:
    none = TEXT.replace("\nfrom = ", "\nenabled = false\nfrom = ").replace("enabled = false\nenabled", "enabled")
    none = none.replace("enabled = false\nlike", "like").replace("2020-02-24\nenabled = false\n", "2020-02-24\n")
    with pytest.raises(ProgramError, match=r"mine.toml: version: no version is enabled. Enable the one"):
        load_program(none, "mine.toml")
    floor = "[[expiry_floor]]\nexpiring_from = 2024-02-01\nexpiring_until = 2024-01-01\nbecomes = 2024-09-30\n"
    wrong = TEXT.replace("[[expiry_extension]]", floor + 'clause = "CIS-3Y"\n[[expiry_extension]]', 1)
    with pytest.raises(ProgramError, match=r"mine.toml: expiry_floor\[1\]: write .* in the order of their days"):
        load_program(wrong, "mine.toml")


def test_what_is_wrong_in_a_version_that_others_are_like_is_named_where_it_is_written() -> None:
    wrong = TEXT.replace('because.over_cap = "CIS-CAPS"', 'because.over_cap = "CIS-CAPZ"', 1)
    with pytest.raises(ProgramError, match=r'version\[1\].because.over_cap: there is no clause "CIS-CAPZ"'):
        load_program(wrong, "mine.toml")


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


def test_the_docs_describe_every_key_that_a_file_can_have() -> None:
    docs = (Path(__file__).parent.parent.parent / "docs" / "add-a-program.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", docs))
    for model in (
        Program,
        version.Version,
        version.ExamRules,
        version.Level,
        version.Path,
        version.ExamNeed,
        version.Minimum,
        version.Yearly,
        version.Kind,
        version.Usual,
        version.Cap,
        version.CarryOver,
        version.CreditLife,
        version.Submission,
    ):
        keys = {field.alias or name for name, field in model.model_fields.items()}
        assert keys <= words, (model.__name__, keys - words)
