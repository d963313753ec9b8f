"""Where a file lies: inbox, working, rejected on the share; filed in the home. A file is always somewhere, and nothing
is ever written over.

Within the share a file moves by one rename that refuses an existing target. From the share to the home it is copied,
synced and compared before the source goes.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsError, StorageError
from pipeline.folders.filenames import safe_name
from pipeline.folders.moves import (
    copy_part,
    hash_file,
    make_private,
    move_beside,
    move_without_replacing,
    names_beside,
    opened_folder,
    remove_empty,
    storage,
    sync_folder,
    write_part,
)
from pipeline.inbox import Kind, Sighting, reason_to_ignore
from pipeline.settings import Settings
from pipeline.showing import LONGEST_SENTENCE, visible

_NOT_YET = {
    errno.EBUSY: "it is in use",
    errno.ETXTBSY: "it is in use",
    errno.EAGAIN: "it is locked",
    errno.EACCES: "it may not be opened",
    errno.EPERM: "it may not be moved",
    errno.ENOENT: "it has gone",
    errno.ENOTDIR: "its folder has gone",
    errno.ELOOP: "it has become a link",
    errno.ESTALE: "the share has changed under it",
    errno.ENAMETOOLONG: "the names of its folders are too long",
    errno.EXDEV: "its folder lies on another disk",
}
_NOTE = ".why.txt"


class NotYet(Exception):
    """A file that cannot be taken now and may be at the next sweep: busy, locked, changed or gone."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


@dataclass(frozen=True, slots=True)
class Claimed:
    """A file that only this run handles. `path` is where it lies now, `relative` where it lay in the inbox; `folder`
    is the first folder there, weak evidence of the holder."""

    path: Path
    relative: Path

    @property
    def name(self) -> str:
        return self.relative.name

    @property
    def folder(self) -> str | None:
        return self.relative.parts[0] if len(self.relative.parts) > 1 else None


def make_folders(settings: Settings) -> None:
    """Make the share and the private home. Raises SettingsError for roots that overlap, StorageError for a full or
    read-only disk."""
    _refuse_overlap(settings)
    with storage(settings.share, "make the folders of the share"):
        for folder in (settings.inbox, settings.working, settings.rejected):
            folder.mkdir(parents=True, exist_ok=True)
    with storage(settings.home, "make the private folders"):
        for folder in (settings.home, settings.done, settings.review, settings.reports):
            make_private(folder)
            folder.chmod(0o700)
    check_folders(settings)


def check_folders(settings: Settings) -> None:
    """Refuse to start on folders that are gone (StorageError), overlap, or where claiming would have to copy
    (SettingsError)."""
    _refuse_overlap(settings)
    share = (settings.inbox, settings.working, settings.rejected)
    for folder in (*share, settings.done, settings.review):
        if not folder.is_dir():
            raise StorageError(
                f"The folder {folder} is not there.", "Mount the share, or run `recert init` to make the folders."
            )
    if len({folder.stat().st_dev for folder in share}) > 1:
        raise SettingsError(
            f"The folders inbox, working and rejected of {settings.share} lie on different disks.",
            "Keep the three on one disk, so that a file can be taken by renaming it.",
        )


def _refuse_overlap(settings: Settings) -> None:
    share, home = settings.share.resolve(), settings.home.resolve()
    if share.is_relative_to(home) or home.is_relative_to(share):
        raise SettingsError(
            f"The share {share} and the home {home} are one folder, or one lies inside the other.",
            "Set RECERT_SHARE and RECERT_HOME to two separate folders.",
        )


def list_inbox(inbox: Path) -> tuple[Sighting, ...]:
    """Every name under the inbox, in a fixed order, links not followed. Ignored and closed folders are listed but not
    entered. Raises StorageError where the inbox itself cannot be listed."""
    found: list[Sighting] = []
    with storage(inbox, "list the inbox"):
        names = _names(inbox)
    pending = [Path(name) for name in names]
    while pending:
        relative = pending.pop()
        try:
            seen = (inbox / relative).lstat()
        except OSError:
            continue
        kind = _kind(seen.st_mode)
        if kind is Kind.FOLDER and reason_to_ignore(relative.name) is None:
            with suppress(OSError):
                pending.extend(relative / name for name in _names(inbox / relative))
                continue
        found.append(Sighting(relative, seen.st_size, seen.st_mtime_ns, kind))
    return tuple(found)


def _names(folder: Path) -> list[str]:
    """The names in a folder, backwards: the walk takes them from the end."""
    with os.scandir(folder) as entries:
        return sorted((entry.name for entry in entries), reverse=True)


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.REGULAR
    if stat.S_ISLNK(mode):
        return Kind.SYMLINK
    return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.SPECIAL


def claim(inbox: Path, sighting: Sighting, working: Path, run: str) -> Claimed:
    """Take a settled or a refused file: move it to `working/<run>/<random>/<its path in the inbox>`.

    Raises NotYet where the file is busy, gone, or no longer the one that was sighted; StorageError where the share is
    full or read-only. The file stays where it was in both cases.
    """
    target = working / run / secrets.token_hex(8) / sighting.path
    try:
        with _not_yet(sighting.path), opened_folder(inbox, sighting.path.parent) as folder:
            before = _unchanged(folder, sighting)
            with storage(working, "make room for a file", leave=(errno.ENAMETOOLONG,)):
                target.parent.mkdir(parents=True)
            with storage(working, "take a file from the inbox", leave=_NOT_YET):
                os.rename(sighting.path.name, target, src_dir_fd=folder)
            if not os.path.samestat(before, target.lstat()):
                move_beside(target, inbox, sighting.path)
                raise NotYet(sighting.path, "another file took its place")
    except BaseException:
        remove_empty(target.parent, working / run)
        raise
    return Claimed(target, sighting.path)


def _unchanged(folder: int, sighting: Sighting) -> os.stat_result:
    """Prove that the name still is what was sighted and, where it is a file, that it opens."""
    name = sighting.path.name
    now = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if _kind(now.st_mode) is not sighting.kind:
        raise NotYet(sighting.path, "it is something else now")
    if sighting.kind is not Kind.REGULAR:
        return now
    # Without O_NONBLOCK a pipe that took the name since would hold us for ever.
    opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    try:
        now = os.fstat(opened)
    finally:
        os.close(opened)
    if (_kind(now.st_mode), now.st_size, now.st_mtime_ns) != (Kind.REGULAR, sighting.size, sighting.mtime_ns):
        raise NotYet(sighting.path, "it has changed")
    return now


@contextmanager
def _not_yet(path: Path) -> Iterator[None]:
    """Turn the errors of a file that is busy or gone into NotYet."""
    try:
        yield
    except OSError as error:
        raise NotYet(path, _NOT_YET.get(error.errno or 0, f"the system says: {error.strerror}")) from error


def give_back(claimed: Claimed, inbox: Path) -> Path:
    """Put a claimed file back to its place in the inbox, beside whatever has taken its name. Returns where it is.
    Raises StorageError."""
    with storage(inbox, "give a file back to the inbox"):
        path = move_beside(claimed.path, inbox, claimed.relative)
    remove_empty(claimed.path.parent, claimed.path.parents[len(claimed.relative.parts)])
    return path


def claimed_of(folder: Path) -> Iterator[Claimed]:
    """Everything that is left of a run (`working/<run>`): files, links, pipes. Raises StorageError."""
    with storage(folder, "list the files of a run"):
        boxes = sorted(folder.iterdir()) if folder.is_dir() else []
    for box in boxes:
        for parent, folders, names in os.walk(box):
            links = [name for name in folders if Path(parent, name).is_symlink()]
            for path in (Path(parent, name) for name in sorted(names + links)):
                yield Claimed(path, path.relative_to(box))


def give_back_run(folder: Path, inbox: Path) -> tuple[Path, ...]:
    """Put everything that is left of a run (`working/<run>`) back into the inbox and remove its folder.

    Only for our own run at its end, or for one that is proved dead. Can be repeated after it was cut short. Returns
    where the files are now. Raises StorageError.
    """
    with storage(folder, "take back the files of a run"):
        returned = [move_beside(claimed.path, inbox, claimed.relative) for claimed in claimed_of(folder)]
        for parent, _, _ in os.walk(folder, topdown=False):
            with suppress(OSError):
                Path(parent).rmdir()
    return tuple(returned)


def reject(claimed: Claimed, rejected: Path, why: str) -> Path:
    """Set a claimed file aside in `rejected/`, with `<name>.why.txt` beside it. Returns where it is now.

    A file of the share is not opened, so it may be a link or a pipe; one that comes back from the home is copied. The
    note is there before the file moves: a full disk raises StorageError and leaves the file where it was.
    """
    note = f"{visible(why, LONGEST_SENTENCE)}\n".encode()
    with storage(rejected, "set a file aside"), opened_folder(rejected, Path()) as folder:
        path = _set_aside(claimed.path, rejected, safe_name(claimed.name), note, folder)
    remove_empty(claimed.path.parent, claimed.path.parents[len(claimed.relative.parts)])
    return path


def _set_aside(source: Path, rejected: Path, name: str, note: bytes, folder: int) -> Path:
    try:
        return _settle_beside_note(source, rejected, name, note, folder)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    part, copied = copy_part(source, rejected)
    try:
        if hash_file(part) != copied:
            raise StorageError(f"The copy of {source.name!r} in {rejected} differs from it.", "Check that disk.")
        path = _settle_beside_note(part, rejected, name, note, folder, copied)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(rejected)
    source.unlink()
    return path


def _settle_beside_note(  # noqa: PLR0917 - one step of `_set_aside`, with all that it has at hand
    source: Path, rejected: Path, name: str, note: bytes, folder: int, copied: str | None = None
) -> Path:
    """Move under a name whose note's name is free as well: a note must not cover a file that is called like one.
    `copied` is the SHA-256 of a source that is a copy: an earlier attempt may have settled it, and was cut short before
    its original went."""
    for candidate in names_beside(name):
        path, beside = rejected / candidate, rejected / (candidate + _NOTE)
        there = copied is not None and _holds(path, copied)
        if (os.path.lexists(path) and not there) or not _settle_note(beside, note, folder):
            continue
        if there:
            return path
        try:
            move_without_replacing(source, candidate, folder)
        except OSError as error:
            beside.unlink()
            if error.errno != errno.EEXIST:
                raise
            continue
        return path
    raise OSError(errno.EEXIST, "too many files of that name", name)


def _settle_note(path: Path, note: bytes, folder: int) -> bool:
    """Write the note, or find the one that an attempt left which was cut short before its file moved; False where
    something else has its name."""
    if os.path.lexists(path):
        seen = path.lstat()
        return stat.S_ISREG(seen.st_mode) and seen.st_size == len(note) and path.read_bytes() == note
    part = write_part(path.parent, note, 0o644)
    try:
        move_without_replacing(part, path.name, folder)
    except FileExistsError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


def cross(source: Path, destination: Path, sha256: str | None = None) -> Path:
    """Move a file to another disk: copy, sync, compare, then unlink the source. Returns where it is now.

    The last name of `destination` is made safe. A taken name gets " (2)", unless it holds the very same bytes: then an
    earlier attempt was cut short after its copy, and only the source is removed. With `sha256` the copy must also be
    the bytes that were read. Raises StorageError (full, read-only, damaged copy) and NotYet (the source has changed);
    the source then is where it was.
    """
    folder = destination.parent
    with storage(folder, "file a document"):
        make_private(folder)
        part, copied = copy_part(source, folder)
        try:
            if sha256 is not None and copied != sha256:
                raise NotYet(source, "it changed after it was read")
            if hash_file(part) != copied:
                raise StorageError(f"The copy of {source.name!r} in {folder} differs from it.", "Check that disk.")
            final = _settle_copy(part, folder, safe_name(destination.name), copied)
            sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)
        source.unlink()
    return final


def _settle_copy(part: Path, folder: Path, name: str, sha256: str) -> Path:
    """Give the copy its final name, or find the copy that an earlier attempt made."""
    with opened_folder(folder, Path()) as descriptor:
        for path in (folder / candidate for candidate in names_beside(name)):
            if _holds(path, sha256):
                return path
            try:
                move_without_replacing(part, path.name, descriptor)
            except FileExistsError:
                continue
            return path
    raise OSError(errno.EEXIST, "too many files of that name", name)


def _holds(path: Path, sha256: str) -> bool:
    """Whether a file of these bytes has this name."""
    return path.is_file() and not path.is_symlink() and hash_file(path) == sha256


def clear_parts(root: Path) -> int:
    """Remove the unfinished copies that a killed run left under `root`; their sources still are on the share. Only
    while no other run is filing. Returns how many."""
    # Folders may go meanwhile; os.walk passes over one that has gone.
    names = ((folder, name) for folder, _, files in os.walk(root) for name in files)
    parts = [Path(folder, name) for folder, name in names if name.startswith(".") and name.endswith(".part")]
    for path in parts:
        path.unlink(missing_ok=True)
    return len(parts)
