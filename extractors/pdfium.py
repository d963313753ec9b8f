"""What pypdfium2 knows of a PDF page: its picture, and its words as a second opinion."""

import ctypes
import math
from collections.abc import Iterator

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from extractors.model import Box, Source, Word
from extractors.textlayer import clamp, is_bold, on_page

_FONT_NAME_BYTES = 256


def character_count(page: pypdfium2.PdfPage) -> int:
    """Characters of the text layer that are not white space."""
    text = page.get_textpage()
    try:
        return sum(1 for char in text.get_text_range() if not char.isspace())
    finally:
        text.close()


def render(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """The page as a person sees it, in RGB; `scale` is pixels a point."""
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        picture.load()
        return picture
    finally:
        bitmap.close()


def image_sizes(page: pypdfium2.PdfPage) -> Iterator[tuple[int, int]]:
    """Width and height in pixels of every picture on the page, undecoded."""
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        width, height = ctypes.c_uint(), ctypes.c_uint()
        if raw.FPDFImageObj_GetImagePixelSize(item, width, height):
            yield width.value, height.value


def words(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The words of the page, as pypdfium2 decodes and separates them."""
    text = page.get_textpage()
    try:
        found = (_word(text, page, start, stop) for start, stop in _spans(text))
        # Bold type and shadows are often made by drawing a word twice in nearly the same place.
        places = {(word.text, *(round(edge, 2) for edge in word.box)): word for word in found if word is not None}
        return tuple(places.values())
    finally:
        text.close()


def _spans(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, int]]:
    """Ranges of characters between white space."""
    start = None
    count = text.count_chars()
    for index in range(count):
        if chr(raw.FPDFText_GetUnicode(text, index)).isspace():
            if start is not None:
                yield start, index
            start = None
        elif start is None:
            start = index
    if start is not None:
        yield start, count


def _word(text: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage, start: int, stop: int) -> Word | None:
    characters = "".join(chr(raw.FPDFText_GetUnicode(text, index)) for index in range(start, stop))
    # FFFE stands for a hyphen that joins two lines, 0 for what no table decodes.
    characters = characters.replace("\ufffe", "-").replace("\0", "\ufffd")
    boxes = [text.get_charbox(index, loose=True) for index in range(start, stop)]
    drawn = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
    if not drawn:
        return None
    outline = (
        min(box[0] for box in drawn),
        min(box[1] for box in drawn),
        max(box[2] for box in drawn),
        max(box[3] for box in drawn),
    )
    box = as_shown(page, outline)
    if not on_page(box):
        return None
    size, turned = _setting(text, start, page)
    return Word(characters, clamp(box), size, Source.TEXT, bold=_bold(text, start), turned=turned)


def as_shown(page: pypdfium2.PdfPage, outline: tuple[float, float, float, float]) -> Box:
    """A box in the page's own points (origin bottom left) as fractions of the page as shown (origin top left)."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    x0, x1 = (outline[0] - left) / width, (outline[2] - left) / width
    y0, y1 = (outline[1] - bottom) / height, (outline[3] - bottom) / height
    match page.get_rotation():
        case 90:
            return y0, x0, y1, x1
        case 180:
            return 1 - x1, y0, 1 - x0, y1
        case 270:
            return 1 - y1, 1 - x1, 1 - y0, 1 - x0
        case _:
            return x0, 1 - y1, x1, 1 - y0


def _setting(text: pypdfium2.PdfTextPage, index: int, page: pypdfium2.PdfPage) -> tuple[float, int]:
    """Size of type (fraction of the page's height) and by how much the page must be turned to read it."""
    matrix = raw.FS_MATRIX()
    size: float = raw.FPDFText_GetFontSize(text, index)
    angle = 0.0
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
    return size / page.get_height(), round((angle - page.get_rotation()) / 90) * 90 % 360


def _bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    length = raw.FPDFText_GetFontInfo(text, index, name, _FONT_NAME_BYTES, ctypes.c_int())
    return 0 < length <= _FONT_NAME_BYTES and is_bold(name.value.decode("utf-8", "replace"))
