"""What one reader process weighs after so many documents."""

import os
import random
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from PIL import Image

from extractors.extract import extract
from extractors.model import Word
from extractors.ocr import OcrEngine
from extractors.ocr_fast import tesseract
from extractors.profile import load_profiles
from extractors.rapid import RapidEngine
from speed.common import LIMITS, SETTINGS

AT = (100, 250, 500, 1000)
_ANEW = 5
_PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


class Remembering:
    """An engine that reads every `_ANEW`th picture itself, and has what it read of the others before.

    All that is left behind in this process is left by those; reading every one would take an hour.
    """

    def __init__(self, engine: OcrEngine) -> None:
        self.name = engine.name
        self._engine = engine
        self._known: dict[int, tuple[Word, ...]] = {}
        self._asked = 0

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        key = hash(picture.tobytes())
        self._asked += 1
        if key not in self._known or self._asked % _ANEW == 0:
            self._known[key] = self._engine.read(picture)
        return self._known[key]


def measure(files: dict[str, bytes]) -> dict[str, object]:
    """MiB of resident memory after each number of documents of `AT`, and the last against the first.

    Both engines are in the process, as in a reader process: Tesseract as a library, and the second one.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    # Mixed, so that both engines are loaded when the first number is taken.
    documents = random.Random(1).sample(list(files.values()), len(files))
    worker = context.Process(target=_work, args=(there, documents))
    worker.start()
    there.close()
    weights: dict[int, float] = here.recv()
    worker.join()
    return {
        "mib": {str(number): round(weight, 1) for number, weight in weights.items()},
        "ratio": round(weights[AT[-1]] / weights[AT[0]], 3),
    }


def _work(pipe: Connection, documents: list[bytes]) -> None:
    engine, second = Remembering(tesseract(SETTINGS.languages, "library")), Remembering(RapidEngine())
    profiles = load_profiles()
    weights = {}

    def read(data: bytes) -> None:
        extract(data, engine=engine, second=second, profiles=profiles, limits=LIMITS)

    for number in range(AT[-1]):
        read(documents[number % len(documents)])
        if number + 1 in AT:
            weights[number + 1] = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_KIB / 1024
    pipe.send(weights)
