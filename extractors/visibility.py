"""Which words of a text layer a person does not see: invisible type, painted over, or in the colour of the ground.

A hidden layer may be a stale sample with somebody else's name. Whether a word shows is not argued from the file but
looked at: the page is drawn with and without its type, and a word where nothing differs is hidden. Drawing costs, so it
is done only for pages that give cause.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from extractors.characters import clamp, on_page
from extractors.model import Box, Unseen, Word
from extractors.pdfium import as_shown, render_grey
from extractors.pdfium_objects import Bounds, annotations, bounds_of, objects, with_parts

_LIGHT, _FAINT_ALPHA = 230, 32
_COVERS = 0.9
_DRAWN_SIDE = 1400
_PIXELS_A_POINT = 1.4
# Differences below this (of 255) are what drawing twice with rounding may leave.
_DIFFERS = 16
# As much of one piece of type is kept to be shown.
_LONGEST = 300
# So many pieces of type are looked at one by one.
_MOST = 2000
_OVERLAYS = frozenset(
    {
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_REDACT,
    }
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a page looks without its type. `ink` is how it differs from the page, in grey. `unseen` is the type that the
    page looks the same without, whatever else stands in its place."""

    ink: Image.Image
    unseen: tuple[Unseen, ...]


def look_at(page: pypdfium2.PdfPage, number: int) -> Look | None:
    """Draw the page with and without its type; None where nothing gives cause to look.

    Spoils `page` for later drawing: close it and open it again.
    """
    parts = [part for item in objects(page) for part in with_parts(item)]
    texts = [part for part in parts if raw.FPDFPageObj_GetType(part) == raw.FPDF_PAGEOBJ_TEXT]
    hidden = any(_looks_hidden(text) for text in texts) or any(_painted_over(page))
    if not (hidden or (texts and _has_overlay(page))):
        return None
    scale = min(_PIXELS_A_POINT, _DRAWN_SIDE / max(page.get_size()))
    whole = render_grey(page, scale)
    unseen = _unseen(page, number, whole, scale)
    for text in texts:
        raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return Look(ImageChops.difference(whole, render_grey(page, scale)), unseen)


def _unseen(page: pypdfium2.PdfPage, number: int, whole: Image.Image, scale: float) -> tuple[Unseen, ...]:
    """The type that may be hidden, as far as the page stays as it is when all of it is taken away.

    What lies inside a form is left out: its place on the page is not told.
    """
    suspected = _suspected(page, number)
    if not suspected:
        return ()
    for item, _ in suspected:
        raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    ink = ImageChops.difference(whole, render_grey(page, scale))
    return tuple(one for _, one in suspected if not _shows(ink, one.box))


def _suspected(page: pypdfium2.PdfPage, number: int) -> list[tuple[raw.FPDF_PAGEOBJECT, Unseen]]:
    shown = as_shown(page)
    covered = [(item, place, True) for item, place in _painted_over(page)]
    invisible = [
        (item, place, False)
        for item in objects(page)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT and _looks_hidden(item)
        if (place := bounds_of(item)) is not None
    ]
    text = page.get_textpage()
    try:
        read = [
            (item, _text_of(text, item), shown.box(*place), over)
            for item, place, over in [*covered, *invisible][:_MOST]
        ]
    finally:
        text.close()
    return [
        (item, Unseen(page=number, box=clamp(box), text=said[:_LONGEST], covered=over))
        for item, said, box, over in read
        if said and on_page(box)
    ]


def _text_of(text: pypdfium2.PdfTextPage, item: raw.FPDF_PAGEOBJECT) -> str:
    length = raw.FPDFTextObj_GetText(item, text, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFTextObj_GetText(item, text, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip()


def _has_overlay(page: pypdfium2.PdfPage) -> bool:
    """Whether an annotation that may hide what is printed lies on the page: a note on the page, a shape, a stamp."""
    return any(kind in _OVERLAYS for kind, _, _ in annotations(page))


def mark_hidden(words: Sequence[Word], look: Look | None) -> tuple[Word, ...]:
    """The words, the hidden ones marked; where there was no cause to look, all are seen."""
    if look is None:
        return tuple(words)
    return tuple(word if _shows(look.ink, word.box) else replace(word, hidden=True) for word in words)


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
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFPageObj_GetFillColor(text, red, green, blue, alpha):
        return False
    return alpha.value < _FAINT_ALPHA or min(red.value, green.value, blue.value) > _LIGHT


def _painted_over(page: pypdfium2.PdfPage) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, Bounds]]:
    """The texts that a picture, a filled shape or a form comes after and covers most of."""
    under: list[tuple[raw.FPDF_PAGEOBJECT, Bounds]] = []
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
            under.append((item, place))
        elif _area(place) >= _COVERS * smallest and _paints(item):
            yield from (one for one in under if _covers(place, one[1]))
            under = [one for one in under if not _covers(place, one[1])]


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
