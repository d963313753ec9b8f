"""The reader of certificates, as it runs inside a reader process: the extractors, and a small picture of each page."""

import io
import logging
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

from extractors.document import Document, Limits, open_document
from extractors.extract import extract
from extractors.model import Box, Covered
from extractors.ocr import OcrEngine
from extractors.ocr_fast import tesseract
from extractors.profile import load_profiles
from extractors.rapid import RapidEngine
from pipeline.readers.wire import Answer, Reader, Shown, Task

_SHOWN_WIDTH = 900
_SHOWN_QUALITY = 70
_SHOWN_DPI = 110


def certificate_reader(task: Task) -> Reader:
    """Load engine and profiles once; the reader then takes the bytes of one document after another."""
    return reader_with(tesseract(task.languages, task.tesseract), RapidEngine(), task)


def reader_with(engine: OcrEngine, second: OcrEngine, task: Task) -> Reader:
    """The reader with other engines than the usual ones."""
    profiles, limits = load_profiles(), Limits(bytes=task.bytes, pages=task.pages, pixels=task.pixels)

    def read(data: bytes) -> Answer:
        extractions = extract(data, engine=engine, second=second, profiles=profiles, limits=limits)
        pages = sorted({page for extraction in extractions for page in extraction.pages})
        covered = [place for extraction in extractions for place in extraction.covered]
        with open_document(data, limits) as document:
            return Answer(extractions=extractions, pictures=tuple(_shown(document, pages, covered)))

    return read


def _shown(document: Document, pages: Iterable[int], covered: Sequence[Covered]) -> Iterable[Shown]:
    """Small pictures of pages, without what nobody needs to see of them."""
    for page in pages:
        try:
            picture = document.picture(page, _SHOWN_DPI)
            picture.thumbnail((_SHOWN_WIDTH, _SHOWN_WIDTH * 4), Image.Resampling.LANCZOS)
            _cover(picture, [place.box for place in covered if place.page == page])
            stream = io.BytesIO()
            picture.save(stream, "JPEG", quality=_SHOWN_QUALITY)
        except Exception:
            # What was read is worth more than its picture.
            logging.getLogger(__name__).warning("page %d has no picture", page)
            continue
        yield Shown(page=page, jpeg=stream.getvalue())


def _cover(picture: Image.Image, boxes: Iterable[Box]) -> None:
    """Paint over parts of a page, a little more than their boxes: letters stick out of those that engines report."""
    draw = ImageDraw.Draw(picture)
    for x0, y0, x1, y1 in boxes:
        margin = (y1 - y0) * picture.height * 0.2
        left, top = x0 * picture.width - margin, y0 * picture.height - margin
        draw.rectangle((left, top, x1 * picture.width + margin, y1 * picture.height + margin), fill="black")
