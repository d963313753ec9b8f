"""Forms: which lines of a page are labels, and of which label another line is the value.

Labels stand in a column left of their values, or each over its value. Labels that no table knows are told by their
place: in a column of which others are known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.labels import is_label
from extractors.model import Line

# Labels of one column, and their values, begin at one place (fractions of the page's width).
_EDGE = 0.012
# A column of labels has so many at the least, and so many of them known.
_ROWS, _KNOWN = 3, 2
# How far right of its label a value begins, and how far below, in sizes of type.
_BESIDE, _BELOW = 0.42, 1.6
# Whichever is this much closer is the label of a value between two.
_CLOSER = 0.9
# Lines of one row stand level, up to this share of their size.
_LEVEL = 0.3
# A value may read like a label now and then: one in so many.
_FEW = 4
# The longest label, in words.
_LABEL = 6


@dataclass(frozen=True, slots=True)
class Form:
    """`labels` are lines of labels, by their identity; `values` the label of each line that is a value."""

    labels: frozenset[int]
    values: dict[int, str]

    def is_label(self, line: Line) -> bool:
        return id(line) in self.labels

    def is_anothers(self, line: Line, own: Callable[[str], bool]) -> bool:
        """Whether a line is the value of a known label that is none of a field's own."""
        label = self.values.get(id(line))
        return label is not None and is_label(label) and not own(label)


def form_of(lines: Sequence[Line]) -> Form:
    """The labels and values among the lines of one page."""
    rows = [
        (line, value)
        for line in lines
        if _may_be_label(line) and (value := _beside(line, lines)) is not None and _on_one_row(line, value)
    ]
    labels: set[int] = set()
    values: dict[int, str] = {}
    for line, value in rows:
        column = [one for one in rows if _aligned(one[0], line) and _aligned(one[1], value)]
        if len(column) >= _ROWS and _is_column(column):
            labels.add(id(line))
            values[id(value)] = line.text
    for line in lines:
        if id(line) not in labels and is_label(line.text) and (under := _under(line, lines)) is not None:
            values.setdefault(id(under), line.text)
    return Form(frozenset(labels), values)


def _is_column(rows: Sequence[tuple[Line, Line]]) -> bool:
    """Whether most of what stands left is known as labels, and next to nothing of what stands right."""
    known = sum(is_label(label.text) for label, _ in rows)
    return known >= max(_KNOWN, len(rows) / 2) and _FEW * sum(is_label(value.text) for _, value in rows) <= known


def _may_be_label(line: Line) -> bool:
    return len(line.words) <= _LABEL and line.text[:1].isalpha()


def _aligned(one: Line, other: Line) -> bool:
    return abs(one.box[0] - other.box[0]) <= _EDGE


def _on_one_row(label: Line, value: Line) -> bool:
    """Whether two lines stand at one height, by their middles or their feet."""
    middles = abs(label.box[1] + label.box[3] - value.box[1] - value.box[3]) / 2
    return min(middles, abs(label.box[3] - value.box[3])) <= _LEVEL * min(label.size, value.size)


def _beside(label: Line, lines: Sequence[Line]) -> Line | None:
    """The nearest line on the row of `label` to its right."""
    box = label.box
    middle = (box[1] + box[3]) / 2
    right = [
        line
        for line in lines
        if box[2] <= line.box[0] <= box[2] + _BESIDE and line.box[1] <= middle <= line.box[3] and line is not label
    ]
    return min(right, key=lambda line: line.box[0], default=None)


def _under(label: Line, lines: Sequence[Line]) -> Line | None:
    """The line that begins right under `label`, where both begin at one place and no other line is as close above."""
    under = [
        line
        for line in lines
        if _aligned(line, label)
        and 0 <= line.box[1] - label.box[3] <= _BELOW * max(label.size, line.size)
        and not is_label(line.text)
    ]
    value = min(under, key=lambda line: line.box[1], default=None)
    centred = abs((label.box[0] + label.box[2]) / 2 - 0.5) < _EDGE
    if value is None or centred or _is_closer_label(value, value.box[1] - label.box[3], lines):
        return None
    return value


def _is_closer_label(value: Line, gap: float, lines: Sequence[Line]) -> bool:
    """Whether a label stands under a value, closer than `gap`: there labels stand under their values."""
    under = (line for line in lines if _aligned(line, value) and is_label(line.text))
    return any(0 <= line.box[1] - value.box[3] < _CLOSER * gap for line in under)
