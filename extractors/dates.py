"""Every legal reading of a printed date, never one guess.

A numeric date keeps both orders of day and month. What is not a date of the calendar is no reading. Languages: English,
Portuguese, Spanish, French, German, Italian, Turkish, Russian, Polish, Dutch; a text may mix them, as issuers do.
"""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Literal

from extractors.day_words import DAY_WORD, YEAR_WORDS, day_number, year_number
from extractors.model import DateReading
from extractors.plain import fold

# Folded (no marks, small letters). Full names and the abbreviations seen in print; a dot may follow any of them.
_MONTHS = {
    1: "january jan januar janner jaenner janvier janv janeiro enero ene gennaio gen ocak oca stycznia styczen styczniu sty januari января январь январе янв",
    2: "february feb februar fevrier fevr fev fevereiro febrero febbraio subat sub lutego luty lutym lut februari февраля февраль феврале февр фев",
    3: "march mar marz maerz mrz marzo mars marco mart marca marzec marcu maart mrt марта март марте мар",
    4: "april apr avril avr abril abr aprile nisan nis kwietnia kwiecien kwietniu kwi апреля апрель апреле апр",
    5: "may mai maio mayo maggio mag mayis maja maj maju mei мая маи май мае",
    6: "june jun juni juin junho junio giugno giu haziran haz czerwca czerwiec czerwcu cze июня июнь июне июн",
    7: "july jul juli juillet juil juill julho julio luglio lug temmuz tem lipca lipiec lipcu lip июля июль июле июл",
    8: "august aug aout agosto ago agustos agu sierpnia sierpien sierpniu sie augustus августа август августе авг",
    9: "september sep sept septembre setembro set septiembre setiembre settembre sett eylul eyl wrzesnia wrzesien wrzesniu wrz сентября сентябрь сентябре сент сен",
    10: "october oct octobre outubro out octubre ottobre ott ekim eki oktober okt pazdziernika pazdziernik pazdzierniku paz октября октябрь октябре окт",
    11: "november nov novembre novembro noviembre kasim kas listopada listopad listopadzie lis ноября ноябрь ноябре нояб ноя",
    12: "december dec decembre dezembro dez diciembre dic dezember dicembre aralik ara grudnia grudzien grudniu gru декабря декабрь декабре дек",
}  # fmt: skip
_BY_NAME = {name: number for number, names in _MONTHS.items() for name in names.split()}


def _spaced(name: str) -> str:
    """Text layers break words ("J ul"): a blank may stand after any letter."""
    return r"\s?".join(name)


def _any_of(names: Iterable[str]) -> str:
    """The longest of `names` that stands there, parted by their first letters: most places are told by that alone."""
    by_letter = groupby(sorted(names, key=lambda name: (name[0], -len(name))), key=lambda name: name[0])
    return "|".join(f"{letter}(?:{'|'.join(_spaced(name)[1:] for name in group)})" for letter, group in by_letter)


_MONTH = f"(?:{_any_of(_BY_NAME)})" + r"(?![^\W\d_])\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
# º and ª fold to o and a; OCR reads raised letters as signs.
_ORDINAL = r"(?:\s?'?(?:st|nd|rd|th|er|i?eme)|-?го|[oae]|[*'\"°.]{1,2})?"
_YEAR = r"(?:19|20)\d\d"
# "20 (vinte) de maio", "15 días del mes de marzo del año 2021", "5th day of March, in the year 2021".
_OF = r"(?:(?:of|de|del|di|do|van)\s*)?(?:the\s+)?"
_JOINER = (
    r"(?:\s?\([^()\d]{3,20}\))?[\s,.\-/\"]*(?:(?:day|dias?|jours?)\s+)?(?:in\s+)?"
    rf"{_OF}(?:(?:month|mes|mois|mese|year|ano|annee|anno)\s+{_OF})?"
)
_TO = (
    r"\s*(?:-|to|a|al|ate|e|y|and|&|und|bis|au|et|till|until|hasta|through|tot|t/m|do|ve|по|до|и)"
    r"(?:\s+(?:the|o|el|le|il|dia|o dia|zum))?\s*"
)
# Days before the last one of a list: "10, 11 e 12 de maio".
_LISTED = rf"(?:\s*,\s*{_DAY})*"
# Every form has at least a year of two digits, or one in words.
_MAYBE = re.compile(r"\d\d|thousand|mil")
# Letters that OCR takes digits for, in a group that holds a digit.
_SLIP = re.compile(r"(?<![^\W_])(?=[OolI|]*\d)(?=\d*[OolI|])[\dOolI|]{1,4}(?![^\W_])")
_LOOKS_LIKE = str.maketrans("OolI|", "00111")
_MAY_SLIP = re.compile(r"\d[OolI|]|[OolI|]\d")
_NOT_INSIDE = r"(?<![\w/.])"
_NOT_BEFORE = r"(?![\d])"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as it stands in a text. `start` and `end` are places in that text.

    `opens_range` says that the next date of the same text ends a range that this one begins. `repaired` says that a
    letter in `raw` was taken for the digit it looks like, because nothing else there is a date.
    """

    raw: str
    start: int
    end: int
    readings: tuple[DateReading, ...]
    opens_range: bool = False
    repaired: bool = False


_Reader = Callable[[re.Match[str]], tuple[tuple[DateReading, ...], ...]]
# What a form begins with: looking for it once spares every form a walk through the whole text.
_Begins = Literal["number", "year", "month", "word"]
_DIGITS = re.compile(r"\d+")
_BY_LENGTH: dict[int, _Begins] = {1: "number", 2: "number", 4: "year"}
_WORDS: dict[_Begins, re.Pattern[str]] = {
    "month": re.compile(rf"(?<![^\W\d_])(?={_MONTH})"),
    "word": re.compile(rf"(?<![^\W_])(?={DAY_WORD})"),
}
# As far before a digit a letter may stand that is taken for one.
_SLIPS = 3


@lru_cache(maxsize=1024)
def readings(text: str) -> tuple[PrintedDate, ...]:
    """All dates in `text` from left to right, each with every day, month or year it may mean.

    Longer forms win over shorter ones that lie inside them. Never raises; a text without a date gives nothing.
    """
    folded = fold(text)
    if not _MAYBE.search(folded):
        return ()
    found = _scan(text, folded)
    digits = _SLIP.sub(_as_digits, text) if _MAY_SLIP.search(text) else text
    if digits != text:
        found = _with_repairs(found, [date for date in _scan(text, fold(digits)) if date.raw not in digits])
    return tuple(sorted(found, key=lambda date: (date.start, not date.opens_range)))


def may_begin(text: str, end: int) -> bool:
    """Whether any of the dates in `text` may begin before `end`; far cheaper than to read them."""
    folded = fold(text)
    digit = _DIGITS.search(folded)
    if digit is not None and digit.start() < end + _SLIPS:
        return True
    words = (start.search(folded) for start in _WORDS.values())
    return any(word is not None and word.start() < end for word in words)


def _scan(text: str, folded: str) -> list[PrintedDate]:
    """The dates of `folded`, which stands letter for letter for `text`."""
    taken: list[tuple[int, int]] = []
    found: list[PrintedDate] = []
    places = _beginnings(folded)
    for pattern, read, begins in _FORMS:
        done = 0
        for place in places[begins]:
            match = pattern.match(folded, place) if place >= done else None
            if match is None:
                continue
            done = match.end()
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            parts = read(match)
            if not parts or not all(parts):
                continue
            taken.append(match.span())
            found += _printed(text, match, parts)
    return found


def _beginnings(folded: str) -> dict[_Begins, list[int]]:
    """Where a form may begin. A number of three digits, or of more than four, is no part of a date."""
    places: dict[_Begins, list[int]] = {"number": [], "year": []}
    for digits in _DIGITS.finditer(folded):
        begins = _BY_LENGTH.get(digits.end() - digits.start())
        if begins is not None:
            places[begins].append(digits.start())
    return places | {begins: [match.start() for match in start.finditer(folded)] for begins, start in _WORDS.items()}


def _as_digits(match: re.Match[str]) -> str:
    # A small o after a number is an ordinal, as in "1o de maio".
    return match.group() if re.fullmatch(r"\d{1,2}o", match.group()) else match.group().translate(_LOOKS_LIKE)


def _with_repairs(found: list[PrintedDate], repairs: list[PrintedDate]) -> list[PrintedDate]:
    """A repair counts where no day was read without it; where one was ("3O May": 3 or 30), it stands beside it."""
    kept = list(found)
    for repair in repairs:
        over = [date for date in found if date.start < repair.end and repair.start < date.end]
        days = [date for date in over if date.readings[0].precision == "day"]
        if not days:
            kept = [date for date in kept if date not in over]
            kept.append(replace(repair, repaired=True))
        elif len(days) == 1 and not days[0].opens_range:
            both = tuple(dict.fromkeys((*days[0].readings, *repair.readings)))
            kept = [replace(date, readings=both, repaired=True) if date is days[0] else date for date in kept]
    return kept


def _printed(text: str, match: re.Match[str], parts: tuple[tuple[DateReading, ...], ...]) -> Iterator[PrintedDate]:
    raw = text[match.start() : match.end()].strip()
    for index, part in enumerate(parts):
        yield PrintedDate(raw, match.start(), match.end(), part, opens_range=index + 1 < len(parts))


def _month(name: str) -> int:
    return _BY_NAME[re.sub(r"[\s.]", "", name)]


def _day(year: int, month: int, day: int) -> tuple[DateReading, ...]:
    try:
        exact = dt.date(year, month, day)
    except ValueError:
        return ()
    return (DateReading(earliest=exact, latest=exact, precision="day"),)


def _whole_month(year: int, month: int) -> tuple[DateReading, ...]:
    if not 1 <= month <= 12:
        return ()
    last = calendar.monthrange(year, month)[1]
    return (DateReading(earliest=dt.date(year, month, 1), latest=dt.date(year, month, last), precision="month"),)


def _century(year: str) -> int:
    """Two digits of a year as POSIX strptime reads %y: 69 to 99 are 19.., 00 to 68 are 20.."""
    number = int(year)
    return number if len(year) == 4 else number + (1900 if number >= 69 else 2000)


def _named(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    return (_day(int(match["y"]), _month(match["m"]), int(match["d"])),)


def _split(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    """A text layer may part the digits of a day: "1 9 May" is the 19th, or the 9th after some other number."""
    year, month, last = int(match["y"]), _month(match["m"]), match["d"]
    whole = _day(year, month, int(match["ten"] + last))
    return ((*whole, *_day(year, month, int(last))) if match["first"] is not None else whole,)


def _in_words(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    groups = match.groupdict()
    day = day_number(match["w"]) if groups.get("w") else int(match["d"])
    year = year_number(match["yw"]) if groups.get("yw") else int(match["y"])
    return (_day(year, _month(match["m"]), day),)


def _short_year(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    return (_day(_century(match["y"]), _month(match["m"]), int(match["d"])),)


def _named_range(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    groups = match.groupdict()
    year, last_month = int(match["y"]), _month(match["m"])
    first_month = _month(groups["m1"]) if groups.get("m1") else last_month
    first_year = int(groups["y1"]) if groups.get("y1") else year - (first_month > last_month)
    return _day(first_year, first_month, int(match["d1"])), _day(year, last_month, int(match["d"]))


def _numeric(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    year, one, other = _century(match["y"]), int(match["a"]), int(match["b"])
    both = (*_day(year, other, one), *_day(year, one, other))
    return (tuple(dict.fromkeys(both)),)


def _numeric_range(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    """`05.08. - 08.08.2024`, `8-9/02/2020`: two days before one month leave only the order day, month."""
    year, month = _century(match["y"]), int(match["m"])
    first = match.groupdict().get("m1")
    return _day(year, int(first) if first else month, int(match["d1"])), _day(year, month, int(match["d"]))


def _iso(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    return (_day(int(match["y"]), int(match["m"]), int(match["d"])),)


def _month_year(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    return (_whole_month(int(match["y"]), _month(match["m"])),)


def _number_year(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    return (_whole_month(int(match["y"]), int(match["m"])),)


def _year(match: re.Match[str]) -> tuple[tuple[DateReading, ...], ...]:
    year = int(match["y"])
    return ((DateReading(earliest=dt.date(year, 1, 1), latest=dt.date(year, 12, 31), precision="year"),),)


def _form(pattern: str, read: _Reader, begins: _Begins = "number") -> tuple[re.Pattern[str], _Reader, _Begins]:
    return re.compile(pattern), read, begins


_NUMERIC_YEAR = rf"(?P<y>{_YEAR}|\d\d)"
# Longest and most telling first: what one form has taken, no later form reads again.
_FORMS = (
    _form(
        rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_ORDINAL}{_JOINER}(?P<m1>{_MONTH})(?:{_JOINER}(?P<y1>{_YEAR}))?{_TO}"
        rf"(?P<d>{_DAY}){_ORDINAL}{_JOINER}(?P<m>{_MONTH}){_JOINER}(?P<y>{_YEAR}){_NOT_BEFORE}",
        _named_range,
    ),
    _form(
        rf"(?<![^\W\d_])(?P<m1>{_MONTH})\s*(?P<d1>{_DAY}){_ORDINAL}(?:,?\s*(?P<y1>{_YEAR}))?{_TO}"
        rf"(?P<m>{_MONTH})\s*(?P<d>{_DAY}){_ORDINAL}[\s,]*(?P<y>{_YEAR}){_NOT_BEFORE}",
        _named_range, "month",
    ),
    _form(
        rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_ORDINAL}{_LISTED}(?:{_TO}|/)(?P<d>{_DAY}){_ORDINAL}{_JOINER}(?P<m>{_MONTH}){_JOINER}"
        rf"(?P<y>{_YEAR}){_NOT_BEFORE}",
        _named_range,
    ),
    _form(
        rf"(?<![^\W\d_])(?P<m>{_MONTH})\s*(?P<d1>{_DAY}){_ORDINAL}{_TO}(?P<d>{_DAY}){_ORDINAL}[\s,]*(?P<y>{_YEAR}){_NOT_BEFORE}",
        _named_range, "month",
    ),
    _form(
        rf"{_NOT_INSIDE}(?P<first>(?P<ten>[123]))\s(?P<d>\d){_ORDINAL}\s(?P<m>{_MONTH})[\s,]*(?P<y>{_YEAR}){_NOT_BEFORE}",
        _split,
    ),
    _form(
        rf"(?<![^\W\d_])(?P<first>)?(?P<m>{_MONTH})\s(?P<ten>[123])\s(?P<d>\d)\s?,\s?(?P<y>{_YEAR}){_NOT_BEFORE}", _split, "month"
    ),
    # Printed twice, in words and in digits: "quince (15) días del mes de mayo (05) de dos mil veintiséis (2026)".
    _form(
        rf"{_NOT_INSIDE}(?P<d>{_DAY})(?:\)|{_ORDINAL}){_JOINER}(?P<m>{_MONTH})(?:\s?\(\d{{1,2}}\))?{_JOINER}"
        rf"(?:{YEAR_WORDS}\s*\(\s?)?(?P<y>{_YEAR}){_NOT_BEFORE}",
        _named,
    ),
    _form(rf"{_NOT_INSIDE}(?P<d>{_DAY}){_ORDINAL}{_JOINER}(?P<m>{_MONTH}){_JOINER}(?P<y>{_YEAR}){_NOT_BEFORE}", _named),
    _form(
        rf"(?<![^\W_])(?P<w>{DAY_WORD}){_JOINER}(?P<m>{_MONTH}){_JOINER}(?:(?P<y>{_YEAR}){_NOT_BEFORE}|(?P<yw>{YEAR_WORDS}))",
        _in_words, "word",
    ),
    _form(rf"{_NOT_INSIDE}(?P<d>{_DAY}){_ORDINAL}{_JOINER}(?P<m>{_MONTH}){_JOINER}(?P<yw>{YEAR_WORDS})", _in_words),
    _form(
        rf"(?<![^\W\d_])(?P<m>{_MONTH})[\s,\-]*(?P<d>{_DAY}){_ORDINAL}[\s,.\-]*(?:(?:of|de|del)\s)?(?P<y>{_YEAR}){_NOT_BEFORE}", _named, "month"
    ),
    _form(rf"(?<!\d)(?P<y>{_YEAR})[\s,.\-/]*(?P<m>{_MONTH})[\s,.\-/]*(?P<d>{_DAY}){_NOT_BEFORE}", _named, "year"),
    _form(
        rf"{_NOT_INSIDE}(?P<d1>{_DAY})\.\s?(?P<m1>\d{{1,2}})\.?{_TO}(?P<d>{_DAY})\.\s?(?P<m>\d{{1,2}})\.\s?{_NUMERIC_YEAR}{_NOT_BEFORE}",
        _numeric_range,
    ),
    _form(
        rf"{_NOT_INSIDE}(?P<d1>{_DAY})\s?-\s?(?P<d>{_DAY})/(?P<m>\d{{1,2}})/{_NUMERIC_YEAR}{_NOT_BEFORE}", _numeric_range
    ),
    _form(
        rf"{_NOT_INSIDE}(?P<d1>{_DAY})\.?\s?[/+&]\s?(?P<d>{_DAY})\.\s?(?P<m>\d{{1,2}})\.\s?{_NUMERIC_YEAR}{_NOT_BEFORE}", _numeric_range
    ),
    # The boxes of a form: year, month and day apart.
    _form(r"(?<![\d\-/.] )(?<![\d\-/.])(?P<y>20\d\d) (?P<m>0[1-9]|1[0-2]) (?P<d>0[1-9]|[12]\d|3[01])(?! ?[\d\-/])", _iso, "year"),
    _form(rf"(?<!\d)(?P<y>{_YEAR})\s?年\s?(?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?日", _iso, "year"),
    _form(rf"(?<![\d\-/.])(?P<y>{_YEAR})\s?([\-/.])\s?(?P<m>\d{{1,2}})\s?\2\s?(?P<d>\d{{1,2}})(?![\d\-/])", _iso, "year"),
    _form(
        rf"(?<![\d\-/.])(?P<a>\d{{1,2}})\s?([\-/.])\s?(?P<b>\d{{1,2}})\s?\2\s?{_NUMERIC_YEAR}(?![\d/]|[\-.]\d)", _numeric
    ),
    # Two digits of a year only where dashes or an apostrophe bind them, or the line ends.
    _form(rf"{_NOT_INSIDE}(?P<d>{_DAY})\s?([-/.])\s?(?P<m>{_MONTH})\s?\2\s?'?(?P<y>\d\d)(?![\w]|[:./-]\w)", _short_year),
    _form(rf"{_NOT_INSIDE}(?P<d>{_DAY}){_ORDINAL}{_JOINER}(?P<m>{_MONTH})[\s,]*'(?P<y>\d\d)(?!\w)", _short_year),
    _form(rf"{_NOT_INSIDE}(?P<d>{_DAY}){_ORDINAL}\s(?P<m>{_MONTH}),?\s(?P<y>\d\d)(?=[ .]*(?:$|\n))", _short_year),
    _form(rf"(?<![^\W\d_])(?P<m>{_MONTH})\s?(?P<d>{_DAY}){_ORDINAL},?\s?'(?P<y>\d\d)(?!\w)", _short_year, "month"),
    _form(rf"(?<![^\W\d_])(?P<m>{_MONTH})[\s,.\-/]*(?:(?:de|of|del)\s+)?(?P<y>{_YEAR}){_NOT_BEFORE}", _month_year, "month"),
    _form(rf"(?<![\d\-/.])(?P<m>0?[1-9]|1[0-2])[/](?P<y>{_YEAR})(?![\d/]|[\-.]\d)", _number_year),
    _form(rf"(?<![\w\-/.])(?P<m>0[1-9]|1[0-2])[.-](?P<y>{_YEAR})(?![\w/]|[\-.]\w)", _number_year),
    _form(rf"(?<![\d\-/.])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?![\d/]|[\-.]\d)", _number_year, "year"),
    _form(rf"(?<![\w\-/.:])(?P<y>{_YEAR})(?![\w/]|[\-.]\d)", _year, "year"),
)  # fmt: skip
