"""`make fuzz`: mutated documents through the real sandbox and reader; counts what must be 0 (docs/fuzzing.md)."""

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from benchmarks.fuzz import watch
from benchmarks.fuzz.corpus import Mutant, mutant
from benchmarks.fuzz.reader import engines_of
from benchmarks.fuzz.report import Outcome, Report, added, line, shown
from pipeline.commands.reading import rows_of
from pipeline.sandbox import Reading, Sandbox
from pipeline.settings import Settings

OUT = Path(__file__).parents[1] / "out" / "fuzz.json"
READER = "benchmarks.fuzz.reader:reader"
DAY = dt.date(2026, 11, 22)
# How long a document may take beyond its limit: the end of its processes, and a machine that does other things, too.
GRACE = 10.0
_SAMPLED_EVERY = 100
_AGAIN_EVERY = 25


def main(arguments: list[str]) -> int:
    options, others = _options(arguments), set(watch.children())
    with tempfile.TemporaryDirectory(prefix="recert-fuzz-") as work:
        place = Path(work)
        temporary = place / "temporary"
        temporary.mkdir()
        before, tempfile.tempdir = tempfile.tempdir, str(temporary)
        try:
            report = _fuzz(options, place)
        finally:
            tempfile.tempdir = before
        report.left_processes = len(watch.processes_in(temporary)) + len(set(watch.children()) - others)
        report.left_files = len(watch.files_in(temporary))
    total = added(options.out, report) if options.start else report
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(total.model_dump_json(indent=1) + "\n", encoding="utf8")
    print(shown(total))
    return 1 if total.defects() else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz", description="Mutated documents through the sandbox.")
    parser.add_argument("--count", type=int, default=10_000, help="documents (default 10000)")
    parser.add_argument("--seed", type=int, default=1, help="of the mutations")
    parser.add_argument("--start", type=int, default=0, help="the first number; what --out holds is added to")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop taking documents after so long")
    parser.add_argument("--document-seconds", type=float, default=60.0, help="wall clock of one document")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args(arguments)


def _fuzz(options: argparse.Namespace, place: Path) -> Report:
    settings = Settings(
        share=place / "share",
        home=place / "home",
        document_seconds=options.document_seconds,
        workers=options.workers,
    )
    report = Report(seed=options.seed, document_seconds=options.document_seconds)
    before = (watch.descriptors(), watch.threads())
    memory: list[tuple[float, float]] = []
    began = time.monotonic()
    with Sandbox(settings, READER) as sandbox, ThreadPoolExecutor(options.workers) as threads:
        report.walls = [name for name, stands in sandbox.walls() if stands]
        for outcome in _in_order(sandbox, threads, options, place, began):
            report.take(outcome)
            if outcome in report.noted[-1:]:
                print(line(outcome), file=sys.stderr, flush=True)
            if report.documents % _SAMPLED_EVERY == 0:
                memory.append((report.documents / 1000, watch.resident()))
                _progress(report, began)
    report.seconds = round(time.monotonic() - began, 1)
    report.left_descriptors = max(watch.descriptors() - before[0], 0)
    report.left_threads = max(watch.threads() - before[1], 0)
    # The beginning is left out: caches fill, and each thread gets its own heap.
    report.memory(memory[len(memory) // 4 :])
    return report


def _in_order(
    sandbox: Sandbox, threads: ThreadPoolExecutor, options: argparse.Namespace, place: Path, began: float
) -> Iterator[Outcome]:
    """The outcomes in the order of the numbers, as many at once as there are workers."""
    pending: list[Future[Outcome]] = []
    for number in range(options.start, options.start + options.count):
        if time.monotonic() - began > options.seconds:
            break
        pending.append(threads.submit(_read, sandbox, mutant(options.seed, number), place, options.document_seconds))
        if len(pending) >= 2 * options.workers:
            yield pending.pop(0).result()
    for future in pending:
        yield future.result()


def _read(sandbox: Sandbox, document: Mutant, place: Path, limit: float) -> Outcome:
    """One document through the sandbox, and through what decides on it in this process."""
    path = place / f"{document.number}.document"
    path.write_bytes(document.data)
    try:
        began = time.monotonic()
        reading = sandbox.read(path, document.seed)
        seconds = time.monotonic() - began
        result, crash = _said(reading)
        again = None
        if crash is None and document.number % _AGAIN_EVERY == 0 and result not in ("timeout", "reader_died"):
            again = _said(sandbox.read(path, document.seed))[0] == result
    finally:
        path.unlink()
    return Outcome(
        number=document.number,
        kind=document.kind,
        seed=document.seed,
        damages=document.damages,
        engines=engines_of(document.data),
        said=result.partition(" ")[0],
        seconds=round(seconds, 2),
        crash=crash,
        hung=seconds > limit + GRACE,
        same_again=again,
    )


def _said(reading: Reading) -> tuple[str, str | None]:
    """What recert says of the document, all that must be the same when it is read again; and how we crashed, if so."""
    if reading.failure is not None:
        return f"{reading.failure.code} {reading.failure.message}", None
    try:
        rows = [row.model_copy(update={"seconds": None}) for row in rows_of(reading, DAY)]
        worst = max((row.decision for row in rows), key=["accept", "review", "reject"].index)
        return f"{worst} {'/'.join(row.model_dump_json(exclude={'seconds'}) for row in rows)}", None
    except Exception as error:
        return "crash", f"{type(error).__name__}: {error}"


def _progress(report: Report, began: float) -> None:
    counts = ", ".join(f"{code} {count}" for code, count in Counter(report.outcomes).most_common(8))
    print(f"{report.documents} in {time.monotonic() - began:.0f} s: {counts}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
