"""When the second engine is asked, and what its word is worth beside the first one's."""

import pytest
from PIL import Image

from extractors.extract import Engines, extract_document
from extractors.model import Extraction, Word
from extractors.profile import Profiles
from extractors.trust import belief
from tests.extractors.pages import LETTER, Row, WrittenDocument, WrittenEngine, stacked
from tests.extractors.test_extract import PLAIN, main_values


class Blind:
    """Sees nothing, as an engine does on script type."""

    name = "blind"

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        return ()


def drawn(*lines: str) -> WrittenDocument:
    return WrittenDocument([], drawn=[stacked(*lines)])


def read(document: WrittenDocument, engines: Engines) -> Extraction:
    (found,) = extract_document(document, engines, Profiles(()))
    return found


def test_what_the_first_engine_does_not_see_the_second_one_is_asked_for() -> None:
    document = drawn(*PLAIN)
    second = WrittenEngine(document)
    found = read(document, Engines(Blind(), second))
    assert second.reads == 2  # the page, and the code's line once more
    assert main_values(found) == ("Amara Lindqvist", "Capacity Planning for Networks", "2026-05-14", "HL-20418-77")


def test_two_engines_that_agree_are_believed_more_than_one() -> None:
    document = drawn(*PLAIN)
    once = read(document, Engines(WrittenEngine(document), Blind())).fields
    twice = read(document, Engines(WrittenEngine(document), WrittenEngine(document))).fields
    for name in ("holder_name", "course_name", "completed_on"):
        assert twice.get(name).confidence > once.get(name).confidence


def test_two_engines_that_read_different_names_are_not_believed() -> None:
    document = drawn(*PLAIN)
    rows = [Row(row.text.replace("Lindqvist", "Okonkwo"), row.y, row.x, row.size) for row in stacked(*PLAIN)]
    other = WrittenEngine(WrittenDocument([], drawn=[rows]))
    found = read(document, Engines(WrittenEngine(document), other)).fields.holder_name
    assert found.confidence < 0.9
    assert found.rivals


def test_of_two_readings_of_a_name_the_longer_one_is_taken() -> None:
    whole = drawn(*PLAIN)
    cut = [
        Row("Lindqvist", row.y, row.x + 5.6 * LETTER * row.size, row.size) if "Lindqvist" in row.text else row
        for row in stacked(*PLAIN)
    ]
    first = WrittenEngine(WrittenDocument([], drawn=[cut]))
    found = read(whole, Engines(first, WrittenEngine(whole))).fields.holder_name
    assert found.value == "Amara Lindqvist"
    assert found.confidence < 0.9


@pytest.mark.parametrize(("sign", "most"), [("shared", 0.5), ("odd_word", 0.89), ("tail_cut", 0.89), ("single", 0.89)])
def test_no_other_sign_makes_up_for_some(sign: str, most: float) -> None:
    signs = {"bias": 1.0, "single": 0.0, "glyphs": 0.0, "coded": 0.0, "pattern": 0.0}
    assert belief("holder_name", {"bias": 9.0}, signs) > 0.99
    assert belief("holder_name", {"bias": 9.0}, signs | {sign: 1.0}) == most
