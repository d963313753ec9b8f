"""Tesseract as a library reads what the program reads, in the same places, and says what it lacks."""

import sys

import pytest

from extractors.enhance import Prepared
from extractors.errors import MissingEngine
from extractors.layout import lines
from extractors.ocr import Reading, TesseractEngine
from extractors.ocr_fast import LibraryEngine, tesseract
from tests.extractors.drawing import CERTIFICATE, sheet
from tests.extractors.test_ocr import ALL, RUSSIAN, SMALLER, photo


@pytest.fixture(scope="module")
def program() -> TesseractEngine:
    return tesseract(ALL, "program")


@pytest.fixture(scope="module")
def library() -> TesseractEngine:
    return tesseract(ALL, "library")


PAGES = {
    "clean": sheet(),
    "another script": sheet(RUSSIAN),
    "upside down": sheet().resize(SMALLER).rotate(180),
    "on its side": sheet().resize(SMALLER).rotate(90, expand=True),
    "white on dark": sheet(dark=True),
    "photo": photo(3),
}


@pytest.mark.parametrize("page", PAGES)
def test_the_library_sees_the_words_that_the_program_sees(
    program: TesseractEngine, library: TesseractEngine, page: str
) -> None:
    by_program, by_library = program.read(PAGES[page]), library.read(PAGES[page])
    assert [line.text for line in lines(by_library)] == [line.text for line in lines(by_program)]
    for one, other in zip(by_library, by_program, strict=True):
        assert one.box == pytest.approx(other.box, abs=0.005)
        assert one.size == pytest.approx(other.size, rel=0.1)
        assert one.turned == other.turned
        assert one.confidence == pytest.approx(other.confidence, abs=0.1)


# The program keeps those of "Hélène Lefèvre" too, the library does not: one reason why it is not the default.
@pytest.mark.parametrize("name", ["Şükrü Öztürk", "José Muñoz", "João Gonçalves"])
def test_the_library_keeps_the_accents_of_names(library: TesseractEngine, name: str) -> None:
    page = sheet([*CERTIFICATE[:2], (name, 80), *CERTIFICATE[3:]])
    assert name in [line.text for line in lines(library.read(page))]


def test_all_languages_are_asked_only_where_the_first_are_in_doubt(
    library: TesseractEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    recognise = library.recognise

    def counted(prepared: Prepared, languages: tuple[str, ...]) -> Reading:
        asked.append(languages)
        return recognise(prepared, languages)

    monkeypatch.setattr(library, "recognise", counted)
    library.read(PAGES["clean"])
    assert asked == [("spa", "fra", "por", "tur")]
    library.read(PAGES["another script"])
    assert any("rus" in languages for languages in asked)


def test_the_settings_choose_how_tesseract_is_run(program: TesseractEngine, library: TesseractEngine) -> None:
    assert (program.name, library.name) == ("tesseract", "tesserocr")
    assert program.languages == library.languages


def test_without_a_choice_the_library_is_taken_where_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tesseract(("eng",), "auto").name == "tesserocr"
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    assert tesseract(("eng",), "auto").name == "tesseract"
    with pytest.raises(MissingEngine, match="none of the languages xxx"):
        tesseract(("xxx",), "auto")


def test_a_missing_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(MissingEngine, match=r"recert\[fast\]"):
        LibraryEngine(("eng",))


def test_data_that_the_library_cannot_load_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.ocr_fast._data_folder", lambda: "/nowhere")
    with pytest.raises(MissingEngine, match="cannot load the data of eng"):
        LibraryEngine(("eng",))
