"""The sandbox with real reader processes that hang, crash, eat, fork and lie."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import MissingProgram
from pipeline.sandbox import Reading, Sandbox
from pipeline.settings import Settings

OBEDIENT = "tests.pipeline.sandbox_readers:obedient"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Our own folder for temporary files: at the end of every test it is empty and nobody works in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []
    assert wait_until(lambda: processes_in(folder) == [])


def processes_in(folder: Path) -> list[int]:
    """Every living process that was started for this temporary folder, whatever session it is in now."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if os.fsencode(f"TMPDIR={folder}/") in environment and state != "Z":
            found.append(int(process.name))
    return found


def end(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def settings(tmp_path: Path, **changes: object) -> Settings:
    values: dict[str, object] = {"document_seconds": 5.0, "workers": 2, "document_memory_mib": 1024}
    return Settings.model_validate({"share": tmp_path / "share", "home": tmp_path / "home", **values, **changes})


def order(tmp_path: Path, text: str) -> Path:
    path = tmp_path / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.pdf"
    path.write_text(text)
    return path


def obey(sandbox: Sandbox, tmp_path: Path, text: str) -> Reading:
    return sandbox.read(order(tmp_path, text), "a name")


def said(reading: Reading) -> str:
    assert reading.failure is not None
    assert reading.failure.code == "told", reading.failure
    return reading.failure.message


def code(reading: Reading) -> str | None:
    return reading.failure.code if reading.failure else None


def test_a_reading_carries_name_hash_and_pictures(tmp_path: Path) -> None:
    with Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        reading = obey(sandbox, tmp_path, "picture")
    assert (reading.name, reading.failure) == ("a name", None)
    assert reading.sha256 == hashlib.sha256(b"picture").hexdigest()
    assert [(picture.page, picture.jpeg) for picture in reading.pictures] == [(1, bytes(range(256)))]


@pytest.mark.parametrize(
    ("text", "expected", "retryable"),
    [
        ("hang", "timeout", True),
        ("spin", "timeout", True),
        ("hang-in-child", "timeout", True),
        ("hang-in-fork", "timeout", True),
        ("drip", "timeout", True),
        ("eat", "out_of_memory", False),
        ("crash", "reader_died", True),
        ("exit", "reader_died", True),
        ("abort", "reader_died", True),
        ("lie", "reader_died", True),
        ("raise", "reader_failed", False),
        ("recurse", "reader_failed", False),
        ("encrypted", "encrypted", False),
    ],
)
def test_a_bad_document_fails_alone(tmp_path: Path, text: str, expected: str, retryable: bool) -> None:
    """And the next one is read, by the same or by a fresh process."""
    with Sandbox(settings(tmp_path, document_seconds=1.0), OBEDIENT) as sandbox:
        reading = obey(sandbox, tmp_path, text)
        assert reading.failure is not None
        assert (reading.failure.code, reading.failure.retryable) == (expected, retryable)
        assert reading.failure.message
        assert reading.failure.action
        assert said(obey(sandbox, tmp_path, "say all well")) == "all well"


def test_what_escapes_its_group_is_ended_where_the_kernel_allows(tmp_path: Path, temporary: Path) -> None:
    """And where it does not, the sandbox says so: `walls` promises exactly what holds."""
    with Sandbox(settings(tmp_path, document_seconds=1.0), OBEDIENT) as sandbox:
        assert code(obey(sandbox, tmp_path, "escape")) in ("reader_died", "timeout")
        isolated = sandbox.walls().network
    ended = wait_until(lambda: processes_in(temporary) == [], 5.0 if isolated else 0.2)
    end(processes_in(temporary))
    assert ended == isolated
    assert wait_until(lambda: processes_in(temporary) == [])


def wait_until(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_one_document_says_nothing_for_the_next(tmp_path: Path) -> None:
    """An answer sent ahead makes this document fail, never the next one take it for its own."""
    with Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        assert code(obey(sandbox, tmp_path, "babble")) == "reader_died"
        assert said(obey(sandbox, tmp_path, "say mine")) == "mine"


def test_an_unexpected_error_is_logged_without_the_text_of_the_document(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        reading = obey(sandbox, tmp_path, "raise the-name-of-a-person")
    assert reading.failure is not None
    assert "ZeroDivisionError" in reading.failure.message
    assert "sandbox_readers.py" in caplog.text
    assert "the-name-of-a-person" not in caplog.text + reading.failure.message


def test_many_are_read_in_parallel_and_come_in_order(tmp_path: Path) -> None:
    texts = ["slowly first", "say 1", "hang", "say 2", "crash", "say 3", "raise", *(f"say {n}" for n in range(4, 20))]
    taken: list[str] = []

    def jobs() -> Iterator[tuple[Path, str]]:
        for text in texts:
            taken.append(text)
            yield order(tmp_path, text), text

    with Sandbox(settings(tmp_path, document_seconds=1.0), OBEDIENT) as sandbox:
        coming = sandbox.read_many(jobs())
        first = next(coming)
        assert len(taken) <= 4, "jobs are not taken all at once"
        readings = [first, *coming]
    assert [reading.name for reading in readings] == texts
    codes = [code(reading) for reading in readings]
    assert codes[:7] == ["told", "told", "timeout", "told", "reader_died", "told", "reader_failed"]
    assert set(codes[7:]) == {"told"}


def test_processes_start_when_needed_last_and_are_replaced(tmp_path: Path, temporary: Path) -> None:
    with Sandbox(settings(tmp_path, workers=4), OBEDIENT, documents_per_worker=3) as sandbox:
        assert processes_in(temporary) == []
        sessions = [said(obey(sandbox, tmp_path, "session")) for _ in range(3)]
        first = processes_in(temporary)
        assert first == []
        obey(sandbox, tmp_path, "session")
        # One process that reads and the small one that watches it.
        assert len(processes_in(temporary)) == 2
    assert len(set(sessions)) == 1


def test_a_reader_that_ended_while_idle_costs_no_document(tmp_path: Path, temporary: Path) -> None:
    with Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        obey(sandbox, tmp_path, "say first")
        end(processes_in(temporary))
        # A killed process gives up its memory, by which we find it, a moment before its end of our socket.
        assert wait_until(lambda: not sandbox._idle[0].quiet())
        assert said(obey(sandbox, tmp_path, "say second")) == "second"


def test_no_network_from_python_or_from_programs(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        port = server.getsockname()[1]
        reading = obey(sandbox, tmp_path, f"connect {port}")
        assert reading.failure is not None
        assert "PermissionError" in reading.failure.message
        refused = said(obey(sandbox, tmp_path, f"connect-in-child {port}")) != "0"
        walls = sandbox.walls()
        assert refused == (walls.network or walls.calls), "the sandbox promises exactly what holds"


def test_the_limits_are_in_force(tmp_path: Path) -> None:
    with Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        assert said(obey(sandbox, tmp_path, "limits")) == f"0 256 {1024 * 2**20} {512 * 2**20}"


def test_secrets_of_the_environment_stay_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECERT_LEDGER_URL", "postgresql://somebody:password@nowhere/ledger")
    with Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        names = said(obey(sandbox, tmp_path, "environment")).split()
    assert "TMPDIR" in names
    assert not [name for name in names if name.startswith(("RECERT", "PREFECT"))]


def test_what_a_document_leaves_behind_is_gone_before_the_next(tmp_path: Path, temporary: Path) -> None:
    with Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        place = Path(said(obey(sandbox, tmp_path, "litter")))
        assert temporary in place.parents
        assert said(obey(sandbox, tmp_path, f"list {place}")) == "[]"


def test_files_that_do_not_open_or_are_too_big_never_reach_a_reader(tmp_path: Path, temporary: Path) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as stream:
        stream.truncate(2**40)
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    link = tmp_path / "link.pdf"
    link.symlink_to(order(tmp_path, "say secret"))
    with Sandbox(settings(tmp_path, document_bytes=1000), OBEDIENT) as sandbox:
        readings = [sandbox.read(path, path.name) for path in (huge, pipe, link, tmp_path / "absent.pdf", tmp_path)]
        assert processes_in(temporary) == []
    assert [code(reading) for reading in readings] == ["oversized", *["unopened"] * 4]
    assert len(readings[0].sha256) == 64


@pytest.mark.parametrize(
    ("reader", "word"),
    [("tests.pipeline.sandbox_readers:broken", "no such luck"), ("nowhere.at_all:reader", "nowhere")],
)
def test_a_reader_that_does_not_load_is_our_fault_not_the_documents(tmp_path: Path, reader: str, word: str) -> None:
    with Sandbox(settings(tmp_path), reader) as sandbox, pytest.raises(MissingProgram, match=word):
        sandbox.read(order(tmp_path, "say x"), "x")


def test_leaving_early_ends_what_still_reads(tmp_path: Path, temporary: Path) -> None:
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Sandbox(settings(tmp_path, document_seconds=60), OBEDIENT) as sandbox:
        jobs = [(order(tmp_path, "say first"), "first"), *[(order(tmp_path, "hang-in-child"), "hang")] * 4]
        for _ in sandbox.read_many(jobs):
            assert wait_until(lambda: len(processes_in(temporary)) > 2)
            raise KeyboardInterrupt
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_reader_outlives_recert(tmp_path: Path, temporary: Path, number: signal.Signals) -> None:
    """Interrupted it cleans up at once; killed, its readers end by themselves and the next run removes its folder."""
    program = (
        "import signal, sys, tempfile; from pathlib import Path; tempfile.tempdir = sys.argv[1]\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pipeline.sandbox import Sandbox; from pipeline.settings import Settings\n"
        "with Sandbox(Settings(document_seconds=60), sys.argv[2]) as sandbox:\n"
        "    sandbox.read(Path(sys.argv[3]), 'x')\n"
    )
    arguments = [str(temporary), OBEDIENT, str(order(tmp_path, "hang-in-child"))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    recert = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], env=environment, cwd=tmp_path, stderr=subprocess.PIPE
    )
    assert wait_until(lambda: len(processes_in(temporary)) == 3, 20)
    recert.send_signal(number)
    recert.communicate(timeout=20)
    assert wait_until(lambda: processes_in(temporary) == [])
    assert bool(list(temporary.iterdir())) == (number == signal.SIGKILL)
    with Sandbox(settings(tmp_path), OBEDIENT) as sandbox:
        assert len(list(temporary.iterdir())) == 1
        assert said(obey(sandbox, tmp_path, "say clean")) == "clean"
