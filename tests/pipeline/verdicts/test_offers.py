"""`recert offers`, and the offers that a certificate in review may be."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import WrongUse
from pipeline.verdicts.offers import likely_offers, offer_rows, offers_like
from pipeline.verdicts.rulebook import Rulebook, load_rulebook
from tests.pipeline.desks import drop, extraction
from tests.pipeline.test_intake import run

OWN = """
[[offer]]
title = "Knots \\u001b[31m for Networkers"
program = "cisco"
kind = "course"
credits = 12
price = 99
currency = "GBP"
valid_from = 2026-01-01
valid_until = 2026-12-31
source = "us"
[[exam]]
title = "Core"
code = "900-401"
program = "cisco"
kind = "core"
source = "us"
"""
DAY = dt.date(2026, 11, 22)


@pytest.fixture
def book(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    own = tmp_path / "catalogue.toml"
    own.write_text(OWN)
    for name, value in (("SHARE", desk.settings.share), ("HOME", desk.settings.home), ("CATALOGUE", own)):
        monkeypatch.setenv(f"RECERT_{name}", str(value))
    return load_rulebook(desk.settings.model_copy(update={"catalogue": own}))


@pytest.fixture
def ask(book: Rulebook) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(recert, [*words], standalone_mode=False)


def test_offers_and_exams_are_listed_with_what_they_cost_and_until_when(book: Rulebook) -> None:
    rows = offer_rows(book, "cisco", DAY)
    assert [(row.worth, row.cost, row.open) for row in rows] == [
        ("12", "99 GBP", "from 2026-01-01 until 2026-12-31"),
        ("exam 900-401", "not known", "always"),
    ]
    assert {"Rev Up to Recert: Python", "Core"} <= {row.title for row in offer_rows(book)}
    with pytest.raises(WrongUse, match="no program"):
        offer_rows(book, "cisko")


def test_the_list_is_a_table_or_json(ask: Callable[..., Result]) -> None:
    told = ask("offers", "list", "--on", "2026-11-22").output
    assert "Knots [U+001B][31m for" in told and "\x1b" not in told
    rows = [json.loads(line) for line in ask("offers", "list", "--format", "jsonl").output.splitlines()]
    assert [row["exam"] for row in rows] == [False, False, False, True]
    assert "docs/add-an-offer.md" in ask("offers", "list", "--on", "2031-01-01", "--program", "atlassian").output


def test_a_score_is_shown_and_never_above_the_certainty_of_the_title(book: Rulebook) -> None:
    title = "Knots [31m for Networkers"
    [exact] = likely_offers(book, title, None, DAY)
    [doubted] = likely_offers(book, title, None, DAY, certainty=0.889)
    assert (exact.percent, exact.certain, doubted.percent, doubted.certain) == (100, True, 88, False)
    [late] = likely_offers(book, title, None, dt.date(2027, 1, 1))
    assert not late.in_time


def test_a_title_is_matched_at_the_command_line(ask: Callable[..., Result]) -> None:
    told = ask("offers", "match", "Knots [31m for Networker", "--on", "2026-11-22").output
    assert " 95 %" in told and "12 CE of cisco" in told
    assert "No offer" in ask("offers", "match", "Beekeeping").output


def test_a_review_shows_what_the_title_may_be(desk: Desk, book: Rulebook, ask: Callable[..., Result]) -> None:
    shown = {"course_name": "Rev Up to Recert Python", "completed_on": "2023-04-01", "confidence": "0.9"}
    [likely] = offers_like(book, extraction(1, **shown))
    assert (likely.percent, likely.certain) == (90, False)
    assert offers_like(book, extraction(1, **(shown | {"completed_on": "2023-04"}))) == ()
    assert offers_like(book, extraction(1, holder_name="Ada Example")) == ()
    drop(desk, "cert.pdf", {**shown, "holder_name": "Nobody Known"})
    run(desk)
    told = ask("review", "show", "1").output
    assert " 90 %  “Rev Up to Recert: Python”: 15 CE of cisco" in told
