"""Codes are found however they are drawn, and a page that can hold none is not drawn at all."""

from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from reportlab.graphics.barcode.code128 import Code128

from extractors import pdfium
from extractors.codes import read_symbols
from extractors.document import Limits, open_document
from extractors.symbol_places import symbol_places
from tests.extractors.drawing import Pdf, qr

ADDRESS = "https://verify.example/c/AB-1234"
# Points from the bottom left: where each drawing below puts its code.
PLACE, SIDE = (300, 60), 120


def modules() -> Image.Image:
    code: Image.Image = Image.fromarray(zxingcpp.create_barcode(ADDRESS, zxingcpp.BarcodeFormat.QRCode).to_image())
    return code


def dark_cells() -> list[tuple[float, float, float]]:
    """Left, bottom and side of each dark module, in points."""
    code = modules()
    side = SIDE / code.width
    return [
        (PLACE[0] + x * side, PLACE[1] + (code.height - 1 - y) * side, side)
        for x in range(code.width)
        for y in range(code.height)
        if code.getpixel((x, y)) == 0
    ]


def as_picture(drawing: Pdf) -> None:
    drawing.paste(qr(ADDRESS), *PLACE, SIDE, SIDE)


def in_four_pictures(drawing: Pdf) -> None:
    code, half = qr(ADDRESS, 300), SIDE / 2
    for column, left in enumerate((0, 150)):
        for row, top in enumerate((150, 0)):
            part = code.crop((left, top, left + 150, top + 150))
            drawing.paste(part, PLACE[0] + column * half, PLACE[1] + row * half, half, half)


def as_squares(drawing: Pdf) -> None:
    for left, bottom, side in dark_cells():
        drawing.canvas.rect(left, bottom, side, side, stroke=0, fill=1)


def as_one_path(drawing: Pdf) -> None:
    path = drawing.canvas.beginPath()
    for left, bottom, side in dark_cells():
        path.rect(left, bottom, side, side)
    drawing.canvas.drawPath(path, stroke=0, fill=1)


def as_a_clip(drawing: Pdf) -> None:
    drawing.canvas.saveState()
    path = drawing.canvas.beginPath()
    for left, bottom, side in dark_cells():
        path.rect(left, bottom, side, side)
    drawing.canvas.clipPath(path, stroke=0, fill=0)
    drawing.canvas.rect(*PLACE, SIDE, SIDE, stroke=0, fill=1)
    drawing.canvas.restoreState()


def in_a_form(drawing: Pdf) -> None:
    drawing.canvas.beginForm("code")
    as_squares(drawing)
    drawing.canvas.endForm()
    drawing.canvas.doForm("code")


def as_bars(drawing: Pdf) -> None:
    Code128("AB-1234-XY", barHeight=40, barWidth=1.2).drawOn(drawing.canvas, *PLACE)


def as_one_stroke_a_run(drawing: Pdf) -> None:
    """One path that is not filled: a thick line for each run of dark modules in a row."""
    path = drawing.canvas.beginPath()
    for left, bottom, side in dark_cells():
        path.moveTo(left, bottom + side / 2)
        path.lineTo(left + side, bottom + side / 2)
    drawing.canvas.setLineWidth(SIDE / modules().width)
    drawing.canvas.drawPath(path, stroke=1, fill=0)


WAYS = [as_picture, in_four_pictures, as_squares, as_one_path, as_a_clip, in_a_form, as_bars, as_one_stroke_a_run]


@pytest.mark.parametrize("draw", WAYS)
@pytest.mark.parametrize("rotation", [0, 90])
def test_a_code_is_found_where_it_is(draw: Callable[[Pdf], None], rotation: int) -> None:
    drawing = Pdf().write("Certificate of Completion", y=500, size=40)
    drawing.canvas.setPageRotation(rotation)
    draw(drawing)
    with open_document(drawing.bytes(), Limits()) as document:
        (symbol,) = document.symbols(1)
        (expected,) = read_symbols(document.picture(1))
    assert symbol.text == expected.text == ("AB-1234-XY" if draw is as_bars else ADDRESS)
    assert symbol.box == pytest.approx(expected.box, abs=0.005)


def pattern_page(cell: bytes) -> bytes:
    """A page with one square that is filled with a pattern; `cell` is what the pattern draws."""
    fill = b"/Pattern cs /P scn 100 100 300 300 re f"
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R"
        b"/Resources<</Pattern<</P 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
        b"5 0 obj<</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 500 500]/XStep 500/YStep 500"
        b"/Resources<<>>/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"
    ) % (len(fill), fill, len(cell), cell)


def test_a_code_in_a_pattern_is_found() -> None:
    code = modules()
    side = 240 / code.width
    cell = b"".join(
        b"%.2f %.2f %.2f %.2f re f\n" % (130 + x * side, 130 + (code.height - 1 - y) * side, side, side)
        for x in range(code.width)
        for y in range(code.height)
        if code.getpixel((x, y)) == 0
    )
    with open_document(pattern_page(b"1 g 100 100 300 300 re f 0 g\n" + cell), Limits()) as document:
        assert [symbol.text for symbol in document.symbols(1)] == [ADDRESS]


def test_a_page_of_type_and_lines_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = Pdf().write("Certificate of Completion", y=500, size=40)
    drawing.canvas.rect(20, 20, 800, 550)
    for row in range(4):
        drawing.canvas.line(100, 100 + 60 * row, 300, 100 + 60 * row)
    monkeypatch.setattr(pdfium, "render", lambda *_: pytest.fail("the page was drawn"))
    with open_document(drawing.bytes(), Limits()) as document:
        assert document.symbols(1) == ()


def test_a_signature_is_no_place() -> None:
    drawing = Pdf().write("Certificate of Completion", y=500, size=40)
    path = drawing.canvas.beginPath()
    path.moveTo(300, 80)
    for at in range(300, 420, 4):
        path.curveTo(at, 90 + at % 13, at + 2, 70 - at % 7, at + 4, 80)
    drawing.canvas.drawPath(path, stroke=1, fill=0)
    with pypdfium2.PdfDocument(drawing.bytes()) as pdf:
        assert symbol_places(pdf[0]) == ()
