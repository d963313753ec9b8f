"""Hostile documents that no random damage would find, each built by code and as small as it can be."""

import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image

from benchmarks.fuzz.pdf import Pdf, Thing, written
from benchmarks.fuzz.picture_damage import png_written

TEXT = b"BT /F 20 Tf 60 500 Td (Certificate of Completion) Tj 0 -40 Td (Wilhelmina Sandberg) Tj ET"
_MEGABYTE = 2**20


def page(content: bytes = TEXT, resources: bytes = b"", more: bytes = b"", catalog: bytes = b"") -> Pdf:
    """One page of A4. Objects: 1 catalog, 2 pages, 3 page, 4 content, 5 font."""
    return Pdf(
        {
            1: Thing(b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>"),
            2: Thing(b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>"),
            3: Thing(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R "
                b"/Resources << /Font << /F 5 0 R >> " + resources + b" >> " + more + b" >>"
            ),
            4: Thing(b"<< /Length %d >>" % len(content), content),
            5: Thing(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
        },
        1,
    )


def zeros(size: int) -> bytes:
    """What zlib makes of so many zeros (whole megabytes), without spending the memory and time for them."""
    count = size // _MEGABYTE
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(_MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    # RFC 1950: of zeros, Adler-32 has 1 below and their number above. The last block is an empty one.
    check = ((count * _MEGABYTE) % 65_521 << 16) | 1
    return b"\x78\xda" + block * count + b"\x03\x00" + struct.pack(">I", check)


def flate_bomb(levels: int, size: int) -> bytes:
    """The page's content: `size` zeros, packed `levels` times."""
    pdf, data = page(), zeros(size)
    for _ in range(levels - 1):
        data = zlib.compress(data, 9)
    pdf.things[4].put(data, b"[ " + b"/FlateDecode " * levels + b"]")
    return written(pdf)


def _claimed_picture(side: int) -> Thing:
    """A picture that says how large it is and holds next to nothing."""
    pixels = zlib.compress(bytes(1000))
    head = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceRGB "
    return Thing((head + b"/Filter /FlateDecode /Length %d >>") % (side, side, len(pixels)), pixels)


def huge_picture(side: int) -> bytes:
    pdf = page(b"q 500 0 0 500 0 0 cm /I Do Q " + TEXT, b"/XObject << /I 6 0 R >>")
    pdf.things[6] = _claimed_picture(side)
    return written(pdf)


def huge_picture_within_forms(side: int) -> bytes:
    """The same where nobody looks for pictures: inside a form inside a form."""
    pdf = page(b"/X Do", b"/XObject << /X 6 0 R >>")
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 900 900 ] /Length 5 /Resources << /XObject << /X %d 0 R >> >> >>"
    )
    pdf.things[6], pdf.things[7] = Thing(form % 7, b"/X Do"), Thing(form % 8, b"/X Do")
    pdf.things[8] = _claimed_picture(side)
    return written(pdf)


def form_in_itself(fan: int = 1) -> bytes:
    pdf = page(b"/X Do", b"/XObject << /X 6 0 R >>")
    orders = b"/X Do " * fan
    pdf.things[6] = Thing(
        b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 900 900 ] /Resources << /XObject << /X 6 0 R >> >> /Length %d >>"
        % len(orders),
        orders,
    )
    return written(pdf)


def form_tree(depth: int, fan: int) -> bytes:
    """`fan` times `fan` times … forms: a billion laughs in drawing orders, without any circle."""
    pdf = page(b"/X Do", b"/XObject << /X 6 0 R >>")
    for level in range(depth):
        orders = b"/X Do " * fan if level < depth - 1 else b"0 0 9 9 re f"
        head = b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 900 900 ] /Resources << /XObject << /X %d 0 R >> >> "
        pdf.things[6 + level] = Thing(head % (7 + level) + b"/Length %d >>" % len(orders), orders)
    return written(pdf)


def page_tree_in_itself() -> bytes:
    pdf = page()
    pdf.things[2].text = b"<< /Type /Pages /Kids [ 2 0 R 3 0 R 2 0 R ] /Count 3 >>"
    return written(pdf)


def deep_page_tree(depth: int) -> bytes:
    pdf = page()
    pdf.things[2].text = b"<< /Type /Pages /Kids [ 6 0 R ] /Count 1 >>"
    for number in range(6, 6 + depth):
        child = number + 1 if number < 5 + depth else 3
        pdf.things[number] = Thing(b"<< /Type /Pages /Kids [ %d 0 R ] /Count 1 /Parent 2 0 R >>" % child)
    return written(pdf)


def deep_array(depth: int) -> bytes:
    return written(page(more=b"/Annots " + b"[" * depth + b"]" * depth))


def deep_content(depth: int) -> bytes:
    return written(page(b"[" * depth + b" " + TEXT))


def lone_surrogates() -> bytes:
    """Text whose table maps its letters to halves of characters, which no encoding can write."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"2 beginbfrange <20> <60> <D820> <61> <7A> <DC61> endbfrange endcmap end end"
    )
    pdf = page()
    pdf.things[5].text = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    pdf.things[6] = Thing(b"<< /Length %d >>" % len(cmap), cmap)
    return written(pdf)


def active(entry: bytes) -> bytes:
    pdf = page(catalog=entry)
    pdf.things[6] = Thing(b"<< /Type /EmbeddedFile /Length 4 >>", b"MZ\0\0")
    return written(pdf)


def reference_loop() -> bytes:
    pdf = page(more=b"/Rotate 6 0 R /Annots 6 0 R")
    pdf.things[6], pdf.things[7] = Thing(b"7 0 R"), Thing(b"6 0 R")
    return written(pdf)


def previous_loop() -> bytes:
    data = written(page())
    at = data.rfind(b"xref\n0 ")
    return data.replace(b"/Size", b"/Prev %d /Size" % at)


def png(width: int, height: int, pixels: bytes, *more: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return png_written([(b"IHDR", header), *more, (b"IDAT", pixels), (b"IEND", b"")])


def progressive_scans(count: int) -> bytes:
    """A progressive JPEG that goes over its 36 million pixels `count` times."""
    stream = BytesIO()
    Image.new("L", (6000, 6000), 255).save(stream, "JPEG", progressive=True, quality=5)
    data = stream.getvalue()
    end = data.rfind(b"\xff\xda")
    return data[:end] + data[end:-2] * count + b"\xff\xd9"


def tiff_in_circles() -> bytes:
    stream = BytesIO()
    Image.new("L", (20, 20), 255).save(stream, "TIFF")
    data = bytearray(stream.getvalue())
    (directory,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, directory)
    struct.pack_into("<I", data, directory + 2 + 12 * count, directory)
    return bytes(data)


def jpeg() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (200, 100), "white").save(stream, "JPEG")
    return stream.getvalue()


ZIP = b"PK\x05\x06" + bytes(18)
HTML = b"<html><script>alert(1)</script></html>\n"

CRAFTED: Mapping[str, Callable[[], bytes]] = {
    "flate bomb of 10 GB": lambda: flate_bomb(2, 10 * 2**30),
    "flate bomb in three layers": lambda: flate_bomb(3, 10 * 2**30),
    "picture of 100000 x 100000": lambda: huge_picture(100_000),
    "picture of 100000 x 100000 within forms": lambda: huge_picture_within_forms(100_000),
    "form that draws itself": form_in_itself,
    "form that draws itself twice": lambda: form_in_itself(2),
    "forms ten to the tenth": lambda: form_tree(10, 10),
    "page tree that holds itself": page_tree_in_itself,
    "page tree 5000 deep": lambda: deep_page_tree(5000),
    "array 100000 deep": lambda: deep_array(100_000),
    "content 100000 deep": lambda: deep_content(100_000),
    "halves of characters": lone_surrogates,
    "references in a circle": reference_loop,
    "cross references in a circle": previous_loop,
    "JavaScript": lambda: active(b"/OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>"),
    "launch": lambda: active(b"/OpenAction << /S /Launch /F (/bin/sh) >>"),
    "embedded file": lambda: active(
        b"/Names << /EmbeddedFiles << /Names [ (a.exe) << /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >> ] >> >>"
    ),
    "PDF and ZIP": lambda: written(page()) + ZIP,
    "ZIP and PDF": lambda: b"PK\x03\x04" + bytes(26) + written(page()),
    "HTML and PDF": lambda: HTML + written(page()),
    "PDF and HTML": lambda: written(page()) + HTML,
    "JPEG and PDF": lambda: jpeg() + written(page()),
    "PNG bomb": lambda: png(8000, 9000, zeros((8000 * 3 + 1) * 9000 + _MEGABYTE)),
    "PNG of 100000 x 100000": lambda: png(100_000, 100_000, zeros(_MEGABYTE)),
    "PNG with a bomb of text": lambda: png(9, 9, zlib.compress(bytes(252)), (b"zTXt", b"Title\0\0" + zeros(2**30))),
    "progressive JPEG of many scans": lambda: progressive_scans(500),
    "TIFF whose pages go in circles": tiff_in_circles,
}
