"""The portal and the ledger side by side: exports under many headings, dates with two readings, typed balances."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import DataFileError, ExitCode, WrongUse
from pipeline.ledger.events import ActivityFacts
from pipeline.people.statements import StatedClaim, add_item
from pipeline.portal.portal_file import PortalExport, parse_export, read_export
from pipeline.portal.reconciliation import Reconciled, reconcile_export, reconcile_stated
from pipeline.portal.reconciling import Difference
from pipeline.tables import TableLimits
from rules.model import ClaimStatus
from tests.pipeline.desks import person

CCNP = ("cisco", "CCNP", "professional", dt.date(2025, 3, 1))
DONE = dt.date(2026, 9, 2)  # its window of 90 days closes nine days from the clock of these tests
Ask = Callable[..., Result]


@pytest.fixture
def holder(desk: Desk) -> str:
    return person(desk, "Ada Example", CCNP)


def add(  # noqa: PLR0917
    desk: Desk,
    holder: str,
    course: str,
    credits: int,
    status: str = "earned",
    on: dt.date = DONE,
    code: str | None = None,
) -> int:
    facts = ActivityFacts(course_name=course, completed_on=on, validation_code=code)
    stated = StatedClaim("cisco", "course", Decimal(credits), ClaimStatus(status))
    return add_item(desk, desk.ledger.state().holders[holder], facts, stated)


def export(*lines: str, head: str = "course,completed_on,credits,status,code") -> PortalExport:
    return parse_export("\n".join((head, *lines)), "portal.csv", TableLimits())


def compared(desk: Desk, holder: str, *lines: str) -> Reconciled:
    return reconcile_export(desk, export(*lines), desk.ledger.state().holders[holder], None)


def balance(desk: Desk, holder: str, credits: int) -> Reconciled:
    return reconcile_stated(desk, desk.ledger.state().holders[holder], None, None, Decimal(credits))


def only(result: Reconciled) -> list[Difference]:
    [one] = result.found
    return list(one.differences)


def test_two_drafts_are_missing_at_the_portal_and_the_window_is_said(desk: Desk, holder: str) -> None:
    add(desk, holder, "Orchards", 52)
    add(desk, holder, "Knots", 6, "draft")
    add(desk, holder, "Bees", 6, "draft")
    said = "portal 52, ledger 64: these two are missing there; the window closes in 9 days."
    assert (
        compared(desk, holder, "Orchards,2026-09-02,52,Earned,").found[0].headline
        == f"Cisco Continuing Education: {said}"
    )
    [stated] = balance(desk, holder, 52).found
    assert stated.headline == f"CCNP: {said}"
    assert {line.course for line in stated.differences} == {"Knots", "Bees"}
    assert {line.action for line in stated.differences} == {"recert submit"}


def test_what_agrees_is_said_to_agree(desk: Desk, holder: str) -> None:
    add(desk, holder, "Orchards", 40)
    [one] = compared(desk, holder, "ORCHARDS!,2026-09-02,40.0,approved,").found
    assert (one.headline, one.agreeing, one.differences) == (
        "Cisco Continuing Education: portal 40, ledger 40: they agree.",
        1,
        (),
    )
    assert balance(desk, holder, 40).found[0].headline == "CCNP: portal 40, ledger 40: they agree."


def test_statuses_credits_and_days_that_differ_are_said_with_what_to_type(desk: Desk, holder: str) -> None:
    first = add(desk, holder, "Orchards", 40, "pending")
    second = add(desk, holder, "Knots", 6, "earned")
    third = add(desk, holder, "Bees", 6)
    said = only(
        compared(
            desk,
            holder,
            "Orchards,2026-09-02,36,Earned,",
            "Knots,2026-09-02,6,Pending,",
            "Bees,2026-09-12,6,Earned,",
        )
    )
    assert [(line.entry, line.sentence, line.action) for line in said] == [
        (first, "the portal says earned, the ledger pending", f"recert items status {first} earned --program cisco"),
        (
            first,
            "the portal says 36 credits, the ledger 40",
            f"recert items status {first} earned --program cisco --credits 36",
        ),
        (
            second,
            "the portal says pending, the ledger earned",
            f"recert items status {second} pending --program cisco --why …",
        ),
        (third, "the portal says 12 September 2026, the ledger 2 September 2026", f"recert items correct {third} …"),
    ]


def test_what_the_portal_alone_has_is_said(desk: Desk, holder: str) -> None:
    [line] = only(compared(desk, holder, "Unheard,2026-09-02,4,Earned,", "Refused,2026-09-03,4,Rejected,"))
    assert (line.where, line.course, line.line) == ("ledger", "Unheard", 2)


def test_the_code_identifies_an_item_before_its_title_does(desk: Desk, holder: str) -> None:
    add(desk, holder, "Orchards", 40, code="AB-1")
    assert only(compared(desk, holder, "Something else entirely,2026-09-02,40,Earned,ab 1"))[0].where == "portal"
    assert only(compared(desk, holder, "Something else entirely,2026-09-02,40,Earned,ab-1")) == []


def test_a_date_with_two_readings_fits_either(desk: Desk, holder: str) -> None:
    add(desk, holder, "Orchards", 40)
    for printed in ("09/02/2026", "02/09/2026", "2 Sep 2026", "2026-09-02 12:00"):
        assert only(compared(desk, holder, f"Orchards,{printed},40,Earned,")) == []
    [line] = only(compared(desk, holder, "Orchards,2026-09-02,40,Earned,", "Unheard,03/04/2026,40,Earned,"))
    assert line.completed_on is None and "3 April 2026 or 4 March 2026" in line.sentence.replace(
        "4 March 2026 or 3 April 2026", "3 April 2026 or 4 March 2026"
    )


def test_what_could_be_two_items_is_paired_with_neither(desk: Desk, holder: str) -> None:
    add(desk, holder, "Orchards", 40, code="A1")
    add(desk, holder, "Orchards", 40, code="B2")
    assert {line.where for line in only(compared(desk, holder, "Orchards,2026-09-02,40,Earned,"))} == {
        "portal",
        "ledger",
    }


def test_what_closed_cycles_used_is_left_out(desk: Desk, holder: str) -> None:
    add(desk, holder, "Long ago", 80, on=dt.date(2026, 1, 10))
    add(desk, holder, "Orchards", 40)
    assert only(compared(desk, holder, "Orchards,2026-09-02,40,Earned,")) == []


def test_a_balance_that_one_set_of_items_explains_names_it(desk: Desk, holder: str) -> None:
    add(desk, holder, "Orchards", 30)
    add(desk, holder, "Knots", 7)
    assert [line.course for line in only(balance(desk, holder, 30))] == ["Knots"]
    assert "no items of the ledger add up to it" in balance(desk, holder, 32).found[0].headline
    assert "the portal has more, by 5" in balance(desk, holder, 42).found[0].headline


def test_a_balance_that_several_sets_explain_names_none_for_certain(desk: Desk, holder: str) -> None:
    add(desk, holder, "Orchards", 30)
    for course in ("Knots", "Bees"):
        add(desk, holder, course, 6, "pending")
    [one] = balance(desk, holder, 36).found
    assert "the difference may be among these 2" in one.headline
    assert {line.sentence.partition(";")[0] for line in one.differences} == {"may not be there"}


def test_whose_rows_they_are_is_never_guessed(desk: Desk, holder: str) -> None:
    other = person(desk, "Bo Sample", CCNP, ("atlassian", "ACP", "acp", dt.date(2025, 6, 1)))
    head = "Candidate Name,course,date,Vendor"
    lines = (
        "ADA EXAMPLE,Orchards,2026-09-02,Cisco",
        "Nobody,Orchards,2026-09-02,cisco",
        "Bo Sample,Knots,2026-09-02,",
        "Bo Sample,Bees,2026-09-02,Cisco Continuing Education",
        ",Bees,2026-09-02,cisco",
    )
    result = reconcile_export(desk, export(*lines, head=head), None, None)
    assert [(one.holder, one.program, len(one.differences)) for one in result.found] == [
        ("Ada Example", "cisco", 1),
        ("Bo Sample", "cisco", 1),
    ]
    assert [line.split(":")[0] for line in result.unplaced] == ["Line 3", "Line 4", "Line 6"]
    mine = reconcile_export(desk, export(*lines, head=head), desk.ledger.state().holders[other], "cisco")
    assert [one.holder for one in mine.found] == ["Bo Sample"] and "it is of Ada Example" in mine.unplaced[0]
    with pytest.raises(WrongUse, match="whose"):
        reconcile_export(desk, export("Orchards,2026-09-02,40,,"), None, None)


def test_a_balance_is_of_one_certification(desk: Desk) -> None:
    two = person(desk, "Bo Sample", CCNP, ("cisco", "CCNA", "associate", dt.date(2025, 6, 1)))
    holder = desk.ledger.state().holders[two]
    with pytest.raises(WrongUse, match="several"):
        reconcile_stated(desk, holder, None, None, Decimal(1))
    with pytest.raises(WrongUse, match="no certification “CCIE”"):
        reconcile_stated(desk, holder, "CCIE", None, Decimal(1))
    assert reconcile_stated(desk, holder, "ccna", "cisco", Decimal(0)).found[0].holding == "CCNA"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffCourse Name;Date Completed;CE\nOrchards;2026-09-02;40",
        "title\tactivity date\tunits\nOrchards\t2 September 2026\t40 CE units",
        "\n\nITEM NAME , Completion-Date , Credits\r\nOrchards , 2026-09-02 , 40,0",
        '"Official course name","end date","points"\n"Orchards","2026-09-02","40"',
    ],
)
def test_exports_are_read_whatever_their_separator_and_headings(text: str) -> None:
    if text.endswith("40,0"):
        text = text.replace("40,0", "40")
    [row] = parse_export(text.lstrip("\ufeff"), "x.csv", TableLimits()).rows
    assert (row.course, row.days, row.credits) == ("Orchards", (DONE,), 40)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Orchards,someday,40,,", "line 2: “someday” is no full date"),
        ("Orchards,2026,40,,", "no full date"),
        (",2026-09-02,40,,", "line 2: there is no course"),
        ("Orchards,2026-09-02,many,,", "“many” is no number of credits"),
        ("Orchards,2026-09-02,40,Frobnicated,", "“Frobnicated” is no status"),
        ('"Orchards,2026-09-02', "not CSV"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(line: str, said: str) -> None:
    with pytest.raises(DataFileError) as told:
        export(line)
    assert said in str(told.value)


def test_a_file_without_the_needed_columns_says_what_is_there() -> None:
    with pytest.raises(DataFileError, match="no column is the completed_on; there is “course”, “Wann”"):
        export(head="course,Wann")


def test_files_of_spreadsheets_are_read_and_others_refused(tmp_path: Path) -> None:
    path = tmp_path / "portal.csv"
    path.write_bytes("course;date\nÜbung;2026-09-02".encode("utf-16"))
    assert read_export(path, TableLimits()).rows[0].course == "Übung"
    path.write_bytes("course;date\nÜbung;2026-09-02".encode("latin-1"))
    with pytest.raises(DataFileError, match="not UTF-8"):
        read_export(path, TableLimits())
    with pytest.raises(DataFileError, match="cannot be read"):
        read_export(tmp_path / "nothing.csv", TableLimits())


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        parse_export(text, "x.csv", TableLimits())
    except DataFileError as error:
        assert "x.csv" in error.message and error.action


@pytest.fixture
def ask(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("RECERT_SHARE", str(desk.settings.share))
    monkeypatch.setenv("RECERT_HOME", str(desk.settings.home))
    return lambda *words: CliRunner().invoke(recert, ["reconcile", *words], standalone_mode=False)


def test_the_command_only_compares(desk: Desk, holder: str, ask: Ask, tmp_path: Path) -> None:
    add(desk, holder, "Orchards \x1b[31m", 40)
    head = desk.ledger.head()
    path = tmp_path / "portal.csv"
    path.write_text("course,date,Region\nUnheard \x1b[2J,2026-09-02,EMEA\n")
    result = ask(str(path), "--holder", "Ada Example")
    assert result.return_value == ExitCode.NEEDS_A_PERSON and "\x1b" not in result.output
    assert "Missing in the ledger: “Unheard [U+001B][2J”" in result.output
    assert "Columns not used: Region" in result.output
    [row] = map(json.loads, ask(str(path), "--holder", "Ada Example", "--format", "jsonl").output.splitlines())
    assert (row["holder"], row["portal"], row["ledger"]) == ("Ada Example", "0", "40")
    assert ask("--holder", "Ada Example", "--balance", "40").return_value == ExitCode.DONE
    assert desk.ledger.head() == head
    for words in ((), (str(path), "--balance", "4"), ("--balance", "4")):
        assert isinstance(ask(*words).exception, WrongUse)
