"""Text PDFs that need no pixels: `extract` beside pdfplumber opening the file and listing its words."""

import io
import statistics
from functools import partial

import pdfplumber

from extractors.extract import extract
from extractors.profile import Profiles
from speed.common import LIMITS, NoPixels, read_by_text, side_by_side

ROUNDS = 5


def bare(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_words()


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
                    partial(extract, data, engine=engine, profiles=profiles, limits=LIMITS),
                    partial(bare, data),
                    ROUNDS,
                ),
            )
        )
    ratios = [ours.over(theirs) for _, ours, theirs in rows]
    return {
        "documents": len(rows),
        "extract_ms": round(1000 * statistics.median(ours.wall for _, ours, _ in rows), 1),
        "pdfplumber_ms": round(1000 * statistics.median(theirs.wall for _, _, theirs in rows), 1),
        "ratio_wall": round(statistics.median(one.wall for one in ratios), 2),
        "ratio_cpu": round(sum(ours.cpu for _, ours, _ in rows) / sum(theirs.cpu for _, _, theirs in rows), 2),
        "each": {name: round(ours.wall / theirs.wall, 2) for name, ours, theirs in rows},
    }
