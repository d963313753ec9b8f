# ruff: noqa: PLR0917 (place, size, colour: drawing calls read best in that order, unnamed)
"""A page as a list of things to draw, so that one layout serves a PDF and a picture alike.

Points (1/72 inch), origin at the top left, `y` of a text is its baseline.
"""

import math
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_TRUETYPE = Path("/usr/share/fonts/truetype")  # where Debian's font packages put them
FONTS = {
    "sans": "liberation/LiberationSans-Regular.ttf",
    "sans-bold": "liberation/LiberationSans-Bold.ttf",
    "serif": "liberation/LiberationSerif-Regular.ttf",
    "serif-bold": "liberation/LiberationSerif-Bold.ttf",
    "serif-italic": "liberation/LiberationSerif-Italic.ttf",
    "carlito": "crosextra/Carlito-Regular.ttf",
    "carlito-bold": "crosextra/Carlito-Bold.ttf",
    "dejavu": "dejavu/DejaVuSans.ttf",
    "dejavu-bold": "dejavu/DejaVuSans-Bold.ttf",
}
Point = tuple[float, float]


def font_path(name: str) -> Path:
    return _TRUETYPE / FONTS[name]


@cache
def registered(name: str) -> str:
    """The font's name for reportlab, loaded on first use."""
    pdfmetrics.registerFont(TTFont(name, str(font_path(name))))
    return name


def width_of(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, registered(font), size))


@dataclass(frozen=True, slots=True)
class Text:
    """One line. `outlined` is drawn as a picture in a PDF; `hidden` is in the text layer and not to be seen.

    `turned` runs down the page, its letters' feet to the left.
    """

    x: float
    y: float
    text: str
    font: str
    size: float
    colour: str
    outlined: bool = False
    hidden: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon, or a line where `closed` is False. `fill` and `stroke` are `#rrggbb`, or None for none."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 1
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """An area that opens `url`. Only a PDF has it."""

    x: float
    y: float
    width: float
    height: float
    url: str


@dataclass(slots=True)
class Sheet:
    """One page. `said` is what was printed for which field of the truth."""

    width: float = 842
    height: float = 595
    marks: list[Text | Shape | Link] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def text(
        self, x: float, y: float, text: str, font: str = "sans", size: float = 12, colour: str = "#222222",
        anchor: str = "left", outlined: bool = False,
    ) -> None:  # fmt: skip
        """One line; `anchor` says which end of it `x` is: left, centre or right."""
        left = x - width_of(text, font, size) * {"left": 0, "centre": 0.5, "right": 1}[anchor]
        self.marks.append(Text(left, y, text, font, size, colour, outlined))

    def paragraph(
        self, x: float, y: float, text: str, width: float, font: str = "sans", size: float = 12,
        colour: str = "#222222", anchor: str = "left", leading: float = 1.25, outlined: bool = False,
    ) -> float:  # fmt: skip
        """Lines no wider than `width`. Returns the baseline for what comes next."""
        for line in wrapped(text, width, font, size):
            self.text(x, y, line, font, size, colour, anchor, outlined)
            y += size * leading
        return y

    def box(
        self, x: float, y: float, width: float, height: float, fill: str | None = None,
        stroke: str | None = None, line: float = 1,
    ) -> None:  # fmt: skip
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.marks.append(Shape(corners, fill, stroke, line))

    def polygon(self, *points: Point, fill: str) -> None:
        self.marks.append(Shape(points, fill))

    def rule(self, x0: float, y0: float, x1: float, y1: float, colour: str = "#999999", width: float = 0.75) -> None:
        self.marks.append(Shape(((x0, y0), (x1, y1)), None, colour, width, closed=False))

    def disc(self, x: float, y: float, radius: float, fill: str | None = None, stroke: str | None = None) -> None:
        turn = (2 * math.pi * step / 72 for step in range(72))
        points = tuple((x + radius * math.cos(a), y + radius * math.sin(a)) for a in turn)
        self.marks.append(Shape(points, fill, stroke, 2))

    def scribble(self, x: float, y: float, width: float = 110) -> None:
        """What stands where a signature stands; nobody's hand."""
        steps = [step / 60 for step in range(61)]
        wave = tuple((x + width * s, y - 9 * math.sin(21 * s) * (1 - 0.7 * s) - 4 * math.cos(47 * s)) for s in steps)
        self.marks.append(Shape(wave, None, "#333366", 1.2, closed=False))

    def link(self, x: float, y: float, width: float, height: float, url: str) -> None:
        self.marks.append(Link(x, y, width, height, url))

    def qr(self, x: float, y: float, size: float, payload: str) -> None:
        """A QR code with its quiet zone inside `size`."""
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(payload)
        code.make()
        count = code.getModuleCount()
        module = size / (count + 8)
        self.box(x, y, size, size, fill="#ffffff")
        for row in range(count):
            for first, length in _runs([bool(code.isDark(row, column)) for column in range(count)]):
                self.box(x + (4 + first) * module, y + (4 + row) * module, length * module, module, fill="#000000")

    def specimen(self, colour: str = "#888888") -> None:
        """The word that keeps anybody from taking this for a certificate."""
        self.text(self.width - 12, self.height - 8, "SPECIMEN", "sans", 7, colour, "right")


def wrapped(text: str, width: float, font: str, size: float) -> list[str]:
    """The words of a text in lines no wider than `width`; a word that is wider is cut."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if width_of(joined, font, size) <= width:
            lines[-1] = joined
            continue
        rest = word
        if lines[-1]:
            lines.append("")
        while width_of(rest, font, size) > width:
            cut = max(n for n in range(1, len(rest)) if width_of(rest[:n], font, size) <= width)
            lines[-1:] = [rest[:cut], ""]
            rest = rest[cut:]
        lines[-1] = rest
    return lines


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Dark stretches of one row of a QR code: where each begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((column, 1))
    return runs
