"""The register of every file ever dropped: the working rows, and what lies in the inbox and in `working/`."""

import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.batch import DocumentState
from pipeline.contract import DocumentRow
from pipeline.files import list_inbox
from pipeline.inbox import Kind, reason_to_ignore
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import Work
from pipeline.moves import storage
from pipeline.settings import Settings


def document_rows(settings: Settings, ledger: Ledger) -> tuple[DocumentRow, ...]:
    """In the order they were first seen; those that still wait or are worked on last."""
    with ledger.reading() as connection:
        kept = Work(connection).documents()
    rows = [
        DocumentRow(name=row.name, sha256=row.sha256, state=row.state, reason=row.reason, entries=row.entries)
        for row in kept
    ]
    pending = {row.run for row in kept if row.run is not None}
    rows += (_unread(name, DocumentState.WORKING, "It is being read.") for name in _working(settings.working, pending))
    rows += (
        _unread(str(seen.path), DocumentState.WAITING, "It lies in the inbox.")
        for seen in list_inbox(settings.inbox)
        if seen.kind is Kind.REGULAR and not any(reason_to_ignore(part) for part in seen.path.parts)
    )
    return tuple(rows)


def _working(working: Path, decided: set[str]) -> Iterator[str]:
    """The files that a run holds, but for those of runs that have written down what became of them. Raises
    StorageError where the folder is gone."""
    with storage(working, "list what is worked on"):
        runs = [run for run in working.iterdir() if run.name not in decided]
    for run in runs:
        # A living run removes folders while we look: what is gone is passed over.
        for folder, _, names in os.walk(run):
            yield from (str(Path(*Path(folder, name).relative_to(run).parts[1:])) for name in sorted(names))


def _unread(name: str, state: DocumentState, reason: str) -> DocumentRow:
    return DocumentRow(name=name, sha256=None, state=state, reason=reason, entries=())
