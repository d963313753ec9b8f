"""Every kind opens by its content, every bad file ends in a typed error, nothing else ever comes out."""

import datetime as dt
import struct
import zlib
from io import BytesIO

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from extractors.document import Document, Limits, open_document
from extractors.errors import (
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    OversizedDocument,
    UnreadableDocument,
    UnsupportedDocument,
)
from tests.extractors.drawing import Pdf, encoded, qr, sheet

LIMITS = Limits()
SMALL = sheet(size=(600, 420))
LONG_TEXT = "This sentence of thirty-odd letters. " * 4


def opened(data: bytes, limits: Limits = LIMITS) -> Document:
    return open_document(data, limits)


def heic() -> bytes:
    stream = BytesIO()
    pillow_heif.from_pillow(SMALL).save(stream)
    return stream.getvalue()


def pdf() -> bytes:
    return Pdf().write(LONG_TEXT, x=20, size=9).next_page().write("second").bytes()


KINDS = {
    "png": lambda: encoded(SMALL, "PNG"),
    "jpg": lambda: encoded(SMALL, "JPEG"),
    "webp": lambda: encoded(SMALL, "WEBP"),
    "tiff": lambda: encoded(SMALL, "TIFF"),
    "heic": heic,
    "pdf-text": pdf,
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_opens_by_its_content(kind: str) -> None:
    with opened(KINDS[kind]()) as document:
        assert document.media == kind
        picture = document.picture(1)
        assert picture.mode == "RGB"
        assert picture.width > picture.height
        assert document.page(1).number == 1


@pytest.mark.parametrize(
    ("text", "media"), [("", "pdf-image-only"), ("short", "pdf-partial-text"), (LONG_TEXT, "pdf-text")]
)
def test_media_of_a_pdf_follows_its_text_layer(text: str, media: str) -> None:
    with opened(Pdf().paste(SMALL, 0, 0, 800, 500).write(text, size=8).bytes()) as document:
        assert document.media == media


def test_a_text_layer_on_a_later_page_counts() -> None:
    with opened(Pdf().next_page().next_page().next_page().write(LONG_TEXT, size=8).bytes()) as document:
        assert document.media == "pdf-text"


def test_pages_are_as_shown_after_rotation() -> None:
    drawing = Pdf(size=(800, 400))  # reportlab names the size as shown: the sheet is 400 x 800
    drawing.canvas.setPageRotation(90)
    with opened(drawing.write("upwards", x=100, y=700).bytes()) as document:
        page = document.page(1)
        assert (page.width, page.height) == (800, 400)
        assert document.picture(1).width > document.picture(1).height
        (word,) = page.words
        assert word.text == "upwards"
        assert word.turned == 270
        # Turned clockwise, the top left of the sheet is the top right of what is shown.
        assert word.box[0] > 0.8
        assert word.box[1] < 0.5


def test_a_photo_is_upright_as_exif_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0132] = "2024:02:29 10:11:12"
    exif[0x0131] = "Camera 1"
    with opened(encoded(SMALL, "JPEG", exif=exif)) as document:
        assert document.picture(1).size == (420, 600)
        assert document.metadata.created_on == dt.date(2024, 2, 29)
        assert document.metadata.producer == "Camera 1"


def test_transparency_is_white_and_sixteen_bits_keep_their_greys() -> None:
    with opened(encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")) as document:
        assert document.picture(1).getpixel((5, 5)) == (255, 255, 255)
    with opened(encoded(Image.new("I;16", (40, 40), 0x8000), "PNG")) as document:
        assert document.picture(1).getpixel((5, 5)) == (128, 128, 128)


def test_each_page_of_a_tiff_is_a_page() -> None:
    data = encoded(SMALL, "TIFF", save_all=True, append_images=[SMALL.rotate(90, expand=True)])
    with opened(data) as document:
        assert document.page_count == 2
        assert document.picture(2).size == (420, 600)
        assert document.picture(1).size == (600, 420)
    with pytest.raises(OversizedDocument, match="2 pages"):
        opened(data, Limits(pages=1))


def test_an_animation_is_judged_by_its_first_picture() -> None:
    data = encoded(SMALL, "WEBP", save_all=True, append_images=[Image.new("RGB", SMALL.size, "red")])
    with opened(data) as document:
        assert document.page_count == 1


def test_pdf_metadata() -> None:
    drawing = Pdf()
    drawing.canvas.setTitle("A title")
    drawing.canvas.setProducer("A printer")
    data = drawing.write("text").bytes()
    with opened(data) as document:
        assert document.metadata.title == "A title"
        assert document.metadata.producer == "A printer"
        assert document.metadata.created_on == dt.date(2000, 1, 1)
        assert document.traces().updates == 0
        assert not document.metadata.damaged


def test_a_later_save_on_top_is_counted() -> None:
    data = Pdf().write("text").bytes()
    old = data.rindex(b"startxref")
    start = int(data[old:].split()[1])
    update = b"1 0 obj\n(changed)\nendobj\n"
    at = len(data) + len(update)
    table = f"xref\n0 0\ntrailer\n<< /Size 20 /Root 4 0 R /Prev {start} >>\nstartxref\n{at}\n%%EOF\n".encode()
    with opened(data + update + table) as document:
        assert document.traces().updates == 1


def test_symbols_are_read_from_the_picture() -> None:
    with opened(Pdf().paste(qr("https://verify.example/AB-1"), 600, 50, 150, 150).bytes()) as document:
        (symbol,) = document.symbols(1)
    assert symbol.text == "https://verify.example/AB-1"
    assert 0.6 < symbol.box[0] < 0.8
    assert 0.6 < symbol.box[1] < 0.95


def test_filled_in_form_fields_are_drawn() -> None:
    drawing = Pdf()
    drawing.canvas.acroForm.textfield(value="MMMMMM", x=100, y=300, width=400, height=100, fontSize=60, borderWidth=0)
    with opened(drawing.bytes()) as document:
        grey = document.picture(1, 72).convert("L").histogram()
        assert sum(grey[:60]) > 100
        assert grey[255] > 400_000, "no shade behind the field"


def test_large_sheets_are_drawn_smaller() -> None:
    with opened(Pdf(size=(14000, 7000)).write("poster").bytes()) as document:
        assert max(document.picture(1).size) <= 3000


def test_the_picture_may_be_changed_by_the_caller() -> None:
    with opened(encoded(SMALL, "PNG")) as document:
        document.picture(1).paste("red", (0, 0, 600, 420))
        assert document.picture(1).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyDocument),
        (bytes(5000), EmptyDocument),
        (b"just a note", UnsupportedDocument),
        (b"PK\x03\x04" + b"\x99" * 500, UnsupportedDocument),
        (b"PK\x03\x04" + b"\x14" * 50 + b"%PDF-1.7\n", UnsupportedDocument),
        (b"GIF89a" + bytes(100) + b"x", UnsupportedDocument),
        (b"<html>%PDF of a login page</html>", UnsupportedDocument),
        (b"%PDF-1.7\nnothing behind it", DamagedDocument),
        (b"%PD", DamagedDocument),
        (b"\x89PNG\r\n", DamagedDocument),
        (b"\xff\xd8\xff\xe0", DamagedDocument),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", DamagedDocument),
    ],
)
def test_what_is_no_document_says_so(data: bytes, error: type[UnreadableDocument]) -> None:
    with pytest.raises(error) as caught:
        opened(data)
    assert caught.value.message
    assert caught.value.action


def test_a_pdf_with_a_password_is_encrypted_and_with_an_empty_one_it_is_not() -> None:
    with pytest.raises(EncryptedDocument):
        opened(Pdf(encrypt="secret").write("text").bytes())
    with opened(Pdf(encrypt=_owner_only()).write("text").bytes()) as document:
        assert [word.text for word in document.page(1).words] == ["text"]


def _owner_only() -> object:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return StandardEncryption(userPassword="", ownerPassword="owner")


def test_limits_of_bytes_pages_and_pixels() -> None:
    with pytest.raises(OversizedDocument, match="bytes"):
        opened(encoded(SMALL, "PNG"), Limits(bytes=100))
    with pytest.raises(OversizedDocument, match="2 pages"):
        opened(pdf(), Limits(pages=1))
    with pytest.raises(OversizedDocument, match="600 x 420 pixels"):
        opened(encoded(SMALL, "PNG"), Limits(pixels=1000))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_picture_that_claims_gigapixels_is_refused_unread() -> None:
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(1000)))
    with pytest.raises(OversizedDocument):
        opened(bomb + _chunk(b"IEND", b""))


def test_a_text_chunk_that_inflates_without_end_is_refused() -> None:
    text = b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9)
    plain = encoded(Image.new("RGB", (10, 10)), "PNG")
    with pytest.raises((OversizedDocument, DamagedDocument)):
        opened(plain[:33] + _chunk(b"zTXt", text) + plain[33:])


def test_a_gigapixel_picture_inside_a_small_pdf_is_refused_unread() -> None:
    data = Pdf().paste(Image.new("1", (64, 64)), 0, 0, 500, 500).bytes()
    assert b"/Width 64" in data
    data = data.replace(b"/Width 64", b"/Width 64000").replace(b"/Height 64", b"/Height 64000")
    with opened(data) as document, pytest.raises(OversizedDocument, match="64000"):
        document.picture(1)


def test_a_pdf_that_claims_a_hundred_thousand_pages_is_refused() -> None:
    data = pdf().replace(b"/Count 2", b"/Count 100000")
    with pytest.raises(OversizedDocument, match="100000 pages"):
        opened(data)


def test_a_cut_off_pdf_is_damaged_or_marked() -> None:
    data = pdf()
    for end in range(8, len(data) - 6, 61):
        try:
            with opened(data[:end]) as document:
                assert document.metadata.damaged, end
        except DamagedDocument:
            pass


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "heic"])
def test_a_cut_off_picture_is_damaged(kind: str) -> None:
    data = KINDS[kind]()
    for share in (0.02, 0.3, 0.7, 0.95):
        with pytest.raises(DamagedDocument):
            opened(data[: int(len(data) * share)])


def test_a_picture_with_one_wrong_byte_is_damaged() -> None:
    data = bytearray(KINDS["png"]())
    data[len(data) // 2] ^= 0x10
    with pytest.raises(DamagedDocument):
        opened(bytes(data))


def test_a_pdf_with_broken_page_objects_closes_quietly() -> None:
    data = pdf().replace(b"/MediaBox [ 0 0 842 595 ]", b"/MediaBox [ 0 0 /k2 595 ]")
    with opened(data) as document:
        document.page(1)


def test_a_badge_is_found_in_a_picture() -> None:
    info = PngInfo()
    info.add_itxt("openbadges", '{"badge": {"name": "A course"}}')
    with opened(encoded(SMALL, "PNG", pnginfo=info)) as document:
        assert document.badge is not None
        assert document.badge.name == "A course"


SEEDS = {kind: draw() for kind, draw in KINDS.items()}


@settings(max_examples=150)
@given(
    kind=st.sampled_from(sorted(SEEDS)),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8)), max_size=4),
    length=st.floats(0, 1),
)
def test_broken_bytes_end_in_a_value_or_a_typed_error(
    kind: str, cuts: list[tuple[float, bytes]], length: float
) -> None:
    data = bytearray(SEEDS[kind])
    for place, patch in cuts:
        at = int(place * len(data))
        data[at : at + len(patch)] = patch
    try:
        with opened(bytes(data[: int(length * len(data))]), Limits(pixels=2_000_000)) as document:
            for number in range(1, document.page_count + 1):
                for word in document.page(number).words:
                    assert word.text
                    assert all(0 <= edge <= 1 for edge in word.box)
                document.picture(number, 36)
    except UnreadableDocument as error:
        assert error.message
