"""Words to lines to blocks, in reading order; the same for the text layer and for pixels."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.model import Box, Line, Source, Word

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


def lines(words: Sequence[Word]) -> tuple[Line, ...]:
    """The lines of a page in reading order: rows from the top, from the left within a row.

    Each word is linked to its nearest neighbour on the left that stands on the same line; a chain of links is a line.
    So a tilted line holds together, and a wide gap, as between two columns, parts it. Type that runs up or down the
    page is chained in the order given.
    """
    letter = _letter_width(words)
    level = sorted((word for word in words if not is_vertical(word)), key=lambda word: word.box[0])
    upright = [word for word in words if is_vertical(word)]
    chains = _level_chains(level, letter) + _vertical_chains(upright)
    return _in_reading_order([Line(tuple(chain)) for chain in chains])


def is_vertical(word: Word) -> bool:
    """Whether the word runs up or down the page: it is much taller than its type."""
    return len(word.text) > 1 and word.box[3] - word.box[1] > 1.8 * word.size


def blocks(found: Sequence[Line]) -> tuple[Block, ...]:
    """Lines in reading order, joined where one follows the other closely, aligned, in the same size and weight."""
    letter = _letter_width([word for line in found for word in line.words])
    joined: list[list[Line]] = []
    for line in found:
        above = [block for block in joined if _continues(block[-1], line, letter)]
        if above:
            min(above, key=lambda block: line.box[1] - block[-1].box[3]).append(line)
        else:
            joined.append([line])
    return tuple(Block(tuple(block)) for block in joined)


def merge(text_words: Sequence[Word], pixel_words: Sequence[Word]) -> tuple[Word, ...]:
    """What is to be seen on the page: the visible words of the text layer, and the pixel words it does not cover."""
    visible = [word for word in text_words if not word.hidden]
    drawn = [word for word in pixel_words if not _is_covered(word.box, visible)]
    return (*visible, *drawn)


def _letter_width(words: Iterable[Word]) -> float:
    """The width of a letter (fraction of the page's width) of type of size 1 (fraction of its height).

    Taken from the words, because boxes do not tell how wide the page is against its height.
    """
    ratios = [
        (word.box[2] - word.box[0]) / len(word.text) / word.size
        for word in words
        if len(word.text) >= 3 and word.size > 0 and not is_vertical(word)
    ]
    return statistics.median(ratios) if ratios else _USUAL_LETTER


def _level_chains(words: Sequence[Word], letter: float) -> list[list[Word]]:
    """Chains of words, which are given from left to right."""
    done: list[list[Word]] = []
    chains: list[list[Word]] = []
    reach = _GAP_LETTERS * letter * max((word.size for word in words), default=0.0)
    for word in words:
        done += [chain for chain in chains if word.box[0] - chain[-1].box[2] > reach]
        chains = [chain for chain in chains if word.box[0] - chain[-1].box[2] <= reach]
        left = [chain for chain in chains if _follows(chain[-1], word, letter)]
        if left:
            max(left, key=lambda chain: (_overlap(chain[-1].box, word.box), chain[-1].box[2])).append(word)
        else:
            chains.append([word])
    return done + chains


def _follows(left: Word, right: Word, letter: float) -> bool:
    small, large = sorted((left.size, right.size))
    gap = right.box[0] - left.box[2]
    # Type of very different size is one line only where it touches, as an initial or a raised "th" does.
    reach = (_GAP_LETTERS if large <= _SIZE_RATIO * small else 0.5) * letter * large
    return left.hidden == right.hidden and -letter * large <= gap <= reach and _overlap(left.box, right.box) >= _OVERLAP


def _overlap(one: Box, other: Box) -> float:
    """The common height as a share of the lower box."""
    height = min(one[3] - one[1], other[3] - other[1])
    return (min(one[3], other[3]) - max(one[1], other[1])) / height if height > 0 else 0.0


def _vertical_chains(words: Sequence[Word]) -> list[list[Word]]:
    chains: list[list[Word]] = []
    for word in words:
        last = chains[-1][-1] if chains else None
        if last is not None and _stands_on(last, word):
            chains[-1].append(word)
        else:
            chains.append([word])
    return chains


def _stands_on(one: Word, other: Word) -> bool:
    width = min(one.box[2] - one.box[0], other.box[2] - other.box[0])
    shared = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    gap = max(one.box[1], other.box[1]) - min(one.box[3], other.box[3])
    return one.hidden == other.hidden and shared >= _OVERLAP * width and gap <= one.size


def _in_reading_order(found: Sequence[Line]) -> tuple[Line, ...]:
    rows: list[list[Line]] = []
    for line in sorted(found, key=lambda line: line.box[1] + line.box[3]):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.box[0]))


def _same_row(one: Line, other: Line) -> bool:
    apart = abs((one.box[1] + one.box[3]) - (other.box[1] + other.box[3])) / 2
    return apart <= 0.5 * min(one.size, other.size)


def _continues(above: Line, below: Line, letter: float) -> bool:
    small, large = sorted((above.size, below.size))
    white = below.box[1] - above.box[3]
    weights = {word.bold for word in (*above.words, *below.words) if word.source is Source.TEXT}
    return (
        large <= _SAME_SIZE * small
        and -_OVERLAP * large <= white <= _LEADING * large
        and len(weights) <= 1
        and above.hidden == below.hidden
        and _is_aligned(above.box, below.box, _ALIGNED_LETTERS * letter * large)
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
