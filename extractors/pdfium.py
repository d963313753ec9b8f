"""What pypdfium2 knows of a PDF page: its picture, and where things stand on it."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from extractors.model import Box

_LONGEST_STATED = 500
# No page has sides as different as this; drawn, the shorter one would have no pixels.
_THINNEST = 0.01
# Left, bottom, right, top of the page as shown.
Edges = tuple[float, float, float, float]


def character_count(text: pypdfium2.PdfTextPage) -> int:
    """Characters of the text layer that are not white space."""
    return sum(map(len, text.get_text_range().split()))


def stated(pdf: pypdfium2.PdfDocument, key: str) -> str:
    """What a file says of itself by that key, shortened; empty where it says nothing."""
    name = key.encode("ascii")
    length = raw.FPDF_GetMetaText(pdf, name, None, 0)
    text = ctypes.create_string_buffer(length)
    raw.FPDF_GetMetaText(pdf, name, text, length)
    return text.raw.decode("utf-16-le", "replace").rstrip("\0")[:_LONGEST_STATED].strip()


def has_area(page: pypdfium2.PdfPage) -> bool:
    """Whether a page can be drawn at all: boxes may state any numbers."""
    left, bottom, right, top = page.get_bbox()
    return all(
        math.isfinite(width + height) and min(width, height) > _THINNEST * max(width, height, 1.0)
        for width, height in (page.get_size(), (right - left, top - bottom))
    )


def render(page: pypdfium2.PdfPage, scale: float, crop: Edges = (0.0, 0.0, 0.0, 0.0)) -> Image.Image:
    """The page as a person sees it; `scale` is pixels a point, `crop` points to leave out at each edge.

    In RGBX, Pillow's own form of RGB: drawn faster, and the picture takes over the pixels instead of copying them.
    """
    return _drawn(page.render(scale=scale, crop=crop, rev_byteorder=True, prefer_bgrx=True))


def render_grey(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """The page in grey, its pictures roughly scaled: good for telling what differs, not for reading."""
    return _drawn(page.render(scale=scale, grayscale=True, no_smoothimage=True))


def _drawn(bitmap: pypdfium2.PdfBitmap) -> Image.Image:
    try:
        picture: Image.Image = bitmap.to_pil()
        return picture
    finally:
        bitmap.close()  # the pixels belong to Python and stay as long as the picture


def image_sizes(page: pypdfium2.PdfPage) -> Iterator[tuple[int, int]]:
    """Width and height in pixels of every picture on the page, undecoded."""
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        width, height = ctypes.c_uint(), ctypes.c_uint()
        if raw.FPDFImageObj_GetImagePixelSize(item, width, height):
            yield width.value, height.value


def as_shown(page: pypdfium2.PdfPage) -> "Shown":
    """How places on the sheet become places on the page as a person sees it."""
    left, bottom, right, top = page.get_bbox()
    return Shown(left, bottom, right - left, top - bottom, page.get_rotation())


@dataclass(frozen=True, slots=True)
class Shown:
    """The shown part of a sheet, in points with the origin at its bottom left, and by how much it is turned."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A place on the sheet as fractions of the page as shown, origin top left."""
        x0, x1 = (left - self.left) / self.width, (right - self.left) / self.width
        y0, y1 = (bottom - self.bottom) / self.height, (top - self.bottom) / self.height
        match self.rotation:
            case 90:
                return y0, x0, y1, x1
            case 180:
                return 1 - x1, y0, 1 - x0, y1
            case 270:
                return 1 - y1, 1 - x1, 1 - y0, 1 - x0
            case _:
                return x0, 1 - y1, x1, 1 - y0

    def points(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """The same in points."""
        if self.rotation == 0:
            return (
                left - self.left,
                self.bottom + self.height - top,
                right - self.left,
                self.bottom + self.height - bottom,
            )
        x0, y0, x1, y1 = self.box(left, bottom, right, top)
        width, height = (self.width, self.height) if self.rotation in (0, 180) else (self.height, self.width)
        return x0 * width, y0 * height, x1 * width, y1 * height
