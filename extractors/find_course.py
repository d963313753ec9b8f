"""Candidates for the course: after "has completed", before "an online course", at a label, quoted, or big and alone."""

import re
from collections.abc import Iterator

from extractors import course_cuts, names, titles
from extractors.candidates import (
    Candidate,
    Signs,
    at_label,
    block_ends,
    of_piece,
    relative_size,
    skip_lead_in,
    style_end,
)
from extractors.course_signs import around, echoes, said
from extractors.course_wording import OPEN_END
from extractors.dates import may_begin, readings
from extractors.labels import COURSE_LABEL
from extractors.model import Source, Word
from extractors.plain import fold
from extractors.profile import FieldRules
from extractors.sheet import Passage, Piece, Sheet, find, same_style
from extractors.wording import (
    BEFORE_DATE,
    COURSE_AFTER,
    COURSE_END,
    COURSE_END_BEGINS,
    COURSE_INTRO,
    COURSE_MENTION,
    DID,
    HEADING,
    HOLDER_INTRO,
    SIGNATORY,
    WORD_BEGINS,
    begun_within,
)

# What ends so is not yet the title: "the Example Academy training course", "the course examination for".
_LEADS_ON = re.compile(
    r"(?:^|\W)(?:for|in|of|on|the|de|do|da|del|course|courses|training|program|programme|exam|certification|\w+\.(?:org|com|io))[\s:]*$"
)
_LARGER = 1.3
# Places of which a phrase or a label says that they hold the title.
_UNTOLD = frozenset({"alone", "whole_block", "emphasised"})
_TOLD = frozenset({"intro", "mention", "label", "profile"})
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n][^\"“”„«»]{2,120})[\"”“»]")
_SENTENCE_END = re.compile(r"[.;](?=\s+[A-ZÁÉÍÓÚÀÂÊÔÃÕÇА-Я]|\s*$|\n)|\n\s*\n|[•●▪]")
_AMOUNT_OF = re.compile(
    r"[\d.,]+\s*(?:(?:total hours|hours?|horas?|heures?(?: au total)?)\s*(?:of|du|de|do|of the)\s(?:cours en ligne\s)?|"
    r"saatlik\s|stundigen?\s)"
)
_ARTICLE = re.compile(r"(?<=[a-zà-ÿ:,]\s)(The|THE)\s$")
# Labels of what holds several courses, and of one of them: where both stand, the one is meant.
_WIDER = re.compile(
    r"(?:learning )?(?:path|track|series|pathway|plan)\b|learning (?:path|plan|journey)|trilha|parcours|lernpfad"
)
_NARROWER = re.compile(r"(?:course|module|kurs|curso|cours|corso|modulo|modul)(?: (?:title|name))?\s*(?::|$)")
# No words before a date are longer, with the blanks around them.
_LEAD = 60
# Nothing follows an introduction that ends a sentence, or tells a score.
_ENDED = re.compile(r"\s*(?:[.;]\s|\d+ (?:out of|of|von|sur|de|su|из)\s|\d+(?:[.,]\d+)?\s?%)")
_COMPLETION_OF = re.compile(
    r"(?:(?:letter|certificate|confirmation|proof|statement|record) of (?:completion|attendance|participation)"
    r"\s*(?:[-–—:,]|of|for|in|at)\s)|"
    r"(?:the\s*)?(?:successful\s*|satisfactory\s*)?completion\s*of(?:\s*the)?\s"
)
# A label with its value on a line of its own ends a title above it.
_LABEL_LINE = re.compile(r"\n\s*[^\W\d_][\w .#]{1,25}:\s")
_AMOUNT = re.compile(
    r"[\s,(\-–]*(?<![\w.])(?<!\w-)\d+(?:[.,:]\d+)?\s*(?:total hours|hours?|hrs?|horas?|heures?|h\b|stunden|ore|min)"
)
# Phrases that end a title, and where they can begin.
_ENDING = (
    (COURSE_END, COURSE_END_BEGINS),
    (HOLDER_INTRO, WORD_BEGINS),
    (DID, WORD_BEGINS),
    (_AMOUNT, re.compile(r"(?<![\s,(\-–])[\s,(\-–\d]")),
)


def course_candidates(sheet: Sheet, rules: FieldRules | None) -> Iterator[Candidate]:
    """Every piece of the page that may be the course's title, with the signs for and against."""
    for passage in sheet.passages:
        for match in find(COURSE_INTRO, passage):
            yield from _after(sheet, passage, match.start(), match.end(), {"intro": 1.0})
        for match in find(COURSE_MENTION, passage):
            yield from _after(sheet, passage, match.start(), match.end(), {"mention": 1.0})
        for match in find(COURSE_AFTER, passage):
            yield from _before(sheet, passage, match.start(), {"outro": 1.0})
        if rules is not None:
            for match in find(rules.after_pattern, passage) if rules.after_pattern else ():
                yield from _after(sheet, passage, match.start(), match.end(), {"profile": 1.0})
            for match in find(rules.before_pattern, passage) if rules.before_pattern else ():
                yield from _before(sheet, passage, match.start(), {"profile": 1.0})
        for match in _QUOTED.finditer(passage.text[: passage.breaks[0] + 60]):
            if match.start() < passage.breaks[0]:
                yield from _candidate(sheet, passage, match.start(1), match.end(1), {"quoted": 1.0})
        yield from _labelled(sheet, passage, rules)
        yield from _alone(sheet, passage)
        for start, end in course_cuts.emphasised(sheet, passage):
            yield from _candidate(sheet, passage, start, end, {"emphasised": 1.0})


def _candidate(sheet: Sheet, passage: Passage, start: int, end: int, signs: Signs) -> Iterator[Candidate]:
    """The title from `start` to `end`, and what is left of it without a name that stands on the page elsewhere."""
    yield from _exactly(sheet, passage, start, end, signs)
    if signs.keys() & _TOLD:
        for first, last, how in course_cuts.without_names(sheet, passage, start, end):
            yield from _exactly(sheet, passage, first, last, signs | {how: 1.0})


def _exactly(sheet: Sheet, passage: Passage, start: int, end: int, signs: Signs) -> Iterator[Candidate]:
    piece = passage.piece(start, end)
    if piece is None:
        return
    title = titles.trimmed(piece.text)
    if piece.source is Source.PIXELS and titles.mended(title) != title:
        title, signs = titles.mended(title), signs | {"mended": 1.0}
    if titles.likeness(title) == 0:
        return
    known = passage.signs.get((start, end))
    if known is None:
        known = passage.signs[start, end] = _signs(sheet, passage, piece, title, (start, end))
    more = known | {
        "cut_at_line": 0.0 if "name_cut" in signs else known["cut_at_line"],
        "person": names.likeness(title) if signs.keys() <= _UNTOLD else 0.0,
        "mid_block": float(
            (signs.keys() <= _UNTOLD or "line_above" in signs) and _goes_on_from_above(sheet, passage, start)
        ),
    }
    if more["other_value"]:
        # In a form, a value has one label only.
        signs = {sign: strength for sign, strength in signs.items() if sign != "label"}
    yield of_piece("course_name", title, piece, signs | more)


def _signs(sheet: Sheet, passage: Passage, piece: Piece, title: str, place: tuple[int, int]) -> Signs:
    """The signs of a title that stands from `place` to `place`, as far as they hold whatever led there."""
    start, end = place
    first, last = piece.words[0], piece.words[-1]
    return {
        **said(title),
        **around(sheet, passage, piece, start, end),
        **echoes(sheet, title),
        "title": titles.likeness(title),
        "size": relative_size(sheet, piece.words),
        "bold": float(piece.bold),
        "above_usual": min(piece.size / sheet.usual, 3.0) / 3.0,
        "one_style": float(all(same_style(first, word) for word in piece.words)),
        "cut_in_style": float(_runs_on(passage, end, last)),
        "cut_at_line": float(passage.text[end : end + 1] == "\n" and style_end(passage, start) > end + 1),
        "ill_read": 1.0 - piece.mean_confidence,
        "person": 0.0,
        "office": float(SIGNATORY.match(fold(title)) is not None),
        "mid_block": 0.0,
        "low": max(0.0, piece.box[1] - 0.7) / 0.3,
        "high": max(0.0, 0.15 - piece.box[3]) / 0.15,
    }


def _goes_on_from_above(sheet: Sheet, passage: Passage, start: int) -> bool:
    """Whether the first line belongs to a block that begins above it."""
    line = passage.lines[0]
    over = sheet.above(line) if start == 0 else None
    if over is None or line.box[1] - over.box[3] > max(line.size, over.size):
        return False
    return same_style(over.words[0], line.words[0]) and HEADING.fullmatch(over.folded) is None


def _runs_on(passage: Passage, end: int, last: object) -> bool:
    """Whether the words after `end` go on in the same bold type, so that the title was cut inside."""
    following = passage.word_at(end)
    previous = passage.word_at(max(end - 2, 0))
    if following is None or previous is None or following is last:
        return False
    return previous.bold and following.bold and same_style(previous, following) and passage.text[end : end + 1] != "\n"


def _after(sheet: Sheet, passage: Passage, intro: int, place: int, signs: Signs) -> Iterator[Candidate]:
    """What follows an introduction: in the same line up to where the sentence goes on, or on the next lines."""
    if _ENDED.match(passage.text, place):
        return
    start = _title_start(passage, intro, place)
    if start >= len(passage.text):
        return
    quoted = _QUOTED.match(passage.text, start)
    if quoted:
        yield from _candidate(sheet, passage, quoted.start(1), quoted.end(1), signs | {"quoted": 1.0})
        return
    same_line = start <= passage.line_end(max(place - 1, 0))
    where = signs | {"inline" if same_line else "next_line": 1.0}
    before = passage.word_at(intro)
    below = [] if before is None else list(_below_larger(sheet, passage, before, start, where))
    yield from below
    if below:
        where |= {"leads_on": 1.0}
    yield from _from(sheet, passage, before, start, where)
    capital = course_cuts.first_capital(passage, start)
    if same_line and not below and capital is not None:
        if passage.text[capital - 1] == "\n":
            where = {sign: strength for sign, strength in where.items() if sign != "inline"} | {"next_line": 1.0}
        yield from _from(sheet, passage, before, capital, where | {"from_capital": 1.0})


def _from(sheet: Sheet, passage: Passage, before: Word | None, start: int, signs: Signs) -> Iterator[Candidate]:
    """What begins at `start`, after an introduction that begins with the word `before`."""
    phrase_end = _sentence_end(passage, start)
    if before is not None:
        yield from _styled(sheet, passage, before, (start, phrase_end), signs)
    line_end = passage.line_end(start)
    if "inline" in signs:
        yield from _candidate(sheet, passage, start, min(line_end, phrase_end), signs | {"to_line": 1.0})
        if phrase_end > line_end:
            yield from _candidate(sheet, passage, start, phrase_end, signs | {"to_phrase": 1.0})
    if "next_line" in signs or line_end - start < 4:
        for end in block_ends(passage, start):
            cut = min(end, phrase_end) if phrase_end > start + 3 else end
            yield from _candidate(sheet, passage, start, cut, signs | {"to_line": 0.5})
            if signs.keys() & {"from_capital", "mention"} and cut < end and " " not in passage.text[cut:end].strip():
                yield from _candidate(sheet, passage, start, end, signs | {"to_line": 0.5})
    if "next_line" in signs:
        for end in course_cuts.blocks(passage, start, before, phrase_end):
            yield from _candidate(sheet, passage, start, end, signs | {"larger_block": 1.0})


def _title_start(passage: Passage, intro: int, place: int) -> int:
    """Where the title begins after an introduction that ends at `place`: past further introductions and amounts.

    Words of the introduction that begin a line in another type are the title's own ("Workshop de …").
    """
    line = passage.text.rfind("\n", intro, place)
    if line > 0:
        before, first = passage.word_at(intro), passage.word_at(line + 1)
        if before is not None and first is not None and not same_style(before, first):
            place = line
    start = skip_lead_in(passage, place)
    for pattern in (_AMOUNT_OF, _COMPLETION_OF, COURSE_INTRO):
        match = pattern.match(passage.folded, start)
        if match and ("\n" not in passage.text[start : match.end()] or pattern is _COMPLETION_OF):
            start = skip_lead_in(passage, match.end())
    return _with_article(passage, start)


def _with_article(passage: Passage, start: int) -> int:
    """The place of an article before `start` that is the title's own: "The", or "THE" of one all in capitals."""
    match = _ARTICLE.search(passage.text, 0, start)
    small = any(char.islower() for char in passage.text[start : passage.line_end(start)])
    return match.start() if match and (small or match[1].isupper()) else start


def _styled(sheet: Sheet, passage: Passage, before: Word, place: tuple[int, int], signs: Signs) -> Iterator[Candidate]:
    """The title as the run of words that is set unlike the word `before` it; `place`: its start, the phrase's end."""
    start, phrase_end = place
    first = passage.word_at(start)
    if first is None:
        return
    if before.size > _LARGER * first.size:
        signs = signs | {"intro_larger": 1.0}
    end = style_end(passage, start)
    if same_style(before, first):
        end = min(end, phrase_end)
        yield from _candidate(sheet, passage, start, end, signs | {"to_phrase": 1.0})
        return
    yield from _candidate(sheet, passage, start, min(end, phrase_end), signs | {"styled": 1.0})
    if phrase_end < end:
        yield from _candidate(sheet, passage, start, end, signs | {"styled": 0.8})


def _below_larger(sheet: Sheet, passage: Passage, before: Word, start: int, signs: Signs) -> Iterator[Candidate]:
    """ "has completed the Example Academy / Training Course" in the type of `before`, the title below it larger."""
    first = passage.word_at(start)
    if passage.text[start - 1 : start] == "\n" and (first is None or first.size > course_cuts.LARGER * before.size):
        return
    for end in passage.breaks[:3]:
        if first is None or end <= start or end >= len(passage.text):
            continue
        following = passage.word_at(end + 1)
        if following is None:
            return
        larger = following.size > 1.15 * first.size or (following.bold and not first.bold)
        near = following.box[1] - first.box[3] <= 6 * first.size
        lead = passage.text[start:end]
        plain = all(
            same_style(first, word) for word in passage.words[passage.words.index(first) :][: len(lead.split())]
        )
        small = plain and all(line[:1].islower() for line in lead.split("\n"))
        small = small or ("\n" not in lead and OPEN_END.search(fold(lead)) is not None)
        if larger and near and (small or _LEADS_ON.search(fold(lead))):
            stop = min(style_end(passage, end + 1), max(_sentence_end(passage, end + 1), end + 2))
            yield from _candidate(sheet, passage, end + 1, stop, signs | {"styled": 1.0, "below_larger": 1.0})
            return


def _sentence_end(passage: Passage, start: int, limit: int | None = None) -> int:
    """Where the sentence goes on to something else than the title that begins at `start`; somewhere from `limit` on
    where that is not before it.
    """
    text = passage.folded
    end = len(text) if limit is None else limit
    # What is found cheaply first: what would end the sentence later is not looked for.
    for match in (_SENTENCE_END.search(passage.text, start + 1), _LABEL_LINE.search(passage.text, start + 1)):
        end = match.start() if match and match.start() < end else end
    for pattern, beginnings in _ENDING:
        match = _first(pattern, passage, start, end, beginnings)
        end = match.start() if match and match.start() > start else end
    return max(_date_begins(passage, start, end), start)


def _first(
    pattern: re.Pattern[str], passage: Passage, start: int, end: int, beginnings: re.Pattern[str]
) -> re.Match[str] | None:
    """The first match from `start` on that begins before `end`; the first line may have been searched already."""
    line = passage.breaks[0]
    if start == 0 and beginnings is WORD_BEGINS:
        on_line = find(pattern, passage)
        if on_line or end <= line:
            return on_line[0] if on_line and on_line[0].start() < end else None
        start = line
    return next(begun_within(pattern, passage.folded, start, end, beginnings), None)


def _date_begins(passage: Passage, start: int, end: int) -> int:
    """Where the first full date after `start` begins, with the words before it; `end` where that is not before it."""
    rest = passage.text[start:]
    if not may_begin(rest, end - start + _LEAD):
        return end
    for date in readings(rest):
        if any(reading.precision != "year" for reading in date.readings):
            lead = BEFORE_DATE.search(passage.folded[start : start + date.start])
            return min(start + (lead.start() if lead else date.start), end)
    return end


def _before(sheet: Sheet, passage: Passage, place: int, signs: Signs) -> Iterator[Candidate]:
    """What stands before a phrase: in the same line, or in the block above."""
    if passage.text[:place].strip(" ,.;:-"):
        yield from _candidate(sheet, passage, 0, place, signs | {"inline": 1.0})
        if _goes_on_from_above(sheet, passage, 0):
            yield from _begun_above(sheet, passage, place, signs)
        return
    column = sheet.column_above(passage.lines[0], 3)
    for count in range(1, len(column) + 1):
        over = Passage(column[:count][::-1], sheet.number)
        if count > 1 and style_end(over, 0) < len(over.text):
            break
        yield from _candidate(sheet, over, 0, len(over.text), signs | {"line_above": 1.0})


def _begun_above(sheet: Sheet, passage: Passage, place: int, signs: Signs) -> Iterator[Candidate]:
    """A title whose last line stands before a phrase, and its first one or two lines above: a rival of its end."""
    column = sheet.column_above(passage.lines[0], 2)
    for count in range(1, len(column) + 1):
        over = Passage([*column[:count][::-1], *passage.lines], sheet.number)
        begin = len(over.text) - len(passage.text)
        if style_end(over, 0) <= begin:
            return
        yield from _candidate(sheet, over, 0, begin + place, signs | {"inline": 1.0})


def _labelled(sheet: Sheet, passage: Passage, rules: FieldRules | None) -> Iterator[Candidate]:
    patterns: list[tuple[re.Pattern[str], Signs]] = [(COURSE_LABEL, {})]
    if rules is not None and rules.label_pattern is not None:
        patterns.append((rules.label_pattern, {"profile": 1.0}))
    for pattern, known in patterns:
        for site in at_label(sheet, passage, pattern):
            signs = site.signs | {sign: strength * site.signs["label"] for sign, strength in known.items()}
            if _WIDER.match(passage.folded) and any(_NARROWER.match(line.folded) for line in sheet.lines):
                signs["wider"] = 1.0
            of = _COMPLETION_OF.match(site.passage.folded, site.start)
            for end in site.ends:
                yield from _candidate(sheet, site.passage, of.end() if of else site.start, end, signs)


def _alone(sheet: Sheet, passage: Passage) -> Iterator[Candidate]:
    """A whole block set apart by its size; headings drop out by themselves."""
    if HEADING.fullmatch(passage.lines[0].folded):
        return
    ends = block_ends(passage, 0)
    for index, end in enumerate(ends):
        whole = {"alone": 1.0, "whole_block": float(index == len(ends) - 1)}
        yield from _candidate(sheet, passage, 0, end, whole)
    phrase_end = _sentence_end(passage, 0, ends[-1])
    if 3 < phrase_end < ends[-1]:
        yield from _candidate(sheet, passage, 0, phrase_end, {"alone": 1.0, "whole_block": 1.0})
