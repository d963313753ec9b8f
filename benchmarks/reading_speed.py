"""What reading costs beside the bare tools on the same samples: ratios in one run, prints a table, writes JSON.

Text PDFs: `extract` against pdfplumber opening the file and listing its words. Pictures: `extract` against Tesseract
by path on the same pixels. One process each.
"""

import io
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytesseract

from extractors.document import Limits, open_document
from extractors.errors import UnreadableDocument
from extractors.extract import extract
from extractors.ocr import TesseractEngine
from extractors.profile import load_profiles
from pipeline.settings import Settings

SAMPLES = Path(__file__).parents[1] / "sample_certificates"
OUT = Path(__file__).parent / "out" / "reading.json"
SETTINGS = Settings()
LIMITS = Limits(bytes=SETTINGS.document_bytes, pages=SETTINGS.document_pages, pixels=SETTINGS.document_pixels)


def timed(work: Callable[[], object], rounds: int = 3) -> float:
    """Median seconds of a few rounds."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def bare_words(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_words()


def bare_tesseract(data: bytes) -> Callable[[], object]:
    """Tesseract on the first page's pixels, rendered beforehand."""
    with open_document(data, LIMITS) as document:
        picture = document.picture(1).convert("L")
    path = Path(tempfile.mkdtemp(prefix="recert-bench-")) / "page.pgm"
    picture.save(path)
    return lambda: pytesseract.image_to_data(str(path), lang="spa+fra+por+tur", config="--psm 3")


def main() -> None:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    engine, profiles = TesseractEngine(SETTINGS.languages), load_profiles()
    rows: dict[str, list[tuple[float, float]]] = {"text PDF": [], "picture": []}
    for file in sorted(SAMPLES.glob("*/*.*")):
        if file.suffix == ".toml" or "traps" in file.parts:
            continue
        data = file.read_bytes()
        try:
            with open_document(data, LIMITS) as document:
                is_text = document.media == "pdf-text"
        except UnreadableDocument:
            continue
        ours = timed(lambda data=data: extract(data, engine=engine, profiles=profiles, limits=LIMITS))  # type: ignore[misc]
        bare = timed(lambda data=data: bare_words(data)) if is_text else timed(bare_tesseract(data))  # type: ignore[misc]
        rows["text PDF" if is_text else "picture"].append((ours, bare))
    print(f"{'kind':<10}{'documents':>10}{'extract, s':>12}{'bare, s':>10}{'ratio':>8}")
    result: dict[str, object] = {"machine": platform.platform(), "python": platform.python_version()}
    for kind, pairs in rows.items():
        ours, bare = (statistics.median(one) for one in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{kind:<10}{len(pairs):>10}{ours:>12.3f}{bare:>10.3f}{ratio:>8.2f}")
        result[kind] = {"documents": len(pairs), "extract": ours, "bare": bare, "ratio": ratio}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
