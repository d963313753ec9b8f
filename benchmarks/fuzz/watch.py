"""What this process holds, and what it left behind: memory, descriptors, threads, processes, files."""

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def resident() -> float:
    """Resident memory of this process, MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status does not state VmRSS")


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the descriptor of the listing itself is in it each time


def threads() -> int:
    return threading.active_count()


def processes_in(folder: Path) -> list[int]:
    """Living processes that were started with their temporary files below `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            if os.fsencode(f"TMPDIR={folder}") in (process / "environ").read_bytes() and state != "Z":
                found.append(int(process.name))
    return found


def children() -> list[int]:
    """Processes that this one started and has not waited for."""
    own = Path("/proc/self/task")
    return [int(number) for task in own.iterdir() for number in (task / "children").read_text().split()]


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def slope(samples: Sequence[tuple[float, float]]) -> float:
    """The rise of the straight line through (x, y), least squares; 0 for fewer than two."""
    if len(samples) < 2:
        return 0.0
    mean_x, mean_y = (sum(values) / len(samples) for values in zip(*samples, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in samples)
    return sum((x - mean_x) * (y - mean_y) for x, y in samples) / spread if spread else 0.0
