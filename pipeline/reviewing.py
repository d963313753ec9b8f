"""Review: a person decides about one certificate, and what is accepted goes the same way as an automatic accept.

The terminal and every later page call these functions. Each decision is an entry of the ledger, with the reviewer and
the values before and after.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import ValidationError

from extractors.model import DateReading, DocumentType, Evidence, Extraction, FieldName
from pipeline.batch import DocumentState
from pipeline.crediting import ProposedClaim
from pipeline.desk import Desk
from pipeline.errors import WrongUse
from pipeline.filing import REVIEWING, file_reviewed
from pipeline.findings import Decision, Finding, Severity
from pipeline.intake import AUTOMATIC, mark_filed
from pipeline.judging import Known, judge, proposals
from pipeline.ledger.events import DocumentReference, ExamRecorded, HoldingRecorded, ReviewDecided
from pipeline.ledger.state import Holder
from pipeline.ledger.store import Draft, DuplicateKey, Ledger, new_id
from pipeline.ledger.work import DocumentRow, ReviewRow, ReviewState, Work
from pipeline.people import add_alias, add_person
from pipeline.recording import drafts_of, facts_of
from pipeline.roster import Roster
from pipeline.validate import check_document

# What no person's word can make right: the document must state something else, or the person must.
_STANDS = frozenset(
    {
        "not_a_certificate",
        "in_progress",
        "transcript",
        "holder_missing",
        "course_missing",
        "date_missing",
        "date_incomplete",
        "value_malformed",
        "start_after_completion",
        "completion_in_future",
        "expiry_before_completion",
    }
)
_DATES = ("started_on", "completed_on", "issued_on", "expires_on")
Changes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision led to: the ledger entry of the activity, exam or holding (None after a rejection), and whose."""

    number: int
    entry: int | None
    holder: str | None


def open_reviews(ledger: Ledger) -> tuple[ReviewRow, ...]:
    """What waits for a person, by number."""
    with ledger.reading() as connection:
        return Work(connection).reviews()


def review_of(ledger: Ledger, number: int) -> ReviewRow:
    """One review, open or decided. Raises WrongUse for a number that was never given."""
    with ledger.reading() as connection:
        return Work(connection).review(number)


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


def accept(
    desk: Desk,
    number: int,
    changes: Changes | None = None,
    *,
    add: bool = False,
    alias_of: str | None = None,
    claims: Sequence[ProposedClaim] | None = None,
) -> Decided:
    """Believe a certificate, with `changes` as the person states them, and record its activity and claims.

    `add` puts its holder on the roster, `alias_of` (a holder id) makes the printed name one more spelling of somebody;
    `claims` None means what the data proposes, the uncertain ones included: the person has seen them. Raises WrongUse
    where something is missing or impossible that must be stated first, or it is recorded already.
    """
    row = review_of(desk.ledger, number)
    extraction = changed(row.certificate.extraction, changes or {})
    _refuse_impossible(extraction, desk.clock.today())
    holder = _holder(desk, extraction, add=add, alias_of=alias_of)
    stated = tuple(sorted(set(changes or {}) - {"document_type"}))
    facts = facts_of(extraction, stated)
    known = proposals(facts, extraction.profile, holder, desk.rulebook) if claims is None else tuple(claims)
    drafts = drafts_of(facts, known, holder=holder.id, document=_reference(row), by=desk.person)
    return _decide(desk, row, holder, drafts, changes or {})


def accept_exam(
    desk: Desk, number: int, *, program: str, kind: str, holding: str | None, changes: Changes | None = None
) -> Decided:
    """Record an exam that a document in review shows. The program's exam rules judge what it renews."""
    row = review_of(desk.ledger, number)
    extraction = changed(row.certificate.extraction, changes or {})
    holder = _holder(desk, extraction)
    facts = facts_of(extraction)
    event = ExamRecorded(
        exam=new_id(),
        holder=holder.id,
        program=program,
        passed_on=facts.completed_on,
        kind=kind,
        holding=holding,
        by=desk.person,
    )
    return _decide(desk, row, holder, (Draft(holder.id, event),), changes or {})


def accept_holding(
    desk: Desk, number: int, *, program: str, level: str, name: str | None, changes: Changes | None = None
) -> Decided:
    """Record a certification that a document in review shows, under its title or `name`."""
    row = review_of(desk.ledger, number)
    extraction = changed(row.certificate.extraction, changes or {})
    holder = _holder(desk, extraction)
    facts = facts_of(extraction)
    event = HoldingRecorded(
        holder=holder.id,
        program=program,
        name=name or facts.course_name,
        level=level,
        earned_on=facts.completed_on,
        expires_on=facts.expires_on,
        by=desk.person,
    )
    return _decide(desk, row, holder, (Draft(holder.id, event),), changes or {})


def reject(desk: Desk, number: int, why: str) -> Decided:
    """Say that a certificate is not to be recorded, and why. Its file goes to `rejected/` with the reason beside it."""
    row = review_of(desk.ledger, number)
    decided = ReviewDecided(review=number, document=_reference(row), decision="reject", reviewer=desk.person, why=why)
    with desk.ledger.transaction() as connection:
        work = Work(connection)
        work.close_review(number, ReviewState.REJECTED, desk.clock.now())
        desk.ledger.append((Draft(new_id(), decided),), desk.clock.now())
        document = _close_document(work, row, desk.clock.now(), (), why)
    _move(desk, document)
    return Decided(number, None, None)


def recheck(desk: Desk) -> tuple[Decided, ...]:
    """Judge everything that waits once more, as if it had been dropped today, and record what now passes: after people
    or aliases were added. What still needs a person stays."""
    done: list[Decided] = []
    for row in open_reviews(desk.ledger):
        known = Known(desk.ledger.state())
        certificate = row.certificate
        judgement = judge(certificate.extraction, certificate.sha256, known, desk.rulebook, desk.clock.today())
        holder, facts = judgement.placement.holder, judgement.facts
        if judgement.decision is not Decision.ACCEPT or holder is None or facts is None:
            continue
        drafts = drafts_of(facts, judgement.claims, holder=holder, document=_reference(row), by=AUTOMATIC)
        done.append(_decide(desk, row, known.state.holders[holder], drafts, {}))
    return tuple(done)


def offered(row: ReviewRow, ledger: Ledger) -> tuple[str, ...]:
    """The commands that make sense for a review, ready to be typed."""
    number = row.number
    codes = {finding.code for finding in row.certificate.findings}
    commands = []
    if "holder_unknown" in codes:
        name = row.certificate.extraction.fields.holder_name.value or ""
        state = ledger.state()
        nearest = Roster(state.holders.values()).match(name).nearest
        commands += [f'recert review accept {number} --alias-of "{state.holders[id].name}"' for id in nearest]
        commands.append(f"recert review accept {number} --add-person")
    if "proposes_exam" in codes:
        commands.append(f"recert review accept {number} --program … --kind …")
    elif "proposes_holding" in codes:
        commands.append(f"recert review accept {number} --program … --level …")
    elif not codes & _STANDS and "holder_unknown" not in codes:
        commands.append(f"recert review accept {number}")
    return (*commands, f"recert review fix {number} field=value …", f'recert review reject {number} --why "…"')


# Steps ---------------------------------------------------------------------------------------------------------------


def _refuse_impossible(extraction: Extraction, day: dt.date) -> None:
    stands = [finding for finding in check_document(extraction, day) if finding.code in _STANDS]
    if stands:
        raise WrongUse(stands[0].message, f"{stands[0].action} To state it: recert review fix N field=value")


def _holder(desk: Desk, extraction: Extraction, *, add: bool = False, alias_of: str | None = None) -> Holder:
    """Whose it is. Raises WrongUse where nobody, or more than one person, fits and no option says who."""
    printed = extraction.fields.holder_name.value or ""
    state = desk.ledger.state()
    if alias_of is not None:
        holder = state.holders[alias_of]
        add_alias(desk, holder, printed)
        return holder
    if add:
        person = add_person(desk, printed)
        return desk.ledger.state().holders[person]
    match = Roster(state.holders.values()).match(printed)
    if match.holder is None:
        several = [state.holders[id].name for id in match.several]
        raise WrongUse(
            f"“{printed}” may be {' or '.join(several)}."
            if several
            else f"Nobody on the roster is called “{printed}”.",
            "Say who it is: --add-person, --alias-of NAME, or fix N holder_name=…",
        )
    return state.holders[match.holder]


def _decide(desk: Desk, row: ReviewRow, holder: Holder, drafts: Sequence[Draft], changes: Changes) -> Decided:
    """The decision, what it records, and the end of the review, in one transaction; then the file moves."""
    fields = row.certificate.extraction.fields
    decision: Literal["accept", "fix"] = "fix" if changes else "accept"
    decided = ReviewDecided(
        review=row.number,
        document=_reference(row),
        decision=decision,
        before={name: getattr(fields, name).value for name in changes if hasattr(fields, name)},
        after={name: value or None for name, value in changes.items()},
        reviewer=desk.person,
    )
    now = desk.clock.now()
    try:
        with desk.ledger.transaction() as connection:
            work = Work(connection)
            work.close_review(row.number, ReviewState.ACCEPTED, now)
            entry = desk.ledger.append((Draft(holder.id, decided), *drafts), now)[1]
            document = _close_document(work, row, now, (entry,), "")
    except DuplicateKey as taken:
        raise WrongUse(
            f"It is recorded already, as entry {taken.entry}.",
            f'Reject it: recert review reject {row.number} --why "duplicate of entry {taken.entry}"',
        ) from taken
    _move(desk, document)
    return Decided(row.number, entry, holder.id)


def _close_document(
    work: Work, row: ReviewRow, now: dt.datetime, entries: tuple[int, ...], why: str
) -> DocumentRow | None:
    """Note what came of a document; returns it once no certificate of it waits any more."""
    document = work.document(row.certificate.document)
    assert document is not None
    kept = (*document.entries, *entries)
    if work.reviews(document=document.id):
        work.move_document(document.id, DocumentState.REVIEW, document.reason, now, entries=kept)
        return None
    listed = ", ".join(str(entry) for entry in kept)
    state, reason = (
        (DocumentState.DONE, f"Reviewed; recorded as entry {listed}.") if kept else (DocumentState.REJECTED, why)
    )
    work.move_document(document.id, state, reason, now, entries=kept, run=REVIEWING)
    return work.document(document.id)


def _move(desk: Desk, document: DocumentRow | None) -> None:
    if document is not None:
        file_reviewed(desk.settings, desk.ledger.state(), document)
        with desk.ledger.transaction() as connection:
            mark_filed(Work(connection), document, desk.clock.now())


def _reference(row: ReviewRow) -> DocumentReference:
    certificate = row.certificate
    return DocumentReference(sha256=certificate.sha256, ordinal=certificate.ordinal, name=Path(certificate.name).name)


def needs(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings for which a person was asked."""
    return tuple(finding for finding in findings if finding.severity is not Severity.NOTE)
