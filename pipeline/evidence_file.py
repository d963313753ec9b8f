"""The file that a person gives as evidence for what they state: kept beside the certificates, copied, never moved."""

import shutil
from pathlib import Path

from pipeline.errors import StorageError, WrongUse
from pipeline.filenames import safe_name
from pipeline.files import cross
from pipeline.ledger.events import DocumentReference
from pipeline.moves import hash_file
from pipeline.settings import Settings

EVIDENCE = 0
"""The ordinal of a file that was given as evidence and not read: one file may prove several items."""


def keep_evidence(settings: Settings, file: Path) -> DocumentReference:
    """Copy a file into `done/evidence/` and say what it is. Raises WrongUse where it is not there, StorageError where
    the disk is full or read-only."""
    if not file.is_file():
        raise WrongUse(f"There is no file {file}.", "Give the path of the screenshot or document that proves it.")
    folder = settings.done / "evidence"
    copy = folder / f".{safe_name(file.name)}.copy"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    except OSError as error:
        raise StorageError(
            f"The evidence could not be copied: {error.strerror}.", "Free space and try again."
        ) from error
    sha256 = hash_file(copy)
    kept = cross(copy, folder / safe_name(file.name), sha256)
    return DocumentReference(sha256=sha256, ordinal=EVIDENCE, name=kept.name)
