"""Which words of a text layer a person does not see: invisible type, painted over, or in the colour of the ground.

A hidden layer may be a stale sample with somebody else's name. Whether a word shows is not argued from the file but
looked at: the page is drawn with and without its type, and a word where nothing differs is hidden. Drawing costs, so it
is done only for pages that give cause.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from extractors.model import Box, Word
from extractors.pdfium import render_grey
from extractors.pdfium_objects import Bounds, bounds_of, objects, with_parts

_LIGHT, _FAINT_ALPHA = 230, 32
_COVERS = 0.9
_DRAWN_SIDE = 1400
_PIXELS_A_POINT = 1.4
# Differences below this (of 255) are what drawing twice with rounding may leave.
_DIFFERS = 16


def ink_of(page: pypdfium2.PdfPage) -> Image.Image | None:
    """How the page differs from the same page without type, in grey; None where nothing gives cause to look.

    Spoils `page` for later drawing: close it and open it again.
    """
    parts = [part for item in objects(page) for part in with_parts(item)]
    texts = [part for part in parts if raw.FPDFPageObj_GetType(part) == raw.FPDF_PAGEOBJ_TEXT]
    if not (any(_looks_hidden(text) for text in texts) or _is_painted_over(page)):
        return None
    scale = min(_PIXELS_A_POINT, _DRAWN_SIDE / max(page.get_size()))
    whole = render_grey(page, scale)
    for text in texts:
        raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return ImageChops.difference(whole, render_grey(page, scale))


def mark_hidden(words: Sequence[Word], ink: Image.Image | None) -> tuple[Word, ...]:
    """The words, the hidden ones marked; where there was no cause to look, all are seen."""
    if ink is None:
        return tuple(words)
    return tuple(word if _shows(ink, word.box) else replace(word, hidden=True) for word in words)


def _shows(ink: Image.Image, box: Box) -> bool:
    left, top = int(box[0] * ink.width), int(box[1] * ink.height)
    right, bottom = max(left + 1, round(box[2] * ink.width)), max(top + 1, round(box[3] * ink.height))
    darkest = ink.crop((left, top, right, bottom)).getextrema()[1]
    return isinstance(darkest, int | float) and darkest >= _DIFFERS


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
    under: list[Bounds] = []
    smallest = 0.0
    for item in objects(page):
        is_text = raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT
        if not is_text and not under:
            continue
        place = bounds_of(item)
        if place is None or _area(place) <= 0:
            continue
        if is_text:
            smallest = min(smallest, _area(place)) if under else _area(place)
            under.append(place)
        elif _area(place) >= _COVERS * smallest and _paints(item) and any(_covers(place, text) for text in under):
            return True
    return False


def _paints(item: raw.FPDF_PAGEOBJECT) -> bool:
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
        return True
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke)) and fill.value != raw.FPDF_FILLMODE_NONE


def _area(place: Bounds) -> float:
    return (place[2] - place[0]) * (place[3] - place[1])


def _covers(over: Bounds, under: Bounds) -> bool:
    across = min(over[2], under[2]) - max(over[0], under[0])
    down = min(over[3], under[3]) - max(over[1], under[1])
    return across > 0 and down > 0 and across * down >= _COVERS * _area(under)
