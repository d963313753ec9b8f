"""The choice between candidates: scores add up by weights.toml, probabilities come of the scores of all rivals."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extractors.candidates import Candidate, Signs, best_signs
from extractors.model import Box, FieldName, Source
from extractors.weights import weights, worth

# Two readings of nearly one text at one place are one print, read twice.
_NEARLY = 85.0
_SAME_PLACE = 0.3
# A name read so surely, letter for letter, needs another engine's closer look to be nearly the same only.
_CLEARLY = 0.98
# The marks of letters that the second engine reads so surely are right.
_MARKED = 0.95
_STRENGTH = {source: rank for rank, source in enumerate(Source)}


@dataclass(frozen=True, slots=True)
class Ranked:
    """One value with all its signs, its score in log-odds and its probability among all values and absence."""

    candidate: Candidate
    signs: Signs
    score: float
    probability: float
    sources: frozenset[Source]


def score(name: FieldName, signs: Signs) -> float:
    """The sum of worth times strength."""
    return worth(weights().choice[name], signs)


def rank(name: FieldName, candidates: Iterable[Candidate]) -> tuple[Ranked, ...]:
    """The values of a field, the likeliest first. Candidates of one value count together."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.key, []).append(candidate)
    merged = [_merged(name, group) for group in groups.values()]
    kept = _without_misreadings(name, sorted(merged, key=lambda one: -one.score))
    total = 1.0 + sum(math.exp(min(one.score, 50.0)) for one in kept)
    return tuple(
        Ranked(one.candidate, one.signs, one.score, math.exp(min(one.score, 50.0)) / total, one.sources) for one in kept
    )


def _merged(name: FieldName, group: Sequence[Candidate]) -> Ranked:
    """One value: the strongest candidate stands for it, the signs of all speak for it."""
    signs = best_signs(group)
    if len(group) == 1:
        return Ranked(group[0], signs, score(name, signs), 0.0, frozenset((group[0].source,)))
    places = {(one.page, one.source, _rough(one.box)) for one in group}
    voices = {(one.source, one.second_look) for one in group}
    sources = frozenset(one.source for one in group)
    pixels = Source.PIXELS in sources
    if len({(page, box) for page, _, box in places}) > 1:
        signs["repeated"] = 1.0
    if len(voices) > 1 and (pixels or sources & {Source.QR, Source.LINK, Source.BADGE}) and not _marked_apart(group):
        signs["agree"] = 1.0
    looks = {bool(one.signs.get("closer")) for one in group if one.second_look}
    if len(looks) > 1:
        signs["steady"] = 1.0
    scored = [(one, score(name, one.signs)) for one in group]
    best, shown = max(scored, key=lambda one: (*_standing(one[0]), one[1]))
    strongest, most = max(scored, key=lambda one: one[1])
    if most > shown + 1 and strongest.source is best.source:
        best = strongest
    best = next((one for one in group if _is_marked_better(one, best)), best)
    return Ranked(best, signs, score(name, signs), 0.0, sources)


def _standing(candidate: Candidate) -> tuple[int, int, bool]:
    """Which of the readings of one value to show: the stronger source; of pixels the one with more marked letters,
    which engines lose more often than they see what is not there; then the first engine's, which parts words better.
    """
    pixels = candidate.source is Source.PIXELS
    marked = len(_marks(candidate)) if pixels else 0
    return -_STRENGTH[candidate.source], marked, not candidate.second_look


def _is_marked_better(one: Candidate, best: Candidate) -> bool:
    """Whether the second engine clearly reads other marks on letters than the first one does on as many: of 82 such
    words drawn in seven languages, it was right in all.
    """
    if best.source is not Source.PIXELS or best.second_look or not one.second_look or one.read < _MARKED:
        return False
    return _marks(one) != _marks(best) and len(_marks(one)) == len(_marks(best))


def _marked_apart(group: Sequence[Candidate]) -> bool:
    """Whether readings of the pixels alone see other marks on as many letters ("Jörg", "Jórg"), none of them clearly:
    one is wrong. An engine that only lost marks contradicts nobody."""
    if any(one.source is not Source.PIXELS or (one.second_look and one.read >= _MARKED) for one in group):
        return False
    seen = {_marks(one) for one in group}
    most = max(map(len, seen))
    return most > 0 and sum(len(marks) == most for marks in seen) > 1


def _marks(one: Candidate) -> str:
    return "".join(char for char in one.value.casefold() if char.isalpha() and not char.isascii())


def _rough(box: Box | None) -> tuple[int, int] | None:
    return None if box is None else (round((box[0] + box[2]) * 10), round((box[1] + box[3]) * 25))


def _without_misreadings(name: FieldName, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What says nearly the same at the same place is a confirmation, not a rival: pixels of the text, and another
    engine's closer look of a clear reading that is likelier.
    """
    if all(Source.PIXELS not in one.sources for one in ranked):
        return list(ranked)
    kept: list[Ranked] = []
    for one in ranked:
        twin = next((index for index, other in enumerate(kept) if _one_print(other, one)), None)
        if twin is None:
            kept.append(one)
            continue
        other = kept[twin]
        text, pixels = (other, one) if one.sources == {Source.PIXELS} else (one, other)
        gain = weights().choice[name].get("agree", 0.0) * 0.6 if "agree" not in text.signs else 0.0
        best = max(text.score, pixels.score - 1.0)
        kept[twin] = Ranked(
            text.candidate,
            text.signs | {"agree": text.signs.get("agree", 0.6)},
            best + gain,
            0.0,
            text.sources | pixels.sources,
        )
    return sorted(kept, key=lambda one: -one.score)


def _one_print(one: Ranked, other: Ranked) -> bool:
    if _nearly_seconded(one, other):
        return True
    only_pixels = [ranked.sources == {Source.PIXELS} for ranked in (one, other)]
    a, b = one.candidate, other.candidate
    if sum(only_pixels) != 1 or a.page != b.page or not same_place(a.box, b.box):
        return False
    return ratio(a.key, b.key) >= _NEARLY


def _nearly_seconded(clear: Ranked, closer: Ranked) -> bool:
    """Whether what one engine reads clearly is what the other one makes out when it looks closer, but for a letter or
    two: as many letters, most of them the same. Of 96 drawn names read so, none was wrong; letters that an engine does
    not know vanish, so as many letters are what counts.
    """
    one, other = clear.candidate, closer.candidate
    if not other.signs.get("closer") or one.second_look == other.second_look or one.read < _CLEARLY:
        return False
    if clear.sources | closer.sources != {Source.PIXELS} or len(one.key) != len(other.key):
        return False
    unlike = sum(a != b for a, b in zip(one.key, other.key, strict=True))
    return unlike <= max(1, len(one.key) // 4) and one.page == other.page and same_place(one.box, other.box)


def same_place(one: Box | None, other: Box | None) -> bool:
    """Whether two boxes share a good part of the smaller one."""
    if one is None or other is None:
        return False
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across > 0 and down > 0 and across * down >= _SAME_PLACE * smaller
