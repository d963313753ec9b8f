"""Where everybody stands as one self-contained page: a sentence for each certification, and where every item went."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.batch import Reminder
from pipeline.report.cleaning import cleaned
from pipeline.report.html import page
from pipeline.report.view import ReminderView
from pipeline.report.words import STATUS_LABELS, counted, day
from pipeline.showing import visible
from rules.folders import Explanation
from rules.model import Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """One certification of one person. `sentence` says where it stands."""

    holder: str
    sentence: str
    verdict: Verdict
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class _RowView:
    holder: str
    sentence: str
    status: str
    badge: str
    explanation: Explanation


def render_verdicts(
    rows: Sequence[Row], reminders: Sequence[Reminder], as_of: dt.date, known_at: dt.date, *, head: str
) -> str:
    """The page as HTML text. `head` is the ledger's, as a witness."""
    people = counted(len({row.holder for row in rows}), "person", "people")
    return page(
        "verdicts.html.j2",
        headline=f"{counted(len(rows), 'certification')} of {people}",
        day=day(as_of),
        known=day(known_at),
        head=head,
        reminders=[
            ReminderView(one.kind, visible(one.holder), visible(one.sentence), one.entry)
            for one in sorted(reminders, key=lambda one: (one.day, one.holder, one.sentence))
        ],
        rows=[
            _RowView(
                visible(row.holder),
                visible(row.sentence),
                row.verdict.status.value,
                STATUS_LABELS[row.verdict.status],
                cleaned(row.explanation),
            )
            for row in rows
        ],
    )
