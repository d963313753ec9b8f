"""What leaves the room says no number by which a state knows the person, and where such numbers stand is told, so that
whoever shows the page can cover them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.fields import NAMES
from extractors.layout import around
from extractors.model import Box, Evidence, FieldName, Fields, Rival, Traces
from extractors.national_ids import WITHHELD, masked, spans
from extractors.plain import squash
from extractors.sheet import Passage, Sheet

_PROSE = frozenset({"holder_name", "course_name"})
_IN_ADDRESS = "withheld"
# Of a code that is such a number nothing is known but that it is none.
_NO_CODE = 0.3


@dataclass(frozen=True, slots=True)
class Identities:
    """The numbers on some pages, squashed, and where they stand: 1-based page and box."""

    numbers: frozenset[str] = frozenset()
    places: tuple[tuple[int, Box], ...] = ()


def identities(sheets: Iterable[Sheet]) -> Identities:
    """Look through sheets, each line with the one below it: a label may stand above its number."""
    found = [one for sheet in sheets if spans(sheet.folded) for one in _on(sheet)]
    return Identities(
        frozenset(squash(text) for text, _, _ in found),
        tuple(dict.fromkeys((page, box) for _, page, box in found)),
    )


def _on(sheet: Sheet) -> Iterator[tuple[str, int, Box]]:
    for passage in sheet.passages:
        two = Passage(passage.lines[:2], passage.page)
        for start, end in spans(two.text):
            piece = two.piece(start, end)
            if piece is not None:
                yield two.text[start:end], passage.page, around(word.box for word in piece.words)


def withheld(fields: Fields, known: Identities) -> Fields:
    """The fields with every such number taken out of what they say and of what they were read from."""
    return Fields(**{name: _evidence(name, fields.get(name), known) for name in NAMES})


def withheld_of_traces(traces: Traces, known: Identities) -> Traces:
    """The traces with every such number taken out of the words that they quote."""
    return traces.model_copy(
        update={
            "changes": tuple(
                one.model_copy(update={"before": _quoted(one.before, known), "after": _quoted(one.after, known)})
                for one in traces.changes
            ),
            "unseen": tuple(one.model_copy(update={"text": _quoted(one.text, known)}) for one in traces.unseen),
            "otherwise": tuple(
                one.model_copy(
                    update={
                        "text": cleaned(one.field, one.text, known),
                        "pixels": cleaned(one.field, one.pixels, known),
                    }
                )
                for one in traces.otherwise
            ),
            "carried": tuple(
                one.model_copy(update={"text": cleaned("verify_url", one.text, known)}) for one in traces.carried
            ),
        }
    )


def _quoted(text: str, known: Identities) -> str:
    return cleaned("course_name", text, known)


def _evidence(name: FieldName, evidence: Evidence, known: Identities) -> Evidence:
    rivals = tuple(_rival(name, rival, known) for rival in evidence.rivals if not _is_number(name, rival.value, known))
    if _is_number(name, evidence.value, known):
        return Evidence(value=None, confidence=_NO_CODE, rivals=rivals)
    return evidence.model_copy(
        update={
            "value": cleaned(name, evidence.value, known) if evidence.value else evidence.value,
            "raw": cleaned(name, evidence.raw, known) if evidence.raw else evidence.raw,
            "rivals": rivals,
        }
    )


def _rival(name: FieldName, rival: Rival, known: Identities) -> Rival:
    return rival.model_copy(update={"value": cleaned(name, rival.value, known), "raw": cleaned(name, rival.raw, known)})


def _is_number(name: FieldName, value: str | None, known: Identities) -> bool:
    if name != "validation_code" or value is None:
        return False
    return squash(value) in known.numbers or spans(value) == ((0, len(value)),)


def cleaned(name: FieldName, text: str, known: Identities) -> str:
    """One text of a field without the numbers: those known from the page, and those that tell by themselves."""
    instead = _IN_ADDRESS if name == "verify_url" else WITHHELD
    plain = masked(text, prose=name in _PROSE, instead=instead)
    for word in plain.split():
        if known.numbers and squash(word) in known.numbers:
            plain = plain.replace(word, instead)
    return plain
