"""What runs inside a reader process, once its walls stand: load the reader, answer one document after another."""

import importlib
import socket
import traceback
from pathlib import Path

from extractors.errors import UnreadableDocument
from pipeline.readers.walls import empty
from pipeline.readers.wire import Answer, Hello, Reader, ReaderFactory, ReadFailure, Task, Walls, receive, send

_LARGEST = 2**32


def serve(connection: socket.socket, walls: Walls) -> None:
    """Answer questions until the other end closes: first a Task, then one frame of bytes per document. What a document
    left in the temporary folder is gone before the next."""
    first = receive(connection, _LARGEST)
    if first is None:
        return
    try:
        read = load(Task.model_validate_json(first))
    except UnreadableDocument as error:
        send(connection, Hello(walls=walls, problem=error.message, action=error.action).frame())
        return
    except Exception as error:
        problem = f"the readers do not load ({type(error).__name__}: {error})"
        send(connection, Hello(walls=walls, problem=problem).frame())
        return
    send(connection, Hello(walls=walls).frame())
    while (data := receive(connection, _LARGEST)) is not None:
        said = answered(read, data)
        empty(Path.cwd())
        send(connection, said)


def load(task: Task) -> Reader:
    """The reader that a task names as `module:function`."""
    module, _, function = task.reader.partition(":")
    factory: ReaderFactory = getattr(importlib.import_module(module), function)
    return factory(task)


def answered(read: Reader, data: bytes) -> bytes:
    """The answer as a frame; one that cannot be written down is the reader's failure, too."""
    try:
        return answer(read, data).frame()
    except Exception as error:
        return _failed(error).frame()


def answer(read: Reader, data: bytes) -> Answer:
    """Read one document; whatever goes wrong becomes a failure with a code and what to do."""
    try:
        return read(data)
    except UnreadableDocument as error:
        return Answer(failure=ReadFailure(error.code, error.message, error.action, error.retryable))
    except MemoryError:
        return Answer(failure=OUT_OF_MEMORY)
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> Answer:
    kind = type(error).__name__
    failure = ReadFailure(
        "reader_failed",
        f"the reader failed on it ({kind})",
        "Open the file yourself; if it is a certificate, enter it with `recert items add` and report the failure.",
        retryable=False,
    )
    # Frames only: the text of an exception may quote the document.
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return Answer(failure=failure, trace=f"{kind} at {' < '.join(reversed(places[-8:]))}")


OUT_OF_MEMORY = ReadFailure(
    "out_of_memory",
    "reading it takes more memory than one document may have",
    "Scan it at a lower resolution, or raise RECERT_DOCUMENT_MEMORY_MIB.",
    retryable=False,
)
