"""Where on a PDF page a QR or bar code can be at all, so that only these places are drawn and searched.

A code is a picture, or made of many strokes: pieces of paths, of clipping paths, of a font of bar codes, of a pattern,
or of something an annotation draws. A few straight lines, fills and ordinary type cannot be one. What is not understood
counts as a place.
"""

import ctypes
import re

import pypdfium2
from pypdfium2 import raw

from extractors.layout import around
from extractors.model import Box
from extractors.pdfium import as_shown
from extractors.pdfium_objects import annotations, bounds_of, objects, with_parts

# The shortest bar code that means anything has 19 bars, each a path of its own or two to five segments of one path.
_SEGMENTS, _PATHS = 24, 12
# A bar or a module is never as long as this share of the page; frames, rules and backgrounds are.
_LONG = 0.5
# A code is taken to begin and end this share of the page beyond its pieces, and may have gaps as wide as this.
_MARGIN = 0.03
_BAR_FONT = re.compile(r"bar ?code|code ?-?(39|93|128)|3 ?of ?9|c39|c128|ean|upc|pdf417|datamatrix|qr", re.IGNORECASE)
_FONT_NAME_BYTES = 256
# pypdfium2 gives this colour (of 255) for a fill with a pattern, whatever the pattern shows.
_PATTERN_GREY = 191


def symbol_places(page: pypdfium2.PdfPage) -> tuple[Box, ...]:
    """The parts of the page (fractions of it as shown) that may hold a code; none overlaps another."""
    shown = as_shown(page)
    certain: list[Box] = []
    strokes: list[Box] = []
    bars: dict[int, bool] = {}
    for item in objects(page):
        whole = _may_hold_code(item, bars)
        # Most of a page is type that needs no place.
        if not whole and raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            continue
        place = bounds_of(item)
        if place is None:
            continue
        box = shown.box(*place)
        if whole:
            certain.append(box)
        elif not _is_long(box):
            strokes.append(box)
    certain += [shown.box(*edges) for kind, edges, _ in annotations(page) if kind not in _UNDRAWN]
    groups = _joined([_grown(box) for box in strokes])
    several = [group for group in groups if sum(_lies_in(stroke, group) for stroke in strokes) >= _PATHS]
    return tuple(_joined([*map(_grown, certain), *several]))


_UNDRAWN = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)


def _may_hold_code(item: raw.FPDF_PAGEOBJECT, bars: dict[int, bool]) -> bool:
    """Whether one object, with all its parts, may be a whole code or a large piece of one.

    `bars` keeps of each font whether it draws bars.
    """
    segments = paths = 0
    for part in with_parts(item):
        match raw.FPDFPageObj_GetType(part):
            case raw.FPDF_PAGEOBJ_IMAGE:
                return True
            case raw.FPDF_PAGEOBJ_PATH:
                if not _is_line(part):
                    segments += raw.FPDFPath_CountSegments(part)
                paths += 1
                if _has_pattern(part):
                    return True
            case raw.FPDF_PAGEOBJ_TEXT:
                font = raw.FPDFTextObj_GetFont(part)
                address = ctypes.cast(font, ctypes.c_void_p).value or 0
                if address not in bars:
                    bars[address] = _is_bar_font(font)
                if bars[address]:
                    return True
        segments += _clip_segments(part)
    return segments >= _SEGMENTS or paths >= _PATHS


def _clip_segments(item: raw.FPDF_PAGEOBJECT) -> int:
    clip = raw.FPDFPageObj_GetClipPath(item)
    paths = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    return sum(max(raw.FPDFClipPath_CountPathSegments(clip, index), 0) for index in range(paths)) if paths > 0 else 0


def _is_line(path: raw.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is a line that sets down its pen too seldom to draw bars or modules, as a signature does."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or fill.value != raw.FPDF_FILLMODE_NONE:
        return False
    segments = (raw.FPDFPath_GetPathSegment(path, index) for index in range(raw.FPDFPath_CountSegments(path)))
    return sum(int(raw.FPDFPathSegment_GetType(one) == raw.FPDF_SEGMENT_MOVETO) for one in segments) < _PATHS


def _has_pattern(path: raw.FPDF_PAGEOBJECT) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return True
    return red.value == green.value == blue.value == _PATTERN_GREY


def _is_bar_font(font: raw.FPDF_FONT) -> bool:
    """Whether the font draws bars by its name, or has no name: its letters are then drawings of the file's own."""
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    length = raw.FPDFFont_GetBaseFontName(font, name, _FONT_NAME_BYTES)
    stated = name.value.decode("utf-8", "replace")
    return not 1 < length <= _FONT_NAME_BYTES or _BAR_FONT.search(stated) is not None


def _is_long(box: Box) -> bool:
    return box[2] - box[0] > _LONG or box[3] - box[1] > _LONG


def _grown(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return max(x0 - _MARGIN, 0.0), max(y0 - _MARGIN, 0.0), min(x1 + _MARGIN, 1.0), min(y1 + _MARGIN, 1.0)


def _lies_in(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] <= inner[2] <= outer[2] and outer[1] <= inner[1] <= inner[3] <= outer[3]


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes around those that touch each other."""
    apart: list[Box] = []
    for box in boxes:
        current, touching = box, [other for other in apart if _touch(other, box)]
        while touching:
            apart = [other for other in apart if other not in touching]
            current = around([current, *touching])
            touching = [other for other in apart if _touch(other, current)]
        apart.append(current)
    return [box for box in apart if box[0] < box[2] and box[1] < box[3]]


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
