"""Which words of a text layer a person does not see: invisible type, painted over, or in the colour of the ground.

A hidden layer may be a stale sample with somebody else's name. Whether a word shows is not argued from the file but
looked at: the page is drawn with and without its type, and a word where nothing differs is hidden. Drawing costs, so it
is done only for pages that give cause.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from extractors.model import Box, Word
from extractors.pdfium import render

_Bounds = tuple[float, float, float, float]

_DEPTH = 5
_LIGHT, _FAINT_ALPHA = 230, 32
_COVERS = 0.9
_DRAWN_SIDE = 1400
_PIXELS_A_POINT = 1.4
# Differences below this (of 255) are what drawing twice with rounding may leave.
_DIFFERS = 16


def mark_hidden(page: pypdfium2.PdfPage, words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, the hidden ones marked. Spoils `page` for later drawing: close it and open it again."""
    texts = [item for item in _objects(page) if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT]
    if not (any(_looks_hidden(text) for text in texts) or _is_painted_over(page)):
        return tuple(words)
    scale = min(_PIXELS_A_POINT, _DRAWN_SIDE / max(page.get_size()))
    whole = render(page, scale).convert("L")
    for text in texts:
        raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    ink = ImageChops.difference(whole, render(page, scale).convert("L"))
    return tuple(word if _shows(ink, word.box) else replace(word, hidden=True) for word in words)


def _shows(ink: Image.Image, box: Box) -> bool:
    left, top = int(box[0] * ink.width), int(box[1] * ink.height)
    right, bottom = max(left + 1, round(box[2] * ink.width)), max(top + 1, round(box[3] * ink.height))
    darkest = ink.crop((left, top, right, bottom)).getextrema()[1]
    return isinstance(darkest, int | float) and darkest >= _DIFFERS


def _objects(page: pypdfium2.PdfPage) -> Iterator[raw.FPDF_PAGEOBJECT]:
    """Every object of the page, also those inside forms."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _with_parts(raw.FPDFPage_GetObject(page, index), _DEPTH)


def _with_parts(item: raw.FPDF_PAGEOBJECT, depth: int) -> Iterator[raw.FPDF_PAGEOBJECT]:
    yield item
    if depth and raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _with_parts(raw.FPDFFormObj_GetObject(item, index), depth - 1)


def _looks_hidden(text: raw.FPDF_PAGEOBJECT) -> bool:
    """Invisible or clipping type, or a fill that is hardly there or nearly white."""
    mode = raw.FPDFTextObj_GetTextRenderMode(text)
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(text, red, green, blue, alpha):
        return False
    return alpha.value < _FAINT_ALPHA or min(red.value, green.value, blue.value) > _LIGHT


def _is_painted_over(page: pypdfium2.PdfPage) -> bool:
    """Whether a picture, a filled shape or a form comes after type and covers most of it."""
    under: list[_Bounds] = []
    smallest = 0.0
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        is_text = raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT
        if not is_text and not under:
            continue
        bounds = _bounds(item)
        if bounds is None or _area(bounds) <= 0:
            continue
        if is_text:
            smallest = min(smallest, _area(bounds)) if under else _area(bounds)
            under.append(bounds)
        elif _area(bounds) >= _COVERS * smallest and _paints(item) and any(_covers(bounds, text) for text in under):
            return True
    return False


def _paints(item: raw.FPDF_PAGEOBJECT) -> bool:
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
        return True
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke)) and fill.value != raw.FPDF_FILLMODE_NONE


def _bounds(item: raw.FPDF_PAGEOBJECT) -> _Bounds | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _area(bounds: _Bounds) -> float:
    return (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def _covers(over: _Bounds, under: _Bounds) -> bool:
    across = min(over[2], under[2]) - max(over[0], under[0])
    down = min(over[3], under[3]) - max(over[1], under[1])
    return across > 0 and down > 0 and across * down >= _COVERS * _area(under)
