"""One English sentence for each item that is not counted, with its reason, clause and source."""

from rules.calendar import written
from rules.cycle import CASCADE, Cause, Refusal
from rules.model import Holding, NotCounted, Reason, plain
from rules.program import Clause, Program, Version

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
    Cause.OVER_CAP: (
        Reason.OVER_CAP,
        "over_cap",
        "{course} of {done} is over the cap: {amount} of kind {kind} count in the cycle that began on {day}.",
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
    Cause.RETIRED: (
        Reason.SURPLUS,
        "retired",
        "{course} of {done} renews nothing: {holding} is retired and runs until {day}.",
    ),
    Cause.NO_CREDITS: (
        Reason.SURPLUS,
        "surplus",
        "{course} of {done} renews nothing: {holding} is not renewed by credits.",
    ),
}


def refusal_line(refusal: Refusal, holding: Holding, program: Program, version: Version) -> NotCounted:
    """The line of a verdict for an item that is not counted for a holding."""
    item = refusal.item
    reason, _, sentence = CAUSES[refusal.cause]
    clause, source = clause_of(refusal, holding, program, version)
    return NotCounted(
        item=item.id,
        reason=reason,
        clause=clause,
        sentence=sentence.format(
            course=f'"{item.course}"' if item.course else f"Item {item.id}",
            done=written(item.completed_on),
            recorded=written(item.recorded_on),
            entered=written(item.submitted_on) if item.submitted_on else "",
            day=written(refusal.day) if refusal.day else "",
            amount=plain(refusal.amount) if refusal.amount is not None else "",
            holding=holding.name,
            kind=item.kind,
            path="by cascade" if refusal.path == CASCADE else f"path {refusal.path}",
            status=item.status.value,
            unit=program.credit_unit,
        ),
        source=source.source,
    )


def clause_of(refusal: Refusal, holding: Holding, program: Program, version: Version) -> tuple[str, Clause]:
    """The clause behind a refusal, its id and itself."""
    name: str = getattr(version.because, CAUSES[refusal.cause][1])
    level = version.levels.get(holding.level)
    if refusal.cause is Cause.NO_CREDITS and level is not None:
        name = level.clause
    return name, program.clauses[name]
