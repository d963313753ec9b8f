"""What is appended is read back, whole or not at all, and never twice."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.errors import WrongUse
from pipeline.ledger.chain import EMPTY, GENESIS, Head
from pipeline.ledger.events import (
    ActivityCorrected,
    ActivityRecorded,
    ActivityVoided,
    AnyEvent,
    BalanceStated,
    ClaimRecorded,
    ClaimStatusChanged,
    DocumentReference,
    ExamRecorded,
    ExamVoided,
    HolderRecorded,
    HoldingRecorded,
    ReviewDecided,
)
from pipeline.ledger.store import Draft, DuplicateKey, DuplicateKeyValue, Ledger, new_id
from pipeline.ledger.work import DocumentState, Work
from rules.model import ClaimStatus
from tests.pipeline.ledger.people import NOON, SHA256, activity, claim, enrol, facts, holder

DAY = dt.timedelta(days=1)


def one_of_each(subject: str) -> list[AnyEvent]:
    document = DocumentReference(sha256=SHA256, ordinal=1, name="zażółć 修了証.pdf")
    who = {"holder": subject, "by": "test"}
    before, after = facts(), facts("Seaworthy Networks II", "X-1")
    day = dt.date(2026, 2, 3)
    return [
        HolderRecorded(name="Wilhelmina Okafor-Brandt", aliases=("Mina Brandt",), **who),
        HoldingRecorded(program="harbour", name="Pilot", level="first", earned_on=day, expires_on=None, **who),
        ExamRecorded(exam="e", program="harbour", passed_on=day, kind="tide", **who),
        BalanceStated(program="harbour", holding="Pilot", credits=Decimal("52.50"), stated_on=day, **who),
        ActivityRecorded(activity="a", facts=before, document=document, **who),
        ClaimRecorded(
            claim="c", activity="a", program="harbour", kind="course", course="s", credits=Decimal(7), basis="x", **who
        ),
        ClaimStatusChanged(claim="c", status=ClaimStatus.EARNED, submitted_on=day, **who),
        ActivityCorrected(activity="a", before=before, after=after, why="misread", **who),
        ReviewDecided(
            review=3,
            document=document,
            decision="fix",
            before={"course_name": None},
            after={"course_name": "S"},
            reviewer="R",
        ),
        ActivityVoided(activity="a", why="not ours", **who),
        ExamVoided(exam="e", why="not ours", **who),
    ]


def test_every_event_reads_back_as_it_was(ledger: Ledger) -> None:
    subject = new_id()
    events = one_of_each(subject)
    assert {type(event) for event in events} == set(AnyEvent.__origin__.__args__)
    assert ledger.append([Draft(subject, event) for event in events], NOON) == tuple(range(1, len(events) + 1))
    entries = list(ledger.entries())
    assert [entry.event for entry in entries] == events
    assert {entry.subject for entry in entries} == {subject}
    assert {entry.recorded_at for entry in entries} == {NOON}
    assert ledger.verify().fault is None


def test_voiding_an_exam_frees_its_keys(ledger: Ledger) -> None:
    subject, day = enrol(ledger), dt.date(2026, 2, 3)
    key = DuplicateKeyValue("code", "EXAM-1")

    def passed(exam: str) -> Draft:
        event = ExamRecorded(exam=exam, holder=subject, program="harbour", passed_on=day, by="test")
        return Draft(subject, event, (key,))

    (entry,) = ledger.append([passed("a")], NOON)
    with pytest.raises(DuplicateKey):
        ledger.append([passed("b")], NOON)
    with pytest.raises(WrongUse, match="already recorded"):
        ledger.append([Draft(subject, passed("a").event)], NOON)
    void = Draft(subject, ExamVoided(exam="a", holder=subject, by="test", why="a mistake"))
    ledger.append([void], NOON)
    assert ledger.find_duplicate(subject, [key]) is None
    with pytest.raises(WrongUse, match=f"entry {entry} was voided"):
        ledger.append([void], NOON)
    ledger.append([passed("b")], NOON)
    assert [exam.facts.exam for exam in ledger.state().exams_on_record()] == ["b"]
    with pytest.raises(WrongUse, match="not recorded"):
        ledger.append([Draft(subject, ExamVoided(exam="c", holder=subject, by="test", why="x"))], NOON)


def test_an_empty_ledger_has_the_genesis_head(ledger: Ledger) -> None:
    assert ledger.head() == EMPTY
    assert str(ledger.head()) == f"0:{GENESIS}"
    assert ledger.append([], NOON) == ()
    assert list(ledger.entries()) == []


def test_what_is_stored_does_not_name_the_person(ledger: Ledger) -> None:
    subject = enrol(ledger)
    ledger.append([activity(subject, "A Very Private Course", "CODE-77")], NOON)
    stored = "".join(f"{entry}" for entry in ledger.raw_entries())
    assert not any(word in stored for word in ("Wilhelmina", "Private", "CODE-77", SHA256))


def test_all_drafts_or_none(ledger: Ledger) -> None:
    subject = enrol(ledger)
    (taken,) = ledger.append([activity(subject, code="K1")], NOON)
    with pytest.raises(DuplicateKey) as caught:
        ledger.append([activity(subject, code="K2"), activity(subject, code="K1")], NOON)
    assert caught.value.entry == taken
    assert ledger.head().seq == taken
    assert ledger.find_duplicate(subject, [DuplicateKeyValue("code", "K2")]) is None


def test_working_rows_and_entries_share_a_transaction(ledger: Ledger) -> None:
    subject = enrol(ledger)
    with pytest.raises(ZeroDivisionError), ledger.transaction() as connection:
        Work(connection).add_document("a.pdf", DocumentState.WORKING, NOON)
        ledger.append([activity(subject)], NOON)
        assert ledger.head().seq == 2
        raise ZeroDivisionError
    assert ledger.head().seq == 1
    with ledger.reading() as connection:
        assert Work(connection).documents() == ()


def test_a_transaction_goes_on_after_a_duplicate(ledger: Ledger) -> None:
    subject = enrol(ledger)
    ledger.append([activity(subject, code="K1")], NOON)
    with ledger.transaction() as connection:
        with pytest.raises(DuplicateKey) as caught:
            ledger.append([activity(subject, code="K2"), activity(subject, code="K1")], NOON)
        id = Work(connection).add_document("a.pdf", DocumentState.WORKING, NOON)
        Work(connection).move_document(id, DocumentState.DUPLICATE, "seen", NOON, entries=[caught.value.entry])
    with ledger.reading() as connection:
        assert Work(connection).documents()[0].entries == (2,)
    assert ledger.head().seq == 2
    assert ledger.verify().fault is None


def test_keys_of_other_people_do_not_block(ledger: Ledger) -> None:
    first, second = enrol(ledger), enrol(ledger, "Ilse Nakamura")
    ledger.append([activity(first, code="SHARED-1")], NOON)
    ledger.append([activity(second, code="SHARED-1")], NOON)
    assert ledger.find_duplicate(first, [DuplicateKeyValue("code", "SHARED-1")]) == 3
    assert ledger.find_duplicate(second, [DuplicateKeyValue("code", "SHARED-1")]) == 4
    assert ledger.find_duplicate("nobody", [DuplicateKeyValue("code", "SHARED-1")]) is None


def test_a_voided_activity_frees_its_keys(ledger: Ledger) -> None:
    subject = enrol(ledger)
    draft = activity(subject, code="K1")
    ledger.append([draft], NOON)
    void = ActivityVoided(activity=draft.event.activity, holder=subject, by="test", why="a mistake")
    again = activity(subject, code="K1")
    assert ledger.append([Draft(subject, void), again], NOON) == (3, 4)
    assert ledger.find_duplicate(subject, again.duplicate_keys) == 4
    assert [a.entry for a in ledger.state().activities_of(subject)] == [4]


def test_a_corrected_activity_has_its_new_keys_under_its_old_number(ledger: Ledger) -> None:
    subject = enrol(ledger)
    draft = activity(subject, code="KO1")
    ledger.append([draft, activity(subject, code="TAKEN")], NOON)
    before = draft.event.facts

    def corrected(code: str) -> Draft:
        after = facts(code=code)
        event = ActivityCorrected(
            activity=draft.event.activity, holder=subject, before=before, after=after, by="test", why="misread"
        )
        return Draft(subject, event, (DuplicateKeyValue("code", code),))

    with pytest.raises(DuplicateKey) as caught:
        ledger.append([corrected("TAKEN")], NOON)
    assert caught.value.entry == 3
    ledger.append([corrected("K01")], NOON)
    assert ledger.find_duplicate(subject, [DuplicateKeyValue("code", "KO1")]) is None
    assert ledger.find_duplicate(subject, [DuplicateKeyValue("code", "K01")]) == 2
    with pytest.raises(WrongUse, match="changed meanwhile"):
        ledger.append([corrected("K02")], NOON)


def test_the_same_certificate_of_a_file_is_kept_once(ledger: Ledger) -> None:
    subject = enrol(ledger)
    keys = (DuplicateKeyValue("bytes", f"{SHA256}:0"),)
    first = activity(subject)
    ledger.append([Draft(subject, first.event, keys)], NOON)
    with pytest.raises(DuplicateKey):
        ledger.append([Draft(subject, activity(subject).event, keys)], NOON)
    ledger.append([Draft(subject, activity(subject).event, (DuplicateKeyValue("bytes", f"{SHA256}:1"),))], NOON)


def test_a_clock_set_back_stands_still(ledger: Ledger) -> None:
    subject = enrol(ledger)
    ledger.append([activity(subject)], NOON - DAY)
    ledger.append([activity(subject)], NOON + DAY)
    assert [entry.recorded_at for entry in ledger.entries()] == [NOON, NOON, NOON + DAY]
    assert ledger.verify().fault is None


def test_a_time_without_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        ledger.append([holder()], NOON.replace(tzinfo=None))


def test_the_state_of_an_earlier_day_knows_only_what_was_recorded_then(ledger: Ledger) -> None:
    subject = enrol(ledger)
    late = dt.datetime(2026, 3, 2, 23, 59, 59, 999999, tzinfo=dt.UTC)
    ledger.append([activity(subject)], late)
    ledger.append([activity(subject)], late + dt.timedelta(microseconds=1))
    known = {day: len(ledger.state(dt.date(2026, 3, day)).activities) for day in (1, 2, 3)}
    assert known == {1: 0, 2: 1, 3: 2}
    assert ledger.state(dt.date(2026, 2, 28)).holders == {}
    assert [entry.seq for entry in ledger.entries(until=late)] == [1, 2]
    assert [entry.seq for entry in ledger.entries(after=1)] == [2, 3]


def test_times_of_other_zones_are_kept_in_utc(ledger: Ledger) -> None:
    tokyo = dt.timezone(dt.timedelta(hours=9))
    ledger.append([holder()], dt.datetime(2026, 3, 1, 3, tzinfo=tokyo))
    (raw,) = ledger.raw_entries()
    assert raw.recorded_at == "2026-02-28T18:00:00.000000Z"


def test_events_that_contradict_the_record_are_refused(ledger: Ledger) -> None:
    subject, other = enrol(ledger), enrol(ledger, "Ilse Nakamura")
    recorded = activity(subject)
    line = claim(subject, recorded.event.activity)
    void = Draft(subject, ActivityVoided(activity=recorded.event.activity, holder=subject, by="test", why="x"))
    ledger.append([recorded, line], NOON)
    head = ledger.head()
    unknown = new_id()
    for refused in (
        [Draft(other, recorded.event)],
        [recorded],
        [line],
        [activity(unknown)],
        [claim(subject, "nothing")],
        [Draft(subject, ActivityVoided(activity="nothing", holder=subject, by="test", why="x"))],
        [Draft(subject, ClaimStatusChanged(claim="nothing", holder=subject, status=ClaimStatus.EARNED, by="test"))],
        [void, void],
        [void, claim(subject, recorded.event.activity)],
    ):
        with pytest.raises(WrongUse):
            ledger.append(refused, NOON)
        assert ledger.head() == head


def test_many_entries_are_read_page_by_page(ledger: Ledger) -> None:
    people = [holder(f"Person {number}") for number in range(1203)]
    ledger.append(people, NOON)
    assert len(ledger.state().holders) == 1203
    assert ledger.verify().entries == 1203
    some = ledger.entries()
    assert next(some).seq == 1
    ledger.append([holder()], NOON)
    assert sum(1 for _ in some) == 1203


@pytest.mark.parametrize("text", ["", "1", "1:", ":" + "0" * 64, "-1:" + "0" * 64, "1:" + "G" * 64, "²:" + "0" * 64])
def test_a_head_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="head"):
        Head.parse(text)


def test_a_head_reads_back(ledger: Ledger) -> None:
    enrol(ledger)
    assert Head.parse(f" {ledger.head()}\n") == ledger.head()


def test_what_could_not_be_read_again_is_not_appended(ledger: Ledger) -> None:
    """Half a surrogate pair, as a terminal makes it of bytes that are no text: one such entry would shut the ledger."""
    subject = enrol(ledger)
    with pytest.raises(WrongUse, match="no text"):
        ledger.append([activity(subject, course="no text \udcff")], NOON)
    ledger.append([activity(subject, course="text")], NOON)
    assert len(ledger.state().activities) == 1


def test_a_file_name_that_is_no_text_is_kept_in_escapes(ledger: Ledger) -> None:
    subject = enrol(ledger)
    draft = activity(subject)
    assert isinstance(draft.event, ActivityRecorded)
    document = DocumentReference(sha256=SHA256, ordinal=1, name="a\udcff.pdf")
    ledger.append([replace(draft, event=draft.event.model_copy(update={"document": document}))], NOON)
    [kept] = ledger.state().activities.values()
    assert kept.document is not None and kept.document.name == r"a\udcff.pdf"
