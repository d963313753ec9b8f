"""Verdicts opened up for a person: joined with the items and holdings of the ledger."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pipeline.ledger.state import Holder, State
from rules.folders import Explanation, explained
from rules.model import Verdict
from rules.program import Program


def explanations(
    state: State, holder: Holder, verdicts: Sequence[Verdict], programs: Mapping[str, Program], as_of: dt.date
) -> tuple[Explanation, ...]:
    """One for each verdict of this person on `as_of`, in the same order."""
    items = {item.id: item for item in state.items(holder.id)}
    exams = tuple(holder.exams.values())
    return tuple(
        explained(
            verdict,
            holder.holdings[verdict.program, verdict.holding],
            items,
            programs[verdict.program],
            as_of,
            exams=exams,
        )
        for verdict in verdicts
    )
