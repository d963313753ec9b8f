"""The accuracy benchmark counts what it says it counts, and accepts nothing by a bar that has seen the document."""

import dataclasses
import io
import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from benchmarks.accuracy import baseline, corpus
from benchmarks.accuracy.corpus import MAIN, Case
from benchmarks.accuracy.figures import curve, every_bar, figures, reliability, upper_bound
from benchmarks.accuracy.learning import LEAST_ACCEPT, Judged
from benchmarks.accuracy.measuring import Answer, Measured, Outcome, bars_left_out, is_dated, left_out_outcomes, said
from benchmarks.accuracy.observing import Belief, Seen
from benchmarks.accuracy.reading import Reading
from benchmarks.accuracy.reporting import picture_of, placed, report_of, shown
from extractors.finder import find_fields
from extractors.model import FieldName

TRUTH: dict[FieldName, tuple[str, ...]] = {
    "holder_name": ("Ada Beispiel",),
    "course_name": ("Sums for All", "Sums"),
    "completed_on": ("2024-03-01",),
    "validation_code": (),
    "hours": ("4.5",),
}
UNDATED = {name: value for name, value in TRUTH.items() if name != "completed_on"}
RIGHT: dict[FieldName, str | None] = {
    "holder_name": "Beispiel, Ada",
    "course_name": "sums",
    "completed_on": "2024-03-01",
    "validation_code": None,
    "hours": "4.50",
}


def _case(name: str = "one.pdf", issuer: str = "Somebody", **changed: object) -> Case:
    case = Case(name=name, origin="real", issuer=issuer, truth=TRUTH, load=bytes, kind="pdf-text")
    return dataclasses.replace(case, **changed)


def _outcome(case: Case, values: dict[FieldName, str | None], sure: float = 0.99, accepted: bool = True) -> Outcome:
    dated = is_dated(case, values["completed_on"])
    return Outcome(case, said(case, values, dict.fromkeys(values, sure)), accepted=accepted, dated=dated, sure=sure)


def test_a_field_is_right_wrong_or_missed() -> None:
    outcomes = [
        _outcome(_case(), RIGHT),
        _outcome(_case(), RIGHT | {"course_name": "Sums for Some", "validation_code": "AB-12"}),
        _outcome(_case(), RIGHT | {"course_name": None}),
    ]
    found = figures(outcomes)
    course, code = found.fields["course_name"], found.fields["validation_code"]
    assert (course.labelled, course.right, course.wrong, course.missed) == (3, 1, 1, 1)
    assert (course.recall, course.precision) == (1 / 3, 1 / 2)
    assert (code.labelled, code.wrong, code.recall, code.precision) == (0, 1, None, 0.0)
    assert (found.items, found.item_accuracy) == (1, 1 / 3)


@pytest.mark.parametrize(
    ("changed", "values"),
    [
        ({}, {"course_name": "Sums for Some"}),
        ({}, {"hours": "45"}),
        ({"certificate": False}, {}),
        ({"truth": UNDATED, "settled_on": ("2024-01-03",)}, {}),
        ({"truth": UNDATED}, {}),
    ],
    ids=["course", "hours", "no certificate", "the other legal date", "a date where none is"],
)
def test_what_must_not_be_accepted_counts_as_wrong(changed: dict[str, object], values: dict[FieldName, str]) -> None:
    case = _case(**changed)
    assert not _outcome(_case(), RIGHT).accepted_wrong
    assert _outcome(case, RIGHT | values).accepted_wrong
    assert not _outcome(case, RIGHT | values, accepted=False).accepted_wrong
    assert not _outcome(_case(), RIGHT | {"hours": None}).accepted_wrong
    assert not _outcome(_case(truth=UNDATED, settled_on=("2024-03-01",)), RIGHT).accepted_wrong


def test_the_bound_is_the_rule_of_three_for_none_wrong() -> None:
    assert upper_bound(0, 0) is None
    assert upper_bound(3, 3) == 1.0
    for count in (20, 100, 300):
        assert upper_bound(0, count) == pytest.approx(1 - 0.05 ** (1 / count))
        assert upper_bound(0, count) == pytest.approx(3 / count, rel=0.08)


@given(st.integers(0, 40), st.integers(1, 40))
def test_seeing_as_few_wrong_is_unlikely_at_the_bound(wrong: int, more: int) -> None:
    count = wrong + more
    bound = upper_bound(wrong, count)
    assert bound is not None
    chance = sum(math.comb(count, k) * bound**k * (1 - bound) ** (count - k) for k in range(wrong + 1))
    assert chance == pytest.approx(0.05, rel=1e-6)


def test_confidences_are_held_against_what_came_true() -> None:
    outcomes = [_outcome(_case(), RIGHT, sure=0.9) for _ in range(8)]
    outcomes += [_outcome(_case(), RIGHT | {"holder_name": "Somebody Else"}, sure=0.9) for _ in range(2)]
    tables = reliability(outcomes)
    assert tables["holder_name"].error == pytest.approx(0.1)
    assert tables["course_name"].error == pytest.approx(0.1)
    assert [(one.count, one.right) for one in tables["holder_name"].bins] == [(10, 0.8)]
    assert (tables["validation_code"].count, tables["no validation_code"].count) == (0, 10)
    assert tables["all values"].count == 30


def test_a_higher_bar_never_accepts_more() -> None:
    outcomes = [_outcome(_case(), RIGHT, sure=sure / 10) for sure in range(10)]
    points = curve(outcomes, every_bar(outcomes))
    assert [point.accepted for point in points] == list(range(1, 10))
    assert [point.wrong for point in points] == [0] * 9


def _judged(issuer: str, sure: float, right: bool, fields: Sequence[FieldName] = MAIN) -> Judged:
    case = _case(issuer=issuer, name=f"{issuer}-{sure}.pdf")
    seen = Seen(Reading(case, (), None), None, find_fields((), None, None))
    return Judged(seen, {name: (Belief(name, True, {}, right), sure ** (1 / len(fields))) for name in fields})


def test_no_issuer_sets_the_bar_that_it_is_judged_by() -> None:
    judged = [_judged("careless", 0.99, right=False), _judged("other", 0.97, right=True), _judged("third", 0.96, True)]
    bars = bars_left_out(judged)
    assert bars["careless"] == LEAST_ACCEPT
    assert bars["other"] == bars["third"] > 0.99
    outcomes = left_out_outcomes(judged)
    assert [(one.accepted, one.accepted_wrong) for one in outcomes] == [(True, True), (False, False), (False, False)]


def test_a_document_without_a_scored_date_is_left_for_review() -> None:
    (one,) = left_out_outcomes([_judged("any", 0.999, True, fields=MAIN[:2])])
    assert not one.accepted


def test_the_report_and_the_picture_hold_nothing_of_a_document() -> None:
    outcome = _outcome(_case(language="de"), RIGHT | {"course_name": "Sums for Some"})
    measured = [Measured(product=outcome, unknown=outcome, plain=outcome)]
    report = report_of(measured, [outcome], bars=[0.95, 0.96], accept=0.956, lacking=("nothing",))
    texts = (report.model_dump_json(), shown(report), picture_of([outcome]))
    for text in texts:
        assert not any(word in text for word in ("Ada", "Beispiel", "Sums", "Somebody", "2024-03-01"))
    assert report.origins["real"].missed["product"]["course_name"] == ["one"]
    assert "language de" in texts[1] and "<svg" in texts[2]


def test_figures_go_into_their_place_and_nowhere_else() -> None:
    page = Path(corpus.ROOT, "docs", "accuracy.md").read_text(encoding="utf8")
    once = placed(page, "| new |")
    assert "| new |" in once and placed(once, "| new |") == once
    assert once.partition("<!-- figures")[0] == page.partition("<!-- figures")[0]
    assert once.partition("<!-- end")[2] == page.partition("<!-- end")[2]
    with pytest.raises(ValueError, match="no place for figures"):
        placed("a page", "| new |")


def test_the_plain_script_reads_what_a_plain_script_reads() -> None:
    drawn = io.BytesIO()
    canvas = Canvas(drawn)
    for line, text in enumerate(
        (
            "This is to certify that Ada Beispiel",
            "has successfully completed the course",
            "Sums for All",
            "March 1st, 2024",
        )
    ):
        canvas.drawString(72, 700 - 30 * line, text)
    canvas.drawString(72, 500, "Certificate ID: AB-123456")
    canvas.save()
    assert baseline.read(drawn.getvalue()) == {
        "holder_name": "Ada Beispiel",
        "course_name": "Sums for All",
        "completed_on": "2024-03-01",
        "validation_code": "AB-123456",
    }


def test_an_answer_about_an_absent_field_is_right_when_nothing_is_said() -> None:
    assert said(_case(), {"validation_code": None})["validation_code"] == Answer(False, False, True)
