"""The real reader of certificates in a real reader process, on the sample certificates."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from pipeline.sandbox import Sandbox
from pipeline.settings import Settings

SAMPLES = Path(__file__).parents[2] / "sample_certificates"


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
