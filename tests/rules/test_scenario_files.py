"""One mistake in a scenario, one error that names the file, the key and what to do; and what `--check` compares."""

import datetime as dt

import pytest

from rules.program import shipped_programs
from rules.reading import ScenarioError
from rules.scenario import differences, load_scenario, run_scenario

TEXT = """
as_of = 2025-06-01
[[holding]]
program = "cisco"
name = "CCNA"
level = "associate"
earned_on = 2023-01-10
[[item]]
id = "a"
program = "cisco"
course = "A"
kind = "course"
completed_on = 2025-03-01
credits = 12.5
[[exam]]
program = "cisco"
kind = "core"
passed_on = 2026-05-05
[expect.CCNA]
renewed = false
missing.ce_only = { credits = "17.5" }
"""

MISTAKES = [
    ("as_of = 2025-06-01", "as_of 2025-06-01", "", ["not TOML"]),
    ("as_of = 2025-06-01\n", "", "as_of", ["missing"]),
    ("as_of = 2025-06-01", "as_of = 2025-06", "", ["not TOML"]),
    ("as_of = 2025-06-01", 'as_of = "June"', "as_of", ["not a day"]),
    ("earned_on", "eraned_on", "holding[1].earned_on", ["missing"]),
    ('id = "a"', 'id = "a"\ncredit = 1', "item[1].credit", ["not known", "credits"]),
    ("credits = 12.5", "credits = -1", "item[1].credits", ["-1", "greater"]),
    ("credits = 12.5", 'status = "done"', "item[1].status", ["done", "earned"]),
    ('level = "associate"', 'level = "asociate"', "holding[1].level", ["asociate", "associate"]),
    (
        '[[item]]\nid = "a"\nprogram = "cisco"',
        '[[item]]\nid = "a"\nprogram = "cisko"',
        "item[1].program",
        ["cisko", "cisco"],
    ),
    ('kind = "core"', 'kind = "cor"', "exam[1].kind", ["cor", "core"]),
    ("[expect.CCNA]", "[expect.CCNP]", "expect.CCNP", ["no such holding", "CCNA"]),
    ("renewed = false", "renewd = false", "expect.CCNA.renewd", ["renewed"]),
]


@pytest.mark.parametrize(
    ("right", "wrong", "key", "words"), MISTAKES, ids=[f"{n}: {m[2]}" for n, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_named_with_its_place_and_its_remedy(right: str, wrong: str, key: str, words: list[str]) -> None:
    assert right in TEXT
    with pytest.raises(ScenarioError) as caught:
        run_scenario(load_scenario(TEXT.replace(right, wrong, 1), "mine.toml"), shipped_programs(), "mine.toml")
    assert (caught.value.file, caught.value.key) == ("mine.toml", key)
    for word in words:
        assert word in str(caught.value)


def test_two_holdings_or_items_of_one_name_are_refused() -> None:
    holding = TEXT[TEXT.index("[[holding]]") : TEXT.index("[[item]]")]
    with pytest.raises(ScenarioError, match=r"holding\[2\].name: \"CCNA\" is there twice"):
        load_scenario(TEXT.replace("[[item]]", holding + "[[item]]"), "mine.toml")


def test_an_id_is_refused_twice_in_one_program_and_not_in_two() -> None:
    item = TEXT[TEXT.index("[[item]]") : TEXT.index("[[exam]]")]
    with pytest.raises(ScenarioError, match=r"item\[2\].id: \"a\" is there twice"):
        load_scenario(TEXT.replace("[[exam]]", item + "[[exam]]"), "mine.toml")
    other = item.replace('"cisco"', '"atlassian"')
    assert len(load_scenario(TEXT.replace("[[exam]]", other + "[[exam]]"), "mine.toml").items) == 2


def test_only_what_is_written_is_compared_and_numbers_by_value() -> None:
    scenario = load_scenario(TEXT, "mine.toml")
    assert differences(scenario, run_scenario(scenario, shipped_programs())) == []
    other = load_scenario(
        TEXT.replace('"17.5"', "17").replace(
            "renewed = false", 'renewed = true\nexpires_on = 2026-01-10\nflags = ["x"]'
        ),
        "mine.toml",
    )
    assert differences(other, run_scenario(other, shipped_programs())) == [
        'CCNA: flag "x" is not set',
        "CCNA: missing.ce_only is {credits = 17.5}, expected {credits = 17}",
        "CCNA: renewed is False, expected True",
    ]


def test_the_clock_of_knowledge_defaults_to_the_day_asked_about() -> None:
    late = TEXT.replace("2025-03-01", "2025-05-01\nentered_on = 2025-06-02")
    (verdict,) = run_scenario(load_scenario(late, "late"), shipped_programs())
    assert [line.reason for line in verdict.not_counted] == ["unknown_then"]
    (verdict,) = run_scenario(load_scenario("known_at = 2025-06-02\n" + late, "late"), shipped_programs())
    assert [line.item for line in verdict.counted] == ["a"]
    assert verdict.expires_on == dt.date(2026, 1, 10)


@pytest.mark.parametrize(("day", "left"), [("2023-04-20", 15), ("2023-04-21", 30)])
def test_an_item_without_credits_is_worth_its_offer_until_the_offer_ends(day: str, left: int) -> None:
    text = TEXT.replace("2023-01-10", "2022-01-10").replace("2025-03-01", day).replace("credits = 12.5\n", "")
    text = text.replace('course = "A"', 'course = "Rev up to Recert: Python"')
    (verdict,) = run_scenario(
        load_scenario(text.split("[expect")[0].replace("2025-06-01", "2024-01-01"), "x"), shipped_programs()
    )
    assert verdict.missing["ce_only"] == {"credits": left}
