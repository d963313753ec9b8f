"""What runs inside a reader process, once its walls stand: load the reader, answer one document after another."""

import importlib
import socket
import traceback

from extractors.errors import UnreadableDocument
from pipeline.wire import Answer, Hello, Reader, ReaderFactory, ReadFailure, Task, receive, send

_LARGEST = 2**32


def serve(connection: socket.socket, isolated: bool) -> None:
    """Answer questions until the other end closes: first a Task, then one frame of bytes per document."""
    first = receive(connection, _LARGEST)
    if first is None:
        return
    try:
        read = load(Task.model_validate_json(first))
    except UnreadableDocument as error:
        send(connection, Hello(isolated=isolated, problem=error.message, action=error.action).frame())
        return
    except Exception as error:
        problem = f"the readers do not load ({type(error).__name__}: {error})"
        send(connection, Hello(isolated=isolated, problem=problem).frame())
        return
    send(connection, Hello(isolated=isolated).frame())
    while (data := receive(connection, _LARGEST)) is not None:
        send(connection, answer(read, data).frame())


def load(task: Task) -> Reader:
    """The reader that a task names as `module:function`."""
    module, _, function = task.reader.partition(":")
    factory: ReaderFactory = getattr(importlib.import_module(module), function)
    return factory(task)


def answer(read: Reader, data: bytes) -> Answer:
    """Read one document; whatever goes wrong becomes a failure with a code and what to do."""
    try:
        return read(data)
    except UnreadableDocument as error:
        return Answer(failure=ReadFailure(error.code, error.message, error.action, error.retryable))
    except MemoryError:
        return Answer(failure=OUT_OF_MEMORY)
    except Exception as error:
        kind = type(error).__name__
        failure = ReadFailure(
            "reader_failed",
            f"the reader failed on it ({kind})",
            "Open the file yourself; if it is a certificate, enter it with `recert items add` and report the failure.",
            retryable=False,
        )
        # Frames only: the text of an exception may quote the document.
        places = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        return Answer(failure=failure, trace=f"{kind} at {' < '.join(reversed(places[-8:]))}")


OUT_OF_MEMORY = ReadFailure(
    "out_of_memory",
    "reading it takes more memory than one document may have",
    "Scan it at a lower resolution, or raise RECERT_DOCUMENT_MEMORY_MIB.",
    retryable=False,
)
