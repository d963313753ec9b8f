"""What came of the documents: counted, added up over several runs, shown."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from benchmarks.fuzz import watch

# Each of these is a typed failure for the person who dropped the document, and a document for us to look at.
NOTED = ("reader_failed", "reader_died", "timeout", "out_of_memory")


class Outcome(BaseModel):
    """What came of one document. `said` is the decision, or the code of the failure."""

    model_config = ConfigDict(frozen=True)

    number: int
    kind: str
    seed: str
    damages: tuple[str, ...]
    engines: str
    said: str
    seconds: float
    crash: str | None
    hung: bool
    same_again: bool | None


class Report(BaseModel):
    seed: int
    document_seconds: float
    walls: list[str] = []
    documents: int = 0
    seconds: float = 0.0
    outcomes: dict[str, int] = {}
    by_kind: dict[str, dict[str, int]] = {}
    engines: dict[str, int] = {}
    slowest: float = 0.0
    crashes: int = 0
    hangs: int = 0
    untyped: int = 0
    read_again: int = 0
    other_answers: int = 0
    left_processes: int = 0
    left_files: int = 0
    left_descriptors: int = 0
    left_threads: int = 0
    memory_from: float = 0.0
    memory_to: float = 0.0
    memory_slope: float = 0.0
    noted: list[Outcome] = []

    def take(self, outcome: Outcome) -> None:
        self.documents += 1
        for counts, key in (
            (self.outcomes, outcome.said),
            (self.by_kind.setdefault(outcome.kind, {}), outcome.said),
            (self.engines, outcome.engines),
        ):
            counts[key] = counts.get(key, 0) + 1
        self.slowest = max(self.slowest, outcome.seconds)
        self.crashes += outcome.crash is not None
        self.hangs += outcome.hung
        self.untyped += outcome.said == "reader_failed"
        self.read_again += outcome.same_again is not None
        self.other_answers += outcome.same_again is False
        if outcome.said in NOTED or outcome.crash or outcome.hung or outcome.same_again is False:
            self.noted.append(outcome)

    def memory(self, samples: Sequence[tuple[float, float]]) -> None:
        """`samples`: thousands of documents read, resident MiB."""
        if samples:
            self.memory_from, self.memory_to = round(samples[0][1], 1), round(samples[-1][1], 1)
            self.memory_slope = round(watch.slope(samples), 2)

    def defects(self) -> int:
        left = self.left_processes + self.left_files + self.left_descriptors + self.left_threads
        return self.crashes + self.hangs + self.untyped + self.other_answers + left

    def plus(self, other: Self) -> Self:
        """Both runs together; memory is that of the run with the steeper rise."""
        steeper = max(self, other, key=lambda report: report.memory_slope)
        summed = (
            *("documents", "crashes", "hangs", "untyped", "read_again", "other_answers"),
            *("left_processes", "left_files", "left_descriptors", "left_threads"),
        )
        return self.model_copy(
            update={
                **{name: getattr(self, name) + getattr(other, name) for name in summed},
                "seconds": round(self.seconds + other.seconds, 1),
                "outcomes": _sum(self.outcomes, other.outcomes),
                "engines": _sum(self.engines, other.engines),
                "by_kind": {
                    kind: _sum(self.by_kind.get(kind, {}), other.by_kind.get(kind, {}))
                    for kind in sorted({*self.by_kind, *other.by_kind})
                },
                "slowest": max(self.slowest, other.slowest),
                **{name: getattr(steeper, name) for name in ("memory_from", "memory_to", "memory_slope")},
                "noted": [*self.noted, *other.noted],
            }
        )


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in sorted({*one, *other})}


def added(path: Path, report: Report) -> Report:
    """What a file holds of earlier numbers, and this run."""
    return Report.model_validate_json(path.read_text(encoding="utf8")).plus(report) if path.exists() else report


def shown(report: Report) -> str:
    """The tables, in Markdown."""
    codes = sorted(report.outcomes, key=lambda code: -report.outcomes[code])
    kinds = sorted(report.by_kind, key=lambda kind: -sum(report.by_kind[kind].values()))
    lines = [
        f"| seed of | documents | {' | '.join(codes)} |",
        f"|---|---|{'---|' * len(codes)}",
        *(
            f"| {kind} | {sum(report.by_kind[kind].values())} | "
            f"{' | '.join(str(report.by_kind[kind].get(code, 0)) for code in codes)} |"
            for kind in kinds
        ),
        f"| all | {report.documents} | {' | '.join(str(report.outcomes[code]) for code in codes)} |",
        "",
        "| counted | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in _figures(report)),
    ]
    lines += ["", *(f"- {line(one)}" for one in _worst(report))] if report.noted else []
    return "\n".join(lines)


def line(one: Outcome) -> str:
    return f"{one.number} {one.said} {one.seconds} s: {one.seed}, {', '.join(one.damages) or 'as it is'}"


def _figures(report: Report) -> list[tuple[str, object]]:
    return [
        ("documents", f"{report.documents} in {report.seconds:.0f} s, seed {report.seed}"),
        ("walls that stood", ", ".join(report.walls)),
        ("pixels read", ", ".join(f"{name} {count}" for name, count in sorted(report.engines.items()))),
        ("crashes of the parent", report.crashes),
        (f"hangs (beyond {report.document_seconds:g} s)", f"{report.hangs}; slowest {report.slowest:.1f} s"),
        ("untyped outcomes", report.untyped),
        ("read again, answered otherwise", f"{report.other_answers} of {report.read_again}"),
        ("processes left", report.left_processes),
        ("temporary files left", report.left_files),
        ("descriptors and threads left", report.left_descriptors + report.left_threads),
        (
            "memory of the parent",
            f"{report.memory_from} to {report.memory_to} MiB, {report.memory_slope:+} MiB a thousand documents",
        ),
    ]


def _worst(report: Report) -> list[Outcome]:
    return sorted(report.noted, key=lambda one: -one.seconds)[:40]
