"""`recert plan` at the command line, on a real ledger."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import DataFileError, WrongUse
from pipeline.ledger.events import HoldingRecorded
from pipeline.ledger.store import Draft
from pipeline.verdicts.planning import budget_of, plan_for
from rules.plan_model import Budget
from tests.pipeline.desks import person

TODAY = dt.date(2026, 11, 22)
CCNA = ("cisco", "CCNA", "associate", dt.date(2024, 1, 22))
OFFERS = """
[[offer]]
title = "Harbour \\u001b[2J Switching"
program = "cisco"
kind = "course"
credits = 30
price = 210
currency = "GBP"
source = "us"
"""


@pytest.fixture
def ask(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    own = tmp_path / "catalogue.toml"
    own.write_text(OFFERS)
    for name, value in (("SHARE", desk.settings.share), ("HOME", desk.settings.home), ("CATALOGUE", own)):
        monkeypatch.setenv(f"RECERT_{name}", str(value))

    def run(*words: str) -> Result:
        return CliRunner().invoke(recert, ["plan", *words, "--as-of", "2026-11-22"])

    return run


def test_a_plan_is_shown_and_nothing_is_recorded(desk: Desk, ask: Callable[..., Result]) -> None:
    person(desk, "Ada Example", CCNA)
    head = desk.ledger.head()
    told = ask("Ada Example", "--budget", "300 gbp").output
    assert "If nothing is done, it expires on 22 January 2027, in 61 days." in told
    assert "Fewest, cheapest, earliest: 210 GBP" in told
    assert "Harbour [U+001B][2J Switching: 30 CE, 210 GBP" in told and "\x1b" not in told
    assert desk.ledger.head() == head


def test_a_plan_as_json_is_one_object(desk: Desk, ask: Callable[..., Result]) -> None:
    person(desk, "Ada Example", CCNA)
    row = json.loads(ask("ada example", "--format", "jsonl").output)
    assert (row["holder"], row["as_of"]) == ("Ada Example", "2026-11-22")
    [holding] = row["holdings"]
    assert [planned["aims"] for planned in holding["sets"]] == [["fewest", "cheapest", "earliest"]]
    assert holding["sets"][0]["price"] == {"GBP": "210"}


def test_somebody_without_a_certification_is_told_what_to_do(desk: Desk, ask: Callable[..., Result]) -> None:
    person(desk, "Ada Example")
    assert "recert roster import" in ask("Ada Example").output


@pytest.mark.parametrize("text", ["many", "-5", "", "GBP 300"])
def test_a_budget_is_a_number_and_perhaps_a_currency(text: str) -> None:
    with pytest.raises(WrongUse, match="no budget"):
        budget_of(text)
    assert budget_of("300 gbp") == Budget(amount=Decimal(300), currency="GBP")


def test_a_plan_cannot_be_done_before_it_begins(desk: Desk) -> None:
    state_of = desk.ledger.state
    id = person(desk, "Ada Example", CCNA)
    with pytest.raises(WrongUse, match="before"):
        plan_for(state_of(), state_of().holders[id], desk.rulebook, TODAY, by=dt.date(2026, 11, 21))


def test_a_certification_of_a_program_that_is_gone_is_named(desk: Desk) -> None:
    id = person(desk, "Ada Example", CCNA)
    gone = HoldingRecorded(holder=id, program="gone", name="X", level="x", earned_on=TODAY, by="test")
    desk.ledger.append((Draft(id, gone),), desk.clock.now())
    state = desk.ledger.state()
    with pytest.raises(DataFileError, match="gone"):
        plan_for(state, state.holders[id], desk.rulebook, TODAY)
