"""Damage that knows how PNG, JPEG and TIFF are built."""

import json
import struct
import zlib
from collections.abc import Callable
from random import Random

from benchmarks.fuzz import bytewise

Chunk = tuple[bytes, bytes]

_PNG = b"\x89PNG\r\n\x1a\n"
_SIDES = (0, 1, 2, 255, 4000, 20_000, 65_535, 100_000, 2**24, 2**31 - 1, 2**32 - 1)


def png_chunks(data: bytes) -> list[Chunk]:
    chunks, at = [], len(_PNG)
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return chunks


def png_written(chunks: list[Chunk], wrong_sum: int | None = None) -> bytes:
    out = bytearray(_PNG)
    for index, (kind, body) in enumerate(chunks):
        check = zlib.crc32(kind + body) ^ (0xFF if index == wrong_sum else 0)
        out += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)
    return bytes(out)


def _header(chunks: list[Chunk], draw: Random) -> None:
    width, height, depth, colour, packing, filtering, laced = struct.unpack(">IIBBBBB", chunks[0][1][:13])
    match draw.randrange(4):
        case 0:
            width, height = draw.choice(_SIDES), draw.choice((height, *_SIDES))
        case 1:
            depth, colour = draw.choice((0, 1, 2, 4, 8, 16, 255)), draw.choice((0, 1, 2, 3, 4, 6, 255))
        case 2:
            laced, packing, filtering = draw.choice((1, 2, 255)), draw.choice((0, 1)), draw.choice((0, 64))
        case _:
            height = max(height + draw.choice((-1, 1, 1000)), 0)
    chunks[0] = (b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, packing, filtering, laced))


def _pixels(chunks: list[Chunk], draw: Random) -> None:
    packed = b"".join(body for kind, body in chunks if kind == b"IDAT")
    plain = bytewise.flipped(zlib.decompressobj().decompress(packed, 2**24), draw)
    again = draw.choice((zlib.compress(plain), zlib.compress(plain[: len(plain) // 2]), zlib.compress(plain * 3)))
    first = next(index for index, (kind, _) in enumerate(chunks) if kind == b"IDAT")
    chunks[:] = [chunk for chunk in chunks if chunk[0] != b"IDAT"]
    step = draw.choice((len(again), 1000, 7))
    chunks[first:first] = [(b"IDAT", again[at : at + step]) for at in range(0, min(len(again), 2000 * step), step)]


def _order(chunks: list[Chunk], draw: Random) -> None:
    a, b = draw.randrange(len(chunks)), draw.randrange(len(chunks))
    match draw.randrange(4):
        case 0:
            chunks[a], chunks[b] = chunks[b], chunks[a]
        case 1:
            chunks[a:a] = [chunks[b]] * draw.choice((1, 3, 500))
        case 2:
            del chunks[a]
        case _:
            kind, body = chunks[a]
            chunks[a] = kind, draw.choice(bytewise.BYTEWISE)(body, draw)


def _more(chunks: list[Chunk], draw: Random) -> None:
    """Chunks that few pictures have."""
    bomb = zlib.compress(bytes(draw.choice((10**6, 6 * 10**7))), 9)
    chunk = draw.choice((
        (b"zTXt", b"Comment\0\0" + bomb), (b"iCCP", b"profile\0\0" + bomb), (b"iTXt", b"Title\0\1\0\0\0" + bomb),
        (b"tEXt", b"Title\0" + b"\xff" * 1000), (b"tEXt", b""), (b"pHYs", struct.pack(">IIB", 0, 2**32 - 1, 1)),
        (b"gAMA", bytes(4)), (b"PLTE", bytes(3 * draw.choice((0, 1, 256, 300)))),
        (b"tRNS", bytes(draw.choice((0, 1, 999)))),
        (b"eXIf", b"II*\0\x08\0\0\0\xff\xff" + bytes(200)),
        (b"acTL", struct.pack(">II", draw.choice((0, 2, 2**31)), 0)),
        (b"fcTL", struct.pack(">IIIIIHHBB", 0, 2**31, 2**31, 2**31, 5, 1, 0, 9, 9)), (b"fdAT", bytes(40)),
        (b"sBIT", b"\xff" * 4),
        (b"cHRM", bytes(5)), (b"hIST", bytes(3)), (b"CgBI", bytes(4)), (b"\0\0\0\0", bytes(9)),
    ))  # fmt: skip
    chunks.insert(draw.randrange(1, len(chunks) + 1), chunk)


VALUES: tuple[object, ...] = (
    None, True, 0, -1, 10**30, 1e308, "", "\ud800", "\x1b[2J", "<script>", "=1+1", "A" * 100_000, [], {}, [[]],
    {"": {}},
    "9999-99-99", "0000-00-00", "https://[", "https://a:b:c/", "http://" + "a." * 5000, 2**63, -(2**63), [None] * 1000,
)  # fmt: skip


def _badge(chunks: list[Chunk], draw: Random) -> None:
    """A badge baked in whose JSON means something else than a badge."""
    stated: dict[str, object] = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://badges.example/a/1",
        "recipient": {"type": "name", "hashed": False, "identity": "Wilhelmina Sandberg"},
        "badge": {"name": "A Course", "issuer": {"name": "A School"}},
        "issuedOn": "2024-02-29T10:00:00Z",
        "expires": 1735689600,
        "verification": {"url": "https://badges.example/v/1"},
    }
    if draw.random() < 0.5:
        subject: dict[str, object] = {"name": "A Person", "achievement": {"name": "A Course"}, "identifier": [{}]}
        stated = {
            "id": "urn:uuid:1",
            "issuer": {"name": "A School"},
            "validFrom": "2024-01-01",
            "credentialSubject": subject,
        }
    for _ in range(draw.choice((1, 2, 4))):
        place = draw.choice([stated, *(value for value in stated.values() if isinstance(value, dict) and value)])
        place[draw.choice(list(place))] = draw.choice(VALUES)
    text = json.dumps(stated).encode()
    match draw.randrange(5):
        case 0:
            text = draw.choice(bytewise.BYTEWISE)(text, draw)
        case 1:
            text = draw.choice(
                (b"a.b.c", b"e30.e30.e30", b"..", b"http://", b"{" * 50_000, b"[" * 50_000, b'{"badge":' * 9000)
            )
    keyword = draw.choice((b"openbadges", b"openbadgecredential"))
    packed = draw.random() < 0.3
    body = keyword + (b"\0\1\0\0\0" + zlib.compress(text) if packed else b"\0\0\0\0\0" + text)
    chunks.insert(1, (b"iTXt", body))


def damaged_png(data: bytes, draw: Random) -> tuple[bytes, list[str]]:
    chunks = png_chunks(data)
    chosen: list[Callable[[list[Chunk], Random], None]] = []
    for _ in range(draw.choice((1, 1, 2))):
        damage = draw.choice((_header, _pixels, _order, _more, _badge, _badge))
        if len(chunks) > 1 and chunks[0][0] == b"IHDR" and any(kind == b"IDAT" for kind, _ in chunks):
            chosen.append(damage)
            damage(chunks, draw)
    wrong = draw.randrange(len(chunks)) if chunks and draw.random() < 0.1 else None
    return png_written(chunks, wrong), ["png", *(damage.__name__ for damage in chosen)]


def jpeg_segments(data: bytes) -> tuple[list[Chunk], bytes]:
    """The segments (marker, body) up to the first scan, and the rest."""
    segments, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at : at + 2]
        (length,) = struct.unpack_from(">H", data, at + 2)
        segments.append((marker, data[at + 4 : at + 2 + length]))
        at += 2 + length
        if marker == b"\xff\xda":
            break
    return segments, data[at:]


def jpeg_written(segments: list[Chunk], rest: bytes) -> bytes:
    parts = (marker + struct.pack(">H", min(len(body) + 2, 65_535)) + body for marker, body in segments)
    return b"\xff\xd8" + b"".join(parts) + rest


def _frame(segments: list[Chunk], draw: Random) -> None:
    """Size, depth, components and sampling of the frame."""
    for index, (marker, body) in enumerate(segments):
        if marker in (b"\xff\xc0", b"\xff\xc2") and len(body) > 10:
            out = bytearray(body)
            if draw.random() < 0.5:
                struct.pack_into(">HH", out, 1, draw.choice((0, 1, 65_535, 30_000)), draw.choice((0, 1, 65_535)))
            else:
                out[draw.choice((0, 5, 6, 7, 8, 10))] = draw.choice((0, 1, 3, 4, 8, 12, 0x11, 0x44, 0xFF))
            kind = draw.choice((marker, marker, b"\xff\xc1", b"\xff\xc2", b"\xff\xc3", b"\xff\xc9", b"\xff\xca"))
            segments[index] = kind, bytes(out)


def _tables(segments: list[Chunk], draw: Random) -> None:
    tables = [index for index, (marker, _) in enumerate(segments) if marker in (b"\xff\xdb", b"\xff\xc4", b"\xff\xda")]
    if tables:
        index = draw.choice(tables)
        marker, body = segments[index]
        segments[index] = (
            marker,
            draw.choice((bytes(len(body)), b"\xff" * len(body), bytewise.flipped(body, draw), b"")),
        )


def _exif(segments: list[Chunk], draw: Random) -> None:
    turned = draw.choice((0, 1, 3, 6, 8, 9, 65_535))
    entries = struct.pack("<HHHII", 1, 0x0112, 3, draw.choice((1, 0, 2**31)), turned)
    loop = struct.pack("<I", draw.choice((0, 8, 2**31)))
    more = draw.choice((b"", struct.pack("<HHII", 0x8769, 4, 1, 8), struct.pack("<HHII", 0x0132, 2, 2**30, 40)))
    body = b"Exif\0\0II*\0\x08\0\0\0" + entries + more + loop + b"2024:99:99 99:99:99\0"
    segments.insert(0, (b"\xff\xe1", draw.choice((body, body[:20], bytewise.flipped(body, draw)))))


def _segments(segments: list[Chunk], draw: Random) -> None:
    a, b = draw.randrange(len(segments)), draw.randrange(len(segments))
    match draw.randrange(4):
        case 0:
            segments[a], segments[b] = segments[b], segments[a]
        case 1:
            segments[a:a] = [segments[b]] * draw.choice((1, 300))
        case 2:
            del segments[a]
        case _:
            marker = draw.choice((b"\xff\xdd", b"\xff\xe2", b"\xff\xee", b"\xff\xfe", b"\xff\xed", b"\xff\xcc"))
            body = draw.choice((b"\0\1", b"ICC_PROFILE\0\1\1" + bytes(200), b"Adobe\0\x64\0\0\0\0\2", bytes(65_000)))
            segments.insert(a, (marker, body))


def damaged_jpeg(data: bytes, draw: Random) -> tuple[bytes, list[str]]:
    segments, rest = jpeg_segments(data)
    names = []
    for _ in range(draw.choice((1, 1, 2))):
        damage = draw.choice((_frame, _tables, _exif, _segments))
        if segments:
            damage(segments, draw)
            names.append(damage.__name__)
    match draw.randrange(6):
        case 0:
            rest, names = rest[: draw.randrange(len(rest) + 1)], [*names, "cut"]
        case 1:
            rest, names = bytewise.flipped(rest, draw), [*names, "flipped"]
        case 2:
            scan = b"\xff\xda" + struct.pack(">H", 8) + b"\1\1\0\0\x3f\0"
            rest, names = (scan + rest[:20]) * draw.choice((10, 3000)) + rest, [*names, "scans"]
    return jpeg_written(segments, rest), ["jpeg", *names]


def damaged_tiff(data: bytes, draw: Random) -> tuple[bytes, list[str]]:
    """Entries of the first directory (TIFF 6.0, section 2) become extreme, or the list of directories a circle."""
    out = bytearray(data)
    order = "<" if data[:2] == b"II" else ">"
    (directory,) = struct.unpack_from(order + "I", data, 4)
    if directory + 2 > len(data):
        return bytewise.flipped(data, draw), ["tiff", "flipped"]
    (count,) = struct.unpack_from(order + "H", data, directory)
    for _ in range(draw.choice((1, 2, 4))):
        at = directory + 2 + 12 * draw.randrange(max(count, 1)) + draw.choice((0, 2, 4, 8))
        if at + 4 <= len(out):
            struct.pack_into(order + "I", out, at, draw.choice((0, 1, 65_535, 100_000, 2**31 - 1, 2**32 - 1)))
    if draw.random() < 0.3 and directory + 6 + 12 * count <= len(out):
        struct.pack_into(order + "I", out, directory + 2 + 12 * count, draw.choice((directory, 8, len(data) - 4)))
    return bytes(out), ["tiff", "entries"]
