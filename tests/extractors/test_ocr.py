"""Tesseract itself on drawn pages: words, places, languages, orientation, and nothing left behind."""

import os
import random
import tempfile
from pathlib import Path

import pytesseract
import pytest
from PIL import Image, ImageChops, ImageFilter

from extractors import ocr
from extractors.enhance import Prepared
from extractors.errors import MissingEngine
from extractors.layout import lines, upright
from extractors.model import Source, Word
from extractors.ocr import OcrEngine, TesseractEngine
from tests.extractors.drawing import CERTIFICATE, sheet

ALL = ("eng", "spa", "por", "fra", "deu", "ita", "tur", "rus")
SMALLER = (1700, 1202)
RUSSIAN = (
    ("СЕРТИФИКАТ", 80),
    ("Настоящим подтверждается, что", 44),
    ("Иванова Мария Петровна", 70),
    ("успешно завершила курс", 44),
    ("Основы сетевых технологий", 60),
    ("14 августа 2023 г.", 44),
)


@pytest.fixture(scope="module")
def engine() -> OcrEngine:
    return TesseractEngine(ALL)


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The languages of every pass that was made."""
    made: list[tuple[str, ...]] = []
    recognise = ocr._recognise

    def counted(prepared: Prepared, languages: tuple[str, ...]) -> object:
        made.append(tuple(languages))
        return recognise(prepared, languages)

    monkeypatch.setattr(ocr, "_recognise", counted)
    return made


def texts(words: tuple[Word, ...]) -> list[str]:
    return [line.text for line in lines(words)]


def test_a_clean_page_takes_one_pass(engine: OcrEngine, passes: list[tuple[str, ...]]) -> None:
    words = engine.read(sheet())
    assert texts(words) == [text for text, _ in CERTIFICATE]
    assert len(passes) == 1
    title = words[0]
    assert title.source is Source.PIXELS
    assert 0.8 < title.confidence <= 1
    assert title.size == pytest.approx(90 / 1654, rel=0.15)
    assert title.box[0] == pytest.approx(1 / 8, abs=0.01)
    assert title.box[1] == pytest.approx(1 / 9, abs=0.03)


@pytest.mark.parametrize("name", ["Şükrü Öztürk", "José Muñoz", "João Gonçalves", "Hélène Lefèvre", "John Smith"])
def test_accents_of_names_survive_an_english_page(engine: OcrEngine, name: str) -> None:
    page = [*CERTIFICATE[:2], (name, 80), *CERTIFICATE[3:]]
    assert name in texts(engine.read(sheet(page)))


def test_another_script_is_found_out(engine: OcrEngine) -> None:
    found = texts(engine.read(sheet(RUSSIAN)))
    assert found[2:5] == ["Иванова Мария Петровна", "успешно завершила курс", "Основы сетевых технологий"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_read_and_its_words_lie_where_they_are(engine: OcrEngine, degrees: int) -> None:
    page = sheet().resize(SMALLER)
    turned_page = page.rotate(degrees, expand=True)
    words = engine.read(turned_page)
    assert [text for text, _ in CERTIFICATE] == texts(words)
    assert {word.turned for word in words} == {degrees}
    back, standing = upright(words, turned_page.width / turned_page.height)
    assert back == degrees
    level = engine.read(page)
    for one, other in zip(standing[:3], level[:3], strict=True):
        assert one.box == pytest.approx(other.box, abs=0.01)
        assert one.size == pytest.approx(other.size, rel=0.1)


def photo(angle: float) -> Image.Image:
    """A tilted, dim, unevenly lit, blurred and grainy picture of the page."""
    page = sheet().convert("L").rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    shade = Image.linear_gradient("L").resize(page.size).point(lambda value: 90 + value // 2)
    dim = ImageChops.multiply(page, shade).filter(ImageFilter.GaussianBlur(1.6))
    grain = Image.frombytes("L", (64, 64), random.Random(5).randbytes(4096)).resize(page.size)
    return Image.blend(dim, grain, 0.12).convert("RGB")


def test_a_tilted_photo_is_read_and_its_words_lie_where_they_are(engine: OcrEngine) -> None:
    picture = photo(4)
    words = engine.read(picture)
    assert {"Certificate", "Wilhelmina", "Security", "14", "August", "2023"} <= {word.text for word in words}
    (name,) = [word for word in words if word.text == "Wilhelmina"]
    ink = picture.convert("L").crop(
        tuple(round(edge * side) for edge, side in zip(name.box, picture.size * 2, strict=True))
    )
    assert ink.getextrema()[0] < 100
    assert 0.02 < name.size < 0.09


def test_small_pictures_and_dark_pages_are_read(engine: OcrEngine) -> None:
    assert "Wilhelmina Sandberg" in texts(engine.read(sheet().resize((842, 595))))
    assert "Wilhelmina Sandberg" in texts(engine.read(sheet(dark=True)))


def test_a_page_without_words_has_none(engine: OcrEngine) -> None:
    assert engine.read(Image.new("RGB", (900, 600), "white")) == ()
    assert engine.read(Image.new("RGB", (1, 1))) == ()


def test_nothing_is_left_in_the_temporary_folder(
    engine: OcrEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    engine.read(sheet(RUSSIAN))
    monkeypatch.setattr(
        pytesseract, "image_to_data", lambda *_, **__: (_ for _ in ()).throw(pytesseract.TesseractError(1, "broken"))
    )
    with pytest.raises(Exception, match="broken"):
        engine.read(sheet())
    assert list(tmp_path.iterdir()) == []


def test_tesseract_runs_on_one_thread(engine: OcrEngine) -> None:
    assert engine.name == "tesseract"
    assert os.environ["OMP_THREAD_LIMIT"] == "1"


def test_a_missing_program_or_language_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert TesseractEngine(("xxx", "eng")).languages == ("eng",)
    with pytest.raises(MissingEngine, match="xxx"):
        TesseractEngine(("xxx",))
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    with pytest.raises(MissingEngine, match="not installed"):
        TesseractEngine(("eng",))
