"""The real reader of certificates in a real reader process, on the sample certificates."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from pipeline.sandbox import Sandbox
from pipeline.settings import Settings
from tests.extractors.drawing import Pdf

SAMPLES = Path(__file__).parents[3] / "sample_certificates"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Settings(workers=1)) as opened:
        yield opened


def test_a_certificate_comes_back_with_its_fields_and_its_picture(sandbox: Sandbox) -> None:
    path = SAMPLES / "cisco-digital-learning" / "rev_up_python.pdf"
    reading = sandbox.read(path, path.name)
    assert reading.failure is None
    (extraction,) = reading.extractions
    assert extraction.fields.holder_name.value
    (picture,) = reading.pictures
    assert picture.page == 1
    with Image.open(io.BytesIO(picture.jpeg)) as image:
        assert (image.format, image.width) == ("JPEG", 900)


@pytest.mark.parametrize(
    ("content", "code", "retryable"),
    [
        (b"", "empty", True),
        (b"%PDF-1.7\n1 0 obj", "damaged", True),
        (b"just a letter", "unsupported", False),
    ],
)
def test_what_is_no_document_says_why(
    sandbox: Sandbox, tmp_path: Path, content: bytes, code: str, retryable: bool
) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    reading = sandbox.read(tmp_path / "a.pdf", "a.pdf")
    assert reading.failure is not None
    assert (reading.failure.code, reading.failure.retryable) == (code, retryable)
    assert reading.failure.message
    assert reading.failure.action
    assert (reading.extractions, reading.pictures) == ((), ())


def test_the_picture_does_not_show_the_number_of_a_state(sandbox: Sandbox, tmp_path: Path) -> None:
    pdf = Pdf()
    for place, (text, size) in enumerate((("Certificado", 30), ("CPF 529.982.247-25", 20), ("Ana Exemplo", 30))):
        pdf.write(text, 100, 500 - 120 * place, size)
    (tmp_path / "a.pdf").write_bytes(pdf.bytes())
    reading = sandbox.read(tmp_path / "a.pdf", "a.pdf")
    places = [covered.box for covered in reading.extractions[0].covered]
    assert places, "read from the text, and from the pixels"
    with Image.open(io.BytesIO(reading.pictures[0].jpeg)) as image:
        grey = image.convert("L")
        for x0, y0, x1, y1 in places:
            edges = (round(x0 * grey.width), round(y0 * grey.height), round(x1 * grey.width), round(y1 * grey.height))
            assert grey.crop(edges).getextrema()[1] < 60
            assert edges[2] - edges[0] > 100, "the whole number, not a sign of it"
        assert grey.getpixel((5, 5)) > 200
