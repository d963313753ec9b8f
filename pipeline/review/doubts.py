"""What roster and ledger say today of a certificate that waits in review. Both grow while it waits: what was new when
it came may be recorded by now, from another file of the same certificate above all."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from extractors.model import Extraction
from pipeline.checks.findings import Finding
from pipeline.errors import Doubtful, WrongUse
from pipeline.folders.files import Claimed
from pipeline.judging import Known
from pipeline.ledger.events import ExamRecorded, HoldingRecorded
from pipeline.ledger.state import Holder, PassedExam
from pipeline.ledger.work import ReviewRow
from pipeline.validate import CONTEXT_CODES, LEDGER_CODES, Placement, check_context, check_ledger


def placed(row: ReviewRow, known: Known) -> Placement:
    """Whose the certificate of a review is, as it was read, and whether the ledger has it by now."""
    certificate = row.certificate
    return check_context(certificate.extraction, certificate.sha256, known.roster, known.seen, folder_of(row))


def folder_of(row: ReviewRow) -> str | None:
    """The inbox folder that the document of a review lay in."""
    return Claimed(Path(row.certificate.path), Path(row.certificate.name)).folder


def up_to_date(row: ReviewRow, known: Known) -> ReviewRow:
    """A review with what roster and ledger say of it today in place of what they said when it came."""
    lasting = tuple(found for found in row.certificate.findings if found.code not in CONTEXT_CODES)
    return replace(row, certificate=replace(row.certificate, findings=(*lasting, *placed(row, known).findings)))


def unshown(row: ReviewRow, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the ledger says today and the note of the review does not. The same entry in other words is news too: it
    was corrected meanwhile."""
    shown = row.certificate.findings
    return tuple(found for found in findings if found.code in LEDGER_CODES and found not in shown)


def refuse_repeat(row: ReviewRow, extraction: Extraction, holder: Holder, known: Known, anyway: bool) -> str | None:
    """Ask the ledger about a certificate that a person is about to believe, as they state it. Returns what they
    believe it against, as codes of findings: names of others must not get into an entry about this holder.

    Raises WrongUse for what is provably recorded already, and Doubtful, unless `anyway`, for what may be or has
    somebody else's code, where the review did not say so.
    """
    placement = check_ledger(extraction, row.certificate.sha256, holder.id, known.roster, known.seen)
    if placement.duplicate_of is not None:
        raise recorded_already(row, placement.duplicate_of)
    news = unshown(row, placement.findings)
    if news and not anyway:
        raise _doubtful(row, [found.message for found in news])
    against = sorted({found.code for found in placement.findings})
    return f"recorded in spite of {', '.join(against)}" if against else None


def refuse_repeated_exam(row: ReviewRow, event: ExamRecorded, exams: Iterable[PassedExam], anyway: bool) -> None:
    """Raises Doubtful, unless `anyway`, where an exam of that program and day is recorded and may be this one."""
    known = [exam.entry for exam in exams if _may_be_one(exam.facts, event)]
    if known and not anyway:
        told = f"It may be entry {known[0]}: an exam of {event.program}, passed on {event.passed_on}."
        raise _doubtful(row, [told])


def _may_be_one(one: ExamRecorded, other: ExamRecorded) -> bool:
    """Whether two exams may be one: the same person, program and day, and neither kind, code nor holding tells them
    apart."""
    same_day = (one.holder, one.program, one.passed_on) == (other.holder, other.program, other.passed_on)
    parts = ((one.kind, other.kind), (one.code, other.code), (one.holding, other.holding))
    return same_day and not any(a and b and a != b for a, b in parts)


def refuse_replacing(row: ReviewRow, event: HoldingRecorded, holder: Holder, anyway: bool) -> None:
    """Raises Doubtful, unless `anyway`, where the holder has a certification of that name with other data: what is
    recorded last holds."""
    known = holder.holdings.get((event.program, event.name))
    if known is None or anyway:
        return
    ours = (event.level, event.earned_on, event.expires_on)
    if ours != (known.level, known.earned_on, known.expires_on):
        expiry = f", expiring on {known.expires_on}" if known.expires_on else ""
        told = f"{event.name} is recorded for {holder.name} as {known.level} since {known.earned_on}{expiry}."
        raise _doubtful(row, [f"{told} This would take its place."])


def recorded_already(row: ReviewRow, entry: int) -> WrongUse:
    return WrongUse(
        f"It is recorded already, as entry {entry}.",
        f'Reject it: recert review reject {row.number} --why "duplicate of entry {entry}"',
    )


def _doubtful(row: ReviewRow, told: Sequence[str]) -> Doubtful:
    return Doubtful(
        f"Review {row.number} did not show this when it came: {' '.join(told)}",
        f"If it is another one, add --anyway to the same command; else: recert review reject {row.number} --why …",
    )
