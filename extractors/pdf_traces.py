"""What a PDF says of the programs that wrote it, and of its saves."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from extractors.model import Traces
from extractors.revisions import changes, revision_ends, signature

_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
# The packet of the document itself states its producer; those of pictures in it do not (ISO 16684-2, ISO 32000-1 14.3).
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_OF_DOCUMENT = b"pdf:Producer"
_STEP = re.compile(rb"<rdf:li\b[^>]*?stEvt:.*?(?:/>|</rdf:li>)", re.DOTALL)
_PROGRAM = re.compile(rb"stEvt:softwareAgent(?:=[\"']|>)([^\"'<]+)")
_WHEN = re.compile(rb"stEvt:when(?:=[\"']|>)(\d{4}-\d\d-\d\d)")


def traces_of(data: bytes, stated: Mapping[str, str], pixels: int) -> Traces:
    """The traces of a PDF. `stated` is its information dictionary, `pixels` the limit of one picture in it.

    The program that edited it is the last one of the history it keeps, else the producer.
    """
    modified_on = pdf_day(stated.get("ModDate", ""))
    step = next(reversed(list(_steps(data))), None)
    producer = stated.get("Producer", "").strip() or None
    program, edited_on = step or (producer, modified_on)
    return Traces(
        edited_by=program,
        edited_on=edited_on,
        modified_on=modified_on,
        updates=max(len(revision_ends(data)) - 1, 0),
        changes=changes(data, pixels),
        signature=signature(data),
    )


def _steps(data: bytes) -> Iterator[tuple[str, dt.date | None]]:
    """The steps of the document's own history: by which program, and on which day."""
    for packet in _PACKET.findall(data):
        if _OF_DOCUMENT not in packet:
            continue
        for step in _STEP.findall(packet):
            program, when = _PROGRAM.search(step), _WHEN.search(step)
            if program is not None:
                yield program[1].decode("utf-8", "replace").strip(), _iso(when[1].decode()) if when else None


def _iso(day: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        return None


def pdf_day(stated: str) -> dt.date | None:
    """The day of a PDF date `D:YYYYMMDDHHmmSSOHH'mm'`, in the zone it was written in."""
    match = _DAY.match(stated)
    if match is None or match[3] is None:
        return None
    return _iso(f"{match[1]}-{match[2]}-{match[3]}")
