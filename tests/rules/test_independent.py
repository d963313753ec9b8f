"""The engine says what the independent evaluator says, on facts drawn at random."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.engine import evaluate
from rules.model import HoldingStatus, Item, Verdict
from rules.program import shipped_programs
from tests.rules.draw import EITHER_PROGRAM, Facts, facts
from tests.rules.independent import NEVER, World, dead, later
from tests.rules.independent_books import book_on

FEW = settings(derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("program", EITHER_PROGRAM)
@FEW
@given(data=st.data())
def test_engine_agrees_with_the_independent_evaluator(program: str, data: st.DataObject) -> None:
    drawn = data.draw(facts(program))
    verdicts = evaluate(drawn.items, drawn.exams, drawn.holdings, shipped_programs(), drawn.as_of, drawn.known_at)
    now = World(drawn.holdings, drawn.items, drawn.exams, as_of=drawn.as_of, known_at=drawn.known_at)
    then = World(drawn.holdings, drawn.items, drawn.exams, as_of=drawn.as_of, known_at=drawn.known_at, waiting=True)
    for verdict in verdicts:
        _compare(verdict, drawn, now, then)


def _compare(verdict: Verdict, drawn: Facts, now: World, then: World) -> None:
    holding = next(holding for holding in drawn.holdings if holding.name == verdict.holding)
    if holding.name not in now.cycles:
        assert verdict.status is HoldingStatus.NOT_YET_HELD
        return
    cycle = now.cycles[holding.name][-1]
    assert (verdict.renewed, verdict.path, verdict.anchor_on) == (cycle.anchor is not None, cycle.path, cycle.anchor)
    assert (verdict.suspends_on, verdict.expires_on or NEVER) == (cycle.suspends, cycle.expires)
    assert (verdict.met_on or verdict.anchor_on) == cycle.met
    assert (verdict.previous.suspends_on, verdict.previous.expires_on) == cycle.previous
    assert verdict.status.value == _status(holding.program, drawn.as_of, cycle.suspends, cycle.expires)
    old = cycle.previous[0] or cycle.previous[1]
    gained = 0 if old is None else max(n for n in range(90) if later(old, n) <= cycle.end)
    assert verdict.gained_months == gained
    last = cycle.expires if book_on(drawn.program, cycle.expires).inclusive else cycle.expires - dt.timedelta(days=1)
    lacks = now.lacking(holding, cycle, min(drawn.as_of, last))
    assert verdict.missing == (
        {} if holding.retired or cycle.expires == NEVER else {path: lack for path, lack in lacks.items() if lack}
    )
    fate = {line.item: "counted" for line in verdict.counted if not line.item.startswith("carried:")}
    fate |= {line.item: line.reason.value for line in verdict.not_counted}
    assert fate == now.reasons(holding)
    counted, _ = now.lines(holding, cycle, drawn.as_of)
    assert [(line.item, line.credits) for line in verdict.counted] == [(line.name, line.credits) for line in counted]
    waits = [i for i in drawn.items if i.status.value in ("draft", "submitted", "pending") and _seen(i, drawn)]
    assert (verdict.projected is None) == (not waits)
    if verdict.projected is not None:
        ahead = then.cycles[holding.name][-1]
        shown = verdict.projected
        assert (shown.anchor_on, shown.suspends_on) == (ahead.anchor, ahead.suspends)
        assert (shown.expires_on or NEVER) == ahead.expires
        assert shown.status.value == _status(holding.program, drawn.as_of, ahead.suspends, ahead.expires)


def _seen(item: Item, drawn: Facts) -> bool:
    entered = item.submitted_on
    before = entered is not None and entered < item.completed_on
    return item.recorded_on <= drawn.known_at and item.completed_on <= drawn.as_of and not before


def _status(program: str, as_of: dt.date, suspends: dt.date | None, expires: dt.date) -> str:
    book = book_on(program, as_of)
    if dead(book, as_of, expires):
        return "expired"
    return "suspended" if suspends is not None and dead(book, as_of, suspends) else "active"
