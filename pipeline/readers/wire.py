"""What the sandbox and its reader processes say to each other: frames of a length and JSON, never pickles.

A reader that a hostile document has taken over can lie, but it cannot run code in recert.
"""

import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from extractors.model import Extraction

_HEADER = struct.Struct(">Q")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """Why a document yields no extraction. `retryable`: the same bytes may be readable at a later sweep."""

    code: str
    message: str
    action: str
    retryable: bool


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")

    def frame(self) -> bytes:
        return self.model_dump_json().encode()


class Task(_Message):
    """What a reader process is for: the reader (`module:function`) and the limits of one document."""

    reader: str
    languages: tuple[str, ...]
    tesseract: Literal["auto", "program", "library"] = "program"
    bytes: int
    pages: int
    pixels: int


class Walls(_Message):
    """Which walls the kernel keeps around a reader process (docs/fuzzing.md).

    network: no network, and no process of it outlives it. files: it reads nothing but programs and what readers are
    made of, and writes nowhere else than to its temporary folder. calls: no new sockets, even local ones, no other
    processes' memory. processes: so many at most. disk: its temporary files fill a small disk of their own.
    """

    network: bool = False
    files: bool = False
    calls: bool = False
    processes: bool = False
    disk: bool = False


class Hello(_Message):
    """The first thing a reader process says. With a `problem` it cannot work, and `action` says what to do."""

    walls: Walls = Walls()
    problem: str | None = None
    action: str = ""


class Shown(_Message):
    """A page as a person sees it: a small JPEG."""

    page: int
    jpeg: bytes


class Answer(_Message):
    """What was read of one document. `trace` says where in our own code an unexpected error rose; it holds no text of
    the document."""

    extractions: tuple[Extraction, ...] = ()
    pictures: tuple[Shown, ...] = ()
    failure: ReadFailure | None = None
    trace: str | None = None


Reader = Callable[[bytes], Answer]
ReaderFactory = Callable[[Task], Reader]


def send(connection: socket.socket, payload: bytes, seconds: float | None = None) -> None:
    """Send one frame. Raises OSError where the other end is gone, TimeoutError after `seconds`."""
    connection.settimeout(seconds)
    connection.sendall(_HEADER.pack(len(payload)))
    connection.sendall(payload)


def receive(connection: socket.socket, largest: int, seconds: float | None = None) -> bytes | None:
    """Receive one frame, None where the other end closed before it. Raises EOFError where it closed within, ValueError
    for a frame over `largest` bytes, TimeoutError after `seconds`, however slowly the bytes drip."""
    until = None if seconds is None else time.monotonic() + seconds
    header = _receive_exactly(connection, _HEADER.size, until)
    if not header:
        return None
    (length,) = _HEADER.unpack(header)
    if length > largest:
        raise ValueError(f"a frame of {length} bytes, more than {largest}")
    payload = _receive_exactly(connection, length, until)
    if len(payload) < length:
        raise EOFError
    return payload


def _receive_exactly(connection: socket.socket, length: int, until: float | None) -> bytes:
    received = bytearray()
    while len(received) < length:
        if until is not None:
            connection.settimeout(max(until - time.monotonic(), 0.001))
            if time.monotonic() >= until:
                raise TimeoutError
        block = connection.recv(min(length - len(received), _BLOCK))
        if not block and received:
            raise EOFError
        if not block:
            break
        received += block
    return bytes(received)
