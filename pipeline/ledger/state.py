"""What the ledger says, replayed: entries in, people and their activities out. Pure; the store feeds it entries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.ledger.events import (
    ActivityCorrected,
    ActivityFacts,
    ActivityRecorded,
    ActivityVoided,
    AnyEvent,
    BalanceStated,
    ClaimRecorded,
    ClaimStatusChanged,
    DocumentReference,
    ExamRecorded,
    ExamVoided,
    HolderRecorded,
    HoldingRecorded,
    ReviewDecided,
)
from rules.model import Balance, ClaimStatus, Exam, Granted, Holding, Item


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger, decrypted. `event` is None where the subject's key is destroyed."""

    seq: int
    recorded_at: dt.datetime
    subject: str
    event: AnyEvent | None


@dataclass(slots=True)
class Claim:
    """`since` is the day on which we were told of its status."""

    id: str
    program: str
    kind: str
    course: str
    credits: Decimal | None
    status: ClaimStatus
    submitted_on: dt.date | None
    offer_ends_on: dt.date | None
    basis: str
    since: dt.date


@dataclass(slots=True)
class Activity:
    """`entry` is the sequence number of the entry that recorded it: the number people use."""

    id: str
    entry: int
    holder: str
    facts: ActivityFacts
    document: DocumentReference | None
    recorded_on: dt.date
    by: str
    voided: bool = False
    claims: list[Claim] = field(default_factory=list)


@dataclass(slots=True)
class PassedExam:
    """An exam as it was recorded, by the entry number that people use."""

    entry: int
    facts: ExamRecorded
    voided: bool = False


@dataclass(slots=True)
class Holder:
    """A person with what the rules read of them; a voided exam is not among `exams`. `held_since` is, for each program,
    the entry of the first certification that was recorded."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    holdings: dict[tuple[str, str], Holding] = field(default_factory=dict)
    exams: dict[str, Exam] = field(default_factory=dict)
    balances: list[Balance] = field(default_factory=list)
    held_since: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """All that the readable entries say, up to the last one fed."""

    holders: dict[str, Holder] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    exams: dict[str, PassedExam] = field(default_factory=dict)

    def exams_on_record(self) -> list[PassedExam]:
        """Everybody's exams that are not voided, in the order they were recorded."""
        return [exam for exam in self.exams.values() if not exam.voided]

    def activities_of(self, holder: str) -> list[Activity]:
        """A holder's activities that are not voided, in the order they were recorded."""
        return [a for a in self.activities.values() if a.holder == holder and not a.voided]

    def by_entry(self, entry: int) -> Activity | None:
        """The activity that an entry number names, or None."""
        return next((activity for activity in self.activities.values() if activity.entry == entry), None)

    def items(self, holder: str) -> tuple[Item, ...]:
        """What the rules read: each claim of each activity of a holder that is not voided."""
        return tuple(
            Item(
                id=claim.id,
                program=claim.program,
                course=claim.course,
                kind=claim.kind,
                completed_on=activity.facts.completed_on,
                recorded_on=activity.recorded_on,
                submitted_on=claim.submitted_on,
                credits=claim.credits,
                status=claim.status,
                offer_ends_on=claim.offer_ends_on,
                started_on=activity.facts.started_on,
            )
            for activity in self.activities_of(holder)
            for claim in activity.claims
        )


def replay(entries: Iterable[Entry]) -> State:
    """Feed every entry in order. Entries of a forgotten subject are passed over: nothing of them can be read."""
    state = State()
    for entry in entries:
        if entry.event is not None:
            apply(state, entry)
    return state


def apply(state: State, entry: Entry) -> None:
    """Add one entry to the state, in place."""
    recorded_on = entry.recorded_at.date()
    match entry.event:
        case HolderRecorded() as event:
            holder = state.holders.setdefault(event.holder, Holder(event.holder, event.name))
            holder.name, holder.aliases = event.name, event.aliases
        case HoldingRecorded() as event:
            state.holders[event.holder].held_since.setdefault(event.program, entry.seq)
            state.holders[event.holder].holdings[event.program, event.name] = Holding(
                program=event.program,
                name=event.name,
                level=event.level,
                earned_on=event.earned_on,
                recorded_on=recorded_on,
                expires_on=event.expires_on,
                retired=event.retired,
                required_courses=event.required_courses,
                granted=tuple(Granted(one.id, one.granted_on, recorded_on) for one in event.granted),
            )
        case ExamRecorded() as event:
            state.exams[event.exam] = PassedExam(entry.seq, event)
            state.holders[event.holder].exams[event.exam] = Exam(
                program=event.program,
                passed_on=event.passed_on,
                recorded_on=recorded_on,
                kind=event.kind,
                code=event.code,
                holding=event.holding,
            )
        case ExamVoided() as event:
            state.exams[event.exam].voided = True
            del state.holders[event.holder].exams[event.exam]
        case BalanceStated() as event:
            state.holders[event.holder].balances.append(
                Balance(event.program, event.holding, event.credits, event.stated_on, recorded_on)
            )
        case ActivityRecorded() as event:
            state.activities[event.activity] = Activity(
                id=event.activity,
                entry=entry.seq,
                holder=event.holder,
                facts=event.facts,
                document=event.document,
                recorded_on=recorded_on,
                by=event.by,
            )
        case ActivityCorrected() as event:
            state.activities[event.activity].facts = event.after
        case ActivityVoided() as event:
            state.activities[event.activity].voided = True
        case ClaimRecorded() as event:
            claim = Claim(
                id=event.claim,
                program=event.program,
                kind=event.kind,
                course=event.course,
                credits=event.credits,
                status=event.status,
                submitted_on=event.submitted_on,
                offer_ends_on=event.offer_ends_on,
                basis=event.basis,
                since=recorded_on,
            )
            state.claims[event.claim] = claim
            state.activities[event.activity].claims.append(claim)
        case ClaimStatusChanged() as event:
            claim = state.claims[event.claim]
            if event.status is not claim.status:
                claim.since = recorded_on
            # What was rejected, and what is a draft again, is submitted anew: the old day says nothing of it.
            anew = event.status is ClaimStatus.DRAFT or (
                claim.status is ClaimStatus.REJECTED and event.status is not ClaimStatus.REJECTED
            )
            claim.submitted_on = event.submitted_on or (None if anew else claim.submitted_on)
            claim.status = event.status
            claim.credits = claim.credits if event.credits is None else event.credits
        case ReviewDecided() | None:
            pass
