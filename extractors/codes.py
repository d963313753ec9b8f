"""QR and bar codes of a picture."""

import zxingcpp
from PIL import Image

from extractors.model import Box, Symbol

_QR = zxingcpp.barcode_formats_from_str("QRCode,MicroQRCode,RMQRCode")
_OTHERS = zxingcpp.barcode_formats_from_str("DataMatrix,Aztec,PDF417,Code128,Code39,EAN13")
# Pixels a side beyond which the decoder refuses to look.
_LONGEST = 65_535


def read_symbols(picture: Image.Image) -> tuple[Symbol, ...]:
    """Every code that decodes, top to bottom; boxes are fractions of `picture`.

    QR codes are looked for first: that costs a tenth of looking for every kind, and a page that has one has, in
    practice, no second kind that matters.
    """
    if max(picture.size) > _LONGEST:
        return ()
    grey = picture.convert("L")
    # White on black, only QR codes are printed: looking for others so would cost a quarter more.
    found = zxingcpp.read_barcodes(grey, formats=_QR) or zxingcpp.read_barcodes(grey, formats=_OTHERS, try_invert=False)
    symbols = [_symbol(barcode, grey.size) for barcode in found if barcode.valid and barcode.text.strip()]
    return tuple(sorted(symbols, key=lambda symbol: (symbol.box[1], symbol.box[0])))


def _symbol(barcode: zxingcpp.Barcode, size: tuple[int, int]) -> Symbol:
    return Symbol(text=barcode.text.strip(), box=_box(barcode.position, size), kind=barcode.format.name)


def _box(position: zxingcpp.Position, size: tuple[int, int]) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    across = [_fraction(corner.x, size[0]) for corner in corners]
    down = [_fraction(corner.y, size[1]) for corner in corners]
    return min(across), min(down), max(across), max(down)


def _fraction(pixel: int, extent: int) -> float:
    return min(max(pixel / extent, 0.0), 1.0)
