"""What people state: items without a certificate, corrections, the portal's answers, exams, a roster mid-cycle."""

import datetime as dt
import json
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import WrongUse
from pipeline.ledger.events import ActivityFacts, ExamRecorded
from pipeline.ledger.state import Holder
from pipeline.ledger.store import new_id
from pipeline.people.roster_file import parse_toml
from pipeline.people.roster_import import plan_import
from pipeline.people.statements import (
    PortalAnswer,
    StatedClaim,
    add_exam,
    add_item,
    add_person,
    change_status,
    correct,
    decimal,
    import_events,
    void,
    void_exam,
)
from pipeline.review.reviewing import accept
from pipeline.verdicts.evaluation import reevaluate, verdicts_of
from rules.model import ClaimStatus, Verdict
from tests.pipeline.desks import HandClock, drop, person
from tests.pipeline.test_intake import COURSE, run

CCNA = ("cisco", "CCNA", "associate", dt.date(2024, 3, 1))
DAY = dt.date(2026, 10, 2)


def holder_of(desk: Desk, id: str) -> Holder:
    return desk.ledger.state().holders[id]


def verdict(desk: Desk, id: str) -> Verdict:
    state = desk.ledger.state()
    today = desk.clock.today()
    [one] = verdicts_of(state, state.holders[id], desk.rulebook.programs, today, today)
    return one


def stated(course: str = "Routing for Gardeners", **facts: object) -> ActivityFacts:
    return ActivityFacts.model_validate({"course_name": course, "completed_on": DAY, **facts})


def test_adding_a_person_twice_keeps_one(desk: Desk) -> None:
    assert add_person(desk, "Ada Example") == add_person(desk, "ADA EXAMPLE")
    assert len(desk.ledger.state().holders) == 1


def test_a_stated_item_counts_once_it_is_earned(desk: Desk) -> None:
    id = person(desk, "Ada Example", CCNA)
    claim = StatedClaim("cisco", "course", Decimal(30))
    entry = add_item(desk, holder_of(desk, id), stated(), claim)
    assert not verdict(desk, id).renewed
    change_status(desk, entry, PortalAnswer(ClaimStatus.EARNED, submitted_on=DAY), None)
    assert verdict(desk, id).anchor_on == DAY


def test_evidence_is_copied_and_the_original_stays(desk: Desk, tmp_path: Path) -> None:
    id = person(desk, "Ada Example")
    shot = tmp_path / "shot.png"
    shot.write_bytes(b"a picture")
    add_item(desk, holder_of(desk, id), stated(), None, shot)
    [activity] = desk.ledger.state().activities_of(id)
    assert activity.document is not None and activity.document.name == "shot.png"
    assert shot.exists()
    assert (desk.settings.done / "evidence" / "shot.png").read_bytes() == b"a picture"


def test_one_screenshot_may_prove_two_items(desk: Desk, tmp_path: Path) -> None:
    id = person(desk, "Ada Example")
    shot = tmp_path / "shot.png"
    shot.write_bytes(b"a picture")
    for course in ("One", "Two"):
        add_item(desk, holder_of(desk, id), stated(course), None, shot)
    assert len(desk.ledger.state().activities_of(id)) == 2


def test_the_same_code_cannot_be_stated_twice_for_one_course(desk: Desk) -> None:
    id = person(desk, "Ada Example")
    facts = stated(validation_code="AB-1")
    entry = add_item(desk, holder_of(desk, id), facts, None)
    with pytest.raises(WrongUse, match=f"entry {entry}"):
        add_item(desk, holder_of(desk, id), facts, None)


@pytest.mark.parametrize(
    ("claim", "named"),
    [(StatedClaim("nobody", "course", None), "cisco"), (StatedClaim("cisco", "party", None), "course")],
)
def test_a_claim_that_does_not_fit_lists_what_there_is(desk: Desk, claim: StatedClaim, named: str) -> None:
    id = person(desk, "Ada Example")
    with pytest.raises(WrongUse) as told:
        add_item(desk, holder_of(desk, id), stated(), claim)
    assert named in told.value.action


def test_nothing_is_completed_after_today(desk: Desk) -> None:
    id = person(desk, "Ada Example")
    with pytest.raises(WrongUse, match="after today"):
        add_item(desk, holder_of(desk, id), stated(completed_on="2027-01-01"), None)


def test_a_voided_activity_counts_no_more_and_its_certificate_may_come_again(desk: Desk) -> None:
    id = person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    entry = run(desk).documents[0].certificates[0].entry
    assert entry is not None
    void(desk, entry, "recorded for the wrong year")
    assert desk.ledger.state().activities_of(id) == []
    drop(desk, "cert.pdf", COURSE)
    assert run(desk).documents[0].certificates[0].entry is not None
    with pytest.raises(WrongUse, match="voided"):
        void(desk, entry, "again")


def test_a_correction_moves_the_keys_too(desk: Desk) -> None:
    person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    entry = run(desk).documents[0].certificates[0].entry
    assert entry is not None
    correct(desk, entry, {"validation_code": "ZZ-9", "completed_on": "2026-10-03"}, "misread")
    drop(desk, "photo.jpg", COURSE | {"validation_code": "ZZ-9", "completed_on": "2026-10-03"})
    assert run(desk).documents[0].certificates[0].duplicate_of == entry
    assert desk.ledger.state().by_entry(entry).facts.stated == ("completed_on", "validation_code")  # type: ignore[union-attr]


@pytest.mark.parametrize("changes", [{"course": "x"}, {"completed_on": "yesterday"}, {"course_name": ""}])
def test_a_correction_that_does_not_fit_changes_nothing(desk: Desk, changes: dict[str, str]) -> None:
    person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    entry = run(desk).documents[0].certificates[0].entry
    assert entry is not None
    head = desk.ledger.head()
    with pytest.raises(WrongUse):
        correct(desk, entry, changes, "why")
    assert desk.ledger.head() == head


def test_an_exam_renews_by_its_path(desk: Desk) -> None:
    id = person(desk, "Ada Example", ("cisco", "CCNP", "professional", dt.date(2024, 3, 1)))
    event = ExamRecorded(exam=new_id(), holder=id, program="cisco", kind="core", passed_on=DAY, by="test")
    add_exam(desk, holder_of(desk, id), event)
    assert verdict(desk, id).path == "exam_core1"


def test_one_exam_is_stated_once(desk: Desk) -> None:
    id = person(desk, "Ada Example", CCNA)
    event = ExamRecorded(exam=new_id(), holder=id, program="cisco", passed_on=DAY, kind="associate", by="test")
    entry = add_exam(desk, holder_of(desk, id), event)
    with pytest.raises(WrongUse, match=f"entry {entry}"):
        add_exam(desk, holder_of(desk, id), event.model_copy(update={"exam": new_id(), "by": "another"}))
    add_exam(desk, holder_of(desk, id), event.model_copy(update={"exam": new_id(), "code": "200-301"}))


def test_a_voided_exam_renews_no_more_and_may_come_again(desk: Desk) -> None:
    id = person(desk, "Ada Example", ("cisco", "CCNP", "professional", dt.date(2024, 3, 1)))
    event = ExamRecorded(exam=new_id(), holder=id, program="cisco", kind="core", passed_on=DAY, by="test")
    before = verdict(desk, id)
    entry = add_exam(desk, holder_of(desk, id), event)
    reevaluate(desk, {id})
    assert void_exam(desk, entry, "another person's").facts == event
    assert verdict(desk, id) == before
    [told] = reevaluate(desk, {id})
    assert told.after.renewed is False
    with pytest.raises(WrongUse, match="was voided"):
        void_exam(desk, entry, "again")
    with pytest.raises(WrongUse, match="not an exam"):
        void_exam(desk, 1, "a person")
    again = add_exam(desk, holder_of(desk, id), event.model_copy(update={"exam": new_id()}))
    assert [exam.entry for exam in desk.ledger.state().exams_on_record()] == [again]
    assert verdict(desk, id).path == "exam_core1"


def test_what_was_known_of_an_exam_before_it_was_voided_stays_known(desk: Desk, hand_clock: HandClock) -> None:
    id = person(desk, "Ada Example", ("cisco", "CCNP", "professional", dt.date(2024, 3, 1)))
    event = ExamRecorded(exam=new_id(), holder=id, program="cisco", kind="core", passed_on=DAY, by="test")
    entry = add_exam(desk, holder_of(desk, id), event)
    then = desk.clock.today()
    hand_clock.at += dt.timedelta(days=1)
    void_exam(desk, entry, "a mistake")
    assert not desk.ledger.state().holders[id].exams
    assert len(desk.ledger.state(known_at=then).holders[id].exams) == 1


def test_exams_are_listed_and_voided_by_their_entry(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    id = person(desk, "Ada Example", ("cisco", "CCNP", "professional", dt.date(2024, 3, 1)))
    event = ExamRecorded(exam=new_id(), holder=id, program="cisco", kind="core", passed_on=DAY, by="test")
    entry = add_exam(desk, holder_of(desk, id), event)
    monkeypatch.setenv("RECERT_SHARE", str(desk.settings.share))
    monkeypatch.setenv("RECERT_HOME", str(desk.settings.home))

    def listed() -> list[dict[str, object]]:
        result = CliRunner().invoke(recert, ["exams", "list", "ada example", "--format", "jsonl"])
        return [json.loads(line) for line in result.output.splitlines()]

    row = {"program": "cisco", "passed_on": "2026-10-02", "kind": "core", "code": None, "holding": None}
    assert listed() == [{"entry": entry, "holder": "Ada Example", **row}]
    assert "Ada Example" in CliRunner().invoke(recert, ["exams", "list"]).output
    result = CliRunner().invoke(recert, ["exams", "void", str(entry), "--why", "another person's"])
    assert f"The exam of entry {entry} is voided." in result.output
    assert listed() == []


def test_the_exam_that_earned_a_certification_does_not_renew_it(desk: Desk) -> None:
    earned_on = dt.date(2024, 3, 1)
    id = person(desk, "Ada Example", ("cisco", "CCNP", "professional", earned_on))
    event = ExamRecorded(exam=new_id(), holder=id, program="cisco", kind="core", passed_on=earned_on, by="test")
    add_exam(desk, holder_of(desk, id), event)
    found = verdict(desk, id)
    assert not found.renewed and "exam_earned_it" in found.flags


def test_forty_people_mid_cycle_start_from_their_balances(desk: Desk) -> None:
    one = """
[[holder]]
name = "Person {n}"
[[holder.holding]]
program = "cisco"
name = "CCNP"
level = "professional"
earned_on = 2024-03-01
[[holder.balance]]
program = "cisco"
holding = "CCNP"
credits = 52
stated_on = 2026-10-01
"""
    text = "".join(one.format(n=number) for number in range(40))
    rows = parse_toml(text, "team.toml", desk.rulebook.programs)
    assert import_events(desk, plan_import(rows, desk.ledger.state(), "test", new_id)) == 120
    assert plan_import(rows, desk.ledger.state(), "test", new_id) == ()
    state = desk.ledger.state()
    missing = {
        verdict.missing["ce_only"]["credits"]
        for holder in state.holders.values()
        for verdict in verdicts_of(state, holder, desk.rulebook.programs, DAY, desk.clock.today())
    }
    assert missing == {Decimal(28)}


def test_the_same_course_of_the_same_day_cannot_be_stated_twice_without_a_code(desk: Desk) -> None:
    id = person(desk, "Ada Example")
    entry = add_item(desk, holder_of(desk, id), stated(), None)
    with pytest.raises(WrongUse, match=f"entry {entry}"):
        add_item(desk, holder_of(desk, id), stated("ROUTING for gardeners"), None)
    add_item(desk, holder_of(desk, id), stated("Routing for Sailors"), None)


def test_a_correction_makes_no_second_of_one(desk: Desk) -> None:
    id = person(desk, "Ada Example")
    entry = add_item(desk, holder_of(desk, id), stated(), None)
    other = add_item(desk, holder_of(desk, id), stated("Routing for Sailors"), None)
    with pytest.raises(WrongUse, match=f"recorded already, as entry {entry}"):
        correct(desk, other, {"course_name": "Routing for gardeners"}, "typed wrong")
    correct(desk, other, {"course_name": "Routing for Gardeners, Part 2"}, "typed wrong")
    correct(desk, entry, {"hours": "3"}, "left out")


def test_two_that_a_person_holds_for_two_may_be_corrected(desk: Desk) -> None:
    person(desk, "Ada Example")
    drop(desk, "a.pdf", COURSE | {"validation_code": "", "confidence": "0.8"})
    drop(desk, "b.pdf", COURSE | {"validation_code": "", "confidence": "0.8", "hours": "3"})
    run(desk)
    entry = accept(desk, 1).entry
    assert entry is not None and accept(desk, 2, anyway=True).entry
    correct(desk, entry, {"validation_code": "AB-1"}, "found in a mail")


def test_two_who_state_one_item_at_once_record_it_once(desk: Desk) -> None:
    id = person(desk, "Ada Example")
    start, outcomes = threading.Barrier(4), []

    def state() -> None:
        start.wait()
        try:
            add_item(desk, holder_of(desk, id), stated(), None)
            outcomes.append("recorded")
        except WrongUse:
            outcomes.append("refused")

    threads = [threading.Thread(target=state) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["recorded", "refused", "refused", "refused"]


def test_days_that_cannot_be_are_neither_stated_nor_corrected(desk: Desk) -> None:
    id = person(desk, "Ada Example")
    with pytest.raises(WrongUse, match="start"):
        add_item(desk, holder_of(desk, id), stated(started_on=DAY + dt.timedelta(days=1)), None)
    entry = add_item(desk, holder_of(desk, id), stated(), None)
    with pytest.raises(WrongUse, match="after today"):
        correct(desk, entry, {"completed_on": "2031-01-01"}, "a slip")


@pytest.mark.parametrize("text", ["NaN", "-5", "Infinity", "many", ""])
def test_credits_are_numbers_that_can_be(text: str) -> None:
    with pytest.raises(WrongUse):
        decimal(text)
