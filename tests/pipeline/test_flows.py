"""The flows under Prefect: what they do, and above all what Prefect does not get to know.

Two servers are started here: Prefect's test harness for the flows in this process, and one with a worker for
prefect.yaml as it is deployed.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.testing.utilities import prefect_test_harness

from benchmarks.offline import Connections, attempts, network_of_this_thread
from pipeline import flows
from pipeline.demo import PROJECT
from pipeline.errors import Locked, SettingsError
from pipeline.folders.moves import open_to_others
from pipeline.ledger.store import Ledger
from pipeline.local_prefect import LocalPrefect, local_server, local_worker, stop
from pipeline.sandbox import Sandbox
from pipeline.settings import load_settings

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
    with Ledger.open(load_settings().url) as ledger:
        witness = f"Head of the ledger: {ledger.head()}"
    artifacts = [one for one in stored("artifacts") if one["key"] == flows.ARTIFACT]
    [artifact] = [one for one in artifacts if one["description"].endswith(witness)]
    rows = json.loads(artifact["data"])
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


@pytest.mark.parametrize("sweep", [flows.ingest_inbox, flows.ingest_arrival, flows.reevaluate])
def test_a_busy_database_is_no_other_run_and_its_path_stays_here(
    server: None,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    sweep: Callable[..., Any],
) -> None:
    monkeypatch.setattr("pipeline.ledger.database.BUSY_SECONDS", 0.05)
    with Ledger.open(load_settings().url) as other, other.transaction():
        state = sweep(return_state=True)
    assert state.is_failed()
    assert "LedgerBusy" in (state.message or "")
    assert str(place) in capfd.readouterr().err
    assert str(place) not in json.dumps([stored("flow_runs"), stored("task_runs"), stored("logs")])


def test_the_nightly_evaluation_runs(server: None, place: Path) -> None:
    assert flows.reevaluate(return_state=True).is_completed()


@pytest.fixture(scope="module")
def apart() -> Iterator[bool]:
    """A network without a way out, for this thread and what it starts; False where only root may have one."""
    with network_of_this_thread() as alone:
        yield alone


@pytest.fixture(scope="module")
def careless() -> Iterator[None]:
    """A umask that closes nothing."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def deployed(
    tmp_path_factory: pytest.TempPathFactory, apart: bool, careless: None
) -> Iterator[tuple[LocalPrefect, Path]]:
    """prefect.yaml deployed on a server of its own, with a worker, and the people of the demo on the roster."""
    place = tmp_path_factory.mktemp("deployed")
    settings = {
        "RECERT_SHARE": str(place / "share"),
        "RECERT_HOME": str(place / "home"),
        "RECERT_SETTINGS": str(place / "recert.toml"),
        "RECERT_SETTLE_SECONDS": "0.5",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        recert(place, "init")
        recert(place, "roster", "import", str(PROJECT / "sample_certificates" / "demo" / "roster.toml"))
        with local_server(place / "prefect", PROJECT, settings) as prefect, local_worker(prefect):
            yield prefect, place


@pytest.fixture
def environment(deployed: tuple[LocalPrefect, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the deployed place, for the commands of one test."""
    _, place = deployed
    monkeypatch.setenv("RECERT_SETTINGS", str(place / "recert.toml"))


def listed(place: Path, *command: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in recert(place, *command, "--format", "jsonl").splitlines()]


def test_a_file_goes_through_the_deployment_to_a_verdict(
    deployed: tuple[LocalPrefect, Path], environment: None
) -> None:
    prefect, place = deployed
    shutil.copyfile(SAMPLE, place / "share" / "inbox" / SAMPLE.name)
    run = prefect.start_run("ingest-inbox/batch-ingest")
    wait_for(prefect, lambda: prefect.state(run).final)
    assert prefect.state(run).type == "COMPLETED", prefect.worker_words(60)
    document = next(row for row in listed(place, "documents", "list") if row["name"] == SAMPLE.name)
    assert document["state"] == "done", document["reason"]
    item = next(row for row in listed(place, "items", "list") if row["document_sha256"] == document["sha256"])
    assert [claim["credits"] for claim in item["claims"]] == ["12"]
    report = max((place / "home" / "reports").glob("*.html")).read_text(encoding="utf-8")
    assert "64 with what waits" in report


def test_an_arrival_starts_a_sweep_by_itself(deployed: tuple[LocalPrefect, Path], environment: None) -> None:
    """`recert watch --announce` tells the server, and ends in order when it is told to."""
    prefect, place = deployed
    told = {"PREFECT_API_URL": prefect.url, "PREFECT_HOME": str(place / "prefect"), "DO_NOT_TRACK": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "watch", "--announce"],
        cwd=place,
        env=os.environ | told,
        stdout=subprocess.PIPE,
        text=True,
    ) as watching:
        assert watching.stdout is not None
        assert watching.stdout.readline().startswith("Watching")
        (place / "share" / "inbox" / "note.pdf").write_bytes(b"this is no certificate")
        assert watching.stdout.readline() == "1 arrived; Prefect is told.\n"
        wait_for(prefect, lambda: "rejected" in {row["state"] for row in listed(place, "documents", "list")})
        assert "flow 'ingest-arrival'" in prefect.worker_words(500)  # and not the scheduled sweep
        watching.terminate()
        assert watching.wait(timeout=20) == 0


def test_nothing_leaves_the_machine(deployed: tuple[LocalPrefect, Path], apart: bool) -> None:
    """Server, worker, deployment and commands ran where the kernel counts who looks for a way out."""
    if not apart:
        offline = [sys.executable, "-m", "benchmarks.offline"]
        done = subprocess.run(offline, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return
    job = Connections.counted()
    assert (job.beyond, job.begun > 10) == (0, True), job
    tried = attempts()
    assert Connections.counted().since(job).beyond == tried, "whoever tries must be counted"


def test_what_prefect_and_the_flows_write_is_their_owners_only(deployed: tuple[LocalPrefect, Path]) -> None:
    _, place = deployed
    made = {path.suffix for path in (place / "prefect").rglob("*")}
    assert {".db", ".log"} <= made
    assert [*open_to_others(place / "prefect"), *open_to_others(place / "home")] == []


def test_without_a_server_nobody_can_be_told() -> None:
    with temporary_settings({PREFECT_API_URL: None}), pytest.raises(SettingsError, match="PREFECT_API_URL"):
        flows.announce_arrival()


def wait_for(prefect: LocalPrefect, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not done():
        assert time.monotonic() < deadline, prefect.worker_words(60)
        time.sleep(0.5)


def test_nothing_is_left_running(tmp_path: Path) -> None:
    """A process that is stopped takes its children along, those in sessions of their own too."""
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True)\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    stop(process)
    process.stdout.close()
    child = int((tmp_path / "pid").read_text())
    assert not Path(f"/proc/{child}").exists() or "\nState:\tZ" in Path(f"/proc/{child}/status").read_text()
