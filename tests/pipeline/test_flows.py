"""The flows under Prefect: what they do, and above all what Prefect does not get to know.

Two servers are started here: Prefect's test harness for the flows in this process, and one with a worker for
prefect.yaml as it is deployed.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.testing.utilities import prefect_test_harness

from pipeline import flows
from pipeline.demo import PROJECT
from pipeline.errors import Locked
from pipeline.local_prefect import LocalPrefect, local_server, local_worker
from pipeline.sandbox import Sandbox

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

PERSON, COURSE, CODE = "Ada Beispiel", "Gardening for Machines", "ZX81-44AB-77"
SAMPLE = PROJECT / "sample_certificates" / "cisco-digital-learning" / "segment_routing.pdf"
PRIVATE = (PERSON, COURSE, CODE, "Beispiel", "geheim")


def recert(place: Path, *arguments: str) -> str:
    """Run the command line in a place of its own and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *arguments], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, prefect_test_harness(server_startup_timeout=120):
        patch.setenv("DO_NOT_TRACK", "1")
        yield


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A share and a home with one person on the roster, read by the spoken reader."""
    for name, value in {"SHARE": "share", "HOME": "home", "SETTINGS": "recert.toml"}.items():
        monkeypatch.setenv(f"RECERT_{name}", str(tmp_path / value))
    monkeypatch.setenv("RECERT_SETTLE_SECONDS", "0")
    monkeypatch.setenv("RECERT_CHUNK", "2")
    monkeypatch.setattr(flows, "Sandbox", partial(Sandbox, reader="tests.pipeline.flow_readers:spoken"))
    recert(tmp_path, "init", "--me", PERSON)
    return tmp_path


def drop(place: Path, name: str, holder: str = PERSON, course: str = COURSE, code: str = CODE) -> None:
    (place / "share" / "inbox" / name).write_text(f"{holder}\n{course}\n{code}")


def stored(kind: str) -> list[dict[str, Any]]:
    """Everything of one kind that Prefect's server has stored."""
    with get_client(sync_client=True) as client:
        answer = client.request("POST", f"/{kind}/filter", json={})
    found = answer.json()
    rows: list[dict[str, Any]] = found["events"] if kind == "events" else found
    return rows


def test_a_sweep_reads_every_file_and_one_bad_file_harms_no_other(server: None, place: Path) -> None:
    drop(place, f"{PERSON} geheim.pdf")
    drop(place, "again.pdf")
    drop(place, "stranger.pdf", holder="Nobody Known", code="ZX81-44AB-78")
    drop(place, "bad.pdf", holder="damaged")
    state = flows.ingest_inbox(return_state=True)
    assert state.is_completed()
    assert "4 documents" in (state.message or "")
    rows = [json.loads(line) for line in recert(place, "documents", "list", "--format", "jsonl").splitlines()]
    states = {Path(row["name"]).name: row["state"] for row in rows}
    assert states["stranger.pdf"] == "review"
    assert states["bad.pdf"] == "rejected"
    assert sorted((states["again.pdf"], states[f"{PERSON} geheim.pdf"])) == ["done", "duplicate"]
    assert len(list((place / "home" / "reports").glob("*.html"))) == 1
    assert len(list((place / "home" / "reports").glob("*.json"))) == 1


def test_prefect_gets_to_know_outcomes_and_no_names(server: None, place: Path) -> None:
    drop(place, f"{PERSON} geheim.pdf")
    drop(place, "stranger.pdf", holder=f"{PERSON} geheim", code="ZX81-44AB-79")
    flows.ingest_inbox()
    artifacts = [one for one in stored("artifacts") if one["key"] == flows.ARTIFACT]
    rows = json.loads(artifacts[-1]["data"])
    assert {frozenset(row) for row in rows} == {frozenset({"document", "state", "decisions", "findings"})}
    deadline = time.monotonic() + 20
    while not (logs := stored("logs")) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert any(log["message"].endswith(" review") for log in logs)
    everything = json.dumps([stored(kind) for kind in ("flow_runs", "task_runs", "artifacts", "logs", "events")])
    assert [word for word in PRIVATE if word in everything] == []
    assert str(place) not in everything


def test_a_sweep_that_finds_another_at_work_has_nothing_to_add(
    server: None, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise Locked("Another run is at work.", "Wait.")

    monkeypatch.setattr(flows, "open_run", locked)
    state = flows.ingest_inbox(return_state=True)
    assert (state.is_completed(), state.name) == (True, "Skipped")


def test_an_arrival_waits_for_its_turn(server: None, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = iter((True, True, False))
    real = flows.open_run

    def busy_twice(*arguments: Any) -> Any:
        if next(turns):
            raise Locked("Another run is at work.", "Wait.")
        return real(*arguments)

    monkeypatch.setattr(flows, "open_run", busy_twice)
    monkeypatch.setattr(flows, "_TURN_SECONDS", 0.0)
    drop(place, "late.pdf")
    state = flows.ingest_arrival(return_state=True)
    assert state.is_completed()
    assert "1 documents: 1 done" in (state.message or "")


def test_the_words_of_an_error_stay_here(
    server: None, place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(f"{PERSON} geheim")

    monkeypatch.setattr(flows, "open_run", broken)
    state = flows.ingest_inbox(return_state=True)
    assert state.is_failed()
    assert "RuntimeError" in (state.message or "")
    assert f"{PERSON} geheim" in capfd.readouterr().err
    assert f"{PERSON} geheim" not in json.dumps([stored("flow_runs"), stored("logs")])


def test_the_nightly_evaluation_runs(server: None, place: Path) -> None:
    assert flows.reevaluate(return_state=True).is_completed()


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[tuple[LocalPrefect, Path]]:
    settings = {
        "RECERT_SHARE": str(tmp_path / "share"),
        "RECERT_HOME": str(tmp_path / "home"),
        "RECERT_SETTINGS": str(tmp_path / "recert.toml"),
        "RECERT_SETTLE_SECONDS": "0.5",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        recert(tmp_path, "init")
        roster = PROJECT / "sample_certificates" / "demo" / "roster.toml"
        recert(tmp_path, "roster", "import", str(roster))
        with local_server(tmp_path / "prefect", PROJECT, settings) as prefect, local_worker(prefect):
            yield prefect, tmp_path


def finished(prefect: LocalPrefect, run: str) -> None:
    deadline = time.monotonic() + 120
    while not (state := prefect.state(run)).final:
        assert time.monotonic() < deadline, prefect.worker_words(60)
        time.sleep(0.3)
    assert state.type == "COMPLETED", prefect.worker_words(60)


def test_a_file_goes_through_the_deployment_to_a_verdict(deployed: tuple[LocalPrefect, Path]) -> None:
    prefect, place = deployed
    sample = SAMPLE.read_bytes()
    (place / "share" / "inbox" / SAMPLE.name).write_bytes(sample)
    finished(prefect, prefect.start_run("ingest-inbox/batch-ingest"))
    (document,) = [json.loads(line) for line in recert(place, "documents", "list", "--format", "jsonl").splitlines()]
    assert document["state"] == "done", document["reason"]
    (item,) = [json.loads(line) for line in recert(place, "items", "list", "--format", "jsonl").splitlines()]
    assert item["claims"][0]["credits"] == "12"
    verdicts = [json.loads(line) for line in recert(place, "status", "--format", "jsonl").splitlines()]
    waiting = [one for one in verdicts if one["projected"] and one["holder"] == item["holder"]]
    assert waiting

    (place / "share" / "inbox" / f"again {SAMPLE.name}").write_bytes(sample)
    prefect.command("event", "emit", "certificate.arrived", "--resource-id", "recert.inbox")
    deadline = time.monotonic() + 90
    while "duplicate" not in recert(place, "documents", "list", "--format", "jsonl"):
        assert time.monotonic() < deadline, prefect.worker_words(60)
        time.sleep(0.5)
