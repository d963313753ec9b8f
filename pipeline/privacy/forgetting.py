"""Forgetting a person: their files, pages and rows first, their key last.

Until the key goes, ledger and rows still say what is theirs, so a run that was killed half-way is finished by running
it again: nothing readable is ever left that nothing lists any more. Rows and key go in one transaction, which also
keeps everybody else from recording meanwhile; the lock of the runs keeps the inbox from being read.
"""

import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from pipeline.desk import Desk
from pipeline.errors import WrongUse
from pipeline.folders.files import cross
from pipeline.folders.moves import make_private, remove_empty, storage, sync_folder
from pipeline.ledger.chain import Head
from pipeline.ledger.work import ReviewRow, Work
from pipeline.privacy.belongings import Belongings, Chain, belongings_of
from pipeline.privacy.scrubbing import scrubbed_document, scrubbed_review
from pipeline.privacy.whereabouts import Whereabouts, whereabouts_of
from pipeline.run import undisturbed
from pipeline.settings import Settings

FORGOTTEN = "forgotten"
"""The name that a document's row keeps in place of its own."""
_WHY = "It showed a person who was forgotten."


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What goes, what stays because it is not surely theirs, and what recert cannot reach; `head` is the ledger's."""

    mine: Belongings
    places: Whereabouts
    left: tuple[str, ...]
    out_of_reach: tuple[str, ...]
    head: Head


def would_forget(desk: Desk, holder: str, also: Collection[int] = ()) -> Forgetting:
    """What `forget` would do now; changes nothing. Raises as it does."""
    with desk.ledger.reading() as connection:
        return _plan(desk, Work(connection), holder, also)


def forget(desk: Desk, holder: str, also: Collection[int] = ()) -> Forgetting:
    """Forget a holder (an id). `also` are numbers of reviews that are theirs because a person says so.

    Raises WrongUse for a person or a review that is not there; Locked where a run is at work; StorageError where a
    file cannot be removed: then nothing is forgotten yet, and running it again goes on. LedgerBusy where all is done
    but others still read the database's log.
    """
    with undisturbed(desk):
        with desk.ledger.transaction() as connection:
            work = Work(connection)
            plan = _plan(desk, work, holder, also)
            _remove(desk.settings, plan.places)
            _clear_rows(desk, work, plan.mine)
            for subject in sorted(plan.mine.subjects):
                desk.ledger.forget(subject, desk.clock.now())
        return replace(plan, head=desk.ledger.head())


def _plan(desk: Desk, work: Work, holder: str, also: Collection[int]) -> Forgetting:
    chain = Chain.of(desk.ledger.entries())
    if holder not in chain.state.holders:
        raise WrongUse("The ledger holds nobody with this id.", "Look at `recert roster list`.")
    for number in also:
        work.review(number)
    mine = belongings_of(holder, chain, work.documents(), work.reviews(None), also)
    places = whereabouts_of(desk.settings, chain.state, mine)
    left = (*(_left(one.review, one.why) for one in mine.unsure), *places.left)
    return Forgetting(mine, places, left, tuple(_out_of_reach(desk, mine, places)), desk.ledger.head())


def _left(review: ReviewRow, why: str) -> str:
    return f"Review {review.number} stays: {why}. If it is theirs: --review {review.number}"


def _remove(settings: Settings, places: Whereabouts) -> None:
    """The files, so that a power cut brings none of them back; then the folders that they leave empty."""
    with storage(settings.home, "remove a person's files"):
        for path, place in places.moves:
            make_private(place.parent)
            cross(path, place)
        for path in (*places.files, *places.reports):
            path.unlink(missing_ok=True)
        for path in places.bundles:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        touched = {path.parent for path in (*places.files, *places.reports, *places.bundles)}
        touched |= {path.parent for path, _ in places.moves} | set(places.folders)
        roots = (settings.home, settings.inbox, settings.working, settings.rejected)
        for folder in sorted(touched, reverse=True):
            with suppress(FileNotFoundError):
                sync_folder(folder)
            stop = next(root for root in roots if folder.is_relative_to(root))
            if folder not in (settings.done, settings.review, settings.reports):
                remove_empty(folder, settings.done if folder.is_relative_to(settings.done) else stop)


def _clear_rows(desk: Desk, work: Work, mine: Belongings) -> None:
    """Rows of this person lose all that they say; what other rows say of them goes too."""
    numbers = {row.number for row in mine.reviews}
    work.remove_reviews(numbers)
    work.remove_snapshots(mine.holder)
    for sha256 in mine.contents:
        work.forgive_failures(sha256)
    own = {row.id for row in mine.documents}
    left = {one.review.certificate.document for one in mine.unsure}
    waiting = work.reviews()
    for document in work.documents():
        if document.id in own:
            work.rewrite_document(replace(document, name=FORGOTTEN, reason=_WHY, sha256=None, entries=(), run=None))
        elif document.id not in left:
            waits = any(row.certificate.document == document.id for row in waiting)
            work.rewrite_document(scrubbed_document(document, mine, waits))
    for review in work.reviews(None):
        if review.certificate.document not in left:
            work.rewrite_review(scrubbed_review(review, mine))


def _out_of_reach(desk: Desk, mine: Belongings, places: Whereabouts) -> Iterator[str]:
    yield "Backups and copies made before: they hold the key and the text together. Destroy them, or let them expire."
    for path in places.copies:
        yield f"{path} may be such a copy, or an export."
    yield "Exports of the ledger made before hold no readable text, and nothing opens them any more."
    yield "What was handed to portals, sent by mail, or written elsewhere (`submit --to`, `status --html`, jsonl)."
    yield "Roster files that were imported, and what people keep of the files they dropped."
    yield "What terminals, workers and their logs were told."
    yield "Prefect's own database: it holds beginnings of files' hashes and outcomes, no names and no codes."
    yield "Blocks that a disk keeps of removed files."
    if not desk.ledger.is_sqlite:
        yield "PostgreSQL's write-ahead log, its archives and replicas."
    if mine.written_of_others:
        yield f"{mine.written_of_others} entries about others name this person as who recorded or reviewed them."
