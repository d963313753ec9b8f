"""The file of a backup: a tar whose last member lists every other with its hash, so that whatever is changed or cut off
is found before anything is restored."""

import datetime as dt
import io
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import BaseModel, ConfigDict

from pipeline.errors import LedgerDamaged, WrongUse
from pipeline.folders.moves import copy_part, hash_file, make_private, storage, write_part
from pipeline.ledger.schema import storable
from pipeline.ledger.sealed import sealed, unsealed

LEDGER = "ledger.sqlite"
MANIFEST = "manifest.json"
# What recert keeps in the home. A file goes from review/ to done/ and never back, so in this order none that moves
# meanwhile is missed.
FOLDERS = ("review", "done", "reports", "submissions")
_MANIFEST_BYTES = 1 << 30
_BLOCK = 1 << 20


class StoredFile(BaseModel):
    """One file of a backup: its place in the home with `/` between folders, and its SHA-256 in hex."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    sha256: str


class Manifest(BaseModel):
    """What a backup holds. `head` is the ledger's, `made_at` the time of the backup in UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = 1
    head: str
    made_at: dt.datetime
    files: tuple[StoredFile, ...]


def pack(archive: Path, ledger: Path, home: Path, head: str, at: dt.datetime) -> Manifest:
    """Write a new private archive of a ledger kept in a SQLite file and of the files of the home, synced."""
    made = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "wb") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, LEDGER, ledger)
            files = [StoredFile(path=LEDGER, sha256=hash_file(ledger))]
            files += _add_kept(tar, home, archive.parent)
            manifest = Manifest(head=head, made_at=at.astimezone(dt.UTC), files=tuple(files))
            text = sealed(manifest).encode("ascii")
            tar.addfile(_member(MANIFEST, len(text)), io.BytesIO(text))
        out.flush()
        os.fsync(made)
    return manifest


def _add_kept(tar: tarfile.TarFile, home: Path, scratch: Path) -> Iterator[StoredFile]:
    for path in _kept(home):
        try:
            part, sha256 = copy_part(path, scratch)  # what is added must not change meanwhile
        except FileNotFoundError:
            continue  # it was moved on, and comes up where it is now
        name = storable(path.relative_to(home).as_posix())
        _add(tar, name, part)
        part.unlink()
        yield StoredFile(path=name, sha256=sha256)


def _kept(home: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from regular_files(home / folder)


def regular_files(folder: Path) -> Iterator[Path]:
    """The regular files under a folder, but for copies in the making; none where it is not there."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for path in (Path(parent, name) for name in sorted(names)):
            making = path.name.startswith(".") and path.suffix == ".part"
            if not making and path.is_file() and not path.is_symlink():
                yield path


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _add(tar: tarfile.TarFile, name: str, path: Path) -> None:
    with path.open("rb") as stream:
        tar.addfile(_member(name, path.stat().st_size), stream)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Unpack an archive into a new private folder and say what it holds. Raises LedgerDamaged where anything in it
    differs from what was written, WrongUse where it cannot be read, StorageError for a full disk."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    with _readable(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isreg() else None
            if stream is None or manifest is not None or member.name in found or not _belongs(member.name):
                raise _damaged(archive)
            if member.name == MANIFEST:
                manifest = unsealed(stream.read(_MANIFEST_BYTES), Manifest, f"The backup {archive}")
            else:
                found[member.name] = _unpack(_blocks(stream), folder / member.name)
    if manifest is None or found != {file.path: file.sha256 for file in manifest.files} or LEDGER not in found:
        raise _damaged(archive)
    return manifest


def _belongs(name: str) -> bool:
    """Whether a member is one of ours: nothing is ever unpacked outside of the folders of a home."""
    path = PurePosixPath(name)
    inside = len(path.parts) > 1 and path.parts[0] in FOLDERS and ".." not in path.parts
    return "\0" not in name and (inside or name in (LEDGER, MANIFEST))


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _unpack(blocks: Iterable[bytes], target: Path) -> str:
    with storage(target.parent, "unpack the backup"):
        make_private(target.parent)
        part = write_part(target.parent, blocks, 0o600)
        part.rename(target)
        return hash_file(target)


@contextmanager
def _readable(archive: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(archive, mode="r:") as tar:
            yield tar
    except OSError as error:
        raise WrongUse(f"{archive} cannot be read: {error.strerror or error}.", "Check the path.") from error
    except (tarfile.TarError, EOFError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise _damaged(archive) from error


def _damaged(archive: Path) -> LedgerDamaged:
    return LedgerDamaged(
        f"The backup {archive} is damaged, cut off, or was not written by recert.", "Take another copy or backup."
    )
