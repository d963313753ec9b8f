"""The mutated documents: number N of seed S is always the same bytes, whichever others are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import pillow_heif
from PIL import Image

from benchmarks.fuzz import bytewise
from benchmarks.fuzz.crafted import CRAFTED
from benchmarks.fuzz.pdf import parsed
from benchmarks.fuzz.pdf_damage import damaged
from benchmarks.fuzz.picture_damage import damaged_jpeg, damaged_png, damaged_tiff

SAMPLES = Path(__file__).parents[2] / "sample_certificates"
# How often each kind is drawn, of 100.
SHARES = {"pdf": 62, "png": 13, "jpg": 10, "tiff": 3, "webp": 2, "heic": 2, "crafted": 2, "splice": 6}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document, the kind of its seed, and what was done to it."""

    number: int
    kind: str
    seed: str
    damages: tuple[str, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Seed:
    name: str
    kind: str
    data: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    """The samples of the project, and small pictures of the kinds that no sample has."""
    found = [
        Seed(file.relative_to(SAMPLES).as_posix(), file.suffix[1:], file.read_bytes())
        for file in sorted(SAMPLES.rglob("*.*"))
        if file.suffix in (".pdf", ".png", ".jpg") and file.stat().st_size
    ]
    with Image.open(SAMPLES / "brightwater-training" / "workshop_photo.jpg") as photo:
        small = photo.convert("RGB").resize((600, 450))
    for name, kind, picture, options in (
        ("progressive", "jpg", small, {"format": "JPEG", "progressive": True}),
        ("grey", "jpg", small.convert("L"), {"format": "JPEG"}),
        ("inks", "jpg", small.convert("CMYK"), {"format": "JPEG"}),
        ("palette", "png", small.convert("P"), {"format": "PNG"}),
        ("clear", "png", small.convert("RGBA"), {"format": "PNG"}),
        ("strips", "tiff", small, {"format": "TIFF"}),
        ("packed", "tiff", small, {"format": "TIFF", "compression": "tiff_lzw"}),
        ("fax", "tiff", small.convert("1"), {"format": "TIFF", "compression": "group4"}),
        ("pages", "tiff", small, {"format": "TIFF", "save_all": True, "append_images": [small, small]}),
        ("plain", "webp", small, {"format": "WEBP"}),
        ("moving", "webp", small, {"format": "WEBP", "save_all": True, "append_images": [small.rotate(180)]}),
    ):
        stream = BytesIO()
        picture.save(stream, **options)
        found.append(Seed(f"drawn/{name}.{kind}", kind, stream.getvalue()))
    stream = BytesIO()
    pillow_heif.from_pillow(small).save(stream)
    found.append(Seed("drawn/plain.heic", "heic", stream.getvalue()))
    return tuple(found)


@cache
def _crafted(name: str) -> bytes:
    return CRAFTED[name]()


def mutant(seed: int, number: int) -> Mutant:
    """Document `number` of the run with `seed`."""
    draw = Random(f"{seed}/{number}")
    kind = draw.choices(list(SHARES), list(SHARES.values()))[0]
    if kind == "crafted":
        name = draw.choice(list(CRAFTED))
        data, damages = _bytewise(_crafted(name), draw) if draw.random() < 0.8 else (_crafted(name), [])
        return Mutant(number, kind, name, tuple(damages), data)
    if kind == "splice":
        one, other = draw.choice(seeds()), draw.choice(seeds())
        data = bytewise.spliced(one.data, other.data, draw)
        return Mutant(number, kind, f"{one.name} + {other.name}", ("spliced",), data)
    chosen = draw.choice(_of(kind))
    data, damages = _damaged(chosen, draw)
    return Mutant(number, kind, chosen.name, tuple(damages), data)


@cache
def _of(kind: str) -> Sequence[Seed]:
    return [seed for seed in seeds() if seed.kind == kind]


def _damaged(seed: Seed, draw: Random) -> tuple[bytes, list[str]]:
    # Every tenth is damaged blindly: what knows the structure keeps too much of it whole.
    if draw.random() >= 0.1:
        match seed.kind:
            case "pdf":
                try:
                    return damaged(parsed(seed.data), draw)
                except ValueError:
                    pass  # a sample that is cut off or empty
            case "png":
                return damaged_png(seed.data, draw)
            case "jpg":
                return damaged_jpeg(seed.data, draw)
            case "tiff":
                return damaged_tiff(seed.data, draw)
    return _bytewise(seed.data, draw)


def _bytewise(data: bytes, draw: Random) -> tuple[bytes, list[str]]:
    damage = draw.choice(bytewise.BYTEWISE)
    return damage(data, draw), [damage.__name__]
