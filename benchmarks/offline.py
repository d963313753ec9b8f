"""Nothing leaves the machine: the main job, Prefect included, in a network of its own, where the kernel counts.

The network has a loopback and no way out. Whoever tries one, in whatever language, over TCP or UDP, is refused for want
of a route and counted by the kernel (OutNoRoutes in /proc/net/snmp and snmp6). Names are asked of a server that is
beyond loopback too, so a question counts as an attempt. In the end attempts of our own must be counted, or it fails.

    python benchmarks/offline.py
"""

import ctypes
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.local_prefect import local_server, local_worker

PROJECT = Path(__file__).parents[1]
SAMPLES = PROJECT / "sample_certificates"
DROPPED = (
    SAMPLES / "cisco-digital-learning" / "segment_routing.pdf",
    SAMPLES / "cisco-digital-learning" / "secure_access.pdf",
    SAMPLES / "traps" / "invoice.pdf",
)
_NEW_MOUNTS, _NEW_USER, _NEW_NETWORK = 0x00020000, 0x10000000, 0x40000000
_BIND, _PRIVATE, _WHOLE = 0x1000, 0x40000, 0x4000
_SET_FLAGS, _UP = 0x8914, 0x41
_DOCUMENTATION = ("192.0.2.1", "2001:db8::1")  # addresses that belong to nobody (RFC 5737, RFC 3849)
_LIBC = ctypes.CDLL(None, use_errno=True)
_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Connections:
    """What the kernel counted in this network: connections begun, and attempts that found no way out."""

    begun: int
    beyond: int

    @classmethod
    def counted(cls) -> "Connections":
        """Of the network that this thread is in."""
        net = Path("/proc/thread-self/net")
        lines = (net / "snmp").read_text().splitlines()
        tables = {
            names.split()[0]: dict(zip(names.split()[1:], values.split()[1:], strict=True))
            for names, values in zip(lines[::2], lines[1::2], strict=True)
        }
        six = dict(line.split() for line in (net / "snmp6").read_text().splitlines()) if socket.has_ipv6 else {}
        beyond = int(tables["Ip:"]["OutNoRoutes"]) + int(six.get("Ip6OutNoRoutes", 0))
        return cls(begun=int(tables["Tcp:"]["ActiveOpens"]), beyond=beyond)

    def since(self, before: "Connections") -> "Connections":
        return Connections(self.begun - before.begun, self.beyond - before.beyond)

    def __str__(self) -> str:
        return f"connections beyond loopback: {self.beyond} of {self.begun + self.beyond}"


def leave_network() -> None:
    """Put this process into a network of its own, before it has threads. Raises OSError where the system allows no
    namespaces."""
    user, group = os.getuid(), os.getgid()
    _call(_LIBC.unshare(_NEW_USER | _NEW_NETWORK | _NEW_MOUNTS))
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    raise_loopback()
    with tempfile.NamedTemporaryFile("w") as servers:
        servers.write(f"nameserver {_DOCUMENTATION[0]}\noptions timeout:1 attempts:1\n")
        servers.flush()
        _call(_LIBC.mount(None, b"/", None, _PRIVATE | _WHOLE, None))
        _call(_LIBC.mount(os.fsencode(servers.name), b"/etc/resolv.conf", None, _BIND, None))


@contextmanager
def network_of_this_thread() -> Iterator[bool]:
    """Put the calling thread, and what it starts, into a network of its own until the block ends. False, and nothing
    done, where that takes rights that we have not: only root may do it in a process that has threads."""
    with Path("/proc/thread-self/ns/net").open("rb") as before:
        if _LIBC.unshare(_NEW_NETWORK) != 0:
            yield False
            return
        try:
            raise_loopback()
            yield True
        finally:
            _call(_LIBC.setns(before.fileno(), _NEW_NETWORK))


def raise_loopback() -> None:
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))


def _call(answer: int) -> None:
    if answer != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def attempts() -> int:
    """Try to get out by TCP, by UDP, by a name, and over IPv6; returns how many were tried."""

    def connect(family: socket.AddressFamily, kind: socket.SocketKind, host: str) -> None:
        with socket.socket(family, kind) as trying:
            trying.settimeout(2)
            trying.connect((host, 443))

    tries = [
        lambda: connect(socket.AF_INET, socket.SOCK_STREAM, _DOCUMENTATION[0]),
        lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, _DOCUMENTATION[0]),
    ]
    if socket.has_ipv6 and Path("/proc/net/if_inet6").exists():
        tries.append(lambda: connect(socket.AF_INET6, socket.SOCK_STREAM, _DOCUMENTATION[1]))
    for one in tries:
        with suppress(OSError):
            one()
            raise RuntimeError("there is a way out of this network")
    return len(tries)


def main_job(place: Path) -> str:
    """From an empty folder to verdicts, through a Prefect server, a worker and a deployment, and without them. Returns
    what `recert status` says in the end."""
    settings = {
        "RECERT_SHARE": str(place / "share"),
        "RECERT_HOME": str(place / "home"),
        "RECERT_SETTINGS": str(place / "recert.toml"),
        "RECERT_SETTLE_SECONDS": "0.5",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RECERT_", "PREFECT_"))}

    def recert(*words: str) -> str:
        command = [sys.executable, "-m", "pipeline.cli", *words]
        done = subprocess.run(command, cwd=place, env=kept | settings, capture_output=True, text=True, check=False)
        if done.returncode not in {0, 1}:
            raise SystemExit(f"`recert {' '.join(words)}` failed:\n{done.stderr}")
        return done.stdout

    recert("init")
    recert("doctor")
    recert("roster", "import", str(SAMPLES / "demo" / "roster.toml"))
    with local_server(place / "prefect", PROJECT, settings) as prefect, local_worker(prefect):
        for sample in DROPPED[:2]:
            shutil.copyfile(sample, place / "share" / "inbox" / sample.name)
        run, deadline = prefect.start_run("ingest-inbox/batch-ingest"), time.monotonic() + _SECONDS
        while not (state := prefect.state(run)).final:
            if time.monotonic() > deadline:
                raise SystemExit(f"The flow does not end:\n{prefect.worker_words(60)}")
            time.sleep(0.5)
        if state.type != "COMPLETED":
            raise SystemExit(f"The flow ended as {state.name}:\n{prefect.worker_words(60)}")
    shutil.copyfile(DROPPED[2], place / "share" / "inbox" / DROPPED[2].name)
    recert("ingest")
    return recert("status")


def main() -> int:
    try:
        leave_network()
    except OSError as error:
        print(f"This system allows no network of our own: {error}. Run it as root, or allow user namespaces.")
        return 1
    with tempfile.TemporaryDirectory(prefix="recert-offline-") as folder:
        told = main_job(Path(folder))
    print(told)
    job = Connections.counted()
    tried = attempts()
    control = Connections.counted().since(job)
    print(f"The main job, Prefect's server, worker and deployment included: {job}.")
    print(f"Control: {tried} attempts to get out, {control.beyond} counted.")
    return 0 if job.beyond == 0 < job.begun and control.beyond == tried else 1


if __name__ == "__main__":
    sys.exit(main())
