"""What one reader process weighs after so many documents."""

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from PIL import Image

from extractors.extract import extract
from extractors.model import Word
from extractors.ocr import OcrEngine, TesseractEngine
from extractors.profile import load_profiles
from speed.common import LIMITS, SETTINGS

AT = (100, 250, 500, 1000)
_PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


class Remembering:
    """Tesseract once for each picture, then the same words again.

    The program runs in a process of its own and leaves nothing in this one; all else is done anew for each document.
    """

    name = "tesseract"

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine
        self._known: dict[int, tuple[Word, ...]] = {}

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        key = hash(picture.tobytes())
        if key not in self._known:
            self._known[key] = self._engine.read(picture)
        return self._known[key]


def measure(files: dict[str, bytes]) -> dict[str, object]:
    """MiB of resident memory after each number of documents of `AT`, and the last against the first."""
    context = get_context("spawn")
    here, there = context.Pipe()
    worker = context.Process(target=_work, args=(there, list(files.values())))
    worker.start()
    there.close()
    weights: dict[int, float] = here.recv()
    worker.join()
    return {
        "mib": {str(number): round(weight, 1) for number, weight in weights.items()},
        "ratio": round(weights[AT[-1]] / weights[AT[0]], 3),
    }


def _work(pipe: Connection, documents: list[bytes]) -> None:
    engine, profiles = Remembering(TesseractEngine(SETTINGS.languages)), load_profiles()
    weights = {}
    read: Callable[[bytes], object] = lambda data: extract(data, engine=engine, profiles=profiles, limits=LIMITS)  # noqa: E731
    for number in range(AT[-1]):
        read(documents[number % len(documents)])
        if number + 1 in AT:
            weights[number + 1] = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_KIB / 1024
    pipe.send(weights)
