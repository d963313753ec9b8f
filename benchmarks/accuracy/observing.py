"""What the finder weighs, as numbers: the signs of every candidate, and which of them was right."""

import math
from dataclasses import dataclass, replace
from typing import Literal

from benchmarks.accuracy.corpus import same
from benchmarks.accuracy.reading import Reading
from extractors.choose import Ranked
from extractors.extract import ENOUGH_TEXT, addresses_of, text_of
from extractors.finder import Found, SeenPage, find_fields
from extractors.model import FieldName, Source
from extractors.profile import Profile, Profiles, identify, resemblances
from extractors.sheet import Sheet
from extractors.trust import absence_signs, trust_signs
from extractors.weights import Worth, worth
from pipeline.checks.document_checks import UNSETTLED

Signs = dict[str, float]


_TOLD: tuple[FieldName, ...] = ("holder_name", "course_name")
# Signs that a phrase or label gives to what stands at it.
_BY_WORDS = frozenset({
    "intro", "did", "label", "mention", "outro", "inline", "next_line", "line_above", "cell", "underlined",
    "label_alike", "to_line", "to_phrase", "styled", "larger_block", "below_larger", "intro_larger", "name_cut",
    "by_cut", "over_outro", "before_end", "in_list", "list_head",
})  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """The candidates of one field of one document: the signs of each, and whether it is right.

    `added` is what its score has beside its signs: the share of a date's reading. Where no candidate is right, choosing
    none is: the document shows none, or nobody saw it.
    """

    rows: tuple[Signs, ...]
    added: tuple[float, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True)
class Belief:
    """Whether anything was chosen for one field of one document, what speaks for it, and whether it is right.

    `ambiguous`: a date of which another reading is not ruled out.
    """

    name: FieldName
    chosen: bool
    signs: Signs
    right: bool
    ambiguous: bool = False


@dataclass(frozen=True)
class Seen:
    """One document as the finder sees it.

    `how`: its issuer unknown; that, and its wording too; its issuer known; known, and nothing but the text read.
    """

    reading: Reading
    profile: Profile | None
    found: Found
    how: Literal["unknown", "unworded", "known", "by text"] = "unknown"

    def choice(self, name: FieldName) -> Choice | None:
        """None where the field is not scored."""
        truth = self.reading.case.truth.get(name)
        if truth is None:
            return None
        ranked = self.found.ranked[name]
        return Choice(
            rows=tuple(one.signs for one in ranked),
            added=tuple(_share(one) for one in ranked),
            right=tuple(bool(truth) and same(name, one.candidate.value, truth) for one in ranked),
        )

    def belief(self, name: FieldName, table: Worth) -> Belief | None:
        """The value that `table` chooses. None where the field is not scored."""
        truth = self.reading.case.truth.get(name)
        if truth is None:
            return None
        ranked = _ranked(self.found.ranked[name], table)
        found = replace(self.found, ranked=self.found.ranked | {name: ranked})
        best = found.best(name)
        if best is None:
            return Belief(name, False, absence_signs(name, found, self.profile), not truth)
        right = same(name, best.candidate.value, truth)
        return Belief(name, True, trust_signs(name, best, found), right, _is_ambiguous(best, ranked))


def see(reading: Reading, profiles: Profiles) -> list[Seen]:
    """What is ranked on the pages without any profile; and with the one that knows the issuer, where one does."""
    found = find_fields(reading.pages, None, reading.created_on)
    seen = [Seen(reading, None, found), Seen(reading, None, _unworded(found), "unworded")]
    names = identify(resemblances(text_of(reading.pages), addresses_of(reading.pages), profiles))
    if len(names) == 1:
        profile = profiles.get(names[0])
        seen.append(Seen(reading, profile, find_fields(reading.pages, profile, reading.created_on), "known"))
        text = tuple(_by_text(page) for page in reading.pages)
        if sum(len(line.text) for line in text[0].visible.lines) >= ENOUGH_TEXT:
            seen.append(Seen(reading, profile, find_fields(text, profile, reading.created_on), "by text"))
    return seen


def _unworded(found: Found) -> Found:
    """What would be found if no phrase of the page were known that introduces its holder or course.

    Issuers write what no table of phrases foresees. What is believed of a choice made without them is learned here.
    """
    blocks = {name: tuple(map(_untold, filter(_is_block, found.ranked[name]))) for name in _TOLD}
    return replace(found, ranked=found.ranked | blocks)


def _is_block(one: Ranked) -> bool:
    return bool(one.signs.get("alone"))


def _untold(one: Ranked) -> Ranked:
    return replace(one, signs={sign: strength for sign, strength in one.signs.items() if sign not in _BY_WORDS})


def _by_text(page: SeenPage) -> SeenPage:
    """The page as it is where pixels were not read."""
    words = [word for line in page.visible.lines for word in line.words if word.source is Source.TEXT]
    sheet = Sheet(page.number, words, page.visible.links, page.visible.symbols)
    return replace(page, visible=sheet, pixels=None, second=None)


def _is_ambiguous(best: Ranked, ranked: tuple[Ranked, ...]) -> bool:
    """Whether the same print has another reading that the checks would call unsettled."""
    others = [one for one in ranked if one.candidate.value != best.candidate.value]
    return "share" in best.signs and any(
        one.candidate.raw == best.candidate.raw and one.probability >= UNSETTLED for one in others
    )


def _share(one: Ranked) -> float:
    return math.log(max(one.signs.get("share", 1.0), 1e-6))


def _ranked(ranked: tuple[Ranked, ...], table: Worth) -> tuple[Ranked, ...]:
    """The candidates as `table` would rank them."""
    scores = [min(worth(table, one.signs) + _share(one), 50.0) for one in ranked]
    total = 1.0 + sum(math.exp(score) for score in scores)
    again = [
        replace(one, score=score, probability=math.exp(score) / total)
        for one, score in zip(ranked, scores, strict=True)
    ]
    return tuple(sorted(again, key=lambda one: -one.probability))
