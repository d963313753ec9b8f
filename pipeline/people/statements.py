"""What people state themselves: who they are, activities without a certificate, corrections, the portal's answers."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from pipeline.checks.duplicates import normal_code
from pipeline.crediting import ProposedClaim
from pipeline.desk import Desk
from pipeline.errors import WrongUse
from pipeline.folders.evidence_file import keep_evidence
from pipeline.folding import fold
from pipeline.judging import proposals
from pipeline.ledger.claim_life import may_follow, step_refusal
from pipeline.ledger.events import (
    ActivityCorrected,
    ActivityFacts,
    ActivityRecorded,
    ActivityVoided,
    AnyEvent,
    BalanceStated,
    ClaimStatusChanged,
    ExamRecorded,
    ExamVoided,
    HolderRecorded,
    HoldingRecorded,
    ReviewDecided,
)
from pipeline.ledger.state import Activity, Claim, Holder, PassedExam, State
from pipeline.ledger.store import Draft, DuplicateKey, new_id
from pipeline.people.roster_file import ExamRow, HolderRow, HoldingRow, misfits_of
from pipeline.recording import ClaimDetails, drafts_of, keys_of
from pipeline.roster import Roster
from rules.model import ClaimStatus, amount_of, plain
from rules.program import Program
from rules.reading import nearest


def add_person(desk: Desk, name: str) -> str:
    """Put a person on the roster and return the id. Somebody who is there under this name already stays as they are.

    Raises WrongUse where the name may be several people, or is none that a roster file could state.
    """
    try:
        HolderRow(name=name)
    except ValidationError as error:
        raise WrongUse(f"“{name}” is no name of a person.", "Give one of up to 500 characters.") from error
    match = Roster(desk.ledger.state().holders.values()).match(name)
    if match.several:
        raise WrongUse(f"“{name}” may be several people of the roster.", "Import a roster file that tells them apart.")
    if match.holder is not None:
        return match.holder
    holder = new_id()
    event = HolderRecorded(holder=holder, name=name, by=desk.person)
    desk.ledger.append((Draft(holder, event),), desk.clock.now())
    return holder


def add_alias(desk: Desk, holder: Holder, alias: str) -> None:
    """Let another spelling mean this person from now on."""
    if alias not in (holder.name, *holder.aliases):
        event = HolderRecorded(holder=holder.id, name=holder.name, aliases=(*holder.aliases, alias), by=desk.person)
        desk.ledger.append((Draft(holder.id, event),), desk.clock.now())


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim as a person states it: for which program, of which kind, how many credits, and where it stands."""

    program: str
    kind: str
    credits: Decimal | None
    status: ClaimStatus = ClaimStatus.DRAFT
    submitted_on: dt.date | None = None


def add_item(
    desk: Desk, holder: Holder, facts: ActivityFacts, claim: StatedClaim | None, evidence: Path | None = None
) -> int:
    """Record an activity that no certificate proved, and return its entry. Without a claim, what the data proposes for
    certain is claimed. Raises WrongUse where it is there already, completed after today, or the claim does not fit."""
    _refuse_days(desk, facts)
    details = ClaimDetails()
    if claim is None:
        claims = tuple(one for one in proposals(facts, None, holder, desk.rulebook) if one.certain)
    else:
        claims = (proposed(desk, facts, claim),)
        details = ClaimDetails(claim.status, claim.submitted_on)
    with desk.ledger.transaction():
        _refuse_repeat(desk, holder.id, facts)
        document = None if evidence is None else keep_evidence(desk.settings, evidence)
        drafts = drafts_of(facts, claims, holder=holder.id, document=document, by=desk.person, details=details)
        return _append(desk, drafts)


def _refuse_days(desk: Desk, facts: ActivityFacts) -> None:
    if facts.completed_on > desk.clock.today():
        raise WrongUse(
            f"It is said to be completed on {facts.completed_on}, after today.", "Record it once it is completed."
        )
    if facts.started_on is not None and facts.started_on > facts.completed_on:
        raise WrongUse(
            f"It is said to start on {facts.started_on}, after its completion on {facts.completed_on}.",
            "Correct one of the two days.",
        )


def _refuse_repeat(desk: Desk, holder: str, facts: ActivityFacts, corrected: Activity | None = None) -> None:
    """Without a code there is no key by which the ledger would notice a repeat. What an activity that is `corrected`
    repeated before is no news."""
    for known in desk.ledger.state().activities_of(holder):
        if corrected is not None and (known.id == corrected.id or _is_repeat(known.facts, corrected.facts)):
            continue
        if _is_repeat(known.facts, facts):
            raise WrongUse(
                f"It is recorded already, as entry {known.entry}.",
                "Look at `recert items list`; correct or void that one.",
            )


def _is_repeat(one: ActivityFacts, other: ActivityFacts) -> bool:
    """The same course on the same day is the same activity, unless two codes tell them apart."""
    codes = (one.validation_code, other.validation_code)
    told_apart = all(codes) and normal_code(codes[0] or "") != normal_code(codes[1] or "")
    same = (one.completed_on, fold(one.course_name)) == (other.completed_on, fold(other.course_name))
    return same and not told_apart


def proposed(desk: Desk, facts: ActivityFacts, claim: StatedClaim) -> ProposedClaim:
    """A claim that a person states, checked against the program. Raises WrongUse listing what there is."""
    kinds = known_program(desk, claim.program).version_on(facts.completed_on).kinds
    if claim.kind not in kinds:
        raise WrongUse(f"{claim.program} has no kind “{claim.kind}”.", f"It has: {', '.join(sorted(kinds))}.")
    return ProposedClaim(
        program=claim.program,
        kind=claim.kind,
        credits=claim.credits,
        course=facts.course_name,
        basis=f"stated by {desk.person}",
    )


def activity_of(state: State, entry: int) -> Activity:
    """The activity that an entry number means. Raises WrongUse where it is none or was voided."""
    activity = state.by_entry(entry)
    if activity is None:
        raise WrongUse(f"Entry {entry} is not an activity.", "Look at `recert items list`.")
    if activity.voided:
        raise WrongUse(f"The activity of entry {entry} was voided.", "Record it again with `recert items add`.")
    return activity


def correct(desk: Desk, entry: int, changes: dict[str, str], why: str) -> Activity:
    """Change what an activity states; the former values stay in the ledger. Raises WrongUse for a field that is not
    there, a value that does not fit, or a change that makes it the same as another activity."""
    with desk.ledger.transaction():
        activity = activity_of(desk.ledger.state(), entry)
        after = changed_facts(activity.facts, changes)
        _refuse_days(desk, after)
        _refuse_repeat(desk, activity.holder, after, corrected=activity)
        event = ActivityCorrected(
            activity=activity.id, holder=activity.holder, before=activity.facts, after=after, by=desk.person, why=why
        )
        _append(desk, (Draft(activity.holder, event, keys_of(after, activity.document)),))
    return activity


def changed_facts(facts: ActivityFacts, changes: dict[str, str]) -> ActivityFacts:
    """Facts with some fields stated by a person; an empty value takes a field away."""
    fields = sorted(set(ActivityFacts.model_fields) - {"stated", "profile"})
    for name in changes:
        if name not in fields:
            raise WrongUse(f"There is no field “{name}”.", f"There are: {', '.join(fields)}.")
    for name in ("credits", "hours"):
        if changes.get(name):
            decimal(changes[name])
    values = facts.model_dump() | {name: value or None for name, value in changes.items()}
    values["stated"] = tuple(sorted({*facts.stated, *changes}))
    try:
        return ActivityFacts.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise WrongUse(f"The value of {name} does not fit: {first['msg']}.", "Write days as 2026-11-22.") from error


def void(desk: Desk, entry: int, why: str) -> Activity:
    """Take an activity out of every evaluation. It stays in the ledger, and its certificate may be dropped again."""
    activity = activity_of(desk.ledger.state(), entry)
    event = ActivityVoided(activity=activity.id, holder=activity.holder, by=desk.person, why=why)
    desk.ledger.append((Draft(activity.holder, event),), desk.clock.now())
    return activity


@dataclass(frozen=True, slots=True)
class PortalAnswer:
    """What the portal says of one claim. What is None stays as it was; `why` explains a status that does not follow
    from the one before."""

    status: ClaimStatus
    submitted_on: dt.date | None = None
    credits: Decimal | None = None
    why: str | None = None


def change_status(desk: Desk, entry: int, answer: PortalAnswer, program: str | None) -> Activity:
    """Write down what the portal says of an activity's claim. Raises WrongUse where it has none, or several and no
    program is named; for a status that cannot follow, unless it says why; and for a day that cannot be."""
    activity = activity_of(desk.ledger.state(), entry)
    claim = _claim_of(activity, program)
    if answer.why is None and not may_follow(claim.status, answer.status):
        raise WrongUse(step_refusal(claim.status, answer.status), "If the last one was a slip, say so with --why.")
    _refuse_submission(desk, activity, answer)
    event = ClaimStatusChanged(
        claim=claim.id,
        holder=activity.holder,
        status=answer.status,
        submitted_on=answer.submitted_on,
        credits=answer.credits,
        by=desk.person,
        why=answer.why,
    )
    desk.ledger.append((Draft(activity.holder, event),), desk.clock.now())
    return activity


def _refuse_submission(desk: Desk, activity: Activity, answer: PortalAnswer) -> None:
    day, completed_on = answer.submitted_on, activity.facts.completed_on
    if day is None:
        return
    if answer.status is ClaimStatus.DRAFT:
        raise WrongUse("A draft is not submitted yet.", "Leave --submitted-on out, or say submitted.")
    if day < completed_on:
        raise WrongUse(f"It is said to be submitted on {day}, before its completion on {completed_on}.", "Correct one.")
    if day > desk.clock.today():
        raise WrongUse(f"It is said to be submitted on {day}, after today.", "Record it once it is submitted.")


def _claim_of(activity: Activity, program: str | None) -> Claim:
    claims = [claim for claim in activity.claims if program in (None, claim.program)]
    if len(claims) == 1:
        return claims[0]
    if not claims:
        raise WrongUse(
            f"Entry {activity.entry} has no claim{f' for {program}' if program else ''}.",
            "Record it with a claim: `recert items void`, then `recert items add --program … --kind …`.",
        )
    raise WrongUse(
        f"Entry {activity.entry} has claims for {', '.join(claim.program for claim in claims)}.",
        "Say which with --program.",
    )


def add_exam(desk: Desk, holder: Holder, event: ExamRecorded) -> int:
    """Record an exam that was passed and return its entry. Raises WrongUse as `check_exam`, and where the very same is
    recorded already; one that says more (its kind, its code) is not the same."""
    check_exam(desk, holder, event)
    with desk.ledger.transaction():
        for exam in desk.ledger.state().exams_on_record():
            if _exam_of(exam.facts) == _exam_of(event):
                raise WrongUse(
                    f"It is recorded already, as entry {exam.entry}.", "Another exam of that day needs its own --code."
                )
        return desk.ledger.append((Draft(event.holder, event),), desk.clock.now())[0]


def void_exam(desk: Desk, entry: int, why: str) -> PassedExam:
    """Take an exam out of every evaluation. It stays in the ledger, and may be recorded again. Raises WrongUse where
    the entry is no exam, or was voided."""
    found = next((exam for exam in desk.ledger.state().exams.values() if exam.entry == entry), None)
    if found is None:
        raise WrongUse(f"Entry {entry} is not an exam.", "Look at `recert exams list`.")
    if found.voided:
        raise WrongUse(f"The exam of entry {entry} was voided.", "Record it again with `recert exams add`.")
    event = ExamVoided(exam=found.facts.exam, holder=found.facts.holder, by=desk.person, why=why)
    desk.ledger.append((Draft(event.holder, event),), desk.clock.now())
    return found


def _exam_of(event: ExamRecorded) -> dict[str, object]:
    return event.model_dump(exclude={"exam", "by"})


def check_exam(desk: Desk, holder: Holder, event: ExamRecorded) -> None:
    """Raises WrongUse for a program, kind or holding that is not there, and for a day to come."""
    _refuse_misfit(desk, ExamRow(**event.model_dump(include=set(ExamRow.model_fields))))
    if event.holding is not None and (event.program, event.holding) not in holder.holdings:
        held = [name for program, name in holder.holdings if program == event.program]
        raise WrongUse(
            f"{holder.name} has no holding “{event.holding}” of {event.program}.", nearest(event.holding, held)
        )
    if event.passed_on > desk.clock.today():
        raise WrongUse(f"It is said to be passed on {event.passed_on}, after today.", "Record it once it is passed.")


def check_holding(desk: Desk, event: HoldingRecorded) -> None:
    """Raises WrongUse for a program or level that is not there, and for a name that no roster file could state: the
    ledger would keep it, and no evaluation could."""
    try:
        row = HoldingRow(**event.model_dump(include=set(HoldingRow.model_fields)))
    except ValidationError as error:
        raise WrongUse(f"“{event.name}” is no name of a certification.", "Give one of up to 500 characters.") from error
    _refuse_misfit(desk, row)


def _refuse_misfit(desk: Desk, row: HoldingRow | ExamRow) -> None:
    for key, problem, remedy in misfits_of(row, known_program(desk, row.program)):
        raise WrongUse(f"The {key} does not fit: {problem}.", remedy)


def known_program(desk: Desk, name: str) -> Program:
    """The program of this name. Raises WrongUse listing those that there are."""
    programs = desk.rulebook.programs
    if name not in programs:
        raise WrongUse(f"There is no program “{name}”.", f"There are: {', '.join(sorted(programs))}.")
    return programs[name]


def import_events(desk: Desk, events: Sequence[AnyEvent]) -> int:
    """Append the events of a roster file, all or none, and return how many. Every one of them is about a person."""
    drafts = tuple(
        Draft(event.holder, event, keys_of(event.facts, None) if isinstance(event, ActivityRecorded) else ())
        for event in events
        if not isinstance(event, ReviewDecided)
    )
    return len(desk.ledger.append(drafts, desk.clock.now()))


def decimal(text: str) -> Decimal:
    """Credits as people type them. Raises WrongUse."""
    amount = amount_of(text)
    if amount is None:
        raise WrongUse(f"“{text}” is no number of credits.", "Write credits as 12 or 1.5.")
    return amount


def _append(desk: Desk, drafts: Sequence[Draft]) -> int:
    try:
        return desk.ledger.append(tuple(drafts), desk.clock.now())[0]
    except DuplicateKey as taken:
        raise WrongUse(
            f"It is recorded already, as entry {taken.entry}.", "Look at `recert items list`; correct or void that one."
        ) from taken


def describe(events: Sequence[AnyEvent], state: State) -> Iterator[str]:
    """What the events of a roster file say, a line each, for whoever is about to import them."""
    names = {holder.id: holder.name for holder in state.holders.values()}
    names |= {event.holder: event.name for event in events if isinstance(event, HolderRecorded)}
    for event in events:
        match event:
            case HolderRecorded():
                yield f"{event.name}: on the roster" + (f", also {', '.join(event.aliases)}" if event.aliases else "")
            case HoldingRecorded():
                yield f"{names[event.holder]}: holds {event.name} ({event.level}) since {event.earned_on}"
            case ExamRecorded():
                yield f"{names[event.holder]}: passed an exam of {event.program} on {event.passed_on}"
            case BalanceStated():
                yield f"{names[event.holder]}: {plain(event.credits)} for {event.holding} as of {event.stated_on}"
            case ActivityRecorded():
                yield f"{names[event.holder]}: {event.facts.course_name}, completed on {event.facts.completed_on}"


def people_of(events: Sequence[AnyEvent]) -> frozenset[str]:
    """The ids of the people whom the events are about."""
    return frozenset(event.holder for event in events if not isinstance(event, ReviewDecided))
