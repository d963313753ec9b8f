"""Weights from observations, and what they are worth on issuers that they have not seen."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from benchmarks.accuracy.corpus import MAIN
from benchmarks.accuracy.fitting import fit_choice, fit_trust
from benchmarks.accuracy.observing import Belief, Seen
from extractors import trust
from extractors.model import FieldName
from extractors.weights import Weights, Worth

# How strongly the weights are held to what was set by hand, found by leaving issuers out.
CHOICE_RIDGE = 2.0
TRUST_RIDGE = 1.0
# Accepting is for what is all right 90 times in 100 at the least, and for what is surer than whatever went wrong.
LEAST_ACCEPT, MARGIN = 0.9, 0.012
# A drawn look-alike tells less than a real document. What is drawn by hand to be awkward teaches choosing, and little
# of how often one is right. The same document seen again, with what is known of its issuer, tells what a profile is
# worth.
_CHOSEN = {"real": 1.0, "sample": 0.3, "lookalike": 0.15, "crafted": 0.5}
_BELIEVED = {"real": 1.0, "sample": 0.3, "lookalike": 0.15, "crafted": 0.1}
_HOW = {"unknown": 1.0, "unworded": 0.15, "known": 0.3, "by text": 0.3}
_FOLDS = 12
_INNER = 4
ABSENT: FieldName = "validation_code"


@dataclass(frozen=True)
class Judged:
    """One document under weights that have not seen its issuer: what is believed of each field, and how surely."""

    seen: Seen
    beliefs: dict[FieldName, tuple[Belief, float]]

    @cached_property
    def sure(self) -> float:
        """The probability that all fields are right; 0 where a needed one is missing or a date has a second reading."""
        missing = any(not belief.chosen and name != ABSENT for name, (belief, _) in self.beliefs.items())
        ambiguous = any(belief.ambiguous for belief, _ in self.beliefs.values())
        return 0.0 if missing or ambiguous else math.prod(confidence for _, confidence in self.beliefs.values())

    @cached_property
    def right(self) -> bool:
        return all(belief.right for belief, _ in self.beliefs.values())


def fit(seen: Sequence[Seen], prior: Weights) -> Weights:
    """The weights for choice, then those for trust, by what choice does on issuers left out of it."""
    choice = fit_choices(seen, prior)
    beliefs: list[tuple[Belief, float]] = []
    for rest, fold in _folds(seen, _INNER):
        table = fit_choices(rest, prior)
        beliefs += [(one, _weight(doc, _BELIEVED)) for doc in fold for one in _beliefs(doc, table).values()]
    trust, absence = dict(prior.trust), dict(prior.absence)
    for name in MAIN:
        rows = [(one.signs, one.right, weight) for one, weight in beliefs if one.name == name and one.chosen]
        trust[name] = fit_trust(rows, prior.trust[name], TRUST_RIDGE)
    rows = [(one.signs, one.right, weight) for one, weight in beliefs if one.name == ABSENT and not one.chosen]
    absence[ABSENT] = fit_trust(rows, prior.absence[ABSENT], TRUST_RIDGE)
    return Weights(accept=prior.accept, choice=choice, trust=trust, absence=absence)


def fit_choices(seen: Sequence[Seen], prior: Weights) -> dict[FieldName, Worth]:
    tables = dict(prior.choice)
    for name in MAIN:
        choices = [(one.choice(name), _weight(one, _CHOSEN)) for one in seen]
        tables[name] = fit_choice([(c, w) for c, w in choices if c is not None], prior.choice[name], CHOICE_RIDGE)
    return tables


def judge(doc: Seen, weights: Weights) -> Judged:
    """What the product would believe of a document with these weights."""
    beliefs = _beliefs(doc, weights.choice)
    return Judged(doc, {name: (one, _confidence(one, weights)) for name, one in beliefs.items()})


def left_out(seen: Sequence[Seen], prior: Weights, report: Callable[[str], None]) -> list[Judged]:
    """Every document but the samples, under weights that were fitted without its issuer."""
    judged: list[Judged] = []
    for number, (rest, fold) in enumerate(_folds(seen, _FOLDS), start=1):
        fitted = fit(rest, prior)
        judged += [judge(doc, fitted) for doc in fold if doc.how == "unknown" and doc.reading.case.origin != "sample"]
        report(f"left out {number} of {_FOLDS}")
    return judged


def threshold(judged: Sequence[Judged]) -> float:
    """The least certainty above every wrong document's among those of issuers left out; never below LEAST_ACCEPT."""
    real = [one for one in judged if one.seen.reading.case.origin == "real"]
    wrong = max((one.sure for one in real if not one.right), default=0.0)
    return max(LEAST_ACCEPT, math.ceil((wrong + MARGIN) * 1000) / 1000)


def _weight(doc: Seen, by_origin: Mapping[str, float]) -> float:
    return by_origin[doc.reading.case.origin] * _HOW[doc.how]


def _beliefs(doc: Seen, tables: dict[FieldName, Worth]) -> dict[FieldName, Belief]:
    beliefs = {name: doc.belief(name, tables[name]) for name in MAIN}
    return {name: one for name, one in beliefs.items() if one is not None}


def _confidence(belief: Belief, weights: Weights) -> float:
    if belief.chosen:
        return trust.belief(belief.name, weights.trust[belief.name], belief.signs)
    table = weights.absence.get(belief.name)
    return 0.0 if table is None else trust.absence_belief(table, belief.signs)


def _folds(seen: Sequence[Seen], count: int) -> list[tuple[list[Seen], list[Seen]]]:
    """The documents parted by issuer: for each part all the others, and itself."""
    issuers = sorted({one.reading.case.issuer for one in seen})
    parts = [set(issuers[index::count]) for index in range(count)]
    return [
        (
            [one for one in seen if one.reading.case.issuer not in part],
            [one for one in seen if one.reading.case.issuer in part],
        )
        for part in parts
    ]
