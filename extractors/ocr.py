"""Words from pixels. The engine is the one impurity of this room and stands behind a small interface."""

import csv
import os
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytesseract
from PIL import Image

from extractors.errors import DamagedDocument, MissingEngine
from extractors.model import Source, Word

# Page segmentation 3 finds blocks by itself. Measured best on certificates, with 4; 6 and 11 lose words or time.
_CONFIGURATION = "--psm 3"
_LINE, _WORD = "4", "5"
_ASCENDING = frozenset("bdfhklti")
_DESCENDING = frozenset("gjpqyQ")
# Shares of the type's size that parts of Latin letters take: above the small letters, the small letters, below.
_ASCENDER, _SMALL, _DESCENDER = 0.22, 0.50, 0.21


class OcrEngine(Protocol):
    """Reads the words of a picture: boxes as fractions of `picture`, confidence 0..1, size relative to its height."""

    @property
    def name(self) -> str: ...

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        """Raises MissingEngine where the program or its language data is not installed."""


class TesseractEngine:
    """Tesseract through pytesseract, on one thread.

    Temporary files go to Python's temporary folder (`TMPDIR`), so that whoever kills this process can empty it.
    """

    name = "tesseract"

    def __init__(self, languages: Sequence[str]) -> None:
        """Read with those of `languages` that are installed. Raises MissingEngine where none is."""
        # Tesseract's own threads cost four times the CPU and gain nothing; pytesseract hands on this environment.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        installed = _installed()
        self.languages = tuple(language for language in languages if language in installed)
        if not self.languages:
            raise MissingEngine(f"Tesseract has none of the languages {', '.join(languages)}")

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        return _recognise(picture.convert("L"), self.languages)


def _installed() -> frozenset[str]:
    try:
        return frozenset(pytesseract.get_languages())
    except pytesseract.TesseractNotFoundError as error:
        raise MissingEngine("the program tesseract is not installed") from error


def _recognise(grey: Image.Image, languages: Sequence[str]) -> tuple[Word, ...]:
    """One pass over a grey picture. Given a path to a PGM, because encoding a PNG can cost more than reading it."""
    with tempfile.TemporaryDirectory(prefix="recert-ocr-") as folder:
        path = Path(folder, "page.pgm")
        grey.save(path, format="PPM")
        try:
            table = pytesseract.image_to_data(str(path), lang="+".join(languages), config=_CONFIGURATION)
        except pytesseract.TesseractNotFoundError as error:
            raise MissingEngine("the program tesseract is not installed") from error
        except pytesseract.TesseractError as error:
            raise DamagedDocument(f"the picture could not be read: {error.message}") from error
    return tuple(_words(table, grey.width, grey.height))


def _words(table: str, width: int, height: int) -> Iterator[Word]:
    """The words of Tesseract's table (tab separated, one row a block, paragraph, line or word)."""
    line: list[tuple[dict[str, str], str]] = []
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _WORD:
            text = (row["text"] or "").strip()
            if text and float(row["conf"]) >= 0:
                line.append((row, text))
        elif line:
            yield from _line_words(line, width, height)
            line = []
    yield from _line_words(line, width, height)


def _line_words(line: Sequence[tuple[dict[str, str], str]], width: int, height: int) -> Iterator[Word]:
    if not line:
        return
    size = statistics.median(int(row["height"]) / _share(text) for row, text in line) / height
    for row, text in line:
        left, top = int(row["left"]) / width, int(row["top"]) / height
        right, bottom = left + int(row["width"]) / width, top + int(row["height"]) / height
        yield Word(text, (left, top, right, bottom), size, Source.PIXELS, float(row["conf"]) / 100)


def _share(text: str) -> float:
    """The height of a word's ink as a share of its type's size, by the letters it has."""
    share = _SMALL
    if any(char in _ASCENDING or not char.islower() for char in text):
        share += _ASCENDER
    if any(char in _DESCENDING for char in text):
        share += _DESCENDER
    return share
