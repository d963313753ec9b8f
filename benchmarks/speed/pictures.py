"""Documents that need pixels: `extract` beside the bare program, and beside the plain script that everybody writes."""

import os
import statistics
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytesseract
from PIL import Image

from extractors.document import open_document
from extractors.extract import extract
from extractors.ocr_fast import How, tesseract
from extractors.profile import Profiles, load_profiles
from extractors.rapid import RapidEngine
from speed.common import (
    LIMITS,
    SETTINGS,
    Spent,
    Watch,
    WatchedSecond,
    WatchedTesseract,
    median,
    ratios,
    read_by_text,
    side_by_side,
    spent,
)

ROUNDS = 3
PROCESSES = 2
# Documents that need pixels, spread evenly over the samples: all of them would take half an hour.
MOST = 16


def bare(path: Path, languages: tuple[str, ...]) -> None:
    """The program itself, on one thread, on the pixels that `extract` gave it."""
    command = [
        pytesseract.pytesseract.tesseract_cmd,
        str(path),
        "stdout",
        "-l",
        "+".join(languages),
        "--psm",
        "3",
        "tsv",
    ]
    subprocess.run(command, env={**os.environ, "OMP_THREAD_LIMIT": "1"}, capture_output=True, check=True)


def plain(path: Path) -> None:
    """The plain script: default settings, so one process with as many threads as Tesseract likes."""
    with Image.open(path) as picture:
        pytesseract.image_to_string(picture)


def watched(files: dict[str, bytes], profiles: Profiles) -> dict[str, Watch]:
    """The passes over each document that needs pixels at all, of `MOST` such documents."""
    wanting = [name for name, data in files.items() if read_by_text(data, profiles)[1]]
    seen = {}
    for name in wanting[:: -(-len(wanting) // MOST)]:
        watch = Watch()
        engine, second = WatchedTesseract(watch), WatchedSecond(watch)
        extract(files[name], engine=engine, second=second, profiles=profiles, limits=LIMITS)
        seen[name] = watch
    return seen


def one_pass(files: dict[str, bytes], watches: dict[str, Watch], profiles: Profiles, how: How) -> dict[str, object]:
    """Whole `extract` against the bare program on the same pixels, one process each, where one pass was enough."""
    rows = []
    engine = tesseract(SETTINGS.languages, how)
    with tempfile.TemporaryDirectory(prefix="recert-bench-") as folder:
        for name, watch in watches.items():
            if [one.kind for one in watch.passes] != ["first"]:
                continue
            (only,) = watch.passes
            assert only.prepared is not None
            path = Path(folder, "page.pgm")
            only.prepared.picture.save(path, format="PPM")
            rows.append(
                side_by_side(
                    partial(extract, files[name], engine=engine, profiles=profiles, limits=LIMITS),
                    partial(bare, path, only.languages),
                    ROUNDS,
                )
            )
    if not rows:
        return {"documents": 0}
    return {
        "documents": len(rows),
        "extract_s": round(statistics.median(ours.wall for ours, _ in rows), 3),
        "tesseract_s": round(statistics.median(theirs.wall for _, theirs in rows), 3),
        **ratios(rows),
    }


_read = None


def _start(how: How) -> None:
    """Load engines and profiles once, as a reader process does."""
    global _read  # noqa: PLW0603
    engine, second, profiles = tesseract(SETTINGS.languages, how), RapidEngine(), load_profiles()
    _read = lambda data: extract(data, engine=engine, second=second, profiles=profiles, limits=LIMITS)  # noqa: E731


def _read_one(data: bytes) -> float:
    """Processor seconds of one document, the programs it started included."""
    assert _read is not None
    return spent(partial(_read, data)).cpu


def throughput(files: dict[str, bytes], names: list[str], how: How) -> dict[str, object]:
    """Documents a second with our reader processes, and with the plain script; blocks in turns."""
    chosen = [files[name] for name in names]
    with tempfile.TemporaryDirectory(prefix="recert-bench-") as folder:
        paths = []
        for number, data in enumerate(chosen):
            with open_document(data, LIMITS) as document:
                paths.append(Path(folder, f"{number}.png"))
                document.picture(1).save(paths[-1])
        with ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=_start, initargs=(how,)) as readers:
            list(readers.map(_read_one, chosen[:PROCESSES] * 2))
            ours, theirs = [], []
            for _ in range(ROUNDS):
                cpu: list[float] = []
                wall = spent(lambda cpu=cpu: cpu.extend(readers.map(_read_one, chosen))).wall  # type: ignore[misc]
                ours.append(Spent(wall, sum(cpu)))
                theirs.append(_plainly(paths))
    times = median([their.over(our) for our, their in zip(ours, theirs, strict=True)])
    return {
        "documents": len(names),
        "processes": PROCESSES,
        "extract_per_s": round(len(names) / median(ours).wall, 2),
        "plain_script_per_s": round(len(names) / median(theirs).wall, 2),
        "times_as_fast": round(times.wall, 1),
        "times_less_cpu": round(times.cpu, 1),
    }


def _plainly(paths: list[Path]) -> Spent:
    limit = os.environ.pop("OMP_THREAD_LIMIT", None)
    try:
        return spent(lambda: [plain(path) for path in paths])
    finally:
        if limit is not None:
            os.environ["OMP_THREAD_LIMIT"] = limit
