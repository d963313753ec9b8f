"""The text layer as pypdfium2 decodes it: a twelfth of pdfplumber's time, the same words where nothing is in doubt.

pypdfium2 drops blanks where others stand close, and puts in its own by the gaps that it sees. Its own are left out
here and words grouped as pdfplumber groups its characters; what may have gone wrong on the way makes a page doubtful.
"""

import ctypes
import math
import struct
from dataclasses import dataclass

import pypdfium2
from pdfplumber._typing import T_obj, T_obj_list
from pypdfium2 import raw

from extractors.characters import WORD_GAP, words_of
from extractors.model import Word
from extractors.pdfium import Shown, as_shown

_FONT_NAME_BYTES = 256
# FFFE stands for a hyphen that joins two lines, 0 for what no table decodes.
_DECODED = {0xFFFE: "-", 0: "\ufffd"}
# Type that rises by less than this share of its length stands level.
_LEVEL = 0.01
# On one line the characters' tops differ by less than this share of the type's size.
_SAME_LINE = 0.3
# Kerning pulls letters together by less than this share of the type's size.
_OVERLAP = 0.15

_Points = tuple[float, float, float, float]
# As pypdfium2 declares them, these make objects of what is asked and answered, for every character of a page.
_run_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_outline_at = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_code_at = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetUnicode, ctypes.c_void_p).value or 0
)
_EDGES = struct.Struct("4f")


@dataclass(frozen=True, slots=True)
class _Setting:
    """How one run of type is set: by how much it is turned (None at an odd angle), and what all its characters share:
    font, size in points, matrix on the page as shown, and the edges that do not lie along the line.
    """

    turned: int | None
    shared: T_obj


@dataclass(frozen=True, slots=True)
class _Font:
    """A font in one size: its name, and how far below the line it reaches, in points (negative)."""

    name: str
    descent: float


def words(text: pypdfium2.PdfTextPage) -> tuple[Word, ...]:
    """The words of a page, whatever is doubtful about them."""
    return words_of(_read(text)[0], (0.0, 0.0, *text.page.get_size()))


def clear_words(text: pypdfium2.PdfTextPage) -> tuple[Word, ...] | None:
    """The words of a page where nothing speaks for pdfplumber reading others; None where something does."""
    chars, clear = _read(text)
    return words_of(chars, (0.0, 0.0, *text.page.get_size())) if clear else None


def _read(text: pypdfium2.PdfTextPage) -> tuple[T_obj_list, bool]:
    """The characters as pdfplumber gives them, and whether they are clear."""
    chars: T_obj_list = []
    place = as_shown(text.page)
    box = raw.FS_RECTF()  # left, top, right, bottom
    handle, outline = ctypes.cast(text.raw, ctypes.c_void_p).value, ctypes.addressof(box)
    settings: dict[int, _Setting] = {}
    fonts: dict[tuple[int, float], _Font] = {}
    clear, parted = True, False
    for index in range(text.count_chars()):
        # What pypdfium2 added itself belongs to no run of type.
        run: int | None = _run_at(handle, index)
        if run is None or not _outline_at(handle, index, outline):
            parted = True
            continue
        if run not in settings:
            settings[run] = _setting(text.raw, index, place, fonts)
        setting, code = settings[run], _code_at(handle, index)
        left, top, right, bottom = _EDGES.unpack_from(box)
        char = _character(_DECODED.get(code) or chr(code), place.points(left, bottom, right, top), setting)
        if clear and (
            setting.turned is None or code in _DECODED or (chars and _is_lost_blank(chars[-1], char, parted))
        ):
            clear = False
        chars.append(char)
        parted = False
    return chars, clear


def _origin(text: raw.FPDF_TEXTPAGE, index: int, place: Shown) -> tuple[float, float]:
    """Where a character stands on its line, in points of the page as shown."""
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, across, up)
    return place.points(across.value, up.value, across.value, up.value)[:2]


def _character(text: str, outline: _Points, setting: _Setting) -> T_obj:
    x0, top, x1, bottom = outline
    return {
        "text": text,
        "x0": x0,
        "x1": x1,
        "top": top,
        "doctop": top,
        "bottom": bottom,
        "height": bottom - top,
        **setting.shared,
    }


def _is_lost_blank(one: T_obj, other: T_obj, parted: bool) -> bool:
    """Whether a blank may stand between two characters that no gap shows.

    pypdfium2 put one where the gap is narrower than what parts words here; or the characters overlap, as they do around
    a blank of negative width.
    """
    start, end, line = ("x0", "x1", "top") if other["upright"] else ("top", "bottom", "x0")
    gap: float = other[start] - one[end] if one[start] <= other[start] else one[start] - other[end]
    # Hardly any gap is so narrow: asked first.
    if not gap < (WORD_GAP if parted else -_OVERLAP) * one["size"] or one["text"].isspace() or other["text"].isspace():
        return False
    level = abs(one[line] - other[line]) <= _SAME_LINE * one["size"]
    return level and bool(one["matrix"][:2] == other["matrix"][:2])


def _setting(text: raw.FPDF_TEXTPAGE, index: int, place: Shown, fonts: dict[tuple[int, float], _Font]) -> _Setting:
    """How the run of type is set that the character belongs to. `fonts` keeps what is known of each font in a size."""
    stated = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    raw.FPDFText_GetMatrix(text, index, stated)
    size: float = raw.FPDFText_GetFontSize(text, index) * math.hypot(stated.c, stated.d)
    cosine, sine = _TURNS[place.rotation]
    (a, b), (c, d), (e, f) = (
        (x * cosine + y * sine, y * cosine - x * sine)
        for x, y in ((stated.a, stated.b), (stated.c, stated.d), (stated.e, stated.f))
    )
    handle = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text, index))
    key = ctypes.cast(handle, ctypes.c_void_p).value or 0, size
    if key not in fonts:
        fonts[key] = _font(text, index, handle, size)
    font, turned = fonts[key], _turned(a, b)
    shared = {"upright": b == 0, "size": size, "fontname": font.name, "matrix": (a, b, c, d, e, f)}
    return _Setting(turned, shared | _as_high_as_its_type(_origin(text, index, place), font.descent, size, turned))


_TURNS = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}


def _as_high_as_its_type(origin: tuple[float, float], low: float, size: float, turned: int | None) -> T_obj:
    """The edges of pdfplumber's box of every character of a line that goes through `origin`: from the deepest stroke of
    its font (`low`), one size of type high.
    """
    across, down = origin
    high = low + size
    match turned:
        case 0:
            return _from_top(down - high, down - low)
        case 90:
            return {"x0": across - high, "x1": across - low}
        case 180:
            return _from_top(down + low, down + high)
        case 270:
            return {"x0": across + low, "x1": across + high}
        case _:
            return {}


def _from_top(top: float, bottom: float) -> T_obj:
    return {"top": top, "doctop": top, "bottom": bottom, "height": bottom - top}


def _font(text: raw.FPDF_TEXTPAGE, index: int, font: raw.FPDF_FONT, size: float) -> _Font:
    """The font that a character is set in."""
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    length = raw.FPDFText_GetFontInfo(text, index, name, _FONT_NAME_BYTES, ctypes.c_int())
    descent = ctypes.c_float()
    raw.FPDFFont_GetDescent(font, size, descent)
    return _Font(name.value.decode("utf-8", "replace") if 0 < length <= _FONT_NAME_BYTES else "", descent.value)


def _turned(across: float, up: float) -> int | None:
    """By how many degrees the page must be turned clockwise to read the type; None at an odd angle."""
    if abs(up) <= _LEVEL * abs(across):
        return 0 if across > 0 else 180
    if abs(across) <= _LEVEL * abs(up):
        return 90 if up > 0 else 270
    return None
