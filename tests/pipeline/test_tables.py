"""Tables that people hand over cost no more than their limits allow."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import DataFileError
from pipeline.people.roster_file import parse_csv, read_roster
from pipeline.portal.portal_file import parse_export, read_export
from pipeline.tables import TableLimits
from rules.program import shipped_programs

PROGRAMS = shipped_programs()
HEAD = "course,date"
SMALL = TableLimits(bytes=1000, rows=3, columns=4)


def export(text: str, limits: TableLimits = SMALL) -> int:
    return len(parse_export(text, "portal.csv", limits).rows)


def roster(text: str, limits: TableLimits = SMALL) -> int:
    return len(parse_csv(text, "team.csv", PROGRAMS, limits).holders)


@pytest.mark.parametrize(
    ("read", "text", "most"),
    [
        (export, HEAD + "\nKnots,2026-01-01" * 3, "3 rows"),
        (export, HEAD + ",," + "\nKnots,2026-01-01", "4 columns"),
        (roster, "name" + "".join(f"\nAda {letter}" for letter in "ABC"), "3 rows"),
    ],
)
def test_a_table_at_its_limit_is_read_and_one_beyond_it_is_refused(
    read: Callable[[str], int], text: str, most: str
) -> None:
    assert read(text) in (1, 3)
    larger = text.replace(HEAD, f"{HEAD},", 1) if "columns" in most else f"{text}\n{text.splitlines()[-1]}"
    with pytest.raises(DataFileError, match=f"has more than {most}") as refused:
        read(larger)
    assert f"RECERT_TABLE_{most[2:].upper()}" in refused.value.action


def test_no_more_of_a_file_is_read_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    path.symlink_to("/dev/zero")
    for read in (read_export, lambda place, limits: read_roster(place, PROGRAMS, limits)):
        with pytest.raises(DataFileError, match="has more than 1000 bytes"):
            read(path, SMALL)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (export, ",".join(["a"] * 1_000_000)),
        (export, HEAD + "\nKnots," + "1" * 130_000),
        (export, HEAD + "\n" * 2_000_000),
        (roster, "name,program,holding,level,earned_on"
         + "".join(f"\nAda,cisco,H{number},associate,2024-01-01" for number in range(2000))),
        (roster, "name,aliases" + "".join(f"\nAda,A{number}" for number in range(5000))),
    ],
    ids=["a million columns", "a long date", "blank lines", "one person's holdings", "one person's aliases"],
)  # fmt: skip
def test_what_is_within_the_limit_of_bytes_takes_no_time(read: Callable[..., int], text: str) -> None:
    began = time.process_time()
    try:
        read(text, TableLimits())
    except DataFileError as error:
        assert error.action
    assert time.process_time() - began < 0.8


def test_the_limits_are_settings(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECERT_SHARE", str(desk.settings.share))
    monkeypatch.setenv("RECERT_HOME", str(desk.settings.home))
    monkeypatch.setenv("RECERT_TABLE_ROWS", "1")
    path = tmp_path / "team.csv"
    path.write_text("name\nAda Example\nBo Example\n", encoding="utf-8")
    for words in (["roster", "import", str(path)], ["reconcile", str(path)]):
        if words[0] == "reconcile":
            path.write_text(f"{HEAD}\nKnots,2026-01-01\nRopes,2026-01-01\n", encoding="utf-8")
        told = CliRunner().invoke(recert, words, standalone_mode=False).exception
        assert isinstance(told, DataFileError) and "has more than 1 rows" in told.message
