"""Wall by wall: what a reader process cannot do, and that the very same thing succeeds outside of it.

Each order is carried out twice by the same function: by a reader in the sandbox, and by a bare process beside it.
"""

import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.readers import walls
from pipeline.readers.wire import Walls
from pipeline.sandbox import Sandbox
from tests.pipeline.test_sandbox import OBEDIENT, obey, order, processes_in, settings, wait_until

_OUTSIDE = (
    "import sys; from tests.pipeline.sandbox_readers import obedient\n"
    "print(obedient(None)(sys.argv[1].encode()).failure.message)"
)
_ROOM = 1024


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walls")


@pytest.fixture(scope="module")
def sandbox(folder: Path) -> Iterator[Sandbox]:
    with Sandbox(settings(folder, document_seconds=30.0, workers=1), OBEDIENT) as made:
        yield made


@pytest.fixture(scope="module")
def standing(sandbox: Sandbox) -> Walls:
    return sandbox.walls()


def inside(sandbox: Sandbox, folder: Path, text: str) -> str:
    reading = obey(sandbox, folder, text)
    assert reading.failure is not None
    return reading.failure.message


def outside(folder: Path, text: str) -> str:
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _OUTSIDE, text]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment, timeout=60
    ).stdout.strip()


def test_with_namespaces_and_a_recent_kernel_every_wall_stands(standing: Walls) -> None:
    """Elsewhere, `recert doctor` tells what is missing; without namespaces two walls may stand all the same."""
    recent = [int(part) for part in platform.release().split(".")[:2]] >= [6, 14]
    if recent and standing.network:
        assert standing == Walls(network=True, files=True, calls=True, processes=True, disk=True)


def test_no_file_of_the_home_is_read_and_none_outside_is_written(
    sandbox: Sandbox, folder: Path, standing: Walls
) -> None:
    secret = folder / "home" / "ledger.sqlite"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("everything")
    target = folder / "target"
    assert outside(folder, f"reading {secret}") == "everything"
    assert outside(folder, f"writing {target}") == "7"
    target.unlink()
    if standing.files:
        assert "PermissionError" in inside(sandbox, folder, f"reading {secret}")
        assert "PermissionError" in inside(sandbox, folder, f"writing {target}")
        assert "PermissionError" in inside(sandbox, folder, f"list {folder}")
        assert "PermissionError" in inside(sandbox, folder, f"writing {Path(walls.__file__).with_name('x.py')}")
        assert "PermissionError" in inside(sandbox, folder, f"reading /proc/{os.getpid()}/environ")
        assert "PermissionError" in inside(sandbox, folder, "reading /etc/passwd")
        assert not target.exists()


def test_a_ledger_beside_the_program_is_not_read_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works from a checkout has the home within a folder from which Python loads packages."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ledger.sqlite").write_text("everything")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    with Sandbox(settings(tmp_path, workers=1), OBEDIENT) as sandbox:
        assert inside(sandbox, tmp_path, f"reading {tmp_path}/package/__init__.py") == ""
        if sandbox.walls().files:
            assert "PermissionError" in inside(sandbox, tmp_path, f"reading {tmp_path}/home/ledger.sqlite")


def test_no_socket_not_even_a_local_one(sandbox: Sandbox, folder: Path, standing: Walls) -> None:
    """The ledger's database, or what runs containers, may listen on a path: no network namespace keeps from that."""
    place = folder / "s"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place))
        server.listen()
        assert outside(folder, f"local-socket {place}") == "0"
        if standing.calls:
            assert inside(sandbox, folder, f"local-socket {place}") == "1"


@pytest.mark.parametrize(("call", "name"), [(41, "socket"), (101, "ptrace"), (425, "io_uring_setup"), (310, "readv")])
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers of the calls are those of x86-64")
def test_calls_that_no_reader_needs_are_refused(
    sandbox: Sandbox, folder: Path, standing: Walls, call: int, name: str
) -> None:
    refused = "Operation not permitted"
    if standing.calls:
        assert inside(sandbox, folder, f"call {call}") == refused, name


def test_no_process_outside_gets_a_signal(sandbox: Sandbox, folder: Path, standing: Walls) -> None:
    assert outside(folder, f"signalled {os.getpid()}") == "it would get the signal"
    if standing.network:
        assert "ProcessLookupError" in inside(sandbox, folder, f"signalled {os.getpid()}")


def test_so_many_open_files(sandbox: Sandbox, folder: Path) -> None:
    assert outside(folder, "descriptors 300") == "300"
    assert "OSError" in inside(sandbox, folder, "descriptors 300")


def test_so_much_memory(sandbox: Sandbox, folder: Path) -> None:
    assert outside(folder, f"reserve {_ROOM}") == str(_ROOM * 2**20)
    assert "OSError" in inside(sandbox, folder, f"reserve {_ROOM}")


def test_so_much_processor_time(sandbox: Sandbox, folder: Path) -> None:
    """The kernel ends the process; the wall clock, watched from outside, would have let it go on."""
    began = time.monotonic()
    reading = obey(sandbox, folder, "burn 1")
    assert reading.failure is not None
    assert reading.failure.code == "reader_died"
    assert time.monotonic() - began < 20


def test_so_large_a_file(sandbox: Sandbox, folder: Path) -> None:
    assert outside(folder, "grow 513") == str(513 * 2**20)
    (folder / "large").unlink()
    assert "OSError" in inside(sandbox, folder, "grow 513")


def test_so_many_temporary_files(sandbox: Sandbox, folder: Path, standing: Walls) -> None:
    """They fill a small disk in memory; the disk of everybody stays as it is. And the next document has room again."""
    if standing.disk:
        assert 500 < int(inside(sandbox, folder, "fill 600")) <= 512
    assert inside(sandbox, folder, "fill 20") == "20"
    assert outside(folder, "fill 20") == "20"


def test_so_many_processes(sandbox: Sandbox, folder: Path, standing: Walls) -> None:
    assert outside(folder, f"multiply {walls.PROCESSES + 20}") == str(walls.PROCESSES + 20)
    if standing.processes:
        assert 0 < int(inside(sandbox, folder, f"multiply {walls.PROCESSES + 20}")) < walls.PROCESSES


def test_a_fork_bomb_ends_with_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, at once, and another document read meanwhile is read."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    jobs = [(order(tmp_path, text), text) for text in ("fork-bomb", "slowly but well")]
    with Sandbox(settings(tmp_path, document_seconds=6.0), OBEDIENT) as sandbox:
        if not sandbox.walls().processes:
            pytest.skip("nothing counts processes here: not to be tried")
        codes = [reading.failure and reading.failure.code for reading in sandbox.read_many(jobs)]
    assert codes == ["timeout", "told"]
    assert wait_until(lambda: processes_in(place) == [])


def test_where_the_kernel_has_no_walls_readers_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class OldKernel:
        def syscall(self, *_: object) -> int:
            return -1

        prctl = mount = syscall

    monkeypatch.setattr(walls, "_libc", OldKernel())
    assert not walls.wall_in_files()
    assert not walls.wall_in_calls()
    assert not walls.own_temporary_disk()
    assert not walls.limit_processes(), "this process is not the first of a namespace"


def test_our_own_packages_may_be_read_wherever_an_editable_installation_keeps_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = Path(pipeline.__file__).parents[1]
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if Path(entry or ".").resolve() != house])
    places = {path.resolve() for path, _ in walls._allowed(0)}
    assert {house / "pipeline", house / "extractors", house / "rules"} <= places
