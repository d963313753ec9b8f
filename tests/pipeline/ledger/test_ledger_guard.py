"""Whatever may be appended can be replayed: the guard lets nothing through that would trip a later run."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger.events import (
    ActivityCorrected,
    ActivityFacts,
    ActivityRecorded,
    ActivityVoided,
    AnyEvent,
    BalanceStated,
    ClaimRecorded,
    ClaimStatusChanged,
    ExamRecorded,
    ExamVoided,
    HolderRecorded,
    HoldingRecorded,
)
from pipeline.ledger.guard import refusal
from pipeline.ledger.state import Entry, State, apply, replay
from tests.pipeline.ledger.people import NOON

IDS = st.sampled_from(["a", "b"])
FACTS = st.builds(ActivityFacts, course_name=IDS, completed_on=st.just(dt.date(2026, 1, 1)))
KINDS = (
    HolderRecorded,
    HoldingRecorded,
    ExamRecorded,
    ExamVoided,
    BalanceStated,
    ActivityRecorded,
    ActivityCorrected,
    ActivityVoided,
    ClaimRecorded,
    ClaimStatusChanged,
)
CREDITS = st.just(Decimal(4))
CHOSEN = {
    "holder": IDS,
    "activity": IDS,
    "claim": IDS,
    "exam": IDS,
    "facts": FACTS,
    "before": FACTS,
    "after": FACTS,
    "credits": CREDITS,
}


def events() -> st.SearchStrategy[AnyEvent]:
    """Events over two people, two activities and two claims, so that they collide."""
    fields = {kind: {name: CHOSEN[name] for name in kind.model_fields if name in CHOSEN} for kind in KINDS}
    return st.one_of([st.builds(kind, **fields[kind]) for kind in KINDS])


@given(st.lists(st.tuples(IDS, events()), max_size=30))
def test_what_may_be_appended_can_be_replayed(drafts: list[tuple[str, AnyEvent]]) -> None:
    states: dict[str, State] = {}
    kept: list[Entry] = []
    for subject, event in drafts:
        state = states.setdefault(subject, State())
        if refusal(state, subject, event) is None:
            kept.append(Entry(len(kept) + 1, NOON, subject, event))
            apply(state, kept[-1])
    together = replay(kept)
    assert together.holders == {id: holder for state in states.values() for id, holder in state.holders.items()}
    for subject in ("a", "b"):
        forgotten = [Entry(e.seq, NOON, e.subject, None if e.subject == subject else e.event) for e in kept]
        assert subject not in replay(forgotten).holders
