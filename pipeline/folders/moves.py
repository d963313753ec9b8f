"""The smallest steps of moving a file: rename without replacing, folders reached without following links, synced disks.

Folders of the share are opened one by one, because whoever may write there could swap a folder for a link between two
looks and so point a move at any place of the disk.
"""

import ctypes
import errno
import hashlib
import itertools
import os
import secrets
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import StorageError
from pipeline.folders.filenames import numbered

_BLOCK = 1 << 20
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_RENAME_NOREPLACE = 1
_AT_FDCWD = -100
_NO_EXCLUSIVE_RENAME = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
_MOST_NAMES = 10_000
_LIBC = ctypes.CDLL(None, use_errno=True)


@contextmanager
def storage(place: Path, doing: str, leave: Collection[int] = ()) -> Iterator[None]:
    """Turn the errors of a disk that is full, read-only or gone into StorageError, but for the numbers in `leave`."""
    try:
        yield
    except OSError as error:
        if error.errno in leave:
            raise
        raise StorageError(
            f"Could not {doing} ({place}): {error.strerror or error}.",
            "Free space or give write access there, then run the same command again; nothing was lost.",
        ) from error


@contextmanager
def opened_folder(root: Path, relative: Path, make: bool = False) -> Iterator[int]:
    """A descriptor of `root/relative`, reached without following a link below `root`; `make` makes what is missing."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in relative.parts:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(part, dir_fd=descriptor)
            inner = os.open(part, _FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def move_without_replacing(source: Path, name: str, folder: int) -> None:
    """Rename to `name` in the open `folder` of the same disk. Raises FileExistsError where the name is taken, by
    whatever."""
    if _rename_exclusively(source, name, folder):
        return
    # A share that knows no exclusive rename: take the name with an empty file of our own, then rename over that.
    os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder))
    try:
        os.rename(source, name, dst_dir_fd=folder)
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise


def _rename_exclusively(source: Path, name: str, folder: int) -> bool:
    """The kernel's own exclusive rename; False where this system or file system has none."""
    rename = getattr(_LIBC, "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(source), folder, os.fsencode(name), _RENAME_NOREPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCLUSIVE_RENAME:
        return False
    raise OSError(number, os.strerror(number), str(source), None, name)


def move_beside(source: Path, root: Path, relative: Path) -> Path:
    """Move to `root/relative`, or to the next free name beside it. Where a link stands in the way of its folders, the
    file goes to the root itself."""
    try:
        return _move_into(source, root, relative)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENOTDIR) or relative == Path(relative.name):
            raise
        return _move_into(source, root, Path(relative.name))


def _move_into(source: Path, root: Path, relative: Path) -> Path:
    with opened_folder(root, relative.parent, make=True) as folder:
        for name in names_beside(relative.name):
            try:
                move_without_replacing(source, name, folder)
            except FileExistsError:
                continue
            return root / relative.parent / name
    raise OSError(errno.EEXIST, "too many files of that name", str(root / relative))


def names_beside(name: str) -> Iterator[str]:
    """A name and the names to try where it is taken."""
    return (numbered(name, number) for number in range(1, _MOST_NAMES))


@contextmanager
def _part(folder: Path, mode: int) -> Iterator[tuple[Path, int]]:
    """A new file under a hidden temporary name, open for writing, synced at the end; gone again where that fails."""
    part = folder / f".{secrets.token_hex(8)}.part"
    made = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    try:
        try:
            yield part, made
            os.fsync(made)
        finally:
            os.close(made)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_part(folder: Path, content: bytes | Iterable[bytes], mode: int) -> Path:
    """A synced file of `content`, whole or block by block, under a hidden temporary name in `folder`, to be renamed."""
    with _part(folder, mode) as (part, made):
        for block in (content,) if isinstance(content, bytes) else content:
            _write(made, block)
    return part


def copy_part(source: Path, folder: Path) -> tuple[Path, str]:
    """A synced private copy of `source` under a hidden temporary name in `folder`, and the SHA-256 of what was read."""
    digest = hashlib.sha256()
    opened = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(opened, "rb", buffering=0) as reading, _part(folder, 0o600) as (part, made):
        while block := reading.read(_BLOCK):
            digest.update(block)
            _write(made, block)
    return part, digest.hexdigest()


def _write(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes in hex, without holding it in memory."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def make_private(folder: Path) -> None:
    """Make the missing folders one by one as 0700: `mkdir(parents=True)` gives the mode only to the last."""
    for path in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        path.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)


def private(path: str, flags: int) -> int:
    """An opener for `open`: what it makes is its owner's only, whatever the umask."""
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def open_to_others(root: Path) -> Iterator[Path]:
    """Every folder and file from `root` down that others than its owner may read or write. Links are passed over."""
    inside = (Path(folder, name) for folder, folders, files in os.walk(root) for name in (*folders, *files))
    for path in itertools.chain([root], inside):
        with suppress(OSError):  # gone meanwhile
            seen = path.lstat()
            if not stat.S_ISLNK(seen.st_mode) and seen.st_mode & 0o077:
                yield path


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_empty(folder: Path, stop: Path) -> None:
    """Remove `folder` and its parents below `stop`, as long as they are empty."""
    while folder != stop and stop in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
