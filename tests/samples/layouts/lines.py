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


def sheet(slip: Slip) -> None:
    """A learning site's page: its name in a band on top, then lines; words: `brand`, `band`, `colour`, `align`."""
    page, band = slip.sheet, slip.word("band", "#ffffff")
    page.box(0, 0, page.width, page.height, fill="#f5f6f7")
    page.box(0, 0, page.width, 90, fill=band)
    dark = band != "#ffffff"
    page.text(72, 58, slip.word("brand"), "dejavu-bold", 24, "#ffffff" if dark else slip.word("colour"))
    _lines(slip, 150, slip.word("colour", "#222222"))
    page.specimen()


def badge(slip: Slip) -> None:
    """A square picture of a badge: course, issuer, holder, day."""
    page = slip.sheet
    page.width = page.height = 300
    page.disc(150, 150, 138, fill="#12355b")
    page.disc(150, 150, 124, stroke="#f2c14e")
    page.text(150, 92, slip.certificate.issuer or "" if slip.certificate else "", "sans-bold", 13, "#f2c14e", "centre")
    page.paragraph(150, 140, slip.say("course_name"), 200, "sans-bold", 20, "#ffffff", "centre")
    page.text(150, 198, slip.say("holder_name"), "sans", 13, "#ffffff", "centre")
    page.text(150, 220, slip.say("completed_on"), "sans", 12, "#ffffff", "centre")
    page.specimen()
