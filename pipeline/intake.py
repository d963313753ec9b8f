"""One document: claimed, read, judged, appended, filed away. Plain functions of one class; no scheduler in sight.

What was decided is written in one transaction, then the file moves. A run that dies before the transaction leaves its
file to be taken back; one that dies after it leaves a row that says where the file belongs, and the next run moves it.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.model import Extraction
from pipeline.batch import CertificateOutcome, ClaimLine, DocumentOutcome, DocumentState
from pipeline.checks.duplicates import Waiting
from pipeline.checks.findings import Decision, Finding, Severity
from pipeline.checks.remarks import finding
from pipeline.crediting import ProposedClaim
from pipeline.desk import Desk
from pipeline.folders.files import Claimed, NotYet, claim, give_back
from pipeline.folders.filing import file_away, left_to_do, review_path
from pipeline.folders.moves import hash_file, storage
from pipeline.inbox import Sighting
from pipeline.judging import Judgement, Known, judge
from pipeline.ledger.events import DocumentReference
from pipeline.ledger.store import Draft, DuplicateKey, Head
from pipeline.ledger.work import Attempts, DocumentRow, ReviewDraft, Work
from pipeline.readers.wire import ReadFailure
from pipeline.recording import AUTOMATIC, drafts_of
from pipeline.review.waiting import ReviewsSeen
from pipeline.sandbox import Reading, Sandbox
from pipeline.showing import sentence
from rules.model import ClaimStatus, plain


class Intake:
    """The documents of one run. Holds the replayed ledger and keeps it up to date as it appends."""

    def __init__(self, desk: Desk, sandbox: Sandbox, run: str) -> None:
        self._settings, self._ledger = desk.settings, desk.ledger
        self._rulebook, self._clock = desk.rulebook, desk.clock
        self._sandbox = sandbox
        self._run = run
        self._head: Head | None = desk.ledger.head()
        self._known = Known(desk.ledger.state())
        self._reviews = ReviewsSeen()
        self.touched: set[str] = set()

    def process(self, sightings: Iterable[Sighting]) -> Iterator[DocumentOutcome]:
        """Take the files one by one, read them in parallel, and yield what became of each, in their order.

        A file that is busy is left for the next sweep, and is told of last; one that is gone by now is not. Raises
        StorageError where a disk is full or read-only: the file then is in `working/`, and the next run takes it back.
        """
        claimed: deque[Claimed] = deque()
        left: list[DocumentOutcome] = []

        def jobs() -> Iterator[tuple[Path, str]]:
            for sighting in sightings:
                try:
                    taken = claim(self._settings.inbox, sighting, self._settings.working, self._run)
                except NotYet as busy:
                    left.extend(self._left(sighting, busy))
                    continue
                claimed.append(taken)
                yield taken.path, str(taken.relative)

        for reading in self._sandbox.read_many(jobs()):
            yield self.settle(claimed.popleft(), reading)
        yield from left

    def refuse(self, sighting: Sighting, reason: str) -> DocumentOutcome | None:
        """Set a file aside that is no document (a link, a device, an empty file). It waits where it cannot be taken;
        None where it is gone by now."""
        try:
            claimed = claim(self._settings.inbox, sighting, self._settings.working, self._run)
        except NotYet as busy:
            return next(self._left(sighting, busy), None)
        outcome = DocumentOutcome(name=str(sighting.path), sha256="", state=DocumentState.REJECTED, reason=reason)
        return self._finish(claimed, outcome)

    def _left(self, sighting: Sighting, busy: NotYet) -> Iterator[DocumentOutcome]:
        """Say why a file could not be taken, where it still lies in the inbox."""
        if os.path.lexists(self._settings.inbox / sighting.path):
            reason = f"It stays in the inbox: {busy.why}. It is tried again at the next sweep."
            yield DocumentOutcome(name=str(sighting.path), sha256="", state=DocumentState.WAITING, reason=reason)

    def settle(self, claimed: Claimed, reading: Reading) -> DocumentOutcome:
        """Decide about a document that was read, write it down, and file it away."""
        if reading.failure is not None:
            return self._unreadable(claimed, reading, reading.failure)
        with storage(claimed.path, "look at a file once more"):
            changed = hash_file(claimed.path) != reading.sha256
        if changed:
            return self._wait(claimed, reading, "It changed while it was read; it is read again at the next sweep.")
        try:
            with self._ledger.transaction() as connection:
                self._catch_up()
                row, outcome = self._decide(Work(connection), claimed, reading)
                self._head = self._ledger.head()
        except BaseException:
            self._head = None  # what was added to our replay may not have been kept
            raise
        return self._file(claimed, row, outcome)

    def _wait(self, claimed: Claimed, reading: Reading, reason: str) -> DocumentOutcome:
        give_back(claimed, self._settings.inbox)
        name = str(claimed.relative)
        return DocumentOutcome(name=name, sha256=reading.sha256, state=DocumentState.WAITING, reason=reason)

    def _decide(self, work: Work, claimed: Claimed, reading: Reading) -> tuple[DocumentRow, DocumentOutcome]:
        beside = (Waiting.of(one, reading.sha256) for one in reading.extractions)
        self._known.seen.let_wait((*self._reviews.now(work), *beside))
        certificates = tuple(self._certificate(work, claimed, reading, one) for one in reading.extractions)
        state, reason = summary(certificates)
        outcome = DocumentOutcome(
            name=str(claimed.relative),
            sha256=reading.sha256,
            state=state,
            reason=reason,
            certificates=certificates,
            pictures=reading.pictures,
        )
        row = self._note(work, outcome)
        return row, self._queue(work, row.id, outcome)

    # Reading failed ------------------------------------------------------------------------------------------------

    def _unreadable(self, claimed: Claimed, reading: Reading, failure: ReadFailure) -> DocumentOutcome:
        told = Finding(code=failure.code, severity=Severity.REJECT, message=failure.message, action=failure.action)
        outcome = DocumentOutcome(
            name=str(claimed.relative),
            sha256=reading.sha256,
            state=DocumentState.REJECTED,
            reason=f"{sentence(failure.message)} {failure.action}",
            findings=(told,),
        )
        if failure.retryable and self._may_try_again(reading.sha256):
            give_back(claimed, self._settings.inbox)
            return outcome.model_copy(update={"state": DocumentState.WAITING})
        return self._finish(claimed, outcome)

    def _may_try_again(self, sha256: str) -> bool:
        """Count one more failure of these bytes. A file that could not even be opened has none to count."""
        if not sha256:
            return True
        attempts = Attempts(self._ledger)
        attempts.add(sha256)
        return attempts.get(sha256) < self._settings.attempts

    # One certificate -----------------------------------------------------------------------------------------------

    def _certificate(
        self, work: Work, claimed: Claimed, reading: Reading, extraction: Extraction
    ) -> CertificateOutcome:
        queued = next(
            (r for r in work.reviews(sha256=reading.sha256) if r.certificate.ordinal == extraction.ordinal), None
        )
        if queued is not None:
            waits = finding("in_review", f"It waits in review {queued.number} already.")
            return CertificateOutcome(
                extraction=extraction, decision=Decision.REVIEW, findings=(waits,), review=queued.number
            )
        judgement = judge(
            extraction,
            reading.sha256,
            self._known,
            self._rulebook,
            self._clock.today(),
            folder=claimed.folder,
            sample_share=self._settings.sample_share,
        )
        document = DocumentReference(sha256=reading.sha256, ordinal=extraction.ordinal, name=claimed.name)
        return self._append(judgement, document)

    def _append(self, judgement: Judgement, document: DocumentReference) -> CertificateOutcome:
        """Record what was accepted. A key that another run has just taken makes it a duplicate."""
        holder, facts = judgement.placement.holder, judgement.facts
        entry, duplicate_of = None, judgement.placement.duplicate_of
        if duplicate_of is None and holder is not None and facts is not None and judgement.decision is Decision.ACCEPT:
            drafts = drafts_of(facts, judgement.claims, holder=holder, document=document, by=AUTOMATIC)
            try:
                entry = self._append_drafts(drafts)
                self.touched.add(holder)
            except DuplicateKey as taken:
                duplicate_of = taken.entry
        return CertificateOutcome(
            extraction=judgement.extraction,
            decision=judgement.decision,
            findings=judgement.findings,
            holder=None if holder is None else self._known.roster.name(holder),
            entry=entry,
            duplicate_of=duplicate_of,
            claims=() if entry is None else tuple(claim_line(claim) for claim in judgement.claims),
        )

    def _append_drafts(self, drafts: tuple[Draft, ...]) -> int:
        numbers = self._ledger.append(drafts, self._clock.now())
        for entry in self._ledger.entries(after=numbers[0] - 1):
            self._known.add(entry)
        return numbers[0]

    def _catch_up(self) -> None:
        """Replay again where somebody else has appended since we looked."""
        if self._ledger.head() != self._head:
            self._known = Known(self._ledger.state())

    # Writing it down and filing it away ----------------------------------------------------------------------------

    def _finish(self, claimed: Claimed, outcome: DocumentOutcome) -> DocumentOutcome:
        with self._ledger.transaction() as connection:
            work = Work(connection)
            row = self._note(work, outcome)
            work.forgive_failures(outcome.sha256)
        return self._file(claimed, row, outcome)

    def _note(self, work: Work, outcome: DocumentOutcome) -> DocumentRow:
        """The document's row. Its `run` stays until the file lies where the row says."""
        entries = tuple(
            dict.fromkeys(n for one in outcome.certificates for n in (one.entry, one.duplicate_of) if n is not None)
        )
        sha256 = outcome.sha256 or None
        number = work.add_document(outcome.name, outcome.state, self._clock.now(), sha256=sha256, run=self._run)
        work.move_document(number, outcome.state, outcome.reason, self._clock.now(), entries=entries, run=self._run)
        row = work.document(number)
        assert row is not None
        return row

    def _queue(self, work: Work, document: int, outcome: DocumentOutcome) -> DocumentOutcome:
        """Put what a person must see into the review queue."""
        if outcome.state is not DocumentState.REVIEW:
            return outcome
        path = review_path(self._settings, outcome.sha256, outcome.name)
        certificates = [
            self._queued(work, document, outcome, one, path) if needs_review(one) else one
            for one in outcome.certificates
        ]
        return outcome.model_copy(update={"certificates": tuple(certificates)})

    def _queued(
        self, work: Work, document: int, outcome: DocumentOutcome, certificate: CertificateOutcome, path: Path
    ) -> CertificateOutcome:
        draft = ReviewDraft(
            document=document,
            sha256=outcome.sha256,
            ordinal=certificate.extraction.ordinal,
            name=outcome.name,
            path=str(path),
            extraction=certificate.extraction,
            findings=certificate.findings,
        )
        return certificate.model_copy(update={"review": work.open_review(draft, self._clock.now())})

    def _file(self, claimed: Claimed, row: DocumentRow, outcome: DocumentOutcome) -> DocumentOutcome:
        try:
            file_away(self._settings, self._known.state, row, claimed)
        except NotYet:
            return outcome  # it changed after it was read: the next run takes the new bytes back to the inbox
        with self._ledger.transaction() as connection:
            Work(connection).document_filed(row, self._clock.now(), then=left_to_do(row))
        return outcome


def needs_review(certificate: CertificateOutcome) -> bool:
    return certificate.decision is Decision.REVIEW and certificate.duplicate_of is None and certificate.review is None


def summary(certificates: tuple[CertificateOutcome, ...]) -> tuple[DocumentState, str]:
    """The state of a document from those of its certificates: whoever still needs a person comes first."""
    if any(needs_review(one) for one in certificates):
        told = [
            f.message
            for one in certificates
            if needs_review(one)
            for f in one.findings
            if f.severity is Severity.REVIEW
        ]
        return DocumentState.REVIEW, " ".join(told)
    entries = [one.entry for one in certificates if one.entry is not None]
    if entries:
        return DocumentState.DONE, f"Recorded as {_entries(entries)}."
    repeated = [one.duplicate_of for one in certificates if one.duplicate_of is not None]
    if repeated:
        return DocumentState.DUPLICATE, f"A duplicate of {_entries(repeated)}."
    waiting = [one.review for one in certificates if one.review is not None]
    if waiting:
        return DocumentState.DUPLICATE, f"The same file waits in review {waiting[0]} already."
    told = [f"{f.message} {f.action}" for one in certificates for f in one.findings if f.severity is Severity.REJECT]
    return DocumentState.REJECTED, " ".join(told) or "It shows no certificate."


def _entries(numbers: list[int]) -> str:
    listed = ", ".join(str(number) for number in dict.fromkeys(numbers))
    return f"entry {listed}" if len(set(numbers)) == 1 else f"entries {listed}"


def claim_line(claim: ProposedClaim) -> ClaimLine:
    return ClaimLine(
        program=claim.program,
        kind=claim.kind,
        credits=None if claim.credits is None else plain(claim.credits),
        status=ClaimStatus.DRAFT,
        basis=claim.basis,
    )
