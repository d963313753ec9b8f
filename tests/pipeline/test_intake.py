"""One document, from the inbox to the ledger: where it goes, what is recorded, and that a cut-short run is finished."""

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from pipeline import intake as intake_module
from pipeline.batch import Batch, DocumentState
from pipeline.desk import Desk
from pipeline.errors import StorageError
from pipeline.folders.register import document_rows
from pipeline.ledger.work import Work
from pipeline.run import make_inbox, open_run, sweep
from pipeline.sandbox import Reading
from tests.pipeline.desks import JsonReader, drop, person

COURSE = {
    "holder_name": "Ada Example",
    "course_name": "Routing for Gardeners",
    "completed_on": "2026-10-02",
    "validation_code": "AB-1234-XY",
}


def run(desk: Desk) -> Batch:
    with open_run(desk, JsonReader()) as opened:
        list(sweep(opened, make_inbox(desk).settle(desk.clock.pause)))
        return opened.finish()


def states(batch: Batch) -> dict[str, DocumentState]:
    return {document.name: document.state for document in batch.documents}


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_a_believed_certificate_becomes_an_activity_and_is_filed_under_its_holder(desk: Desk) -> None:
    holder = person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    batch = run(desk)
    assert states(batch) == {"cert.pdf": DocumentState.DONE}
    [activity] = desk.ledger.state().activities_of(holder)
    assert (activity.facts.course_name, activity.facts.completed_on) == ("Routing for Gardeners", dt.date(2026, 10, 2))
    filed = desk.settings.done / "2026" / "Ada Example" / "2026-10-02 Northwind Academy Routing for Gardeners.pdf"
    assert filed.is_file()
    assert not files(desk.settings.inbox) and not files(desk.settings.working)


def test_a_course_number_on_everybodys_certificate_holds_nobody_up(desk: Desk) -> None:
    """Colleagues and repeats are recorded; only holder, course, issuer and day together are one certificate."""
    for name in ("Ada Example", "Bo Sample"):
        person(desk, name)
    numbered = COURSE | {"validation_code": "RG0101EN", "code_unique": "false"}
    for name, shown in {
        "ada.pdf": {},
        "bo.pdf": {"holder_name": "Bo Sample"},
        "ada again.pdf": {"completed_on": "2025-10-02"},
        "ada photographed.pdf": {"hours": "3"},
    }.items():
        drop(desk, name, numbered | shown)
        run(desk)
    rows = {row.name: row.state for row in document_rows(desk.settings, desk.ledger)}
    assert rows == {"ada.pdf": "done", "bo.pdf": "done", "ada again.pdf": "done", "ada photographed.pdf": "duplicate"}


def test_the_same_file_again_is_a_duplicate_and_adds_nothing(desk: Desk) -> None:
    person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    run(desk)
    head = desk.ledger.head()
    drop(desk, "copy of cert.pdf", COURSE)
    assert states(run(desk)) == {"copy of cert.pdf": DocumentState.DUPLICATE}
    assert desk.ledger.head() == head
    assert files(desk.settings.done / "duplicates") == {"copy of cert.pdf"}


def test_another_file_of_the_same_certificate_is_a_duplicate(desk: Desk) -> None:
    person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    drop(desk, "photo.jpg", COURSE | {"hours": "3"})
    assert sorted(states(run(desk)).values()) == [DocumentState.DONE, DocumentState.DUPLICATE]


def test_somebody_unknown_goes_to_review_with_a_number(desk: Desk) -> None:
    drop(desk, "cert.pdf", COURSE)
    [document] = run(desk).documents
    assert document.state is DocumentState.REVIEW
    assert document.certificates[0].review == 1
    assert [finding.code for finding in document.certificates[0].findings] == ["holder_unknown"]
    assert files(desk.settings.review) == {"cert.pdf"}


def test_the_same_file_while_it_waits_is_not_queued_twice(desk: Desk) -> None:
    drop(desk, "cert.pdf", COURSE)
    drop(desk, "again.pdf", COURSE)
    batch = run(desk)
    assert sorted(states(batch).values()) == [DocumentState.DUPLICATE, DocumentState.REVIEW]
    with desk.ledger.reading() as connection:
        assert len(Work(connection).reviews()) == 1


def test_two_certificates_in_one_file_are_two_activities(desk: Desk) -> None:
    holder = person(desk, "Ada Example")
    second = COURSE | {"course_name": "Switching for Gardeners", "validation_code": "CD-1"}
    drop(desk, "both.pdf", COURSE, second)
    assert states(run(desk)) == {"both.pdf": DocumentState.DONE}
    assert len(desk.ledger.state().activities_of(holder)) == 2


def test_the_same_certificate_twice_in_one_file_is_one_activity(desk: Desk) -> None:
    holder = person(desk, "Ada Example")
    drop(desk, "twice.pdf", COURSE, COURSE)
    run(desk)
    assert len(desk.ledger.state().activities_of(holder)) == 1


def test_one_doubtful_certificate_keeps_the_file_in_review_and_the_other_is_recorded(desk: Desk) -> None:
    holder = person(desk, "Ada Example")
    drop(desk, "both.pdf", COURSE, COURSE | {"course_name": "Another", "validation_code": "CD-1", "confidence": "0.6"})
    [document] = run(desk).documents
    assert document.state is DocumentState.REVIEW
    assert len(desk.ledger.state().activities_of(holder)) == 1
    assert [certificate.review for certificate in document.certificates] == [None, 1]


def test_a_damaged_file_is_tried_again_and_then_rejected_with_the_reason(desk: Desk) -> None:
    (desk.settings.inbox / "cut.pdf").write_bytes(b"{")
    assert states(run(desk)) == {"cut.pdf": DocumentState.WAITING}
    assert files(desk.settings.inbox) == {"cut.pdf"}
    assert states(run(desk)) == {"cut.pdf": DocumentState.REJECTED}
    assert files(desk.settings.rejected) == {"cut.pdf", "cut.pdf.why.txt"}
    assert "does not hold together" in (desk.settings.rejected / "cut.pdf.why.txt").read_text()


def test_a_file_that_was_rejected_is_given_all_its_attempts_when_it_is_dropped_again(desk: Desk) -> None:
    for _ in range(2):
        (desk.settings.inbox / "cert.pdf").write_text("damaged")
        seen = [states(run(desk))["cert.pdf"] for _ in range(desk.settings.attempts)]
        assert seen == [DocumentState.WAITING] * (desk.settings.attempts - 1) + [DocumentState.REJECTED]


def test_a_link_is_set_aside_and_its_target_is_not_read(desk: Desk, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(json.dumps([COURSE]))
    (desk.settings.inbox / "link.pdf").symlink_to(secret)
    assert states(run(desk)) == {"link.pdf": DocumentState.REJECTED}
    assert secret.read_text() == json.dumps([COURSE])


def test_an_activity_counts_and_the_difference_is_told(desk: Desk) -> None:
    earned = dt.date(2024, 3, 1)
    person(desk, "Ada Example", ("cisco", "CCNA", "associate", earned))
    shown = COURSE | {"profile": "cisco-digital-learning", "credits": "12", "credit_unit": "CE credits"}
    drop(desk, "cert.pdf", shown)
    batch = run(desk)
    [difference] = batch.differences
    assert difference.holder == "Ada Example"
    assert "12" in difference.sentence
    assert batch.documents[0].certificates[0].claims[0].credits == "12"


@pytest.mark.parametrize("step", ["before the transaction", "before the move", "before the mark"])
def test_a_run_that_dies_at_any_step_is_finished_by_the_next(
    desk: Desk, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    place: dict[str, tuple[object, str]] = {
        "before the transaction": (intake_module, "judge"),
        "before the move": (intake_module, "file_away"),
        "before the mark": (Work, "document_filed"),
    }
    module, name = place[step]
    with monkeypatch.context() as patched:
        patched.setattr(module, name, _die)
        with pytest.raises(KeyboardInterrupt):
            run(desk)
    run(desk)
    assert len(desk.ledger.state().activities_of(holder)) == 1
    assert files(desk.settings.done) == {"2026-10-02 Northwind Academy Routing for Gardeners.pdf"}
    assert not files(desk.settings.inbox) and not files(desk.settings.working)
    [row] = document_rows(desk.settings, desk.ledger)
    assert row.state == "done"


def _die(*_arguments: object, **_options: object) -> None:
    raise KeyboardInterrupt


def test_a_full_disk_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    real: Callable[[int], None] = os.fsync

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StorageError):
            run(desk)
    assert os.fsync is real
    run(desk)
    assert len(files(desk.settings.done)) == 1


@pytest.mark.parametrize("step", ["before the move", "before the mark"])
def test_a_link_that_a_dying_run_refused_is_one_document(
    desk: Desk, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "target.pdf").write_text("[]")
    (desk.settings.inbox / "link.pdf").symlink_to(tmp_path / "target.pdf")
    place: dict[str, tuple[object, str]] = {
        "before the move": (intake_module, "file_away"),
        "before the mark": (Work, "document_filed"),
    }
    with monkeypatch.context() as patched:
        patched.setattr(*place[step], _die)
        with pytest.raises(KeyboardInterrupt):
            run(desk)
    run(desk)
    assert [row.state for row in document_rows(desk.settings, desk.ledger)] == ["rejected"]
    assert sorted(path.name for path in desk.settings.rejected.iterdir()) == ["link.pdf", "link.pdf.why.txt"]


def test_a_file_that_changes_while_it_is_read_is_read_again(desk: Desk) -> None:
    person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)

    class Late(JsonReader):
        def read_many(self, jobs: Iterable[tuple[Path, str]]) -> Iterator[Reading]:
            for path, name in jobs:
                [reading] = super().read_many([(path, name)])
                path.write_text(json.dumps([COURSE | {"course_name": "Something else"}]))
                yield reading

    with open_run(desk, Late()) as opened:
        list(sweep(opened, make_inbox(desk).settle(desk.clock.pause)))
        assert states(opened.finish()) == {"cert.pdf": DocumentState.WAITING}
    run(desk)
    [activity] = desk.ledger.state().activities.values()
    assert activity.facts.course_name == "Something else"


def test_the_register_says_when_working_is_gone(desk: Desk) -> None:
    desk.settings.working.rmdir()
    with pytest.raises(StorageError, match="working"):
        document_rows(desk.settings, desk.ledger)
