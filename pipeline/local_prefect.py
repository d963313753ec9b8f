"""A Prefect server and a process worker for the length of one `with`: on this machine, on a free port, then gone.

Prefect is driven from outside, by its command line and its HTTP interface: importing it here would take two seconds
and start things in our own process.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pydantic import BaseModel

from pipeline.errors import RecertError
from pipeline.folders.moves import make_private, private

POOL = "recert"
_START_SECONDS = 120.0
_COMMAND_SECONDS = 120.0
_STOP_SECONDS = 10.0
_TRIES = 10
_PRIVATE = 0o077  # what Prefect writes is its owner's only: logs hold the words of errors
_BUSY = 503  # its database is locked
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_UNSET = ("PREFECT_", "RECERT_")


class PrefectTrouble(RecertError):
    """The local server, the worker or a flow run did not do what it should."""


class RunState(BaseModel):
    """The state of a flow run as the server tells it: `type` is COMPLETED, FAILED, CRASHED, CANCELLED, RUNNING…"""

    type: str
    name: str
    message: str | None = None

    @property
    def final(self) -> bool:
        return self.type in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class _Named(BaseModel):
    id: str


class _FlowRun(BaseModel):
    state: RunState | None = None


class LocalPrefect:
    """A running server with a worker on the pool `recert`. `folder` holds its database and logs."""

    def __init__(self, folder: Path, project: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}/api"
        self._project = project
        self._environment = _environment(folder, self.url, self.port, settings)

    def command(self, *arguments: str) -> None:
        """Run one `prefect` command to its end. Raises PrefectTrouble with its last words."""
        try:
            done = subprocess.run(
                [sys.executable, "-m", "prefect", *arguments],
                cwd=self._project,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_COMMAND_SECONDS,
                check=False,
                umask=_PRIVATE,
            )
        except subprocess.TimeoutExpired as error:
            raise PrefectTrouble(
                f"`prefect {' '.join(arguments)}` took over {_COMMAND_SECONDS:.0f} seconds.", "Try again."
            ) from error
        if done.returncode != 0:
            words = (done.stdout + done.stderr).strip().splitlines()[-12:]
            raise PrefectTrouble(f"`prefect {' '.join(arguments)}` failed:\n" + "\n".join(words), "See above.")

    def make_pool(self) -> None:
        """Make the process pool, which must not be there yet. Not by `prefect work-pool create`: for that the server
        asks a site of Prefect's makers which kinds of pools there are."""
        self._call("/work_pools/", {"name": POOL, "type": "process"})

    def start_run(self, deployment: str) -> str:
        """Ask for one run of `flow/deployment` and return its id."""
        found = _Named.model_validate_json(self._call(f"/deployments/name/{deployment}"))
        created = self._call(f"/deployments/{found.id}/create_flow_run", {"state": {"type": "SCHEDULED"}})
        return _Named.model_validate_json(created).id

    def state(self, run: str) -> RunState:
        state = _FlowRun.model_validate_json(self._call(f"/flow_runs/{run}")).state
        return state or RunState(type="PENDING", name="Pending")

    def worker_words(self, lines: int = 15) -> str:
        """The last lines that the worker and its flows wrote."""
        with suppress(OSError):
            return "\n".join((self.folder / "worker.log").read_text(errors="replace").splitlines()[-lines:])
        return ""

    def healthy(self) -> bool:
        try:
            self._call("/health")
        except PrefectTrouble:
            return False
        return True

    def _call(self, path: str, body: Mapping[str, object] | None = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        for _ in range(_TRIES):
            try:
                with _OPENER.open(request, timeout=30) as answer:
                    content: bytes = answer.read()
                    return content
            except urllib.error.HTTPError as error:
                if error.code != _BUSY:
                    raise PrefectTrouble(f"The local Prefect server refused {path}: {error}.", "Try again.") from error
            except OSError as error:
                raise PrefectTrouble(f"The local Prefect server did not answer: {error}.", "Try again.") from error
            time.sleep(1)
        raise PrefectTrouble(f"The local Prefect server was busy {_TRIES} times.", "Try again.")

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with open(self.folder / f"{name}.log", "ab", opener=private) as log:
            return subprocess.Popen(
                [sys.executable, "-m", "prefect", *arguments],
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=_PRIVATE,
            )


@contextmanager
def local_server(folder: Path, project: Path, settings: Mapping[str, str]) -> Iterator[LocalPrefect]:
    """Start a server whose database lies in `folder`. `project` holds prefect.yaml; `settings` are RECERT_* variables.

    The server answers when the block begins and is gone when it ends. Raises PrefectTrouble.
    """
    make_private(folder)
    folder.chmod(0o700)
    prefect = LocalPrefect(folder, project, settings)
    with ExitStack() as stack:
        server = prefect.start("server", "server", "start", "--host", "127.0.0.1", "--port", str(prefect.port))
        stack.callback(stop, server)
        deadline = time.monotonic() + _START_SECONDS
        while not prefect.healthy():
            if server.poll() is not None or time.monotonic() > deadline:
                words = (folder / "server.log").read_text(errors="replace").splitlines()[-12:]
                raise PrefectTrouble("The local Prefect server did not start:\n" + "\n".join(words), "Try again.")
            time.sleep(0.3)
        yield prefect


@contextmanager
def local_worker(prefect: LocalPrefect) -> Iterator[None]:
    """Make the pool, deploy prefect.yaml, and keep a process worker until the block ends. Raises PrefectTrouble."""
    prefect.make_pool()
    prefect.command("--no-prompt", "deploy", "--all")
    worker = prefect.start("worker", "worker", "start", "--pool", POOL, "--type", "process")
    try:
        yield
    finally:
        stop(worker)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process with all its descendants: politely first, then for good."""
    family = _descendants(process.pid)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_STOP_SECONDS)
    family[process.pid] = _born(process.pid)
    left = {pid for pid, born in family.items() if born is not None and _born(pid) == born}
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + _STOP_SECONDS
    while any(_born(pid) == family[pid] for pid in left) and time.monotonic() < deadline:
        time.sleep(0.01)


def _descendants(pid: int) -> dict[int, str | None]:
    """Every process that stems from `pid`, with when it was born: a number alone may be given to a stranger."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            children.setdefault(int(_stat(entry)[1]), []).append(int(entry.parent.name))
    found: dict[int, str | None] = {}
    queue = [pid]
    while queue:
        for child in children.get(queue.pop(), []):
            found[child] = _born(child)
            queue.append(child)
    return found


def _stat(path: Path) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets."""
    return path.read_text(errors="replace").rpartition(")")[2].split()


def _born(pid: int) -> str | None:
    """When a living process was born, in ticks since the machine started; None where it has ended."""
    with suppress(OSError):
        fields = _stat(Path(f"/proc/{pid}/stat"))
        return None if fields[0] == "Z" else fields[19]
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment(folder: Path, url: str, port: int, settings: Mapping[str, str]) -> dict[str, str]:
    """Ours alone: nobody's Prefect Cloud, profile or proxy may be drawn in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_UNSET)}
    return {
        **kept,
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_LOGGING_COLORS": "false",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        **settings,
    }
