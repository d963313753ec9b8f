"""One English sentence for each item that is not counted, with its reason, clause and source."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from string import Formatter

from rules.calendar import written
from rules.cycle import CASCADE
from rules.model import ExamNotCounted, Holding, NotCounted, Reason, Used, plain
from rules.program import Clause, Program
from rules.refusal import Cause, Refusal

# cause -> (reason, name of its clause in the program's `because`, sentence)
CAUSES: dict[Cause, tuple[Reason, str, str]] = {
    Cause.NOT_ON_RECORD: (
        Reason.UNKNOWN_THEN,
        "unknown_then",
        "{course} of {done} was recorded on {recorded}; on {day} it was not known.",
    ),
    Cause.IN_THE_FUTURE: (
        Reason.FUTURE,
        "future",
        "{course} is dated {done}, after {day}, the day asked about.",
    ),
    Cause.ENTERED_BEFORE: (
        Reason.FUTURE,
        "entry_before_activity",
        "{course} is dated {done} but was entered on {day}, before it took place; one of the two days is wrong.",
    ),
    Cause.STATUS: (
        Reason.STATUS,
        "status",
        "{course} of {done} is {status}; only earned items count.",
    ),
    Cause.HOLDING_NOT_HELD: (
        Reason.NOT_ACTIVE,
        "not_active",
        "{course} of {done} cannot count: {holding} is not held yet.",
    ),
    Cause.BEFORE_EARNED: (
        Reason.NOT_ACTIVE,
        "not_active",
        "{course} was completed on {done}, before {holding} was earned on {day}.",
    ),
    Cause.AFTER_EXPIRY: (
        Reason.NOT_ACTIVE,
        "not_active",
        "{course} was completed on {done}, when {holding} was no longer active; it expired with {day}.",
    ),
    Cause.BEFORE_CYCLE: (
        Reason.OUTSIDE_CYCLE,
        "outside_cycle",
        "{course} of {done} lies before the running cycle of {holding}, which began on {day}.",
    ),
    Cause.OFFER_ENDED: (
        Reason.OFFER_ENDED,
        "offer_ended",
        "{course} was completed on {done}; the offer ended on {day}.",
    ),
    Cause.SUBMITTED_LATE: (
        Reason.SUBMITTED_LATE,
        "submitted_late",
        "{course} of {done} was submitted on {day}, more than {amount} days after its completion.",
    ),
    Cause.ENTERED_AFTER_EXPIRY: (
        Reason.ENTERED_AFTER_EXPIRY,
        "entered_after_expiry",
        "{course} of {done} was entered on {entered}, after {holding} had expired with {day}.",
    ),
    Cause.REPEAT: (
        Reason.REPEAT,
        "repeat",
        "{course} of {done} repeats a course that already counts in the cycle that began on {day}.",
    ),
    Cause.REPEAT_EVER: (
        Reason.REPEAT,
        "repeat",
        "{course} of {done} repeats a course that has counted before.",
    ),
    Cause.OVER_CAP: (
        Reason.OVER_CAP,
        "over_cap",
        "{course} of {done} is over the cap: {amount} of kind {kind} count in the period that began on {day}.",
    ),
    Cause.OVER_CREDIT_CAP: (
        Reason.OVER_CAP,
        "over_cap",
        "{course} of {done} is over the cap: {amount} {unit} of kind {kind} count in the period that began on {day}.",
    ),
    Cause.USED: (
        Reason.OUTSIDE_CYCLE,
        "outside_cycle",
        "{course} of {done} counted {amount} {unit} for the renewal of {holding} on {day} ({path}).",
    ),
    Cause.SPENT_ELSEWHERE: (
        Reason.OUTSIDE_CYCLE,
        "outside_cycle",
        "{course} of {done} was spent on the renewal of another certification on {day}.",
    ),
    Cause.NOT_NEEDED: (
        Reason.SURPLUS,
        "surplus",
        "{course} of {done} was not needed for the renewal of {holding} on {day} ({path}) and does not roll over.",
    ),
    Cause.LAPSED: (
        Reason.OUTSIDE_CYCLE,
        "outside_cycle",
        "{course} of {done} was not used until {day}, the last day of its {amount} {unit}.",
    ),
    Cause.RETIRED: (
        Reason.SURPLUS,
        "retired",
        "{course} of {done} renews nothing: {holding} is retired and runs until {day}.",
    ),
    Cause.OTHER_HOLDING: (
        Reason.SURPLUS,
        "surplus",
        "{course} of {done} serves another certification than {holding}.",
    ),
    Cause.NO_CREDITS: (
        Reason.SURPLUS,
        "surplus",
        "{course} of {done} renews nothing: {holding} is not renewed by it.",
    ),
    Cause.EXAM_TOO_EARLY: (
        Reason.TOO_EARLY,
        "exam_window",
        "{course} was passed on {done}; an exam serves {holding} only from {day} on.",
    ),
    Cause.EXAM_ELSEWHERE: (
        Reason.NO_MATCH,
        "exam_match",
        "{course} of {done} does not match {holding}.",
    ),
    Cause.EXAM_EARNED_IT: (
        Reason.EARNED_IT,
        "renewed",
        "{course} of {done} earned {holding} and does not renew it as well.",
    ),
}


def refusal_line(refusal: Refusal, holding: Holding, program: Program) -> NotCounted:
    """The line of a verdict for an item that is not counted for a holding."""
    clause, source = clause_of(refusal, program)
    used = None
    if refusal.cause is Cause.USED and refusal.day and refusal.path and refusal.amount is not None:
        used = Used(credits=refusal.amount, renewed_on=refusal.day, path=refusal.path)
    return NotCounted(
        item=refusal.item.id,
        reason=CAUSES[refusal.cause][0],
        clause=clause,
        sentence=_sentence(refusal, holding, program),
        source=source.source,
        used=used,
    )


def exam_line(refusal: Refusal, holding: Holding, program: Program) -> ExamNotCounted:
    """The line of a verdict for an exam that serves no path of a holding."""
    clause, source = clause_of(refusal, program)
    return ExamNotCounted(
        exam=refusal.item.id,
        passed_on=refusal.item.completed_on,
        reason=CAUSES[refusal.cause][0],
        clause=clause,
        sentence=_sentence(refusal, holding, program),
        source=source.source,
    )


def _sentence(refusal: Refusal, holding: Holding, program: Program) -> str:
    template = CAUSES[refusal.cause][2]
    return template.format(**{word: WORDS[word](refusal, holding, program) for word in _words_in(template)})


@cache
def _words_in(template: str) -> tuple[str, ...]:
    """The words that a sentence leaves open; only these are looked up."""
    return tuple(word for _, word, _, _ in Formatter().parse(template) if word)


def _named(refusal: Refusal) -> str:
    item = refusal.item
    if item.course:
        return f'"{item.course}"'
    return f"Exam {item.id.partition(':')[2]}".strip() if item.made else f"Item {item.id}"


def _day(day: dt.date | None) -> str:
    return written(day) if day else ""


WORDS: dict[str, Callable[[Refusal, Holding, Program], str]] = {
    "course": lambda refusal, holding, program: _named(refusal),
    "done": lambda refusal, holding, program: written(refusal.item.completed_on),
    "recorded": lambda refusal, holding, program: written(refusal.item.recorded_on),
    "entered": lambda refusal, holding, program: _day(refusal.item.submitted_on),
    "day": lambda refusal, holding, program: _day(refusal.day),
    "amount": lambda refusal, holding, program: plain(refusal.amount) if refusal.amount is not None else "",
    "holding": lambda refusal, holding, program: holding.name,
    "kind": lambda refusal, holding, program: refusal.item.kind,
    "path": lambda refusal, holding, program: "by cascade" if refusal.path == CASCADE else f"path {refusal.path}",
    "status": lambda refusal, holding, program: refusal.item.status.value,
    "unit": lambda refusal, holding, program: program.credit_unit,
}


def clause_of(refusal: Refusal, program: Program) -> tuple[str, Clause]:
    """The clause behind a refusal, its id and itself, as the version in force on the day of the row has it."""
    because = program.version_on(refusal.item.completed_on).because
    name = refusal.clause or getattr(because, CAUSES[refusal.cause][1]) or because.renewed
    return name, program.clauses[name]
