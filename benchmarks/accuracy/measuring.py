"""Every document through the product, with and without its profiles, and through the plain script."""

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from PIL import Image

from benchmarks.accuracy import baseline
from benchmarks.accuracy.corpus import EXTRA, MAIN, Case, same
from benchmarks.accuracy.learning import Judged, threshold
from benchmarks.accuracy.reading import engines, limits
from extractors.errors import UnreadableDocument
from extractors.extract import extract
from extractors.model import Extraction, FieldName, Word
from extractors.ocr import OcrEngine
from extractors.profile import Profiles, load_profiles
from pipeline.checks.findings import Decision
from pipeline.validate import check_document, decide

# The day on which all documents are received.
DAY = dt.date(2026, 11, 22)
# An accepted activity with one of these wrong is a wrong activity, though they may be absent.
_SHOWN: tuple[FieldName, ...] = ("started_on", "expires_on", "credits", "hours")


@dataclass(frozen=True)
class Answer:
    """What was said of one scored field: whether the document shows a value, whether one was said, and how surely.

    `right` holds for an absent field too, where none was said; `confidence` (0..1) is then that of absence.
    """

    labelled: bool
    said: bool
    right: bool
    confidence: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """One document under one way of reading. `answers` holds the fields that are scored.

    `dated` says whether the completion date that was said is the one meant, scored or not; `sure` is the confidence of
    the least certain field where that is all that decides; `known` says whether a profile was used; `pixels` and
    `second` whether the first and the second engine were asked.
    """

    case: Case
    answers: dict[FieldName, Answer]
    accepted: bool = False
    dated: bool = False
    sure: float = 0.0
    known: bool = False
    kind: str = ""
    pixels: bool = False
    second: bool = False

    @property
    def item_right(self) -> bool:
        """Whether holder, course, completion date and code are all right, as far as they are scored."""
        return all(self.answers[name].right for name in MAIN if name in self.answers)

    @property
    def accepted_wrong(self) -> bool:
        """Whether it was accepted and should not have been."""
        shown = (self.answers[name] for name in _SHOWN if name in self.answers)
        fit = self.case.certificate and self.dated and all(one.right or not one.said for one in shown)
        return self.accepted and not (fit and self.item_right)


@dataclass(frozen=True)
class Measured:
    """One document as the product reads it, as it would without any profile, and as the plain script does."""

    product: Outcome
    unknown: Outcome
    plain: Outcome


class Asked:
    """An engine, and whether it was asked."""

    def __init__(self, engine: OcrEngine) -> None:
        self.name, self._engine, self.asked = engine.name, engine, False

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        self.asked = True
        return self._engine.read(picture)


def measured(cases: Sequence[Case], report: Callable[[str], None], processes: int = 2) -> list[Measured]:
    """All cases, in their order."""
    done = []
    with ProcessPoolExecutor(processes) as pool:
        for number, one in enumerate(pool.map(measure, cases, chunksize=2), start=1):
            done.append(one)
            if number % 25 == 0:
                report(f"measured {number} of {len(cases)}")
    return done


def measure(case: Case) -> Measured:
    data = case.load()
    return Measured(_product(case, data, load_profiles()), _product(case, data, Profiles(())), _plain(case, data))


def _product(case: Case, data: bytes, profiles: Profiles) -> Outcome:
    remembered = engines()
    first = Asked(remembered.first)
    second = None if remembered.second is None else Asked(remembered.second)
    try:
        extraction = extract(data, engine=first, second=second, profiles=profiles, limits=limits())[0]
    except UnreadableDocument:
        return Outcome(case, said(case, dict.fromkeys((*MAIN, *EXTRA))), kind=case.kind)
    confidences = {name: extraction.fields.get(name).confidence for name in (*MAIN, *EXTRA)}
    return Outcome(
        case,
        said(case, _values(extraction), confidences),
        accepted=decide(check_document(extraction, DAY)) is Decision.ACCEPT,
        dated=is_dated(case, extraction.fields.completed_on.value),
        known=extraction.profile is not None,
        kind=case.kind if case.origin == "real" else extraction.media,
        pixels=first.asked,
        second=second is not None and second.asked,
    )


def is_dated(case: Case, value: str | None) -> bool:
    """Whether a completion date was said, and is the one meant."""
    truth = case.truth.get("completed_on", case.settled_on)
    return value is not None and same("completed_on", value, truth)


def _values(extraction: Extraction) -> dict[FieldName, str | None]:
    return {name: extraction.fields.get(name).value or None for name in (*MAIN, *EXTRA)}


def _plain(case: Case, data: bytes) -> Outcome:
    return Outcome(case, said(case, baseline.read(data)))


def said(
    case: Case, values: dict[FieldName, str | None], confidences: dict[FieldName, float] | None = None
) -> dict[FieldName, Answer]:
    """The answers that `values` are, for the fields among them that are scored."""
    return {
        name: Answer(
            labelled=bool(case.truth[name]),
            said=value is not None,
            right=same(name, value, case.truth[name]),
            confidence=(confidences or {}).get(name, 0.0),
        )
        for name, value in values.items()
        if name in case.truth
    }


def left_out_outcomes(judged: Sequence[Judged]) -> list[Outcome]:
    """Documents under weights, and a bar of acceptance, that have not seen their issuer.

    A document of which a main field is not scored counts as left for review: nothing can be said of accepting it.
    """
    bars = bars_left_out(judged)
    return [outcome_at(one, bars[one.seen.reading.case.issuer]) for one in judged]


def bars_left_out(judged: Sequence[Judged]) -> dict[str, float]:
    """For every issuer the bar that the documents of all the other issuers give, each judged without its own."""
    by_issuer = [(one.seen.reading.case.issuer, one) for one in judged]
    return {
        issuer: threshold([one for other, one in by_issuer if other != issuer])
        for issuer in {name for name, _ in by_issuer}
    }


def outcome_at(judged: Judged, bar: float) -> Outcome:
    """What a bar of acceptance makes of a document."""
    case = judged.seen.reading.case
    answers = {
        name: Answer(bool(case.truth[name]), belief.chosen, belief.right, confidence)
        for name, (belief, confidence) in judged.beliefs.items()
    }
    sure = judged.sure if len(answers) == len(MAIN) else 0.0
    date = answers.get("completed_on")
    dated = date is not None and date.said and date.right
    return Outcome(case, answers, accepted=sure >= bar, dated=dated, sure=sure, kind=case.kind)
