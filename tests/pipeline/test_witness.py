"""Every report shows the ledger's head, and that head finds a tail that is cut off later."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import LedgerDamaged
from pipeline.ledger.events import HolderRecorded
from pipeline.ledger.store import Draft, new_id
from pipeline.people.statements import add_item
from pipeline.report import write_batch, write_report
from tests.pipeline.desks import drop, person
from tests.pipeline.ledger.tampering import drop_triggers
from tests.pipeline.people.test_statements import CCNA, holder_of, stated
from tests.pipeline.test_intake import COURSE, run

PORTAL = "Name,Course,Completed,Credits,Status\nAda Example,Knots,2026-10-02,4,Approved\n"


@pytest.fixture
def place(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    monkeypatch.setenv("RECERT_SHARE", str(desk.settings.share))
    monkeypatch.setenv("RECERT_HOME", str(desk.settings.home))
    monkeypatch.chdir(tmp_path)
    holder = person(desk, "Ada Example", CCNA)
    add_item(desk, holder_of(desk, holder), stated("Knots"), None)
    (tmp_path / "portal.csv").write_text(PORTAL)
    return desk


def said(*words: str) -> str:
    result = CliRunner().invoke(recert, words, standalone_mode=False)
    assert result.exception is None, result.exception
    return result.output


TERMINAL = [
    ("status",),
    ("status", "--known-at", "2020-01-01"),
    ("reevaluate",),
    ("reevaluate", "--as-of", "2027-01-01"),
    ("plan", "Ada Example"),
    ("ingest",),
    ("reconcile", "portal.csv", "--program", "cisco"),
    ("doctor",),
    ("ledger", "verify"),
]


@pytest.mark.parametrize("words", TERMINAL, ids=" ".join)
def test_what_the_terminal_reports_ends_with_the_head(place: Desk, words: tuple[str, ...]) -> None:
    told = said(*words)
    if words == ("doctor",):  # a table, which folds what is long
        told = re.sub(r"[^0-9a-f:]", "", told)
    assert str(place.ledger.head()) in told


@pytest.mark.parametrize(
    "words", [("status",), ("plan", "Ada Example"), ("reconcile", "portal.csv", "--program", "cisco")], ids=" ".join
)
def test_what_machines_read_has_the_head(place: Desk, words: tuple[str, ...]) -> None:
    rows = [json.loads(line) for line in said(*words, "--format", "jsonl").splitlines()]
    assert rows and {row["head"] for row in rows} == {str(place.ledger.head())}


def test_every_page_and_table_has_the_head(place: Desk, tmp_path: Path) -> None:
    head = str(place.ledger.head())
    said("status", "--html", "status.html")
    assert f"recert ledger verify --head {head}" in (tmp_path / "status.html").read_text("utf-8")
    claim = ["--program", "cisco", "--kind", "course", "--credits", "4"]
    said("items", "add", "Ada Example", "--course", "Ropes", "--completed-on", "2026-10-03", *claim)
    head = str(place.ledger.head())
    assert f"Head of the ledger: {head}" in said("submit", "Ada Example", "--to", "bundle")
    assert f"recert ledger verify --head {head}" in (tmp_path / "bundle" / "checklist.html").read_text("utf-8")
    with (tmp_path / "bundle" / "items.csv").open(encoding="utf-8-sig", newline="") as table:
        assert {row["ledger_head"] for row in csv.DictReader(table)} == {head}


def test_a_run_leaves_the_head_in_its_page_and_its_json(place: Desk) -> None:
    drop(place, "cert.pdf", COURSE)
    batch = run(place)
    head = str(place.ledger.head())
    assert f"recert ledger verify --head {head}" in write_report(batch, place.settings.reports).read_text("utf-8")
    assert json.loads(write_batch(batch, place.settings.reports).read_text("utf-8"))["head"] == head


def test_the_head_of_a_report_finds_a_tail_that_was_cut_off(place: Desk) -> None:
    subject = new_id()
    place.ledger.append(
        [Draft(subject, HolderRecorded(holder=subject, name="Bo Sample", by="test"))], place.clock.now()
    )
    [line] = [line for line in said("status").splitlines() if line.startswith("Head of the ledger: ")]
    head = line.removeprefix("Head of the ledger: ")
    assert "all sound" in said("ledger", "verify", "--head", head)
    with place.ledger.transaction() as connection:
        drop_triggers(connection)
        connection.execute(text("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"))
    assert "all sound" in said("ledger", "verify")
    result = CliRunner().invoke(recert, ["ledger", "verify", "--head", head], standalone_mode=False)
    assert isinstance(result.exception, LedgerDamaged)
    assert "cut off" in str(result.exception)


def test_an_export_is_verified_without_the_ledger(place: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said("ledger", "export", "chain.jsonl", "--keys", "chain.keys")
    monkeypatch.setenv("RECERT_HOME", str(tmp_path / "nowhere"))
    head = str(place.ledger.head())
    assert head in said("ledger", "verify", "--export", "chain.jsonl", "--head", head)
    (tmp_path / "chain.jsonl").write_bytes((tmp_path / "chain.jsonl").read_bytes().replace(b"holder", b"holdfr", 1))
    result = CliRunner().invoke(recert, ["ledger", "verify", "--export", "chain.jsonl"], standalone_mode=False)
    assert isinstance(result.exception, LedgerDamaged)
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("chain.jsonl", "chain.keys")} == {0o600}
