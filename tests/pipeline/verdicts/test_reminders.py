"""The life of a claim, and what one is reminded of, on a real ledger with a clock set by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from pipeline.batch import Reminder
from pipeline.desk import Desk
from pipeline.errors import WrongUse
from pipeline.ledger.claim_life import FOLLOWS, may_follow
from pipeline.ledger.events import ActivityFacts, ClaimStatusChanged
from pipeline.ledger.store import Draft
from pipeline.people.statements import PortalAnswer, StatedClaim, add_item, change_status
from pipeline.report import render
from pipeline.verdicts.evaluation import reminders
from pipeline.verdicts.nightly import evaluate_everybody, in_numbers
from rules.model import ClaimStatus
from tests.pipeline.desks import HandClock, person

CCNA = ("cisco", "CCNA", "associate", dt.date(2025, 3, 1))
DONE = dt.date(2026, 9, 1)
LEGAL = [
    ("draft", "submitted"),
    ("draft", "pending"),
    ("draft", "earned"),
    ("draft", "rejected"),
    ("submitted", "pending"),
    ("submitted", "earned"),
    ("submitted", "rejected"),
    ("pending", "earned"),
    ("pending", "rejected"),
    ("rejected", "draft"),
    ("rejected", "submitted"),
    ("rejected", "pending"),
]


def claim(desk: Desk, status: str = "draft", *, credits: int = 10, submitted_on: dt.date | None = None) -> int:
    id = person(desk, "Ada Example", CCNA)
    facts = ActivityFacts(course_name="Routing for Gardeners", completed_on=DONE)
    stated = StatedClaim("cisco", "course", Decimal(credits), ClaimStatus(status), submitted_on)
    return add_item(desk, desk.ledger.state().holders[id], facts, stated)


def told(found: tuple[Reminder, ...]) -> list[tuple[str, dt.date]]:
    return [(one.kind, one.day) for one in found]


def test_the_legal_steps_are_these_and_no_other() -> None:
    assert {(str(before), str(after)) for before, all in FOLLOWS.items() for after in all} == set(LEGAL)
    assert all(may_follow(status, status) for status in ClaimStatus)


@pytest.mark.parametrize("before", list(ClaimStatus))
@pytest.mark.parametrize("after", list(ClaimStatus))
def test_a_step_that_is_not_legal_needs_a_reason(desk: Desk, before: ClaimStatus, after: ClaimStatus) -> None:
    entry = claim(desk, before)
    if before is after or (before, after) in LEGAL:
        change_status(desk, entry, PortalAnswer(after), None)
    else:
        with pytest.raises(WrongUse, match=f"that is {before} does not become {after}"):
            change_status(desk, entry, PortalAnswer(after), None)
        change_status(desk, entry, PortalAnswer(after, why="typed the wrong word"), None)
    [now] = desk.ledger.state().by_entry(entry).claims  # type: ignore[union-attr]
    assert now.status is after


def test_the_ledger_itself_refuses_an_illegal_step(desk: Desk) -> None:
    entry = claim(desk, "earned")
    activity = desk.ledger.state().by_entry(entry)
    assert activity is not None
    event = ClaimStatusChanged(
        claim=activity.claims[0].id, holder=activity.holder, status=ClaimStatus.PENDING, by="test"
    )
    with pytest.raises(WrongUse, match="does not become"):
        desk.ledger.append((Draft(activity.holder, event),), desk.clock.now())


def test_what_is_submitted_again_is_not_judged_by_the_first_submission(desk: Desk) -> None:
    entry = claim(desk, "submitted", submitted_on=DONE)
    change_status(desk, entry, PortalAnswer(ClaimStatus.REJECTED), None)
    assert desk.ledger.state().by_entry(entry).claims[0].submitted_on == DONE  # type: ignore[union-attr]
    change_status(desk, entry, PortalAnswer(ClaimStatus.SUBMITTED), None)
    assert desk.ledger.state().by_entry(entry).claims[0].submitted_on is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("answer", "match"),
    [
        (PortalAnswer(ClaimStatus.SUBMITTED, submitted_on=DONE - dt.timedelta(days=1)), "before its completion"),
        (PortalAnswer(ClaimStatus.SUBMITTED, submitted_on=dt.date(2026, 11, 23)), "after today"),
        (PortalAnswer(ClaimStatus.DRAFT, submitted_on=DONE), "draft is not submitted"),
    ],
)
def test_a_day_of_submission_that_cannot_be_is_refused(desk: Desk, answer: PortalAnswer, match: str) -> None:
    entry = claim(desk)
    with pytest.raises(WrongUse, match=match):
        change_status(desk, entry, answer, None)


def test_a_draft_is_reminded_of_when_its_window_is_about_to_close(desk: Desk, hand_clock: HandClock) -> None:
    hand_clock.at = dt.datetime(2026, 9, 2, 9, tzinfo=dt.UTC)
    claim(desk)
    closes = dt.date(2026, 11, 30)  # 90 days after the first of September
    for today, kinds in (
        ("2026-10-30", []),
        ("2026-10-31", ["submit"]),
        ("2026-11-30", ["submit"]),
        ("2026-12-01", ["missed"]),
        ("2026-12-31", []),
    ):
        hand_clock.at = dt.datetime.fromisoformat(f"{today}T09:00:00+00:00")
        assert told(reminders(desk)) == [(kind, closes) for kind in kinds]
    hand_clock.at = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
    [one] = reminders(desk)
    assert one.sentence == (
        "“Routing for Gardeners” of 1 September 2026 is a draft: submit it by 30 November 2026, in 9 days."
    )


def test_a_window_that_ends_with_the_certification_counts(desk: Desk, hand_clock: HandClock) -> None:
    hand_clock.at = dt.datetime(2026, 9, 15, 9, tzinfo=dt.UTC)
    id = person(desk, "Ada Example", ("cisco", "CCNA", "associate", dt.date(2023, 9, 20)))
    facts = ActivityFacts(course_name="Routing", completed_on=DONE)
    add_item(desk, desk.ledger.state().holders[id], facts, StatedClaim("cisco", "course", Decimal(10)))
    assert told(reminders(desk)) == [("renew", dt.date(2026, 9, 20)), ("submit", dt.date(2026, 9, 20))]


@pytest.mark.parametrize("status", ["submitted", "pending"])
def test_a_claim_that_waits_too_long_is_reminded_of(desk: Desk, hand_clock: HandClock, status: str) -> None:
    hand_clock.at = dt.datetime(2026, 9, 6, 9, tzinfo=dt.UTC)
    claim(desk, status, submitted_on=dt.date(2026, 9, 5))
    for today, kinds in (("2026-09-19", []), ("2026-09-20", ["ask"])):
        hand_clock.at = dt.datetime.fromisoformat(f"{today}T09:00:00+00:00")
        assert [one.kind for one in reminders(desk)] == kinds
    [one] = reminders(desk)
    assert one.sentence.endswith(f"has been {status} for 15 days: ask the portal.")


def test_without_a_day_of_submission_the_day_on_which_we_were_told_begins_the_wait(
    desk: Desk, hand_clock: HandClock
) -> None:
    entry = claim(desk)
    change_status(desk, entry, PortalAnswer(ClaimStatus.PENDING), None)  # on 22 November
    hand_clock.at = dt.datetime(2026, 12, 7, 9, tzinfo=dt.UTC)
    assert told(reminders(desk)) == [("ask", dt.date(2026, 11, 22))]


def test_what_was_rejected_can_be_submitted_again_while_its_window_is_open(desk: Desk, hand_clock: HandClock) -> None:
    claim(desk, "rejected")
    assert told(reminders(desk)) == [("resubmit", dt.date(2026, 11, 30))]
    hand_clock.at = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
    assert told(reminders(desk)) == []


def test_what_is_earned_or_of_no_use_any_more_is_not_reminded_of(desk: Desk) -> None:
    entry = claim(desk, "earned", credits=30)
    facts = ActivityFacts(course_name="Another", completed_on=dt.date(2026, 8, 31))
    state = desk.ledger.state()
    activity = state.by_entry(entry)
    assert activity is not None
    add_item(desk, state.holders[activity.holder], facts, StatedClaim("cisco", "course", Decimal(10)))
    assert reminders(desk) == ()


def test_a_certification_that_ends_soon_says_what_is_missing(desk: Desk, hand_clock: HandClock) -> None:
    person(desk, "Ada Example", CCNA, ("atlassian", "ACP", "acp", dt.date(2025, 1, 10)))
    assert [one.sentence for one in reminders(desk)] == [
        "ACP ends on 10 January 2027, in 49 days; 100 CE units are missing."
    ]
    hand_clock.at = dt.datetime(2027, 2, 10, 9, tzinfo=dt.UTC)
    assert [one.sentence for one in reminders(desk)] == [
        "ACP is suspended and can be renewed until 10 April 2027, in 59 days; 100 CE units are missing."
    ]


def test_what_waits_is_told_beside_what_is_missing(desk: Desk, hand_clock: HandClock) -> None:
    claim(desk, "submitted", submitted_on=DONE)
    hand_clock.at = dt.datetime(2028, 1, 1, 9, tzinfo=dt.UTC)
    sentences = [one.sentence for one in reminders(desk) if one.kind == "renew"]
    assert sentences == ["CCNA ends on 1 March 2028, in 60 days; 30 CE are missing, 10 of them wait."]


def test_the_night_says_what_cannot_wait_and_its_line_names_nobody(desk: Desk) -> None:
    claim(desk)
    night = evaluate_everybody(desk)
    assert in_numbers(night) == "1 verdicts changed. 1 reminders: 1 submit."
    page = render(night)
    assert "is a draft: submit it by 30 November 2026, in 8 days." in page and "1 thing to do." in page
    assert in_numbers(evaluate_everybody(desk)) == "0 verdicts changed. 1 reminders: 1 submit."


def test_one_is_reminded_on_the_days_on_which_the_vendor_reminds(desk: Desk, hand_clock: HandClock) -> None:
    person(desk, "Ada Example", CCNA)  # ends on 1 March 2028; the vendor reminds a year before
    for today, kinds in (("2027-02-28", []), ("2027-03-01", ["renew"]), ("2027-03-02", [])):
        hand_clock.at = dt.datetime.fromisoformat(f"{today}T09:00:00+00:00")
        assert [one.kind for one in reminders(desk)] == kinds
