"""A candidate: one possible value of one field, where it stands, and the signs that speak for and against it."""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.model import Box, FieldName, Source, Word
from extractors.plain import squash
from extractors.sheet import Passage, Piece, Sheet, same_style

# A line continues a block where the white between them is at most this many sizes of type.
_LEADING = 1.0
_LEAD_IN = re.compile(r"[\s:,;.\-–—_|*]+")
Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """`signs` maps the name of a feature to its strength, mostly 0..1; weights.py says what each is worth."""

    field: FieldName
    value: str
    raw: str
    page: int
    box: Box | None
    source: Source
    read: float = 1.0
    signs: Signs = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        """What two readings of the same value share."""
        return squash(self.value) or self.value


def of_piece(name: FieldName, value: str, piece: Piece, signs: Signs) -> Candidate:
    return Candidate(name, value, piece.text, piece.page, piece.box, piece.source, piece.confidence, signs)


def skip_lead_in(passage: Passage, place: int) -> int:
    """The place where text begins again after blanks and punctuation."""
    match = _LEAD_IN.match(passage.text, place)
    return match.end() if match else place


def style_end(passage: Passage, start: int) -> int:
    """Where the words of the style that holds at `start` end, lines that follow closely included."""
    previous: Word | None = None
    for word, begin, end in zip(passage.words, passage.starts, passage.ends, strict=True):
        if end <= start:
            continue
        if previous is not None:
            new_line = "\n" in passage.text[begin - 1 : begin]
            white = word.box[1] - previous.box[3]
            if not same_style(previous, word) or (new_line and white > _LEADING * max(word.size, previous.size)):
                return begin - 1
        previous = word
    return len(passage.text)


def block_ends(passage: Passage, start: int) -> list[int]:
    """Ends of the lines, from the one that holds `start` on, that the style of `start` runs through."""
    limit = style_end(passage, start)
    ends = [end for end in passage.breaks if start < end <= limit]
    return ends or [min(limit, passage.line_end(start))]


def beside(sheet: Sheet, label: Passage) -> Passage | None:
    """The passage that begins right of a label on the same row."""
    box = label.lines[0].box
    middle = (box[1] + box[3]) / 2
    right = [
        p for p in sheet.passages if p.lines[0].box[0] >= box[2] and p.lines[0].box[1] <= middle <= p.lines[0].box[3]
    ]
    nearest = min(right, key=lambda passage: passage.lines[0].box[0], default=None)
    if nearest is None or nearest.lines[0].box[0] - box[2] > 0.25:
        return None
    return nearest


def best_signs(group: Iterable[Candidate]) -> Signs:
    """All signs of several candidates of one value, each at its strongest."""
    signs: Signs = {}
    for candidate in group:
        for name, strength in candidate.signs.items():
            signs[name] = max(signs.get(name, strength), strength)
    return signs


def relative_size(sheet: Sheet, words: Sequence[Word]) -> float:
    """The size of type against the largest of the page, 0..1."""
    return min(max(word.size for word in words) / sheet.largest, 1.0) if sheet.largest and words else 0.0
