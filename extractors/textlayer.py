"""The text layer of a PDF page: words with place, size and weight, and the links.

pdfplumber is the reader of record. pypdfium2 is the second opinion where pdfplumber cannot decode a font or fails.
"""

import logging
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Literal, TypedDict, TypeVar, cast

import pdfplumber
from pdfplumber._typing import T_obj_list
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.text import extract_words

from extractors.model import Box, Link, Source, Word

# pdfminer reports every oddity of a font as a warning; what matters of it comes out as words or as none.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_UNDECODED = re.compile(r"\(cid:\d+\)|[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_LETTER = re.compile(r"[^\W_]")
# A gap wider than this share of the type's size ends a word. A space is 0.22 to 0.33 of it, kerning stays under 0.1.
_GAP = 0.18
# The same letter twice within this share of its size is one letter drawn twice: no letter is as narrow.
_DOUBLE = 0.12
# An initial and its word touch; this share of its size is side bearing.
_INITIAL_GAP = 0.1
_BROKEN_SHARE = 0.15

_Result = TypeVar("_Result")
_Direction = Literal["ltr", "rtl", "ttb", "btt"]
_TURNED: dict[_Direction, int] = {"ltr": 0, "btt": 90, "rtl": 180, "ttb": 270}


class _Char(TypedDict):
    """What is used of pdfplumber's character. The matrix is the PDF standard's (8.3.3); its last is the baseline."""

    text: str
    size: float
    fontname: str
    matrix: tuple[float, float, float, float, float, float]


class _Group(TypedDict):
    """What is used of pdfplumber's word: points, origin top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    chars: list[_Char]


def undecoded(words: Iterable[Word]) -> int:
    """How many characters no font table could decode."""
    return sum(len(_UNDECODED.findall(word.text)) for word in words)


def looks_broken(words: Iterable[Word]) -> bool:
    """Whether a text layer is garbage: undecodable characters, hardly any letters, or split into single letters."""
    texts = [word.text for word in words]
    joined = "".join(texts)
    if not joined:
        return False
    lost = sum(len(match.group()) for match in _UNDECODED.finditer(joined))
    if lost > _BROKEN_SHARE * len(joined):
        return True
    if len(joined) < 20:
        return False
    letters = len(_LETTER.findall(joined))
    single = sum(1 for text in texts if len(text) == 1)
    return letters < 0.5 * len(joined) or single > 0.6 * len(texts)


def repaired(words: Sequence[Word], second: Sequence[Word]) -> tuple[Word, ...]:
    """The words, those that could not be decoded replaced by what the second reader has in their place, if better."""
    result: list[Word] = []
    for word in words:
        there = [other for other in second if _lies_in(other.box, word.box)] if undecoded([word]) else []
        result += there if there and undecoded(there) < undecoded([word]) else [word]
    return tuple(result)


def _lies_in(inner: Box, outer: Box) -> bool:
    across, down = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= down <= outer[3]


class TextLayer:
    """The text layers of one PDF, page by page. Keeps no page: a page's objects weigh megabytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._plumber: PDF | None = None
        self._failed = False

    def close(self) -> None:
        # Pages are closed one by one, the bytes are ours; pdfplumber's own close reads every page again, and may fail.
        self._plumber = None

    def words(self, number: int) -> tuple[Word, ...] | None:
        """The words of page `number` (1-based) in the file's order of lines, None where pdfplumber cannot read it."""
        return self._read(number, _words)

    def links(self, number: int) -> tuple[Link, ...]:
        """The web addresses that page `number` (1-based) links to."""
        return self._read(number, _links) or ()

    def _read(self, number: int, read: Callable[[PlumberPage], _Result]) -> _Result | None:
        if self._failed:
            return None
        try:
            if self._plumber is None:
                self._plumber = pdfplumber.open(BytesIO(self._data), raise_unicode_errors=False)
            page = self._plumber.pages[number - 1]
            try:
                return read(page)
            finally:
                page.close()
        except MemoryError:
            raise
        except Exception:
            # On broken files pdfminer raises almost any exception; the caller has pypdfium2 as second reader.
            self._failed = self._plumber is None
            return None


def _words(page: PlumberPage) -> tuple[Word, ...] | None:
    if page.rotation % 360 and page.cropbox != page.mediabox:
        return None  # pdfplumber does not turn the crop box with the page
    words: list[Word] = []
    for direction, chars in _by_direction(page.chars).items():
        found = extract_words(
            _without_doubles(chars),
            x_tolerance_ratio=_GAP,
            y_tolerance_ratio=_GAP,
            line_dir="ttb" if direction in ("ltr", "rtl") else "ltr",
            char_dir=direction,
            line_dir_rotated="ttb" if direction in ("ltr", "rtl") else "ltr",
            char_dir_rotated=direction,
            return_chars=True,
        )
        groups = cast(list[_Group], found)
        made = [_word(group, page.cropbox, _TURNED[direction]) for group in _with_initials(groups)]
        words.extend(word for word in made if word is not None)
    return tuple(words)


def _by_direction(chars: T_obj_list) -> dict[_Direction, T_obj_list]:
    """Characters by the direction in which they are read on the page as shown, sideways ones with their true size."""
    groups: dict[_Direction, T_obj_list] = {}
    for char in chars:
        direction = _direction(char["matrix"][0], char["matrix"][1])
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
        if not any(abs(char["x0"] - x) < near and abs(char["top"] - y) < near for x, y in same):
            same.append((char["x0"], char["top"]))
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


def _word(entry: _Group, shown: tuple[float, float, float, float], turned: int) -> Word | None:
    """The word as fractions of the shown part of the page; None where nothing of it is on the page."""
    left, top, right, bottom = shown
    width, height = right - left, bottom - top
    box: Box = (
        (entry["x0"] - left) / width,
        (entry["top"] - top) / height,
        (entry["x1"] - left) / width,
        (entry["bottom"] - top) / height,
    )
    text = entry["text"].replace("\u00a0", " ").replace("\0", "\ufffd").strip()
    if not text or not on_page(box):
        return None
    size = max(char["size"] for char in entry["chars"]) / height
    bold = sum(is_bold(char["fontname"]) for char in entry["chars"]) > len(entry["chars"]) / 2
    return Word(text, clamp(box), size, Source.TEXT, bold=bold, turned=turned)


def is_bold(font: str) -> bool:
    return _BOLD.search(font) is not None


def on_page(box: Box) -> bool:
    """Whether the middle of the box lies on the page: what lies outside is not printed."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return math.isfinite(across + down) and 0 <= across <= 1 and 0 <= down <= 1


def clamp(box: Box) -> Box:
    x0, y0, x1, y1 = (min(max(edge, 0.0), 1.0) for edge in box)
    return x0, y0, x1, y1


def _links(page: PlumberPage) -> tuple[Link, ...]:
    left, top, right, bottom = page.cropbox
    width, height = right - left, bottom - top
    links = []
    for annotation in page.annots:
        uri = _address(annotation["data"])
        box: Box = (
            (annotation["x0"] - left) / width,
            (annotation["top"] - top) / height,
            (annotation["x1"] - left) / width,
            (annotation["bottom"] - top) / height,
        )
        if uri:
            links.append(Link(uri, clamp(box) if on_page(box) else None))
    return tuple(links)


def _address(annotation: Mapping[str, object]) -> str | None:
    """The address of a link. pdfplumber would take bytes beyond ASCII that are not UTF-8 for UTF-16."""
    action = annotation.get("A")
    uri = action.get("URI") if isinstance(action, Mapping) else None
    if not isinstance(uri, bytes):
        return uri.strip() if isinstance(uri, str) else None
    try:
        return uri.decode("utf-8").strip()
    except UnicodeDecodeError:
        return uri.decode("latin-1").strip()
