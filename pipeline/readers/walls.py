"""Walls that Linux lets an ordinary program raise around itself. Each says whether it stands; none can be taken down.

Sources: landlock(7) and linux/landlock.h, seccomp(2) with linux/filter.h and linux/audit.h, mount_namespaces(7), and
pid_namespaces(7). The numbers are those of the kernel's headers. Standard library only: run before anything is loaded.
"""

import ctypes
import errno
import importlib.util
import os
import platform
import shutil
import struct
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)

# Landlock: the calls have one number on every machine.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_MAKE_DEVICE_OR_SOCKET = 1 << 6 | 1 << 9 | 1 << 11
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
# Rights of files by the version of Landlock, the later ones with all that came before.
_FILE_RIGHTS = {1: 1 << 13, 2: 1 << 14, 3: 1 << 15, 5: 1 << 16}
_TCP, _SCOPES = 0b11, 0b11
# Where systems keep programs, libraries, fonts and language data.
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/nix/store")
_SINGLE = (
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/ssl/openssl.cnf", "/etc/alternatives"),
    *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu"),
)
_OWN_PACKAGES = ("pipeline", "extractors", "rules")
_LISTED_BY_VARIABLE = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")

# Calls that readers never need: new sockets, other processes, other name spaces, and ways around this filter.
_ARCHITECTURES: Mapping[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (0xC000003E, (41, 101, 165, 248, 250, 272, 298, 304, 308, 310, 311, 321, 323, 425, 438)),
    "aarch64": (0xC00000B7, (40, 97, 117, 198, 217, 219, 241, 265, 268, 270, 271, 280, 282, 425, 438)),
}
_FIRST_OF_OTHER_ABI = 0x40000000
_PR_SET_SECCOMP, _FILTER_MODE = 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM

_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_SLAVE = 2, 4, 8, 1 << 14, 1 << 19
_TEMPORARY_MIB = 512
PROCESSES = 301  # the least that a process namespace can be limited to; Python's libraries start a thread a processor


def wall_in_files() -> bool:
    """See only programs, libraries and what readers are made of; write only below the current folder."""
    version = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return False
    every = max(right for since, right in _FILE_RIGHTS.items() if since <= version) - 1
    asked = struct.pack("=QQQ", every, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = _libc.syscall(_CREATE_RULESET, asked, ctypes.c_size_t(size), ctypes.c_uint32(0))
    if rules < 0:
        return False
    try:
        for path, rights in _allowed(every):
            _allow(rules, path, rights & every)
        return bool(_libc.syscall(_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0)) == 0)
    finally:
        os.close(rules)


def _allowed(every: int) -> Iterator[tuple[Path, int]]:
    reading = _EXECUTE | _READ_FILE | _READ_DIR
    yield Path.cwd(), every & ~_EXECUTE & ~_MAKE_DEVICE_OR_SOCKET
    named = [
        Path(entry) for name in _LISTED_BY_VARIABLE for entry in os.environ.get(name, "").split(os.pathsep) if entry
    ]
    for path in (*map(Path, _SYSTEM), *map(Path, (sys.prefix, sys.base_prefix, sys.exec_prefix)), *named):
        yield path, reading
    yield from ((Path(path), _READ_FILE | _READ_DIR) for path in _SINGLE)
    yield Path("/dev/null"), _READ_FILE | _WRITE_FILE
    # An editable installation finds our packages where no entry of sys.path leads to.
    for name in _OWN_PACKAGES:
        spec = importlib.util.find_spec(name)
        yield from ((Path(place), reading) for place in (spec and spec.submodule_search_locations) or ())
    for entry in map(Path, sys.path):
        if entry.name in ("site-packages", "dist-packages"):
            yield entry, reading
            continue
        # Beside the packages of a checkout there may be anything, the ledger too.
        yield entry, _READ_DIR
        packages = (package for depth in ("*", "*/*") for package in entry.glob(f"{depth}/__init__.py"))
        yield from ((package.parent, reading) for package in packages)


def _allow(rules: int, path: Path, rights: int) -> None:
    with suppress(OSError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rule = struct.pack("=Qi", rights if path.is_dir() else rights & _OF_A_FILE, place)
            _libc.syscall(_ADD_RULE, ctypes.c_int(rules), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0))
        finally:
            os.close(place)


def wall_in_calls() -> bool:
    """Refuse the system calls that no reader needs, for this process and all that it starts."""
    architecture = _ARCHITECTURES.get(platform.machine())
    if architecture is None:
        return False
    own, refused = architecture
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, own), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, 0)]
    tests = [(_AT_LEAST, _FIRST_OF_OTHER_ABI), *((_EQUAL, number) for number in refused)]
    for left, (test, number) in zip(range(len(tests), 0, -1), tests, strict=True):
        steps.append((test, left, 0, number))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    body = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(steps), ctypes.addressof(body))
    return bool(_libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_FILTER_MODE), program, 0, 0) == 0)


def own_temporary_disk() -> bool:
    """Put a small disk in memory over the current folder, in a mount namespace of our own: it fills alone, and is gone
    with its last process."""
    place = os.fsencode(Path.cwd())
    if _libc.mount(None, b"/", None, ctypes.c_ulong(_MS_REC | _MS_SLAVE), None) != 0:
        return False
    options = f"size={_TEMPORARY_MIB}m,nr_inodes=10000,mode=700".encode()
    flags = ctypes.c_ulong(_MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    if _libc.mount(b"recert", place, b"tmpfs", flags, options) != 0:
        return False
    os.chdir(place)
    return True


def limit_processes() -> bool:
    """Let the process namespace that this process is the first of hold no more than PROCESSES, threads included."""
    release = tuple(int(part) for part in platform.release().split(".")[:2] if part.isdigit())
    if os.getpid() != 1:
        return False
    if release >= (6, 14):
        # Since then the number belongs to the namespace. Before, it would be that of the whole machine.
        with suppress(OSError):
            Path("/proc/sys/kernel/pid_max").write_text(str(PROCESSES))
            return True
    if release >= (5, 14) and os.getuid() != 0:
        # Since then a user's processes are counted within the user namespace alone. Root's are never.
        import resource

        resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
        return True
    return False


def empty(folder: Path) -> None:
    """Remove what lies in a folder, as far as possible."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
