"""Pages whose every mark stands in the sample's own TOML: each line says what, how and where, then the text.

    sans-bold 20 #222222 left 170 230 480|**bold** or not, with {fields}
    box #f5f6f7 0 0 842 90
    scribble 116 496
    link 160 534 160 30|https://…

A text has font, size, colour, the end that `x` is (left, centre, right), `x`, `y` and the widest a line may be; `y` as
`+14` counts from where the text before it ended; `drawn` after the width makes it a picture, missing in the text layer;
`turned` lets one line run down the page from there.
Points, origin at the top left. Words: `width` and `height` of the page.
"""

from dataclasses import dataclass

from tests.samples.sheet import FONTS, Sheet, Text, width_of
from tests.samples.slip import Slip

_LEADING = 1.25


def placed(slip: Slip) -> None:
    sheet = slip.sheet
    sheet.width, sheet.height = float(slip.word("width", "842")), float(slip.word("height", "595"))
    end = 0.0
    for line in slip.page.lines:
        head, _, text = line.partition("|")
        kind, *rest = head.split()
        if kind in FONTS:
            end = _set(sheet, _Style.of(kind, rest, end), slip.filled(text))
        elif kind == "link":
            x, y, width, height = map(float, rest)
            sheet.link(x, y, width, height, text)
        else:
            _mark(slip, kind, rest)
    sheet.specimen()


@dataclass(frozen=True, slots=True)
class _Style:
    font: str
    size: float
    colour: str
    anchor: str
    x: float
    y: float
    width: float
    drawn: bool
    turned: bool

    @classmethod
    def of(cls, font: str, words: list[str], end: float) -> "_Style":
        size, colour, anchor, x, y, width, *more = words
        down = end + float(y) if y.startswith("+") else float(y)
        return cls(font, float(size), colour, anchor, float(x), down, float(width), "drawn" in more, "turned" in more)


def _set(sheet: Sheet, style: _Style, text: str) -> float:
    """Set a text in lines; returns the baseline for what comes next."""
    y = style.y
    if style.turned:
        sheet.marks.append(Text(style.x, y, text, style.font, style.size, style.colour, turned=True))
        return y
    for runs in _lines(style, text):
        widths = [run.gap + width_of(run.words, run.font, style.size) for run in runs]
        x = style.x - sum(widths) * {"left": 0, "centre": 0.5, "right": 1}[style.anchor]
        for run, width in zip(runs, widths, strict=True):
            sheet.text(x + run.gap, y, run.words, run.font, style.size, style.colour, outlined=style.drawn)
            x += width
        y += style.size * _LEADING
    return y


@dataclass(slots=True)
class _Run:
    """Words of one font in one line; `gap` is the white before them."""

    font: str
    words: str
    gap: float


def _lines(style: _Style, text: str) -> list[list[_Run]]:
    """The words in lines no wider than the style allows, each line as runs of one font."""
    blank = width_of(" ", style.font, style.size)
    lines: list[list[_Run]] = [[]]
    used, glued = 0.0, False
    for number, part in enumerate(text.split("**")):
        font = f"{style.font}-bold" if number % 2 else style.font
        glued = glued and not part[:1].isspace()
        for word in part.split():
            gap = 0.0 if glued or not lines[-1] else blank
            width = width_of(word, font, style.size)
            if lines[-1] and not glued and used + gap + width > style.width:
                lines.append([])
                used = gap = 0.0
            runs = lines[-1]
            if runs and runs[-1].font == font and not glued:
                runs[-1].words += f" {word}"
            else:
                runs.append(_Run(font, word, gap))
            used += gap + width
            glued = False
        glued = bool(part) and not part[-1].isspace()
    return lines


def _mark(slip: Slip, kind: str, words: list[str]) -> None:
    """Draw what is no text: its colour, where it has one, then its place in points."""
    sheet, colour = slip.sheet, words[0]
    place = [float(word) for word in words if not word.startswith("#")]
    match kind, place:
        case "box", [x, y, width, height]:
            sheet.box(x, y, width, height, fill=colour)
        case "frame", [x, y, width, height, line]:
            sheet.box(x, y, width, height, stroke=colour, line=line)
        case "disc", [x, y, radius]:
            sheet.disc(x, y, radius, fill=colour)
        case "ring", [x, y, radius]:
            sheet.disc(x, y, radius, stroke=colour)
        case "rule", [x0, y0, x1, y1]:
            sheet.rule(x0, y0, x1, y1, colour)
        case "polygon", [*numbers]:
            sheet.polygon(*zip(numbers[::2], numbers[1::2], strict=True), fill=colour)
        case "scribble", [x, y]:
            sheet.scribble(x, y)
        case "qr", [x, y, size]:
            sheet.qr(x, y, size, slip.page.qr)
        case _:
            raise ValueError(f"no such mark: {kind} {' '.join(words)}")
