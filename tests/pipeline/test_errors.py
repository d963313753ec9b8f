"""The exit codes: one list in the code, the same one in the docs, and every error class on it."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import errors
from pipeline.cli import COMMANDS, main, recert
from pipeline.errors import ExitCode, RecertError

DOCS = Path(__file__).parents[2] / "docs" / "errors.md"


def test_the_docs_list_every_exit_code_and_no_other() -> None:
    listed = re.findall(r"^\| (\d+) \| `(\w+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert {(int(number), name) for number, name in listed} == {(code.value, code.name) for code in ExitCode}


def test_every_cause_has_its_own_exit_code() -> None:
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, RecertError)]
    codes = [kind.exit_code for kind in classes if kind is not RecertError]
    assert len(codes) == len(set(codes)) == len(ExitCode) - 2


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str) -> None:
    result = CliRunner().invoke(recert, [command, "--help"])
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()[2].strip()) > 20


def test_an_error_that_quotes_a_name_cannot_repaint_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["recert", "explain", "no\x1b[2J\u202e.pdf"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == ExitCode.WRONG_USE
    told = capsys.readouterr().err
    assert "[U+001B][2J[U+202E].pdf" in told and not {"\x1b", "\u202e"} & set(told)
