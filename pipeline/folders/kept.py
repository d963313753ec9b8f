"""Finding the kept file of an activity again, by its bytes: people rename and move what lies in a folder."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.folders.evidence_file import EVIDENCE
from pipeline.folders.filenames import filing_path, numbered, suffix_of
from pipeline.folders.filing import review_path
from pipeline.folders.moves import hash_file, storage
from pipeline.ledger.state import Activity, State
from pipeline.settings import Settings

_BESIDE = 9


def kept_file(settings: Settings, state: State, activity: Activity) -> Path | None:
    """Where the certificate of an activity lies, with the very bytes that were read; None where it is nowhere, or none
    was kept. Raises StorageError."""
    document = activity.document
    if document is None:
        return None
    with storage(settings.done, "look for a kept certificate"):
        for path in _likely(settings, state, activity):
            if path.is_file() and not path.is_symlink() and hash_file(path) == document.sha256:
                return path
        suffix = suffix_of(document.name)
        anywhere = (path for path in sorted(settings.done.rglob("*")) if suffix_of(path.name) == suffix)
        return next(
            (p for p in anywhere if p.is_file() and not p.is_symlink() and hash_file(p) == document.sha256), None
        )


def _likely(settings: Settings, state: State, activity: Activity) -> Iterator[Path]:
    document, facts = activity.document, activity.facts
    if document is None:
        return
    if document.ordinal == EVIDENCE:
        yield settings.done / "evidence" / document.name
        return
    filed = filing_path(
        settings.done,
        completed_on=facts.completed_on,
        holder=state.holders[activity.holder].name,
        issuer=facts.issuer,
        course=facts.course_name,
        suffix=suffix_of(document.name),
    )
    yield from (filed.with_name(numbered(filed.name, number)) for number in range(1, _BESIDE + 1))
    yield review_path(settings, document.sha256, document.name)
