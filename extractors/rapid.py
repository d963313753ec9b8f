"""Words from pixels by a neural reader, as a second opinion: script type, noisy photos, small codes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy
from PIL import Image

from extractors.errors import MissingEngine
from extractors.model import Source, Word

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
        lines = zip(read.boxes.tolist(), cast("Iterable[Sequence[_SeenWord]]", read.word_results), strict=True)
        return tuple(word for corners, words in lines for word in _words(corners, words, picture.size))


def _words(corners: _Corners, seen: Sequence[_SeenWord], picture: tuple[int, int]) -> Iterator[Word]:
    """The words of one line. Their own boxes are as tall as the line's, so the line tells the size of the type."""
    width, height = picture
    x0, y0, x1, y1 = _around(corners)
    vertical = len("".join(text for text, _, _ in seen)) > 1 and y1 - y0 > _VERTICAL * (x1 - x0)
    # The reader turns such lines by itself, does not say which way, and places their words from the top.
    turned = _DOWNWARDS if vertical else 0
    size = _TYPE_SHARE * ((x1 - x0) if vertical else _height(corners)) / height
    for text, confidence, word_corners in seen:
        left, top, right, bottom = _around(word_corners)
        if not text.strip():
            continue
        box = (max(left / width, 0.0), max(top / height, 0.0), min(right / width, 1.0), min(bottom / height, 1.0))
        yield Word(text.strip(), box, size, Source.PIXELS, float(confidence), turned=turned)


def _around(corners: _Corners) -> tuple[float, float, float, float]:
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(across), min(down), max(across), max(down)


def _height(corners: _Corners) -> float:
    """The height of a line that may be tilted: the length of its left edge."""
    (ax, ay), (bx, by) = corners[0], corners[3]
    return float(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5)
