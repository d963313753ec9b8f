"""The file that a person gives as evidence for what they state: kept beside the certificates, copied, never moved."""

from pathlib import Path

from pipeline.errors import WrongUse
from pipeline.folders.filenames import safe_name
from pipeline.folders.files import cross
from pipeline.folders.moves import copy_part, make_private, storage
from pipeline.ledger.events import DocumentReference
from pipeline.settings import Settings

EVIDENCE = 0
"""The ordinal of a file that was given as evidence and not read: one file may prove several items."""


def keep_evidence(settings: Settings, file: Path) -> DocumentReference:
    """Copy a file into `done/evidence/` and say what it is. Raises WrongUse where it is not there, StorageError where
    the disk is full or read-only."""
    if not file.is_file():
        raise WrongUse(f"There is no file {file}.", "Give the path of the screenshot or document that proves it.")
    folder = settings.done / "evidence"
    with storage(folder, "copy the evidence"):
        make_private(folder)
        copy, sha256 = copy_part(file.resolve(), folder)
    kept = cross(copy, folder / safe_name(file.name), sha256)
    return DocumentReference(sha256=sha256, ordinal=EVIDENCE, name=kept.name)
