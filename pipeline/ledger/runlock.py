"""Locks of runs, with a heartbeat: who works, and whether it is still alive.

A row is for other machines to see. On one machine the kernel's lock of the home (`pipeline/folders/homelock.py`) says
more: it goes with its process, whatever ended it and whoever has its number now.
"""

import datetime as dt
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from pipeline.errors import Locked
from pipeline.ledger.schema import RUN_LOCK


@dataclass(frozen=True, slots=True)
class RunLock:
    """One lock: what is locked, by which run, in which process of which machine, and its last sign of life. `host` is
    the name of the machine, and its home after a colon where the lock of that home goes with it."""

    name: str
    run: str
    host: str
    pid: int
    heartbeat_at: dt.datetime

    def is_dead(self, now: dt.datetime, stale: dt.timedelta, home: Path | None = None) -> bool:
        """Whether the holder gave no sign of life for `stale`, was on this machine and its process is gone, or worked
        with a `home` whose lock is ours now."""
        if now - self.heartbeat_at > stale or (home is not None and self.host == _host(home)):
            return True
        return self.host.partition(":")[0] == socket.gethostname() and not _alive(self.pid)


class RunLocks:
    """The locks on one connection of `Ledger.transaction()`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> RunLock | None:
        row = self._connection.execute(select(RUN_LOCK).where(RUN_LOCK.c.name == name)).one_or_none()
        return None if row is None else RunLock(**row._asdict())

    def acquire(self, name: str, run: str, now: dt.datetime, stale: dt.timedelta, home: Path | None = None) -> RunLock:
        """Take a lock for this process; a dead holder's is taken over. Whoever gives a `home` holds the kernel's lock
        of it. Raises Locked naming the living holder."""
        held = self.find(name)
        if held is not None and held.run != run and not held.is_dead(now, stale, home):
            raise Locked(
                f"The run {held.run} (process {held.pid} on {held.host}) holds {name!r}; it was last seen at "
                f"{held.heartbeat_at:%Y-%m-%d %H:%M:%S} UTC.",
                "Wait until it is done, or stop it.",
            )
        lock = RunLock(name, run, _host(home), os.getpid(), now)
        self._connection.execute(delete(RUN_LOCK).where(RUN_LOCK.c.name == name))
        self._connection.execute(insert(RUN_LOCK).values({key: getattr(lock, key) for key in RunLock.__slots__}))
        return lock

    def beat(self, name: str, run: str, now: dt.datetime) -> None:
        """Give a sign of life. Raises Locked where the lock was taken over meanwhile: the run must stop."""
        mine = (RUN_LOCK.c.name == name) & (RUN_LOCK.c.run == run)
        if self._connection.execute(update(RUN_LOCK).where(mine).values(heartbeat_at=now)).rowcount == 0:
            raise Locked(f"The run {run} lost {name!r} to another.", "Let the other one finish.")

    def release(self, name: str, run: str) -> None:
        """Give the lock back, if this run still has it."""
        self._connection.execute(delete(RUN_LOCK).where((RUN_LOCK.c.name == name) & (RUN_LOCK.c.run == run)))


def _host(home: Path | None) -> str:
    return socket.gethostname() if home is None else f"{socket.gethostname()}:{home}"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
