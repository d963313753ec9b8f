"""What reading costs beside the bare tools on the same samples: ratios in one run, a table, and JSON.

`reading_speed.py [FOLDER]`: a folder of documents of your own is measured as well where one is given (text PDFs only:
nothing of them is written but ratios).
"""

import json
import os
import platform
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pytesseract
from speed import memory, passes, pictures, text
from speed.common import documents

from extractors.ocr_fast import How
from extractors.profile import load_profiles
from pipeline.readers.reader_process import ALLOCATOR

HOWS: tuple[How, ...] = ("program", "library")
OUT = Path(__file__).parent / "out" / "reading.json"
PACKAGES = (
    "pdfplumber",
    "pdfminer.six",
    "pypdfium2",
    "pytesseract",
    "tesserocr",
    "rapidocr",
    "onnxruntime",
    "pillow",
    "zxing-cpp",
)


def machine() -> dict[str, object]:
    return {
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "load_before": [round(load, 1) for load in os.getloadavg()],
        "python": platform.python_version(),
        "tesseract": str(pytesseract.get_tesseract_version()),
        **{name: version(name) for name in PACKAGES},
    }


def show(title: str, rows: Mapping[str, object], of: str = "") -> None:
    print(f"\n{title}{f' ({of})' if of else ''}", flush=True)
    for name, value in rows.items():
        if name != "each":
            shown = ", ".join(f"{key} {one}" for key, one in value.items()) if isinstance(value, dict) else value
            print(f"  {name.replace('_', ' '):<28}{shown}", flush=True)


def main(arguments: list[str]) -> None:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    result: dict[str, object] = {"machine": machine()}
    show("machine", machine())
    profiles, files = load_profiles(), documents()
    result["text"] = of_text = text.measure(files, profiles)
    show("text PDFs that need no pixels: extract / pdfplumber open + words", of_text)
    if arguments:
        result["own text"] = own = text.measure(documents(Path(arguments[0])), profiles)
        show("the same, own documents", own)
    watches = pictures.watched(files, profiles)
    simple = [name for name, watch in watches.items() if [one.kind for one in watch.passes] == ["first"]]
    for how in HOWS:
        result[f"one pass, {how}"] = single = pictures.one_pass(files, watches, profiles, how)
        show("pixels in one pass: extract / the bare program on the same pixels", single, f"Tesseract as a {how}")
        result[f"throughput, {how}"] = rate = pictures.throughput(files, simple, how) if simple else {}
        show("documents a second against the plain script", rate, f"one pass, Tesseract as a {how}")
    result["passes"] = shared = passes.shares(watches)
    show("passes over the pixels", shared, f"of {len(watches)} documents that need pixels")
    result["bought"] = gains = passes.bought(files, list(watches)[::2], profiles)
    for row in gains:
        show("right fields", row)
    by_text = {name: data for name, data in files.items() if not text.read_by_text(data, profiles)[1]}
    result["memory"] = weights = memory.measure({**by_text, **{name: files[name] for name in watches}})
    show("memory of one reader process, MiB after so many documents", weights)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"\nwritten to {OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT.name}")


if __name__ == "__main__":
    if not ALLOCATOR.items() <= os.environ.items():
        # As a reader process runs, and all that it is measured against; it must be so from the start.
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ALLOCATOR)
    main(sys.argv[1:])
