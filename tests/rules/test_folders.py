"""A verdict opened up: nothing is lost, nothing is twice, and the folders are numbered as the portals do."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rules.engine import evaluate
from rules.folders import Explanation, explained
from rules.model import Balance, Exam, Holding, Item
from rules.program import shipped_programs
from tests.rules.draw import Facts, facts
from tests.rules.test_plan import day, done, held

PROGRAMS = shipped_programs()


def opened(
    holding: Holding, *items: Item, as_of: str, exams: tuple[Exam, ...] = (), balances: tuple[Balance, ...] = ()
) -> Explanation:
    today = day(as_of)
    (verdict,) = evaluate(items, exams, [holding], PROGRAMS, today, today, balances)
    known = {item.id: item for item in items}
    return explained(verdict, holding, known, PROGRAMS[holding.program], today, exams=exams)


@given(st.sampled_from(("cisco", "atlassian")).flatmap(facts))
def test_every_item_is_in_exactly_one_list_and_the_parts_add_up(given_facts: Facts) -> None:
    program = PROGRAMS[given_facts.program]
    verdicts = evaluate(
        given_facts.items, given_facts.exams, given_facts.holdings, PROGRAMS, given_facts.as_of, given_facts.known_at
    )
    holdings = {holding.name: holding for holding in given_facts.holdings}
    items = {item.id: item for item in given_facts.items}
    for verdict in verdicts:
        found = explained(verdict, holdings[verdict.holding], items, program, given_facts.as_of)
        lines = [line for line in (*found.counted, *found.earlier, *found.not_counted) if line.item in items]
        assert sorted(line.item for line in lines) == sorted(items)
        assert sum(line.credits for line in found.counted) == sum(line.credits for line in verdict.counted)
        assert all(line.sentence and line.clause in program.clauses and line.source for line in lines)
        assert all(bool(line.reason) != (line in found.counted) for line in lines)
        assert all(line.credits == 0 for line in found.not_counted)
        for folder in found.folders:
            assert folder.met == all(part.missing is None for part in folder.parts)
            assert all(Decimal(0) <= part.reached <= part.needed for part in folder.parts)


def test_the_exam_is_the_first_folder_and_the_credits_the_second() -> None:
    acp = held("ACP-620", "acp", "2024-01-10", "atlassian")
    event = Item("e", "atlassian", "Meetup", "local_event", *(day("2025-03-01"),) * 3)
    found = opened(acp, event, done("a", "2025-04-01", 10, program="atlassian"), as_of="2025-06-01")
    exam, credits = found.folders
    assert [(folder.number, folder.path) for folder in found.folders] == [("1.1", "exam"), ("1.2", "ce")]
    assert [part.missing for part in exam.parts] == ["1 exam"]
    assert [(part.reached, part.needed, part.missing) for part in credits.parts] == [(20, 100, "80 CE units")]
    assert [line.item for line in credits.lines] == ["e", "a"] and exam.lines == ()
    assert "attending a local event: 10 CE units each, at most 4 in a cycle, 1 used" in credits.may_hold
    assert (found.cycle_from, found.cycle_until) == (day("2024-01-10"), day("2026-04-10"))


def test_a_line_that_counts_says_how_much_for_which_paths_and_since_when() -> None:
    ccnp = held("CCNP", "professional", "2024-01-10")
    [line] = opened(ccnp, done("a", "2025-04-01", 40), as_of="2025-06-01").counted
    assert line.sentence == '"Course a" of 1 April 2025 counts 40 CE in the cycle since 10 January 2024.'
    assert (line.paths, line.cycle, line.clause) == (("ce_only", "ce40_prof1"), "running", "CIS-CAT")


def test_what_an_earlier_cycle_used_counted_there() -> None:
    ccna = held("CCNA", "associate", "2023-01-10")
    found = opened(ccna, done("a", "2024-04-01", 30), done("b", "2024-05-01", 9, "rejected"), as_of="2025-06-01")
    [line] = found.earlier
    assert (line.counted, line.credits, line.paths, line.cycle) == (True, 30, ("ce_only",), "until 2024-04-01")
    [refused] = found.not_counted
    assert (refused.counted, refused.reason, refused.sentence) == (
        False,
        "status",
        '"Course b" of 1 May 2024 is rejected; only earned items count.',
    )
    assert found.cycle_from == day("2024-04-02")


def test_a_balance_has_a_line_of_its_own_and_its_clause() -> None:
    ccnp = held("CCNP", "professional", "2024-01-10")
    balance = Balance("cisco", "CCNP", Decimal(52), day("2025-01-01"), day("2025-01-01"))
    [line] = opened(ccnp, as_of="2025-06-01", balances=(balance,)).counted
    assert (line.course, line.credits, line.clause) == ("balance of 2025-01-01", 52, "CIS-BALANCE")


def test_an_exam_that_serves_no_path_says_why() -> None:
    acp = held("ACP-620", "acp", "2024-01-10", "atlassian")
    early = Exam("atlassian", day("2025-04-01"), day("2025-04-01"), None, None, "ACP-620")
    [line] = opened(acp, as_of="2025-06-01", exams=(early,)).not_counted
    assert (line.item.startswith("exam"), line.reason, line.counted) == (True, "too_early", False)


def test_what_is_retired_or_not_held_yet_has_no_cycle_to_complete() -> None:
    retired = opened(held("CCNA", "associate", "2024-01-10", retired=True), as_of="2025-06-01")
    assert retired.folders == ()
    later = opened(held("CCNA", "associate", "2026-01-10"), done("a", "2025-04-01", 30), as_of="2025-06-01")
    assert later.cycle_from is None and [line.reason for line in later.not_counted] == ["not_active"]


def test_an_exam_that_waits_for_credits_lies_in_the_folders_that_it_serves() -> None:
    ccnp = held("CCNP", "professional", "2024-01-10")
    exam = Exam("cisco", day("2024-05-05"), day("2024-05-05"), "concentration", "300-410")
    found = opened(ccnp, done("a", "2024-06-01", 10), as_of="2025-06-01", exams=(exam,))
    where = {folder.path: [line.item for line in folder.lines] for folder in found.folders}
    assert where == {
        "exam_core1": [],
        "exam_prof2": ["exam:concentration:300-410"],
        "ce_only": ["a"],
        "ce40_prof1": ["exam:concentration:300-410"],
    }
    assert found.counted[-1].sentence == (
        "Exam concentration 300-410, passed on 5 May 2024, serves the cycle since 10 January 2024."
    )
