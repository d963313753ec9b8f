"""Words from pixels by a neural reader, as a second opinion: script type, noisy photos, small codes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy
import numpy.typing
from PIL import Image

from extractors.errors import MissingEngine
from extractors.layout import around
from extractors.model import Box, Source, Word

if TYPE_CHECKING:
    from rapidocr import RapidOCR
    from rapidocr.cal_rec_boxes import CalRecBoxes
    from rapidocr.ch_ppocr_rec.typings import TextRecOutput, WordInfo
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
_SeenLetter = tuple[str, float, _Corners]


@cache
def _reader() -> "RapidOCR":
    """The library and its models, loaded when they are first needed. Raises MissingEngine where it is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise MissingEngine("the Python package rapidocr is not installed") from error
    reader = RapidOCR(
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
    reader.cal_rec_boxes = cast("CalRecBoxes", _Letters(reader.cal_rec_boxes))
    return reader


class _Letters:
    """The places of the letters of each line, each with its own confidence.

    The library parts a line into words by the white between letters ("M OH A M ED", "26,2023") where the line's text
    parts them well, and gives its n-th word the confidence of the line's n-th letter, blanks counted.
    """

    def __init__(self, places: "CalRecBoxes") -> None:
        self._places = places

    def __call__(
        self,
        pictures: "list[numpy.typing.NDArray[numpy.uint8]]",
        boxes: "numpy.typing.NDArray[numpy.float32]",
        read: "TextRecOutput",
        _single_letters: bool,
    ) -> "TextRecOutput":
        confidences = [line.confs for line in cast("Sequence[WordInfo]", read.word_results)]
        placed = self._places(pictures, boxes, read, return_single_char_box=True)
        texts = cast("Sequence[str]", placed.txts)
        letters = cast("Sequence[Sequence[_SeenLetter]]", placed.word_results)
        # A line without an extent has no places of its own, and leaves the last line without any.
        padded = (*letters, *[()] * (len(texts) - len(letters)))
        lines = zip(texts, confidences, boxes.tolist(), padded, strict=True)
        own = tuple(list(_with_own(*line)) for line in lines)
        placed.word_results = cast("tuple[tuple[str, float, None]]", own)
        return placed


def _with_own(
    text: str, confidences: Sequence[float], corners: _Corners, letters: Sequence[_SeenLetter]
) -> Iterator[_SeenLetter]:
    """The letters of a line, blanks left out, each with its own confidence."""
    if "".join(char for char, _, _ in letters) != "".join(text.split()) or len(confidences) != len(text):
        yield from _evenly(text, confidences, corners)
        return
    own = (confidence for char, confidence in zip(text, confidences, strict=True) if not char.isspace())
    yield from ((char, sure, place) for (char, _, place), sure in zip(letters, own, strict=True))


def _evenly(text: str, confidences: Sequence[float], corners: _Corners) -> Iterator[_SeenLetter]:
    """The letters of a line whose places the library does not tell, as if all were as wide."""
    left, top, right, bottom = _around(corners)
    sure = min(confidences, default=0.0)
    for place, char in enumerate(text):
        if not char.isspace():
            begin, end = (left + share * (right - left) / len(text) for share in (place, place + 1))
            yield char, sure, ((begin, top), (end, top), (end, bottom), (begin, bottom))


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
            cast("Iterable[Sequence[_SeenLetter]]", read.word_results),
            strict=True,
        )
        return tuple(word for corners, text, letters in lines for word in _words(corners, text, letters, picture.size))


def _words(corners: _Corners, text: str, letters: Sequence[_SeenLetter], picture: tuple[int, int]) -> Iterator[Word]:
    """The words of one line. Their letters' boxes are as tall as the line, so the line tells the size of the type."""
    width, height = picture
    x0, y0, x1, y1 = _around(corners)
    vertical = len(text) > 1 and y1 - y0 > _VERTICAL * (x1 - x0)
    # The reader turns such lines by itself, does not say which way, and places their words from the top.
    turned = _DOWNWARDS if vertical else 0
    size = _TYPE_SHARE * ((x1 - x0) if vertical else _height(corners)) / height
    place = 0
    for word in text.split():
        own = letters[place : place + len(word)]
        place += len(word)
        left, top, right, bottom = around(_around(corners) for _, _, corners in own)
        box = (max(left / width, 0.0), max(top / height, 0.0), min(right / width, 1.0), min(bottom / height, 1.0))
        # A word is read as surely as the weakest of its letters.
        yield Word(word, box, size, Source.PIXELS, min(sure for _, sure, _ in own), turned=turned)


def _around(corners: _Corners) -> Box:
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(across), min(down), max(across), max(down)


def _height(corners: _Corners) -> float:
    """The height of a line that may be tilted: the length of its left edge."""
    (ax, ay), (bx, by) = corners[0], corners[3]
    return float(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5)
