"""Writing a page, a table or a bundle: private, whole or not at all, nothing left over where the writer was killed."""

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import StorageError
from pipeline.folders.moves import make_private

_BUNDLE = ".bundle-"


def write_private(path: Path, text: str) -> Path:
    """Write a text so that only its owner can read it, whole or not at all. Raises StorageError."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        make_private(path.parent)
        with _held(part) as descriptor:
            try:
                with open(descriptor, "w", encoding="utf-8", errors="replace", closefd=False) as stream:
                    stream.write(text)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"The report could not be written to {path}: {error.strerror}.", "Make room or name another place."
        ) from error
    return path


@contextmanager
def _held(part: Path) -> Iterator[int]:
    """A descriptor of a new file, locked for as long as it is open. Made anew where somebody took it for a dead one's
    before it was locked."""
    while True:
        made = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            with suppress(OSError):  # a disk that knows no locks is none that we clear
                fcntl.flock(made, fcntl.LOCK_EX)
            if os.fstat(made).st_nlink:
                yield made
                return
        finally:
            os.close(made)


def clear_unwritten(folder: Path) -> None:
    """Remove what writers left who were killed: nobody holds it."""
    for part in folder.glob(".*.part"):
        with suppress(OSError), part.open("rb") as left:
            fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


@contextmanager
def unfinished_bundle(place: Path) -> Iterator[Path]:
    """A private folder in `place` to make something in that is moved out whole; gone at the end with what is left."""
    making = Path(tempfile.mkdtemp(prefix=_BUNDLE, dir=place))
    try:
        with _locked_folder(making):
            yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)


def clear_unfinished_bundles(place: Path) -> None:
    """Remove the folders of `unfinished_bundle` whose makers were killed: nobody holds them."""
    for making in place.glob(f"{_BUNDLE}*"):
        with suppress(OSError), _locked_folder(making, fcntl.LOCK_NB):
            shutil.rmtree(making)


@contextmanager
def _locked_folder(folder: Path, mode: int = 0) -> Iterator[None]:
    """Hold the lock of a folder. Raises OSError where it is none or, with LOCK_NB, where somebody holds it."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | mode)
        yield
    finally:
        os.close(opened)
