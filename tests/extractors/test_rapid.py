"""The second engine on drawn pictures: words, places and sizes in the same terms as the first."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.layout import lines
from extractors.model import Source, Word
from extractors.rapid import RapidEngine

FONT = "DejaVuSans.ttf"


@pytest.fixture(scope="module")
def engine() -> RapidEngine:
    return RapidEngine()


def drawn(*lines: tuple[str, int, int]) -> Image.Image:
    picture = Image.new("RGB", (1400, 1000), "white")
    pen = ImageDraw.Draw(picture)
    for text, top, size in lines:
        pen.text((120, top), text, fill="black", font=ImageFont.truetype(FONT, size))
    return picture


def line_of(words: tuple[Word, ...], top: float) -> list[Word]:
    return [word for word in words if abs((word.box[1] + word.box[3]) / 2 - top) < 0.03]


def test_words_have_their_place_and_the_size_of_their_type(engine: RapidEngine) -> None:
    words = engine.read(drawn(("Bridge Design", 200, 60), ("awarded to Daniel Okonkwo", 500, 30)))
    assert [word.text for word in words] == ["Bridge", "Design", "awarded", "to", "Daniel", "Okonkwo"]
    assert all(word.source is Source.PIXELS and word.turned == 0 and word.confidence > 0.8 for word in words)
    title, rest = words[0], words[2]
    assert title.box[0] == pytest.approx(120 / 1400, abs=0.02)
    assert title.size == pytest.approx(60 / 1000, rel=0.25)
    assert title.size / rest.size == pytest.approx(2, rel=0.2)


def test_an_empty_picture_has_no_words(engine: RapidEngine) -> None:
    assert engine.read(Image.new("RGB", (600, 400), "white")) == ()


@pytest.mark.parametrize("turned", [90, 270])
def test_a_line_that_runs_up_or_down_the_page_keeps_the_order_of_its_words(engine: RapidEngine, turned: int) -> None:
    upright = drawn(("Certificate number QX-20418-77 of the academy", 480, 30))
    (line,) = lines(engine.read(upright.rotate(turned, expand=True)))
    assert line.text == "Certificate number QX-20418-77 of the academy"
    assert line.words[0].turned == 270


def test_the_models_come_with_the_package() -> None:
    import rapidocr

    assert list(Path(rapidocr.__file__).parent.glob("models/*.onnx"))
