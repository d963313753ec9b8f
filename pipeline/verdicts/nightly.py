"""The nightly run: everybody evaluated again, because time alone changes verdicts, and reminded of what cannot wait."""

from collections import Counter

from pipeline.batch import Batch
from pipeline.desk import Desk
from pipeline.ledger.store import new_id
from pipeline.verdicts.evaluation import reevaluate, reminders


def evaluate_everybody(desk: Desk) -> Batch:
    """Evaluate every holder as of today, remember the verdicts, and say what changed and what should be done soon."""
    started_at = desk.clock.now()
    differences = reevaluate(desk)
    return Batch(
        run=new_id()[:12],
        started_at=started_at,
        finished_at=desk.clock.now(),
        documents=(),
        differences=differences,
        reminders=reminders(desk),
        head=str(desk.ledger.head()),
    )


def in_numbers(batch: Batch) -> str:
    """The run in one line that names nobody: `3 verdicts changed. 2 reminders: 1 ask, 1 submit.`"""
    kinds = Counter(reminder.kind for reminder in batch.reminders)
    told = f": {', '.join(f'{number} {kind}' for kind, number in sorted(kinds.items()))}" if kinds else ""
    return f"{len(batch.differences)} verdicts changed. {len(batch.reminders)} reminders{told}."
