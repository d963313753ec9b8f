"""The mutated documents are what they say, and what is counted is counted."""

import json
from pathlib import Path

import pytest

from benchmarks.fuzz import watch
from benchmarks.fuzz.corpus import SAMPLES, mutant
from benchmarks.fuzz.pdf import compact, parsed, written
from benchmarks.fuzz.report import Outcome, Report, shown
from benchmarks.fuzz.run import main
from extractors.document import Limits, open_document

SAMPLE = SAMPLES / "udacity" / "data_engineer.pdf"


def test_a_number_is_always_the_same_document_and_two_are_not() -> None:
    made = [mutant(3, number) for number in range(40)]
    assert made == [mutant(3, number) for number in range(40)]
    assert len({one.data for one in made}) == 40
    assert mutant(4, 0) != made[0]
    assert {"pdf", "png", "jpg"} <= {one.kind for one in made}


@pytest.mark.parametrize("write", [written, compact])
def test_a_file_taken_apart_and_put_together_again_says_the_same(write: object) -> None:
    before = SAMPLE.read_bytes()
    after = written(parsed(before)) if write is written else compact(parsed(before))
    with open_document(before, Limits()) as one, open_document(after, Limits()) as other:
        assert [word.text for word in one.page(1).words] == [word.text for word in other.page(1).words] != []
        assert not other.metadata.damaged


def test_a_few_go_through_the_sandbox_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = tmp_path / "out" / "fuzz.json"
    assert main(["--count", "6", "--seed", "2", "--workers", "1", "--out", str(out)]) == 0
    first = json.loads(out.read_text())
    assert (first["documents"], sum(first["outcomes"].values())) == (6, 6)
    assert main(["--start", "6", "--count", "2", "--seed", "2", "--workers", "1", "--out", str(out)]) == 0
    assert json.loads(out.read_text())["documents"] == 8
    assert "| crashes of the parent | 0 |" in capsys.readouterr().out


def outcome(**changes: object) -> Outcome:
    plain: dict[str, object] = {
        **{"number": 1, "kind": "pdf", "seed": "a", "damages": (), "engines": "none", "said": "review"},
        **{"seconds": 0.1, "crash": None, "hung": False, "same_again": None},
    }
    return Outcome.model_validate(plain | changes)


@pytest.mark.parametrize(
    "changes", [{"crash": "KeyError"}, {"hung": True}, {"said": "reader_failed"}, {"same_again": False}]
)
def test_a_defect_is_counted_and_shown(changes: dict[str, object]) -> None:
    report = Report(seed=1, document_seconds=60)
    report.take(outcome())
    assert report.defects() == 0
    report.take(outcome(number=77, **changes))
    assert report.defects() == 1
    assert "- 77 " in shown(report)
    assert report.plus(report).defects() == 2


def test_what_is_left_is_a_defect_and_memory_that_rises_is_seen() -> None:
    assert Report(seed=1, document_seconds=60, left_files=1, left_processes=2).defects() == 3
    report = Report(seed=1, document_seconds=60)
    report.memory([(1.0, 100.0), (2.0, 130.0), (3.0, 160.0)])
    assert report.memory_slope == 30
    assert watch.slope([]) == 0
