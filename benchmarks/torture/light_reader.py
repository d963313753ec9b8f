"""A reader without pixels, run in the real sandbox: most rounds are about what happens around the reading."""

import random
import time

from benchmarks.torture.papers import read_light
from extractors.model import DocumentType, Evidence, Extraction, Fields, Source
from pipeline.readers.wire import Answer, Reader, ReadFailure, Task

_BROKEN = ReadFailure("damaged", "It does not hold together.", "Drop it again.", retryable=True)


def reader(_: Task) -> Reader:
    """What the sandbox asks for. It takes its time, so that a kill can meet it."""
    chance = random.Random()

    def read(data: bytes) -> Answer:
        time.sleep(chance.uniform(0.005, 0.03))
        shown = read_light(data)
        return Answer(failure=_BROKEN) if shown is None else Answer(extractions=(_extraction(shown),))

    return read


def _extraction(shown: dict[str, str]) -> Extraction:
    shown = shown | {"credits": "1", "credit_unit": "CE credits"}
    fields = {name: _evidence(shown.get(name)) for name in Fields.model_fields}
    return Extraction(
        ordinal=1,
        pages=(1,),
        media="pdf-text",
        document_type=DocumentType.COMPLETION,
        issuer="Example Academy",
        profile="cisco-digital-learning",
        fields=Fields(**fields),
    )


def _evidence(value: str | None) -> Evidence:
    if value is None:
        return Evidence(value=None, confidence=0.99)
    return Evidence(value=value, confidence=0.99, page=1, box=(0.1, 0.1, 0.5, 0.2), source=Source.TEXT, raw=value)
