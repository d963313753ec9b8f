# ruff: noqa: PLR0917 (place and size: drawing reads best in that order, unnamed)
"""Lines of text on pages of a PDF. Points, origin at the top left, `y` is the baseline."""

import datetime as dt
import io
from dataclasses import dataclass, field
from functools import lru_cache

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import getFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.samples.sheet import FONTS, registered

Run = tuple[str, str]  # text, font


@lru_cache(maxsize=20000)
def width_of(text: str, font: str, size: float) -> float:
    return float(stringWidth(text, registered(font) if font in FONTS else font, size))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: runs of one size. `gap` = white above it, in sizes. `rule` = a line above it instead of a gap."""

    runs: tuple[Run, ...]
    size: float
    colour: str = "#222222"
    gap: float = 0.5
    rule: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side, each as wide as the others."""

    cells: tuple[tuple["Line | Columns", ...], ...]
    gap: float = 12
    align: str = "centre"


Item = Line | Columns


@dataclass(slots=True)
class Paper:
    """A document in the making. `marks` of each page: x, y, text, font, size, colour."""

    width: float
    height: float
    pages: list[list[tuple[float, float, str, str, float, str]]] = field(default_factory=lambda: [[]])
    rules: list[tuple[int, float, float, float]] = field(default_factory=list)
    links: list[tuple[int, float, float, float, float, str]] = field(default_factory=list)

    def flow(self, items: list[Item], x0: float, x1: float, y: float, align: str, scale: float, draw: bool) -> float:
        """Put items one under another between x0 and x1 from y on; returns where the last ends."""
        for item in items:
            if isinstance(item, Columns):
                y = self._columns(item, x0, x1, y, scale, draw)
                continue
            size = item.size * scale
            y += size * item.gap
            if item.rule:
                if draw:
                    self.rules.append((len(self.pages) - 1, x0 + (x1 - x0) * 0.1, x1 - (x1 - x0) * 0.1, y + 2))
                y += 4
            for line in wrapped(item.runs, x1 - x0, size):
                y += size * 1.2
                if draw:
                    self._line(line, x0, x1, y, align, size, item)
        return y

    def _columns(self, columns: Columns, x0: float, x1: float, y: float, scale: float, draw: bool) -> float:
        step = (x1 - x0) / len(columns.cells)
        top = y + columns.gap * scale
        ends = [
            self.flow(list(cell), x0 + step * n + 4, x0 + step * (n + 1) - 4, top, columns.align, scale, draw)
            for n, cell in enumerate(columns.cells)
        ]
        return max(ends, default=y)

    def _line(self, line: list[Run], x0: float, x1: float, y: float, align: str, size: float, item: Line) -> None:
        wide = sum(width_of(text, font, size) for text, font in line)
        x = {"left": x0, "centre": (x0 + x1 - wide) / 2, "right": x1 - wide}[align]
        if item.link:
            self.links.append((len(self.pages) - 1, x, y - size, x + wide, y + 2, item.link))
        for text, font in line:
            self.pages[-1].append((x, y, text, font, size, item.colour))
            x += width_of(text, font, size)

    def pdf(self, created_on: dt.date) -> bytes:
        file = io.BytesIO()
        canvas = Canvas(file, pagesize=(self.width, self.height), invariant=1, pageCompression=1)
        canvas.setTitle("Specimen")
        canvas.setProducer("specimen")
        canvas.setDateFormatter(lambda *_: f"D:{created_on:%Y%m%d}120000Z")
        for number, marks in enumerate(self.pages):
            for x, y, text, font, size, colour in marks:
                canvas.setFillColor(HexColor(colour))
                canvas.setFont(registered(font) if font in FONTS else font, size)
                canvas.drawString(x, self.height - y, text)
            for page, x0, x1, y in self.rules:
                if page == number:
                    canvas.line(x0, self.height - y, x1, self.height - y)
            for page, x0, y0, x1, y1, url in self.links:
                if page == number:
                    canvas.linkURL(url, (x0, self.height - y1, x1, self.height - y0))
            canvas.showPage()
        canvas.save()
        return file.getvalue()


@lru_cache(maxsize=20000)
def _fitting(text: str, font: str) -> str:
    """The font, or one of a similar cut that has all the letters."""
    family = "serif" if font.startswith("Times") else "sans"
    bold = "-bold" if font.casefold().endswith("bold") else ""
    wanted = (font, f"{family}{bold}", f"dejavu{bold}")
    return next((one for one in wanted if _has(one, text)), font)


def _has(font: str, text: str) -> bool:
    if font in FONTS:
        glyphs = getFont(registered(font)).face.charToGlyph
        return all(ord(letter) in glyphs for letter in text)
    try:
        text.encode("cp1252")  # what the standard fonts have
    except UnicodeEncodeError:
        return False
    return True


def wrapped(runs: tuple[Run, ...], width: float, size: float) -> list[list[Run]]:
    """Runs in lines no wider than `width`; a word that is wider stands alone."""
    runs = tuple((text, _fitting(text, font)) for text, font in runs)
    lines: list[list[Run]] = [[]]
    room = width
    for word in _words(runs):
        wide = sum(width_of(text, font, size) for text, font in word)
        space = width_of(" ", word[0][1], size) if lines[-1] else 0
        if lines[-1] and wide + space > room:
            lines.append([])
            room, space = width, 0
        if space:
            text, font = lines[-1][-1]
            lines[-1][-1] = (f"{text} ", font)
        for text, font in word:
            if lines[-1] and lines[-1][-1][1] == font:
                lines[-1][-1] = (lines[-1][-1][0] + text, font)
            else:
                lines[-1].append((text, font))
        room -= wide + space
    return lines


def _words(runs: tuple[Run, ...]) -> list[list[Run]]:
    """The runs cut at spaces; a word may have parts in two fonts ("**name**,")."""
    found: list[list[Run]] = []
    open_word = False
    for text, font in runs:
        pieces = text.split(" ")
        for number, piece in enumerate(pieces):
            if number:
                open_word = False
            if piece:
                if open_word:
                    found[-1].append((piece, font))
                else:
                    found.append([(piece, font)])
                open_word = True
    return found
