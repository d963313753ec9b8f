"""Review: a person decides about one certificate, and what is accepted goes the same way as an automatic accept.

The terminal and every later page call these functions. Each decision is an entry of the ledger, with the reviewer and
the values before and after.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import ValidationError

from extractors.model import DateReading, DocumentType, Evidence, Extraction, FieldName
from pipeline.batch import DocumentState
from pipeline.checks.findings import Decision
from pipeline.crediting import ProposedClaim
from pipeline.desk import Desk
from pipeline.errors import LedgerBusy, StorageError, WrongUse
from pipeline.folders.filing import EVALUATING, REVIEWING, file_reviewed, left_to_do
from pipeline.judging import Known, judge, proposals
from pipeline.ledger.events import ActivityFacts, DocumentReference, ExamRecorded, HoldingRecorded, ReviewDecided
from pipeline.ledger.state import Holder
from pipeline.ledger.store import Draft, DuplicateKey, new_id
from pipeline.ledger.work import DocumentRow, ReviewRow, ReviewState, Work
from pipeline.people.statements import StatedClaim, add_alias, add_person, check_exam, check_holding, proposed
from pipeline.recording import AUTOMATIC, drafts_of, facts_of
from pipeline.review.doubts import folder_of, recorded_already, refuse_repeat, refuse_repeated_exam, refuse_replacing
from pipeline.review.review_queue import STANDS, open_reviews, review_of
from pipeline.review.waiting import waiting_in
from pipeline.roster import Roster
from pipeline.validate import check_document

_DATES = ("started_on", "completed_on", "issued_on", "expires_on")
Changes = dict[str, str]
Drafting = Callable[[ReviewRow, Extraction, Holder], Sequence[Draft]]


@dataclass(frozen=True, slots=True)
class StatedExam:
    """What a person says of an exam beside its document; `holding` where the exam must match one."""

    program: str
    kind: str | None
    holding: str | None = None


@dataclass(frozen=True, slots=True)
class StatedHolding:
    """What a person says of a certification beside its document; `name` None means the printed title."""

    program: str
    level: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision led to: the ledger entry of the activity, exam or holding (None after a rejection), and whose."""

    number: int
    entry: int | None
    holder: str | None


def changed(extraction: Extraction, changes: Changes) -> Extraction:
    """The extraction with some values stated by a person; an empty text says that the document shows none.

    Raises WrongUse for a field that is not there or a day that is none.
    """
    fields: dict[str, Evidence] = {}
    kind = extraction.document_type
    for name, value in changes.items():
        if name == "document_type":
            kind = _document_type(value)
        elif name not in get_args(FieldName):
            raise WrongUse(
                f"There is no field “{name}”.", f"There are: {', '.join(get_args(FieldName))}, document_type."
            )
        else:
            if value and name in _DATES:
                _check_day(name, value)
            fields[name] = Evidence(value=value or None, confidence=1.0)
    return extraction.model_copy(
        update={"document_type": kind, "fields": extraction.fields.model_copy(update=fields), "contested": ()}
    )


def _document_type(value: str) -> DocumentType:
    try:
        return DocumentType(value)
    except ValueError:
        raise WrongUse(f"There is no document type “{value}”.", f"There are: {', '.join(DocumentType)}.") from None


def _check_day(name: str, value: str) -> None:
    try:
        DateReading.of(value)
    except (ValueError, ValidationError):
        raise WrongUse(f"“{value}” is not a day for {name}.", "Write it as 2026-11-22.") from None


@dataclass(frozen=True, slots=True)
class Whose:
    """What the person says of the holder, at most one of the three; with none, the printed name says it. `holder` (an
    id) is whose it is this once, `alias_of` (an id) also makes the printed name one more spelling of that person, `add`
    puts the printed name on the roster."""

    holder: str | None = None
    alias_of: str | None = None
    add: bool = False


AS_PRINTED = Whose()


def accept(
    desk: Desk,
    number: int,
    changes: Changes | None = None,
    whose: Whose = AS_PRINTED,
    claims: Sequence[StatedClaim] | None = None,
    *,
    anyway: bool = False,
) -> Decided:
    """Believe a certificate, with `changes` as the person states them, and record its activity and claims.

    `claims` None means what the data proposes, the uncertain ones included: the person has seen them. The ledger is
    asked once more. Raises WrongUse where something is missing or impossible that must be stated first, or it is
    recorded already; Doubtful where it may be recorded by now and the review did not show that. `anyway` records it
    all the same.
    """

    def drafts(row: ReviewRow, extraction: Extraction, holder: Holder) -> tuple[Draft, ...]:
        facts = facts_of(extraction, tuple(sorted(set(changes or {}) - {"document_type"})))
        if claims is None:
            known = proposals(facts, extraction.profile, holder, desk.rulebook)
        else:
            known = tuple(proposed(desk, facts, claim) for claim in claims)
        return drafts_of(facts, known, holder=holder.id, document=_reference(row), by=desk.person)

    return _accept(desk, number, changes, whose, drafts, anyway)


def accept_exam(
    desk: Desk,
    number: int,
    exam: StatedExam,
    changes: Changes | None = None,
    whose: Whose = AS_PRINTED,
    *,
    anyway: bool = False,
) -> Decided:
    """Record an exam that a document in review shows. Raises WrongUse and Doubtful as `accept`, and WrongUse where the
    program knows no such exam; its exam rules judge what it renews."""

    def drafts(row: ReviewRow, extraction: Extraction, holder: Holder) -> tuple[Draft, ...]:
        event = ExamRecorded(
            exam=new_id(),
            holder=holder.id,
            program=exam.program,
            passed_on=facts_of(extraction).completed_on,
            kind=exam.kind,
            holding=exam.holding,
            by=desk.person,
        )
        check_exam(desk, holder, event)
        refuse_repeated_exam(row, event, desk.ledger.state().exams_on_record(), anyway)
        return (Draft(holder.id, event),)

    return _accept(desk, number, changes, whose, drafts, anyway)


def accept_holding(
    desk: Desk,
    number: int,
    held: StatedHolding,
    changes: Changes | None = None,
    whose: Whose = AS_PRINTED,
    *,
    anyway: bool = False,
) -> Decided:
    """Record a certification that a document in review shows. Raises WrongUse as `accept`, and for a program or level
    that is not there; Doubtful as `accept`, and where it would replace other data of a certification."""

    def drafts(row: ReviewRow, extraction: Extraction, holder: Holder) -> tuple[Draft, ...]:
        facts = facts_of(extraction)
        event = HoldingRecorded(
            holder=holder.id,
            program=held.program,
            name=held.name or facts.course_name,
            level=held.level,
            earned_on=facts.completed_on,
            expires_on=facts.expires_on,
            by=desk.person,
        )
        check_holding(desk, event)
        refuse_replacing(row, event, holder, anyway)
        return (Draft(holder.id, event),)

    return _accept(desk, number, changes, whose, drafts, anyway)


def reject(desk: Desk, number: int, why: str) -> Decided:
    """Say that a certificate is not to be recorded, and why. Its file goes to `rejected/` with the reason beside it."""
    row = review_of(desk.ledger, number)
    decided = ReviewDecided(review=number, document=_reference(row), decision="reject", reviewer=desk.person, why=why)
    # Under the key of whose it is, where that is known: whoever is forgotten is forgotten here as well.
    printed = row.certificate.extraction.fields.holder_name.value or ""
    subject = Roster(desk.ledger.state().holders.values()).match(printed).holder or new_id()
    with desk.ledger.transaction() as connection:
        work = Work(connection)
        work.close_review(number, ReviewState.REJECTED, desk.clock.now())
        desk.ledger.append((Draft(subject, decided),), desk.clock.now())
        document = _close_document(desk, work, row, (), why)
    _move(desk, number, document)
    return Decided(number, None, None)


def recheck(desk: Desk) -> tuple[Decided, ...]:
    """Judge everything that waits once more, as if it had been dropped today, and record what now passes: after people
    or aliases were added. What still needs a person stays, what has become a duplicate as well."""
    known = Known(desk.ledger.state(), waiting_in(desk.ledger))
    likely = [row.number for row in open_reviews(desk.ledger) if _passing(desk, row, known) is not None]
    done = [_recheck(desk, number) for number in likely]
    return tuple(decided for decided in done if decided is not None)


def _recheck(desk: Desk, number: int) -> Decided | None:
    """Judged in the transaction that records it: what was recorded meanwhile counts, by this recheck above all."""
    with desk.ledger.transaction():
        row, known = review_of(desk.ledger, number), Known(desk.ledger.state(), waiting_in(desk.ledger))
        passing = _passing(desk, row, known)
        if row.state is not ReviewState.OPEN or passing is None:
            return None
        holder, facts, claims = passing
        drafts = drafts_of(facts, claims, holder=holder.id, document=_reference(row), by=AUTOMATIC)
        entry, document = _decide(desk, row, holder, drafts, {})
    _move(desk, number, document)
    return Decided(number, entry, holder.id)


def _passing(
    desk: Desk, row: ReviewRow, known: Known
) -> tuple[Holder, ActivityFacts, tuple[ProposedClaim, ...]] | None:
    """What would be recorded of a review without a person, None where nothing would."""
    judgement = judge(
        row.certificate.extraction,
        row.certificate.sha256,
        known,
        desk.rulebook,
        desk.clock.today(),
        folder=folder_of(row),
        sample_share=desk.settings.sample_share,
    )
    holder, facts = judgement.placement.holder, judgement.facts
    repeats = judgement.placement.duplicate_of is not None
    if judgement.decision is not Decision.ACCEPT or repeats or holder is None or facts is None:
        return None
    return known.state.holders[holder], facts, judgement.claims


# Steps ---------------------------------------------------------------------------------------------------------------


def _refuse_impossible(extraction: Extraction, day: dt.date) -> None:
    stands = [finding for finding in check_document(extraction, day) if finding.code in STANDS]
    if stands:
        raise WrongUse(stands[0].message, f"{stands[0].action} To state it: recert review fix N field=value")


def _accept(  # noqa: PLR0917 - handed on by the three ways to accept, in their order
    desk: Desk, number: int, changes: Changes | None, whose: Whose, drafting: Drafting, anyway: bool
) -> Decided:
    """Record what `drafting` makes of a review, all or nothing: a refusal adds no person and no alias either."""
    with desk.ledger.transaction() as connection:
        row = Work(connection).waiting(number)
        extraction = changed(row.certificate.extraction, changes or {})
        _refuse_impossible(extraction, desk.clock.today())
        holder = _holder(desk, extraction, whose)
        why = refuse_repeat(row, extraction, holder, Known(desk.ledger.state(), waiting_in(desk.ledger)), anyway)
        entry, document = _decide(desk, row, holder, drafting(row, extraction, holder), changes or {}, why=why)
    _move(desk, number, document)
    return Decided(number, entry, holder.id)


def _holder(desk: Desk, extraction: Extraction, whose: Whose) -> Holder:
    """Whose it is. Raises WrongUse where nobody, or more than one person, fits and the person does not say who."""
    printed = extraction.fields.holder_name.value or ""
    state = desk.ledger.state()
    if whose.holder is not None:
        return state.holders[whose.holder]
    if whose.alias_of is not None:
        holder = state.holders[whose.alias_of]
        add_alias(desk, holder, printed)
        return holder
    if whose.add:
        person = add_person(desk, printed)
        return desk.ledger.state().holders[person]
    match = Roster(state.holders.values()).match(printed)
    if match.holder is None:
        several = [f"{state.holders[id].name} ({id[:8]})" for id in match.several]
        raise WrongUse(
            f"“{printed}” may be {' or '.join(several)}."
            if several
            else f"Nobody on the roster is called “{printed}”.",
            "Say who it is: --holder NAME, --alias-of NAME, --add-person, or fix N holder_name=…",
        )
    return state.holders[match.holder]


def _decide(
    desk: Desk, row: ReviewRow, holder: Holder, drafts: Sequence[Draft], changes: Changes, *, why: str | None = None
) -> tuple[int, DocumentRow | None]:
    """The decision, what it records, and the end of the review, in one transaction. Returns the entry of what was
    recorded, and the document where its file has to move."""
    decision: Literal["accept", "fix"] = "fix" if changes else "accept"
    decided = ReviewDecided(
        review=row.number,
        document=_reference(row),
        decision=decision,
        before={name: _value(row.certificate.extraction, name) for name in changes},
        after={name: value or None for name, value in changes.items()},
        reviewer=desk.person,
        why=why,
    )
    now = desk.clock.now()
    try:
        with desk.ledger.transaction() as connection:
            work = Work(connection)
            work.close_review(row.number, ReviewState.ACCEPTED, now)
            entry = desk.ledger.append((Draft(holder.id, decided), *drafts), now)[1]
            return entry, _close_document(desk, work, row, (entry,), "")
    except DuplicateKey as taken:
        raise recorded_already(row, taken.entry) from taken


def _value(extraction: Extraction, name: str) -> str | None:
    if name == "document_type":
        return extraction.document_type
    evidence: Evidence = getattr(extraction.fields, name)
    return evidence.value


def _close_document(desk: Desk, work: Work, row: ReviewRow, entries: tuple[int, ...], why: str) -> DocumentRow | None:
    """Note what came of a document; returns it once no certificate of it waits any more."""
    document, now = work.document(row.certificate.document), desk.clock.now()
    assert document is not None
    kept = (*document.entries, *entries)
    if work.reviews(document=document.id):
        # A file that is still on its way from `working/` stays its run's.
        run = document.run or EVALUATING
        work.move_document(document.id, DocumentState.REVIEW, document.reason, now, entries=kept, run=run)
        return None
    listed = ", ".join(str(entry) for entry in kept)
    if _recorded_from(desk, work, document):
        state, reason = DocumentState.DONE, f"Reviewed; recorded as entry {listed}."
    elif kept:
        state, reason = DocumentState.DUPLICATE, f"A duplicate of entry {listed}; the rest was rejected: {why}"
    else:
        state, reason = DocumentState.REJECTED, why
    work.move_document(document.id, state, reason, now, entries=kept, run=REVIEWING)
    return work.document(document.id)


def _recorded_from(desk: Desk, work: Work, document: DocumentRow) -> bool:
    """Whether anything was recorded from a document. Its entries alone do not say so: some may be what it repeats."""
    if any(row.state is ReviewState.ACCEPTED for row in work.reviews(None, document=document.id)):
        return True
    state = desk.ledger.state()
    known = [activity.document for entry in document.entries if (activity := state.by_entry(entry)) is not None]
    return any(one is not None and one.sha256 == document.sha256 for one in known)


def _move(desk: Desk, number: int, document: DocumentRow | None) -> None:
    """Under the ledger's write lock, as a run that recovers does it: two must not move one file. A file that is not
    there yet is still on its way from `working/`; the next run moves it on. Raises StorageError and LedgerBusy saying
    that the decision stands all the same."""
    if document is None:
        return
    try:
        with desk.ledger.transaction() as connection:
            if file_reviewed(desk.settings, desk.ledger.state(), document):
                Work(connection).document_filed(document, desk.clock.now(), then=left_to_do(document))
    except (StorageError, LedgerBusy) as error:
        raise type(error)(
            f"Review {number} is decided and written down; only its file could not be moved yet. {error.message}",
            "Put that right; the next `recert ingest` moves the file.",
        ) from error


def _reference(row: ReviewRow) -> DocumentReference:
    certificate = row.certificate
    return DocumentReference(sha256=certificate.sha256, ordinal=certificate.ordinal, name=Path(certificate.name).name)
