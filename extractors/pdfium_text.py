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
    """How one run of type is set: size in points, its matrix on the page as shown, its font, and how it is turned.

    `origin` is a point of the line it stands on, `descent` how far below it reaches, in points (negative).
    """

    size: float
    matrix: tuple[float, float, float, float, float, float]
    font: str
    turned: int | None
    origin: tuple[float, float]
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
    clear, parted = True, False
    for index in range(text.count_chars()):
        # What pypdfium2 added itself belongs to no run of type.
        run: int | None = _run_at(handle, index)
        if run is None or not _outline_at(handle, index, outline):
            parted = True
            continue
        if run not in settings:
            settings[run] = _setting(text, index, place)
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


def _origin(text: pypdfium2.PdfTextPage, index: int, place: Shown) -> tuple[float, float]:
    """Where a character stands on its line, in points of the page as shown."""
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, across, up)
    return place.points(across.value, up.value, across.value, up.value)[:2]


def _character(text: str, outline: _Points, setting: _Setting) -> T_obj:
    x0, top, x1, bottom = _as_high_as_its_type(outline, setting)
    return {
        "text": text,
        "x0": x0,
        "x1": x1,
        "top": top,
        "doctop": top,
        "bottom": bottom,
        "height": bottom - top,
        "upright": setting.matrix[1] == 0,
        "size": setting.size,
        "fontname": setting.font,
        "matrix": setting.matrix,
    }


def _as_high_as_its_type(outline: _Points, setting: _Setting) -> _Points:
    """pdfplumber's box of a character: from the deepest stroke of its font, one size of type high."""
    x0, top, x1, bottom = outline
    across, down = setting.origin
    low, high = setting.descent, setting.descent + setting.size
    match setting.turned:
        case 0:
            return x0, down - high, x1, down - low
        case 90:
            return across - high, top, across - low, bottom
        case 180:
            return x0, down + low, x1, down + high
        case 270:
            return across + low, top, across + high, bottom
        case _:
            return outline


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


def _setting(text: pypdfium2.PdfTextPage, index: int, place: Shown) -> _Setting:
    """How the run of type is set that the character belongs to."""
    stated = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    raw.FPDFText_GetMatrix(text, index, stated)
    size: float = raw.FPDFText_GetFontSize(text, index) * math.hypot(stated.c, stated.d)
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[place.rotation]
    (a, b), (c, d), (e, f) = (
        (x * cosine + y * sine, y * cosine - x * sine)
        for x, y in ((stated.a, stated.b), (stated.c, stated.d), (stated.e, stated.f))
    )
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    length = raw.FPDFText_GetFontInfo(text, index, name, _FONT_NAME_BYTES, ctypes.c_int())
    font = name.value.decode("utf-8", "replace") if 0 < length <= _FONT_NAME_BYTES else ""
    return _Setting(
        size, (a, b, c, d, e, f), font, _turned(a, b), _origin(text, index, place), _descent(text, index, size)
    )


def _descent(text: pypdfium2.PdfTextPage, index: int, size: float) -> float:
    descent = ctypes.c_float()
    run = raw.FPDFText_GetTextObject(text, index)
    raw.FPDFFont_GetDescent(raw.FPDFTextObj_GetFont(run), size, descent)
    return descent.value


def _turned(across: float, up: float) -> int | None:
    """By how many degrees the page must be turned clockwise to read the type; None at an odd angle."""
    if abs(up) <= _LEVEL * abs(across):
        return 0 if across > 0 else 180
    if abs(across) <= _LEVEL * abs(up):
        return 90 if up > 0 else 270
    return None
