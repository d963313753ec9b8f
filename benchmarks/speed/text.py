"""Text PDFs that need no pixels: `extract` beside pdfplumber opening the file and listing its words."""

import io
import statistics
from functools import partial

import pdfplumber

from extractors.extract import extract
from extractors.profile import Profiles
from speed.common import LIMITS, NoPixels, forget, ratios, read_by_text, side_by_side

ROUNDS = 5


def bare(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_words()


def whole(data: bytes, engine: NoPixels, profiles: Profiles) -> None:
    forget()
    extract(data, engine=engine, profiles=profiles, limits=LIMITS)


def measure(files: dict[str, bytes], profiles: Profiles) -> dict[str, object]:
    engine = NoPixels()
    rows = []
    for name, data in files.items():
        if not data.startswith(b"%PDF") or read_by_text(data, profiles)[1]:
            continue
        rows.append(
            (
                name,
                *side_by_side(
                    partial(whole, data, engine, profiles),
                    partial(bare, data),
                    ROUNDS,
                ),
            )
        )
    return {
        "documents": len(rows),
        "extract_ms": round(1000 * statistics.median(ours.wall for _, ours, _ in rows), 1),
        "pdfplumber_ms": round(1000 * statistics.median(theirs.wall for _, _, theirs in rows), 1),
        **ratios([(ours, theirs) for _, ours, theirs in rows]),
        "each": {name: round(ours.wall / theirs.wall, 2) for name, ours, theirs in rows},
    }
