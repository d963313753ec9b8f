"""Documents as the engines read them, remembered between runs: reading takes minutes, choosing seconds."""

import datetime as dt
import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from benchmarks.accuracy.corpus import Case
from extractors import enhance, ocr, rapid
from extractors.document import Limits, open_document
from extractors.extract import Clock, Engines, read_certificates
from extractors.finder import SeenPage
from extractors.model import Word
from extractors.ocr import OcrEngine, TesseractEngine
from extractors.profile import load_profiles
from extractors.rapid import RapidEngine
from pipeline.settings import Settings

# Outside of the project: it holds what real documents say.
MEMORY = Path(os.environ.get("RECERT_READINGS", Path(tempfile.gettempdir(), "recert-readings")))


@dataclass(frozen=True)
class Reading:
    """The pages of a document's first certificate, read by both engines wherever pixels were needed at all."""

    case: Case
    pages: tuple[SeenPage, ...]
    created_on: dt.date | None


class RememberedEngine:
    """An engine that reads a picture once, as long as neither the picture nor the engine's code changes."""

    def __init__(self, name: str, make: Callable[[], OcrEngine], code: str) -> None:
        self.name, self._make, self._code = name, make, code
        self._engine: OcrEngine | None = None

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        seen = hashlib.sha256(f"{self._code} {picture.size} {picture.mode} ".encode() + picture.tobytes()).hexdigest()
        path = MEMORY / f"{self.name}-{seen}.pickle"
        if path.is_file():
            remembered: tuple[Word, ...] = pickle.loads(path.read_bytes())
            return remembered
        if self._engine is None:
            self._engine = self._make()
        words = self._engine.read(picture)
        MEMORY.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(words))
        return words


@cache
def engines() -> Engines:
    """The engines of the product, remembered."""
    first = RememberedEngine(
        "first", lambda: TesseractEngine(Settings().languages), _code(ocr.__file__, enhance.__file__)
    )
    return Engines(first, RememberedEngine("second", RapidEngine, _code(rapid.__file__)))


def _code(*files: str) -> str:
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()


def limits() -> Limits:
    settings = Settings()
    return Limits(bytes=settings.document_bytes, pages=settings.document_pages, pixels=settings.document_pixels)


def readings(cases: Sequence[Case], processes: int = 2) -> list[Reading]:
    """All cases read, in their order."""
    with ProcessPoolExecutor(processes) as pool:
        read = pool.map(_read, [(case.origin, case.load()) for case in cases], chunksize=4)
        return [Reading(case, *result) for case, result in zip(cases, read, strict=True)]


def _read(task: tuple[str, bytes]) -> tuple[tuple[SeenPage, ...], dt.date | None]:
    origin, data = task
    with open_document(data, limits()) as document:
        # Look-alikes are there for the choice between lines; their pixels say what their text says.
        used = Engines(_NoEngine()) if origin == "lookalike" else engines()
        certificates = read_certificates(document, used, load_profiles(), Clock(), thorough=True)
        return certificates[0].pages, document.metadata.created_on


class _NoEngine:
    name = "none"

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        return ()
