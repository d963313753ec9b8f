"""What waits in review is asked about again when it is accepted: another file of it may be recorded by now."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import Doubtful, RecertError, WrongUse
from pipeline.ledger.events import ExamRecorded, ReviewDecided
from pipeline.people.statements import add_person, correct, void
from pipeline.review.review_queue import offered, open_reviews, shown
from pipeline.review.reviewing import (
    Decided,
    StatedExam,
    StatedHolding,
    Whose,
    accept,
    accept_exam,
    accept_holding,
    recheck,
)
from tests.pipeline.desks import drop, person
from tests.pipeline.test_intake import COURSE, run

# Read from pixels: certain of nothing, so that each of its files waits for a person.
PICTURE = {
    "holder_name": "Ada Example",
    "course_name": "Routing for Gardeners",
    "completed_on": "2026-10-02",
    "confidence": "0.86",
}


def two_files(desk: Desk, **other: str) -> tuple[int, int]:
    """Two files of one certificate, both in review; `other` is what the second shows otherwise."""
    drop(desk, "a.tiff", PICTURE)
    drop(desk, "b.webp", PICTURE | {"hours": "3"} | other)
    run(desk)
    first, second = (row.number for row in open_reviews(desk.ledger))
    return first, second


def recorded(desk: Desk) -> int:
    return sum(not activity.voided for activity in desk.ledger.state().activities.values())


def test_the_second_file_of_one_certificate_is_not_recorded_without_a_word(desk: Desk) -> None:
    person(desk, "Ada Example")
    first, second = two_files(desk)
    entry = accept(desk, first).entry
    head = desk.ledger.head()
    with pytest.raises(Doubtful, match=f"entry {entry}: “Routing for Gardeners”") as told:
        accept(desk, second)
    assert "--anyway" in told.value.action and f"reject {second}" in told.value.action
    assert desk.ledger.head() == head
    assert [row.number for row in open_reviews(desk.ledger)] == [second]


def test_a_person_may_say_that_it_is_another_one(desk: Desk) -> None:
    person(desk, "Ada Example")
    first, second = two_files(desk)
    accept(desk, first)
    accept(desk, second, anyway=True)
    assert recorded(desk) == 2
    decisions = [entry.event for entry in desk.ledger.entries() if isinstance(entry.event, ReviewDecided)]
    assert [decision.why for decision in decisions] == [None, "recorded in spite of possible_duplicate"]


def test_values_that_a_person_states_are_asked_about_as_stated(desk: Desk) -> None:
    person(desk, "Ada Example")
    first, second = two_files(desk, course_name="Ranting for Gardens", completed_on="2026-10-20")
    accept(desk, first)
    with pytest.raises(Doubtful):
        accept(desk, second, {"course_name": "Routing for Gardeners", "completed_on": "2026-10-02"})
    accept(desk, second, {"completed_on": "2026-10-21"})
    assert recorded(desk) == 2


def test_a_refusal_adds_neither_a_person_nor_an_alias(desk: Desk) -> None:
    holder = person(desk, "Ada Sample")
    first, second = two_files(desk, holder_name="A. Example")
    accept(desk, first, whose=Whose(alias_of=holder))
    with pytest.raises(Doubtful):
        accept(desk, second, whose=Whose(alias_of=holder))
    assert desk.ledger.state().holders[holder].aliases == ("Ada Example",)


def test_what_the_review_showed_when_it_came_needs_no_second_word(desk: Desk) -> None:
    person(desk, "Ada Example")
    drop(desk, "a.pdf", COURSE)
    run(desk)
    drop(desk, "b.webp", PICTURE)
    run(desk)
    [row] = open_reviews(desk.ledger)
    assert "possible_duplicate" in {found.code for found in row.certificate.findings}
    accept(desk, row.number)
    assert recorded(desk) == 2


def test_a_third_file_is_news_beside_the_one_that_was_shown(desk: Desk) -> None:
    person(desk, "Ada Example")
    drop(desk, "a.pdf", COURSE)
    run(desk)
    second, third = two_files(desk)
    entry = accept(desk, second).entry
    with pytest.raises(Doubtful, match=f"entry {entry}:"):
        accept(desk, third)


def test_an_entry_that_was_corrected_is_news_and_a_voided_one_is_not(desk: Desk) -> None:
    person(desk, "Ada Example")
    first, second = two_files(desk)
    entry = accept(desk, first).entry
    assert entry is not None
    correct(desk, entry, {"course_name": "Routing for Gardener"}, "typed wrong")
    with pytest.raises(Doubtful, match="Routing for Gardener”"):
        accept(desk, second)
    void(desk, entry, "not ours")
    accept(desk, second)
    assert recorded(desk) == 1


def test_the_code_of_somebody_else_is_news(desk: Desk) -> None:
    person(desk, "Ada Example")
    person(desk, "Bo Sample")
    first, second = two_files(desk, holder_name="Bo Sample", validation_code="AB-1")
    entry = accept(desk, first, {"validation_code": "AB-1"}, anyway=True).entry
    with pytest.raises(Doubtful, match=f"recorded for Ada Example already, in entry {entry}"):
        accept(desk, second)


def test_what_is_provably_recorded_is_refused_whatever_is_said(desk: Desk) -> None:
    person(desk, "Ada Example")
    first, second = two_files(desk)
    code = {"validation_code": "AB-1"}
    entry = accept(desk, first, code).entry
    with pytest.raises(WrongUse, match=f"recorded already, as entry {entry}"):
        accept(desk, second, code, anyway=True)
    assert recorded(desk) == 1


def test_a_decided_review_says_so_first(desk: Desk) -> None:
    person(desk, "Ada Example")
    first, _ = two_files(desk)
    accept(desk, first)
    with pytest.raises(WrongUse, match="accepted already"):
        accept(desk, first)


def test_recheck_records_one_of_two_files(desk: Desk) -> None:
    drop(desk, "a.pdf", PICTURE | {"confidence": "0.99"})
    drop(desk, "b.pdf", PICTURE | {"confidence": "0.99", "hours": "3"})
    run(desk)
    add_person(desk, "Ada Example")
    [decided] = recheck(desk)
    assert recorded(desk) == 1
    [left] = shown(desk.ledger, open_reviews(desk.ledger))
    assert left.number != decided.number
    assert "possible_duplicate" in {found.code for found in left.certificate.findings}


def test_two_people_at_once_record_one(desk: Desk) -> None:
    person(desk, "Ada Example")
    start, outcomes = threading.Barrier(2), []

    def decide(number: int) -> None:
        start.wait()
        try:
            outcomes.append(type(accept(desk, number)))
        except RecertError as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=decide, args=(number,)) for number in two_files(desk)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) == {Decided, Doubtful}
    assert recorded(desk) == 1


def test_the_queue_shows_what_is_known_today(desk: Desk) -> None:
    person(desk, "Ada Example")
    first, second = two_files(desk)
    accept(desk, first)
    [row] = open_reviews(desk.ledger)
    [today] = shown(desk.ledger, [row])
    codes = {found.code for found in today.certificate.findings}
    assert codes - {found.code for found in row.certificate.findings} == {"possible_duplicate"}
    assert offered(row, desk.ledger)[0] == f"recert review accept {second} --anyway"


def test_the_queue_forgets_what_is_settled(desk: Desk) -> None:
    two_files(desk)
    before = open_reviews(desk.ledger)
    add_person(desk, "Ada Example")
    for row in shown(desk.ledger, before):
        assert "holder_unknown" not in {found.code for found in row.certificate.findings}
        assert offered(row, desk.ledger)[0] == f"recert review accept {row.number}"


def test_a_proven_duplicate_is_offered_for_rejection(desk: Desk) -> None:
    first, second = two_files(desk, validation_code="AB-1", confidence="0.86")
    entry = accept(desk, first, {"validation_code": "AB-1"}, Whose(add=True)).entry
    [row] = open_reviews(desk.ledger)
    assert offered(row, desk.ledger)[-1] == f'recert review reject {second} --why "duplicate of entry {entry}"'
    assert not any("accept" in command for command in offered(row, desk.ledger))


EXAM = PICTURE | {"document_type": "exam", "course_name": "300-410"}


def exams(desk: Desk) -> list[ExamRecorded]:
    return [entry.event for entry in desk.ledger.entries() if isinstance(entry.event, ExamRecorded)]


def test_an_exam_is_not_recorded_from_two_files_without_a_word(desk: Desk) -> None:
    person(desk, "Ada Example", ("cisco", "CCNP", "professional", dt.date(2025, 1, 1)))
    first, second = two_files(desk, **EXAM)
    stated = StatedExam("cisco", "concentration")
    entry = accept_exam(desk, first, stated, {"document_type": "exam", "course_name": "300-410"}).entry
    with pytest.raises(Doubtful, match=f"entry {entry}: an exam of cisco, passed on 2026-10-02"):
        accept_exam(desk, second, stated)
    assert len(exams(desk)) == 1
    accept_exam(desk, second, StatedExam("cisco", "core"))
    assert [exam.kind for exam in exams(desk)] == ["concentration", "core"]


HELD = PICTURE | {"document_type": "certification", "course_name": "CCNA"}


@pytest.mark.parametrize(
    ("earned", "level", "refused"),
    [("2026-10-02", "associate", False), ("2023-10-02", "associate", True), ("2026-10-02", "specialist", True)],
)
def test_a_certification_is_not_replaced_without_a_word(desk: Desk, earned: str, level: str, refused: bool) -> None:
    holder = person(desk, "Ada Example", ("cisco", "CCNA", level, dt.date.fromisoformat(earned)))
    drop(desk, "a.tiff", HELD)
    run(desk)
    accepting: Callable[..., Decided] = lambda **how: accept_holding(  # noqa: E731
        desk, 1, StatedHolding("cisco", "associate"), **how
    )
    if refused:
        with pytest.raises(Doubtful, match=f"CCNA is recorded for Ada Example as {level} since {earned}"):
            accepting()
    accepting(anyway=refused)
    assert desk.ledger.state().holders[holder].holdings["cisco", "CCNA"].earned_on == dt.date(2026, 10, 2)


def test_the_command_refuses_lists_and_takes_the_word(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person(desk, "Ada Example")
    first, second = two_files(desk)
    entry = accept(desk, first).entry
    for name in ("share", "home"):
        monkeypatch.setenv(f"RECERT_{name.upper()}", str(getattr(desk.settings, name)))
    listed = CliRunner().invoke(recert, ["review", "list", "--format", "jsonl"], standalone_mode=False)
    assert f"It may be entry {entry}" in listed.output
    show = CliRunner().invoke(recert, ["review", "show", str(second)], standalone_mode=False)
    assert f"It may be entry {entry}" in show.output and f"accept {second} --anyway" in show.output
    refused = CliRunner().invoke(recert, ["review", "accept", str(second)], standalone_mode=False)
    assert isinstance(refused.exception, Doubtful)
    CliRunner().invoke(recert, ["review", "accept", str(second), "--anyway"], standalone_mode=False)
    assert recorded(desk) == 2
