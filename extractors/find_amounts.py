"""Candidates for hours and credits: a number with its unit, and nothing without one."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import takewhile

from extractors.candidates import Candidate, Signs, of_piece
from extractors.sheet import Passage, Sheet
from extractors.wording import begun_within

_NUMBER = r"(?:\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{1,4}(?:[.,]\d{1,2})?)"
# "40 (quarenta) horas"; "forty (40) hours" needs nothing but the bracket that closes.
_ASIDE = r"(?:\)|\s?\([^()\d]{2,30}\))?"
_HOUR = (
    r"(?:hours?|hrs?|hs|horas?|hora\(?s?\)?|heures?|stunden?|std|ustd|zeitstunden|saat(?:lik)?|час(?:а|ов)?|ч|godz(?:in\w*)?|"
    r"uur|uren|studiebelastingsuren|ora|ore|h)"
)
_KIND = r"(?:(?:total|clock|contact|training|instructional|academic|learning|study|академических|академические|акад\.?|ак\.?|учебных)\s*)*"
_MINUTE = r"(?:minutes?|mins?|minutos?|minuten|minuti|minuta|minut|dakika|dk|минут\w?|мин|m)"
_LENGTH = (
    r"(?:total length|length|duration|duracao|duracion|duree|durata|dlugosc|dauer|umfang|sure(?:si)?|длительность|продолжительность|"
    r"czas trwania|duur|omvang|workload|learning time|arbeitsaufwand|c\.h\.)"
)
_HOURS = (
    re.compile(r"(?<![\w.,:])(?P<h>\d{1,2})\s?h\s?(?P<m>[0-5]\d)(?![\w:])(?!\s*[-–])"),
    re.compile(rf"(?<![\w.,:])(?P<h>\d{{1,3}})\s*{_HOUR}\.?,?\s*(?:and |e |y |et |und |и |i |en )?(?P<m>\d{{1,2}})\s*{_MINUTE}(?![^\W_])"),
    re.compile(rf"(?<![\w.,:/])(?P<h>{_NUMBER}){_ASIDE}[\s-]*{_KIND}{_HOUR}(?:\(s\))?(?![^\W_])"),
    re.compile(r"(?<![\w.,:/])(?P<h>\d{1,3}):(?P<m>[0-5]\d)\s*(?:hours?|horas?|hora\(s\)|h(?![a-z]))"),
    re.compile(rf"(?<![a-z])(?:durata di ore|total hours|contact hours|hours of study|training hours|ore|hours|carga horaria(?: total)?|duracion|horas)\s*:?\s*(?P<h>{_NUMBER})(?![\d/:%])"),
    re.compile(rf"{_LENGTH}\s*:?\s*(?P<m>\d{{1,3}})\s*{_MINUTE}(?![^\W_])"),
)  # fmt: skip
# Hours of a week, a lesson or the clock, and bounds ("up to 30 hours") say nothing of the hours of the course.
_PER = re.compile(
    r"\.?\s*(?:weekly|daily|semana(?:is|les)|hebdomadaires|settimanali|tygodniowo|wekelijks|wochentlich|в неделю|в день|haftalik|"
    r"(?:per|a|por|pro|par|al?la|each|/)\s*(?:week|wk|semana|woche|settimana|semaine|day|dia|tag|jour|giorno|week|module|lesson|session)|"
    r"[x×]\s*\d|/\s*7)(?![^\W_])"
)
_WEEKS = re.compile(r"weeks?,|semanas?,|haftada|weekly|per week|[x×]\s*$")
_BOUND = re.compile(
    r"(?:(?<![^\W_])(?:within|up to|more than|over|less than|valid for|every|last|next|open|maximum of|maximum|maximo de|maximo|ate|hasta|mas de|mais de|jusqu'a|plus de|"
    r"bis zu|mehr als|fino a|oltre|более|до|свыше|ponad|en fazla|tot|meer dan|required|requires|score|grade|nota)\s*:?|\d\s?[-–])\s*$"
)
_CLOCK = re.compile(
    r"(?:(?<![^\W_])(?:at|time|from|until|a las|as|das|de las|alle|dalle|um|uhr|saat|o godz\.?|в|orario|horario|heure|start|end)\s*:?|"
    r"\d\s?[:h.]?\s?(?:\d\d)?\s?h?\s?[-–]|\d\s?h\s(?:to|as|a|bis|alle))\s*$"
)
_LENGTH_BEFORE = re.compile(
    rf"(?:{_LENGTH}|carga horaria|total|(?<![\d)] )(?:hours?|horas)|durad[ao] de|wymiarze)[^\d]{{0,25}}$"
)
_UNIT = r"(?:cpes?|ceus?|pdus?|cdus?|ects|cpds?|cmes?|ces?|continuing (?:professional )?education|sdus?|seus?|cfu)"
_CREDIT = r"(?:credit hours?|credits?|creditos?|crediti|kredi|credit points?)"
_CREDITS = (
    # "5.5 AMA PRA Category 1 Credits": the second number is the credits' kind.
    re.compile(rf"(?<![\w.,:/-])(?P<n>{_NUMBER}){_ASIDE}\s*(?:\w{{2,4}}\s){{0,2}}(?:category|categoria)\s\d\w?\s(?P<u>{_CREDIT})(?![a-z])"),
    re.compile(rf"(?<![\w.,:/-])(?P<n>{_NUMBER}){_ASIDE}\s*(?:{_CREDIT}\s*)?(?P<u>{_UNIT})(?![^\W_])(?:\s*(?:credits?|hours?|points?|units?|creditos?))?"),
    re.compile(rf"(?<![a-z])(?P<u>{_UNIT})(?![a-z])\s*\)?(?:\s*(?:credits?|hours?|points?|units?|earned|awarded|value|/contacthours))*\s*[:=]\s*(?P<n>{_NUMBER})(?![\d/:])"),
    re.compile(r"(?<![a-z])(?P<u>(?:cpe|ceu|pdu|ects|cpd|cfu)s?)\s(?P<n>\d{1,2}(?:[.,]\d{1,2})?)(?![\w/:.,-])"),
    re.compile(rf"(?<![\w.,:/])(?P<n>{_NUMBER}){_ASIDE}\s*(?P<u>{_CREDIT})(?![a-z])"),
    re.compile(rf"(?<![a-z])(?P<u>{_CREDIT})(?:\s(?:earned|awarded|value))?\s*[:=]\s*(?P<n>{_NUMBER})(?![\d/:])"),
)  # fmt: skip
_FIGURE = re.compile(r"[\d.,:]+")
_UNITS_NAMED = range(1, 4)
# Those that begin with a number: their places in the tables.
_HOURS_FIRST, _CREDITS_FIRST = frozenset((0, 1, 2, 3)), frozenset((0, 1, 4))
_NUMBER_BEGINS = re.compile(r"(?<![\w.,:])\d")
_CATEGORY = re.compile(r"(?:category|categoria|level|nivel|niveau|livello|stufe|nqf|module|modulo|modul|part)\s*$")
_TOWARDS = re.compile(r"\s*(?:[-–]\s?\d|towards?|required|needed|remaining|per |/|of \d)")
_CREDIT_AFTER = re.compile(rf"\s*(?:of\s)?{_UNIT}(?![a-z])")
_CREDIT_BEFORE = re.compile(rf"(?<![a-z]){_UNIT}\s*(?:credits?)?\s*[:=]?\s*$")


def amount_candidates(sheet: Sheet) -> Iterator[Candidate]:
    """Hours (decimal, two places) and credits with their unit, as printed."""
    for passage in sheet.passages:
        yield from _hours(passage)
        yield from _credits(passage)


def _begun(pattern: re.Pattern[str], passage: Passage, number_first: bool) -> Iterator[re.Match[str]]:
    """The amounts that begin on the first line of a passage."""
    first = passage.breaks[0]
    if number_first:
        return begun_within(pattern, passage.folded, 0, first, _NUMBER_BEGINS)
    return takewhile(lambda match: match.start() < first, pattern.finditer(passage.folded))


def _hours(passage: Passage) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []
    for rank, pattern in enumerate(_HOURS):
        for match in _begun(pattern, passage, number_first=rank in _HOURS_FIRST):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            hours = _decimal(match)
            piece = passage.piece(*match.span())
            if hours is None or piece is None or ("\n" in match.group() and _is_column(passage)):
                continue
            taken.append(match.span())
            yield of_piece("hours", format(hours.normalize(), "f"), piece, _of_hours(passage, match, rank))


def _is_column(passage: Passage) -> bool:
    """Whether numbers stand under each other below the first line: hours of the parts of a course, under their head."""
    return len(passage.lines) > 2 and all(_FIGURE.fullmatch(line.text) for line in passage.lines[1:3])


def _of_hours(passage: Passage, match: re.Match[str], rank: int) -> Signs:
    before = passage.folded[max(0, match.start() - 40) : match.start()]
    after = passage.folded[match.end() : match.end() + 30]
    said = rank >= 4 or _LENGTH_BEFORE.search(before) is not None
    clock = (
        rank in (0, 3) or _CLOCK.search(before) is not None or re.match(r"\d\d|\s(?:am|pm)|\s\d\d\s?(?:am|pm)", after)
    )
    credit = _CREDIT_AFTER.match(after) or _CREDIT_BEFORE.search(before) or re.search(_UNIT, match.group())
    return {
        "stated": 1.0,
        "labelled": float(said),
        "per_week": float(_PER.match(after) is not None or _WEEKS.search(before[-25:]) is not None),
        "credit_unit": float(credit is not None),
        "bound": float(_BOUND.search(before) is not None),
        "clock": float(bool(clock) and not said),
    }


def _decimal(match: re.Match[str]) -> Decimal | None:
    groups = match.groupdict()
    try:
        hours = _number(groups.get("h") or "0")
    except InvalidOperation:
        return None
    if groups.get("m"):
        hours = (hours + Decimal(groups["m"]) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return hours if 0 < hours <= 2000 else None


def _number(text: str) -> Decimal:
    """Three digits after a point or comma are thousands."""
    whole = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text)
    return Decimal(re.sub(r"[.,]", "", text) if whole else text.replace(",", "."))


def _credits(passage: Passage) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []
    for rank, pattern in enumerate(_CREDITS):
        for match in _begun(pattern, passage, number_first=rank in _CREDITS_FIRST):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            piece = passage.piece(*match.span())
            number = _number(match["n"])
            unit = passage.text[match.start("u") : match.end("u")]
            # CE is a unit in capitals only: "ce" is a word, and debris of OCR.
            before, after = passage.folded[max(0, match.start() - 40) : match.start()], passage.folded[match.end() :]
            if piece is None or not 0 < number <= 500 or unit in ("ce", "Ce", "ces", "Ces", "cE"):
                continue
            if _CATEGORY.search(before):
                continue
            taken.append(match.span())
            # A label "Credit hours" means credits to some and hours to others.
            either = pattern is _CREDITS[-1] and unit.casefold() == "credit hours"
            loose = either or _BOUND.search(before) is not None or _TOWARDS.match(after) is not None
            signs = {"stated": 1.0, "named_unit": float(rank in _UNITS_NAMED), "bound": float(loose)}
            yield of_piece("credits", format(number.normalize(), "f"), piece, signs)
            yield of_piece("credit_unit", unit.upper() if rank in _UNITS_NAMED else unit, piece, signs)
