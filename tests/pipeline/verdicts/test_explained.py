"""`recert status --explain` and its page, with titles that documents and people chose."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.ledger.events import ActivityFacts
from pipeline.people.statements import StatedClaim, add_item
from pipeline.report import render
from pipeline.verdicts.nightly import evaluate_everybody
from rules.model import ClaimStatus
from tests.pipeline.desks import person

CCNA = ("cisco", "CCNA <b>", "associate", dt.date(2025, 3, 1))
HOSTILE = "<script>alert(1)</script> \u202eEvil \x1b[31mred"
Ask = Callable[..., Result]


@pytest.fixture
def ask(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("RECERT_SHARE", str(desk.settings.share))
    monkeypatch.setenv("RECERT_HOME", str(desk.settings.home))
    id = person(desk, "Ada Example", CCNA)
    for course, status in ((HOSTILE, ClaimStatus.EARNED), ("Knots for Networkers", ClaimStatus.REJECTED)):
        facts = ActivityFacts(course_name=course, completed_on=dt.date(2026, 9, 1))
        claim = StatedClaim("cisco", "course", Decimal(12), status)
        add_item(desk, desk.ledger.state().holders[id], facts, claim)
    return lambda *words: CliRunner().invoke(
        recert, ["status", *words, "--as-of", "2026-11-22", "--known-at", "2026-11-22"]
    )


def test_the_terminal_shows_the_folders_and_every_item(ask: Ask) -> None:
    told = " ".join(ask("--explain").output.replace("│", " ").split())
    assert "1 Complete one of ├── 1.1 any associate, concentration, core or expert exam" in told
    assert "12 of 30 CE, still missing: 18 CE" in told
    assert (
        '– "Knots for Networkers" of 1 September 2026 is rejected; only earned items count. [status; CIS-STATUS:'
        in told
    )
    assert "\x1b" not in told and "\u202e" not in told


def test_json_has_the_explanation_only_where_it_is_asked_for(ask: Ask) -> None:
    assert "explanation" not in json.loads(ask("--format", "jsonl").output)
    row = json.loads(ask("--explain", "--format", "jsonl").output)
    assert [folder["number"] for folder in row["explanation"]["folders"]] == ["1.1", "1.2"]


def test_the_page_escapes_what_others_chose(ask: Ask, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert f"Page: {page}" in ask("--html", str(page)).output.replace("\n", "")
    text = page.read_text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text and "<script" not in text
    assert "CCNA &lt;b&gt;" in text and not {"\x1b", "\u202e"} & set(text)
    assert "still missing: 18 CE" in text and page.stat().st_mode & 0o777 == 0o600


def test_reports_of_batches_and_nights_explain_what_changed(desk: Desk, ask: Ask) -> None:
    [difference] = evaluate_everybody(desk).differences
    assert difference.explanation is not None and difference.explanation.folders
    page = render(evaluate_everybody(desk).model_copy(update={"differences": (difference,)}))
    assert "1 Complete one of" in page and "<script" not in page
