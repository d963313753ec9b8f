"""What to do with each file of the inbox: take it, wait, pass over it, refuse it. Pure: the listing and the clock are
given.

A network share sends no events and a scanner fills a file long after it made it, so every sweep is a full listing, and
a file is taken only when two looks, `settle_seconds` apart, saw it the same.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Kind(StrEnum):
    """What `lstat` says a name is. `FOLDER` is listed only where it was not entered."""

    REGULAR = "regular"
    SYMLINK = "symlink"
    SPECIAL = "special"
    FOLDER = "folder"


class Reason(StrEnum):
    """Why a file is not taken now."""

    CHANGING = "changing"
    EMPTY = "empty"
    RETRY = "retry"
    CLOSED_FOLDER = "closed_folder"
    SYSTEM_FILE = "system_file"
    UNFINISHED = "unfinished"
    SYMLINK = "symlink"
    SPECIAL = "special"


SENTENCES = {
    Reason.CHANGING: "It is new or still being written.",
    Reason.EMPTY: "It is empty; drop the file again if it stays so.",
    Reason.RETRY: "It could not be read; it is tried again later.",
    Reason.CLOSED_FOLDER: "The folder cannot be opened.",
    Reason.SYSTEM_FILE: "It belongs to the operating system or another program, not to a person.",
    Reason.UNFINISHED: "It is a download or a copy that has not finished.",
    Reason.SYMLINK: "It is a link to another place; drop the file itself.",
    Reason.SPECIAL: "It is a device, a pipe or a socket, not a document.",
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One name as one listing saw it. `path` is relative to the inbox; sizes in bytes."""

    path: Path
    size: int
    mtime_ns: int
    kind: Kind = Kind.REGULAR


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that is not taken, and why."""

    sighting: Sighting
    reason: Reason

    @property
    def sentence(self) -> str:
        return SENTENCES[self.reason]


@dataclass(frozen=True, slots=True)
class Look:
    """What is remembered of one file. `since` is the clock at the first look that saw it so; `empty_tries` counts the
    sweeps of this process that found it empty."""

    size: int
    mtime_ns: int
    since: float
    empty_tries: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Every sighting of one listing in exactly one of the four; what to remember; which attempts to count."""

    ready: tuple[Sighting, ...]
    waiting: tuple[NotTaken, ...]
    ignored: tuple[NotTaken, ...]
    refused: tuple[NotTaken, ...]
    looks: Mapping[Path, Look]
    counted: tuple[str, ...]


class Attempts(Protocol):
    """How often the same content has failed. It outlives the process: the ledger's working tables keep it."""

    def get(self, sha256: str) -> int: ...

    def add(self, sha256: str) -> None: ...


# Adding a pause to a clock and taking it away again may lose the last digit of a float.
_CLOCK_GRAIN = 0.001
_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "@eadir"})
_SYSTEM_PREFIXES = (".", "~$")
_UNFINISHED_SUFFIXES = (".part", ".tmp", ".crdownload")


def reason_to_ignore(name: str) -> Reason | None:
    """Why a file or folder of this name is nobody's certificate, or None."""
    lowered = name.lower()
    # Two dots hide nothing: somebody tries to climb out of the inbox, or a person types dots.
    if lowered in _SYSTEM_NAMES or (lowered.startswith(_SYSTEM_PREFIXES) and not lowered.startswith("..")):
        return Reason.SYSTEM_FILE
    return Reason.UNFINISHED if lowered.endswith(_UNFINISHED_SUFFIXES) else None


def empty_key(sighting: Sighting) -> str:
    """The key under which the emptiness of one file is counted: all empty files share their content, so the content's
    own hash would count strangers together."""
    identity = b"\0".join((b"empty", os.fsencode(sighting.path), str(sighting.mtime_ns).encode()))
    return hashlib.sha256(identity).hexdigest()


def plan(
    listing: Iterable[Sighting],
    looks: Mapping[Path, Look],
    *,
    held: Mapping[Path, float],
    now: float,
    settle_seconds: float,
    allowed: int,
    tries: Callable[[str], int],
) -> Plan:
    """Sort one listing. `now` and `held` (not before) are readings of one monotonic clock, in seconds; `tries` says how
    often a key has failed already, and `allowed` how often it may."""
    ready: list[Sighting] = []
    waiting: list[NotTaken] = []
    ignored: list[NotTaken] = []
    refused: list[NotTaken] = []
    remembered: dict[Path, Look] = {}
    counted: list[str] = []
    for sighting in listing:
        standing = _standing(sighting)
        if standing is not None:
            resting = now < held.get(sighting.path, now)
            refusing = waiting if resting else refused
            bucket = {Reason.SYMLINK: refusing, Reason.SPECIAL: refusing, Reason.CLOSED_FOLDER: waiting}
            bucket.get(standing, ignored).append(NotTaken(sighting, standing))
            continue
        look, settled = _look(sighting, looks.get(sighting.path), now, settle_seconds)
        if not settled:
            waiting.append(NotTaken(sighting, Reason.EMPTY if sighting.size == 0 else Reason.CHANGING))
        elif sighting.size == 0:
            key = empty_key(sighting)
            counted.append(key)
            look = replace(look, since=now, empty_tries=look.empty_tries + 1)
            (refused if tries(key) + 1 >= allowed else waiting).append(NotTaken(sighting, Reason.EMPTY))
        elif now < held.get(sighting.path, now):
            waiting.append(NotTaken(sighting, Reason.RETRY))
        else:
            ready.append(sighting)
        remembered[sighting.path] = look
    return Plan(tuple(ready), tuple(waiting), tuple(ignored), tuple(refused), remembered, tuple(counted))


def _standing(sighting: Sighting) -> Reason | None:
    """What is true of a sighting however long one waits."""
    for part in sighting.path.parts:
        reason = reason_to_ignore(part)
        if reason is not None:
            return reason
    by_kind = {Kind.SYMLINK: Reason.SYMLINK, Kind.SPECIAL: Reason.SPECIAL, Kind.FOLDER: Reason.CLOSED_FOLDER}
    return by_kind.get(sighting.kind)


def _look(sighting: Sighting, last: Look | None, now: float, settle_seconds: float) -> tuple[Look, bool]:
    """This look, and whether the file has settled. An empty file waits twice as long each time, because a scanner may
    take its time, while a one-shot run, which starts afresh, needs only the first wait."""
    if last is None or (last.size, last.mtime_ns) != (sighting.size, sighting.mtime_ns):
        return Look(sighting.size, sighting.mtime_ns, now), False
    since = min(last.since, now)
    return replace(last, since=since), now - since >= settle_seconds * 2**last.empty_tries - _CLOCK_GRAIN


class Inbox:
    """The memory between looks. Everything it touches is given: the listing, the clock, the count of attempts."""

    def __init__(
        self,
        listing: Callable[[], Iterable[Sighting]],
        clock: Callable[[], float],
        attempts: Attempts,
        settle_seconds: float,
        allowed: int,
    ) -> None:
        self._listing = listing
        self._clock = clock
        self._attempts = attempts
        self._settle_seconds = settle_seconds
        self._allowed = allowed
        self._looks: Mapping[Path, Look] = {}
        self._held: dict[Path, float] = {}

    def look(self) -> Plan:
        """List once and say what to do. Raises StorageError where the inbox itself cannot be listed."""
        now = self._clock()
        self._held = {path: until for path, until in self._held.items() if until > now}
        result = plan(
            self._listing(),
            self._looks,
            held=self._held,
            now=now,
            settle_seconds=self._settle_seconds,
            allowed=self._allowed,
            tries=self._attempts.get,
        )
        for key in result.counted:
            self._attempts.add(key)
        self._looks = result.looks
        return result

    def settle(self, pause: Callable[[float], None]) -> Plan:
        """Two looks `settle_seconds` apart, for a run that looks only once. `pause` waits that many seconds."""
        first = self.look()
        if not first.looks:
            return first
        pause(self._settle_seconds)
        return self.look()

    def postpone(self, path: Path, tries: int) -> None:
        """Leave a file alone that was given back after its `tries`-th failure, longer each time."""
        self._held[path] = self._clock() + self._settle_seconds * 2**tries
