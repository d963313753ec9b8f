"""The exits that are no report: settings, commands to copy, errors; and hostile files on their way in."""

import json
import shlex
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.commands.options import say, say_json
from pipeline.errors import RecertError
from pipeline.flows import Withheld, withholding
from pipeline.ledger.state import Holder
from pipeline.people.roster_file import read_roster
from pipeline.place import _quoted
from pipeline.portal.portal_file import parse_export, read_export
from pipeline.report.sheet import cell, csv_text, unmarked
from pipeline.review.review_queue import _named
from pipeline.settings import Settings, load_settings
from pipeline.showing import visible
from pipeline.tables import TableLimits
from pipeline.verdicts.rulebook import load_rulebook
from rules.reading import DataError
from rules.scenario import load_scenario
from tests.pipeline.hostile.attacks import ATTACKS, HONEST
from tests.pipeline.hostile.test_exits import EXITS, hidden
from tests.pipeline.hostile.world import programs


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_folder_of_any_name_reads_back_from_the_settings(name: str) -> None:
    assert tomllib.loads(f"share = {_quoted(Path(name))}")["share"] == str(Path(name))


@given(st.text())
def test_a_cell_reads_back_as_what_was_shown(text: str) -> None:
    assert unmarked(cell(text)) == visible(text, 2000)


def test_our_own_table_reads_back_as_a_portal_export() -> None:
    for text in (*ATTACKS.values(), *HONEST):
        if not visible(text).strip("'"):
            continue
        table = csv_text(("course_name", "completed_on"), [(text, "2026-10-01")])
        [row] = parse_export(table.removeprefix("\ufeff"), "items.csv", TableLimits()).rows
        assert row.course == visible(text, 2000)


@pytest.mark.parametrize("text", [*ATTACKS.values(), *HONEST], ids=lambda text: ascii(text)[:30])
def test_a_name_in_a_command_is_one_word_of_a_shell(text: str) -> None:
    word = _named(Holder("0123456789abcdef", text))
    assert shlex.split(word) == [text] or word == "01234567"
    assert not hidden(visible(word))


@pytest.mark.parametrize("attack", ["escape clear", "new line", "override", "not utf-8", "long", "log"])
@pytest.mark.parametrize(
    "words",
    [
        ("explain", "{}.pdf"),
        ("evaluate", "{}"),
        ("evaluate", "--format", "table", "{}"),
        ("extract", "--on", "{}", "x"),
        ("{}",),
        ("status", "a", "{}"),
        ("status", "--{}"),
        ("status", "{}"),
        ("status", "--as-of", "{}"),
        ("roster", "import", "{}.csv"),
        ("offers", "list", "--program", "{}"),
        ("offers", "match", "{}"),
        ("ledger", "verify", "--head", "{}"),
        ("items", "status", "1", "{}"),
        ("init", "--me", "{}"),
    ],
    ids=" ".join,
)
def test_what_is_typed_cannot_repaint_the_answer(
    words: tuple[str, ...],
    attack: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECERT_SHARE", "share")
    monkeypatch.setenv("RECERT_HOME", "home")
    Settings().home.mkdir(mode=0o700)
    monkeypatch.setattr(sys, "argv", ["recert", *(word.format(ATTACKS[attack]) for word in words)])
    with pytest.raises(SystemExit):
        main()
    told = capfd.readouterr()
    assert not hidden(told.out + told.err) and "Traceback" not in told.err
    assert not [line for line in (told.out + told.err).splitlines() if line.startswith("FORGED")]
    assert len(told.err) < 10_000


def test_lines_and_errors_of_the_worker_are_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ATTACKS.values():
        say(text)
        say_json({"text": text})
        for error in (RecertError(text, text), ValueError(text)):
            with pytest.raises(Withheld) as told, withholding():
                raise error
            assert text not in str(told.value) or len(text) < 3
        captured = capsys.readouterr()
        shown, line = captured.out.splitlines()
        assert shown == visible(text, 2000)
        assert json.loads(line)["text"] == text.encode("utf-8", "backslashreplace").decode()
        assert not hidden(captured.out + captured.err)
        assert all(one.startswith("recert: ") for one in captured.err.splitlines())


# What comes in -------------------------------------------------------------------------------------------------------

TABLES: dict[str, bytes] = {
    "nothing": b"",
    "zeros": b"\0" * 1000,
    "a mark alone": b"\xef\xbb\xbf",
    "utf-16": "name,course,date\nA,B,2026-01-01\n".encode("utf-16"),
    "utf-16 cut off": "name,course,date\n".encode("utf-16")[:-1],
    "utf-16 without a mark": "name,course,date\n".encode("utf-16-le"),
    "latin": "name\nJos\xe9\n".encode("latin-1"),
    "a line of 10 MB": b"name,course,date\n" + b"A" * 10_000_000,
    "100,000 columns": b"name" + b"," * 100_000,
    "headings twice": b"name,name,course,course,date,date\nA,B,C,D,E,F\n",
    "more cells than headings": b"name,course,date\nA,B,2026-01-01,=1,\x1b[2J\n",
    "open quote": b'name,course,date\n"A,B,2026-01-01\n',
    "zero in a cell": b"name,course,date\nA\0B,C\0,2026-01-01\n",
    "deep lists": b"x = " + b"[" * 50_000,
    "deep tables": b"x = " + b"{a=" * 5_000,
    "long number": b"x = " + b"9" * 10_000,
    "huge amount": b'[[holder]]\nname = "A"\n[[holder.balance]]\nprogram = "cisco"\nholding = "B"\n'
    b"credits = 1e999999999\nstated_on = 2026-01-01\n",
    "beyond all exponents": b"x = 1e99999999999999999999",
    "long name": b'[[holder]]\nname = "' + b"A" * 1_000_000 + b'"\n',
    "escapes": b'[["\\u001b[2J\\u202e"]]\nx = 1\n',
    "half a character": b'[[holder]]\nname = "\\ud800"\n',
}


def _settings(path: Path) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECERT_SETTINGS", str(path))
        return load_settings()


READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "roster as CSV": ("csv", lambda path: read_roster(path, programs(), TableLimits())),
    "roster as TOML": ("toml", lambda path: read_roster(path, programs(), TableLimits())),
    "portal": ("csv", lambda path: read_export(path, TableLimits())),
    "settings": ("toml", _settings),
    "catalogue": ("toml", lambda path: load_rulebook(Settings(catalogue=path))),
    "scenario": ("toml", lambda path: load_scenario(path.read_bytes().decode("utf-8", "replace"), path.name)),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("reader", READERS)
def test_a_hostile_file_is_read_or_refused_in_words(reader: str, name: str, tmp_path: Path) -> None:
    ending, read = READERS[reader]
    path = tmp_path / f"file.{ending}"
    path.write_bytes(TABLES[name])
    try:
        read(path)
    except (RecertError, DataError) as error:
        assert str(error)


def test_a_home_that_would_move_the_ledger_elsewhere_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECERT_HOME", str(tmp_path / "q?mode=ro"))
    with pytest.raises(RecertError, match="question mark"):
        load_settings()


def test_counts() -> None:
    """The figures of docs/security.md: `pytest tests/pipeline/hostile -k counts -s` prints them."""
    tried = len(EXITS) * len(ATTACKS)
    print(f"{len(ATTACKS)} attacks x {len(EXITS)} exits = {tried} tried; {len(HONEST)} honest names at each exit")
    assert tried > 2000 and len({one.name for one in EXITS}) == len(EXITS)
