"""A PDF as a document: its pages by pypdfium2, its words by pdfplumber, at a glance by pypdfium2."""

import re
from dataclasses import replace
from types import TracebackType
from typing import Self

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from extractors import pdfium, pdfium_text
from extractors.active import active_parts
from extractors.codes import read_symbols
from extractors.errors import DamagedDocument, EncryptedDocument, OversizedDocument
from extractors.model import Box, Metadata, Page, Symbol, Traces, Unseen, Word
from extractors.pdf_traces import pdf_day, traces_of
from extractors.pdfium_objects import links
from extractors.symbol_places import symbol_places
from extractors.textlayer import TextLayer, lies_in, repaired, undecoded
from extractors.visibility import Look, look_at, mark_hidden

_POINTS_PER_INCH = 72
_DPI = 200
# A4 at 200 dpi is 2339 pixels long. Pages of unusual size (screens exported at one point a pixel, posters) are drawn
# smaller, so that no side exceeds this: their type is large too.
_LONGEST_SIDE = 3000
_TEXT_CHARACTERS = 120
# Where codes may be anywhere on the page, one picture of all of it serves them and whoever reads the pixels.
_WORTH_CROPPING = 0.6
# Points. Parts of a page smaller than an inch may have no pixel at all.
_SMALL_PAGE = 72
_A4 = (595.0, 842.0)
# As many words that nobody sees are kept for a page: a scan's text layer may be long.
_UNSEEN = 300
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_CROSS_REFERENCE = re.compile(rb"\s*(xref|\d+\s+\d+\s+obj)")


class PdfDocument:
    """A PDF that opens with no password. One page is open at a time, and none is kept: memory stays flat."""

    badge = None

    def __init__(self, data: bytes, pages: int, pixels: int) -> None:
        """Raises EncryptedDocument, DamagedDocument or OversizedDocument. `pages` and `pixels` are the limits."""
        self._pixels = pixels
        self._pdf = _open(data)
        self._opened: tuple[int, pypdfium2.PdfPage] | None = None
        self._decoded: pypdfium2.PdfTextPage | None = None
        try:
            self.page_count = len(self._pdf)
            if self.page_count > pages:
                raise OversizedDocument(f"the file has {self.page_count} pages, more than the limit of {pages}")
            # The first page last: it stays open for whoever reads it.
            characters = [self._characters(number) for number in range(self.page_count, 0, -1)]
            opened = [count for count in characters if count is not None]
            if not opened:
                raise DamagedDocument("the file is cut off or broken: none of its pages opens")
            self.metadata = _metadata(self._pdf, data, damaged=len(opened) < self.page_count or _cut_off(data))
            self.media = _media(sum(opened))
        except BaseException:
            self._leave_page()
            self._pdf.close()
            raise
        self._text = TextLayer(data)
        self._drawn: tuple[int, int, Image.Image] | None = None
        self._light: set[int] = set()
        self._look: tuple[int, Look | None] | None = None
        self._unseen: dict[int, tuple[Unseen, ...]] = {}
        self._data = data

    def page(self, number: int) -> Page:
        """Words and links of a page; an empty page of A4 where a damaged file holds no more than its place."""
        try:
            page = self._page(number)
            width, height = page.get_size()
            return Page(number, width, height, self._words(number, page), self._text.links(number))
        except pypdfium2.PdfiumError:
            self.metadata = replace(self.metadata, damaged=True)
            return Page(number, *_A4)

    def glance(self, number: int) -> Page | None:
        """The same by the quicker reader, None where its words may be others."""
        try:
            page = self._page(number)
            words = pdfium_text.clear_words(self._text_of(page))
            if words is None:
                return None
            (width, height), linked = page.get_size(), links(page)
            return Page(number, width, height, self._marked(number, page, words), linked)
        except pypdfium2.PdfiumError:
            return None

    def symbols(self, number: int) -> tuple[Symbol, ...]:
        """QR and bar codes, searched for where the page has anything that can be one."""
        try:
            page = self._page(number)
            places = symbol_places(page)
            searched = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in places)
            if searched < _WORTH_CROPPING and min(page.get_size()) > _SMALL_PAGE:
                found = [symbol for box in places for symbol in self._symbols_in(number, page, box)]
                return tuple(sorted(found, key=lambda symbol: (symbol.box[1], symbol.box[0])))
        except pypdfium2.PdfiumError:
            return ()
        return read_symbols(self._whole(number, _DPI))

    def _symbols_in(self, number: int, page: pypdfium2.PdfPage, box: Box) -> list[Symbol]:
        part = self._rendered(number, page, _DPI, box)
        x0, y0, x1, y1 = box
        width, height = x1 - x0, y1 - y0
        return [
            replace(
                symbol,
                box=(
                    x0 + symbol.box[0] * width,
                    y0 + symbol.box[1] * height,
                    x0 + symbol.box[2] * width,
                    y0 + symbol.box[3] * height,
                ),
            )
            for symbol in read_symbols(part)
        ]

    def picture(self, number: int, dpi: int = _DPI) -> Image.Image:
        """The page drawn in RGB, turned as it is shown; white where a damaged file holds no more than its place."""
        return self._whole(number, dpi).convert("RGB")

    def grey(self, number: int) -> Image.Image:
        """The same in grey at 200 dots an inch, for whoever needs no colour."""
        return self._whole(number, _DPI).convert("L")

    def _whole(self, number: int, dpi: int) -> Image.Image:
        if self._drawn is None or self._drawn[:2] != (number, dpi):
            self._drawn = number, dpi, self._draw(number, dpi)
        return self._drawn[2]

    def close(self) -> None:
        self._drawn = self._look = None
        self._text.close()
        self._leave_page()
        self._pdf.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _page(self, number: int) -> pypdfium2.PdfPage:
        """The page, open until another one is asked for. Raises PdfiumError where it does not open, or has no area."""
        if self._opened is None or self._opened[0] != number:
            self._leave_page()
            page = self._pdf[number - 1]
            if not pdfium.has_area(page):
                page.close()
                raise pypdfium2.PdfiumError("the page has no area")
            self._opened = number, page
        return self._opened[1]

    def _leave_page(self) -> None:
        if self._opened is not None:
            self._opened[1].close()  # and its text
            self._opened = self._decoded = None

    def _text_of(self, page: pypdfium2.PdfPage) -> pypdfium2.PdfTextPage:
        """The text layer of the open page, decoded once. Raises PdfiumError where that fails."""
        if self._decoded is None:
            self._decoded = page.get_textpage()
        return self._decoded

    def _characters(self, number: int) -> int | None:
        """How long the text layer of a page is; None where the page does not open."""
        try:
            return pdfium.character_count(self._text_of(self._page(number)))
        except pypdfium2.PdfiumError:
            return None

    def _words(self, number: int, page: pypdfium2.PdfPage) -> tuple[Word, ...]:
        text = self._text_of(page)
        if pdfium.character_count(text) == 0:
            return ()
        words = self._text.words(number)
        if words is None:
            words = pdfium_text.words(text)
        elif undecoded(words):
            words = repaired(words, pdfium_text.words(text))
        return self._marked(number, page, words)

    def _marked(self, number: int, page: pypdfium2.PdfPage, words: tuple[Word, ...]) -> tuple[Word, ...]:
        if self._look is None or self._look[0] != number:
            self._look = number, look_at(page, number) if words else None
            if self._look[1] is not None:
                self._leave_page()  # its type is gone
        look = self._look[1]
        marked = mark_hidden(words, look)
        unseen = look.unseen if look else ()
        told = [one.box for one in unseen]
        hidden = [
            Unseen(page=number, box=word.box, text=word.text)
            for word in marked
            if word.hidden and not any(lies_in(word.box, box) for box in told)
        ]
        self._unseen[number] = (*unseen, *hidden)[:_UNSEEN]
        return marked

    def unseen(self, number: int) -> tuple[Unseen, ...]:
        """What the text layer of a page holds that nobody sees on it, as far as its words were asked for."""
        return self._unseen.get(number, ())

    def traces(self) -> Traces:
        """What the file says of how it was made and saved."""
        return traces_of(self._data, self.metadata.producer, pdfium.stated(self._pdf, "ModDate"), self._pixels)

    def _draw(self, number: int, dpi: int) -> Image.Image:
        try:
            page = self._page(number)
        except pypdfium2.PdfiumError:
            return Image.new("RGB", (round(_A4[0]), round(_A4[1])), "white")
        return self._rendered(number, page, dpi)

    def _rendered(self, number: int, page: pypdfium2.PdfPage, dpi: int, box: Box = (0.0, 0.0, 1.0, 1.0)) -> Image.Image:
        """A part of the page, all of it unless said otherwise. Raises DamagedDocument or OversizedDocument."""
        width, height = page.get_size()
        scale = min(dpi / _POINTS_PER_INCH, _LONGEST_SIDE / max(width, height))
        x0, y0, x1, y1 = box
        self._check_images(number, page)
        try:
            return pdfium.render(page, scale, (x0 * width, (1 - y1) * height, (1 - x1) * width, y0 * height))
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise DamagedDocument(f"page {number} cannot be drawn: {error}") from error
        except MemoryError as error:
            raise OversizedDocument(f"page {number} needs more memory than there is") from error

    def _check_images(self, number: int, page: pypdfium2.PdfPage) -> None:
        """A small file may hold a picture of gigapixels, which would be decoded whole."""
        if number in self._light:
            return
        for width, height in pdfium.image_sizes(page):
            if width * height > self._pixels:
                size = f"{width} x {height} pixels"
                raise OversizedDocument(f"a picture in the file has {size}, more than the limit of {self._pixels}")
        self._light.add(number)


def _media(characters: int) -> str:
    if characters >= _TEXT_CHARACTERS:
        return "pdf-text"
    return "pdf-partial-text" if characters else "pdf-image-only"


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedDocument("the PDF is protected by a password") from error
        raise DamagedDocument("the file is cut off or broken: no PDF reader opens it") from error
    if pdf.get_formtype() != raw.FORMTYPE_NONE:
        # Filled-in form fields are only drawn with this, and shaded for the reader to fill them in.
        pdf.init_forms()
        raw.FPDF_RemoveFormFieldHighlight(pdf.formenv)
    return pdf


def _cut_off(data: bytes) -> bool:
    """Whether the end of the file is not where its last cross-reference says: a reader had to repair it."""
    starts = list(_START.finditer(data))
    if not starts or re.search(rb"\d obj\b", data[starts[-1].end() :]):
        return True
    first = data.find(b"%PDF-")
    stated = int(starts[-1][1])
    return not any(at < len(data) and _CROSS_REFERENCE.match(data, at) for at in (stated, stated + first))


def _metadata(pdf: pypdfium2.PdfDocument, data: bytes, damaged: bool) -> Metadata:
    return Metadata(
        active=active_parts(pdf, data),
        created_on=pdf_day(pdfium.stated(pdf, "CreationDate")),
        producer=pdfium.stated(pdf, "Producer") or None,
        title=pdfium.stated(pdf, "Title") or None,
        damaged=damaged,
    )
