"""All candidates of all fields of one certificate, ranked. What is chosen of them is fields.py's business."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from extractors import addresses
from extractors.candidates import Candidate
from extractors.choose import Ranked, rank, same_place
from extractors.dates import readings
from extractors.find_address import address_candidates
from extractors.find_amounts import amount_candidates
from extractors.find_code import CODE_LABEL, SCAN, VERIFICATION, code_candidates, is_numbered
from extractors.find_course import course_candidates
from extractors.find_dates import DateCandidate, date_candidates
from extractors.find_holder import holder_candidates
from extractors.language import language_of, stands_alone
from extractors.model import Box, FieldName, Source
from extractors.plain import squash
from extractors.profile import Profile
from extractors.relations import lacks_neighbour, marked_fragments, marked_short
from extractors.roles import completion_candidates, role_candidates
from extractors.settle import Settling
from extractors.sheet import Sheet
from extractors.wording import COURSE_INTRO, DID, HOLDER_INTRO

_SOME_TEXT = 80
# A line of nothing but digits, with letters and signs among them; with blanks too, where it is called a number. Letters
# small and large with a digit among them are no word either.
_LONE = re.compile(
    r"(?=(?:\D*\d){5})(?:[\w./#-]{6,}|№[\w./# -]{6,})|(?=\D*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9]{8,24}"
)
_OTHER_DATES: tuple[FieldName, ...] = ("started_on", "issued_on", "expires_on")
_AMOUNTS: tuple[FieldName, ...] = ("credits", "credit_unit", "hours")


@dataclass(frozen=True, slots=True)
class Closer:
    """A page as an engine read it, with one line of it (at `line`, where `field` stands) read again, enlarged."""

    sheet: Sheet
    line: Box
    field: FieldName
    second_look: bool


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as it was read: what is visible (text, and drawn words it lacks), and the pixels alone where read.

    `second` is what the second engine read, None where it was not asked; `closer` the lines that were looked at again.
    `hidden` is the text layer with what nobody sees of it, which stands at `hidden_boxes`; None where all is seen.
    `turned` is by how many degrees clockwise the page was turned to be upright; boxes are those of the turned page.
    """

    visible: Sheet
    pixels: Sheet | None
    hidden: Sheet | None
    turned: int = 0
    hidden_boxes: tuple[Box, ...] = ()
    second: Sheet | None = None
    closer: tuple[Closer, ...] = ()

    @property
    def number(self) -> int:
        return self.visible.number

    @property
    def pixels_read(self) -> bool:
        return self.pixels is not None or any(line.source is Source.PIXELS for line in self.visible.lines)


@dataclass(frozen=True, slots=True)
class Found:
    """The ranked values of every field; for dates `shares` says how surely the reading of a value is the meant one.

    `hints` are the kinds of things on the pages that speak of a code: label, said, lone, coded. `readings` are all
    readings of each page, with its number. `told` are the fields that some phrase on the pages introduces.
    """

    ranked: dict[FieldName, tuple[Ranked, ...]]
    language: str | None
    dates: tuple[DateCandidate, ...]
    hints: frozenset[str]
    told: frozenset[FieldName]
    readings: tuple[tuple[int, Sheet], ...]
    hidden: tuple[tuple[int, Box], ...]
    text_and_pixels: bool
    read_twice: bool

    def lacks_neighbour(self, candidate: Candidate) -> bool:
        """Whether one reading of the page holds a word close to the candidate that another lacks."""
        if candidate.box is None:
            return False
        sheets = [sheet for page, sheet in self.readings if page == candidate.page]
        return len(sheets) > 1 and lacks_neighbour(candidate.box, sheets)

    def best(self, name: FieldName) -> Ranked | None:
        """The likeliest value, None where absence is likelier."""
        ranked = self.ranked[name]
        if not ranked:
            return None
        best = ranked[0]
        return best if best.probability >= 1 - sum(one.probability for one in ranked) else None


def find_fields(pages: Sequence[SeenPage], profile: Profile | None, created_on: dt.date | None) -> Found:
    """Rank every candidate of every field on the pages of one certificate."""
    folded = "\n".join(page.visible.folded for page in pages)
    language = language_of(folded)
    order = profile.date_order if profile else None
    known = Settling(created_on, language, order, language_alone=stands_alone(language, folded))
    dates = _dates(pages, profile)
    ranked: dict[FieldName, tuple[Ranked, ...]] = {}
    holder_rules = profile.rules("holder_name") if profile else None
    course_rules = profile.rules("course_name") if profile else None
    holders = marked_short(_looked_at(pages, "holder_name", lambda sheet: holder_candidates(sheet, holder_rules)))
    ranked["holder_name"] = rank("holder_name", holders)
    holder = ranked["holder_name"][0].candidate.key if ranked["holder_name"] else ""
    courses = _gather(pages, lambda sheet: course_candidates(sheet, course_rules))
    issuer = squash(profile.issuer) if profile else ""
    courses = [_not_the(holder, issuer, one) for one in marked_fragments(courses)]
    ranked["course_name"] = rank("course_name", courses)
    ranked["completed_on"] = rank_dates("completed_on", completion_candidates(dates, known))
    for name in _OTHER_DATES:
        ranked[name] = rank_dates(name, role_candidates(name, dates, known))
    ranked["validation_code"] = rank("validation_code", _codes(pages, profile))
    code = ranked["validation_code"][0].candidate.key if ranked["validation_code"] else ""
    addresses = _gather(pages, lambda sheet: address_candidates(sheet, profile))
    ranked["verify_url"] = rank("verify_url", (_with_code(code, one) for one in addresses))
    amounts = list(_gather(pages, amount_candidates))
    for name in _AMOUNTS:
        ranked[name] = rank(name, [one for one in amounts if one.field == name])
    return Found(
        ranked,
        language,
        tuple(dates),
        hidden=tuple((page.number, box) for page in pages for box in page.hidden_boxes),
        hints=frozenset(hint for page in pages for hint in _hints_at_code(page)),
        told=frozenset(name for page in pages for name in _told(page)),
        readings=tuple((page.number, sheet) for page in pages for sheet in _readings(page)),
        text_and_pixels=all(_text_and_pixels(page) for page in pages[:1]),
        read_twice=all(page.second is not None for page in pages[:1]),
    )


def _hints_at_code(page: SeenPage) -> Iterator[str]:
    """What speaks of a code: its label, words of verifying or scanning, a lone number, a symbol or verifying link."""
    sheets = _readings(page)
    if any(CODE_LABEL.search(sheet.folded) for sheet in sheets):
        yield "label"
    if any(VERIFICATION.search(sheet.folded) for sheet in sheets):
        yield "said"
    if any(SCAN.search(sheet.folded) for sheet in sheets) and not page.visible.symbols:
        yield "scan"
    lone = any(_LONE.fullmatch(line.text) and not readings(line.text) for line in page.visible.lines)
    if lone or is_numbered(page.visible):
        yield "lone"
    linked = any(addresses.verifies(link.uri) and addresses.tokens(link.uri) for link in page.visible.links)
    printed = (match.group() for sheet in sheets for line in sheet.lines for match in addresses.printed(line.text))
    uris = (*(link.uri for link in page.visible.links), *printed)
    named = any(addresses.names_one(uri, page.visible.squashed) for uri in uris)
    if linked or named or page.visible.symbols:
        yield "coded"


def _told(page: SeenPage) -> Iterator[FieldName]:
    """The fields of which some phrase says where they stand."""
    for sheet in _readings(page):
        if COURSE_INTRO.search(sheet.folded):
            yield from ("course_name", "holder_name")
        elif HOLDER_INTRO.search(sheet.folded) or DID.search(sheet.folded):
            yield "holder_name"


def _readings(page: SeenPage) -> list[Sheet]:
    return [sheet for sheet in (page.visible, page.pixels, page.second) if sheet is not None]


def _text_and_pixels(page: SeenPage) -> bool:
    """Whether the page has a text layer of some length and its pixels were read too."""
    text = sum(len(word.text) for line in page.visible.lines for word in line.words if word.source is Source.TEXT)
    return text >= _SOME_TEXT and page.pixels is not None


def rank_dates(name: FieldName, candidates: Sequence[Candidate]) -> tuple[Ranked, ...]:
    """Rank dates by what is said of them; the readings of one print then share its probability."""
    if not candidates:
        return ()
    weigh: FieldName = "completed_on"
    prints: dict[tuple[object, ...], Candidate] = {}
    candidates = [one for one in candidates if not any(_is_rest_of(one, other) for other in candidates)]
    for one in candidates:
        ends = (one.signs.get("opens_range"), one.signs.get("ends_range"))
        place = (one.raw, *ends, one.page, one.source, one.second_look, one.box)
        if place not in prints or one.signs["share"] > prints[place].signs["share"]:
            prints[place] = one
    likeliest = list(prints.values())
    if name != "completed_on":
        likeliest = [
            replace(one, signs={sign: value for sign, value in one.signs.items() if sign in _NEUTRAL})
            for one in likeliest
        ]
    shared: dict[str, Ranked] = {}
    for print_ in rank(weigh, likeliest):
        first = print_.candidate
        others = [one for one in candidates if _one_print(first, one) and one.value != first.value]
        for one in (first, *others):
            share = one.signs.get("share", 1.0)
            probability = print_.probability * share
            if one.value not in shared or shared[one.value].probability < probability:
                reading, signs = replace(one, field=name), print_.signs | {"share": share}
                shared[one.value] = Ranked(reading, signs, print_.score, probability, print_.sources)
    return tuple(sorted(shared.values(), key=lambda one: -one.probability))


# Signs that hold for any date, whatever its role.
_NEUTRAL = frozenset(
    {"role", "share", "month", "year", "hidden", "later_page", "alone", "agree", "profile", "print_header"}
)


def _is_rest_of(one: Candidate, other: Candidate) -> bool:
    """Whether one reading of a print lost the day that another has: "June 2024" of "1 June 2024"."""
    whole = len(other.value) > len(one.value) and other.value.startswith(one.value)
    return whole and one.page == other.page and one.source is Source.PIXELS and same_place(one.box, other.box)


def _one_print(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are readings of the same printed date (not the two ends of one range)."""
    ends = ("opens_range", "ends_range")
    return one.raw == other.raw and all(one.signs.get(end) == other.signs.get(end) for end in ends)


def _dates(pages: Sequence[SeenPage], profile: Profile | None) -> list[DateCandidate]:
    rules = profile.rules("completed_on") if profile else None
    found = []
    for sheet, signs, second_look in _sheets(pages):
        dates = list(date_candidates(sheet, rules))
        begun = _begun(sheet) if len(dates) > 1 else 0.0
        for date in dates:
            if "hidden" not in signs or _is_hidden(date.box, pages):
                ahead = {"ahead": float(date.box is not None and date.box[3] < begun)} if begun else {}
                again = signs or second_look or ahead
                more = date.signs | signs | ahead
                found.append(replace(date, signs=more, second_look=second_look) if again else date)
    return found


def _begun(sheet: Sheet) -> float:
    """How far down a page its sentence begins: where a holder is introduced, or it is said what somebody did.

    What stands above that is a heading, with the days of a congress, or the head of a letter.
    """
    for passage in sheet.passages:
        line = passage.breaks[0]
        if HOLDER_INTRO.search(passage.folded, 0, line) or DID.search(passage.folded, 0, line):
            return passage.lines[0].box[1]
    return 0.0


def _is_hidden(box: Box | None, pages: Sequence[SeenPage]) -> bool:
    """Whether some of what stands in a box is hidden text."""
    if box is None:
        return False
    boxes = (hidden for page in pages for hidden in page.hidden_boxes)
    return any(one[0] < box[2] and box[0] < one[2] and one[1] < box[3] and box[1] < one[3] for one in boxes)


def _sheets(pages: Sequence[SeenPage]) -> Iterator[tuple[Sheet, dict[str, float], bool]]:
    """Every reading of every page, the signs that hold for all that stands on it, whether it is the second engine's."""
    for index, page in enumerate(pages):
        later = {"later_page": 1.0} if index else {}
        yield page.visible, later, False
        if page.pixels is not None and page.pixels.lines != page.visible.lines:
            yield page.pixels, later, False
        if page.second is not None:
            yield page.second, later, True
        if page.hidden is not None:
            yield page.hidden, later | {"hidden": 1.0}, False


def _gather(pages: Sequence[SeenPage], find: Callable[[Sheet], Iterator[Candidate]]) -> list[Candidate]:
    return [
        replace(candidate, signs=candidate.signs | signs, second_look=second_look)
        if signs or second_look
        else candidate
        for sheet, signs, second_look in _sheets(pages)
        for candidate in find(sheet)
        if "hidden" not in signs or _is_hidden(candidate.box, pages)
    ]


def _looked_at(
    pages: Sequence[SeenPage], field: FieldName, find: Callable[[Sheet], Iterator[Candidate]]
) -> list[Candidate]:
    """Candidates from every reading, those of a closer look at the field's line among them."""
    return _gather(pages, find) + [
        replace(one, signs=one.signs | {"closer": 1.0}, second_look=look.second_look)
        for page in pages
        for look in page.closer
        if look.field == field
        for one in find(look.sheet)
        if same_place(one.box, look.line)
    ]


def _codes(pages: Sequence[SeenPage], profile: Profile | None) -> list[Candidate]:
    """Codes from every reading. How well and by whom they were read counts: no word tells a letter from its twin."""
    asked = {page.number for page in pages if page.second is not None}
    found = _looked_at(pages, "validation_code", lambda sheet: code_candidates(sheet, profile))
    return [_as_read(one, asked) for one in found]


def _as_read(code: Candidate, asked: Set[int]) -> Candidate:
    """`asked`: the pages that the second engine read too; there, what only the first one sees is doubtful."""
    if code.signs.get("closer"):
        return replace(code, signs=code.signs | {"not_seconded": 0.0})
    pixels = code.source is Source.PIXELS
    doubtful = pixels and not code.second_look and code.page in asked
    read = {"ill_read": 1 - code.read if pixels else 0.0, "not_seconded": float(doubtful)}
    return replace(code, signs=code.signs | read)


def _not_the(holder: str, issuer: str, candidate: Candidate) -> Candidate:
    """A course that is the holder's name, or only the issuer's (both squashed), is marked as such."""
    more = {}
    if holder and (candidate.key == holder or (len(holder) > 6 and holder in candidate.key)):
        more["holder"] = 1.0
    if issuer and candidate.key == issuer:
        more["issuer"] = 1.0
    return replace(candidate, signs=candidate.signs | more) if more else candidate


def _with_code(code: str, candidate: Candidate) -> Candidate:
    holds = bool(code) and code in squash(candidate.value)
    signs = candidate.signs | {"holds_code": float(holds)}
    return replace(candidate, signs=signs | {"prints": 0.0} if holds else signs)
