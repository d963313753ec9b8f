"""A page as the finder reads it: lines, what continues below each of them, and phrases found across line breaks."""

import re
import statistics
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors import titles
from extractors.forms import Form, form_of
from extractors.layout import around, is_vertical, lines, usual_size
from extractors.model import Box, Line, Link, Source, Symbol, Word
from extractors.plain import squash
from extractors.wording import WORD_BEGINS

_SAME_SIZE = 1.3
# What engines say of sizes is rough: boxes follow the letters that a line happens to hold.
_SAME_DRAWN = 1.45
# A passage ends after this many lines, or at a gap of this many sizes of type.
_LINES = 8
_GAP = 7.0
_UNREADABLE = 0.2
_GIVEN = ("number", "links", "symbols", "lines", "hidden_lines", "usual")
# The likeness from which a line may be a title.
_TITLE = 0.7
_ADDRESS = re.compile(r"[a-zA-Z]\.[a-zA-Z]{2,}")
_SCHEME = re.compile(r"^\w+:/*")
_BROKEN = re.compile(r"(?<=\w)(-)\n(?=\w)")


@dataclass(frozen=True)
class Piece:
    """Some words of a page, in reading order, and the text that stands for them. Box and size are reckoned once."""

    text: str
    words: tuple[Word, ...]
    page: int

    @cached_property
    def box(self) -> Box:
        return around(word.box for word in self.words)

    @cached_property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def source(self) -> Source:
        """The weakest source of its words."""
        return Source.PIXELS if any(word.source is Source.PIXELS for word in self.words) else self.words[0].source

    @property
    def confidence(self) -> float:
        """How surely the weakest of its words was read."""
        return min(word.confidence for word in self.words)

    @property
    def mean_confidence(self) -> float:
        return sum(word.confidence for word in self.words) / len(self.words)


@dataclass(slots=True)
class _Placed:
    """A line with its place, reckoned once."""

    line: Line
    box: Box
    size: float
    vertical: bool


class Passage:
    """Lines that follow each other, as one text with line breaks; places in it lead back to the words."""

    def __init__(self, found: Sequence[Line], page: int) -> None:
        self.lines = tuple(found)
        self.page = page
        self.words = tuple(word for line in found for word in line.words)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.breaks: list[int] = []
        place = 0
        for line in found:
            for word in line.words:
                self.starts.append(place)
                place += len(word.text)
                self.ends.append(place)
                place += 1  # the blank or line break that follows
            self.breaks.append(place - 1)
        self.text = "\n".join([line.text for line in found])
        self.folded = "\n".join([line.folded for line in found])
        self.found: dict[int, tuple[re.Match[str], ...]] = {}
        # Signs of a title from one place to another, whatever led there.
        self.signs: dict[tuple[int, int], dict[str, float]] = {}

    @cached_property
    def beginnings(self) -> tuple[int, ...]:
        """Where a phrase can begin on the first line."""
        first = self.breaks[0]
        places = (match.start() for match in WORD_BEGINS.finditer(self.folded, 0, first))
        return tuple(place for place in places if place < first)

    def piece(self, start: int, end: int) -> Piece | None:
        """The words that the range touches; the text is exactly the range, on one line, trimmed."""
        words = self.words[bisect_right(self.ends, start) : bisect_left(self.starts, end)]
        # A hyphen at the end of a line belongs to the word that goes on below.
        text = self.text[start:end]
        text = " ".join((_BROKEN.sub(r"\1", text) if "-\n" in text else text).split())
        return Piece(text, words, self.page) if words and text else None

    def line_end(self, place: int) -> int:
        """Where the line that holds `place` ends."""
        line = bisect_left(self.breaks, place)
        return self.breaks[line] if line < len(self.breaks) else len(self.text)

    def line_at(self, place: int) -> Line:
        """The line that holds `place`."""
        return self.lines[min(bisect_left(self.breaks, place), len(self.breaks) - 1)]

    def word_at(self, place: int) -> Word | None:
        """The first word that ends after `place`."""
        word = bisect_right(self.ends, place)
        return self.words[word] if word < len(self.words) else None


class Sheet:
    """One page: its lines in reading order, links and symbols. Hidden words are kept apart."""

    def __init__(
        self, number: int, words: Iterable[Word], links: Sequence[Link] = (), symbols: Sequence[Symbol] = ()
    ) -> None:
        legible = [word for word in words if word.confidence >= _UNREADABLE and word.text.strip()]
        self.number = number
        self.links, self.symbols = tuple(links), tuple(symbols)
        self.lines = tuple(closed_up(line) for line in lines([word for word in legible if not word.hidden]))
        self.hidden_lines = tuple(closed_up(line) for line in lines([word for word in legible if word.hidden]))
        self.usual = usual_size(legible) or 0.01

    def __getstate__(self) -> dict[str, object]:
        """What is reckoned of the lines goes by their identity, which a copy does not share."""
        return {name: self.__dict__[name] for name in _GIVEN}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """For every line, the passage that begins with it."""
        return tuple(Passage(self._flow(index), self.number) for index in range(len(self.lines)))

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def folded(self) -> str:
        return "\n".join(line.folded for line in self.lines)

    @cached_property
    def squashed(self) -> str:
        return squash(self.text)

    @cached_property
    def squashed_addresses(self) -> tuple[tuple[str, str], ...]:
        """Host and rest of each link and printed address, only letters and digits: names of issuers stand in the one,
        slugs of titles in the other.
        """
        return tuple((squash(host), squash(rest)) for host, _, rest in self._addresses)

    @cached_property
    def host_names(self) -> frozenset[str]:
        """Each label of the hosts of links and printed addresses, only letters and digits."""
        return frozenset(squash(label) for host, _, _ in self._addresses for label in host.split("."))

    @cached_property
    def _addresses(self) -> tuple[tuple[str, str, str], ...]:
        printed = (
            word.text for line in self.lines for word in line.words if "." in word.text and _ADDRESS.search(word.text)
        )
        return tuple(
            _SCHEME.sub("", address).partition("/") for address in (*(link.uri for link in self.links), *printed)
        )

    @cached_property
    def form(self) -> Form:
        """The labels and values of the page."""
        return form_of(self.lines)

    @cached_property
    def drawn_share(self) -> float:
        """How much of what is seen was read from pixels, 0..1."""
        sources = [word.source for line in self.lines for word in line.words if len(word.text) > 1]
        return sources.count(Source.PIXELS) / len(sources) if sources else 0.0

    @cached_property
    def line_counts(self) -> dict[str, int]:
        """How often each line that begins with a capital stands on the page, by its letters and digits."""
        return Counter(squash(line.text) for line in self.lines if line.text[:1].isupper())

    @cached_property
    def title_size(self) -> float:
        """The size of the largest line that may be a title by its words (headings are none), 0 where there is none."""
        largest_first = sorted(self.lines, key=lambda line: -line.size)
        return next((line.size for line in largest_first if titles.likeness(line.text) >= _TITLE), 0.0)

    @cached_property
    def largest(self) -> float:
        """The largest size of type in words of some length (0 on an empty page)."""
        return max((word.size for line in self.lines for word in line.words if len(word.text) > 2), default=0.0)

    def _flow(self, index: int) -> list[Line]:
        flow = [self.lines[index]]
        while len(flow) < _LINES and (following := self._following.get(id(flow[-1]))) is not None:
            flow.append(following)
        return flow

    @cached_property
    def _placed(self) -> tuple["_Placed", ...]:
        return tuple(_Placed(line, line.box, line.size, is_vertical(line.words[0])) for line in self.lines)

    @cached_property
    def _stacked(self) -> tuple[tuple["_Placed", "_Placed"], ...]:
        """Every two lines of which the second stands under the first."""
        level = [placed for placed in self._placed if not placed.vertical]
        return tuple((one, other) for one in level for other in level if other is not one and _is_below(one, other))

    @cached_property
    def _below(self) -> dict[int, "_Placed"]:
        """The nearest line under each line that stands under it, by the line's identity."""
        under: dict[int, list[_Placed]] = {}
        for one, other in self._stacked:
            under.setdefault(id(one.line), []).append(other)
        return {
            line: min(others, key=lambda other: (other.box[1] + other.box[3], other.box[0]))
            for line, others in under.items()
        }

    @cached_property
    def _above(self) -> dict[int, "_Placed"]:
        over: dict[int, list[_Placed]] = {}
        for one, other in self._stacked:
            over.setdefault(id(other.line), []).append(one)
        return {line: max(others, key=lambda other: other.box[1] + other.box[3]) for line, others in over.items()}

    @cached_property
    def _following(self) -> dict[int, Line]:
        """What stands under each line within reach, asked of every passage that the line is part of."""
        pairs = ((one, self._below.get(id(one.line))) for one in self._placed)
        return {id(one.line): under.line for one, under in pairs if under is not None and self._reaches(one, under)}

    @cached_property
    def _leading(self) -> dict[int, Line]:
        """What stands over each line within reach."""
        pairs = ((self._above.get(id(one.line)), one) for one in self._placed)
        return {id(one.line): over.line for over, one in pairs if over is not None and self._reaches(over, one)}

    def _reaches(self, over: "_Placed", under: "_Placed") -> bool:
        return under.box[1] - over.box[3] <= _GAP * max(over.size, under.size, self.usual)

    def below(self, line: Line) -> Line | None:
        """The nearest line of this page under `line` that stands under it."""
        return self._following.get(id(line))

    def above(self, line: Line) -> Line | None:
        """The nearest line of this page over `line` that stands over it."""
        return self._leading.get(id(line))

    def cell(self, label: Line, below: bool) -> Line | None:
        """The line of a form that a label belongs to though nothing of it stands over or under the label itself."""
        reach = 3.5 * max(label.size, self.usual)
        near = []
        own, size = label.box, label.size
        for placed in self._placed:
            gap = placed.box[1] - own[3] if below else own[1] - placed.box[3]
            right = placed.box[0] - own[2]
            if placed.line is not label and -0.5 * size <= gap <= reach and 0 <= right <= 0.25:
                near.append((gap, right, placed.box[0], placed.line))
        return min(near, key=lambda one: one[:3])[3] if near else None

    def column_above(self, line: Line, most: int = 4) -> list[Line]:
        """Lines over `line`, the nearest first."""
        column: list[Line] = []
        current: Line | None = line
        while current is not None and len(column) < most:
            current = self.above(current)
            if current is not None:
                column.append(current)
        return column


def same_style(one: Word, other: Word) -> bool:
    """Whether two words may belong to one title or name: nearly one size, and one weight where weight is known."""
    small, large = (one.size, other.size) if one.size <= other.size else (other.size, one.size)
    weighty = one.source is Source.TEXT and other.source is Source.TEXT
    return large <= (_SAME_SIZE if weighty else _SAME_DRAWN) * small and (not weighty or one.bold == other.bold)


def closed_up(line: Line) -> Line:
    """Type set with wide spaces between the letters ("A W A R D  o f") put back into words."""
    singles = sum(1 for word in line.words if len(word.text) == 1)
    if len(line.words) < 6 or singles < 0.7 * len(line.words):
        return line
    gaps = [right.box[0] - left.box[2] for left, right in zip(line.words, line.words[1:], strict=False)]
    usual = max(statistics.median(gaps), 0.0)
    joined: list[list[Word]] = [[line.words[0]]]
    for gap, word in zip(gaps, line.words[1:], strict=True):
        if gap <= 1.8 * usual + 1e-4:
            joined[-1].append(word)
        else:
            joined.append([word])
    return Line(tuple(_one_word(letters) for letters in joined))


def _one_word(letters: Sequence[Word]) -> Word:
    first = letters[0]
    return Word(
        text="".join(word.text for word in letters),
        box=around(word.box for word in letters),
        size=max(word.size for word in letters),
        source=first.source,
        confidence=min(word.confidence for word in letters),
        bold=first.bold,
        hidden=first.hidden,
    )


def _is_below(above: _Placed, below: _Placed) -> bool:
    """Whether `below` begins under `above` and shares some of its width, or its left edge or middle."""
    one, other = above.box, below.box
    middle = (other[1] + other[3]) / 2
    # Half of all lines stand higher still: asked first.
    if middle <= one[3] - 0.25 * above.size or middle <= one[3] - 0.25 * below.size:
        return False
    shared = min(one[2], other[2]) - max(one[0], other[0])
    narrow = min(one[2] - one[0], other[2] - other[0])
    return shared >= 0.4 * narrow


def find(pattern: re.Pattern[str], passage: Passage) -> tuple[re.Match[str], ...]:
    """Matches of a phrase that begin on the first line of `passage`. Sought once, however many fields ask."""
    # By its identity: a pattern reckons its hash anew each time, from all that it was compiled to.
    found = passage.found.get(id(pattern))
    if found is None:
        found = passage.found[id(pattern)] = tuple(_on_first_line(pattern, passage))
    return found


def _on_first_line(pattern: re.Pattern[str], passage: Passage) -> Iterator[re.Match[str]]:
    done = 0
    for place in passage.beginnings:
        if place >= done and (match := pattern.match(passage.folded, place)):
            done = match.end()
            yield match
