"""What is dropped: documents of invented people, each of which has one right fate.

A light paper carries what it "shows" as JSON and is read by `light_reader` in the real sandbox; a drawn one is a PDF
with a text layer for the real reader.
"""

import datetime as dt
import hashlib
import json
import random
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

HOLDER = "Ada Example"
_LIGHT = b"%PDF-1.4 light paper\n"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Fate(StrEnum):
    """What must become of the first copy of a paper; any later one is a duplicate, but for what was rejected."""

    RECORDED = "done"
    REVIEW = "review"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. Papers of one `certificate` show the same one: scans of it, in other bytes."""

    certificate: str
    data: bytes
    fate: Fate
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


class Press:
    """Draws papers, each certificate only once; `real` draws PDFs for the real reader."""

    def __init__(self, chance: random.Random, real: bool = False) -> None:
        self._chance = chance
        self._real = real
        self._number = 0

    def certificate(self, fate: Fate = Fate.RECORDED, *, coded: bool = True) -> Paper:
        """A new certificate, or a document that shows none where it is to be rejected."""
        self._number += 1
        if fate is Fate.REJECTED:
            return Paper(f"none {self._number}", b"no certificate at all %d\n" % self._chance.getrandbits(64), fate)
        code = "CDL-" + "-".join("".join(self._chance.choices(_LETTERS, k=4)) for _ in range(3))
        holder = HOLDER if fate is Fate.RECORDED else f"{self._word()} {self._word()}"
        course = f"Routing for Gardeners {self._number}"
        day = dt.date(2025, 1, 1) + dt.timedelta(days=self._number % 300)
        if self._real:
            return Paper(code, _drawn(holder, course, day, code), fate)
        shown = {"holder_name": holder, "course_name": course, "completed_on": day.isoformat()}
        return Paper(code if coded else course, _light(shown | ({"validation_code": code} if coded else {})), fate)

    def scanned_again(self, paper: Paper) -> Paper:
        """The same certificate in other bytes."""
        return Paper(paper.certificate, paper.data + b"\n%% scan %d" % self._chance.getrandbits(64), paper.fate)

    def _word(self) -> str:
        """A name that nobody has: each stranger is another one."""
        return "".join(self._chance.choice("bdfgklmnprstv") + self._chance.choice("aeiou") for _ in range(5)).title()


def _light(shown: dict[str, str]) -> bytes:
    return _LIGHT + json.dumps(shown).encode() + b"\n"


def _drawn(holder: str, course: str, day: dt.date, code: str) -> bytes:
    from tests.samples.case import SAMPLES, load_case
    from tests.samples.draw import draw

    case = load_case(SAMPLES / "cisco-digital-learning" / "secure_access.toml")
    [told] = case.certificates
    changes = {
        "holder_name": holder,
        "course_name": course,
        "completed_on": day,
        "started_on": day - dt.timedelta(days=3),
        "validation_code": code,
    }
    story = case.story.model_copy(update={"certificates": (told.model_copy(update=changes),)})
    return draw(case.model_copy(update={"story": story}))


def read_light(data: bytes) -> dict[str, str] | None:
    """What a light paper shows; None for any other bytes, half a paper above all."""
    lines = data.splitlines()
    if not data.startswith(_LIGHT) or len(lines) < 2 or not lines[1].endswith(b"}"):
        return None
    shown: dict[str, str] = json.loads(lines[1])
    return shown


def write(paper: Paper, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(paper.data)
