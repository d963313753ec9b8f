"""What the machine does to a run: a full disk, a folder or a file that refuses, a clock that goes back."""

import os
import random
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.torture.house import House, fresh
from benchmarks.torture.papers import Fate, Press
from benchmarks.torture.promises import Count, check, check_at_once, check_by_command

DAY = 86400.0
_SPACE = (0, 4, 8, 16, 32, 64, 96, 128, 256)


class NotHere(Exception):
    """This machine does not let the harness make the fault."""


def clock_back(folder: Path, chance: random.Random, rounds: int) -> Count:
    """The clock of the day jumps by up to ten days and more, back and forth, between runs and kills; file times lie."""
    house, count, press = fresh(folder), Count(), Press(chance)
    for number in range(rounds):
        where = f"clock, round {number}"
        for _ in range(3):
            path = house.drop(press.certificate(), f"{chance.getrandbits(40):x}.pdf")
            stamp = chance.choice((0, 1, time.time() + 400 * DAY, 2**31 + 5))
            os.utime(path, (stamp, stamp))
        running = house.start("ingest", marked=True, shift=chance.uniform(0, 10) * DAY)
        if running.wait_for(chance.choice(("claiming", "appending", "filing")), 2, 60):
            running.kill()
        running.end()
        check_at_once(house, count, where)
        begun = time.monotonic()
        done = house.run("ingest", shift=-chance.uniform(0, 20) * DAY)
        if done.code not in (0, 1) or time.monotonic() - begun > 120:
            count.breach(where, f"with the clock set back it ended with {done.code}: {done.err[-400:]}")
        house.run("ingest")
        house.run("reevaluate")
        check(house, count, where)
        count.rounds += 1
        count.faults += 3
    check_by_command(house, count, "clock")
    count.dropped = len(house.dropped)
    return count


@contextmanager
def small_disk(place: Path, mebibytes: int) -> Iterator[None]:
    """A small disk of its own at `place`. Raises NotHere where mounting is not allowed."""
    place.mkdir(parents=True, exist_ok=True)
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    ):
        raise NotHere("mounting a small disk is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def full_home(folder: Path, chance: random.Random, rounds: int) -> Count:
    return _full(folder, chance, rounds, lambda house: house.home)


def full_share(folder: Path, chance: random.Random, rounds: int) -> Count:
    return _full(folder, chance, rounds, lambda house: house.share)


def _full(folder: Path, chance: random.Random, rounds: int, disk: Callable[[House], Path]) -> Count:
    """A disk with so many KiB left: the run ends with 8 or does its work; with room again the next one finishes."""
    count, press = Count(), Press(chance)
    house = House(folder / secrets.token_hex(4))
    with small_disk(disk(house), 4):
        house.open()
        for number in range(rounds):
            left = _SPACE[number % len(_SPACE)]
            where = f"{disk(house).name} full but for {left} KiB, round {number}"
            for fate in (Fate.RECORDED, Fate.RECORDED, Fate.REVIEW, Fate.REJECTED):
                house.drop(press.certificate(fate), f"{chance.getrandbits(40):x}.pdf")
            ballast = disk(house) / "ballast"
            _fill(ballast, left * 1024)
            count.faults += 1
            done = house.run("ingest")
            if done.code not in (0, 1, 8) or "Traceback" in done.err:
                count.breach(where, f"it ended with {done.code}: {done.err[-600:]}")
            ballast.unlink()  # a full disk does not even let a database be read
            check_at_once(house, count, where)
            done = house.run("ingest")
            if done.code not in (0, 1):
                count.breach(where, f"with room again it ended with {done.code}: {done.err[-600:]}")
            check(house, count, where)
            count.rounds += 1
        check_by_command(house, count, "full disk")
    count.dropped = len(house.dropped)
    return count


def _fill(ballast: Path, leave: int) -> None:
    seen = os.statvfs(ballast.parent)
    with ballast.open("wb", buffering=0) as stream, suppress(OSError):
        left = seen.f_bavail * seen.f_frsize - leave
        while left > 0:
            left -= stream.write(b"x" * min(left, 65536))


def read_only(folder: Path, chance: random.Random, rounds: int) -> Count:
    """Share or home mounted read-only: the run says so, and the next one works."""
    count, press, house = Count(), Press(chance), fresh(folder)
    for number in range(rounds):
        house.drop(press.certificate(), f"{chance.getrandbits(40):x}.pdf")
        for place in (house.share, house.home, house.share / "rejected", house.home / "done"):
            where = f"{place.name} read-only, round {number}"
            with _bound(place, "ro"):
                done = house.run("ingest")
                if done.code not in (0, 1, 3, 8) or "Traceback" in done.err:
                    count.breach(where, f"it ended with {done.code}: {done.err[-600:]}")
            check_at_once(house, count, where)
            count.faults += 1
            if house.run("ingest").code not in (0, 1):
                count.breach(where, "the next run failed")
            check(house, count, where)
            house.drop(press.certificate(), f"{chance.getrandbits(40):x}.pdf")
        house.run("ingest")
        check(house, count, f"read-only, round {number}")
        count.rounds += 1
    count.dropped = len(house.dropped)
    return count


@contextmanager
def _bound(place: Path, *options: str) -> Iterator[None]:
    """`place` mounted over itself. Raises NotHere."""
    words = ["mount", "--bind", str(place), str(place)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        raise NotHere("mounting a folder over itself is not allowed here")
    try:
        for option in options:
            subprocess.run(["mount", "-o", f"remount,bind,{option}", str(place)], check=True, capture_output=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def busy(folder: Path, chance: random.Random, rounds: int) -> Count:
    """EBUSY (a file that is a mount point cannot be renamed) and EPERM (an immutable one): it waits, others do not."""
    count, press, house = Count(), Press(chance), fresh(folder)
    for number in range(rounds):
        where = f"busy, round {number}"
        held = house.drop(press.certificate(), f"held {number}.pdf")
        fixed = house.drop(press.certificate(), f"fixed {number}.pdf")
        house.drop(press.certificate(), f"free {number}.pdf")
        with _bound(held), _immutable(fixed):
            done = house.run("ingest")
            if (
                done.code not in (0, 1)
                or done.out.count("tried again at the next sweep") + done.out.count("sweep.") < 2
            ):
                count.breach(where, f"it ended with {done.code}: {done.out[-900:]} {done.err[-300:]}")
            waiting = sorted(path.name for path in house.inbox.iterdir())
            if waiting != [f"fixed {number}.pdf", f"held {number}.pdf"]:
                count.breach(where, f"the inbox holds {waiting}")
            check_at_once(house, count, where)
        count.faults += 2
        house.run("ingest")
        check(house, count, where)
        count.rounds += 1
    count.dropped = len(house.dropped)
    return count


@contextmanager
def _immutable(path: Path) -> Iterator[None]:
    """A file that not even an administrator may move. Raises NotHere."""
    try:
        changed = subprocess.run(["chattr", "+i", str(path)], capture_output=True, check=False)
    except FileNotFoundError:
        raise NotHere("there is no chattr here") from None
    if changed.returncode:
        raise NotHere("this disk makes no file immutable")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(path)], check=False)


def closed(folder: Path, chance: random.Random, rounds: int) -> Count:
    """EACCES: a file, a folder of the inbox, then `rejected/`, closed to a recert without an administrator's rights."""
    without = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--")
    if os.geteuid() == 0:
        tried = shutil.which("setpriv") and subprocess.run([*without, "true"], capture_output=True, check=False)
        if not tried or tried.returncode:
            raise NotHere("an administrator cannot give up the right to open every file here")
    count, press = Count(), Press(chance)
    house = House(folder / secrets.token_hex(4), prefix=without if os.geteuid() == 0 else ()).open()
    for number in range(rounds):
        where = f"closed, round {number}"
        for name in (f"shut {number}.pdf", f"folder {number}/inner.pdf", f"free {number}.pdf"):
            house.drop(press.certificate(), name)
        house.drop(press.certificate(Fate.REJECTED), f"broken {number}.pdf")
        places = (house.inbox / f"shut {number}.pdf", house.inbox / f"folder {number}", house.share / "rejected")
        modes = [path.stat().st_mode for path in places]
        for path in places:
            path.chmod(0)
            count.faults += 1
        done = house.run("ingest")
        if done.code != 8 or "Traceback" in done.err:
            count.breach(where, f"rejected/ was closed, and it ended with {done.code}: {done.err[-600:]}")
        places[2].chmod(modes[2])
        done = house.run("ingest")
        if done.code not in (0, 1) or "may not be opened" not in done.out:
            count.breach(where, f"a file was closed, and it ended with {done.code}: {done.out[-900:]}{done.err[-300:]}")
        for path, mode in zip(places, modes, strict=True):
            path.chmod(mode)
        check_at_once(house, count, where)
        if house.run("ingest").code not in (0, 1):
            count.breach(where, "the next run failed")
        check(house, count, where)
        count.rounds += 1
    count.dropped = len(house.dropped)
    return count


def asleep(folder: Path, chance: random.Random, rounds: int) -> Count:
    """A run that stops and goes on (SIGSTOP) while another one starts: nobody takes over a living run's work."""
    count, press, house = Count(), Press(chance), fresh(folder)
    for number in range(rounds):
        where = f"asleep, round {number}"
        for _ in range(4):
            house.drop(press.certificate(), f"{chance.getrandbits(40):x}.pdf")
        running = house.start("ingest", marked=True)
        running.wait_for(chance.choice(("claiming", "reading", "filing")), 1, 60)
        os.kill(running.process.pid, signal.SIGSTOP)
        other = house.start("ingest", shift=11 * 60)
        time.sleep(1.5)
        os.kill(running.process.pid, signal.SIGCONT)
        codes = {running.end().code, other.end().code}
        if codes - {0, 1, 4}:
            count.breach(where, f"they ended with {sorted(codes)}")
        house.run("ingest")
        check(house, count, where)
        count.rounds += 1
        count.faults += 1
    count.dropped = len(house.dropped)
    return count
