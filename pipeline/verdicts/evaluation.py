"""Re-evaluation: the ledger's people against the rules, and what changed since the last look."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.batch import Difference, Reminder
from pipeline.desk import Desk
from pipeline.errors import DataFileError
from pipeline.ledger.state import Holder, State
from pipeline.ledger.work import Work
from pipeline.settings import Settings
from pipeline.verdicts.accounts import explanations
from pipeline.verdicts.reminders import Patience, reminders_of
from rules.engine import EvaluationError, evaluate
from rules.model import Exam, Item, Verdict
from rules.plan_model import Standing
from rules.program import Program
from rules.sentence import difference, summary


def verdicts_of(
    state: State, holder: Holder, programs: Mapping[str, Program], as_of: dt.date, known_at: dt.date
) -> tuple[Verdict, ...]:
    """The verdicts of one person's holdings on `as_of`, by what was known on `known_at`. Raises DataFileError where the
    person holds something of a program or level that the programs in force do not have."""
    facts = standing_of(state, holder)
    try:
        return evaluate(facts.items, facts.exams, facts.holdings, programs, as_of, known_at, facts.balances)
    except EvaluationError as error:
        raise DataFileError(
            f"The certifications recorded for {holder.name} do not fit the programs of this recert: {error}.",
            "Update recert, or import a roster file that says program and level as `recert roster import` knows them.",
        ) from error


def standing_of(state: State, holder: Holder) -> Standing:
    """One person's facts as the rules take them."""
    return Standing(
        items=state.items(holder.id),
        exams=tuple(_with_what_it_earned(exam, holder) for exam in holder.exams.values()),
        holdings=tuple(holder.holdings.values()),
        balances=tuple(holder.balances),
    )


def _with_what_it_earned(exam: Exam, holder: Holder) -> Exam:
    """An exam on record for the day on which a certification of its program was earned is the one that earned it:
    people import both, and it must not count for a renewal as well."""
    of_that_day = (
        h.name for h in holder.holdings.values() if (h.program, h.earned_on) == (exam.program, exam.passed_on)
    )
    return replace(exam, earned=frozenset(of_that_day))


def reevaluate(desk: Desk, holders: Iterable[str] | None = None, day: dt.date | None = None) -> tuple[Difference, ...]:
    """Evaluate the given holders (everybody by default) as of `day` (today by default) and return what differs from
    the verdicts remembered last, by person and holding. Today's are remembered; those of another day are an answer, not
    news. Raises DataFileError as `verdicts_of`."""
    today, programs = desk.clock.today(), desk.rulebook.programs
    as_of = day or today
    remembering = as_of == today
    found: list[Difference] = []
    with desk.ledger.transaction() if remembering else desk.ledger.reading() as connection:
        work, state = Work(connection), desk.ledger.state()
        chosen = state.holders if holders is None else [id for id in holders if id in state.holders]
        for holder in map(state.holders.__getitem__, chosen):
            for after in verdicts_of(state, holder, programs, as_of=as_of, known_at=as_of):
                before = work.snapshot(holder.id, after.program, after.holding)
                if before == after:
                    continue
                known_on = work.remembered_on(holder.id, after.program, after.holding)
                if remembering:
                    work.remember(holder.id, after, as_of=as_of)
                sentence = told(
                    before, after, programs[after.program], as_of, known_on=known_on, items=state.items(holder.id)
                )
                if sentence:
                    [opened] = explanations(state, holder, (after,), programs, as_of)
                    found.append(
                        Difference(
                            holder=holder.name, before=before, after=after, sentence=sentence, explanation=opened
                        )
                    )
    return tuple(sorted(found, key=lambda one: (one.holder, one.after.program, one.after.holding)))


def reminders(desk: Desk, holders: Iterable[str] | None = None) -> tuple[Reminder, ...]:
    """What the given people (everybody by default) should do soon, as of today, by person; the most urgent first."""
    today, programs, state = desk.clock.today(), desk.rulebook.programs, desk.ledger.state()
    chosen = state.holders if holders is None else [id for id in holders if id in state.holders]
    found = [
        reminder
        for holder in sorted(map(state.holders.__getitem__, chosen), key=lambda one: (one.name, one.id))
        for reminder in reminders_of(
            state,
            holder,
            verdicts_of(state, holder, programs, as_of=today, known_at=today),
            programs,
            today=today,
            patience=patience_of(desk.settings),
        )
    ]
    return tuple(found)


def patience_of(settings: Settings) -> Patience:
    return Patience(pending=settings.pending_days, closing=settings.closing_days, ending=settings.ending_days)


def told(
    before: Verdict | None,
    after: Verdict,
    program: Program,
    as_of: dt.date,
    *,
    known_on: dt.date | None = None,
    items: Iterable[Item] = (),
) -> str:
    """Where a holding stands after something changed, beginning with what changed where its dates or status did; ""
    where nothing did. `known_on` is the day of `before`: a past that is judged anew is told as such, with its `items`.
    """
    changed = difference(before, after, program, known_on, items)
    if not changed:
        return ""
    stands = summary(after, program, as_of)
    turned = before is not None and (before.anchor_on, before.status) != (after.anchor_on, after.status)
    return f"{changed}. Now {stands}" if turned else stands
