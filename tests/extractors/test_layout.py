"""Words become lines and blocks alike from text and pixels, level or tilted, upright or turned."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import around, blocks, lines, merge, turn, upright, usual_size
from extractors.model import Box, Source, Word

SIZE = 0.03
LETTER = 0.5 * SIZE * 595 / 842


def row(text: str, x: float, y: float, size: float = SIZE, *, bold: bool = False) -> list[Word]:
    """Words of a line whose top left is at x, y, on a page of the shape of A4 landscape."""
    letter = 0.5 * size * 595 / 842
    words = []
    for part in text.split():
        words.append(Word(part, (x, y, x + letter * len(part), y + size), size, Source.TEXT, bold=bold))
        x += letter * (len(part) + 0.6)
    return words


def texts(words: list[Word]) -> list[str]:
    return [line.text for line in lines(words)]


def test_rows_from_the_top_whatever_the_order_given() -> None:
    words = (
        row("Certificate of Completion", 0.2, 0.1, 0.08) + row("awarded to", 0.4, 0.3) + row("Ada Example", 0.3, 0.4)
    )
    random.Random(1).shuffle(words)
    assert texts(words) == ["Certificate of Completion", "awarded to", "Ada Example"]


def test_a_wide_gap_parts_columns_and_they_are_read_from_the_left() -> None:
    words = row("Jane Roe", 0.6, 0.8) + row("14 August 2023", 0.1, 0.803)
    assert texts(words) == ["14 August 2023", "Jane Roe"]


def test_words_of_very_different_size_are_no_line_unless_they_touch() -> None:
    assert texts(row("Heading", 0.1, 0.1, 0.1) + row("note", 0.1 + 7 * LETTER * 3.4 + 0.02, 0.15)) == [
        "Heading",
        "note",
    ]
    raised = Word("th", (0.1 + 2 * LETTER, 0.1, 0.1 + 3 * LETTER, 0.115), 0.014, Source.TEXT)
    assert texts([*row("14", 0.1, 0.1), raised]) == ["14 th"]


@pytest.mark.parametrize("degrees", [-6, -3, 3, 6])
def test_tilted_lines_hold_together(degrees: float) -> None:
    slope = math.tan(math.radians(degrees)) * 842 / 595
    words = [
        Word(word.text, (x0, y0 + min(rise), x1, y1 + max(rise)), word.size, Source.PIXELS)
        for text, y in [("has successfully completed the course", 0.4), ("Foundations of Network Security", 0.5)]
        for word in row(text, 0.1, y)
        for x0, y0, x1, y1 in [word.box]
        for rise in [(slope * x0, slope * x1)]
    ]
    random.Random(2).shuffle(words)
    assert sorted(texts(words)) == ["Foundations of Network Security", "has successfully completed the course"]


def test_hidden_words_make_lines_of_their_own() -> None:
    ghosts = [Word(w.text, w.box, w.size, w.source, hidden=True) for w in row("Somebody Else", 0.3, 0.4)]
    found = lines([*ghosts, *row("Ada Example", 0.302, 0.402)])
    assert sorted((line.text, line.hidden) for line in found) == [("Ada Example", False), ("Somebody Else", True)]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_reads_as_the_upright_one(degrees: int) -> None:
    standing = row("Certificate of Completion", 0.2, 0.1, 0.08) + row("Ada Example", 0.3, 0.4) + row("Roe", 0.1, 0.8)
    shape = 842 / 595 if degrees in (90, 270) else 1.0
    given_words = [
        Word(word.text, turn(word.box, 360 - degrees), word.size / shape, word.source, turned=degrees)
        for word in standing
    ]
    assert texts(given_words) == texts(standing)
    assert [block.text for block in blocks(lines(given_words))] == [block.text for block in blocks(lines(standing))]
    aspect = 595 / 842 if degrees in (90, 270) else 842 / 595
    turned, back = upright(given_words, aspect)
    assert turned == degrees
    for word, original in zip(back, standing, strict=True):
        assert word.turned == 0
        assert word.box == pytest.approx(original.box)
        assert word.size == pytest.approx(original.size)


def test_small_type_at_the_edge_does_not_disturb() -> None:
    edge = [
        Word(text, (0.97, y, 0.99, y + 0.1), 0.02, Source.TEXT, turned=90)
        for text, y in [("Serial", 0.6), ("41", 0.48)]
    ]
    assert texts([*edge, *row("Ada Example", 0.3, 0.61)]) == ["Ada Example", "Serial 41"]
    assert upright([*edge, *row("Ada Example", 0.3, 0.61)], 1.4)[0] == 0


def test_a_title_over_two_lines_is_one_block() -> None:
    words = (
        row("has completed", 0.4, 0.3)
        + row("Designing Resilient Cloud", 0.2, 0.36, 0.06)
        + row("Networks", 0.2, 0.43, 0.06)
        + row("on 14 August 2023", 0.2, 0.55)
    )
    assert [block.text for block in blocks(lines(words))] == [
        "has completed",
        "Designing Resilient Cloud Networks",
        "on 14 August 2023",
    ]


def test_blocks_end_at_white_weight_and_edge() -> None:
    apart = row("one paragraph", 0.1, 0.1) + row("far below", 0.1, 0.2)
    weights = row("Label", 0.1, 0.4, bold=True) + row("value", 0.1, 0.44)
    edges = row("left", 0.1, 0.6) + row("not below it", 0.4, 0.64)
    assert len(blocks(lines(apart + weights + edges))) == 6


def test_usual_size_is_that_of_most_letters() -> None:
    assert usual_size(row("Big", 0.1, 0.1, 0.2) + row("a long small sentence", 0.1, 0.5, 0.02)) == 0.02
    assert usual_size([]) == 0.0


def pixels(words: list[Word]) -> list[Word]:
    return [Word(word.text, word.box, word.size, Source.PIXELS, 0.9) for word in words]


def test_merge_adds_what_is_drawn_and_keeps_no_doubles() -> None:
    printed = row("Ada Example", 0.3, 0.4)
    drawn = row("Foundations of Security", 0.2, 0.5, 0.06)
    merged = merge(printed, pixels(printed) + pixels(drawn))
    assert [(word.text, word.source) for word in merged] == [
        *((word.text, Source.TEXT) for word in printed),
        *((word.text, Source.PIXELS) for word in drawn),
    ]


def test_merge_believes_a_hidden_word_only_where_the_pixels_agree() -> None:
    def hidden(words: list[Word]) -> list[Word]:
        return [Word(word.text, word.box, word.size, word.source, hidden=True) for word in words]

    outlined, stale = row("Şükrü Example", 0.3, 0.4), row("Somebody Else", 0.3, 0.6)
    seen = pixels(row("Sukrü Example", 0.3, 0.4)) + pixels(row("Ada Roe", 0.3, 0.6))
    merged = merge(hidden(outlined) + hidden(stale), seen)
    assert [(word.text, word.hidden) for word in merged] == [
        ("Şükrü", False),
        ("Example", False),
        ("Ada", False),
        ("Roe", False),
    ]


@st.composite
def some_words(draw: st.DrawFn) -> list[Word]:
    def one() -> Word:
        x, y = draw(st.floats(0, 0.9)), draw(st.floats(0, 0.9))
        box: Box = (x, y, x + draw(st.floats(0, 0.1)), y + draw(st.floats(0, 0.1)))
        turned = draw(st.sampled_from([0, 90, 180, 270]))
        return Word(
            draw(st.sampled_from(["a", "of", "word"])), box, draw(st.floats(0, 0.2)), Source.TEXT, turned=turned
        )

    return [one() for _ in range(draw(st.integers(0, 12)))]


@given(some_words())
def test_no_word_is_lost_or_doubled(words: list[Word]) -> None:
    found = lines(words)
    assert sorted(map(id, words)) == sorted(id(word) for line in found for word in line.words)
    assert sorted(map(id, found)) == sorted(id(line) for block in blocks(found) for line in block.lines)


@given(some_words(), some_words())
def test_merge_keeps_the_text_layer_whole(printed: list[Word], drawn: list[Word]) -> None:
    assert merge(printed, pixels(drawn))[: len(printed)] == tuple(printed)


@given(st.tuples(*[st.floats(0, 1)] * 4), st.sampled_from([0, 90, 180, 270]))
def test_turning_there_and_back_is_where_it_was(box: Box, degrees: int) -> None:
    assert turn(turn(box, degrees), 360 - degrees) == pytest.approx(box)
    assert around([box, box]) == box
