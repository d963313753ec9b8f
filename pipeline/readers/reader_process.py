"""One reader process: how it is started, asked and ended, and the temporary folders that go with it."""

import fcntl
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import MissingProgram
from pipeline.readers.confinement import OUT_OF_MEMORY
from pipeline.readers.wire import Answer, Hello, Task, Walls, receive, send

_START_SECONDS = 60.0
_LAST_SECONDS = 1.0
_LARGEST_ANSWER = 128 * 2**20
_BLOCK = 1 << 20
_PREFIX = "recert-readers-"
# Nothing else of our environment: the ledger's address may hold a password.
_PASSED_ON = ("PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TZ")
# glibc gives blocks as large as a drawn page back to the system and gets them anew, filled with zeros: that was a
# thirtieth of the processor's time of a page read in one pass. With these it keeps them. Other systems ignore them.
ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": str(20 * 2**20), "MALLOC_TRIM_THRESHOLD_": str(64 * 2**20)}


class ReaderProcess:
    """One reader process, its socket and its private temporary folder."""

    def __init__(self, task: Task, scratch: Path, limits: tuple[str, ...]) -> None:
        self.documents = 0
        self.walls = Walls()
        self._task = task
        self._scratch = scratch
        self._killing = threading.Lock()
        self._killed = False
        self._log = scratch.with_name(f"{scratch.name}.log")
        self._socket, theirs = socket.socketpair()
        with theirs, self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "pipeline.readers.confinement", str(theirs.fileno()), *limits],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=scratch,
                env=_environment(scratch),
                start_new_session=True,
            )

    def greet(self) -> None:
        """Wait until it is ready. Raises MissingProgram with what it says is wrong."""
        try:
            send(self._socket, self._task.frame(), _START_SECONDS)
            frame = receive(self._socket, _LARGEST_ANSWER, _START_SECONDS)
            hello = Hello(problem=self._last_words()) if frame is None else Hello.model_validate_json(frame)
        except (OSError, EOFError, ValueError) as error:
            raise MissingProgram(
                f"The reader process does not start ({error}; {self._last_words()}).", "Run `recert doctor`."
            ) from error
        if hello.problem is not None:
            raise MissingProgram(
                f"The reader process does not start: {hello.problem}.", hello.action or "Run `recert doctor`."
            )
        self.walls = hello.walls

    def ask(self, data: bytes, seconds: float) -> Answer:
        """Raises TimeoutError, and OSError, EOFError or ValueError where the process ended or talks nonsense."""
        started = time.monotonic()
        self.documents += 1
        send(self._socket, data, seconds)
        frame = receive(self._socket, _LARGEST_ANSWER, seconds - (time.monotonic() - started))
        if frame is None:
            raise EOFError
        try:
            return Answer.model_validate_json(frame)
        except ValidationError:
            raise ValueError("the answer is not one") from None

    def quiet(self) -> bool:
        """Whether it waits for work: one that ended, or speaks unasked, is of no use."""
        watch = select.poll()
        watch.register(self._socket, select.POLLIN)
        return not watch.poll(0)

    def starved(self) -> bool:
        """Whether a process that ended had most of its memory in use."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(_LAST_SECONDS) == OUT_OF_MEMORY
        return False

    def kill(self) -> None:
        """End the process and all that it started, and remove its temporary folder. May be called twice."""
        with self._killing:
            if self._killed:
                return
            self._killed = True
            # The group's number stays ours until the leader is waited for.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._wait_for_the_last(_LAST_SECONDS)
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
            _remove(self._scratch)
            _remove(self._log)

    def _wait_for_the_last(self, seconds: float) -> None:
        """Wait until nobody holds the other end of the socket: the kernel ends a group one by one."""
        until = time.monotonic() + seconds
        with suppress(OSError):
            while (left := until - time.monotonic()) > 0:
                self._socket.settimeout(left)
                if not self._socket.recv(_BLOCK):
                    return

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"


class Scratch:
    """The folder of all temporary folders of one sandbox, locked for as long as we live."""

    def __init__(self) -> None:
        for stale in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            _remove_if_stale(stale)
        while True:
            self._path = Path(tempfile.mkdtemp(prefix=_PREFIX))
            with suppress(BlockingIOError, FileNotFoundError):  # taken for a stale one before it was locked
                self._lock = _locked(self._path)
                if self._path.exists():
                    return
                os.close(self._lock)

    def folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self._path))

    def remove(self) -> None:
        _remove(self._path)
        os.close(self._lock)


def _locked(folder: Path) -> int:
    """A descriptor of a folder that nobody else has locked. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _remove_if_stale(path: Path) -> None:
    """Remove the folder of a sandbox that was killed: its lock is free."""
    with suppress(OSError):
        if path.lstat().st_uid != os.getuid():
            return
        lock = _locked(path)
        _remove(path)
        os.close(lock)


def _remove(path: Path) -> None:
    """Remove a file or folder; processes that are just dying may still write to it."""
    for _ in range(40):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
        if not os.path.lexists(path):
            return
        time.sleep(0.025)


def _environment(scratch: Path) -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "OMP_THREAD_LIMIT": "1",
        **ALLOCATOR,
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path),
    }
