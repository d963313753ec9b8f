"""The text layer of a PDF page: words with place, size and weight, and the links.

pdfplumber is the reader of record. pypdfium2 is the second opinion where pdfplumber cannot decode a font or fails.
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import TypeVar

import pdfplumber
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF

from extractors.characters import clamp, on_page, words_of
from extractors.effort import at_most
from extractors.model import Box, Link, Word
from extractors.pdfium_objects import decoded
from extractors.plain import whole

# pdfminer reports every oddity of a font as a warning; what matters of it comes out as words or as none.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

_UNDECODED = re.compile(r"\(cid:\d+\)|[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_BROKEN_SHARE = 0.15
# Of processor time, for one page: many times what a full page takes. Files made for it keep pdfminer busy for ever.
_PAGE_SECONDS = 5.0

_Result = TypeVar("_Result")


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
    letters = sum(map(str.isalnum, joined))
    single = sum(1 for text in texts if len(text) == 1)
    return letters < 0.5 * len(joined) or single > 0.6 * len(texts)


def repaired(words: Sequence[Word], second: Sequence[Word]) -> tuple[Word, ...]:
    """The words, those that could not be decoded replaced by what the second reader has in their place, if better."""
    result: list[Word] = []
    for word in words:
        there = [other for other in second if lies_in(other.box, word.box)] if undecoded([word]) else []
        result += there if there and undecoded(there) < undecoded([word]) else [word]
    return tuple(result)


def lies_in(inner: Box, outer: Box) -> bool:
    """Whether the middle of a box lies in another one."""
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
        """What `read` makes of a page; None where pdfplumber fails on it, or works at it for too long."""
        if self._failed:
            return None
        with at_most(_PAGE_SECONDS) as effort:
            try:
                return self._read_page(number, read)
            except MemoryError:
                raise
            except Exception:
                # On broken files pdfminer raises almost any exception; the caller has pypdfium2 as second reader.
                self._failed = self._plumber is None or effort.exceeded
        return None

    def _read_page(self, number: int, read: Callable[[PlumberPage], _Result]) -> _Result:
        if self._plumber is None:
            self._plumber = pdfplumber.open(BytesIO(self._data), raise_unicode_errors=False)
        page = self._plumber.pages[number - 1]
        try:
            return read(page)
        finally:
            page.close()


def _words(page: PlumberPage) -> tuple[Word, ...] | None:
    if page.rotation % 360 and page.cropbox != page.mediabox:
        return None  # pdfplumber does not turn the crop box with the page
    return words_of(page.chars, page.cropbox)


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
        return whole(uri).strip() if isinstance(uri, str) else None
    return decoded(uri)
