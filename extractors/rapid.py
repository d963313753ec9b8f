"""Words from pixels by a neural reader, as a second opinion: script type, noisy photos, small codes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy
from PIL import Image

from extractors.errors import MissingEngine
from extractors.layout import around
from extractors.model import Box, Source, Word

if TYPE_CHECKING:
    from rapidocr import RapidOCR
    from rapidocr.utils.output import RapidOCROutput

# The reader's boxes reach beyond the letters above and below; type is this share of their height. Measured against the
# sizes that Tesseract's words have on the same pages.
_TYPE_SHARE = 0.81
# A line this many times as tall as wide runs up or down the page.
_VERTICAL = 1.5
_DOWNWARDS = 270
_LEAST_CONFIDENCE = 0.3
# Lines are looked for on a copy of at most this many pixels a side and read at full size: measured on certificates,
# that finds the same lines as the full size does, in half of the time.
_LOOKED_FOR_AT = 1280
_Corners = Sequence[Sequence[float]]
_SeenWord = tuple[str, float, _Corners]


@cache
def _reader() -> "RapidOCR":
    """The library and its models, loaded when they are first needed. Raises MissingEngine where it is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise MissingEngine("the Python package rapidocr is not installed") from error
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.text_score": _LEAST_CONFIDENCE,
            "Det.limit_side_len": _LOOKED_FOR_AT,
            "Det.limit_type": "max",
            # Lines read together are padded to the longest of them: on one thread that only costs.
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


class RapidEngine:
    """RapidOCR with the models that its wheel brings (Latin, Chinese and Japanese letters; no Cyrillic), on one thread.

    It costs two to three times the processor time of Tesseract, and half a gigabyte of memory once it has been used;
    the models are loaded with the first picture.
    """

    name = "rapidocr"

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        pixels = numpy.ascontiguousarray(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
        read = cast("RapidOCROutput", _reader()(pixels, return_word_box=True))
        if read.boxes is None:
            return ()
        lines = zip(
            read.boxes.tolist(),
            cast("Iterable[str]", read.txts),
            cast("Iterable[Sequence[_SeenWord]]", read.word_results),
            strict=True,
        )
        return tuple(word for corners, text, seen in lines for word in _words(corners, text, seen, picture.size))


def _words(corners: _Corners, text: str, seen: Sequence[_SeenWord], picture: tuple[int, int]) -> Iterator[Word]:
    """The words of one line. Their own boxes are as tall as the line's, so the line tells the size of the type."""
    width, height = picture
    x0, y0, x1, y1 = _around(corners)
    vertical = len(text) > 1 and y1 - y0 > _VERTICAL * (x1 - x0)
    # The reader turns such lines by itself, does not say which way, and places their words from the top.
    turned = _DOWNWARDS if vertical else 0
    size = _TYPE_SHARE * ((x1 - x0) if vertical else _height(corners)) / height
    for word, confidence, (left, top, right, bottom) in _parted(text, seen, vertical):
        box = (max(left / width, 0.0), max(top / height, 0.0), min(right / width, 1.0), min(bottom / height, 1.0))
        yield Word(word, box, size, Source.PIXELS, confidence, turned=turned)


def _parted(text: str, seen: Sequence[_SeenWord], vertical: bool) -> Iterator[tuple[str, float, Box]]:
    """The words as the line's text parts them: the library's own words are cut where letters stand wide, and hang
    together where they stand close.
    """
    letters = [letter for part in seen for letter in _letters(*part, vertical)]
    parts = ["".join(part.split()) for part, _, _ in seen]
    words = text.split() if "".join(text.split()) == "".join(parts) else [part for part in parts if part]
    place = 0
    for word in words:
        own = letters[place : place + len(word)]
        place += len(word)
        yield word, min(confidence for confidence, _ in own), around(box for _, box in own)


def _letters(part: str, confidence: float, corners: _Corners, vertical: bool) -> Iterator[tuple[float, Box]]:
    """The place of each letter of a part, as if all were as wide (or, downwards, as tall)."""
    left, top, right, bottom = _around(corners)
    count = len(part)
    for place, char in enumerate(part):
        if char.isspace():
            continue
        begin, end = place / count, (place + 1) / count
        if vertical:
            yield float(confidence), (left, top + begin * (bottom - top), right, top + end * (bottom - top))
        else:
            yield float(confidence), (left + begin * (right - left), top, left + end * (right - left), bottom)


def _around(corners: _Corners) -> Box:
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(across), min(down), max(across), max(down)


def _height(corners: _Corners) -> float:
    """The height of a line that may be tilted: the length of its left edge."""
    (ax, ay), (bx, by) = corners[0], corners[3]
    return float(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5)
