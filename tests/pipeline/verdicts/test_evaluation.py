"""Re-evaluation: what is remembered, what is only an answer, and what cannot be evaluated."""

import datetime as dt
from decimal import Decimal

import pytest

from pipeline.desk import Desk
from pipeline.errors import DataFileError
from pipeline.ledger.events import ActivityFacts, ActivityRecorded, ClaimRecorded
from pipeline.ledger.store import Draft, Ledger
from pipeline.ledger.work import Work
from pipeline.verdicts.evaluation import reevaluate
from rules.model import ClaimStatus, Verdict
from tests.pipeline.desks import HandClock, person

EARNED = dt.date(2025, 1, 10)


def remembered(desk: Desk, holder: str) -> Verdict | None:
    with desk.ledger.reading() as connection:
        return Work(connection).snapshot(holder, "cisco", "CCNA")


def test_todays_verdicts_are_remembered_and_said_once(desk: Desk) -> None:
    holder = person(desk, "Ada Example", ("cisco", "CCNA", "associate", EARNED))
    assert [one.holder for one in reevaluate(desk)] == ["Ada Example"]
    assert remembered(desk, holder) is not None
    assert reevaluate(desk) == ()


def test_another_day_is_shown_and_not_remembered(desk: Desk, hand_clock: HandClock) -> None:
    holder = person(desk, "Ada Example", ("cisco", "CCNA", "associate", EARNED))
    reevaluate(desk)
    before = remembered(desk, holder)
    [then] = reevaluate(desk, day=dt.date(2028, 2, 1))
    assert (then.before, then.after.status) == (before, "expired")
    assert remembered(desk, holder) == before
    assert reevaluate(desk) == ()
    hand_clock.at = dt.datetime(2028, 2, 1, 9, 0, tzinfo=dt.UTC)
    [now] = reevaluate(desk)
    assert now.before == before and now.after == then.after == remembered(desk, holder)


def test_a_question_about_another_day_waits_for_no_writer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person(desk, "Ada Example", ("cisco", "CCNA", "associate", EARNED))
    monkeypatch.setattr("pipeline.ledger.database.BUSY_SECONDS", 0.05)
    with Ledger.open(desk.settings.url) as other, other.transaction():
        assert reevaluate(desk, day=dt.date(2027, 2, 1))


def test_a_late_certificate_is_told_with_what_was_known_before_it(desk: Desk, hand_clock: HandClock) -> None:
    hand_clock.at = dt.datetime(2026, 2, 1, 9, 0, tzinfo=dt.UTC)
    holder = person(desk, "Ada Example", ("atlassian", "ACP-620", "acp", dt.date(2024, 1, 1)))
    reevaluate(desk)
    hand_clock.at = dt.datetime(2026, 3, 15, 9, 0, tzinfo=dt.UTC)
    done = dt.date(2025, 12, 1)
    events = (
        ActivityRecorded(
            activity="a", holder=holder, facts=ActivityFacts(course_name="Ten courses", completed_on=done), by="test"
        ),
        ClaimRecorded(
            claim="c",
            activity="a",
            holder=holder,
            program="atlassian",
            kind="course",
            course="Ten courses",
            credits=Decimal(100),
            status=ClaimStatus.EARNED,
            submitted_on=done,
            basis="test",
            by="test",
        ),
    )
    desk.ledger.append(tuple(Draft(holder, event) for event in events), desk.clock.now())
    [found] = reevaluate(desk)
    assert found.sentence.startswith(
        "ACP-620: was suspended since 2026-01-01 as known on 2026-02-01; with the activity of 2025-12-01, recorded "
        "2026-03-15, renewed on 2025-12-01, active until 1 December 2027"
    )


@pytest.mark.parametrize("held", [("cisko", "CCNA", "associate"), ("cisco", "CCNA", "grandmaster")])
def test_what_no_program_knows_names_the_person_and_what_to_do(desk: Desk, held: tuple[str, str, str]) -> None:
    person(desk, "Ada Example", (*held, EARNED))
    with pytest.raises(DataFileError, match="Ada Example") as told:
        reevaluate(desk)
    assert {"cisko", "grandmaster"} & set(told.value.message.replace('"', " ").split())
    assert "roster import" in told.value.action
