"""What a PDF says of the programs that wrote it, and of its saves."""

import datetime as dt
import re
from collections.abc import Iterator

from extractors.model import Traces
from extractors.revisions import changes, revision_ends, signature

_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_BEGINS, _ENDS = b"<x:xmpmeta", b"</x:xmpmeta>"
# The packet of the document itself states its producer; those of pictures in it do not (ISO 16684-2, ISO 32000-1 14.3).
_OF_DOCUMENT = b"pdf:Producer"
_PROGRAM = re.compile(rb"stEvt:softwareAgent(?:=[\"']|>)([^\"'<]{1,200})")
_WHEN = re.compile(rb"stEvt:when(?:=[\"']|>)(\d{4}-\d\d-\d\d)")


def traces_of(data: bytes, producer: str | None, modified: str, pixels: int) -> Traces:
    """The traces of a PDF. `producer` and `modified` are what it states of itself, `pixels` the limit of one picture.

    The program that edited it is the last one of the history it keeps, else the producer.
    """
    modified_on = pdf_day(modified)
    program, edited_on = _last_step(data) or (producer, modified_on)
    return Traces(
        edited_by=program,
        edited_on=edited_on,
        modified_on=modified_on,
        updates=max(len(revision_ends(data)) - 1, 0),
        changes=changes(data, pixels),
        signature=signature(data),
    )


def _last_step(data: bytes) -> tuple[str, dt.date | None] | None:
    """The last step of the document's own history: by which program, and on which day."""
    last = None
    for packet in _packets(data):
        programs, days = _PROGRAM.findall(packet), _WHEN.findall(packet)
        if _OF_DOCUMENT in packet and programs:
            last = programs[-1].decode("utf-8", "replace").strip(), _iso(days[-1].decode()) if days else None
    return last


def _packets(data: bytes) -> Iterator[bytes]:
    begin = data.find(_BEGINS)
    while begin >= 0 and (end := data.find(_ENDS, begin)) >= 0:
        yield data[begin:end]
        begin = data.find(_BEGINS, end)


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
