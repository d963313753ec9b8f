"""Pages that are plain lines: certificates of schools that no profile knows, and letters.

A line is `style|text with {fields}`; a line that begins with `|` leaves a gap of that many points.
"""

from tests.samples.slip import Slip

# style: font, size, colour (None: the page's own)
_STYLES: dict[str, tuple[str, float, str | None]] = {
    "brand": ("carlito-bold", 18, None),
    "title": ("serif-bold", 38, None),
    "name": ("serif-italic", 32, "#1d1d1d"),
    "course": ("sans-bold", 22, None),
    "body": ("sans", 14, "#333333"),
    "bold": ("sans-bold", 14, "#333333"),
    "small": ("sans", 9.5, "#555555"),
    "tiny": ("dejavu", 7.5, "#666666"),
}


def diploma(slip: Slip) -> None:
    """A framed page; words: `colour`, `align` (left or centre), `paper`, `top`."""
    sheet = slip.sheet
    colour = slip.word("colour", "#1f4e79")
    sheet.box(0, 0, sheet.width, sheet.height, fill=slip.word("paper", "#ffffff"))
    sheet.box(18, 18, sheet.width - 36, sheet.height - 36, stroke=colour, line=5)
    sheet.box(27, 27, sheet.width - 54, sheet.height - 54, stroke=colour, line=1)
    for x, y in ((27, 27), (sheet.width - 27, 27), (27, sheet.height - 27), (sheet.width - 27, sheet.height - 27)):
        sheet.disc(x, y, 9, fill=colour)
    _lines(slip, float(slip.word("top", "96")), colour)
    if slip.word("signer"):
        sheet.scribble(116, 496)
        sheet.rule(90, 508, 270, 508)
        sheet.text(180, 522, slip.word("signer"), "sans", 10, "#444444", "centre")
    if slip.page.qr:
        sheet.qr(sheet.width - 146, sheet.height - 150, 104, slip.page.qr)
        if slip.page.qr == getattr(slip.certificate, "verify_url", None):
            slip.say("verify_url")
    sheet.specimen()


def letter(slip: Slip) -> None:
    """An upright page of plain text."""
    slip.sheet.width, slip.sheet.height = 595, 842
    _lines(slip, 90, "#222222")
    slip.sheet.specimen()


def _lines(slip: Slip, y: float, colour: str) -> None:
    sheet = slip.sheet
    left = slip.word("align", "centre") == "left"
    x, anchor = (72.0, "left") if left else (sheet.width / 2, "centre")
    for line in slip.page.lines:
        style, _, text = line.partition("|")
        if not style:
            y += float(text)
            continue
        font, size, own = _STYLES[style]
        outlined = any(slip.outlined(part.partition("}")[0]) for part in text.split("{")[1:])
        printed = slip.filled(text)
        y = sheet.paragraph(
            x, y + size * 0.4, printed, sheet.width - 144, font, size, own or colour, anchor, 1.3, outlined
        )
