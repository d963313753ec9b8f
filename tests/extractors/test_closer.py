"""Lines read again, enlarged: where their words are placed, and what a second reading of a code is worth."""

from dataclasses import replace

import numpy
import pytest
from PIL import Image, ImageDraw

from extractors.closer import line_read, with_closer
from extractors.extract import Engines, extract_document
from extractors.model import Box, Evidence, Extraction, Source, Word
from extractors.profile import Profiles
from extractors.weights import weights
from tests.extractors.pages import WrittenDocument, WrittenEngine, stacked, words

PAGE = (
    "#Harbourlight Institute", "#Certificate of Completion", "This is to certify that", "#Amara Lindqvist",
    "has successfully completed the course", "#Capacity Planning for Networks", "Completed on 14 May 2026",
)  # fmt: skip


def dark(picture: Image.Image) -> tuple[Word, ...]:
    """An engine that reads one word: all that is dark."""
    rows, columns = numpy.nonzero(numpy.asarray(picture.convert("L")) < 128)
    if not len(rows):
        return ()
    box = (
        columns.min() / picture.width,
        rows.min() / picture.height,
        (columns.max() + 1) / picture.width,
        (rows.max() + 1) / picture.height,
    )
    return (Word("ink", box, box[3] - box[1], Source.PIXELS, 0.9),)


@pytest.mark.parametrize("box", [(0.2, 0.5, 0.4, 0.53), (0.0, 0.0, 0.1, 0.02), (0.55, 0.96, 1.0, 1.0)])
def test_what_is_read_closer_stands_where_it_stands_on_the_page(box: Box) -> None:
    picture = Image.new("RGB", (1600, 1200), "white")
    corners = [box[0] * 1600, box[1] * 1200, box[2] * 1600 - 1, box[3] * 1200 - 1]
    ImageDraw.Draw(picture).rectangle(corners, outline="black", width=2)
    (word,) = line_read(picture, box, dark)
    assert word.box == pytest.approx(box, abs=0.003)
    assert word.size == pytest.approx(box[3] - box[1], abs=0.003)


def test_a_line_is_read_at_one_size_however_small_it_is_printed() -> None:
    heights = []

    def watch(picture: Image.Image) -> tuple[Word, ...]:
        heights.append(picture.height)
        return ()

    for height in (0.01, 0.05):
        line_read(Image.new("RGB", (1600, 1200), "white"), (0.2, 0.5, 0.6, 0.5 + height), watch)
    assert heights[0] == heights[1] > 100


def test_a_closer_look_that_sees_less_changes_nothing() -> None:
    before = words(stacked("Certificate number HL-20418-77"), Source.PIXELS)
    assert with_closer(before, (), before[-1].box) == before


class CloserEngine:
    """Reads `far` on a page, and `near` where it is shown a part of one."""

    name = "closer"

    def __init__(self, far: WrittenDocument, near: str) -> None:
        self._far, self._near = far, near

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        if "page" in picture.info:
            return self._far.drawn[0]
        return (Word(self._near, (0.3, 0.4, 0.7, 0.6), 0.2, Source.PIXELS, 0.99),)


class ClearEngine(WrittenEngine):
    """Reads what is written, as surely as a neural reader does clear type."""

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        return tuple(replace(word, confidence=0.99) for word in super().read(picture))


def page(code: str) -> WrittenDocument:
    return WrittenDocument([], drawn=[stacked(*PAGE, f"Certificate number: {code}")])


def named(name: str) -> WrittenDocument:
    return WrittenDocument([], drawn=[stacked(*PAGE[:3], f"#{name}", *PAGE[4:])])


def read(seen_by_first: str, seen_by_second: str, seen_closer: str) -> Extraction:
    first, far = page(seen_by_first), page(seen_by_second)
    engines = Engines(WrittenEngine(first), CloserEngine(far, seen_closer))
    (found,) = extract_document(first, engines, Profiles(()))
    return found


def holder(seen_by_second: str, seen_closer: str) -> Evidence:
    """The holder that only the second engine reads, and the first one when it looks closer."""
    first = named("~")
    engines = Engines(CloserEngine(first, seen_closer), ClearEngine(named(seen_by_second)))
    (found,) = extract_document(first, engines, Profiles(()))
    return found.fields.holder_name


def test_a_name_that_the_first_engine_reads_when_it_looks_closer_is_believed() -> None:
    assert holder("Nadja Lindqvist", "~").confidence < weights().accept
    assert holder("Nadja Lindqvist", "Nadja Lindqvist").confidence > weights().accept


def test_for_a_name_read_clearly_it_is_enough_to_make_out_nearly_the_same() -> None:
    assert holder("Nadja Lindqvist", "ladja Lindqvist").confidence > weights().accept
    # A letter more, and one has vanished: the second engine does not know all letters.
    assert holder("Nguyn Thin", "Nguyen Thin").confidence < weights().accept
    assert holder("Nadja Lindqvist", "Hanna Bergqvist").confidence < weights().accept


def test_a_code_that_one_engine_reads_twice_alike_is_surer_than_one_read_once() -> None:
    once = read("~", "HL2S418B77", "~").fields.validation_code
    twice = read("~", "HL2S418B77", "HL2S418B77").fields.validation_code
    assert once.value == twice.value == "HL2S418B77"
    assert once.confidence < 0.9 < twice.confidence


def test_letters_that_look_alike_at_any_size_stay_doubtful() -> None:
    assert read("~", "HL20418K77", "HL20418K77").fields.validation_code.confidence < 0.9


def test_a_closer_look_that_reads_something_else_leaves_the_code_in_doubt() -> None:
    code = read("~", "HL2S418B77", "HL2S41B877").fields.validation_code
    assert code.confidence < 0.9
    assert {code.value, *(rival.value for rival in code.rivals)} >= {"HL2S418B77", "HL2S41B877"}
