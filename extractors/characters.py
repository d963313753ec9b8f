"""From characters to words, by pdfplumber's own rules of grouping, whichever reader decoded the characters.

Characters are pdfplumber's: points, origin at the top left of the sheet, `matrix` the PDF standard's (8.3.3).
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, TypedDict, cast

from pdfplumber._typing import T_obj_list
from pdfplumber.utils.text import extract_words

from extractors.model import Box, Source, Word
from extractors.plain import whole

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
# A gap wider than this share of the type's size ends a word. A space is 0.22 to 0.33 of it, kerning stays under 0.1.
WORD_GAP = 0.18
# The same letter twice within this share of its size is one letter drawn twice: no letter is as narrow.
_DOUBLE = 0.12
# An initial and its word touch; this share of its size is side bearing.
_INITIAL_GAP = 0.1

Shown = tuple[float, float, float, float]
_Direction = Literal["ltr", "rtl", "ttb", "btt"]
_TURNED: dict[_Direction, int] = {"ltr": 0, "btt": 90, "rtl": 180, "ttb": 270}


class _Char(TypedDict):
    """What is used of a character; the matrix's last is the baseline."""

    text: str
    size: float
    fontname: str
    matrix: tuple[float, float, float, float, float, float]


class _Group(TypedDict):
    """What is used of pdfplumber's word."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    chars: list[_Char]


def words_of(chars: T_obj_list, shown: Shown) -> tuple[Word, ...]:
    """The words that stand on the shown part of the sheet (left, top, right, bottom), in the file's order of lines."""
    words: list[Word] = []
    for direction, group in _by_direction(chars).items():
        found = extract_words(
            _without_doubles(group),
            x_tolerance_ratio=WORD_GAP,
            y_tolerance_ratio=WORD_GAP,
            line_dir="ttb" if direction in ("ltr", "rtl") else "ltr",
            char_dir=direction,
            line_dir_rotated="ttb" if direction in ("ltr", "rtl") else "ltr",
            char_dir_rotated=direction,
            return_chars=True,
        )
        made = [_word(entry, shown, _TURNED[direction]) for entry in _with_initials(cast(list[_Group], found))]
        words.extend(word for word in made if word is not None)
    return tuple(words)


def _by_direction(chars: T_obj_list) -> dict[_Direction, T_obj_list]:
    """Characters by the direction in which they are read on the page as shown, sideways ones with their true size."""
    groups: dict[_Direction, T_obj_list] = {}
    directions: dict[tuple[float, ...], _Direction] = {}
    for char in chars:
        matrix = char["matrix"]
        direction = directions.get(matrix) or directions.setdefault(matrix, _direction(matrix[0], matrix[1]))
        if direction in ("ttb", "btt"):
            # pdfplumber gives the height on the page, which here is how far the character advances.
            char["size"] = char["x1"] - char["x0"]
        groups.setdefault(direction, []).append(char)
    return groups


def _without_doubles(chars: T_obj_list) -> T_obj_list:
    """Without the characters that are drawn again in the same place, as bold type or a shadow is often made."""
    places: dict[str, list[tuple[float, float]]] = {}
    kept = []
    for char in chars:
        near = _DOUBLE * char["size"]
        same = places.setdefault(char["text"], [])
        x0, top = char["x0"], char["top"]
        for x, y in same:
            if -near < x0 - x < near and -near < top - y < near:
                break
        else:
            same.append((x0, top))
            kept.append(char)
    return kept


def _with_initials(groups: Sequence[_Group]) -> list[_Group]:
    """Words whose first letter is set larger, as small capitals are, put together again: pdfplumber parts the sizes."""
    baselines: dict[int, list[_Group]] = {}
    for group in groups:
        baselines.setdefault(round(group["chars"][0]["matrix"][5]), []).append(group)
    absorbed: set[int] = set()
    for row in baselines.values():
        last: _Group | None = None
        for group in sorted(row, key=lambda group: group["x0"]):
            if last is not None and _is_rest(last, group):
                last["text"] += group["text"]
                last["chars"] = [*last["chars"], *group["chars"]]
                last["x1"], last["top"] = group["x1"], min(last["top"], group["top"])
                last["bottom"] = max(last["bottom"], group["bottom"])
                absorbed.add(id(group))
            else:
                last = group
    return [group for group in groups if id(group) not in absorbed]


def _is_rest(initial: _Group, rest: _Group) -> bool:
    large, small = initial["chars"][-1], rest["chars"][0]
    gap = rest["x0"] - initial["x1"]
    return large["size"] > 1.05 * small["size"] and abs(gap) < _INITIAL_GAP * large["size"] and large["text"].isupper()


def _direction(across: float, up: float) -> _Direction:
    if abs(across) >= abs(up):
        return "ltr" if across >= 0 else "rtl"
    return "btt" if up > 0 else "ttb"


def _word(entry: _Group, shown: Shown, turned: int) -> Word | None:
    """The word as fractions of the shown part of the page; None where nothing of it is on the page."""
    left, top, right, bottom = shown
    width, height = right - left, bottom - top
    box: Box = (
        (entry["x0"] - left) / width,
        (entry["top"] - top) / height,
        (entry["x1"] - left) / width,
        (entry["bottom"] - top) / height,
    )
    text = whole(entry["text"]).replace("\u00a0", " ").replace("\0", "\ufffd").strip()
    if not text or not on_page(box):
        return None
    size = max([char["size"] for char in entry["chars"]]) / height
    bold = sum(map(is_bold, [char["fontname"] for char in entry["chars"]])) > len(entry["chars"]) / 2
    return Word(text, clamp(box), size, Source.TEXT, bold=bold, turned=turned)


@lru_cache(maxsize=256)
def is_bold(font: str) -> bool:
    return _BOLD.search(font) is not None


def on_page(box: Box) -> bool:
    """Whether the middle of the box lies on the page: what lies outside is not printed."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return math.isfinite(across + down) and 0 <= across <= 1 and 0 <= down <= 1


def clamp(box: Box) -> Box:
    x0, y0, x1, y1 = box
    if 0 <= x0 <= 1 and 0 <= y0 <= 1 and 0 <= x1 <= 1 and 0 <= y1 <= 1:
        return box
    return min(max(x0, 0.0), 1.0), min(max(y0, 0.0), 1.0), min(max(x1, 0.0), 1.0), min(max(y1, 0.0), 1.0)
