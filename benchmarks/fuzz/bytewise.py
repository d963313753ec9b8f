"""Damage that knows nothing of what it damages: bytes flipped, cut out, doubled, moved, spliced from another file."""

from random import Random

EXTREMES = (b"\x00", b"\xff", b"\x7f", b"\x80", b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff")


def flipped(data: bytes, draw: Random, times: int | None = None) -> bytes:
    out = bytearray(data)
    for _ in range(times or draw.choice((1, 2, 8, 64))):
        if out:
            out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
    return bytes(out)


def overwritten(data: bytes, draw: Random) -> bytes:
    out = bytearray(data)
    for _ in range(draw.choice((1, 4, 16))):
        patch = draw.choice(EXTREMES)
        at = draw.randrange(len(out) + 1)
        out[at : at + len(patch)] = patch
    return bytes(out)


def cut(data: bytes, draw: Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def without_a_piece(data: bytes, draw: Random) -> bytes:
    start, end = _piece(data, draw)
    return data[:start] + data[end:]


def with_a_piece_again(data: bytes, draw: Random) -> bytes:
    start, end = _piece(data, draw)
    at = draw.randrange(len(data) + 1)
    return data[:at] + data[start:end] * draw.choice((1, 2, 50)) + data[at:]


def emptied(data: bytes, draw: Random) -> bytes:
    start, end = _piece(data, draw)
    return data[:start] + bytes(end - start) + data[end:]


def spliced(data: bytes, other: bytes, draw: Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)] + other[draw.randrange(len(other) + 1) :]


def _piece(data: bytes, draw: Random) -> tuple[int, int]:
    start = draw.randrange(len(data) + 1)
    return start, min(start + draw.choice((1, 16, 512, 8192)), len(data))


BYTEWISE = (flipped, overwritten, cut, without_a_piece, with_a_piece_again, emptied)
