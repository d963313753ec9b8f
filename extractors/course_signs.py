"""Signs that a piece of a page is, or is not, the title of a course: what it says, and what stands around it.

Each is a strength from 0 to 1 under a plain name; weights.py says what it is worth. A sign that holds for titles of
one issuer only has no place here.
"""

import re
from functools import lru_cache

from extractors import names
from extractors.candidates import Signs
from extractors.course_wording import (
    AMOUNT,
    CERTIFICATE_WORD,
    COURSE_OUTRO,
    GIVER,
    LIST_HEAD,
    OPEN_END,
    OPEN_START,
    ORGANISATION,
    SENTENCE,
    TAIL_WORD,
)
from extractors.dates import readings
from extractors.labels import is_course_label, is_label, labels_another
from extractors.model import Line, Source
from extractors.plain import fold, squash
from extractors.sheet import Passage, Piece, Sheet
from extractors.wording import BEFORE_DATE, COURSE_END, COURSE_INTRO, DID, HEADING, HOLDER_INTRO, SIGNATORY

# An echo shorter than this says nothing.
_SOME_LETTERS = 5
_SLUG = 10
# Words within marks of quotation: what surrounds them is no title.
_QUOTE = re.compile(r"[“„«\"][^“”„«»\"]{6,}[”“»\"]")
_BRACKETED = re.compile(r"\([^()]*\)?")
_CENTRED = 0.03
_SMALL = 0.8
# A description has at least so many words.
_DESCRIPTION = 7
# A line narrower than this share of the widest had room for another word.
_ROOM = 0.6
# How close a product stands under its brand, and how much larger it is.
_CLOSE, _LARGER, _LARGEST = 0.8, 1.15, 2.5
# Squashed: what stands right before and right after whoever gives a certificate.
_GIVEN_BY, _LONGEST_GIVEN_BY = re.compile(r"(?:by|team|copyright|©)(?:the|20\d\d)?\Z"), len("copyright2000")
_GIVEN_AFTER = ("team", "allrights")
# A first small letter, but not that of a name like "eLearning" or "iOS".
_SMALL_LETTER = re.compile(r"(?![a-z]{1,2}[A-Z])[^\W\d_](?<=[a-zà-öø-ÿа-я])")


@lru_cache(maxsize=4096)
def said(title: str) -> Signs:
    """What the words of a title say for and against it."""
    plain = fold(title)
    letters = [char for char in title if char.isalpha()]
    end = COURSE_END.search(plain, 1)
    return {
        # Whole sentences hold the phrases that stand around a title.
        "holds_phrase": float(any(pattern.search(plain) for pattern in (DID, COURSE_INTRO, HOLDER_INTRO, GIVER))),
        "holds_end": float(end is not None and end.end() < len(plain) - 1),
        "holds_date": float(any(one.readings[0].precision != "year" for one in readings(title))),
        "holds_amount": float(AMOUNT.search(plain) is not None),
        "holds_quote": float(_QUOTE.search(title) is not None),
        "sentence": float(SENTENCE.search(plain) is not None),
        # A title neither ends nor begins with a word that leads on: there it was cut.
        "open_end": float(OPEN_END.search(plain) is not None),
        "open_start": float(OPEN_START.match(plain) is not None or _SMALL_LETTER.match(title) is not None),
        # "Top skills covered" stands over a list of what was taught.
        "list_head": float(LIST_HEAD.fullmatch(plain.rstrip(" :")) is not None),
        "organisation": float(ORGANISATION.search(plain) is not None),
        "certificate_word": float(CERTIFICATE_WORD.search(plain) is not None),
        "tail_word": float(TAIL_WORD.search(plain) is not None),
        "capitals": float(bool(letters) and all(char.isupper() for char in letters)),
        "bracketed": float(_BRACKETED.fullmatch(title) is not None),
        "one_word": float(len(title.split()) == 1),
        "wordy": min(len(title.split()) / 20, 1.0),
    }


def around(sheet: Sheet, passage: Passage, piece: Piece, start: int, end: int) -> Signs:
    """What stands before, after, above and below a piece of `passage` that ends at `end`."""
    first, last = passage.line_at(start), passage.line_at(end)
    whole_lines = not passage.text[passage.text.rfind("\n", 0, start) + 1 : start].strip(" \"'“«")
    over = sheet.above(first) if whole_lines else None
    under = sheet.below(last) if passage.text[end : end + 1] in ("", "\n") else None
    rest = passage.folded[end:]
    box = piece.box
    form = sheet.form
    return {
        # Labels of forms, and what stands at another label than a course's.
        "form_label": float(whole_lines and (form.is_label(first) or form.is_label(last) or is_label(first.text))),
        "other_value": float(whole_lines and form.is_anothers(first, is_course_label)),
        "labels_another": float(whole_lines and labels_another(first.text)),
        "before_amount": float(AMOUNT.match(rest) is not None),
        "before_end": float(COURSE_END.match(rest) is not None or _date_follows(passage, end)),
        # What a colon follows leads in to something: "You are able to:".
        "before_colon": float(piece.text.endswith(":") or re.match(r"\s?[:：]", rest) is not None),
        "in_list": float(over is not None and LIST_HEAD.search(over.folded) is not None),
        "over_outro": float(under is not None and closes(under.folded)),
        "over_description": float(under is not None and _describes(under, piece)),
        "over_office": names.likeness(piece.text) * float(under is not None and _is_office(under)),
        # Above the heading stands whoever gives the certificate, under it often the title.
        "over_heading": float(under is not None and HEADING.fullmatch(under.folded) is not None),
        "under_heading": float(over is not None and HEADING.fullmatch(over.folded) is not None),
        # Under "presented to" stands the holder.
        "holder_place": float(over is not None and introduces_holder(over.folded)),
        "centred": float(whole_lines and abs((box[0] + box[2]) / 2 - 0.5) < _CENTRED),
        "wide": box[2] - box[0],
        "lines": min((passage.text.count("\n", start, end)) / 3, 1.0),
        # Under a brand stands its product, close and larger: both are the title.
        "before_larger": float(under is not None and _goes_on_larger(last, under)),
        "odd_word": float(_ends_on_odd_word(sheet, passage, start, end)),
        "largest_title": float(piece.size >= 0.95 * sheet.title_size),
        # Of a page whose form is drawn, the text layer holds what was filled in.
        "filled_in": sheet.drawn_share if piece.source is Source.TEXT else 0.0,
    }


def echoes(sheet: Sheet, title: str) -> Signs:
    """Whether the page says the title again: inside other text, or in an address ("/courses/the-title/…")."""
    bare = squash(title)
    if len(bare) < _SOME_LETTERS:
        return {"mentioned": 0.0, "in_address": 0.0, "in_host": 0.0, "host_begins": 0.0, "giver": 0.0}
    return {
        "mentioned": float(sheet.squashed.count(bare) > 1),
        "in_address": float(len(bare) > _SLUG and any(bare in path for _, path in sheet.squashed_addresses)),
        # Names of issuers: of a host, after "by", before "team", after the sign of copyright.
        "in_host": float(_is_host(sheet, bare)),
        "host_begins": float(_begins_as_host(sheet, bare)),
        "giver": float(_is_giver(sheet, bare)),
    }


@lru_cache(maxsize=1024)
def closes(plain: str) -> bool:
    """Whether a folded line goes on as text does after a title: "completed by", "40 hours", "offered by"."""
    return any(pattern.match(plain) is not None for pattern in (COURSE_OUTRO, AMOUNT, HOLDER_INTRO, COURSE_END))


def _is_giver(sheet: Sheet, bare: str) -> bool:
    """Whether the page names somebody, in letters and digits only, as who gives the certificate."""
    text, at = sheet.squashed, sheet.squashed.find(bare)
    while at >= 0:
        if text.startswith(_GIVEN_AFTER, at + len(bare)) or _GIVEN_BY.search(text, max(at - _LONGEST_GIVEN_BY, 0), at):
            return True
        at = text.find(bare, at + 1)
    return False


def _ends_on_odd_word(sheet: Sheet, passage: Passage, start: int, end: int) -> bool:
    """Whether the last line may be who gives the course: it is a host of the page, or one word though the line over it
    had room.

    Not where the line over it leads on to something ("Introduction to").
    """
    first, last = passage.line_at(start), passage.line_at(end)
    if first is not last and _is_host(sheet, squash(last.text)):
        return True
    if first is last or len(last.words) > 1:
        return False
    over = passage.lines[passage.lines.index(last) - 1]
    if OPEN_END.search(over.folded.rstrip()) is not None:
        return False
    widest = max(line.box[2] - line.box[0] for line in sheet.lines)
    return over.box[2] - over.box[0] < _ROOM * widest


def _is_host(sheet: Sheet, bare: str) -> bool:
    return len(bare) >= _SOME_LETTERS and any(bare in host for host, _ in sheet.squashed_addresses)


def _begins_as_host(sheet: Sheet, bare: str) -> bool:
    """Whether a title begins with what a host of the page is called, as names of issuers do."""
    return any(len(name) >= _SOME_LETTERS + 1 and bare.startswith(name) for name in sheet.host_names)


def _goes_on_larger(line: Line, under: Line) -> bool:
    """Whether a line goes on close below in larger type, as a brand does over its product."""
    close = under.box[1] - line.box[3] <= _CLOSE * line.size
    return close and _LARGER * line.size <= under.size <= _LARGEST * line.size and not closes(under.folded)


@lru_cache(maxsize=1024)
def introduces_holder(plain: str) -> bool:
    """Whether a folded line ends with words that a holder follows."""
    bare = plain.rstrip(" :,")
    return any(match.end() == len(bare) for match in HOLDER_INTRO.finditer(bare))


def _is_office(line: Line) -> bool:
    """Whether a line says what somebody who signs is called; instructors close a title as well."""
    return SIGNATORY.match(line.folded) is not None and not closes(line.folded)


def _describes(line: Line, piece: Piece) -> bool:
    """Whether a line is a description in small type, as it stands under a title."""
    return line.size < _SMALL * piece.size and len(line.words) >= _DESCRIPTION and not line.text.isupper()


def _date_follows(passage: Passage, end: int) -> bool:
    """Whether a date follows, with or without the word before it."""
    rest = passage.text[end : end + 60]
    dates = readings(rest) if any(char.isdigit() for char in rest) else ()
    lead = BEFORE_DATE.search(passage.folded[end : end + dates[0].start]) if dates else None
    return lead is not None and lead.start() == 0
