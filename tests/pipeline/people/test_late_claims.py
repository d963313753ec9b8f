"""Who first drops certificates and then says what they hold loses nothing."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.ledger.events import HoldingRecorded
from pipeline.ledger.state import Activity
from pipeline.ledger.store import Draft
from pipeline.people.late_claims import claim_late
from pipeline.review.review_queue import open_reviews
from pipeline.review.reviewing import Whose, accept
from tests.pipeline.desks import drop, person
from tests.pipeline.test_intake import COURSE, run

RECOGNISED = {"profile": "cisco-digital-learning", "credits": "12", "credit_unit": "CE"}


def recorded(desk: Desk, **shown: str) -> Activity:
    drop(desk, "cert.pdf", COURSE | RECOGNISED | shown)
    run(desk)
    if reviews := open_reviews(desk.ledger):
        accept(desk, reviews[0].number, whose=Whose(add=True))
    return next(iter(desk.ledger.state().activities.values()))


def hold(desk: Desk, holder: str, earned_on: dt.date = dt.date(2025, 1, 22)) -> None:
    event = HoldingRecorded(
        holder=holder, program="cisco", name="CCNA", level="associate", earned_on=earned_on, by="test"
    )
    desk.ledger.append((Draft(holder, event),), desk.clock.now())


def claims(desk: Desk) -> list[tuple[str, str | None, str]]:
    [activity] = desk.ledger.state().activities.values()
    return [(claim.program, str(claim.credits), claim.status) for claim in activity.claims]


def test_an_activity_is_claimed_once_its_holder_has_something(desk: Desk) -> None:
    activity = recorded(desk)
    assert claims(desk) == []
    assert claim_late(desk, frozenset({activity.holder})) == ()
    hold(desk, activity.holder)
    assert claim_late(desk, frozenset({activity.holder})) == (activity.entry,)
    assert claims(desk) == [("cisco", "12", "draft")]
    assert claim_late(desk, frozenset({activity.holder})) == ()


@pytest.mark.parametrize(
    "shown",
    [{"profile": ""}, {"credits": "", "credit_unit": ""}, {"profile": "", "credits": "", "credit_unit": ""}],
    ids=["an issuer that only says so", "no credits", "neither"],
)
def test_what_is_not_certain_is_not_claimed_by_itself(desk: Desk, shown: dict[str, str]) -> None:
    activity = recorded(desk, **{name: value or None for name, value in shown.items()})  # type: ignore[arg-type]
    hold(desk, activity.holder)
    assert claim_late(desk, frozenset({activity.holder})) == ()


def test_what_was_left_unclaimed_with_the_certification_on_record_stays_so(desk: Desk) -> None:
    holder = person(desk, "Ada Example", ("cisco", "CCNA", "associate", dt.date(2025, 1, 22)))
    drop(desk, "cert.pdf", COURSE | RECOGNISED | {"confidence": "0.6"})
    run(desk)
    accept(desk, open_reviews(desk.ledger)[0].number, claims=())
    assert claim_late(desk, frozenset({holder})) == () and claims(desk) == []


def test_the_import_of_a_roster_says_what_now_counts(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = recorded(desk)
    monkeypatch.setenv("RECERT_SHARE", str(desk.settings.share))
    monkeypatch.setenv("RECERT_HOME", str(desk.settings.home))
    roster = tmp_path / "team.csv"
    roster.write_text("name,program,holding,level,earned_on\nAda Example,cisco,CCNA,associate,2025-01-22\n")
    said = CliRunner().invoke(recert, ["roster", "import", str(roster)], standalone_mode=False).output
    assert f"Entry {activity.entry}, recorded before that, now counts as cisco course, 12 credits, draft." in said
    assert claims(desk) == [("cisco", "12", "draft")]
