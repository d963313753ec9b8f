"""Every legal reading of a printed date, never one guess.

A numeric date keeps both orders of day and month. What is not a date of the calendar is no reading. Languages: English,
Portuguese, Spanish, French, German, Italian, Turkish, Russian, Polish, Dutch; a text may mix them, as issuers do.
"""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.model import DateReading
from extractors.plain import fold

# Folded (no marks, small letters). Full names and the abbreviations seen in print; a dot may follow any of them.
_MONTHS = {
    1: "january jan januar janvier janv janeiro enero ene gennaio gen ocak oca stycznia styczen sty januari января январь янв",
    2: "february feb februar fevrier fevr fev fevereiro febrero febbraio subat sub lutego luty lut februari февраля февраль фев",
    3: "march mar marz marzo mars marco mart marca marzec maart mrt марта март мар",
    4: "april apr avril avr abril abr aprile nisan nis kwietnia kwiecien kwi апреля апрель апр",
    5: "may mai maio mayo maggio mag mayis maja maj mei мая маи май",
    6: "june jun juni juin junho junio giugno giu haziran haz czerwca czerwiec cze июня июнь июн",
    7: "july jul juli juillet juil julho julio luglio lug temmuz tem lipca lipiec lip июля июль июл",
    8: "august aug aout agosto ago agustos agu sierpnia sierpien sie augustus августа август авг",
    9: "september sep sept septembre setembro set septiembre settembre sett eylul eyl wrzesnia wrzesien wrz сентября сентябрь сен",
    10: "october oct octobre outubro out octubre ottobre ott ekim eki oktober okt pazdziernika pazdziernik paz октября октябрь окт",
    11: "november nov novembre novembro noviembre kasim kas listopada listopad lis ноября ноябрь ноя",
    12: "december dec decembre dezembro dez diciembre dic dezember dicembre aralik ara grudnia grudzien gru декабря декабрь дек",
}  # fmt: skip
_BY_NAME = {name: number for number, names in _MONTHS.items() for name in names.split()}


def _spaced(name: str) -> str:
    """Text layers break words ("J ul"): a blank may stand after any letter."""
    return r"\s?".join(name)


_MONTH = "(?:" + "|".join(map(_spaced, sorted(_BY_NAME, key=len, reverse=True))) + r")(?![^\W\d_])\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = (
    r"(?:\s?(?:st|nd|rd|th|er|eme)|[oa]|[*'\"°.]{1,2})?"  # º and ª fold to o and a; OCR reads raised letters as signs
)
_YEAR = r"(?:19|20)\d\d"
_JOINER = r"[\s,.\-/]*(?:(?:day\s)?(?:of|de|del|di|do|van)\s*)?(?:the\s)?"
_TO = r"\s*(?:-|to|a|al|ate|e|y|and|und|bis|au|et|till|until|ve|по|до|и)\s*"
_TWO_DIGITS = re.compile(r"\d\d")
_NOT_INSIDE = r"(?<![\w/.])"
_NOT_BEFORE = r"(?![\d])"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as it stands in a text. `start` and `end` are places in that text.

    `opens_range` says that the next date of the same text ends a range that this one begins.
    """

    raw: str
    start: int
    end: int
    readings: tuple[DateReading, ...]
    opens_range: bool = False


_Reader = Callable[[re.Match[str]], tuple[tuple[DateReading, ...], ...]]


def readings(text: str) -> tuple[PrintedDate, ...]:
    """All dates in `text` from left to right, each with every day, month or year it may mean.

    Longer forms win over shorter ones that lie inside them. Never raises; a text without a date gives nothing.
    """
    folded = fold(text)
    if not _TWO_DIGITS.search(folded):
        return ()  # every form has at least a year of two digits
    taken: list[tuple[int, int]] = []
    found: list[PrintedDate] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(folded):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            parts = read(match)
            if not parts or not all(parts):
                continue
            taken.append(match.span())
            found += _printed(text, match, parts)
    return tuple(sorted(found, key=lambda date: (date.start, not date.opens_range)))


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


def _form(pattern: str, read: _Reader) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern), read


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
        _named_range,
    ),
    _form(
        rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_ORDINAL}{_TO}(?P<d>{_DAY}){_ORDINAL}{_JOINER}(?P<m>{_MONTH}){_JOINER}"
        rf"(?P<y>{_YEAR}){_NOT_BEFORE}",
        _named_range,
    ),
    _form(
        rf"(?<![^\W\d_])(?P<m>{_MONTH})\s*(?P<d1>{_DAY}){_ORDINAL}{_TO}(?P<d>{_DAY}){_ORDINAL}[\s,]*(?P<y>{_YEAR}){_NOT_BEFORE}",
        _named_range,
    ),
    _form(rf"{_NOT_INSIDE}(?P<d>{_DAY}){_ORDINAL}{_JOINER}(?P<m>{_MONTH}){_JOINER}(?P<y>{_YEAR}){_NOT_BEFORE}", _named),
    _form(
        rf"(?<![^\W\d_])(?P<m>{_MONTH})[\s\-]*(?P<d>{_DAY}){_ORDINAL}[\s,.\-]*(?:of\s)?(?P<y>{_YEAR}){_NOT_BEFORE}", _named
    ),
    _form(rf"(?<!\d)(?P<y>{_YEAR})[\s,.\-/]*(?P<m>{_MONTH})[\s,.\-/]*(?P<d>{_DAY}){_NOT_BEFORE}", _named),
    _form(
        rf"{_NOT_INSIDE}(?P<d1>{_DAY})\.\s?(?P<m1>\d{{1,2}})\.?{_TO}(?P<d>{_DAY})\.\s?(?P<m>\d{{1,2}})\.\s?{_NUMERIC_YEAR}{_NOT_BEFORE}",
        _numeric_range,
    ),
    _form(
        rf"{_NOT_INSIDE}(?P<d1>{_DAY})\s?-\s?(?P<d>{_DAY})/(?P<m>\d{{1,2}})/{_NUMERIC_YEAR}{_NOT_BEFORE}", _numeric_range
    ),
    _form(rf"(?<![\d\-/.])(?P<y>{_YEAR})\s?([\-/.])\s?(?P<m>\d{{1,2}})\s?\2\s?(?P<d>\d{{1,2}})(?![\d\-/])", _iso),
    _form(
        rf"(?<![\d\-/.])(?P<a>\d{{1,2}})\s?([\-/.])\s?(?P<b>\d{{1,2}})\s?\2\s?{_NUMERIC_YEAR}(?![\d/]|[\-.]\d)", _numeric
    ),
    _form(rf"(?<![^\W\d_])(?P<m>{_MONTH})[\s,.\-/]*(?:(?:de|of|del)\s+)?(?P<y>{_YEAR}){_NOT_BEFORE}", _month_year),
    _form(rf"(?<![\d\-/.])(?P<m>0?[1-9]|1[0-2])[/](?P<y>{_YEAR})(?![\d/]|[\-.]\d)", _number_year),
    _form(rf"(?<![\d\-/.])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?![\d/]|[\-.]\d)", _number_year),
    _form(rf"(?<![\w\-/.])(?P<y>{_YEAR})(?![\w/]|[\-.]\d)", _year),
)  # fmt: skip
