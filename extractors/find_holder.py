"""Candidates for the holder: after "presented to", before "has completed", at a label, or big and alone."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors import addresses, names
from extractors.candidates import Candidate, Signs, at_label, block_ends, of_piece, relative_size, skip_lead_in
from extractors.dates import readings
from extractors.labels import HOLDER_LABEL, is_holder_label, is_label
from extractors.model import Line
from extractors.plain import squash
from extractors.profile import FieldRules, host_of
from extractors.sheet import Passage, Sheet, find
from extractors.wording import (
    BEFORE_DATE,
    COURSE_END,
    COURSE_END_BEGINS,
    DID,
    HEADING,
    HOLDER_INTRO,
    SIGNATORY,
    WORD_BEGINS,
    begun_within,
)

_CUT = re.compile(
    r"\s*(?:\b(?:up)?on (?:the )?(?:successful(?:ly)? |satisfactory )?complet|,(?!\s*(?:jr|sr|phd|md)\b)|\(|;|\bon\s+\d|\bportador|\bcpf\b|\bdni\b|\bcom cpf\b|\bde nacionalidad\b|\bcon (?:documento|dni)\b|\bidentificad|\bpel[ao]\b|\b[sdw]/o\b|\b(?:son|daughter|wife) of\b)"
)
# Phrases that end a name, and where they can begin.
_ENDING = (
    (DID, WORD_BEGINS),
    (_CUT, re.compile(r"(?<!\s)(?:(?=[\s,(;])|\b)")),
    (COURSE_END, COURSE_END_BEGINS),
    (HEADING, WORD_BEGINS),
)
_RIGHTS = re.compile(
    r"copyright|rights reserved|©|\(c\)|direitos reservados|derechos reservados|droits reserves|diritti riservati"
)
# What is called a university, a company, an academy: its name is nobody's.
_ORGANISED = re.compile(
    r"((?:[A-ZÀ-Þ][\w&'-]*[ ]){1,3}?)(?:University|Corporation|Academy|Institute|Foundation|College|Association|Learning|Inc|LLC|Ltd|GmbH)(?!\w)"
)
# Letters that a name must have in common with a host before that tells anything; the longest line that tells an office.
_TELLING = 6
_OFFICE = 110


def holder_candidates(sheet: Sheet, rules: FieldRules | None) -> Iterator[Candidate]:
    """Every piece of the page that may be the holder's name, with the signs for and against."""
    makers = _makers(sheet)
    for candidate in _everywhere(sheet, rules):
        made = any(candidate.key in maker for maker in makers) and len(candidate.key) >= _TELLING
        yield replace(candidate, signs=candidate.signs | {"maker": 1.0}) if made else candidate


def _makers(sheet: Sheet) -> list[str]:
    """Hosts, owners of rights and organisations that the page names, squashed: an issuer's name is a part of them, a
    holder's is not.
    """
    printed = [match.group() for match in addresses.printed(sheet.text)]
    hosts = [host_of(address) for address in (*printed, *(link.uri for link in sheet.links))]
    rights = [line.text for line in sheet.lines if _RIGHTS.search(line.folded)]
    organisations = [match[1] for match in _ORGANISED.finditer(sheet.text)]
    return [squash(text) for text in dict.fromkeys((*hosts, *rights, *organisations))]


def _everywhere(sheet: Sheet, rules: FieldRules | None) -> Iterator[Candidate]:
    for passage in sheet.passages:
        for match in find(HOLDER_INTRO, passage):
            yield from _after(sheet, passage, match.end(), {"intro": 1.0})
            if match.end() >= len(passage.folded[: passage.breaks[0]].rstrip(" :,")):
                yield from _in_cell(sheet, passage.lines[0], {"intro": 1.0}, below=True)
        for match in find(DID, passage):
            yield from _before(sheet, passage, match.start(), {"did": 1.0})
        if rules is not None:
            for match in find(rules.after_pattern, passage) if rules.after_pattern else ():
                yield from _after(sheet, passage, match.end(), {"profile": 1.0})
            for match in find(rules.before_pattern, passage) if rules.before_pattern else ():
                yield from _before(sheet, passage, match.start(), {"profile": 1.0})
        yield from _labelled(sheet, passage, rules)
        yield from _after_bare_label(sheet, passage)
        yield from _alone(sheet, passage)


def _candidate(sheet: Sheet, passage: Passage, start: int, end: int, signs: Signs) -> Iterator[Candidate]:
    piece = passage.piece(start, end)
    if piece is None:
        return
    name = names.trimmed(piece.text)
    like = names.likeness(name)
    if like == 0:
        return
    size = relative_size(sheet, piece.words)
    more = {
        "name": like,
        "size": size,
        "bold": float(piece.bold),
        "ill_read": 1.0 - piece.mean_confidence,
        **_company(sheet, passage, start),
    }
    yield of_piece("holder_name", name, piece, signs | more)


def _after(sheet: Sheet, passage: Passage, place: int, signs: Signs) -> Iterator[Candidate]:
    """What follows an introduction: in the same line up to the predicate, or on the next lines."""
    start = skip_lead_in(passage, place)
    if start >= len(passage.text):
        return
    same_line = start <= passage.line_end(max(place - 1, 0))
    stop = _stop(passage, start)
    where = {"inline": 1.0} if same_line else {"next_line": 1.0}
    found = False
    line_end = passage.line_end(start)
    # The verb stands in the next line: the name goes on there.
    broken = same_line and line_end < stop < len(passage.text) and stop <= passage.line_end(line_end + 1)
    for end in dict.fromkeys(min(end, stop) for end in [*block_ends(passage, start)[:3], passage.line_end(start)]):
        shorter = {"shorter": 1.0} if broken and end == line_end else {}
        for candidate in _candidate(sheet, passage, start, end, signs | where | shorter):
            found = True
            yield candidate
    if not found and not same_line:
        # Something small may stand between, as a subtitle or a form of address.
        further = skip_lead_in(passage, passage.line_end(start))
        if further < len(passage.text):
            end = min(passage.line_end(further), _stop(passage, further))
            yield from _candidate(sheet, passage, further, end, dict.fromkeys(signs, 0.5))


def _in_cell(sheet: Sheet, label: Line, signs: Signs, below: bool) -> Iterator[Candidate]:
    line = sheet.cell(label, below)
    if line is not None:
        other = Passage([line], sheet.number)
        yield from _candidate(sheet, other, 0, min(len(other.text), _stop(other, 0)), signs | {"cell": 1.0})


def _stop(passage: Passage, start: int) -> int:
    """Where a name that begins at `start` ends at the latest."""
    stop = len(passage.text)
    for pattern, beginnings in _ENDING:
        match = next(begun_within(pattern, passage.folded, start, stop, beginnings), None)
        stop = match.start() if match and match.start() > start else stop
    if passage.text[stop : stop + 1] == "," and names.is_surname(passage.text[start:stop]):
        stop = _past_comma(passage, start, stop)
    for date in readings(passage.text[start : passage.line_end(start)])[:1]:
        lead = BEFORE_DATE.search(passage.folded[start : start + date.start])
        stop = min(stop, start + (lead.start() if lead else date.start))
    return max(stop, start)


def _past_comma(passage: Passage, start: int, comma: int) -> int:
    """Where a name ends that begins with a family name and a comma, at the comma if no name follows."""
    firsts = (pattern.search(passage.folded, start) for pattern, _ in _ENDING)
    stops = [len(passage.text), *(match.start() for match in firsts if match and match.start() > start)]
    given = _CUT.search(passage.folded, comma + 1)
    further = min([given.start() if given else len(passage.text), *(stop for stop in stops if stop > comma)])
    if names.likeness(names.trimmed(passage.text[comma + 1 : min(further, passage.line_end(comma))])) > 0:
        stops.remove(comma)
        stops.append(further)
    return min(stops)


def _before(sheet: Sheet, passage: Passage, place: int, signs: Signs) -> Iterator[Candidate]:
    """What stands before the predicate: in the same line, or on the lines above."""
    start = 0
    for match in HOLDER_INTRO.finditer(passage.folded[:place]):
        start = match.end()
    for date in readings(passage.text[start:place]):
        start = max(start, start + date.end)
    if passage.text[start:place].strip():
        yield from _candidate(sheet, passage, skip_lead_in(passage, start), place, signs | {"inline": 1.0})
        return
    column = sheet.column_above(passage.lines[0], 2)
    for depth, line in enumerate(column):
        above = Passage([line], sheet.number)
        intro = max((match.end() for match in HOLDER_INTRO.finditer(above.folded)), default=0)
        weaker = {name: value / (depth + 1) for name, value in signs.items()}
        begin = skip_lead_in(above, intro)
        yield from _candidate(sheet, above, begin, len(above.text), weaker | {"line_above": 1.0 / (depth + 1)})
        if intro:
            return
    if len(column) == 2 and _one_block(column[1], column[0]):
        both = Passage([column[1], column[0]], sheet.number)
        yield from _candidate(sheet, both, 0, len(both.text), signs | {"line_above": 1.0})


def _one_block(upper: Line, lower: Line) -> bool:
    close = lower.box[1] - upper.box[3] <= max(upper.size, lower.size)
    return close and max(upper.size, lower.size) <= 1.15 * min(upper.size, lower.size)


def _labelled(sheet: Sheet, passage: Passage, rules: FieldRules | None) -> Iterator[Candidate]:
    patterns: list[tuple[re.Pattern[str], Signs]] = [(HOLDER_LABEL, {})]
    if rules is not None and rules.label_pattern is not None:
        patterns.append((rules.label_pattern, {"profile": 1.0}))
    for pattern, known in patterns:
        for site in at_label(sheet, passage, pattern):
            signs = site.signs | {sign: strength * site.signs["label"] for sign, strength in known.items()}
            for end in site.ends[:2]:
                yield from _candidate(sheet, site.passage, site.start, end, signs)


def _after_bare_label(sheet: Sheet, passage: Passage) -> Iterator[Candidate]:
    """A label and its value on one line with nothing but a blank between them: "Attendee Amara Lindqvist"."""
    line = passage.breaks[0]
    match = HOLDER_LABEL.match(passage.folded, 0, line)
    if match is None or match.end() + 1 >= line or not passage.text[match.end() + 1].isupper():
        return
    if passage.text[match.end()] == " " and " " in passage.text[match.end() + 1 : line]:
        yield from _candidate(sheet, passage, match.end() + 1, line, {"label": 0.8, "inline": 1.0})


def _alone(sheet: Sheet, passage: Passage) -> Iterator[Candidate]:
    """A whole line, or two of one style, that looks like a name."""
    ends = block_ends(passage, 0)
    over = sheet.above(passage.lines[0])
    inside = over is not None and _one_block(over, passage.lines[0])
    for end in ends[:2]:
        signs = {"alone": 1.0, "whole_block": float(end == ends[-1]), "mid_block": float(inside)}
        yield from _candidate(sheet, passage, 0, end, signs)


def _company(sheet: Sheet, passage: Passage, start: int) -> Signs:
    """Whether a signatory's office stands with the name, and how far down the page it is."""
    line = passage.line_at(start + 1)  # a break belongs to the line that it ends
    text = line.folded
    own = SIGNATORY.search(text) is not None
    below = sheet.below(line)
    under = below is not None and _is_office(below, line)
    over = sheet.above(line)
    above = over is not None and _is_office(over, line)
    form = sheet.form
    return {
        "form_label": float(form.is_label(line) or is_label(line.text)),
        "other_value": float(form.is_anothers(line, is_holder_label)),
        "office": float(under or own),
        "office_above": float(above),
        "low": max(0.0, line.box[1] - 0.6) / 0.4,
    }


def _is_office(line: Line, name: Line) -> bool:
    near = min(abs(line.box[1] - name.box[3]), abs(name.box[1] - line.box[3])) <= 2.5 * max(line.size, name.size)
    return near and len(line.text) < _OFFICE and SIGNATORY.match(line.folded.lstrip(" -,")) is not None
