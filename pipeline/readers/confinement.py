"""The walls around a reader process, raised by itself before it loads anything that reads documents.

Run by the sandbox as `python -m pipeline.readers.confinement SOCKET MEMORY_MIB SECONDS`. Each wall is raised where the
system allows it: no network and no escape for grandchildren (Linux namespaces), limits of memory, processor time, open
files, file sizes, processes and temporary files, no files but those that readers need (Landlock), no calls that they do
not need (seccomp), no new privileges, and a guard inside Python for systems without namespaces. Standard library only,
as long as the process is about to become two.
"""

import ctypes
import errno
import os
import resource
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from pipeline.readers import walls

OUT_OF_MEMORY = 99  # the exit code
_MUCH = 0.25  # what doubles when it grows fails with as little of the limit in use

_CLONE_NEWNS = 0x00020000
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWPID = 0x20000000
_CLONE_NEWNET = 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
_OPEN_FILES = 256
_FILE_BYTES = 512 * 2**20
_NETWORK_EVENTS = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})


def main() -> None:
    lifeline, memory_mib, seconds = (int(argument) for argument in sys.argv[1:4])
    isolated = isolate()
    own_disk = isolated and walls.own_temporary_disk()
    supervise(lifeline, memory_mib)
    limit(memory_mib, seconds)
    guard_sockets()
    processes = isolated and walls.limit_processes()
    files, calls = walls.wall_in_files(), walls.wall_in_calls()
    # Only now: what is loaded from here on runs behind the walls, and the process above stays small.
    from pipeline.readers.wire import Walls
    from pipeline.readers.worker import serve

    standing = Walls(network=isolated, files=files, calls=calls, processes=processes, disk=own_disk)

    with socket.socket(fileno=lifeline) as connection:
        serve(connection, standing)


def isolate() -> bool:
    """Leave the network, and for this process's children all other processes, behind. True where the kernel did it.

    Must run before any thread starts. Without privileges a user namespace of our own gives the right to do so.
    """
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None:
        return False
    user, group = os.getuid(), os.getgid()
    apart = _CLONE_NEWNET | _CLONE_NEWPID | _CLONE_NEWNS
    if unshare(_CLONE_NEWUSER | apart) == 0:
        # Keep our own number, or the files that we make would seem to belong to nobody.
        with suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        return True
    return bool(unshare(apart) == 0)


def supervise(lifeline: int, memory_mib: int) -> None:
    """Split in two: the child returns and works, the parent stays behind and ends with it.

    The parent runs nothing heavy, so it notices at once when the other end of `lifeline` closes (recert was killed) and
    takes the whole group along. In a process namespace the child is the first process: when it ends, the kernel ends
    all that it started, even what has left the group. Where it ended with much of its memory in use, the exit code
    says so: libraries abort when they get no more.
    """
    child = os.fork()
    if child == 0:
        return
    watch = select.poll()
    watch.register(lifeline, 0)
    patience = 200
    with suppress(OSError, AttributeError):  # no pidfd here: look five times a second instead
        watch.register(os.pidfd_open(child), select.POLLIN)
        patience = -1
    while True:
        events = dict(watch.poll(patience))
        if lifeline in events:
            os.killpg(0, signal.SIGKILL)
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            starved = os.WIFSIGNALED(status) and used.ru_maxrss / 1024 > memory_mib * _MUCH
            os._exit(OUT_OF_MEMORY if starved else os.waitstatus_to_exitcode(status) & 0xFF)


def limit(memory_mib: int, seconds: int) -> None:
    """Limits of this process and, each for itself, of the programs it starts. `seconds` is processor time in all: the
    wall clock of one document is watched from outside."""
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, _FILE_BYTES),
        (resource.RLIMIT_AS, memory_mib * 2**20),
        (resource.RLIMIT_CPU, seconds),
    ):
        hard = resource.getrlimit(kind)[1]
        lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (lowered, lowered))
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def guard_sockets() -> None:
    """Refuse every use of the network from Python, for good: an audit hook cannot be taken away again."""

    def refuse(event: str, _: tuple[object, ...]) -> None:
        if event in _NETWORK_EVENTS:
            raise PermissionError(errno.EPERM, "A reader has no network")

    sys.addaudithook(refuse)


if __name__ == "__main__":
    main()
