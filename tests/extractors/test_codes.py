"""QR and bar codes, from clean pages and from photos."""

import zxingcpp
from PIL import Image, ImageFilter

from extractors.codes import read_symbols
from tests.extractors.drawing import qr, sheet

ADDRESS = "https://verify.example/c/AB-1234"


def with_code(code: Image.Image, place: tuple[int, int]) -> Image.Image:
    picture = sheet()
    picture.paste(code, place)
    return picture


def test_a_qr_code_with_its_place() -> None:
    (symbol,) = read_symbols(with_code(qr(ADDRESS), (1900, 1200)))
    assert symbol.text == ADDRESS
    assert "QR" in symbol.kind.upper()
    x0, y0, x1, y1 = symbol.box
    assert 1900 / 2339 < x0 < x1 < 2200 / 2339
    assert 1200 / 1654 < y0 < y1 < 1500 / 1654


def test_codes_come_from_top_to_bottom() -> None:
    picture = with_code(qr("second"), (100, 1300))
    picture.paste(qr("first"), (1900, 50))
    assert [symbol.text for symbol in read_symbols(picture)] == ["first", "second"]


def test_a_bar_code_is_read_where_there_is_no_qr_code() -> None:
    bars = qr("AB-1234-XY", 500, zxingcpp.BarcodeFormat.Code128)
    (symbol,) = read_symbols(with_code(bars.resize((500, 120)), (1500, 1300)))
    assert symbol.text == "AB-1234-XY"


def test_a_turned_blurred_dark_photo_still_reads() -> None:
    photo = with_code(qr(ADDRESS), (1900, 1200)).rotate(17, expand=True, fillcolor="white")
    photo = photo.filter(ImageFilter.GaussianBlur(2)).point(lambda value: value * 0.5)
    assert [symbol.text for symbol in read_symbols(photo)] == [ADDRESS]


def test_a_page_without_codes_has_none() -> None:
    assert read_symbols(sheet()) == ()
    assert read_symbols(Image.new("RGB", (1, 1))) == ()
