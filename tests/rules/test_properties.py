"""What holds for any facts at all."""

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.engine import evaluate
from rules.model import ClaimStatus, Verdict
from rules.program import shipped_programs
from tests.rules.draw import Facts, facts

SOME = settings(derandomize=True, suppress_health_check=list(HealthCheck))
EITHER = st.sampled_from(("cisco", "cisco", "atlassian", "atlassian", "comptia", "isc2", "isaca", "microsoft")).flatmap(
    facts
)
WAITING = (ClaimStatus.DRAFT, ClaimStatus.SUBMITTED, ClaimStatus.PENDING)


def run(drawn: Facts) -> tuple[Verdict, ...]:
    return evaluate(drawn.items, drawn.exams, drawn.holdings, shipped_programs(), drawn.as_of, drawn.known_at)


@SOME
@given(EITHER, st.randoms(use_true_random=False))
def test_order_of_rows_never_matters(drawn: Facts, shuffler: random.Random) -> None:
    rows = [list(drawn.holdings), list(drawn.items), list(drawn.exams)]
    for table in rows:
        shuffler.shuffle(table)
    assert run(drawn) == run(drawn._replace(holdings=rows[0], items=rows[1], exams=rows[2]))


@SOME
@given(EITHER)
def test_nothing_after_either_clock_matters(drawn: Facts) -> None:
    items = [i for i in drawn.items if i.recorded_on <= drawn.known_at and i.completed_on <= drawn.as_of]
    exams = [e for e in drawn.exams if e.recorded_on <= drawn.known_at and e.passed_on <= drawn.as_of]
    left = {item.id for item in items}
    for full, cut in zip(run(drawn), run(drawn._replace(items=items, exams=exams)), strict=True):
        gone = tuple(line for line in full.not_counted if line.item in left)
        flags = tuple(flag for flag in full.flags if flag != "entry_before_activity")
        assert full.model_copy(update={"not_counted": gone, "flags": flags}) == cut.model_copy(
            update={"flags": tuple(flag for flag in cut.flags if flag != "entry_before_activity")}
        )


@SOME
@given(EITHER)
def test_every_item_is_in_exactly_one_list(drawn: Facts) -> None:
    for verdict in run(drawn):
        counted = [line.item for line in verdict.counted if not line.item.startswith("carried:")]
        lines = counted + [line.item for line in verdict.not_counted]
        assert sorted(lines) == sorted(item.id for item in drawn.items)


@SOME
@given(EITHER)
def test_what_is_missing_is_the_number_less_the_sum_of_the_lines(drawn: Facts) -> None:
    for verdict in run(drawn):
        last = min(drawn.as_of, verdict.expires_on or dt.date.max)
        level = shipped_programs()[verdict.program].level_on(verdict.level, last)
        assert level is not None
        total = sum((line.credits for line in verdict.counted), Decimal(0))
        for path in level.paths if verdict.missing else ():
            assert verdict.missing.get(path.id, {}).get("credits", 0) == max(path.credits - total, Decimal(0))


@SOME
@given(EITHER)
def test_caps_and_repeats_hold(drawn: Facts) -> None:
    items = {item.id: item for item in drawn.items}
    for verdict in run(drawn):
        counted = [items[line.item] for line in verdict.counted if line.item in items]
        version = shipped_programs()[drawn.program].version_on(drawn.as_of)
        for cap in version.caps:
            assert cap.max_uses is None or sum(item.kind in cap.kinds for item in counted) <= cap.max_uses
            sums: dict[int, Decimal] = {}
            for line in (line for line in verdict.counted if line.item in items and cap.max_credits is not None):
                if items[line.item].kind in cap.kinds:
                    year = items[line.item].completed_on.year if cap.period == "calendar_year" else 0
                    sums[year] = sums.get(year, Decimal(0)) + line.credits
            assert all(amount <= (cap.max_credits or 0) for amount in sums.values())
        if version.repeat == "once_per_cycle":
            courses = [item.course.casefold() for item in counted]
            assert len(set(courses)) == len(courses)


@SOME
@given(EITHER)
def test_no_item_counts_twice_for_one_holding_as_time_goes_on(drawn: Facts) -> None:
    """With one state of knowledge, an item belongs to one cycle of a holding, whatever day is asked about."""
    days = sorted({item.completed_on for item in drawn.items} | {exam.passed_on for exam in drawn.exams})
    cycles: dict[tuple[str, str], dt.date | None] = {}
    for day in days:
        for verdict in run(drawn._replace(as_of=day, known_at=dt.date.max)):
            for line in verdict.counted:
                if not line.item.startswith("carried:"):
                    assert cycles.setdefault((verdict.holding, line.item), verdict.anchor_on) == verdict.anchor_on


@SOME
@given(EITHER)
def test_asking_every_day_finds_what_one_replay_of_everything_finds(drawn: Facts) -> None:
    """The past is not changed by what happens later: between two days a renewal is the old one, or dated between."""
    days = sorted({item.completed_on for item in drawn.items} | {exam.passed_on for exam in drawn.exams})
    last: dict[str, tuple[dt.date, dt.date | None]] = {}
    for day in days:
        for verdict in run(drawn._replace(as_of=day, known_at=dt.date.max)):
            met_on = verdict.met_on or verdict.anchor_on
            asked_on, known = last.get(verdict.holding, (dt.date.min, None))
            assert met_on == known or (met_on is not None and asked_on < met_on <= day)
            last[verdict.holding] = (day, met_on)


@SOME
@given(EITHER, st.data())
def test_an_item_more_takes_no_credit_from_the_same_cycle(drawn: Facts, data: st.DataObject) -> None:
    """Unless a renewal happens earlier, or it repeats a course: `test_verdict.py` names an example of each."""
    if not drawn.items:
        return
    new = data.draw(st.sampled_from(drawn.items))
    without = drawn._replace(items=[item for item in drawn.items if item is not new])
    if new.course.casefold() in {item.course.casefold() for item in without.items}:
        new = replace(new, course="nobody else's")
    more = drawn._replace(items=[*without.items, new])
    for before, after in zip(run(without), run(more), strict=True):
        if (before.anchor_on, before.met_on) == (after.anchor_on, after.met_on):
            assert sum(line.credits for line in after.counted) >= sum(line.credits for line in before.counted)


@SOME
@given(EITHER)
def test_projection_is_the_verdict_with_what_waits_earned(drawn: Facts) -> None:
    earned = [replace(i, status=ClaimStatus.EARNED) if i.status in WAITING else i for i in drawn.items]
    for verdict, ahead in zip(run(drawn), run(drawn._replace(items=earned)), strict=True):
        if verdict.projected is not None:
            shown = verdict.projected
            assert (shown.status, shown.anchor_on, shown.expires_on) == (
                ahead.status,
                ahead.anchor_on,
                ahead.expires_on,
            )
        else:
            assert verdict.expires_on == ahead.expires_on


@pytest.mark.parametrize("level", ["associate", "specialist", "professional", "expert"])
def test_every_path_of_the_table_is_worth_its_level_in_points(level: str) -> None:
    """An insight about the table: credits plus exam points (30, 40, 80, 120) reach the level's number on every path."""
    points = {"associate": 30, "concentration": 40, "core": 80, "expert": 120}
    found = shipped_programs()["cisco"].level_on(level, shipped_programs()["cisco"].verified_on)
    assert found is not None
    number = found.paths[0].credits
    for path in found.paths:
        assert path.credits + sum(min(points[k] for k in need.kinds) * need.count for need in path.exams) >= number
