"""What somebody sees who has just installed recert: each answer says what to do next, and nothing says too much."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pipeline.batch import DocumentState
from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import ExitCode
from pipeline.people.roster_file import example, parse_toml
from pipeline.report.terminal import print_outcome
from pipeline.run import ingest
from rules.program import shipped_programs
from tests.pipeline.desks import JsonReader, drop
from tests.pipeline.test_intake import COURSE, run

Ask = Callable[..., Result]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(recert, words, standalone_mode=False)


def commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Group]]:
    yield name, group
    context = click.Context(group)
    for word in group.list_commands(context):
        inner = group.get_command(context, word)
        if isinstance(inner, click.Group):
            yield from commands(inner, f"{name} {word}")


@pytest.mark.parametrize(("name", "group"), [*commands(recert, "recert")])
def test_no_line_of_the_help_is_cut(name: str, group: click.Group) -> None:
    listed = group.get_help(click.Context(group, info_name=name)).partition("Commands:")[2]
    assert listed and "..." not in listed


@pytest.mark.parametrize("words", [[], ["review"]])
def test_a_command_without_words_prints_its_help(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "pipeline.cli", *words], capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.WRONG_USE
    assert "Commands:\n" in done.stderr and "Error" not in done.stderr


def test_the_example_of_a_roster_is_one_and_names_every_program() -> None:
    programs = shipped_programs()
    text = example(programs)
    [holder] = parse_toml(text, "example.toml", programs).holders
    assert holder.holdings and all(name in text for name in programs)
    uncommented = re.sub(r"(?m)^# (?=\[\[|\w+ = )", "", text.partition("# The same as CSV")[0])
    assert parse_toml(uncommented, "example.toml", programs).holders[0].balances


def test_from_nothing_to_a_verdict_by_what_is_said(ask: Ask, tmp_path: Path) -> None:
    for command in re.findall(r"`recert ([^`]+)`", ask("init").output):
        words, _, target = command.partition(" > ")
        if words.startswith(("ingest", "watch")):
            continue
        done = ask(*words.split())
        assert done.return_value == ExitCode.DONE
        if target:
            (tmp_path / target).write_text(done.output, encoding="utf-8")
    assert "Ada Example" in ask("status").output


def test_an_empty_ledger_has_no_head_to_keep(ask: Ask) -> None:
    ask("init")
    assert "Head" not in ask("status").output


def test_what_stays_in_the_inbox_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.run.Sandbox", lambda _: nullcontext(JsonReader()))
    drop(desk, "empty.pdf").write_bytes(b"")
    drop(desk, "cut.pdf").write_bytes(b"[{")
    batch = ingest(desk, print_outcome, lambda _: None)
    said = capsys.readouterr().out
    assert "empty.pdf" in said and "It is empty" in said
    assert said.count("is tried again") == 1
    assert [one.name for one in batch.documents] == ["cut.pdf"]


def test_what_is_no_certificate_is_not_asked_whose_it_is(desk: Desk) -> None:
    drop(desk, "letter.pdf", COURSE | {"document_type": "other", "confidence": "0.2"})
    [document] = run(desk).documents
    assert document.state is DocumentState.REJECTED
    assert [found.code for found in document.certificates[0].findings] == ["not_a_certificate"]


def test_a_reason_is_written_in_sentences(desk: Desk) -> None:
    drop(desk, "cut.pdf").write_bytes(b"[{")
    run(desk)
    run(desk)
    [note] = desk.settings.rejected.glob("*.why.txt")
    assert note.read_text(encoding="utf-8").strip() == "It does not hold together. Drop it again."
