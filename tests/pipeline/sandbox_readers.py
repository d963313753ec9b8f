"""Readers that misbehave, to be run in real reader processes. The document says what it wants done."""

import ctypes
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from extractors.errors import EncryptedDocument
from pipeline.wire import Answer, Reader, ReadFailure, Shown, Task


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


def limits(_: str) -> Answer:
    kinds = (resource.RLIMIT_CORE, resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)
    return told(" ".join(str(resource.getrlimit(kind)[1]) for kind in kinds))


def environment(_: str) -> Answer:
    return told(" ".join(sorted(os.environ)))


ORDERS: dict[str, Callable[[str], Answer]] = {
    "say": told,
    "exit": leave,
    "raise": divide,
    **{
        function.__name__.replace("_", "-"): function
        for function in (
            *(picture, slowly, session, hang, spin, hang_in_child, hang_in_fork, escape, eat, crash, abort, recurse),
            *(encrypted, babble, lie, drip, connect, connect_in_child, litter, limits, environment),
        )
    },
}
