"""Words to lines to blocks, in reading order; the same for the text layer and for pixels."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extractors.model import Box, Line, Source, Word
from extractors.plain import squash

# Two words stand on one line when their heights overlap by this share of the smaller one …
_OVERLAP = 0.5
# … their type is at most this many times as large …
_SIZE_RATIO = 2.0
# … and the gap between them is at most this many widths of a letter. A space is one half to one letter wide.
_GAP_LETTERS = 3.5
_USUAL_LETTER = 0.5
# Lines of one block: nearly the same size, at most this much white between them (in sizes of type), and aligned.
_SAME_SIZE = 1.25
_LEADING = 0.9
_ALIGNED_LETTERS = 2.0
# A pixel word is a double of the text layer when this share of it is covered.
_COVERED = 0.5
# How alike (of 100) a hidden word and the pixels at its place must be: one letter in five may be misread.
_SAME_TEXT = 80


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that follow each other closely in one size of type: a title over several lines, a paragraph."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def box(self) -> Box:
        return around(line.box for line in self.lines)

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes` (at least one)."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def usual_size(words: Iterable[Word]) -> float:
    """The size of type in which most of the text is set (0 for a page without words)."""
    sizes = sorted((word.size, len(word.text)) for word in words)
    half = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        half -= length
        if half <= 0:
            return size
    return 0.0


def upright(words: Sequence[Word], aspect: float) -> tuple[int, tuple[Word, ...]]:
    """The words as they stand when the page is turned clockwise so that most of them are upright, and by how much.

    `aspect` is the page's width over its height as given. `turn(box, 360 - degrees)` leads back.
    """
    letters = {0: 0, 90: 0, 180: 0, 270: 0}
    for word in words:
        letters[word.turned] += len(word.text)
    degrees = max(letters, key=lambda turned: letters[turned])
    if degrees == 0:
        return 0, tuple(words)
    shape = 1 / aspect if degrees in (90, 270) else 1.0
    return degrees, tuple(
        replace(word, box=turn(word.box, degrees), size=word.size * shape, turned=(word.turned - degrees) % 360)
        for word in words
    )


def turn(box: Box, degrees: int) -> Box:
    """Where a box lies when the page is turned clockwise by 0, 90, 180 or 270 degrees."""
    x0, y0, x1, y1 = box
    match degrees % 360:
        case 90:
            return 1 - y1, x0, 1 - y0, x1
        case 180:
            return 1 - x1, 1 - y1, 1 - x0, 1 - y0
        case 270:
            return y0, 1 - x1, y1, 1 - x0
        case _:
            return box


def is_vertical(word: Word) -> bool:
    """Whether the word runs up or down the page as given."""
    return word.turned in (90, 270)


def lines(words: Sequence[Word]) -> tuple[Line, ...]:
    """The lines of a page in reading order: rows from the top, from the left within a row.

    Each word is linked to its nearest neighbour on the left that stands on the same line; a chain of links is a line.
    So a tilted line holds together, and a wide gap, as between two columns, parts it. Type that runs up or down the
    page makes lines of its own, after the upright ones.
    """
    found: list[Line] = []
    for degrees in (0, 90, 180, 270):
        placed = sorted((_place(word) for word in words if word.turned == degrees), key=lambda place: place.box[0])
        if not placed:
            continue
        found += _in_reading_order([Line(tuple(place.word for place in chain)) for chain in _chains(placed)])
    return tuple(found)


def blocks(found: Sequence[Line]) -> tuple[Block, ...]:
    """Lines in reading order, joined where one follows the other closely, aligned, in the same size and weight."""
    letters = {
        degrees: _letter_width([_place(word) for line in found for word in line.words if word.turned == degrees])
        for degrees in {line.words[0].turned for line in found}
    }
    joined: list[list[Line]] = []
    for line in found:
        letter = letters[line.words[0].turned]
        above = [block for block in joined if _continues(block[-1], line, letter)]
        if above:
            min(above, key=lambda block: _standing(line)[1] - _standing(block[-1])[3]).append(line)
        else:
            joined.append([line])
    return tuple(Block(tuple(block)) for block in joined)


def merge(text_words: Sequence[Word], pixel_words: Sequence[Word]) -> tuple[Word, ...]:
    """What is to be seen on the page: the visible words of the text layer, and the pixel words it does not cover.

    A hidden word counts where the pixels at its place say the same (some programs draw letters as shapes and lay
    invisible type over them); then its own spelling is kept. Any other hidden word is left out.
    """
    visible = [word for word in text_words if not word.hidden]
    confirmed = [replace(word, hidden=False) for word in text_words if word.hidden and _is_seen(word, pixel_words)]
    known = [*visible, *confirmed]
    return (*known, *(word for word in pixel_words if not _is_covered(word.box, known)))


def _is_seen(hidden: Word, pixel_words: Sequence[Word]) -> bool:
    x0, y0, x1, y1 = hidden.box
    there = [
        word.text
        for word in pixel_words
        if x0 <= (word.box[0] + word.box[2]) / 2 <= x1 and y0 <= (word.box[1] + word.box[3]) / 2 <= y1
    ]
    return bool(there) and fuzz.ratio(squash(hidden.text), squash("".join(there))) >= _SAME_TEXT


@dataclass(slots=True)
class _Place:
    """A word where it lies when it is upright, and the size of its type against the height of that page."""

    word: Word
    box: Box
    size: float


def _place(word: Word) -> _Place:
    if not word.turned:
        return _Place(word, word.box, word.size)
    box = turn(word.box, word.turned)
    # Turned on its side, the page has another height, which boxes do not tell: the box itself shows the size.
    return _Place(word, box, word.size if word.turned == 180 else box[3] - box[1])


def _standing(line: Line) -> Box:
    return turn(line.box, line.words[0].turned)


def _type_size(line: Line) -> float:
    return max(_place(word).size for word in line.words)


def _letter_width(places: Iterable[_Place]) -> float:
    """The width of a letter (fraction of the page's width) of type of size 1 (fraction of its height).

    Taken from the words, because boxes do not tell how wide the page is against its height.
    """
    ratios = [
        (place.box[2] - place.box[0]) / len(place.word.text) / place.size
        for place in places
        if len(place.word.text) >= 3 and place.size > 0
    ]
    return statistics.median(ratios) if ratios else _USUAL_LETTER


def _chains(places: Sequence[_Place]) -> list[list[_Place]]:
    """Chains of words that follow each other, from words given from left to right."""
    letter = _letter_width(places)
    reach = _GAP_LETTERS * letter * max((place.size for place in places), default=0.0)
    done: list[list[_Place]] = []
    open_ones: list[list[_Place]] = []
    for place in places:
        done += [chain for chain in open_ones if place.box[0] - chain[-1].box[2] > reach]
        open_ones = [chain for chain in open_ones if place.box[0] - chain[-1].box[2] <= reach]
        left = [chain for chain in open_ones if _follows(chain[-1], place, letter)]
        if left:
            max(left, key=lambda chain: (_overlap(chain[-1].box, place.box), chain[-1].box[2])).append(place)
        else:
            open_ones.append([place])
    return done + open_ones


def _follows(left: _Place, right: _Place, letter: float) -> bool:
    if left.box[3] <= right.box[1] or right.box[3] <= left.box[1]:
        return False
    small, large = (left.size, right.size) if left.size <= right.size else (right.size, left.size)
    gap = right.box[0] - left.box[2]
    # Type of very different size is one line only where it touches, as an initial or a raised "th" does.
    reach = (_GAP_LETTERS if large <= _SIZE_RATIO * small else 0.5) * letter * large
    same_kind = left.word.hidden == right.word.hidden
    return same_kind and -letter * large <= gap <= reach and _overlap(left.box, right.box) >= _OVERLAP


def _overlap(one: Box, other: Box) -> float:
    """The common height as a share of the lower box."""
    height = min(one[3] - one[1], other[3] - other[1])
    return (min(one[3], other[3]) - max(one[1], other[1])) / height if height > 0 else 0.0


def _in_reading_order(found: Sequence[Line]) -> list[Line]:
    """Lines of one direction."""
    rows: list[list[Line]] = []
    for line in sorted(found, key=_middle):
        if rows and _middle(line) - _middle(rows[-1][0]) <= 0.5 * min(_type_size(rows[-1][0]), _type_size(line)):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: _standing(line)[0])]


def _middle(line: Line) -> float:
    box = _standing(line)
    return (box[1] + box[3]) / 2


def _continues(above: Line, below: Line, letter: float) -> bool:
    one, other = _standing(above), _standing(below)
    small, large = sorted((_type_size(above), _type_size(below)))
    weights = {word.bold for word in (*above.words, *below.words) if word.source is Source.TEXT}
    return (
        large <= _SAME_SIZE * small
        and -_OVERLAP * large <= other[1] - one[3] <= _LEADING * large
        and len(weights) <= 1
        and above.hidden == below.hidden
        and above.words[0].turned == below.words[0].turned
        and _is_aligned(one, other, _ALIGNED_LETTERS * letter * large)
    )


def _is_aligned(above: Box, below: Box, tolerance: float) -> bool:
    """Whether the boxes share their left edge, their middle or their right edge, and one stands over the other."""
    over = min(above[2], below[2]) > max(above[0], below[0])
    left, right = above[0] - below[0], above[2] - below[2]
    return over and min(abs(left), abs(right), abs(left + right) / 2) <= tolerance


def _is_covered(box: Box, words: Iterable[Word]) -> bool:
    area = (box[2] - box[0]) * (box[3] - box[1])
    return area <= 0 or sum(_common_area(box, word.box) for word in words) >= _COVERED * area


def _common_area(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0
