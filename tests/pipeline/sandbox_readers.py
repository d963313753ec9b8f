"""Readers that misbehave, to be run in real reader processes. The document says what it wants done."""

import ctypes
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from extractors.errors import EncryptedDocument
from pipeline.readers.wire import Answer, Reader, ReadFailure, Shown, Task


def obedient(task: Task) -> Reader:
    """A reader that does what the bytes of the document say: the name of a function here, and its argument."""

    def read(data: bytes) -> Answer:
        order, _, argument = data.decode().partition(" ")
        return ORDERS[order](argument)

    return read


def broken(task: Task) -> Reader:
    raise RuntimeError("no such luck")


def told(text: str) -> Answer:
    """An answer that carries a fact out of the reader process."""
    return Answer(failure=ReadFailure("told", text, "", retryable=False))


def picture(_: str) -> Answer:
    return Answer(pictures=(Shown(page=1, jpeg=bytes(range(256))),))


def slowly(argument: str) -> Answer:
    time.sleep(0.3)
    return told(argument)


def session(_: str) -> Answer:
    return told(str(os.getsid(0)))


def hang(_: str) -> Answer:
    Path("began").touch()
    time.sleep(1000)
    return Answer()


def spin(_: str) -> Answer:
    while True:
        pass


def hang_in_child(_: str) -> Answer:
    subprocess.run(["sleep", "1000"], check=True)
    return Answer()


def hang_in_fork(_: str) -> Answer:
    os.fork()
    time.sleep(1000)
    return Answer()


def escape(_: str) -> Answer:
    if os.fork() == 0:
        os.setsid()
        time.sleep(1000)
    os._exit(3)


def eat(_: str) -> Answer:
    memory = []
    while True:
        memory.append(bytes(64 * 2**20))


def crash(_: str) -> Answer:
    return told(str(ctypes.string_at(0)))


def leave(_: str) -> Answer:
    os._exit(7)


def abort(_: str) -> Answer:
    os.abort()


def divide(argument: str) -> Answer:
    raise ZeroDivisionError(argument)


def recurse(argument: str) -> Answer:
    return recurse(argument)


def encrypted(_: str) -> Answer:
    raise EncryptedDocument("it needs a password")


def connection() -> socket.socket:
    """The reader's own line to recert, as hostile code would find it."""
    return socket.socket(fileno=os.dup(int(sys.argv[1])))


def babble(_: str) -> Answer:
    with connection() as line:
        line.sendall((5).to_bytes(8, "big") + b"hello")
    return told("said too much")


def lie(_: str) -> Answer:
    with connection() as line:
        line.sendall((2**60).to_bytes(8, "big"))
    time.sleep(1000)
    return Answer()


def drip(_: str) -> Answer:
    with connection() as line:
        line.sendall((100).to_bytes(8, "big"))
        while True:
            line.sendall(b"x")
            time.sleep(0.4)


def connect(argument: str) -> Answer:
    with socket.socket() as line:
        line.connect(("127.0.0.1", int(argument)))
    return told("connected")


def connect_in_child(argument: str) -> Answer:
    code = f"import socket; socket.create_connection(('127.0.0.1', {argument}), 2)"
    return told(str(subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode))


def litter(_: str) -> Answer:
    Path(tempfile.mkstemp()[1]).write_text("secret")
    Path(tempfile.mkdtemp(), "more").write_text("secret")
    return told(tempfile.gettempdir())


def listing(argument: str) -> Answer:
    return told(str([path.name for path in Path(argument).iterdir()]))


def reading(argument: str) -> Answer:
    return told(Path(argument).read_text())


def writing(argument: str) -> Answer:
    return told(str(Path(argument).write_text("written")))


def local_socket(argument: str) -> Answer:
    """From a program of its own, which knows nothing of Python's guard."""
    code = f"import socket; socket.socket(socket.AF_UNIX).connect({argument!r})"
    return told(str(subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode))


def descriptors(argument: str) -> Answer:
    with ExitStack() as opened:
        for _ in range(int(argument)):
            opened.enter_context(Path(os.devnull).open("rb"))
    return told(argument)


def multiply(argument: str) -> Answer:
    """How many of so many processes there can be at once."""
    started = []
    with suppress(OSError):
        for _ in range(int(argument)):
            child = os.fork()
            if child == 0:
                time.sleep(1000)
            started.append(child)
    for child in started:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return told(str(len(started)))


def fork_bomb(_: str) -> Answer:
    """Each process makes another, and that again, as many as there may be."""
    while True:
        with suppress(OSError):
            os.fork()
        time.sleep(0.01)


def grow(argument: str) -> Answer:
    with Path(tempfile.gettempdir(), "large").open("wb") as stream:
        return told(str(stream.truncate(int(argument) * 2**20)))


def fill(argument: str) -> Answer:
    """How many MiB of so many fit among the temporary files."""
    block, written = bytes(2**20), 0
    with suppress(OSError):
        for number in range(int(argument)):
            Path(tempfile.gettempdir(), str(number)).write_bytes(block)
            written += 1
    return told(str(written))


def reserve(argument: str) -> Answer:
    with mmap.mmap(-1, int(argument) * 2**20) as memory:
        return told(str(len(memory)))


def burn(argument: str) -> Answer:
    """Use up a second of processor time that is all there is."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(argument), int(argument)))
    return spin("")


def call(argument: str) -> Answer:
    """The error number of a system call with no arguments that make sense."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall(int(argument), 0, 0, 0)
    return told(os.strerror(ctypes.get_errno()))


def signalled(argument: str) -> Answer:
    os.kill(int(argument), 0)
    return told("it would get the signal")


def limits(_: str) -> Answer:
    kinds = (resource.RLIMIT_CORE, resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)
    return told(" ".join(str(resource.getrlimit(kind)[1]) for kind in kinds))


def environment(_: str) -> Answer:
    return told(" ".join(sorted(os.environ)))


ORDERS: dict[str, Callable[[str], Answer]] = {
    "say": told,
    "exit": leave,
    "list": listing,
    "raise": divide,
    **{
        function.__name__.replace("_", "-"): function
        for function in (
            *(picture, slowly, session, hang, spin, hang_in_child, hang_in_fork, escape, eat, crash, abort, recurse),
            *(encrypted, babble, lie, drip, connect, connect_in_child, litter, limits, environment),
            *(reading, writing, local_socket, descriptors, multiply, fork_bomb, grow, fill, reserve, burn, call),
            signalled,
        )
    },
}
