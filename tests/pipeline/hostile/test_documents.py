"""The nastiest documents, through the real sandbox and reader: each ends in a typed outcome, and the next one is read.

They are built by code in benchmarks/fuzz/crafted.py; the pixels of these are not read, for that is not what they are
about.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.fuzz.crafted import CRAFTED, active, flate_bomb, form_in_itself, page
from benchmarks.fuzz.pdf import compact, parsed, written
from extractors.document import Limits, open_document
from pipeline.checks.findings import Severity
from pipeline.sandbox import Reading, Sandbox
from pipeline.validate import check_document
from tests.pipeline.test_sandbox import processes_in, settings, wait_until

READER = "benchmarks.fuzz.reader:reader"
SAMPLES = Path(__file__).parents[3] / "sample_certificates"

READ = None
OUTCOMES = {
    "flate bomb of 10 GB": "out_of_memory",
    "picture of 100000 x 100000": "oversized",
    "picture of 100000 x 100000 within forms": "oversized",
    "form that draws itself": READ,
    "form that draws itself twice": "out_of_memory",
    "page tree that holds itself": READ,
    "page tree 5000 deep": "damaged",
    "array 100000 deep": READ,
    "content 100000 deep": READ,
    "halves of characters": READ,
    "cross references in a circle": READ,
    "JavaScript": READ,
    "launch": READ,
    "embedded file": READ,
    "PDF and ZIP": READ,
    "ZIP and PDF": "unsupported",  # it may hold more than the one that would be read
    "HTML and PDF": READ,
    "PDF and HTML": READ,
    "JPEG and PDF": READ,
    "PNG of 100000 x 100000": "oversized",
    "PNG bomb": "oversized",
    "PNG with a bomb of text": "damaged",
    "progressive JPEG of many scans": "oversized",
    "TIFF whose pages go in circles": READ,
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def sandbox(place: Path) -> Iterator[Sandbox]:
    with Sandbox(settings(place, document_seconds=150.0, workers=1), READER) as made:
        yield made


def read(sandbox: Sandbox, place: Path, data: bytes) -> Reading:
    path = place / "document"
    path.write_bytes(data)
    return sandbox.read(path, "a name")


@pytest.mark.parametrize("name", OUTCOMES)
def test_each_has_a_typed_outcome(sandbox: Sandbox, place: Path, name: str) -> None:
    reading = read(sandbox, place, CRAFTED[name]())
    failure = reading.failure
    assert (failure.code if failure else READ) == OUTCOMES[name], failure
    if failure is not None:
        assert failure.message[-1].isalnum()
        assert failure.action
        assert not failure.retryable or failure.code == "damaged", "the same bomb is not tried again"
    else:
        assert reading.extractions


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("PDF and ZIP", "pdf-partial-text"),
        ("HTML and PDF", "pdf-partial-text"),
        ("PDF and HTML", "pdf-partial-text"),
        ("JPEG and PDF", "jpg"),
    ],
)
def test_what_is_two_kinds_at_once_is_one_of_them(name: str, media: str) -> None:
    """By its first bytes, whatever it is called; never both, never by turns."""
    with open_document(CRAFTED[name](), Limits()) as document:
        assert document.media == media


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (b"/OpenAction << /S /JavaScript /JS (app.alert) >>", "JavaScript"),
        (b"/AA << /WC << /S /Launch /F (/bin/sh) >> >>", "launch"),
        (b"/Names << /EmbeddedFiles << /Names [ (a) << /F (a) /EF << /F 6 0 R >> >> ] >> >>", "embedded files"),
    ],
)
def test_what_wants_to_do_something_is_told(entry: bytes, told: str, packed: bool) -> None:
    data = active(entry)
    with open_document(compact(parsed(data)) if packed else data, Limits()) as document:
        assert told in document.metadata.active


def test_active_content_is_a_note_that_says_what_it_is(sandbox: Sandbox, place: Path) -> None:
    sample = parsed((SAMPLES / "udacity" / "data_engineer.pdf").read_bytes())
    (plain,) = read(sandbox, place, compact(sample)).extractions
    sample.entry(sample.root, b"/OpenAction << /S /JavaScript /JS (app.alert) >>")
    (extraction,) = read(sandbox, place, compact(sample)).extractions
    added = {one.code: one for one in check_document(extraction, dt.date(2026, 11, 22))}
    assert "active_content" not in {one.code for one in check_document(plain, dt.date(2026, 11, 22))}
    assert added["active_content"].severity is Severity.NOTE
    assert "JavaScript" in added["active_content"].message


def test_a_bomb_of_a_kilobyte_is_one(place: Path) -> None:
    """Ten gigabytes in a kilobyte; a small one of the same kind opens, so it is its size that ends the other."""
    assert len(flate_bomb(3, 10 * 2**30)) < 1200
    with open_document(flate_bomb(3, 2**20), Limits()) as document:
        assert document.page_count == 1
    assert len(form_in_itself(2)) < 1200


def test_a_page_whose_references_go_in_circles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """pdfminer would follow them for ever; its words are then taken from the other reader."""
    monkeypatch.setattr("extractors.textlayer._PAGE_SECONDS", 0.2)
    with open_document(CRAFTED["references in a circle"](), Limits()) as document:
        assert [word.text for word in document.page(1).words[:2]] == ["Certificate", "of"]


FAKE = """#!/bin/sh
case "$1" in
  --list-langs) printf 'List of available languages in "/nowhere" (1):\\neng\\n' ;;
  --version) echo 'tesseract 5.3.0' ;;
  *) sleep 1000 & sleep 1000 & wait ;;
esac
"""


def test_a_hang_in_tesseract_ends_with_its_children_and_costs_no_other_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, programs = tmp_path / "temporary", tmp_path / "programs"
    temporary.mkdir()
    programs.mkdir()
    (programs / "tesseract").write_text(FAKE)
    (programs / "tesseract").chmod(0o755)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    hangs, text = SAMPLES / "kaggle" / "intro.png", SAMPLES / "udacity" / "data_engineer.pdf"
    with Sandbox(settings(tmp_path, document_seconds=10.0, document_memory_mib=4096)) as sandbox:
        readings = sandbox.read_many((path, path.name) for path in (hangs, text, text))
        first = next(readings)
        assert first.failure is not None
        assert first.failure.code == "timeout"
        assert [reading.failure for reading in readings] == [None, None]
        # Of the reader that hung nobody is left: those that are belong to the other one.
        assert wait_until(lambda: len(processes_in(temporary)) <= 2)
    assert wait_until(lambda: processes_in(temporary) == [])
    assert list(temporary.iterdir()) == []


def test_an_ordinary_page_of_that_make_is_read(sandbox: Sandbox, place: Path) -> None:
    """What makes the others hostile is what differs from this one."""
    (extraction,) = read(sandbox, place, written(page())).extractions
    assert extraction.media == "pdf-partial-text"
