"""What readings of one page say of each other's values: pieces of a block, and words that only one reading holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.candidates import Candidate
from extractors.choose import same_place
from extractors.model import Box, Source, Word
from extractors.sheet import Sheet

# A title of this many letters is a piece of a longer one only where these are its beginning or its end.
_LETTERS = 4
# What speaks against a longer title's being one: then it swallowed what stands around the shorter.
_SWALLOWED = (
    "holds_phrase", "holds_end", "holds_date", "holds_amount", "holds_quote", "sentence", "open_end", "person",
)  # fmt: skip
# A neighbour is set in type so near in size, at most so many sizes away: beside on its row, or close over or under.
_LIKE, _BESIDE, _STACKED = 1.8, 1.2, 0.8
_SHARED = 0.5
_EDGE = 0.005


def marked_fragments(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates, each with the sign `fragment` where it is some lines of a block that is a candidate as a whole.

    A title broken over lines ("Foundations of / Gardening") has its lines as rivals, which are set alike.
    """
    wholes = [one for one in candidates if _is_whole(one)]
    # Without the name of who gives it, which stands elsewhere on the page too, a title may well be shorter.
    named = {one.key for one in candidates if "name_cut" in one.signs}
    for one in candidates:
        part = one.key not in named and any(_is_part(one, whole) for whole in wholes)
        yield replace(one, signs=one.signs | {"fragment": 1.0}) if part else one


def marked_short(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each with the sign `read_shorter`: 1 for a block of which the other engine read more.

    Engines leave out words, and ends of lines, oftener than they see what is not there.
    """
    blocks = [one for one in candidates if one.source is Source.PIXELS and one.signs.get("whole_block")]
    longer = [one for one in blocks if not any(one.signs.get(fault) for fault in (*_SWALLOWED, "mid_block"))]
    short = {_reading(one) for one in blocks if any(_is_read_shorter(one, other) for other in longer)}
    return [replace(one, signs=one.signs | {"read_shorter": float(_reading(one) in short)}) for one in candidates]


def _reading(one: Candidate) -> tuple[str, Source, bool]:
    """A value as one engine reads it, by whatever words it was found."""
    return one.key, one.source, one.second_look


def _is_read_shorter(one: Candidate, other: Candidate) -> bool:
    if one.second_look == other.second_look or one.page != other.page or len(one.key) >= len(other.key):
        return False
    ends = other.key.startswith(one.key) or other.key.endswith(one.key)
    return ends and len(one.key) >= _LETTERS and same_place(one.box, other.box)


def _is_whole(one: Candidate) -> bool:
    signs = one.signs
    block = signs.get("whole_block") and signs.get("one_style") and signs.get("lines") and not signs.get("mid_block")
    return bool(block) and not any(signs.get(fault) for fault in _SWALLOWED)


def _is_part(one: Candidate, whole: Candidate) -> bool:
    if one.page != whole.page or len(one.key) >= len(whole.key) or len(one.key) < _LETTERS:
        return False
    ends = whole.key.startswith(one.key) or whole.key.endswith(one.key)
    fewer = one.signs.get("lines", 0.0) < whole.signs["lines"] or whole.signs["lines"] >= 1
    return ends and fewer and same_place(one.box, whole.box)


def lacks_neighbour(box: Box, readings: Sequence[Sheet]) -> bool:
    """Whether one reading of the page holds a word close to `box`, set in like type, where another reads nothing.

    What was chosen there may then be the rest of something longer.
    """
    read = [[word for line in sheet.lines for word in line.words] for sheet in readings]
    size = max((word.size for words in read for word in words if _is_inside(word, box)), default=box[3] - box[1])
    return any(
        _is_near(word, box, size) and not any(_touch(word.box, other.box) for other in others)
        for words in read
        for others in read
        if words is not others
        for word in words
    )


def _is_inside(word: Word, box: Box) -> bool:
    x0, y0, x1, y1 = word.box
    return x0 >= box[0] - _EDGE and y0 >= box[1] - _EDGE and x1 <= box[2] + _EDGE and y1 <= box[3] + _EDGE


def _is_near(word: Word, box: Box, size: float) -> bool:
    small, large = sorted((word.size, size))
    if len(word.text) < 2 or not any(char.isalpha() for char in word.text) or large > _LIKE * small:
        return False
    x0, y0, x1, y1 = word.box
    across, down = min(x1, box[2]) - max(x0, box[0]), min(y1, box[3]) - max(y0, box[1])
    if across > 0 and down > 0.3 * (y1 - y0):
        return False
    if down >= _SHARED * min(y1 - y0, box[3] - box[1]):
        # Boxes are fractions of width and height: a page is some 1.4 times as wide as high, or as high as wide.
        return -across <= _BESIDE * size
    return across >= _SHARED * min(x1 - x0, box[2] - box[0]) and -down <= _STACKED * size


def _touch(one: Box, other: Box) -> bool:
    across, down = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and down > 0.2 * min(one[3] - one[1], other[3] - other[1])
