"""Words from pixels. The engine is the one impurity of this room and stands behind a small interface."""

import csv
import os
import re
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, cast

import pytesseract
from PIL import Image

from extractors.enhance import Prepared, ground_share
from extractors.errors import DamagedDocument, MissingEngine
from extractors.model import Source, Word

# Page segmentation 3 finds blocks by itself. Measured best on certificates, with 4; 6 and 11 lose words or time.
_CONFIGURATION = "--psm 3"
_WORD = "5"
_ASCENDING = frozenset("bdfhklti")
_DESCENDING = frozenset("gjpqyQ")
# Shares of the type's size that parts of Latin letters take: above the small letters, the small letters, below.
_ASCENDER, _SMALL, _DESCENDER = 0.22, 0.50, 0.21
# Language data of another script than Latin, by Tesseract's name of the script.
_SCRIPTS = {"rus": "Cyrillic", "ukr": "Cyrillic", "bul": "Cyrillic", "ell": "Greek"}
# A page is read with these first: measured, they read English as well as the English data does (which, tried first,
# strips accents and reads ñ as h), and all eight languages at once cost twice as much for nothing more.
_FIRST = ("spa", "fra", "por", "tur")
_FIRST_COUNT = 3
# Mean confidences: clean pages in a language read with have 0.85 to 0.96, in another one 0.7 to 0.88, upside down or in
# another script below 0.65, photos anywhere.
_SURE, _DOUBTFUL, _POOR = 0.85, 0.80, 0.75
_EVEN_GROUND = 0.5
# A later pass must see this much more: it also sees more noise.
_GAIN = 1.05
# Of 255. Type fainter than this is not read by anybody.
_LEAST_CONTRAST = 16
# A few of the pixels (so many a side) tell that most pages are not blank.
_FEW = 256
_TURN = re.compile(r"Rotate: (\d+)")
_SCRIPT = re.compile(r"Script: (\w+)")


class OcrEngine(Protocol):
    """Reads the words of a picture: boxes as fractions of `picture`, confidence 0..1, size relative to its height."""

    @property
    def name(self) -> str: ...

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        """Raises MissingEngine where the program or its language data is not installed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass saw: the words on the prepared picture, and with which languages."""

    prepared: Prepared
    words: tuple[Word, ...]
    languages: tuple[str, ...]

    @property
    def confidence(self) -> float:
        """Mean confidence of the letters, 0 where there are none."""
        weighed = [(word.confidence, _weight(word)) for word in self.words]
        total = sum(weight for _, weight in weighed)
        return sum(confidence * weight for confidence, weight in weighed) / total if total else 0.0

    @property
    def worth(self) -> float:
        """Letters that were read with more than even confidence; noise does not count against a pass."""
        return sum((word.confidence - 0.5) * _weight(word) for word in self.words if word.confidence > 0.5)

    @property
    def sideways(self) -> bool:
        """Whether most words stand taller than they are wide: the page lies on its side."""
        width, height = self.prepared.picture.size
        tall = [
            (word.box[3] - word.box[1]) * height > (word.box[2] - word.box[0]) * width
            for word in self.words
            if len(word.text) > 3
        ]
        return sum(tall) > len(tall) / 2


class TesseractEngine:
    """Tesseract through pytesseract, on one thread.

    A page that reads well takes one pass. Where it does not, the next passes try what helps most for the least: the
    orientation and script, then level lines and even light, then all languages; the reading with the most letters read
    confidently is kept. Temporary files go to Python's temporary folder (`TMPDIR`), so that whoever kills this
    process can empty it.
    """

    name = "tesseract"

    def __init__(self, languages: Sequence[str]) -> None:
        """Read with those of `languages` that are installed, likeliest first. Raises MissingEngine where none is."""
        # Tesseract's own threads cost four times the CPU and gain nothing; pytesseract hands on this environment.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        installed = _installed()
        self.languages = tuple(language for language in languages if language in installed)
        if not self.languages:
            raise MissingEngine(f"Tesseract has none of the languages {', '.join(languages)}")
        self._latin = tuple(language for language in self.languages if language not in _SCRIPTS)
        preferred = tuple(language for language in _FIRST if language in self._latin)
        self._first = preferred or self._latin[:_FIRST_COUNT] or self.languages
        self._can_orient = "osd" in installed

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        grey = picture.convert("L")
        if _is_blank(grey):
            return ()
        prepared = Prepared.of(grey)
        # On a photo the lost words lower no confidence: they are not seen at all.
        uneven = ground_share(prepared.picture) < _EVEN_GROUND
        best = self.recognise(prepared, self._first)
        if best.confidence < _POOR or best.sideways:
            best = self._reoriented(best)
        if best.confidence < _DOUBTFUL or uneven:
            best = _better(best, self.recognise(best.prepared.level().softened(), best.languages))
        if best.confidence < _SURE and best.languages == self._first and len(self._latin) > len(self._first):
            best = _better(best, self.recognise(best.prepared, self._latin))
        return tuple(_as_given(word, best.prepared) for word in best.words)

    def recognise(self, prepared: Prepared, languages: Sequence[str]) -> Reading:
        """One pass. Raises MissingEngine or DamagedDocument."""
        return _recognise(prepared, languages)

    def orientation(self, prepared: Prepared) -> tuple[int, str]:
        """By how many degrees clockwise the page must be turned to stand upright, and its script."""
        return _orientation(prepared)

    def _reoriented(self, reading: Reading) -> Reading:
        """The page read again the right way up and in its script, where it was neither."""
        turn, script = self.orientation(reading.prepared) if self._can_orient else (0, "Latin")
        same_script = tuple(language for language in self.languages if _SCRIPTS.get(language) == script)
        if not turn and not same_script:
            return reading
        prepared = reading.prepared.upright(turn) if turn else reading.prepared
        upright = self.recognise(prepared, (*same_script, *self._first[:1]) if same_script else self._first)
        # Tesseract may read a page on its side as well as an upright one; its words then lie askew all the same.
        return _better(upright, reading)


def _installed() -> frozenset[str]:
    try:
        return frozenset(pytesseract.get_languages())
    except pytesseract.TesseractNotFoundError as error:
        raise MissingEngine("the program tesseract is not installed") from error


def _is_blank(grey: Image.Image) -> bool:
    few = grey.resize((_FEW, _FEW), Image.Resampling.NEAREST)
    return _contrast(few) < _LEAST_CONTRAST and _contrast(grey) < _LEAST_CONTRAST


def _contrast(grey: Image.Image) -> int:
    darkest, lightest = cast(tuple[int, int], grey.getextrema())
    return lightest - darkest


def _weight(word: Word) -> int:
    return sum(char.isalnum() for char in word.text)


def _better(one: Reading, other: Reading) -> Reading:
    return other if other.worth > _GAIN * one.worth else one


def _as_given(word: Word, prepared: Prepared) -> Word:
    """The word with its place on the picture first given."""
    # On its side, the size was a share of what is the width of the picture given.
    shape = prepared.picture.height / prepared.picture.width if prepared.turned in (90, 270) else 1.0
    return replace(word, box=prepared.box_back(word.box), size=word.size * shape, turned=prepared.turned)


def _orientation(prepared: Prepared) -> tuple[int, str]:
    """By how many degrees clockwise the page must be turned to stand upright, and its script."""
    with _as_file(prepared.picture) as path:
        try:
            stated = pytesseract.image_to_osd(path)
        except pytesseract.TesseractError:
            return 0, "Latin"  # too few letters to tell
    turn, script = _TURN.search(stated), _SCRIPT.search(stated)
    return int(turn[1]) % 360 if turn else 0, script[1] if script else "Latin"


def _recognise(prepared: Prepared, languages: Sequence[str]) -> Reading:
    """One pass. Raises MissingEngine or DamagedDocument."""
    with _as_file(prepared.picture) as path:
        try:
            table = pytesseract.image_to_data(path, lang="+".join(languages), config=_CONFIGURATION)
        except pytesseract.TesseractNotFoundError as error:
            raise MissingEngine("the program tesseract is not installed") from error
        except pytesseract.TesseractError as error:
            raise DamagedDocument(f"the picture could not be read: {error.message}") from error
    return reading_of(table, prepared, languages)


def reading_of(table: str, prepared: Prepared, languages: Sequence[str]) -> Reading:
    """What Tesseract's table (tab separated, with headings) says of a picture."""
    return Reading(prepared, tuple(_words(table, *prepared.picture.size)), tuple(languages))


@contextmanager
def _as_file(grey: Image.Image) -> Iterator[str]:
    """The path of the picture as a PGM: pytesseract would encode a PNG, which can cost more than reading it."""
    with tempfile.TemporaryDirectory(prefix="recert-ocr-") as folder:
        path = Path(folder, "page.pgm")
        grey.save(path, format="PPM")
        yield str(path)


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
