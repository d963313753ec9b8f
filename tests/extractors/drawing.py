"""Tiny documents for the tests of the readers, drawn on the spot. Nobody in them exists."""

from collections.abc import Sequence
from io import BytesIO

import zxingcpp
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
LANDSCAPE = (842, 595)
CERTIFICATE = (
    ("Certificate of Completion", 90),
    ("This is to certify that", 44),
    ("Wilhelmina Sandberg", 80),
    ("has successfully completed the course", 44),
    ("Foundations of Network Security", 70),
    ("14 August 2023", 44),
    ("Certificate ID AB-1234-XY", 40),
)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def sheet(
    lines: Sequence[tuple[str, int]] = CERTIFICATE, size: tuple[int, int] = (2339, 1654), dark: bool = False
) -> Image.Image:
    """A page with each line of text in its size (pixels), dark on light unless `dark`."""
    ink, ground = ("white", "#101830") if dark else ("black", "white")
    picture = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(picture)
    for row, (text, pixels) in enumerate(lines):
        place = (size[0] // 8, size[1] * (row + 1) // (len(lines) + 2))
        pen.text(place, text, fill=ink, font=ImageFont.truetype(FONT, pixels))
    return picture


def qr(text: str, pixels: int = 300, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.QRCode) -> Image.Image:
    code = Image.fromarray(zxingcpp.create_barcode(text, kind).to_image(scale=8))
    return code.convert("RGB").resize((pixels, pixels * code.height // code.width))


class Pdf:
    """A PDF in the making: points, origin bottom left, as the PDF standard has it."""

    def __init__(self, size: tuple[float, float] = LANDSCAPE, **options: object) -> None:
        self.stream = BytesIO()
        self.canvas = Canvas(self.stream, pagesize=size, invariant=1, **options)
        self.canvas.setFont("Helvetica", 20)

    def write(self, text: str, x: float = 100, y: float = 300, size: float = 20, font: str = "Helvetica") -> "Pdf":
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return self

    def write_invisibly(self, text: str, x: float = 100, y: float = 200) -> "Pdf":
        self.canvas.saveState()
        ghost = self.canvas.beginText(x, y)
        ghost.setTextRenderMode(3)
        ghost.textLine(text)
        self.canvas.drawText(ghost)
        self.canvas.restoreState()
        return self

    def paste(self, picture: Image.Image, x: float, y: float, width: float, height: float) -> "Pdf":
        self.canvas.drawImage(ImageReader(picture), x, y, width, height, mask="auto")
        return self

    def next_page(self) -> "Pdf":
        self.canvas.showPage()
        return self

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.stream.getvalue()
