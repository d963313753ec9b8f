"""From outcomes to figures: recall, precision, what was accepted, and how honest the confidences are."""

import itertools
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict
from scipy.stats import beta

from benchmarks.accuracy.corpus import EXTRA, MAIN
from benchmarks.accuracy.measuring import Answer, Outcome
from extractors.model import FieldName

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
BARS = (0.5, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)
_SURENESS = 0.95


class Figure(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OfField(Figure):
    """One field: `labelled` documents show it; `wrong` where another value was said, or one where there is none."""

    labelled: int
    right: int
    wrong: int
    missed: int

    @property
    def recall(self) -> float | None:
        return self.right / self.labelled if self.labelled else None

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None


class Figures(Figure):
    """A group of documents. `items` have all main fields right; `others` are no certificates, never to be accepted.

    `bound` is the upper end of the 95 % interval of the true share of wrong ones among the accepted.
    """

    certificates: int
    others: int
    items: int
    accepted: int
    accepted_wrong: int
    bound: float | None
    fields: dict[FieldName, OfField]

    @property
    def item_accuracy(self) -> float | None:
        return self.items / self.certificates if self.certificates else None

    @property
    def coverage(self) -> float | None:
        return self.accepted / self.certificates if self.certificates else None


class Bin(Figure):
    """Values said to be `low` to `high` sure: how many, how sure on average, and the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


class Reliability(Figure):
    """`error` is the expected calibration error: the mean gap between confidence and share right, bin by bin."""

    count: int
    error: float | None
    bins: tuple[Bin, ...]


class Point(Figure):
    """What a bar of acceptance would do."""

    bar: float
    accepted: int
    wrong: int
    certificates: int


class Passes(Figure):
    """Documents that needed their pixels read, and those that needed the second engine too."""

    documents: int
    pixels: int
    second: int


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of a group, each over what its documents' labels score."""
    certificates = [one for one in outcomes if one.case.certificate]
    accepted = [one for one in outcomes if one.accepted]
    wrong = sum(one.accepted_wrong for one in accepted)
    return Figures(
        certificates=len(certificates),
        others=len(outcomes) - len(certificates),
        items=sum(one.item_right for one in certificates),
        accepted=len(accepted),
        accepted_wrong=wrong,
        bound=upper_bound(wrong, len(accepted)),
        fields={name: _of_field(name, certificates) for name in (*MAIN, *EXTRA)},
    )


def upper_bound(wrong: int, count: int) -> float | None:
    """The share that with 95 % certainty is not exceeded, after Clopper and Pearson 1934 (one-sided); about 3 / count
    for none wrong. None for no documents."""
    if not count:
        return None
    return 1.0 if wrong == count else float(beta.ppf(_SURENESS, wrong + 1, count - wrong))


def grouped(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, Figures]:
    """The figures of each group, biggest first."""
    ordered = sorted(outcomes, key=key)
    groups = {name: list(group) for name, group in itertools.groupby(ordered, key)}
    return {name: figures(groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name))}


def reliability(outcomes: Sequence[Outcome]) -> dict[str, Reliability]:
    """Per main field, for absent codes, and for all values together."""
    certificates = [one for one in outcomes if one.case.certificate]
    answers = [(name, one.answers[name]) for one in certificates for name in MAIN if name in one.answers]
    shown = [(name, answer) for name, answer in answers if answer.said]
    tables = {name: [answer for other, answer in shown if other == name] for name in MAIN}
    absent = [answer for name, answer in answers if name == "validation_code" and not answer.said]
    return {
        **{name: _reliability(table) for name, table in tables.items()},
        "no validation_code": _reliability(absent),
        "all values": _reliability([answer for _, answer in shown]),
    }


def curve(outcomes: Sequence[Outcome], bars: Sequence[float]) -> tuple[Point, ...]:
    """How many certificates each bar would accept, and how many of them wrong."""
    certificates = sum(one.case.certificate for one in outcomes)
    return tuple(
        Point(
            bar=bar,
            accepted=sum(one.sure >= bar for one in outcomes),
            wrong=sum(one.sure >= bar and not one.item_right for one in outcomes),
            certificates=certificates,
        )
        for bar in bars
    )


def every_bar(outcomes: Sequence[Outcome]) -> tuple[float, ...]:
    """Every bar that accepts another number of documents, highest first."""
    return tuple(sorted({one.sure for one in outcomes if one.sure > 0}, reverse=True))


def passes(outcomes: Sequence[Outcome]) -> Passes:
    return Passes(
        documents=len(outcomes),
        pixels=sum(one.pixels for one in outcomes),
        second=sum(one.second for one in outcomes),
    )


def missed(outcomes: Sequence[Outcome]) -> dict[FieldName, list[str]]:
    """The certificates with something else than what is right, by field; by their file's name without its ending."""
    certificates = [one for one in outcomes if one.case.certificate]
    return {
        name: [
            one.case.name.rsplit(".", 1)[0]
            for one in certificates
            if name in one.answers and not one.answers[name].right
        ]
        for name in (*MAIN, *EXTRA)
    }


def _of_field(name: FieldName, outcomes: Sequence[Outcome]) -> OfField:
    answers = [one.answers[name] for one in outcomes if name in one.answers]
    return OfField(
        labelled=sum(one.labelled for one in answers),
        right=sum(one.said and one.right for one in answers),
        wrong=sum(one.said and not one.right for one in answers),
        missed=sum(one.labelled and not one.said for one in answers),
    )


def _reliability(answers: Sequence[Answer]) -> Reliability:
    bins = []
    for low, high in itertools.pairwise(BINS):
        inside = [one for one in answers if low <= one.confidence < high or one.confidence == high == BINS[-1]]
        if inside:
            confidence = sum(one.confidence for one in inside) / len(inside)
            right = sum(one.right for one in inside) / len(inside)
            bins.append(Bin(low=low, high=high, count=len(inside), confidence=confidence, right=right))
    error = sum(one.count * abs(one.confidence - one.right) for one in bins) / len(answers) if answers else None
    return Reliability(count=len(answers), error=error, bins=tuple(bins))
