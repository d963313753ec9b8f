"""Reads documents in reader processes that can be killed: whatever a document does, it costs that document alone.

A reader process is spawned, never forked from threads; it is the leader of its own session, so one kill takes Tesseract
along; it lives for many documents and is then replaced. The wall clock is watched from here.
"""

import hashlib
import logging
import math
import os
import stat
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from extractors.model import Extraction
from pipeline.batch import Picture
from pipeline.readers.reader_process import ReaderProcess, Scratch
from pipeline.readers.wire import Answer, ReadFailure, Task, Walls
from pipeline.readers.worker import OUT_OF_MEMORY
from pipeline.settings import Settings

CERTIFICATES = "pipeline.readers.reader:certificate_reader"

_DOCUMENTS_PER_WORKER = 100
_BLOCK = 1 << 20
_LOG = logging.getLogger("recert.sandbox")

_DIED = ReadFailure(
    "reader_died",
    "the reader process ended while it read it",
    "Open the file yourself; if it is a certificate, print it to a new PDF and drop that one.",
    retryable=True,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one file. `sha256` is that of its bytes; of a file over the limit, that of its beginning and
    its length; of one that cannot be opened, nothing. With a `failure` there are no extractions."""

    name: str
    sha256: str
    extractions: tuple[Extraction, ...]
    pictures: tuple[Picture, ...]
    failure: ReadFailure | None


class Sandbox:
    """A pool of reader processes; use it as a context manager. Processes start when there is work for them.

    `reader` names a factory of readers as `module:function`. Safe to use from several threads.
    """

    def __init__(
        self, settings: Settings, reader: str = CERTIFICATES, documents_per_worker: int = _DOCUMENTS_PER_WORKER
    ) -> None:
        self._settings = settings
        self._documents_per_worker = documents_per_worker
        self._task = Task(
            reader=reader,
            languages=settings.languages,
            tesseract=settings.tesseract,
            bytes=settings.document_bytes,
            pages=settings.document_pages,
            pixels=settings.document_pixels,
        )
        self._lock = threading.Lock()
        self._idle: list[ReaderProcess] = []
        self._workers: set[ReaderProcess] = set()
        self._closed = True

    def __enter__(self) -> Self:
        self._scratch = Scratch()
        self._threads = ThreadPoolExecutor(self._settings.workers, thread_name_prefix="recert-reader")
        self._closed = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._closed = True
            workers = list(self._workers)
            self._workers.clear()
            self._idle.clear()
        for worker in workers:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._scratch.remove()

    def read(self, path: Path, name: str) -> Reading:
        """Read one file. Never raises for what the file does; raises MissingProgram where no reader process starts."""
        try:
            data, sha256 = _load(path, self._settings.document_bytes)
        except OSError as error:
            return Reading(name, "", (), (), _unopened(error))
        if data is None:
            return Reading(name, sha256, (), (), _oversized(self._settings.document_bytes))
        answer = self._ask(data)
        if answer.trace is not None:
            _LOG.error("reader failed on document %s: %s", sha256[:12], answer.trace)
        pictures = tuple(Picture(page=shown.page, jpeg=shown.jpeg) for shown in answer.pictures)
        return Reading(name, sha256, answer.extractions, pictures, answer.failure)

    def read_many(self, jobs: Iterable[tuple[Path, str]]) -> Iterator[Reading]:
        """Read many files, `workers` at a time; the readings come in the order of the jobs. Jobs are taken a little
        ahead of the reading, not all at once."""
        pending: deque[Future[Reading]] = deque()
        try:
            for path, name in jobs:
                pending.append(self._threads.submit(self.read, path, name))
                if len(pending) >= 2 * self._settings.workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()

    def walls(self) -> Walls:
        """Which walls stand around the readers, for `recert doctor`. Raises MissingProgram where no reader process
        starts."""
        worker = self._borrow()
        self._give_back(worker)
        return worker.walls

    def _ask(self, data: bytes) -> Answer:
        worker = self._borrow()
        try:
            answer = worker.ask(data, self._settings.document_seconds)
        except TimeoutError:
            self._discard(worker)
            return Answer(failure=_timeout(self._settings.document_seconds))
        except (OSError, EOFError, ValueError) as error:
            starved = isinstance(error, EOFError) and worker.starved()
            self._discard(worker)
            return Answer(failure=OUT_OF_MEMORY if starved else _DIED)
        except BaseException:
            self._discard(worker)
            raise
        out_of_memory = answer.failure is not None and answer.failure.code == "out_of_memory"
        if out_of_memory or worker.documents >= self._documents_per_worker:
            self._discard(worker)
        else:
            self._give_back(worker)
        return answer

    def _borrow(self) -> ReaderProcess:
        while True:
            with self._lock:
                if self._closed:
                    raise RuntimeError("the sandbox is closed")
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                break
            if worker.quiet():
                return worker
            self._discard(worker)
        worker = ReaderProcess(self._task, self._scratch.folder(), self._limits())
        with self._lock:
            closed = self._closed
            self._workers.add(worker)
        if closed:
            self._discard(worker)
            raise RuntimeError("the sandbox is closed")
        try:
            worker.greet()
        except BaseException:
            self._discard(worker)
            raise
        return worker

    def _limits(self) -> tuple[str, str]:
        seconds = (self._settings.document_seconds + 1) * (self._documents_per_worker + 1)
        return str(self._settings.document_memory_mib), str(math.ceil(seconds))

    def _give_back(self, worker: ReaderProcess) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(worker)

    def _discard(self, worker: ReaderProcess) -> None:
        with self._lock:
            self._workers.discard(worker)
        worker.kill()


def _load(path: Path, largest: int) -> tuple[bytes | None, str]:
    """The bytes of a file and their SHA-256; no bytes where there are more than `largest`. Raises OSError, also for
    what is not a regular file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"{path} is not a file")
        digest = hashlib.sha256()
        blocks: list[bytes] = []
        left = largest + 1
        while left and (block := stream.read(min(_BLOCK, left))):
            left -= len(block)
            digest.update(block)
            blocks.append(block)
    if left:
        return b"".join(blocks), digest.hexdigest()
    # A file may pretend to be a terabyte: its identity is its beginning and its length.
    digest.update(str(found.st_size).encode())
    return None, digest.hexdigest()


def _unopened(error: OSError) -> ReadFailure:
    return ReadFailure(
        "unopened",
        f"it cannot be opened ({error.strerror or error})",
        "Close it in other programs and check who may read it; it is tried again at the next sweep.",
        retryable=True,
    )


def _oversized(largest: int) -> ReadFailure:
    return ReadFailure(
        "oversized",
        f"it has more than the {largest} bytes that are read",
        "Drop only the pages that show the certificate, or raise RECERT_DOCUMENT_BYTES.",
        retryable=False,
    )


def _timeout(seconds: float) -> ReadFailure:
    return ReadFailure(
        "timeout",
        f"reading it took longer than {seconds:g} seconds",
        "Scan it at a lower resolution or drop fewer pages; RECERT_DOCUMENT_SECONDS sets the limit.",
        retryable=True,
    )
