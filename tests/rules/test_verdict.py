"""Verdicts line by line: sentences, balances, flags, the alternative reading, and the JSON of the contract."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from rules.engine import EvaluationError, evaluate
from rules.explain import CAUSES
from rules.model import Balance, ClaimStatus, Exam, Holding, Item, Verdict
from rules.program import Program, load_program, shipped_programs
from rules.refusal import Cause
from rules.scenario import differences, load_scenario, run_scenario
from rules.sentence import difference, summary

CISCO = (Path(__file__).parent.parent.parent / "rules" / "programs" / "cisco.toml").read_text(encoding="utf-8")
STRICT = load_program(CISCO.replace('"accumulate_to_highest"  ', '"strict_single_use"  '), "strict.toml")
KEYS = [
    "holding",
    "program",
    "level",
    "status",
    "renewed",
    "path",
    "anchor_on",
    "suspends_on",
    "expires_on",
    "previous",
    "gained_months",
    "missing",
    "projected",
    "counted",
    "not_counted",
    "flags",
    "program_version",
    "verified_on",
]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def held(name: str, level: str, earned_on: str, program: str = "cisco") -> Holding:
    return Holding(program, name, level, day(earned_on), day(earned_on))


def done(name: str, completed_on: str, credits: int | None, status: str = "earned", program: str = "cisco") -> Item:
    on, amount = day(completed_on), None if credits is None else Decimal(credits)
    return Item(name, program, f"Course {name}", "course", on, on, on, amount, ClaimStatus(status))


def ask(
    holding: Holding, *items: Item, as_of: str, exams: tuple[Exam, ...] = (), balances: tuple[Balance, ...] = ()
) -> Verdict:
    (verdict,) = evaluate(items, exams, [holding], shipped_programs(), day(as_of), day(as_of), balances)
    return verdict


CCNP = held("CCNP Enterprise", "professional", "2023-08-20")


def test_the_json_has_the_keys_of_the_contract_and_decimals_are_strings() -> None:
    exam = Exam("cisco", day("2024-01-01"), day("2024-01-01"), "concentration", "1")
    told = json.loads(ask(CCNP, done("a", "2024-01-01", 39), as_of="2025-01-01", exams=(exam,)).model_dump_json())
    assert list(told) == KEYS
    assert told["missing"]["ce40_prof1"] == {"credits": "1"}
    assert told["missing"]["exam_prof2"] == {"exam:concentration": 1}
    assert told["counted"] == [{"item": "a", "credits": "39"}]


def test_the_line_of_the_design_is_said() -> None:
    items = [done("a", "2025-02-01", 52), replace(done("b", "2025-12-30", 12, "draft"), submitted_on=None)]
    verdict = ask(CCNP, *items, as_of="2026-03-30")
    assert summary(verdict, shipped_programs()["cisco"], day("2026-03-30")) == (
        "CCNP Enterprise: 52 of 80 CE earned, 64 with what waits (+12, submit by 30 March), "
        "16 still missing, 143 days left"
    )
    assert "submission_unknown" in verdict.flags
    assert json.loads(verdict.model_dump_json())["waiting"] == {"credits": "12", "submit_by": "2026-03-30"}
    again = Verdict.model_validate_json(verdict.model_dump_json())
    assert (again, again.model_dump_json()) == (verdict, verdict.model_dump_json())


def test_what_a_batch_changed_is_said_and_nothing_is_said_of_nothing() -> None:
    cisco = shipped_programs()["cisco"]
    before = ask(CCNP, done("a", "2025-02-01", 52), as_of="2026-03-01")
    more = ask(CCNP, done("a", "2025-02-01", 52), done("b", "2025-12-30", 12), as_of="2026-03-01")
    renewed = ask(CCNP, done("a", "2025-02-01", 52), done("b", "2025-12-30", 28), as_of="2026-03-01")
    assert difference(before, before, cisco) == ""
    assert difference(before, more, cisco) == "CCNP Enterprise: 52 -> 64 of 80 CE earned"
    assert difference(before, renewed, cisco) == (
        "CCNP Enterprise: renewed on 30 December 2025, valid until 30 December 2028 instead of 20 August 2026"
    )
    assert difference(None, before, cisco) == "CCNP Enterprise: new, valid until 20 August 2026"


@pytest.mark.parametrize(("entered", "flagged"), [("2024-03-31", False), ("2024-04-01", True)])
def test_a_late_submission_counts_with_a_flag_where_the_data_only_warns(entered: str, flagged: bool) -> None:
    warns = {"cisco": load_program(CISCO.replace('mode = "enforce"', 'mode = "warn"'), "warn.toml")}
    item = replace(done("a", "2024-01-01", 40), submitted_on=day(entered))
    today = day("2025-01-01")
    (verdict,) = evaluate([item], (), [CCNP], warns, today, today)
    assert verdict.missing["ce_only"] == {"credits": 40}
    assert ("submitted_late" in verdict.flags) == flagged


def test_each_status_has_its_line() -> None:
    programs = shipped_programs()
    acp, today = held("ACP-620", "acp", "2024-01-01", "atlassian"), day("2026-02-01")
    suspended = ask(acp, done("a", "2025-10-01", 90, program="atlassian"), as_of="2026-02-01")
    assert summary(suspended, programs["atlassian"], today) == (
        "ACP-620: 90 of 100 CE units earned, 10 still missing, suspended, 59 days left to renew"
    )
    expired = ask(CCNP, done("a", "2025-10-01", 70), as_of="2026-09-01")
    assert summary(expired, programs["cisco"], day("2026-09-01")) == (
        "CCNP Enterprise: expired on 20 August 2026, 70 of 80 CE earned, 10 were missing"
    )
    retired = ask(replace(CCNP, retired=True), as_of="2026-08-19")
    assert summary(retired, programs["cisco"], day("2026-08-19")) == (
        "CCNP Enterprise: retired, cannot be renewed, 1 day left"
    )
    later = ask(CCNP, as_of="2023-08-19")
    assert summary(later, programs["cisco"], day("2023-08-19")) == "CCNP Enterprise: not held yet"
    waits = ask(CCNP, done("a", "2025-10-01", 80, "pending"), as_of="2026-08-01")
    assert summary(waits, programs["cisco"], day("2026-08-01")) == (
        "CCNP Enterprise: 0 of 80 CE earned, 80 with what waits (+80), "
        "which would renew it until 1 October 2028, 19 days left"
    )
    accredited = ask(held("Sales", "accreditation", "2025-01-01", "atlassian"), as_of="2026-02-01")
    assert summary(accredited, programs["atlassian"], today) == "Sales: not renewed by credits, 334 days left"


def test_a_change_of_status_and_of_what_waits_is_said() -> None:
    cisco = shipped_programs()["cisco"]
    before = ask(CCNP, as_of="2026-08-20")
    assert difference(before, ask(CCNP, as_of="2026-08-21"), cisco) == "CCNP Enterprise: active -> expired"
    waits = ask(CCNP, done("a", "2025-10-01", 12, "pending"), as_of="2026-08-20")
    assert difference(before, waits, cisco) == "CCNP Enterprise: 12 waiting instead of 0"


def test_a_renewal_that_rests_on_a_balance_says_so() -> None:
    stated = Balance("cisco", CCNP.name, Decimal(80), day("2025-06-01"), day("2025-06-01"))
    verdict = ask(CCNP, as_of="2025-12-01", balances=(stated,))
    assert (verdict.anchor_on, verdict.flags, verdict.not_counted) == (day("2025-06-01"), ("balance_used",), ())


def test_every_cause_has_a_sentence_and_every_sentence_ends() -> None:
    assert set(CAUSES) == set(Cause)
    assert all(sentence.endswith(".") for _, _, sentence in CAUSES.values())


def test_lines_say_what_went_where_and_by_which_clause() -> None:
    verdict = ask(
        held("CCNA", "associate", "2023-01-10"),
        done("early", "2023-01-09", 30),
        done("same day", "2024-01-01", 30),
        done("too much", "2024-01-01", 5),
        done("next", "2024-06-01", 5),
        as_of="2024-12-01",
    )
    lines = {line.item: (line.reason.value, line.clause, line.sentence) for line in verdict.not_counted}
    assert lines["early"] == (
        "not_active",
        "CIS-ACTIVE",
        '"Course early" was completed on 9 January 2023, before CCNA was earned on 10 January 2023.',
    )
    assert lines["same day"] == (
        "outside_cycle",
        "CIS-CYCLE",
        '"Course same day" of 1 January 2024 counted 30 CE for the renewal of CCNA on 1 January 2024 (path ce_only).',
    )
    assert lines["too much"][:2] == ("surplus", "CIS-NOROLL")
    assert [(line.item, line.credits) for line in verdict.counted] == [("next", 5)]


@pytest.mark.parametrize(
    ("credits", "items", "missing"),
    [
        (52, [], 28),
        (52, [done("a", "2025-01-01", 12)], 28),
        (52, [done("a", "2025-06-02", 12)], 16),
        (10, [done("a", "2025-01-01", 12)], 68),
        (12, [done("a", "2025-01-01", 12)], 68),
    ],
)
def test_a_balance_stands_in_until_items_replace_it(credits: int, items: list[Item], missing: int) -> None:
    stated = Balance("cisco", CCNP.name, Decimal(credits), day("2025-06-01"), day("2025-06-01"))
    verdict = ask(CCNP, *items, as_of="2025-12-01", balances=(stated,))
    assert verdict.missing["ce_only"] == {"credits": missing}
    assert ("balance_below_items" in verdict.flags) == (credits == 10)
    assert sum(line.credits for line in verdict.counted) == 80 - missing
    assert ("balance_used" in verdict.flags) == (len(verdict.counted) > len(items)) == (credits == 52)


@pytest.mark.parametrize(
    ("program", "stated_on", "recorded_on", "counts"),
    [
        ("cisco", "2025-06-01", "2025-06-01", True),
        ("cisco", "2025-05-31", "2025-06-02", False),
        ("cisco", "2025-06-02", "2025-06-01", False),
        ("atlassian", "2025-05-31", "2025-06-01", False),
    ],
)
def test_a_balance_is_behind_both_clocks(program: str, stated_on: str, recorded_on: str, counts: bool) -> None:
    stated = Balance(program, CCNP.name, Decimal(52), day(stated_on), day(recorded_on))
    verdict = ask(CCNP, as_of="2025-06-01", balances=(stated,))
    assert verdict.missing["ce_only"] == {"credits": 28 if counts else 80}


def test_a_single_use_goes_to_the_highest_level_that_it_renews() -> None:
    held_now, today = [held("CCNA", "associate", "2023-02-01"), CCNP], day("2025-06-01")
    verdicts = evaluate([done("a", "2025-01-15", 80)], (), held_now, {"cisco": STRICT}, today, today)
    assert [(verdict.holding, verdict.path) for verdict in verdicts] == [(CCNP.name, "ce_only"), ("CCNA", "cascade")]


def test_a_balance_does_not_hide_what_waits() -> None:
    stated = Balance("cisco", CCNP.name, Decimal(52), day("2025-06-01"), day("2025-06-01"))
    verdict = ask(CCNP, done("a", "2025-05-01", 28, "pending"), as_of="2025-12-01", balances=(stated,))
    assert verdict.missing["ce_only"] == {"credits": 28}
    assert verdict.projected is not None
    assert verdict.projected.anchor_on == day("2025-06-01")


def test_an_exam_that_earned_a_holding_does_not_renew_it_as_well() -> None:
    exam = Exam("cisco", CCNP.earned_on, CCNP.earned_on, "concentration", "1", earned=frozenset({CCNP.name}))
    lower = held("CCNA", "associate", "2023-01-10")
    verdicts = evaluate(
        [done("a", "2024-01-01", 40)], [exam], [CCNP, lower], shipped_programs(), day("2025-01-01"), day("2025-01-01")
    )
    assert [verdict.anchor_on for verdict in verdicts] == [None, day("2024-01-01")]
    assert ["exam_earned_it" in verdict.flags for verdict in verdicts] == [True, False]
    assert verdicts[1].previous.expires_on == day("2026-08-20")


def test_two_exams_of_one_code_count_once_and_without_codes_the_verdict_says_so() -> None:
    def passed(on: str, code: str | None) -> Exam:
        return Exam("cisco", day(on), day(on), "concentration", code)

    once = ask(CCNP, as_of="2025-01-01", exams=(passed("2024-01-01", "1"), passed("2024-02-01", "1")))
    twice = ask(CCNP, as_of="2025-01-01", exams=(passed("2024-01-01", "1"), passed("2024-02-01", "2")))
    unsure = ask(CCNP, as_of="2025-01-01", exams=(passed("2024-01-01", None), passed("2024-02-01", None)))
    assert (once.renewed, twice.path, unsure.renewed) == (False, "exam_prof2", False)
    assert "exam_code_missing" in unsure.flags
    assert ask(CCNP, as_of="2025-01-01", exams=(passed("2024-01-01", None),)).flags == ()


def test_the_day_after_a_renewal_is_the_first_of_the_new_cycle() -> None:
    def passed(on: str, kind: str) -> Exam:
        return Exam("cisco", day(on), day(on), kind, "1")

    exams = (passed("2024-01-01", "core"), passed("2024-01-01", "concentration"))
    same = ask(CCNP, done("a", "2024-01-01", 40), as_of="2025-01-01", exams=exams)
    assert (same.missing["ce_only"], same.missing["exam_prof2"]) == ({"credits": 80}, {"exam:concentration": 2})
    exams = (passed("2024-01-01", "core"), passed("2024-01-02", "concentration"))
    next_day = ask(CCNP, done("a", "2024-01-02", 39), as_of="2025-01-01", exams=exams)
    assert (next_day.missing["ce_only"], next_day.missing["exam_prof2"]) == ({"credits": 41}, {"exam:concentration": 1})


def test_the_portal_s_expiry_is_believed_and_opens_the_cycle_that_it_implies() -> None:
    """Renewed before our facts begin: what lies before the running cycle must not renew it again."""
    stated = replace(held("CCNA", "associate", "2017-05-01"), expires_on=day("2026-03-01"))
    verdict = ask(stated, done("old", "2019-01-01", 30), done("new", "2024-01-01", 12), as_of="2025-01-01")
    assert (verdict.renewed, verdict.expires_on) == (False, day("2026-03-01"))
    assert verdict.missing["ce_only"] == {"credits": 18}
    assert [(line.item, line.reason.value) for line in verdict.not_counted] == [("old", "outside_cycle")]
    assert "expiry_stated" in verdict.flags


def test_an_item_dated_on_the_anchor_belongs_to_the_closed_cycle() -> None:
    verdict = ask(
        held("CCNA", "associate", "2023-01-10"),
        done("a", "2024-01-01", 30),
        done("b", "2024-01-01", 30),
        as_of="2025-01-01",
    )
    assert verdict.missing["ce_only"] == {"credits": 30}
    assert {line.item: line.reason.value for line in verdict.not_counted} == {"a": "outside_cycle", "b": "surplus"}


def test_a_day_on_the_edge_is_flagged() -> None:
    acp = held("ACP-620", "acp", "2024-01-01", "atlassian")
    verdict = ask(acp, done("a", "2026-04-01", 100, program="atlassian"), as_of="2026-04-02")
    assert "boundary_day" in verdict.flags
    assert [line.reason.value for line in verdict.not_counted] == ["not_active"]
    exam = Exam("atlassian", day("2026-04-01"), day("2026-04-01"), holding="ACP-620")
    assert ask(acp, as_of="2026-04-02", exams=(exam,)).flags == ("boundary_day",)
    exam = replace(exam, passed_on=day("2026-03-31"))
    verdict = ask(acp, as_of="2026-04-02", exams=(exam,))
    assert (verdict.path, verdict.flags) == ("exam", ())


def test_credits_that_nobody_states_count_zero_and_are_flagged() -> None:
    verdict = ask(CCNP, done("a", "2024-01-01", None), as_of="2025-01-01")
    assert [(line.item, line.credits) for line in verdict.counted] == [("a", 0)]
    assert "credits_unknown" in verdict.flags


def test_a_kind_that_the_program_does_not_name_counts_what_is_stated_and_is_flagged() -> None:
    verdict = ask(CCNP, replace(done("a", "2024-01-01", 12), kind="juggling"), as_of="2025-01-01")
    assert [(line.item, line.credits) for line in verdict.counted] == [("a", 12)]
    assert verdict.flags == ("kind_unknown",)


def test_entered_before_it_took_place_is_refused() -> None:
    item = replace(done("a", "2024-01-02", 80), recorded_on=day("2024-01-01"), submitted_on=day("2024-01-01"))
    verdict = ask(CCNP, item, as_of="2025-01-01")
    assert "entry_before_activity" in verdict.flags
    assert [(line.reason.value, line.clause) for line in verdict.not_counted] == [("future", "DATE-ENTRY")]


@pytest.mark.parametrize(("program", "left"), [(shipped_programs()["cisco"], 40), (STRICT, 120)])
def test_credits_once_used_go_on_counting_for_the_higher_level_or_not_as_the_data_says(
    program: Program, left: int
) -> None:
    held_now = [held("CCIE", "expert", "2024-06-01"), held("CCNA", "associate", "2023-02-01")]
    today = day("2025-06-01")
    verdicts = evaluate([done("a", "2025-01-15", 80)], (), held_now, {"cisco": program}, today, today)
    assert verdicts[0].missing["ce_only"] == {"credits": left}
    assert verdicts[1].renewed


def test_more_credits_never_take_credit_away_except_by_an_earlier_renewal_or_a_repeat() -> None:
    ccna = held("CCNA", "associate", "2023-01-10")
    plain = ask(ccna, done("a", "2024-05-01", 20), as_of="2024-12-01")
    assert plain.missing["ce_only"] == {"credits": 10}
    renewal = ask(ccna, done("a", "2024-05-01", 20), done("b", "2024-06-01", 30), as_of="2024-12-01")
    assert renewal.missing["ce_only"] == {"credits": 30}
    smaller_first = replace(done("b", "2024-04-01", 5), course="Course a")
    repeat = ask(ccna, done("a", "2024-05-01", 20), smaller_first, as_of="2024-12-01")
    assert repeat.missing["ce_only"] == {"credits": 25}


@pytest.mark.parametrize(
    ("earned_on", "renewed_on", "flagged"),
    [
        ("2016-12-31", None, True),
        ("2017-01-01", None, False),
        ("2020-02-24", "2020-02-24", False),
    ],
)
def test_what_lies_before_the_first_version_is_flagged(earned_on: str, renewed_on: str | None, flagged: bool) -> None:
    items = [done("a", renewed_on, 80)] if renewed_on else []
    verdict = ask(held("CCNP", "professional", earned_on), *items, as_of="2021-01-01")
    assert ("before_first_version" in verdict.flags) == flagged
    assert verdict.renewed == bool(renewed_on)


def test_a_verdict_after_the_last_verified_day_says_so() -> None:
    verified = shipped_programs()["cisco"].verified_on
    assert "past_verified_date" not in ask(CCNP, as_of=verified.isoformat()).flags
    assert "past_verified_date" in ask(CCNP, as_of=(verified + dt.timedelta(days=1)).isoformat()).flags


def test_a_holding_to_be_earned_shows_the_dates_it_will_have() -> None:
    text = """
as_of = 2024-01-01
[[holding]]
program = "cisco"
name = "CCNA"
level = "associate"
earned_on = 2024-02-29
[expect.CCNA]
status = "not_yet_held"
renewed = false
expires_on = 2027-02-28
missing.ce_only = { credits = 30 }
"""
    scenario = load_scenario(text, "future")
    assert differences(scenario, run_scenario(scenario, shipped_programs())) == []


def test_a_holding_that_was_not_on_record_is_not_yet_held() -> None:
    late = replace(CCNP, recorded_on=day("2026-01-01"))
    verdict = ask(late, done("a", "2024-01-01", 40), as_of="2025-01-01")
    assert (verdict.status.value, verdict.expires_on) == ("not_yet_held", None)
    assert verdict.flags == ("holding_unknown_then",)
    assert [line.reason.value for line in verdict.not_counted] == ["not_active"]


def test_an_unknown_program_or_level_is_named() -> None:
    with pytest.raises(EvaluationError, match='no program "cisko"; known: atlassian, cisco'):
        ask(replace(CCNP, program="cisko"), as_of="2025-01-01")
    with pytest.raises(EvaluationError, match='no level "pro"'):
        ask(replace(CCNP, level="pro"), as_of="2025-01-01")


LATE = """
as_of = 2026-02-01
[[holding]]
program = "atlassian"
name = "ACP-620"
level = "acp"
earned_on = 2024-01-01
[[item]]
id = "bulk"
program = "atlassian"
course = "Nine courses"
kind = "course"
completed_on = 2025-10-01
credits = 90
[[item]]
id = "late"
program = "atlassian"
course = "The tenth"
kind = "course"
completed_on = 2025-12-01
entered_on = 2026-03-15
"""


def test_a_late_certificate_judges_the_past_anew_and_says_so() -> None:
    programs, scenario = shipped_programs(), load_scenario(LATE, "late")
    (then,) = run_scenario(scenario, programs)
    (now,) = run_scenario(scenario.model_copy(update={"as_of": day("2026-03-15")}), programs)
    (past,) = run_scenario(scenario.model_copy(update={"known_at": day("2026-03-15")}), programs)
    items = [
        Item(i.id, i.program, i.course, i.kind, i.completed_on, i.entered_on or i.completed_on) for i in scenario.items
    ]
    said = difference(then, now, programs["atlassian"], known_on=day("2026-02-01"), items=items)
    assert said == (
        "ACP-620: was suspended since 2026-01-01 as known on 2026-02-01; with the activity of 2025-12-01, recorded "
        "2026-03-15, renewed on 2025-12-01, active until 1 December 2027, renewable until 1 March 2028 instead of "
        "1 April 2026; suspended -> active"
    )
    assert (then.status.value, past.status.value, past.expires_on) == ("suspended", "active", day("2028-03-01"))


def test_a_renewal_after_what_was_known_is_told_as_one() -> None:
    programs, scenario = shipped_programs(), load_scenario(LATE, "late")
    (then,) = run_scenario(scenario.model_copy(update={"as_of": day("2025-11-30")}), programs)
    (now,) = run_scenario(scenario.model_copy(update={"as_of": day("2026-03-15")}), programs)
    said = difference(then, now, programs["atlassian"], known_on=day("2025-11-30"))
    assert said.startswith("ACP-620: renewed on 1 December 2025, active until")


def test_a_past_that_was_told_rightly_is_not_told_anew() -> None:
    late = replace(done("a", "2026-01-05", 80), recorded_on=day("2026-09-09"))
    program, now = shipped_programs()["cisco"], day("2026-09-10")
    (after,) = evaluate([late], (), [CCNP], shipped_programs(), now, now)
    said = {}
    for known_on in (day("2026-08-20"), day("2026-08-21")):
        (before,) = evaluate([late], (), [CCNP], shipped_programs(), known_on, known_on)
        said[before.status.value] = difference(before, after, program, known_on=known_on, items=[late])
        unnamed = difference(before, after, program, known_on=known_on)
    assert said["active"].startswith("CCNP Enterprise: renewed on 5 January 2026, valid until")
    assert said["expired"].startswith(
        "CCNP Enterprise: was expired with 2026-08-20 as known on 2026-08-21; with the activity of 2026-01-05, "
        "recorded 2026-09-09, renewed on 2026-01-05, valid until 5 January 2029"
    )
    assert "as known on 2026-08-21; with what is known now, renewed on 2026-01-05" in unnamed


def test_what_never_expires_is_said_so() -> None:
    cisco = shipped_programs()["cisco"]
    entry = ask(held("CCST", "entry", "2024-01-10"), as_of="2026-01-01")
    assert (entry.expires_on, entry.status.value, entry.flags) == (
        None,
        "active",
        ("dates_of_earlier_version", "lifetime"),
    )
    assert summary(entry, cisco, day("2026-01-01")) == "CCST: valid for life"
    assert difference(None, entry, cisco) == "CCST: new, valid for life"
