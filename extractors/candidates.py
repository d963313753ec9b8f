"""A candidate: one possible value of one field, where it stands, and the signs that speak for and against it."""

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.labels import begins_another, is_label, label_at
from extractors.model import Box, FieldName, Line, Source, Word
from extractors.plain import squash
from extractors.sheet import Passage, Piece, Sheet, same_style

# A line continues a block where the white between them is at most this many sizes of type.
_LEADING = 1.0
# A value of a form goes on in the next line where that follows closely.
_CLOSE = 0.8
# How far right of a label its value begins: after a colon, in a table (fractions of the page's width).
_BESIDE = 0.42
_IN_TABLE = 0.5
# The cells of a column begin at one place.
_COLUMN = 0.012
_LEAD_IN = re.compile(r"[\s:,;.\-–—_|*]+")
Signs = dict[str, float]
# Faults of one place or reading, which another that has them not makes good.
_AGAINST = frozenset({
    "cut_at_line", "mid_block", "intro_larger", "before_colon", "in_list", "person", "over_office",
    "form_label", "other_value", "labels_another", "anothers", "not_seconded", "read_shorter", "odd_word",
    "ahead",
})  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """`signs` maps the name of a feature to its strength, mostly 0..1; weights.toml says what each is worth.

    `second_look` marks what the second engine read.
    """

    field: FieldName
    value: str
    raw: str
    page: int
    box: Box | None
    source: Source
    read: float = 1.0
    signs: Signs = dataclasses.field(default_factory=dict)
    second_look: bool = False

    @cached_property
    def key(self) -> str:
        """What two readings of the same value share. Reckoned once."""
        return squash(self.value) or self.value


def of_piece(name: FieldName, value: str, piece: Piece, signs: Signs) -> Candidate:
    return Candidate(name, value, piece.text, piece.page, piece.box, piece.source, piece.confidence, signs)


def skip_lead_in(passage: Passage, place: int) -> int:
    """The place where text begins again after blanks and punctuation."""
    match = _LEAD_IN.match(passage.text, place)
    return match.end() if match else place


def style_end(passage: Passage, start: int) -> int:
    """Where the words of the style that holds at `start` end, lines that follow closely included, as far as none of
    them is something else by its words.
    """
    previous: Word | None = None
    for place in range(bisect_right(passage.ends, start), len(passage.words)):
        word, begin = passage.words[place], passage.starts[place]
        if previous is not None:
            new_line = "\n" in passage.text[begin - 1 : begin]
            white = word.box[1] - previous.box[3]
            if not same_style(previous, word) or (new_line and white > _LEADING * max(word.size, previous.size)):
                return begin - 1
            if new_line and begins_another(passage.text[begin : passage.line_end(begin)]):
                return begin - 1
        previous = word
    return len(passage.text)


def block_ends(passage: Passage, start: int) -> list[int]:
    """Ends of the lines, from the one that holds `start` on, that the style of `start` runs through."""
    limit = style_end(passage, start)
    ends = [end for end in passage.breaks if start < end <= limit]
    return ends or [min(limit, passage.line_end(start))]


def beside(sheet: Sheet, label: Passage, reach: float = _BESIDE) -> Passage | None:
    """The passage that begins right of a label on the same row, at most `reach` of the page's width away."""
    box = label.lines[0].box
    middle = (box[1] + box[3]) / 2
    right = [p for p in sheet.passages if p.lines[0].box[0] >= box[2] and _is_on_row(p, middle)]
    nearest = min(right, key=lambda passage: passage.lines[0].box[0], default=None)
    if nearest is None or nearest.lines[0].box[0] - box[2] > reach:
        return None
    return nearest


def _is_on_row(passage: Passage, middle: float) -> bool:
    """Whether the first line of a passage stands on a row, or its first two close lines on both sides of the row's
    middle, as a value of two lines does beside its label.
    """
    first = passage.lines[0]
    if first.box[1] <= middle <= first.box[3] or len(passage.lines) < 2:
        return first.box[1] <= middle <= first.box[3]
    second = passage.lines[1]
    close = second.box[1] - first.box[3] <= _CLOSE * second.size and abs(first.box[0] - second.box[0]) <= _COLUMN
    return close and first.box[3] <= middle <= second.box[1]


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a value may stand: from `start` to one of `ends` of a passage, and what speaks for the place."""

    passage: Passage
    start: int
    ends: tuple[int, ...]
    signs: Signs


def at_label(sheet: Sheet, passage: Passage, pattern: re.Pattern[str]) -> Iterator[Site]:
    """Where the value of a label that begins the passage may stand: after it, beside it, above or below it.

    Of the lines above and below the nearer one is the likelier; a colon points down or to the right.
    """
    line = passage.lines[0]
    text = line.folded
    match = label_at(pattern, text)
    if match is None:
        return
    rest = text[match.end() :].strip()
    colon = rest.startswith(":")
    if colon and rest.strip(": "):
        start = skip_lead_in(passage, match.end())
        ends = dict.fromkeys((passage.line_end(start), style_end(passage, start)))
        yield Site(passage, start, tuple(ends), {"label": 1.0, "inline": 1.0})
    if rest.strip(":*. "):
        return
    other = beside(sheet, passage, _BESIDE if colon else _IN_TABLE)
    if other is not None and not colon and is_label(other.lines[0].text):
        other = None
        if _is_list_under(sheet, passage):
            return
    if other is not None:
        yield Site(
            other,
            0,
            tuple(_value_ends(sheet, other)),
            {"label": 1.0 if colon else 0.8, "inline": 1.0, "cell": float(not colon)},
        )
    over, under = _nearness(sheet, passage, colon)
    for above in _stacked(sheet, sheet.column_above(line, 3)):
        signs = {"label": over, "line_above": 1.0, "underlined": float(not colon)}
        yield Site(above, 0, (len(above.text),), signs | {"label_alike": float(_is_one_block(above.lines[-1], line))})
    cell = sheet.cell(line, below=False)
    if cell is not None:
        for above in _stacked(sheet, [cell, *sheet.column_above(cell, 1)]):
            yield Site(above, 0, (len(above.text),), {"label": over, "cell": 1.0})
    # In a form whose values stand beside their labels the next line is the next label.
    in_form = other is not None and len(passage.lines) > 1 and same_style(line.words[0], passage.lines[1].words[0])
    if len(passage.lines) > 1 and not in_form:
        start = skip_lead_in(passage, passage.breaks[0])
        yield Site(passage, start, tuple(block_ends(passage, start)), {"label": under, "next_line": 1.0})


def _value_ends(sheet: Sheet, value: Passage) -> Iterator[int]:
    """Ends of the lines of a value beside its label: it goes on close below, where no other label stands beside."""
    yield value.breaks[0]
    limit = style_end(value, 0)
    for line, end, over in zip(value.lines[1:], value.breaks[1:], value.lines, strict=False):
        far = line.box[1] - over.box[3] > _CLOSE * line.size or abs(line.box[0] - over.box[0]) > _COLUMN
        middle = (line.box[1] + line.box[3]) / 2
        if far or end > limit or any(o.box[1] <= middle <= o.box[3] and o.box[2] < line.box[0] for o in sheet.lines):
            return
        yield end


def _is_list_under(sheet: Sheet, head: Passage) -> bool:
    """Whether a label is the head of a table's column with several cells under it, of which none is the value."""
    rows = [line for line in head.lines[1:3] if abs(line.box[0] - head.lines[0].box[0]) <= _COLUMN]
    if any(is_label(line.text) for line in rows):
        return False
    return len(rows) > 1 and all(beside(sheet, Passage([line], sheet.number), 1.0) is not None for line in rows)


def _is_one_block(over: Line, label: Line) -> bool:
    """Whether a label is set like the line close over it: then it may be the last word of what stands there."""
    close = label.box[1] - over.box[3] <= _LEADING * max(label.size, over.size)
    return close and same_style(over.words[0], label.words[0])


def _nearness(sheet: Sheet, passage: Passage, colon: bool) -> tuple[float, float]:
    """How likely a label belongs to the line above it and to the line below it."""
    line, over = passage.lines[0], sheet.above(passage.lines[0])
    if colon or over is None:
        return 0.4, 1.0
    if len(passage.lines) < 2:
        return 1.0, 0.4
    above, below = line.box[1] - over.box[3], passage.lines[1].box[1] - line.box[3]
    return (1.0, 0.4) if above <= below else (0.5, 1.0)


def _stacked(sheet: Sheet, column: Sequence[Line]) -> Iterator[Passage]:
    """Passages of one, two, three lines that end with the first of `column` (the nearest first) in one style."""
    for count in range(1, len(column) + 1):
        over = Passage(column[:count][::-1], sheet.number)
        if count > 1 and style_end(over, 0) < len(over.text):
            return
        yield over


def best_signs(group: Sequence[Candidate]) -> Signs:
    """All signs of several candidates of one value, each at its strongest, those of one place's faults at their
    weakest; hidden is only what is nowhere seen.
    """
    signs = dict(group[0].signs)
    for candidate in group[1:]:
        for name, strength in candidate.signs.items():
            weigh = min if name in _AGAINST else max
            signs[name] = weigh(signs.get(name, strength), strength)
    if not all(candidate.signs.get("hidden") for candidate in group):
        signs.pop("hidden", None)
    return signs


def relative_size(sheet: Sheet, words: Sequence[Word]) -> float:
    """The size of type against the largest of the page, 0..1."""
    return min(max(word.size for word in words) / sheet.largest, 1.0) if sheet.largest and words else 0.0
