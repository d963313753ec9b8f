"""Review: each decision is an entry, what is accepted goes the automatic way, and the file ends where it belongs."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline import intake as intake_module
from pipeline.desk import Desk
from pipeline.errors import StorageError, WrongUse
from pipeline.folders.register import document_rows
from pipeline.ledger.events import ReviewDecided
from pipeline.people.statements import StatedClaim, add_person
from pipeline.review import reviewing as reviewing_module
from pipeline.review.review_queue import offered, open_reviews
from pipeline.review.reviewing import (
    StatedExam,
    StatedHolding,
    Whose,
    accept,
    accept_exam,
    accept_holding,
    recheck,
    reject,
)
from tests.pipeline.desks import drop, person
from tests.pipeline.test_intake import COURSE, files, run


def decisions(desk: Desk) -> list[ReviewDecided]:
    return [entry.event for entry in desk.ledger.entries() if isinstance(entry.event, ReviewDecided)]


def waiting(desk: Desk, **shown: str) -> int:
    drop(desk, "cert.pdf", COURSE | shown)
    run(desk)
    return open_reviews(desk.ledger)[-1].number


def test_accepting_with_a_new_person_records_the_activity_and_files_the_document(desk: Desk) -> None:
    decided = accept(desk, waiting(desk), whose=Whose(add=True))
    state = desk.ledger.state()
    assert decided.holder is not None and state.holders[decided.holder].name == "Ada Example"
    assert [activity.by for activity in state.activities.values()] == ["Rita Reviewer"]
    assert not files(desk.settings.review) and len(files(desk.settings.done)) == 1
    assert [decision.decision for decision in decisions(desk)] == ["accept"]
    assert open_reviews(desk.ledger) == ()


def test_accepting_as_an_alias_makes_the_next_one_automatic(desk: Desk) -> None:
    holder = person(desk, "Ada Maria Sample")
    accept(desk, waiting(desk), whose=Whose(alias_of=holder))
    drop(desk, "next.pdf", COURSE | {"course_name": "Next", "validation_code": "N-1"})
    [document] = run(desk).documents
    assert document.certificates[0].entry is not None


def test_a_fix_keeps_before_and_after_and_marks_the_value_as_stated(desk: Desk) -> None:
    holder = person(desk, "Ada Example")
    number = waiting(desk, completed_on="2026-10", started_on="2026-09-01")
    accept(desk, number, {"completed_on": "2026-10-05", "started_on": ""})
    [activity] = desk.ledger.state().activities_of(holder)
    assert activity.facts.completed_on == dt.date(2026, 10, 5)
    assert activity.facts.stated == ("completed_on", "started_on")
    [decision] = decisions(desk)
    assert decision.decision == "fix"
    assert decision.before == {"completed_on": "2026-10", "started_on": "2026-09-01"}
    assert decision.after == {"completed_on": "2026-10-05", "started_on": None}


@pytest.mark.parametrize(
    "shown",
    [
        {"completed_on": "2031-01-01"},
        {"completed_on": "2026-10"},
        {"started_on": "2026-11-01"},
        {"document_type": "in_progress"},
    ],
)
def test_what_cannot_be_is_not_accepted_even_by_a_person(desk: Desk, shown: dict[str, str]) -> None:
    person(desk, "Ada Example")
    number = waiting(desk, **shown)
    with pytest.raises(WrongUse):
        accept(desk, number)
    assert desk.ledger.state().activities == {}
    assert [row.number for row in open_reviews(desk.ledger)] == [number]


@pytest.mark.parametrize(
    "change", [{"completed": "2026-10-05"}, {"completed_on": "05.10.2026"}, {"document_type": "x"}]
)
def test_a_change_that_cannot_be_meant_is_named(desk: Desk, change: dict[str, str]) -> None:
    person(desk, "Ada Example")
    number = waiting(desk, completed_on="2026-10")
    with pytest.raises(WrongUse) as told:
        accept(desk, number, change)
    assert next(iter(change.values())) in str(told.value) or next(iter(change)) in str(told.value)


def test_what_became_a_duplicate_meanwhile_is_refused_with_the_entry(desk: Desk) -> None:
    drop(desk, "a.pdf", COURSE)
    drop(desk, "b.pdf", COURSE | {"hours": "3"})
    run(desk)
    first, second = (row.number for row in open_reviews(desk.ledger))
    entry = accept(desk, first, whose=Whose(add=True)).entry
    with pytest.raises(WrongUse, match=f"entry {entry}"):
        accept(desk, second)


def test_a_rejection_keeps_the_reason_beside_the_file(desk: Desk) -> None:
    number = waiting(desk)
    reject(desk, number, "not one of ours")
    assert files(desk.settings.rejected) == {"cert.pdf", "cert.pdf.why.txt"}
    assert not files(desk.settings.review)
    assert [(decision.decision, decision.why) for decision in decisions(desk)] == [("reject", "not one of ours")]
    assert desk.settings.review.is_dir()


def test_a_decision_that_dies_before_its_file_moves_is_finished_by_the_next_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = waiting(desk)
    with monkeypatch.context() as patched:
        patched.setattr(reviewing_module, "_move", lambda *_: None)
        accept(desk, number, whose=Whose(add=True))
    assert files(desk.settings.review) == {"cert.pdf"}
    run(desk)
    assert not files(desk.settings.review) and len(files(desk.settings.done)) == 1


def test_a_file_that_cannot_be_moved_leaves_the_decision_standing_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = waiting(desk)
    with monkeypatch.context() as patched:

        def full(*_: object) -> bool:
            raise StorageError("Could not file a document: No space left.", "Free space.")

        patched.setattr(reviewing_module, "file_reviewed", full)
        with pytest.raises(StorageError, match=r"decided and written down.*No space left") as told:
            accept(desk, number, whose=Whose(add=True))
    assert "next `recert ingest`" in told.value.action
    assert len(desk.ledger.state().activities) == 1 and open_reviews(desk.ledger) == ()
    run(desk)
    assert not files(desk.settings.review) and len(files(desk.settings.done)) == 1


def test_a_decision_while_the_file_is_still_on_its_way_to_review_is_not_undone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(desk, "cert.pdf", COURSE)
    real = intake_module.file_away

    def decided_meanwhile(*arguments: Any) -> Path:
        accept(desk, open_reviews(desk.ledger)[0].number, whose=Whose(add=True))
        return real(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(intake_module, "file_away", decided_meanwhile)
        run(desk)
    run(desk)
    assert [row.state for row in document_rows(desk.settings, desk.ledger)] == ["done"]
    assert not files(desk.settings.review) and len(files(desk.settings.done)) == 1


def test_a_file_with_notes_saved_into_it_while_it_waited_is_filed_as_it_is(desk: Desk) -> None:
    number = waiting(desk)
    [kept] = [path for path in desk.settings.review.rglob("*") if path.is_file()]
    kept.write_text("with notes")
    accept(desk, number, whose=Whose(add=True))
    [filed] = [path for path in desk.settings.done.rglob("*") if path.is_file()]
    assert filed.read_text() == "with notes"


@pytest.mark.parametrize("number", [0, 1, 10**20])
def test_a_number_that_was_never_given_is_said(desk: Desk, number: int) -> None:
    with pytest.raises(WrongUse, match=f"no review {number}"):
        reject(desk, number, "no")


def test_a_review_is_decided_once(desk: Desk) -> None:
    number = waiting(desk)
    reject(desk, number, "no")
    with pytest.raises(WrongUse, match="already"):
        accept(desk, number, whose=Whose(add=True))


def test_the_file_of_two_certificates_moves_once_both_are_decided(desk: Desk) -> None:
    drop(desk, "both.pdf", COURSE, COURSE | {"course_name": "Another", "validation_code": "CD-1"})
    run(desk)
    first, second = (row.number for row in open_reviews(desk.ledger))
    accept(desk, first, whose=Whose(add=True))
    assert files(desk.settings.review) == {"both.pdf"}
    reject(desk, second, "a sample")
    assert not files(desk.settings.review) and len(files(desk.settings.done)) == 1


@pytest.mark.parametrize(
    ("first", "state"), [({}, "duplicate"), ({"course_name": "Third", "validation_code": "EF-1"}, "done")]
)
def test_a_rejected_rest_leaves_a_duplicate_or_what_was_recorded(desk: Desk, first: dict[str, str], state: str) -> None:
    person(desk, "Ada Example")
    drop(desk, "known.pdf", COURSE)
    run(desk)
    unsure = COURSE | {"course_name": "Another", "validation_code": "CD-1", "confidence": "0.8"}
    drop(desk, "both.pdf", COURSE | first, unsure)
    run(desk)
    reject(desk, open_reviews(desk.ledger)[0].number, "a sample")
    [row] = [row for row in document_rows(desk.settings, desk.ledger) if row.name == "both.pdf"]
    assert (row.state, len(row.entries)) == (state, 1)
    assert len(files(desk.settings.done / "duplicates")) == (state == "duplicate")
    assert len(files(desk.settings.done)) == 2


def test_an_exam_document_is_recorded_as_an_exam(desk: Desk) -> None:
    holder = person(desk, "Ada Example", ("cisco", "CCNP", "professional", dt.date(2025, 1, 1)))
    number = waiting(desk, document_type="exam", course_name="300-410")
    accept_exam(desk, number, StatedExam("cisco", "concentration"))
    [exam] = desk.ledger.state().holders[holder].exams.values()
    assert (exam.program, exam.kind, exam.passed_on) == ("cisco", "concentration", dt.date(2026, 10, 2))


def test_a_certification_document_is_recorded_as_a_holding(desk: Desk) -> None:
    holder = person(desk, "Ada Example")
    number = waiting(desk, document_type="certification", course_name="CCNA", expires_on="2029-10-02")
    accept_holding(desk, number, StatedHolding("cisco", "associate"))
    holding = desk.ledger.state().holders[holder].holdings["cisco", "CCNA"]
    assert (holding.earned_on, holding.expires_on) == (dt.date(2026, 10, 2), dt.date(2029, 10, 2))


def test_recheck_records_what_passes_once_the_person_is_known(desk: Desk) -> None:
    waiting(desk)
    assert recheck(desk) == ()
    add_person(desk, "Ada Example")
    [decided] = recheck(desk)
    assert decided.entry is not None
    assert open_reviews(desk.ledger) == ()


def test_the_offered_commands_name_who_comes_near(desk: Desk) -> None:
    person(desk, "Ada Exemple")
    waiting(desk)
    [row] = open_reviews(desk.ledger)
    assert "recert review accept 1 --alias-of 'Ada Exemple'" in offered(row, desk.ledger)


def test_recheck_leaves_what_has_become_a_duplicate_and_goes_on(desk: Desk) -> None:
    drop(desk, "a.pdf", COURSE)
    drop(desk, "b.pdf", COURSE | {"hours": "3"})
    drop(desk, "c.pdf", COURSE | {"course_name": "Another", "validation_code": "CD-1"})
    run(desk)
    add_person(desk, "Ada Example")
    assert len(recheck(desk)) == 2
    [left] = open_reviews(desk.ledger)
    assert left.certificate.name in {"a.pdf", "b.pdf"}


def test_recheck_passes_nothing_that_lay_in_somebody_elses_folder(desk: Desk) -> None:
    person(desk, "Ada Example")
    person(desk, "Bo Sample")
    drop(desk, "Bo Sample/cert.pdf", COURSE)
    run(desk)
    assert recheck(desk) == ()
    assert len(open_reviews(desk.ledger)) == 1


def test_recheck_passes_nothing_that_was_drawn_for_a_look(desk: Desk) -> None:
    person(desk, "Ada Example")
    desk = replace(desk, settings=desk.settings.model_copy(update={"sample_share": Decimal(1)}))
    number = waiting(desk)
    assert recheck(desk) == ()
    assert [row.number for row in open_reviews(desk.ledger)] == [number]


@pytest.mark.parametrize("held", [StatedHolding("nowhere", "associate"), StatedHolding("cisco", "grandmaster")])
def test_a_holding_that_no_program_knows_is_refused(desk: Desk, held: StatedHolding) -> None:
    person(desk, "Ada Example")
    number = waiting(desk, document_type="certification", course_name="CCNA")
    before = desk.ledger.head()
    with pytest.raises(WrongUse):
        accept_holding(desk, number, held)
    assert desk.ledger.head() == before


def test_an_exam_of_a_kind_that_the_program_does_not_know_is_refused(desk: Desk) -> None:
    person(desk, "Ada Example", ("cisco", "CCNP", "professional", dt.date(2025, 1, 1)))
    number = waiting(desk, document_type="exam", course_name="300-410")
    with pytest.raises(WrongUse, match="kind"):
        accept_exam(desk, number, StatedExam("cisco", "driving"))
    with pytest.raises(WrongUse, match="credits"):
        accept_exam(desk, number, StatedExam("cisco", "concentration"), {"credits": "many"})


def test_a_refused_accept_adds_nobody(desk: Desk) -> None:
    number = waiting(desk)
    with pytest.raises(WrongUse):
        accept(desk, number, whose=Whose(add=True), claims=[StatedClaim("cisco", "nonsense", None)])
    assert desk.ledger.state().holders == {}


def test_saying_whose_it_is_makes_no_alias(desk: Desk) -> None:
    person(desk, "Ada Maria Example")
    chosen = person(desk, "Ada Berta Example")
    decided = accept(desk, waiting(desk), whose=Whose(holder=chosen))
    assert decided.holder == chosen
    drop(desk, "next.pdf", COURSE | {"course_name": "Next", "validation_code": "N-1"})
    [document] = run(desk).documents
    assert document.certificates[0].entry is None


def test_a_rejection_is_kept_under_the_key_of_whose_it_is(desk: Desk) -> None:
    holder = person(desk, "Ada Example")
    reject(desk, waiting(desk, completed_on="2026-10"), "no day")
    [entry] = [entry for entry in desk.ledger.entries() if isinstance(entry.event, ReviewDecided)]
    assert entry.subject == holder
