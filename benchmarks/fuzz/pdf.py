"""A PDF as numbered objects that can be taken apart, damaged on purpose, and written again.

Only what the samples need is understood: objects of generation 0 that stand in the file one by one.
"""

import base64
import re
import zlib
from dataclasses import dataclass, field
from random import Random

_OBJECT = re.compile(rb"(?<![0-9])(\d+) 0 obj\s*")
_LENGTH = re.compile(rb"/Length (\d+)\b")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_STREAM = re.compile(rb"stream\r?\n")


@dataclass(slots=True)
class Thing:
    """One object: its text and, where it is a stream, the bytes as they stand in the file."""

    text: bytes
    stream: bytes | None = None

    def written(self) -> bytes:
        if self.stream is None:
            return self.text
        return self.text + b"\nstream\n" + self.stream + b"\nendstream"

    def plain(self) -> bytes | None:
        """The stream without its usual filters; None where there is none, or it has others."""
        named = _FILTER.search(self.text)
        filters = re.findall(rb"/(\w+)", named[1]) if named else []
        data = self.stream
        try:
            for name in filters:
                if data is None or name not in (b"ASCII85Decode", b"FlateDecode"):
                    return None
                if name == b"FlateDecode":
                    data = zlib.decompressobj().decompress(data, 2**22)
                else:
                    data = base64.a85decode(data.strip().removesuffix(b"~>"))
        except (ValueError, zlib.error):
            return None
        return data

    def put(self, data: bytes, filters: bytes = b"") -> None:
        """Another stream, `filters` being what undoes the way it is packed (a PDF name or array)."""
        text = _LENGTH.sub(b"", _FILTER.sub(b"", self.text)).rstrip()
        named = b"/Filter " + filters if filters else b""
        end = text.rfind(b">>")
        self.text = text[:end] + named + b" /Length %d >>" % len(data)
        self.stream = data


@dataclass(slots=True)
class Pdf:
    """The objects of a file by number, and the number of its catalog."""

    things: dict[int, Thing]
    root: int
    extra: bytes = b""  # entries of the trailer beside Root and Size
    tail: bytes = field(default=b"")

    def add(self, text: bytes, stream: bytes | None = None) -> int:
        number = max(self.things, default=0) + 1
        self.things[number] = Thing(text, stream)
        return number

    def numbers(self, containing: bytes = b"") -> list[int]:
        return [number for number, thing in self.things.items() if containing in thing.text]

    def pages(self) -> list[int]:
        return [number for number, thing in self.things.items() if re.search(rb"/Type\s*/Page\b", thing.text)]

    def catalog(self) -> Thing:
        return self.things[self.root]

    def entry(self, number: int, text: bytes) -> None:
        """Put an entry at the beginning of a dictionary, where it wins or loses against one of the same name."""
        thing = self.things[number]
        thing.text = thing.text.replace(b"<<", b"<< " + text + b" ", 1)


def parsed(data: bytes) -> Pdf:
    """The objects of a file, encryption and all but Root of the trailer forgotten. Raises ValueError for what is none
    of ours."""
    things: dict[int, Thing] = {}
    at = 0
    while (start := _OBJECT.search(data, at)) is not None:
        end = data.find(b"endobj", start.end())
        opened = _STREAM.search(data, start.end(), end if end > 0 else len(data))
        stream = None
        if opened is not None:
            text = data[start.end() : opened.start()]
            length = _LENGTH.search(text)
            if length is None:
                raise ValueError("a stream without a length")
            stream = data[opened.end() : opened.end() + int(length[1])]
            end = data.find(b"endobj", opened.end() + int(length[1]))
        else:
            text = data[start.end() : end]
        if end < 0:
            raise ValueError("an object without an end")
        things[int(start[1])] = Thing(text.strip(), stream)
        at = end + 6
    root = _ROOT.search(data, at)
    if root is None or int(root[1]) not in things:
        raise ValueError("no catalog")
    return Pdf(things, int(root[1]))


def written(pdf: Pdf) -> bytes:
    """The file with a table of cross references that holds."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, thing in pdf.things.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + thing.written() + b"\nendobj\n"
    return bytes(out) + _table(pdf, places, len(out)) + pdf.tail


def _table(pdf: Pdf, places: dict[int, int], at: int) -> bytes:
    size = max(places, default=0) + 1
    lines = [b"xref\n0 %d\n" % size, b"0000000000 65535 f \n"]
    lines += [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(1, size)]
    trailer = b"trailer\n<< /Root %d 0 R /Size %d " % (pdf.root, size) + pdf.extra + b" >>\n"
    return b"".join(lines) + trailer + b"startxref\n%d\n%%%%EOF\n" % at


def compact(pdf: Pdf) -> bytes:
    """The file with its objects in object streams and its cross references in a stream (PDF 1.5, 7.5.7 and 7.5.8)."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    packed = [number for number, thing in pdf.things.items() if thing.stream is None]
    rows: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    bodies, heads = bytearray(), bytearray()
    holder = max(pdf.things, default=0) + 1
    for index, number in enumerate(packed):
        heads += b"%d %d " % (number, len(bodies))
        bodies += pdf.things[number].text + b" "
        rows[number] = (2, holder, index)
    shelf = zlib.compress(bytes(heads + bodies))
    head = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % (
        len(packed),
        len(heads),
        len(shelf),
    )
    for number, thing in [*pdf.things.items(), (holder, Thing(head, shelf))]:
        if thing.stream is not None:
            rows[number] = (1, len(out), 0)
            out += b"%d 0 obj\n" % number + thing.written() + b"\nendobj\n"
    rows[holder + 1] = (1, len(out), 0)
    table = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + more.to_bytes(2, "big")
        for kind, place, more in (rows.get(number, (0, 0, 0)) for number in range(holder + 2))
    )
    table = zlib.compress(table)
    start = len(out)
    out += b"%d 0 obj\n<< /Type /XRef /W [1 4 2] /Size %d /Root %d 0 R %s" % (
        holder + 1,
        holder + 2,
        pdf.root,
        pdf.extra,
    )
    out += b" /Filter /FlateDecode /Length %d >>\nstream\n" % len(table) + table + b"\nendstream\nendobj\n"
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start + pdf.tail


def updated(pdf: Pdf, data: bytes, numbers: list[int], draw: Random) -> bytes:
    """A later save on top of `data` that replaces some objects; its /Prev may lead anywhere."""
    before = data.rfind(b"startxref")
    previous = re.match(rb"startxref\s+(\d+)", data[before:]) if before >= 0 else None
    out = bytearray(data)
    places = {}
    for number in numbers:
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + pdf.things[number].written() + b"\nendobj\n"
    at = len(out)
    prev = draw.choice([int(previous[1]) if previous else 0, at, 0, len(out) * 2, -1])
    for number, place in places.items():
        out += (b"xref\n" if number == numbers[0] else b"") + b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Root %d 0 R /Size %d /Prev %d >>\n" % (pdf.root, max(pdf.things) + 1, prev)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % at
