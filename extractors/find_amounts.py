"""Candidates for hours and credits: a number with its unit, and nothing without one."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from extractors.candidates import Candidate, of_piece
from extractors.sheet import Passage, Sheet

_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_HOUR = r"(?:hours?|hrs?|horas?|hora\(?s?\)?|heures?|stunden?|std|saat|час(?:а|ов)?|godzin\w*|uur|ore|h)"
_MINUTE = r"(?:minutes?|mins?|minutos?|minuten|minuti|m)"
_HOURS = (
    re.compile(rf"(?<![\w.,:])(?P<h>\d{{1,3}})\s*{_HOUR}\.?,?\s*(?:and |e |y |et |und )?(?P<m>\d{{1,2}})\s*{_MINUTE}(?![a-z])"),
    re.compile(rf"(?<![\w.,:/])(?P<h>{_NUMBER})[\s-]*(?:total )?(?:clock |contact |training |instructional |academic )?{_HOUR}(?:\(s\))?(?![a-z])"),
    re.compile(r"(?<![\w.,:/])(?P<h>\d{1,3}):(?P<m>[0-5]\d)\s*(?:hours?|horas?|hora\(s\)|h(?![a-z]))"),
    re.compile(rf"(?<![a-z])(?:durata di ore|total hours|contact hours|ore|hours|carga horaria|duracion|horas)\s*:?\s*(?P<h>{_NUMBER})(?![\d/:%])"),
    re.compile(r"(?:length|duration|duracao|duree|dlugosc)\s*:?\s*(?P<m>\d{1,3})\s*(?:minutes?|mins?|minutos?)"),
)  # fmt: skip
_PER = re.compile(
    r"\s*(?:weekly|(?:(?:per|a|por|pro|par|each|/)\s*(?:week|wk|semana|woche|settimana|semaine|day|dia|tag|jour)))(?![^\W_])"
)
_WEEKS = re.compile(r"weeks?,|semanas?,")
_UNIT = r"(?:cpes?|ceus?|pdus?|cdus?|ects|cpds?|cmes?|ces?|continuing (?:professional )?education|contact hours|sdus?|seus?|cfu)"
_CREDITS = (
    re.compile(rf"(?<![\w.,:/-])(?P<n>{_NUMBER})\s*(?P<u>{_UNIT})(?![^\W_])(?:\s*(?:credits?|hours?|points?|units?|creditos?))?"),
    re.compile(rf"(?<![a-z])(?P<u>{_UNIT})(?![a-z])\s*\)?(?:\s*(?:credits?|hours?|points?|units?|earned|awarded|value|/contacthours))*\s*[:=]\s*(?P<n>{_NUMBER})(?![\d/:])"),
    re.compile(rf"(?<![\w.,:/])(?P<n>{_NUMBER})\s*(?P<u>credits?|creditos?|credit points?)(?![a-z])"),
)  # fmt: skip
_CREDIT_AFTER = re.compile(rf"\s*(?:of\s)?{_UNIT}(?![a-z])")
_CREDIT_BEFORE = re.compile(rf"(?<![a-z]){_UNIT}\s*(?:credits?)?\s*[:=]?\s*$")


def amount_candidates(sheet: Sheet) -> Iterator[Candidate]:
    """Hours (decimal, two places) and credits with their unit, as printed."""
    for passage in sheet.passages:
        yield from _hours(passage)
        yield from _credits(passage)


def _hours(passage: Passage) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []
    first = passage.breaks[0]
    for rank, pattern in enumerate(_HOURS):
        for match in pattern.finditer(passage.folded):
            if match.start() >= first or any(match.start() < end and start < match.end() for start, end in taken):
                continue
            hours = _decimal(match)
            piece = passage.piece(*match.span())
            if hours is None or piece is None:
                continue
            taken.append(match.span())
            around = passage.folded[max(0, match.start() - 25) : match.start()]
            signs = {
                "stated": 1.0,
                "labelled": float(rank == 3),
                "per_week": float(
                    _PER.match(passage.folded, match.end()) is not None or _WEEKS.search(around) is not None
                ),
                "credit_unit": float(
                    _CREDIT_AFTER.match(passage.folded, match.end()) is not None
                    or _CREDIT_BEFORE.search(around) is not None
                    or re.search(_UNIT, match.group()) is not None
                ),
            }
            yield of_piece("hours", format(hours.normalize(), "f"), piece, signs)


def _decimal(match: re.Match[str]) -> Decimal | None:
    groups = match.groupdict()
    try:
        hours = Decimal((groups.get("h") or "0").replace(",", "."))
    except InvalidOperation:
        return None
    if groups.get("m"):
        hours = (hours + Decimal(groups["m"]) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return hours if 0 < hours <= 2000 else None


def _credits(passage: Passage) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []
    first = passage.breaks[0]
    for rank, pattern in enumerate(_CREDITS):
        for match in pattern.finditer(passage.folded):
            if match.start() >= first or any(match.start() < end and start < match.end() for start, end in taken):
                continue
            piece = passage.piece(*match.span())
            number = Decimal(match["n"].replace(",", "."))
            if piece is None or not 0 < number <= 500:
                continue
            taken.append(match.span())
            unit = passage.text[match.start("u") : match.end("u")]
            signs = {"stated": 1.0, "named_unit": float(rank < 2)}
            yield of_piece("credits", format(number.normalize(), "f"), piece, signs)
            yield of_piece("credit_unit", unit.upper() if rank < 2 else unit, piece, signs)
