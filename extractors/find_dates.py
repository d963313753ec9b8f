"""Candidates for the four dates: every date of a page with every reading, and what the words around it say of it."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.candidates import beside
from extractors.dates import PrintedDate, readings
from extractors.model import Box, DateReading, Line, Source
from extractors.plain import fold
from extractors.profile import FieldRules
from extractors.sheet import Passage, Sheet
from extractors.wording import DID, HEADING, phrase

_COMPLETED = phrase(
    r"(?:date of )?(?:course )?(?:completion|certification|graduation|achievement|attainment|attendance)(?: date)?",
    r"(?:date )?(?:completed|finished|attended|passed|achieved)(?: on| date)?|completion date|end date|course date|date of course|training date|event date|date of achievement|(?:date of )?assessment(?: date)?|course end date",
    r"conclu(?:sao|ido|iu|ida)|data de conclusao|data de termino|termino|finalizad[oa]|finaliza(?:cao|cion)|aprobado|aprobacion|fecha de (?:finalizacion|termino|aprobacion|fin)|culminacion|concluyo|concluido|data da avaliacao|avaliacao final|(?:examen|prueba|evaluacion) final|aprobado el",
    r"termine le|acheve le|obtenu le|date de (?:fin|reussite|completion)|abgeschlossen am|abschlussdatum|completato il|data di completamento|bestanden am|prufung(?:sdatum)?(?: am| vom)?|teilgenommen am|kursende|(?:verifica|prova|esame|test)(?: (?:finale|di apprendimento|conclusiv[ao]))?(?: superat[oa])? (?:in data|il|del)|superat[oa] (?:il|in data)|reussi le|date d'obtention|дата (?:окончания|завершения|экзамена)|окончил\w*|bitis tarihi|tamamlanma|ukonczenia|voltooid op|fecha de conclusion|fecha y hora de termino|fecha y hora determino",
)
_ISSUED = phrase(
    r"(?:date )?(?:of )?(?:issued?|issuance|granted|awarded|conferred|given|earned)(?: on| date| the| this)*|issue date|date (?:of )?(?:issued?|issuance|awarded?)",
    r"emitid[oa](?: em)?|emissao|data de emissao|expedid[oa](?: el| em)?|expedicion|emision|fecha de (?:emision|expedicion)|otorgado el|delivre(?:e)? le|fait a|fait le|date de delivrance|etabli le|ausgestellt(?: am)?|ausstellungsdatum|rilasciato(?: in data| il)?|data di rilascio|дата выдачи|выдан[оа]?|verilis tarihi|duzenlenme|wydano|uitgegeven|afgegeven",
)
_EXPIRES = phrase(
    r"(?:is )?valid(?:ity)? (?:until|thru|through|till|to|up to|for|date)|expir(?:es?|y|ation|ed)(?: on| date)?|exp\.? date|exp|renew(?:al)?(?: by| date)|good through|certified until|expiry|expires|renewal due",
    r"valid[oa]? (?:ate|hasta)|validade|validez|vence|vencimento|vencimiento|valable jusqu'?(?:au|a)|expire le|gultig bis|valido fino|scad(?:e|enza)|действителен до|gecerlilik|wazny do|geldig tot(?: en met)?|data waznosci|vervaldatum|caduca(?: el)?|caducidad|ablaufdatum|date d'expiration|son gecerlilik|срок действия|действует до",
)
_STARTED = phrase(
    r"start(?:ed|s)?(?: on| date)?|begin(?:ning|s)?(?: on| date)?|began(?: on)?|commenc\w+|enrol(?:l)?ed|held from|period from|from",
    r"inicio|iniciado|fecha de inicio|data de inicio|inscripcion|fecha y hora de inscripcion|fecha y hora deinscripcion|debut|date de debut|beginn|inizio|начало|baslangic",
)
_PLAIN = phrase(r"date|dated|data|fecha|datum|dat|tarih|дата|le|em|on|el|am|il|no dia|del|dia|den|held on|held")
_BORN = phrase(
    r"born|date of birth|birth|dob|nascid[oa]|nascimento|nacid[oa]|nacimiento|ne le|nee le|geboren(?: am)?|geb\.|geburtsdatum|nato|nata|data di nascita|date de naissance|ne\(e\) le|dogum(?: tarihi| yeri)?|urodzon\w*(?:/a|\(a\)|/-a)?|ur\.|рождения|родил\w+"
)
_OTHER = phrase(
    r"revis\w+|version|ver\.|updated|copyright|rev|printed|lei|law|decreto|resolucao|iso|edition|©|impress\w+|downloaded|generated|accessed|registered|since|established|founded|processo|parecer|norma|portaria|decreto-lei|legge|loi|arrete|gesetz|§|n[o°]\.|nr\.?|art\.|founding|gegrundet|fundad[oa] em|реестр|лицензи\w+|licen[cs]\w+|ustaw\w+|kanun\w*"
)
_PREPOSITIONS = frozenset({"from", "start", "exp", "given", "training", "rev", "since"})
_CLOCK = re.compile(r"\s*,?\s*\d{1,2}:\d{2}(?::\d{2})?\s*(?:am|pm)?\s*$")
_BETWEEN = re.compile(
    r"(?:\s?(?:r|г)\.(?!\w))?[\s,]*(?:(?:at )?\d{1,2}:\d{2}(?::\d{2})? ?(?:[ap]m)?(?: [a-z]{3,4})?[\s,]*)?"
    r"(?:-|/|to|a|al|ate|e|y|and|until|till|through|hasta|und|bis|au|et|tot|en|do|do dnia|до|по|ao|ve)[\s,]*(?:(?:el|o|the|il|le|dia)\s+)?(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s*)?"
)
# Who completed, between a date and the verb: "on 31 October 2025 you completed".
_WHO = re.compile(
    r"[\s,]*(?:you|he|she|they|the (?:participant|student|above[- ]named|employee|learner)|[oa] (?:alun[oa]|participante|formand[oa])|el|ella|il|elle|er|sie)?\s+"
    r"(?:(?:has|have|had|successfully|hat|ha|a)\s+)*(?=complet|pass|attend|finish|conclu|aprob|super|reussi|termin|bestand|abgeschl|frequent)"
)
_PLACE = re.compile(r"^[\s(]*(?:[a-z]+(?:[ '-][a-z]+){0,3}),\s*(?:[a-z]+-feira,?\s*)?(?:(?:le|em|a|den|il|the|on)\s)?$")


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A printed date: its readings, and signs of what it is. `signs` name roles and places (see weights.toml)."""

    raw: str
    readings: tuple[DateReading, ...]
    page: int
    box: Box | None
    source: Source
    read: float
    signs: dict[str, float]
    second_look: bool = False


def date_candidates(sheet: Sheet, rules: FieldRules | None) -> Iterator[DateCandidate]:
    """Every date of the page, in reading order."""
    for passage in sheet.passages:
        yield from _of_passage(sheet, passage, rules)


def _of_passage(sheet: Sheet, passage: Passage, rules: FieldRules | None) -> Iterator[DateCandidate]:
    first = passage.breaks[0]
    # Two lines suffice: no date is broken twice, and lines far below belong to other passages.
    text = passage.text[: passage.breaks[min(1, len(passage.breaks) - 1)]]
    both = readings(text)
    found = [date for date in both if date.start < first]
    if text[:first] and any(date.end > first for date in found):
        # A date that only the next line completes is believed where it does not stand complete there.
        alone = readings(text[:first])
        kept = [date for date in found if date.end <= first or not any(a.start <= date.start < a.end for a in alone)]
        found = kept or list(alone)
    for place, date in enumerate(found):
        piece = passage.piece(date.start, date.end)
        if piece is None:
            continue
        signs = _signs(sheet, passage, date, rules)
        if date.opens_range or _opens(passage, date, both):
            signs["opens_range"] = 1.0
        before = found[place - 1] if place else None
        ends = before is not None and (before.opens_range or _opens(passage, before, both))
        if ends or (place == 0 and _ends_from_above(sheet, passage, date)):
            signs["ends_range"] = 1.0
        if date.repaired:
            signs["repaired"] = 1.0
        yield DateCandidate(date.raw, date.readings, sheet.number, piece.box, piece.source, piece.confidence, signs)


def _opens(passage: Passage, date: PrintedDate, found: Sequence[PrintedDate]) -> bool:
    """Whether a word such as "to" leads from a date to the next one, on its line or the next."""
    following = next((other for other in found if other.start > date.start), None)
    return following is not None and _BETWEEN.fullmatch(passage.folded, date.end, following.start) is not None


def _ends_from_above(sheet: Sheet, passage: Passage, date: PrintedDate) -> bool:
    """Whether a date begins its line and the line above ends on another date and "to"."""
    over = sheet.above(passage.lines[0])
    if over is None or passage.text[: date.start].strip(" ("):
        return False
    above = readings(over.text)
    return bool(above) and _BETWEEN.fullmatch(f"{over.folded[above[-1].end :]} ") is not None


def _signs(sheet: Sheet, passage: Passage, date: PrintedDate, rules: FieldRules | None) -> dict[str, float]:
    line = passage.lines[0]
    before = passage.folded[max(0, date.start - 45) : date.start]
    if date.start < 25:
        over = sheet.above(line)
        if over is not None and line.box[1] - over.box[3] < 1.5 * max(line.size, over.size):
            before = f"{over.folded[-45:]}\n{before}"
    after = passage.folded[date.end : date.end + 30]
    rest = len(line.text) - sum(len(one.raw) for one in {other.start: other for other in readings(line.text)}.values())
    alone = rest <= 0.4 * len(line.text)
    signs = _said_by(before, after, labels=_labels_around(sheet, passage) if alone else "")
    if rules is not None and rules.label_pattern is not None:
        near = f"{before}\n{_labels_around(sheet, passage) if alone else ''}"
        signs["profile"] = float(rules.label_pattern.search(near) is not None)
    if rules is not None and rules.after_pattern is not None and rules.after_pattern.search(before):
        signs["profile"] = 1.0
    if rules is not None and rules.before_pattern is not None and rules.before_pattern.search(after):
        signs["profile"] = 1.0
    box = line.box
    if (box[3] < 0.045 or box[1] > 0.955) and (_CLOCK.match(after) or box[2] < 0.2 or box[0] > 0.75):
        signs["print_header"] = 1.0
    signs["alone"] = float(alone)
    return signs


def _said_by(before: str, after: str, labels: str) -> dict[str, float]:
    """The roles that the words nearest to a date give it; the nearest word wins where several stand before it."""
    tables = {
        "completed": _COMPLETED,
        "issued": _ISSUED,
        "expires": _EXPIRES,
        "started": _STARTED,
        "born": _BORN,
        "other": _OTHER,
    }
    nearest: tuple[int, str] | None = None
    for role, pattern in tables.items():
        for match in pattern.finditer(before):
            # A role reaches over a few words only, and not past another date.
            reach = 6 if match.group() in _PREPOSITIONS else 24
            if len(before) - match.end() <= reach and not re.search(r"\d{4}", before[match.end() :]):
                nearest = max(nearest or (-1, ""), (match.end(), role))
    signs: dict[str, float] = {}
    if nearest:
        signs[nearest[1]] = 1.0
    for role, pattern in tables.items():
        if labels and any(match.group() not in _PREPOSITIONS for match in pattern.finditer(labels)):
            signs[role] = 1.0
        if not nearest and re.match(r"\s*\(?\s*$", after) is None and pattern.match(after.lstrip(" ,.(")):
            signs.setdefault(role, 0.5)
    if not nearest and _WHO.match(after):
        signs.setdefault("completed", 0.5)
    if DID.search(before):
        signs["in_sentence"] = 1.0
    if _PLAIN.search(before[-14:]) or (labels and _PLAIN.search(labels)):
        signs["plain_label"] = 1.0
    if _PLACE.match(before.rsplit("\n", 1)[-1]):
        signs["place"] = 1.0
    return signs


def _labels_around(sheet: Sheet, passage: Passage) -> str:
    """The short lines right above and below a date that stands alone: labels of a form."""
    line = passage.lines[0]
    label = sheet.form.values.get(id(line))
    if label is not None:
        return fold(label)
    near: list[Line] = []
    if len(passage.lines) > 1:
        near.append(passage.lines[1])
    over = sheet.above(line)
    if over is not None:
        near.append(over)
    left = [other for other in sheet.passages if other is not passage and beside(sheet, other) is passage]
    close = [
        other.folded
        for other in near
        if len(other.text) <= 40
        and not readings(other.text)
        and not _is_heading(other.folded)
        and min(abs(other.box[1] - line.box[3]), abs(line.box[1] - other.box[3])) <= 2.5 * max(line.size, other.size)
    ]
    return "\n".join([*close, *(other.lines[0].folded for other in left if len(other.lines[0].text) <= 40)])


def _is_heading(text: str) -> bool:
    """Whether a line is what the document is called, which says nothing of a date beside it."""
    return "of" in text.split() and HEADING.fullmatch(text) is not None and "date" not in text


def with_readings(candidate: DateCandidate, kept: tuple[DateReading, ...]) -> DateCandidate:
    """The same printed date with fewer readings."""
    return replace(candidate, readings=kept)
