"""Which printed date is completion, start, issue or expiry."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.candidates import Candidate, Signs
from extractors.find_dates import DateCandidate
from extractors.model import DateReading, FieldName
from extractors.settle import Settling, settle

# What a date is said to be by words after it is said less surely.
_HINT = 0.5
# A range longer than this whose ends are called dates of certification or validity is a validity, not a course.
_VALIDITY = dt.timedelta(days=180)
_ROLE_SIGNS = {"started_on": "started", "issued_on": "issued", "expires_on": "expires"}


def completion_candidates(found: Sequence[DateCandidate], known: Settling) -> list[Candidate]:
    """Every date as a candidate for completion, one candidate per legal reading with its share as sign."""
    candidates: list[Candidate] = []
    days = {
        date.readings for date in found if not date.signs.get("print_header") and date.readings[0].precision != "year"
    }
    for index, date in enumerate(found):
        signs = dict(date.signs) | {"only": float(len(days) == 1)}
        if date.signs.get("ends_range"):
            signs["started"] = 0.0  # said of the whole range, or of its first day
        if _is_validity(found, index):
            signs.update({"opens_range": 0.0, "completed": 1.0})
        elif index and _is_validity(found, index - 1):
            signs.update({"ends_range": 0.0, "expires": 1.0})
        candidates += _as_candidates("completed_on", date, signs, _known_beside(found, index, known))
    return candidates


def role_candidates(name: FieldName, found: Sequence[DateCandidate], known: Settling) -> list[Candidate]:
    """The dates that are said to be start, issue or expiry, or stand at such an end of a range."""
    candidates: list[Candidate] = []
    for index, date in enumerate(found):
        validity = _is_validity(found, index)
        ends_validity = index > 0 and _is_validity(found, index - 1)
        said = date.signs.get(_ROLE_SIGNS[name], 0.0) >= 1
        if name == "started_on":
            fits = (bool(date.signs.get("opens_range")) and not validity) or (said and not date.signs.get("ends_range"))
        elif name == "expires_on":
            fits = ends_validity or said
        else:
            fits = said
        if fits and not any(date.signs.get(sign) for sign in ("print_header", "born", "other")):
            signs = date.signs | {"role": 1.0}
            candidates += _as_candidates(name, date, signs, _known_beside(found, index, known))
    return candidates


def _is_validity(found: Sequence[DateCandidate], index: int) -> bool:
    if index + 1 >= len(found):
        return False
    first, last = found[index], found[index + 1]
    if not first.signs.get("opens_range") or not last.signs.get("ends_range"):
        return False
    span = last.readings[0].earliest - first.readings[0].earliest
    said = any(
        date.signs.get(role, 0.0) > _HINT for date in (first, last) for role in ("issued", "completed", "expires")
    )
    return said and span >= _VALIDITY and not first.signs.get("started")


def _known_beside(found: Sequence[DateCandidate], index: int, known: Settling) -> Settling:
    others = tuple(
        (date.raw, date.readings)
        for place, date in enumerate(found)
        if place != index and "print_header" not in date.signs
    )
    return replace(known, others=others)


def _as_candidates(name: FieldName, date: DateCandidate, signs: Signs, known: Settling) -> Iterable[Candidate]:
    for reading, share in settle(date.raw, date.readings, known):
        more = {"share": share, **_precision(reading)}
        yield Candidate(
            name, reading.iso, date.raw, date.page, date.box, date.source, date.read, signs | more, date.second_look
        )


def _precision(reading: DateReading) -> Signs:
    return {} if reading.precision == "day" else {reading.precision: 1.0}
