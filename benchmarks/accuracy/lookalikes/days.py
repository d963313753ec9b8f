"""Dates and ranges as they are printed, from the templates of a language."""

import datetime as dt
import re

from benchmarks.accuracy.lookalikes.tables import words


def printed(template: str, day: dt.date, language: str) -> str:
    return template.format(**_parts(day, language))


def printed_range(templates: tuple[str, str, str], start: dt.date, end: dt.date, language: str, joiner: str) -> str:
    """`joiner` with {start} and {end}; `templates` = one day, both in one month, both in one year ("" where unused)."""
    single, month, year = templates
    same_year = start.year == end.year
    compact = month if same_year and start.month == end.month else year if same_year else ""
    if not compact:
        return joiner.format(start=printed(single, start, language), end=printed(single, end, language))
    parts = _parts(end, language) | {f"s{name}": part for name, part in _parts(start, language).items()}
    return re.sub(r"\{start\}.*\{end\}", compact.format(**parts).replace("\\", ""), joiner)


def stated(template: str, day: dt.date) -> str:
    """What the template shows of a day: ISO 8601, without the day where it has none."""
    return day.isoformat() if re.search(r"\{(d|dd|nth|word)\}", template) else f"{day:%Y-%m}"


def in_full(template: str) -> bool:
    """Whether it is a day written out, which stands in sentences only, and in no range."""
    return bool(re.search(r"word|nth\} day|d[ií]as d", template))


def is_ambiguous(template: str, day: dt.date) -> bool:
    """Whether the day could as well be the month."""
    return bool(re.match(r"\{(d|dd|m|mm)\}[/.-]\{", template)) and "{mon" not in template and 12 >= day.day != day.month


def _parts(day: dt.date, language: str) -> dict[str, str]:
    tables = words(language)
    month, short = tables["months"][day.month - 1], tables["short_months"][day.month - 1]
    tail = "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return {
        "d": str(day.day),
        "dd": f"{day.day:02}",
        "m": str(day.month),
        "mm": f"{day.month:02}",
        "y": str(day.year),
        "month": month,
        "Month": month.capitalize(),
        "MONTH": month.upper(),
        "mon": short,
        "MON": short.upper(),
        "weekday": tables["weekdays"][day.weekday()],
        "nth": f"{day.day}{tail}",
        "word": tables["day_words"][day.day - 1] if "day_words" in tables else "",
    }
