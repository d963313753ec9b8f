"""What is said of each row that does not count: the sentence, the clause, the flags."""

import re
from pathlib import Path

import pytest

from rules.model import Verdict
from rules.program import load_program, shipped_programs
from rules.scenario import load_scenario, run_scenario
from tests.rules.test_primitives import GRACE_IN_DAYS, NESTED, ask, exam, item
from tests.rules.text import CISCO, enabled

CCNA = """
as_of = 2025-06-01
[[holding]]
program = "cisco"
name = "CCNA"
level = "associate"
earned_on = 2023-01-10
"""


def done(name: str, on: str, credits: str, course: str = "", more: str = "") -> str:
    return (
        f'[[item]]\nid = "{name}"\nprogram = "cisco"\ncourse = "{course or name}"\nkind = "course"\n'
        f"completed_on = {on}\ncredits = {credits}\n{more}\n"
    )


def passed(on: str) -> str:
    return f'[[exam]]\nprogram = "cisco"\nkind = "associate"\ncode = "1"\npassed_on = {on}\n'


def cisco(rows: str, text: str = CISCO) -> Verdict:
    (verdict,) = run_scenario(load_scenario(CCNA + rows, "case"), {"cisco": load_program(text, "cisco.toml")})
    return verdict


def sentences(verdict: Verdict) -> list[str]:
    return [line.sentence for line in (*verdict.not_counted, *verdict.exams_not_counted)]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            done("A", "2023-01-09", "9"),
            '"A" was completed on 9 January 2023, before CCNA was earned on 10 January 2023.',
        ),
        (
            done("A", "2024-01-09", "9", more="offer_ends_on = 2024-01-08"),
            '"A" was completed on 9 January 2024; the offer ended on 8 January 2024.',
        ),
        (
            done("A", "2024-01-10", "9", more="entered_on = 2024-04-10"),
            '"A" of 10 January 2024 was submitted on 10 April 2024, more than 90 days after its completion.',
        ),
        (
            done("A", "2024-01-10", "9", more='status = "rejected"'),
            '"A" of 10 January 2024 is rejected; only earned items count.',
        ),
        (
            done("A", "2024-01-10", "9", more="entered_on = 2024-01-09"),
            '"A" is dated 10 January 2024 but was entered on 9 January 2024, before it took place; one of the two days '
            "is wrong.",
        ),
        (
            done("A", "2025-06-02", "9", more="entered_on = 2025-06-01"),
            '"A" is dated 2 June 2025, after 1 June 2025, the day asked about.',
        ),
        (
            done("A", "2025-05-01", "9", more="entered_on = 2025-06-02"),
            '"A" of 1 May 2025 was recorded on 2 June 2025; on 1 June 2025 it was not known.',
        ),
        (
            done("A", "2024-01-10", "9") + done("B", "2024-01-11", "9", course="A!"),
            '"A!" of 11 January 2024 repeats a course that already counts in the cycle that began on 10 January 2023.',
        ),
        (
            done("A", "2024-01-10", "30") + done("B", "2024-01-10", "9"),
            '"B" of 10 January 2024 was not needed for the renewal of CCNA on 10 January 2024 (path ce_only) and does '
            "not roll over.",
        ),
        (
            passed("2023-01-09"),
            "Exam associate:1 was completed on 9 January 2023, before CCNA was earned on 10 January 2023.",
        ),
    ],
)
def test_each_refusal_says_what_and_when(rows: str, sentence: str) -> None:
    assert sentences(cisco(rows))[-1] == sentence


def test_a_stated_expiry_puts_what_lies_before_it_into_a_closed_cycle() -> None:
    text = CCNA + "expires_on = 2027-03-01\n" + done("A", "2024-02-29", "9") + passed("2024-03-01")
    (verdict,) = run_scenario(load_scenario(text, "case"), shipped_programs())
    assert sentences(verdict) == [
        '"A" of 29 February 2024 lies before the running cycle of CCNA, which began on 2 March 2024.',
        "Exam associate:1 of 1 March 2024 lies before the running cycle of CCNA, which began on 2 March 2024.",
    ]


def test_what_comes_after_the_end_says_when_it_ended() -> None:
    text = (CCNA + done("A", "2026-01-11", "9") + passed("2026-01-11")).replace("2025-06-01", "2026-06-01")
    late = text + done("B", "2026-01-10", "9", more="entered_on = 2026-01-11")
    (verdict,) = run_scenario(load_scenario(late, "case"), shipped_programs())
    ended = "when CCNA was no longer active; it expired with 10 January 2026."
    assert sentences(verdict) == [
        '"B" of 10 January 2026 was entered on 11 January 2026, after CCNA had expired with 10 January 2026.',
        f'"A" was completed on 11 January 2026, {ended}',
        f"Exam associate:1 was completed on 11 January 2026, {ended}",
    ]


def test_a_course_that_counted_before_says_so_where_it_counts_once_and_never_again() -> None:
    rows = done("A", "2024-01-10", "9") + done("B", "2024-01-11", "9", course="a")
    assert sentences(cisco(rows, enabled("cisco-repeat-ever"))) == [
        '"a" of 11 January 2024 repeats a course that has counted before.'
    ]


def test_a_cap_says_how_much_counts_and_since_when() -> None:
    rows = item("a", "practice", "2023-01-01", "8") + item("b", "practice", "2023-01-02", "1")
    verdict = ask(NESTED, "2024-01-01", rows)["H"]
    assert [(line.sentence, line.clause) for line in verdict.not_counted] == [
        (
            '"b" of 2 January 2023 is over the cap: 8 points of kind practice count in the period that began on 30 '
            "June 2022.",
            "X",
        )
    ]
    assert "cap_unknown" not in verdict.flags


def _events(program: str, kind: str, days: list[str], credits: str) -> Verdict:
    level, earned_on = ("acp", "2025-01-01") if program == "atlassian" else ("certified", "2021-06-15")
    rows = "".join(
        f'[[item]]\nid = "{n}"\nprogram = "{program}"\ncourse = "E{n}"\nkind = "{kind}"\n'
        f"completed_on = {on}\n{credits}\n"
        for n, on in enumerate(days)
    )
    holding = f'[[holding]]\nprogram = "{program}"\nname = "H"\nlevel = "{level}"\nearned_on = {earned_on}\n'
    (verdict,) = run_scenario(load_scenario(f"as_of = 2025-12-31\n{holding}{rows}", "case"), shipped_programs())
    return verdict


def test_a_cap_by_uses_names_its_clause_and_its_cycle() -> None:
    verdict = _events("atlassian", "global_event", ["2025-02-01", "2025-03-01"], "")
    assert [(line.sentence, line.clause) for line in verdict.not_counted] == [
        (
            '"E1" of 1 March 2025 is over the cap: 1 of kind global_event count in the period that began on 1 January '
            "2025.",
            "ATL-CAP",
        )
    ]
    assert verdict.flags == ()


@pytest.mark.parametrize(
    ("days", "began"),
    [(["2021-08-01", "2021-09-01"], "15 June 2021"), (["2022-08-01", "2022-09-01"], "1 January 2022")],
)
def test_a_cap_of_a_year_begins_with_the_year_or_the_cycle(days: list[str], began: str) -> None:
    verdict = _events("isaca", "volunteering", days, "credits = 20")
    assert [line.sentence.partition("cap: ")[2] for line in verdict.not_counted] == [
        f"20 CPE of kind volunteering count in the period that began on {began}."
    ]
    assert {line.clause for line in verdict.not_counted} == {"ISACA-CAPS"}


def test_an_exam_outside_its_window_says_when_it_opens() -> None:
    assert sentences(ask(GRACE_IN_DAYS, "2025-06-01", exam("2025-04-30"))["H"]) == [
        "Exam again was passed on 30 April 2025; an exam serves H only from 1 May 2025 on."
    ]


@pytest.mark.parametrize(("credits", "flagged"), [("3.5", True), ("4", False), ("65", False), ("65.5", True)])
def test_credits_within_the_usual_are_not_flagged(credits: str, flagged: bool) -> None:
    rows = done("A", "2024-01-10", credits).replace('"course"', '"partner_course"')
    assert ("credits_unusual" in cisco(rows).flags) == flagged


def test_the_same_title_is_the_same_course_whatever_its_signs() -> None:
    verdict = cisco(
        done("A", "2024-01-10", "9", course="Rev Up: Python") + done("B", "2024-01-11", "9", course="rev up – python")
    )
    assert [line.reason.value for line in verdict.not_counted] == ["repeat"]
    nameless = cisco(done("A", "2024-01-10", "9", course=" ") + done("B", "2024-01-11", "9", course="  "))
    assert nameless.not_counted == ()
    signs = cisco(done("A", "2024-01-10", "9", course="!") + done("B", "2024-01-11", "9", course=" !"))
    assert [line.reason.value for line in signs.not_counted] == ["repeat"]


def test_a_retired_certification_says_until_when_it_runs() -> None:
    (verdict,) = run_scenario(
        load_scenario(CCNA + "retired = true\n" + done("A", "2024-01-10", "9"), "case"), shipped_programs()
    )
    assert sentences(verdict) == [
        '"A" of 10 January 2024 renews nothing: CCNA is retired and runs until 10 January 2026.'
    ]


def test_what_serves_another_certification_cites_its_kind() -> None:
    text = CISCO.replace("[version.kind.course]\n", '[version.kind.course]\napplies_to = "holding"\n')
    verdict = cisco(done("A", "2024-01-10", "9", more='holding = "CCNP"'), text)
    assert [(line.sentence, line.clause) for line in verdict.not_counted] == [
        ('"A" of 10 January 2024 serves another certification than CCNA.', "CIS-CAT")
    ]


FIXED = """
as_of = 2018-01-10
[[holding]]
program = "comptia"
name = "A+"
level = "a_plus"
earned_on = 2015-01-15
[[item]]
id = "fee"
program = "comptia"
course = "Fee"
kind = "fee"
completed_on = 2016-01-01
[[item]]
id = "a"
program = "comptia"
course = "A"
kind = "training"
completed_on = 2017-01-01
credits = 20
[[item]]
id = "b"
program = "comptia"
course = "B"
kind = "training"
completed_on = 2017-02-02
credits = 7
"""


def test_what_comes_between_an_early_renewal_and_the_old_end_says_what_it_was_not_needed_for() -> None:
    (verdict,) = run_scenario(load_scenario(FIXED, "case"), shipped_programs())
    assert sentences(verdict)[-1] == (
        '"B" of 2 February 2017 was not needed for the renewal of A+ on 1 January 2017 (path ceu) and does not roll '
        "over."
    )
    assert sentences(verdict)[:2] == [
        '"Fee" of 1 January 2016 counted 0 CEU for the renewal of A+ on 1 January 2017 (path ceu).',
        '"A" of 1 January 2017 counted 20 CEU for the renewal of A+ on 1 January 2017 (path ceu).',
    ]
    (waits,) = run_scenario(load_scenario(FIXED + 'status = "pending"\n', "case"), shipped_programs())
    assert waits.waiting is not None
    assert waits.waiting.credits == 7


def test_an_item_of_no_known_kind_and_no_credits_counts_nothing_and_says_both() -> None:
    verdict = cisco(done("A", "2024-01-10", "9").replace("credits = 9\n", "").replace('"course"', '"juggling"'))
    assert [(line.item, line.credits) for line in verdict.counted] == [("A", 0)]
    assert verdict.flags == ("credits_unknown", "kind_unknown")


@pytest.mark.parametrize("limit", ["max_uses = 1", "max_credits = 9"])
def test_a_cap_cites_its_own_clause(limit: str) -> None:
    cap = f'[[version.cap]]\nkinds = ["course"]\n{limit}\nclause = "CIS-KINDS"\n'
    text = CISCO.replace('[[version]]\nid = "cisco-2023-11-28"', cap + '[[version]]\nid = "cisco-2023-11-28"', 1)
    verdict = cisco(done("A", "2023-02-10", "9") + done("B", "2023-02-11", "9"), text)
    assert [(line.item, line.reason.value, line.clause) for line in verdict.not_counted] == [
        ("B", "over_cap", "CIS-KINDS")
    ]


def test_every_flag_is_explained_in_the_docs() -> None:
    root = Path(__file__).parent.parent.parent
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "rules").glob("*.py")))
    flags = set(re.findall(r'flags\.add\("(\w+)"\)|flags=\("(\w+)"', sources))
    explained = set(re.findall(r"`(\w+)`", (root / "docs" / "verdicts.md").read_text(encoding="utf-8")))
    assert len(flags) > 15
    assert {first or second for first, second in flags} <= explained
