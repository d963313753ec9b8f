"""The register of every file ever dropped: the working rows, and what lies in the inbox and in `working/`."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch import DocumentState
from pipeline.contract import DocumentRow
from pipeline.folders.files import list_inbox
from pipeline.folders.filing import REVIEWING, is_of
from pipeline.folders.moves import storage
from pipeline.inbox import Kind, reason_to_ignore
from pipeline.ledger.schema import storable
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import DocumentRow as Row
from pipeline.ledger.work import Work
from pipeline.settings import Settings


def document_rows(settings: Settings, ledger: Ledger) -> tuple[DocumentRow, ...]:
    """In the order they were first seen; those that still wait or are worked on last.

    Looked at in the order in which files travel, so that none that moves meanwhile is missed. What then was seen at two
    places and has gone from the first is one file.
    """
    with ledger.reading() as connection:
        before = {row.id for row in Work(connection).documents()}
    waiting = [
        seen.path
        for seen in list_inbox(settings.inbox)
        if seen.kind is Kind.REGULAR and not any(reason_to_ignore(part) for part in seen.path.parts)
    ]
    working = list(_working(settings.working))
    with ledger.reading() as connection:
        kept = Work(connection).documents()
    further = {row.name for row in kept if row.id not in before}
    held = [one for one in working if not _is_decided(one, kept) and not _has_gone(one.path, one.name, further)]
    further |= {one.name for one in working}
    left = [path for path in waiting if not _has_gone(settings.inbox / path, storable(str(path)), further)]
    return (
        *(
            DocumentRow(name=row.name, sha256=row.sha256, state=row.state, reason=row.reason, entries=row.entries)
            for row in kept
        ),
        *(_unread(one.name, DocumentState.WORKING, "It is being read.") for one in held),
        *(_unread(str(path), DocumentState.WAITING, "It lies in the inbox.") for path in left),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A file that a run holds; `name` is its path in the inbox, as the ledger writes it."""

    path: Path
    run: str
    name: str


def _working(working: Path) -> Iterator[_Held]:
    """The files that runs hold. Raises StorageError where the folder is gone."""
    with storage(working, "list what is worked on"):
        runs = sorted(working.iterdir())
    for run in runs:
        # A living run removes folders while we look: what is gone is passed over.
        for folder, _, names in os.walk(run):
            for path in (Path(folder, name) for name in sorted(names)):
                yield _Held(path, run.name, storable(str(Path(*path.relative_to(run).parts[1:]))))


def _is_decided(held: _Held, rows: Iterable[Row]) -> bool:
    """Whether a row says already what became of a file in `working/`: that of its run, or that of a person who decided
    before it came to `review/`."""
    return any(
        row.name == held.name and (row.run == held.run or (row.run == REVIEWING and is_of(held.path, row)))
        for row in rows
        if row.run is not None
    )


def _has_gone(path: Path, name: str, further: Collection[str]) -> bool:
    """Whether a file has moved on since it was listed, to where it was seen too."""
    return name in further and not os.path.lexists(path)


def _unread(name: str, state: DocumentState, reason: str) -> DocumentRow:
    return DocumentRow(name=name, sha256=None, state=state, reason=reason, entries=())
