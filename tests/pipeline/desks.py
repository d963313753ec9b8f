"""A desk to test at: folders of one test, SQLite, a clock that is set by hand, and a reader that needs no pixels.

The reader takes what a document "shows" from the document itself (JSON), so that these tests are about what happens
after reading. Reading real documents has its own suites.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractors.model import DocumentType, Evidence, Expectation, Extraction, Fields, Source
from pipeline.clock import Clock
from pipeline.desk import Desk
from pipeline.ledger.events import HolderRecorded, HoldingRecorded
from pipeline.ledger.store import Draft, new_id
from pipeline.readers.wire import ReadFailure
from pipeline.sandbox import Reading

TODAY = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


@dataclass
class HandClock:
    """A clock that goes only when it is told to, or when somebody pauses."""

    at: dt.datetime = TODAY
    pauses: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(now=self.now, monotonic=self.seconds, pause=self.pause)

    def now(self) -> dt.datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.at += dt.timedelta(seconds=seconds)


class JsonReader:
    """Stands where the sandbox stands: a document is a JSON list of certificates, each a mapping of fields."""

    def read_many(self, jobs: Iterable[tuple[Path, str]]) -> Iterator[Reading]:
        for path, name in jobs:
            data = path.read_bytes()
            sha256 = hashlib.sha256(data).hexdigest()
            try:
                certificates = json.loads(data)
            except ValueError:
                damaged = ReadFailure("damaged", "It does not hold together.", "Drop it again.", retryable=True)
                yield Reading(name, sha256, (), (), damaged)
                continue
            extractions = tuple(extraction(ordinal, **shown) for ordinal, shown in enumerate(certificates, 1))
            yield Reading(name, sha256, extractions, (), None)


def extraction(ordinal: int = 1, **shown: str) -> Extraction:
    """An extraction that is certain of all it shows, and that it shows nothing else."""
    profile = shown.pop("profile", None)
    kind = DocumentType(shown.pop("document_type", "completion"))
    expects = Expectation(code_unique=shown.pop("code_unique", "true") == "true")
    confidence = float(shown.pop("confidence", "0.99"))
    fields = {}
    for name in Fields.model_fields:
        value = shown.pop(name, None)
        place = {"page": 1, "box": (0.1, 0.1, 0.5, 0.2), "source": Source.TEXT, "raw": value} if value else {}
        fields[name] = Evidence(value=value, confidence=confidence, **place)
    assert not shown, f"not a field: {shown}"
    return Extraction(
        ordinal=ordinal,
        pages=(ordinal,),
        media="pdf-text",
        document_type=kind,
        issuer="Northwind Academy",
        profile=profile,
        fields=Fields(**fields),
        expects=expects,
    )


def drop(desk: Desk, name: str, *certificates: dict[str, str]) -> Path:
    """Put a document into the inbox."""
    path = desk.settings.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(certificates))
    return path


def person(desk: Desk, name: str, *holdings: tuple[str, str, str, dt.date]) -> str:
    """Put a person with (program, name, level, earned on) on the roster; returns the id."""
    holder = new_id()
    events = [HolderRecorded(holder=holder, name=name, by="test")]
    held = [
        HoldingRecorded(holder=holder, program=program, name=title, level=level, earned_on=earned, by="test")
        for program, title, level, earned in holdings
    ]
    desk.ledger.append(tuple(Draft(holder, event) for event in (*events, *held)), desk.clock.now())
    return holder
