"""Where a title ends when no phrase says so: at the name of whoever gives the course, or at the end of larger type."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from extractors.candidates import block_ends
from extractors.course_wording import OPEN_END, ORGANISATION
from extractors.model import Word
from extractors.plain import squash
from extractors.sheet import Passage, Sheet, same_style

# A name shorter than this is found in anything.
_LETTERS = 4
_BY = re.compile(
    r"\s+(?:by|with|at|from|of|con|com|bei|von|der|des|chez|avec|par|de|da|do|di|du|del|della|pela|pelo|na|no|przez|от)\s+"
    r"(?=[A-ZÀ-ÞА-Я])"
)
# At most so many words lead from "completed" to the title: "the four-day residential course".
_SMALL_WORDS = re.compile(r"(?:[^\W\d_A-ZÀ-ÞА-Я][^\sA-ZÀ-ÞА-Я.,;:]*\s){1,6}(?=[\"“«„]?[A-ZÀ-ÞА-Я])")
LARGER = 1.12
_LEADING = 1.3


def without_names(sheet: Sheet, passage: Passage, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Places of what is left of a title without the name of an issuer or partner, and the sign that tells how.

    `name_cut`: the name stands elsewhere on the page as a line of its own (a logo, a label's value), and so does what
    is left, or the name has its own line here too. `by_cut`: the name follows "by", "with", "of".
    """
    spans = [
        (begin, stop) for begin, stop in zip(passage.starts, passage.ends, strict=True) if begin < end and start < stop
    ]
    own = [squash(line.text) for line in passage.lines]
    names = sheet.line_counts
    for (_, stop), (begin, _) in pairwise(spans):
        before, after = squash(passage.text[start:stop]), squash(passage.text[begin:end])
        if _is_name(before, names, own) and _stands_without(sheet, passage.folded[start:stop], before, after):
            yield begin, end, "name_cut"
        if _is_name(after, names, own) and "\n" in passage.text[stop:begin]:
            yield start, stop, "name_cut"
    for match in _BY.finditer(passage.text, start, end):
        name = squash(passage.text[match.end() : end])
        known = len(name) >= _LETTERS and any(line.startswith(name) for line in names if line not in own)
        if known or ORGANISATION.search(passage.folded, match.end(), end):
            yield start, match.start(), "by_cut"


def _stands_without(sheet: Sheet, lead: str, name: str, rest: str) -> bool:
    """Whether the rest of a title stands elsewhere on the page too, and nowhere in one block under the name."""
    if OPEN_END.search(lead) is not None or sheet.squashed.count(rest) < 2:
        return False
    under = (passage for passage in sheet.passages if squash(passage.lines[0].text) == name)
    return all(squash(one.text[:end]) != name + rest for one in under for end in block_ends(one, 0))


def _is_name(text: str, lines: Mapping[str, int], own: Sequence[str]) -> bool:
    """Whether a text stands on the page as a line besides those of its own passage."""
    return len(text) >= _LETTERS and lines.get(text, 0) > own.count(text)


def blocks(passage: Passage, start: int, before: Word | None, phrase_end: int) -> Iterator[int]:
    """Ends of lines that go on closely in type larger than that of the word `before` the title, whatever its sizes.

    A brand over its product is often set in another size; a full stop inside ends no title that is set apart.
    """
    if before is None:
        return
    end, previous = 0, None
    for word, begin, stop in zip(passage.words, passage.starts, passage.ends, strict=True):
        if stop <= start:
            continue
        new_line = "\n" in passage.text[begin - 1 : begin]
        if word.size < LARGER * before.size and not (word.bold and not before.bold):
            break
        white = word.box[1] - previous.box[3] if previous is not None and new_line else 0.0
        if white > _LEADING * word.size:
            break
        if new_line and end in passage.breaks:
            yield end
        end, previous = stop, word
    if end > phrase_end or end in passage.breaks:
        yield end


def emphasised(sheet: Sheet, passage: Passage) -> Iterator[tuple[int, int]]:
    """Places of what is set in bold type within a sentence in light type, and begins on the first line of `passage`."""
    spans = list(zip(passage.words, passage.starts, passage.ends, strict=True))
    for index, (word, start, _) in enumerate(spans):
        if start >= passage.breaks[0]:
            return
        if not word.bold or (index and spans[index - 1][0].bold):
            continue
        run = list(takewhile(lambda span: span[0].bold, spans[index:]))
        end = run[-1][2]
        beside = [spans[index - 1][0]] if index else []
        beside += [other for other, _, _ in spans[index + len(run) :][:1]] if end not in passage.breaks else []
        inside = bool(beside) and all(same_style(replace(word, bold=False), other) for other in beside)
        inside = inside and any(char.isalpha() for other in beside for char in other.text)
        over = sheet.above(passage.lines[0]) if index == 0 else None
        begun_above = over is not None and over.words[-1].bold
        if len(run) > 1 and inside and not begun_above:
            yield start, end


def first_capital(passage: Passage, start: int) -> int | None:
    """Where the first word with a capital begins, if a few small words stand before it on its line and none follows."""
    match = _SMALL_WORDS.match(passage.text, start)
    return None if match is None or match.end() >= len(passage.text) else match.end()
