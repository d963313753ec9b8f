"""The main job as a stranger does it: real processes of the real command, real samples, a folder of one's own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_certificates"
CERTIFICATE = SAMPLES / "cisco-digital-learning" / "secure_access.pdf"
HOLDER = "Inês Carvalho da Mota"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A fresh folder with the demo's people."""
    recert(tmp_path, "init")
    recert(tmp_path, "roster", "import", str(SAMPLES / "demo" / "roster.toml"))
    return tmp_path


def environment(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RECERT_", "PREFECT_"))}
    return kept | {"RECERT_SETTLE_SECONDS": "0.2", "RECERT_WATCH_SECONDS": "0.2", "RECERT_ATTEMPTS": "1"}


def recert(place: Path, *words: str, expect: int = 0) -> str:
    command = [sys.executable, "-m", "pipeline.cli", *words]
    done = subprocess.run(command, cwd=place, env=environment(place), capture_output=True, text=True, check=False)
    assert done.returncode == expect, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_dropped_certificate_becomes_an_activity_a_claim_and_a_verdict(place: Path) -> None:
    (place / "share" / "inbox" / "certificate.pdf").write_bytes(CERTIFICATE.read_bytes())
    said = recert(place, "ingest")
    assert "Accepted" in said and "certificate.pdf" in said
    [item] = [
        row for row in rows(recert(place, "items", "list", HOLDER, "--format", "jsonl")) if row["document_sha256"]
    ]
    assert item["completed_on"] == "2026-11-05"
    assert item["claims"] == [
        {"program": "cisco", "kind": "course", "credits": "12", "status": "draft", "submitted_on": None}
    ]
    [document] = rows(recert(place, "documents", "list", "--format", "jsonl"))
    assert (document["state"], document["entries"]) == ("done", [item["entry"]])
    verdicts = rows(recert(place, "status", HOLDER, "--as-of", "2026-11-22", "--format", "jsonl"))
    [ccna] = [row for row in verdicts if row["holding"] == "CCNA"]
    assert ccna["projected"]["anchor_on"] == "2026-11-05"  # type: ignore[index]

    recert(place, "items", "status", str(item["entry"]), "earned", "--submitted-on", "2026-11-06")
    verdicts = rows(recert(place, "status", HOLDER, "--as-of", "2026-11-22", "--format", "jsonl"))
    [ccna] = [row for row in verdicts if row["holding"] == "CCNA"]
    assert (ccna["renewed"], ccna["expires_on"]) == (True, "2029-11-05")
    assert "all sound" in recert(place, "ledger", "verify")


def test_dropping_a_file_while_watching_leads_to_a_verdict_without_another_command(place: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "watch"]
    with subprocess.Popen(
        command, cwd=place, env=environment(place), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as watching:
        assert watching.stdout is not None
        lines = iter(watching.stdout.readline, "")
        assert next(lines).startswith("Watching")
        (place / "share" / "inbox" / "certificate.pdf").write_bytes(CERTIFICATE.read_bytes())
        said = list(until("Report:", lines))
        watching.send_signal(signal.SIGINT)
        assert watching.wait(timeout=20) == 0
    assert any(f"{HOLDER}" in line and "CCNA" in line for line in said), said


def until(word: str, lines: Iterator[str], seconds: float = 60) -> Iterator[str]:
    """The lines up to the first one that holds the word; the test's own time limit ends a silence."""
    end = time.monotonic() + seconds
    for line in lines:
        yield line
        if word in line or time.monotonic() > end:
            return


def test_a_changed_entry_is_found(place: Path) -> None:
    import sqlite3

    head = recert(place, "ledger", "verify").split("Head ")[1].strip()
    database = sqlite3.connect(place / "home" / "ledger.sqlite")
    database.executescript(
        "DROP TRIGGER entry_no_update; UPDATE entry SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2"
    )
    database.close()
    recert(place, "ledger", "verify", expect=5)
    recert(place, "ledger", "verify", "--head", head, expect=5)


def test_hostile_and_broken_files_each_get_their_place_and_reason(place: Path) -> None:
    traps = ["encrypted.pdf", "truncated.pdf", "zero_bytes.pdf", "invoice.pdf"]
    for name in traps:
        (place / "share" / "inbox" / name).write_bytes((SAMPLES / "traps" / name).read_bytes())
    recert(place, "ingest", expect=1)
    rejected = place / "share" / "rejected"
    assert {path.name for path in rejected.iterdir()} == {*traps, *(f"{name}.why.txt" for name in traps)}
    states = {row["name"]: row["state"] for row in rows(recert(place, "documents", "list", "--format", "jsonl"))}
    assert states == dict.fromkeys(traps, "rejected")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("items", "correct", "999", "course_name=x", "--why", "y"), 2),
        (("status", "Nobody At All"), 2),
        (("roster", "import", "missing.toml"), 9),
        (("extract", "missing.pdf"), 1),
        (("review", "show", "7"), 2),
        (("no-such-command",), 2),
        (("evaluate", "missing.toml"), 2),
    ],
)
def test_wrong_use_says_what_to_do_and_never_shows_a_traceback(place: Path, words: tuple[str, ...], code: int) -> None:
    recert(place, *words, expect=code)


def test_without_a_place_the_error_names_the_command_that_makes_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "status"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 6
    assert "recert init" in done.stderr
