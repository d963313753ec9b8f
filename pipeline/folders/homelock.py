"""The lock of a home: one run at a time works with it on this machine.

The kernel keeps it, and gives it back however its holder ends: after a `kill -9` the next run need not wait for a
heartbeat to grow old, nor be deceived by a process that got the dead one's number.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import Locked
from pipeline.folders.moves import storage

_NAME = "ingest.lock"


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the lock of a home. Raises Locked where somebody else has it, StorageError where it cannot be made."""
    with storage(home, "lock the home"):
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(home / _NAME, flags, 0o600)
    try:
        try:
            with storage(home, "lock the home", leave=(errno.EWOULDBLOCK,)):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked(f"Another run is at work with {home}.", "Wait until it is done, or stop it.") from None
        yield
    finally:
        os.close(descriptor)
