"""The submission bundle, from a real ledger and real files: nothing is missing silently, nothing is marked."""

import csv
import datetime as dt
import io
import os
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import ExitCode, LedgerBusy, WrongUse
from pipeline.folders.kept import kept_file
from pipeline.folders.writing import unfinished_bundle
from pipeline.ledger.events import ActivityFacts
from pipeline.people.statements import StatedClaim, add_item, correct
from pipeline.portal.submission import ToSubmit, to_submit
from pipeline.report import bundle
from pipeline.report.bundle import checklist, default_target, file_name, write_bundle
from pipeline.report.sheet import cell, csv_text
from pipeline.verdicts.evaluation import verdicts_of
from rules.model import ClaimStatus
from tests.pipeline.desks import drop, person
from tests.pipeline.test_intake import COURSE, run

TODAY = dt.date(2026, 11, 22)
HEAD = "3:" + "ab" * 32
HELD = (("cisco", "CCNA", "associate", dt.date(2024, 3, 1)), ("atlassian", "ACP", "acp", dt.date(2025, 6, 1)))
PDF = b"%PDF-1.7\nnot much of one\n"
Ask = Callable[..., Result]


@pytest.fixture
def holder(desk: Desk) -> str:
    return person(desk, "Ada Example", *HELD)


@pytest.fixture
def ask(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("RECERT_SHARE", str(desk.settings.share))
    monkeypatch.setenv("RECERT_HOME", str(desk.settings.home))
    return lambda *words: CliRunner().invoke(recert, ["submit", *words], standalone_mode=False)


def add(desk: Desk, holder: str, *, program: str = "cisco", evidence: Path | None = None, **facts: object) -> int:
    stated = ActivityFacts.model_validate({"course_name": "Knots", "completed_on": dt.date(2026, 10, 1), **facts})
    claim = StatedClaim(program, "course", Decimal(10))
    return add_item(desk, desk.ledger.state().holders[holder], stated, claim, evidence)


def file_of(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def drafts(desk: Desk, holder: str, only: str | None = None) -> tuple[ToSubmit, ...]:
    state, programs = desk.ledger.state(), desk.rulebook.programs
    verdicts = verdicts_of(state, state.holders[holder], programs, TODAY, TODAY)
    return to_submit(
        state,
        state.holders[holder],
        verdicts,
        programs,
        lambda activity: kept_file(desk.settings, state, activity),
        today=TODAY,
        only=only,
    )


def test_what_the_portal_asks_for_and_is_not_there_is_said_each_with_what_to_do(desk: Desk, holder: str) -> None:
    entry = add(desk, holder)
    [item] = drafts(desk, holder)
    assert [(one.label, one.value) for one in item.asked] == [
        ("Official course name", "Knots"),
        ("Start date", None),
        ("End date", "2026-10-01"),
        ("Validation code", None),
        ("Certificate as PDF", None),
    ]
    assert f"recert items correct {entry} started_on=" in item.todo[0]
    assert len(item.todo) == 3 and item.submit_by == dt.date(2026, 12, 30)


def test_a_whole_draft_needs_nothing_more(desk: Desk, holder: str, tmp_path: Path) -> None:
    evidence = file_of(tmp_path, "scan 1.pdf", PDF)
    add(desk, holder, evidence=evidence, started_on=dt.date(2026, 9, 1), validation_code="AB-1")
    [item] = drafts(desk, holder)
    assert item.todo == () and file_name(item) == "01 2026-10-01 Knots.pdf"


def test_a_picture_where_a_pdf_is_asked_for_is_attached_and_said(desk: Desk, holder: str, tmp_path: Path) -> None:
    add(desk, holder, evidence=file_of(tmp_path, "shot.png", b"\x89PNG\r\n\x1a\n"))
    add(desk, holder, course_name="Other", program="atlassian", evidence=file_of(tmp_path, "a.pdf", PDF))
    other, picture = drafts(desk, holder)
    assert picture.asked[-1].value == "attached as PNG" and "a PDF" in (picture.asked[-1].todo or "")
    assert other.asked[-1].value == "attached as PDF" and "an image" in (other.asked[-1].todo or "")


def test_only_drafts_of_the_program_asked_about_are_gathered(desk: Desk, holder: str) -> None:
    add(desk, holder)
    add(desk, holder, course_name="Other", program="atlassian")
    state = desk.ledger.state()
    claim = StatedClaim("cisco", "course", Decimal(5), ClaimStatus.PENDING)
    facts = ActivityFacts(course_name="Pending", completed_on=dt.date(2026, 10, 1))
    add_item(desk, state.holders[holder], facts, claim)
    assert [item.course for item in drafts(desk, holder)] == ["Other", "Knots"]
    assert [item.course for item in drafts(desk, holder, only="cisco")] == ["Knots"]


def test_a_draft_whose_window_has_closed_says_so(desk: Desk, holder: str) -> None:
    add(desk, holder, completed_on=dt.date(2026, 8, 1))
    [item] = drafts(desk, holder)
    assert item.submit_by is None and "window has closed" in item.todo[-1]


def test_a_filed_certificate_is_found_wherever_it_was_moved(desk: Desk, holder: str) -> None:
    drop(desk, "cert.pdf", COURSE)
    run(desk)
    state = desk.ledger.state()
    [activity] = state.activities_of(holder)
    found = kept_file(desk.settings, state, activity)
    assert found is not None
    moved = found.rename(desk.settings.done / "elsewhere.pdf")
    assert kept_file(desk.settings, state, activity) == moved
    moved.write_text("not the bytes that were read")
    assert kept_file(desk.settings, state, activity) is None
    correct(desk, activity.entry, {"course_name": "Another name"}, "misread")
    assert kept_file(desk.settings, desk.ledger.state(), activity) is None


def test_of_two_files_with_one_name_the_one_that_was_read_is_taken(desk: Desk, holder: str) -> None:
    for name, code in (("one.pdf", "AB-1111-XX"), ("two.pdf", "CD-2222-YY")):
        drop(desk, name, COURSE | {"validation_code": code})
    run(desk)
    state = desk.ledger.state()
    found = {kept_file(desk.settings, state, activity) for activity in state.activities_of(holder)}
    assert None not in found and len(found) == len(state.activities_of(holder))


def test_the_folder_holds_the_checklist_the_table_and_the_renamed_certificates(
    desk: Desk, holder: str, tmp_path: Path
) -> None:
    name = "=1+1 <script>/../\u202eEvil"
    add(desk, holder, course_name=name, evidence=file_of(tmp_path, "scan.pdf", PDF), validation_code="@SUM(A1)")
    items = drafts(desk, holder)
    target = write_bundle("Ada Example", items, TODAY, tmp_path / "to submit", head=HEAD)
    files = {path.name: path for path in target.iterdir()}
    attached = "01 2026-10-01 =1+1 -script--..-Evil.pdf"
    assert set(files) == {"checklist.html", "items.csv", attached}
    assert files[attached].read_bytes() == PDF
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {
        0o600
    } and target.stat().st_mode & 0o777 == 0o700
    [row] = csv.DictReader(io.StringIO(files["items.csv"].read_text("utf-8-sig")))
    assert row["course_name"] == "'=1+1 <script>/../[U+202E]Evil" and row["validation_code"] == "'@SUM(A1)"
    page = files["checklist.html"].read_text()
    assert "<script" not in page and "\u202e" not in page and "something is missing for 1." in page
    with pytest.raises(WrongUse, match="already"):
        write_bundle("Ada Example", items, TODAY, target, head=HEAD)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".bundle")]


def test_a_zip_holds_the_same(desk: Desk, holder: str, tmp_path: Path) -> None:
    add(desk, holder, evidence=file_of(tmp_path, "scan.pdf", PDF))
    target = write_bundle("Ada Example", drafts(desk, holder), TODAY, tmp_path / "out" / "bundle.zip", head=HEAD)
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["01 2026-10-01 Knots.pdf", "checklist.html", "items.csv"]
        assert archive.read("01 2026-10-01 Knots.pdf") == PDF
    assert target.stat().st_mode & 0o777 == 0o600


def test_the_command_marks_nothing_and_says_what_is_missing(desk: Desk, holder: str, ask: Ask) -> None:
    entry = add(desk, holder)
    head = desk.ledger.head()
    result = ask("Ada Example")
    assert result.return_value == ExitCode.NEEDS_A_PERSON
    assert f"recert items status {entry} submitted --program cisco" in result.output
    assert desk.ledger.head() == head
    assert ask("Ada Example", "--program", "atlassian").output.startswith("Ada Example has no draft")
    assert isinstance(ask("Ada Example", "--program", "nobody").exception, WrongUse)


@pytest.mark.parametrize("step", ["_write", "_zip"])
def test_a_killed_bundle_is_not_there_and_the_next_run_clears_it_away(
    desk: Desk, holder: str, tmp_path: Path, step: str
) -> None:
    add(desk, holder, evidence=file_of(tmp_path, "scan.pdf", PDF))
    items, folder = drafts(desk, holder), desk.settings.submissions
    child = os.fork()
    if child == 0:
        setattr(bundle, step, lambda *_: os._exit(9))
        write_bundle("Ada Example", items, TODAY, folder / "bundle.zip", head=HEAD)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    [left] = folder.iterdir()
    assert left.name.startswith(".bundle-")
    with unfinished_bundle(folder) as living:
        run(desk)
        assert list(folder.iterdir()) == [living]


def test_the_next_bundle_clears_a_killed_one_away_where_no_run_comes(desk: Desk, holder: str, tmp_path: Path) -> None:
    add(desk, holder)
    (tmp_path / ".bundle-dead").mkdir()
    target = write_bundle("Ada Example", drafts(desk, holder), TODAY, tmp_path / "out", head=HEAD)
    assert target.is_dir() and not list(tmp_path.glob(".bundle-*"))


def test_nobody_is_forgotten_while_a_bundle_of_theirs_is_written(
    desk: Desk, holder: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, holder)
    monkeypatch.setattr("pipeline.ledger.database.BUSY_SECONDS", 0.05)
    with desk.ledger.transaction():
        assert isinstance(ask("Ada Example").exception, LedgerBusy)
    assert not list(desk.settings.submissions.glob("*"))


def test_each_bundle_has_a_place_of_its_own(tmp_path: Path) -> None:
    first = default_target(tmp_path, "Ada/Example", TODAY)
    first.mkdir(parents=True)
    assert first == tmp_path / "2026-11-22 Ada-Example"
    assert default_target(tmp_path, "Ada/Example", TODAY).name == "2026-11-22 Ada-Example (2)"


def test_a_checklist_of_whole_drafts_says_so(desk: Desk, holder: str, tmp_path: Path) -> None:
    evidence = file_of(tmp_path, "scan.pdf", PDF)
    add(desk, holder, evidence=evidence, started_on=dt.date(2026, 9, 1), validation_code="AB-1")
    assert "1 item to submit, everything is here." in checklist("Ada Example", drafts(desk, holder), TODAY, head=HEAD)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "＝1+1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")
    assert cell("Course = fun") == "Course = fun"
    assert csv_text(("a",), [(text,)]).splitlines()[1].strip('"').startswith("'")
