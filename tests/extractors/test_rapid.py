"""The second engine on drawn pictures: words, places and sizes in the same terms as the first."""

from pathlib import Path
from types import SimpleNamespace

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors import rapid
from extractors.layout import lines
from extractors.model import Source, Word
from extractors.rapid import RapidEngine, _Letters

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


LINE = ((10.0, 10.0), (110.0, 10.0), (110.0, 30.0), (10.0, 30.0))


def letters_of(text: str, confidences: list[float], told: str | None = None) -> list[tuple[str, float, object]]:
    """What comes of one line that the library reads as `text`, with the letters that it says it has placed."""

    def places(pictures: object, boxes: object, read: SimpleNamespace, return_single_char_box: bool) -> SimpleNamespace:
        assert return_single_char_box
        placed = [
            (char, 0.5, ((10 + 5 * place, 10), (15 + 5 * place, 10), (15 + 5 * place, 30), (10 + 5 * place, 30)))
            for place, char in enumerate(text if told is None else told)
            if not char.isspace()
        ]
        return SimpleNamespace(txts=read.txts, word_results=(placed,))

    read = SimpleNamespace(txts=(text,), word_results=(SimpleNamespace(confs=confidences),))
    (line,) = _Letters(places)([], numpy.array([LINE]), read, False).word_results  # type: ignore[arg-type]
    return list(line)


def test_each_letter_has_its_own_confidence_and_blanks_have_none() -> None:
    letters = letters_of("No 7B", [0.9, 0.8, 0.1, 0.7, 0.6])
    assert [(char, sure) for char, sure, _ in letters] == [("N", 0.9), ("o", 0.8), ("7", 0.7), ("B", 0.6)]


@pytest.mark.parametrize(("told", "confidences"), [("No", [0.9] * 5), ("No 7B", [0.9] * 3), ("", [])])
def test_a_line_whose_letters_the_library_does_not_place_keeps_them_all(told: str, confidences: list[float]) -> None:
    letters = letters_of("No 7B", confidences, told)
    assert "".join(char for char, _, _ in letters) == "No7B"
    assert {sure for _, sure, _ in letters} == {min(confidences, default=0.0)}


def test_words_are_parted_as_the_text_of_their_line_parts_them(
    engine: RapidEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("MOHAMMAD ALI", "May 26, 2023")
    lines = tuple(letters_of(text, [0.9] * (len(text) - 1) + [0.4]) for text in texts)
    read = SimpleNamespace(boxes=numpy.array([LINE, LINE]), txts=texts, word_results=lines)
    monkeypatch.setattr(rapid, "_reader", lambda: lambda pixels, return_word_box: read)
    words = engine.read(Image.new("RGB", (200, 100)))
    assert [word.text for word in words] == ["MOHAMMAD", "ALI", "May", "26,", "2023"]
    assert [word.confidence for word in words] == [0.9, 0.4, 0.9, 0.9, 0.4]
    assert [round(word.box[0] * 200) for word in words] == [10, 55, 10, 30, 50]
