"""Where a decided document belongs, and the step that puts it there. Can be repeated after it was cut short."""

from dataclasses import replace
from pathlib import Path

from pipeline.batch import DocumentState
from pipeline.folders.filenames import filing_path, safe_name, suffix_of
from pipeline.folders.files import Claimed, cross, reject
from pipeline.folders.moves import hash_file, remove_empty
from pipeline.ledger.schema import storable
from pipeline.ledger.state import Activity, State
from pipeline.ledger.work import DocumentRow
from pipeline.settings import Settings

REVIEWING = "review"
"""The run of a document that a person has decided about and that still has to be moved."""

EVALUATING = "evaluate"
"""The run of a document that lies where it belongs, and of whose people the verdicts are still to be told."""


def review_path(settings: Settings, sha256: str, name: str) -> Path:
    """Where a document waits for a person: `review/<beginning of its hash>/<its name>`, a folder per content. The same
    for a name as the disk has it and as the ledger keeps it."""
    return settings.review / sha256[:12] / safe_name(Path(storable(name)).name)


def done_path(settings: Settings, state: State, row: DocumentRow) -> Path:
    """Where a document with recorded activities is kept: under the year and holder of the first of them."""
    activity = state.by_entry(row.entries[0])
    if activity is None:
        return settings.done / safe_name(Path(row.name).name)
    return place_of(settings, state, activity, suffix_of(row.name))


def place_of(settings: Settings, state: State, activity: Activity, suffix: str) -> Path:
    """Where the certificate of an activity is kept: under its year and holder, by its day, issuer and course."""
    return filing_path(
        settings.done,
        completed_on=activity.facts.completed_on,
        holder=state.holders[activity.holder].name,
        issuer=activity.facts.issuer,
        course=activity.facts.course_name,
        suffix=suffix,
    )


def is_of(path: Path, row: DocumentRow) -> bool:
    """Whether a file, links not followed, holds the bytes that a row was written for."""
    return path.is_file() and not path.is_symlink() and hash_file(path) == row.sha256


def left_to_do(row: DocumentRow) -> str | None:
    """What remains once a document is filed: what was recorded from it changes verdicts."""
    return EVALUATING if row.state in (DocumentState.DONE, DocumentState.REVIEW) and row.entries else None


def file_away(settings: Settings, state: State, row: DocumentRow, claimed: Claimed) -> Path:
    """Move a claimed file to where its row says it belongs. Raises StorageError, NotYet: the file is where it was."""
    match row.state:
        case DocumentState.REJECTED:
            return reject(claimed, settings.rejected, row.reason)
        case DocumentState.REVIEW:
            return cross(claimed.path, review_path(settings, row.sha256 or "", row.name), row.sha256)
        case DocumentState.DUPLICATE:
            return cross(claimed.path, settings.done / "duplicates" / safe_name(Path(row.name).name), row.sha256)
        case _:
            return cross(claimed.path, done_path(settings, state, row), row.sha256)


def file_reviewed(settings: Settings, state: State, row: DocumentRow) -> bool:
    """Move a document whose reviews are all decided to where its row says. False where it is not in `review/`: it is
    there already, or has not come yet."""
    path = review_path(settings, row.sha256 or "", row.name)
    found = path.exists()
    if found:
        # A viewer may have saved notes into it while it waited: it is filed as it is, the ledger has the hash as read.
        file_away(settings, state, replace(row, sha256=None), Claimed(path, Path(path.name)))
    remove_empty(path.parent, settings.review)
    return found
