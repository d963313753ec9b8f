"""What each pass over the pixels costs, how many documents need it, and how many right fields it buys."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import partial

from extractors.extract import extract
from extractors.model import Extraction
from extractors.plain import squash
from extractors.profile import Profiles
from speed.common import LIMITS, SAMPLES, NoPixels, Watch, WatchedSecond, WatchedTesseract, spent

FIELDS = ("holder_name", "course_name", "completed_on", "validation_code")
STEPS = ("text, links and QR codes", "first pass", "later passes", "second engine")


def shares(watches: dict[str, Watch]) -> dict[str, object]:
    """For each kind of pass: in how many of the documents that need pixels it was made, and its processor seconds."""
    kinds = sorted({one.kind for watch in watches.values() for one in watch.passes})
    return {
        kind: {
            "documents": (made := sum(any(one.kind == kind for one in watch.passes) for watch in watches.values())),
            "share": round(made / len(watches), 2),
            "cpu_s": round(
                sum(one.spent.cpu for watch in watches.values() for one in watch.passes if one.kind == kind), 1
            ),
        }
        for kind in kinds
    }


def bought(files: dict[str, bytes], names: Sequence[str], profiles: Profiles) -> list[dict[str, object]]:
    """Right fields and processor seconds with the first so many steps allowed, on the samples that need pixels."""
    truths = {name: truth for name in names if (truth := _truth(name))}
    rows: list[dict[str, object]] = []
    before = (0, 0.0)
    for steps, label in enumerate(STEPS):
        right = asked = 0
        seconds = 0.0
        for name, truth in truths.items():
            read: list[tuple[Extraction, ...]] = []
            seconds += spent(partial(_read_into, read, files[name], steps, profiles)).cpu
            right += _right(read[0], truth)
            asked += len(FIELDS) * len(truth)
        gained = (right - before[0]) / (seconds - before[1]) if seconds > before[1] else None
        rows.append(
            {
                "with": label,
                "right": right,
                "of": asked,
                "cpu_s": round(seconds, 1),
                "right_per_further_cpu_s": None if gained is None else round(gained, 2),
            }
        )
        before = right, seconds
    return rows


def _read_into(read: list[tuple[Extraction, ...]], data: bytes, steps: int, profiles: Profiles) -> None:
    read.append(_read(data, steps, profiles))


def _read(data: bytes, steps: int, profiles: Profiles) -> tuple[Extraction, ...]:
    watch = Watch()
    if steps == 0:
        return extract(data, engine=NoPixels(), profiles=profiles, limits=LIMITS)
    engine = WatchedTesseract(watch, only_first=steps == 1)
    second = WatchedSecond(watch) if steps == 3 else None
    return extract(data, engine=engine, second=second, profiles=profiles, limits=LIMITS)


def _truth(name: str) -> list[dict[str, object]]:
    file = (SAMPLES / name).with_suffix(".toml")
    stated: list[dict[str, object]] = (
        tomllib.loads(file.read_text("utf-8")).get("certificate", []) if file.exists() else []
    )
    return stated


def _right(read: tuple[Extraction, ...], truth: list[dict[str, object]]) -> int:
    return sum(
        _same(found.fields.get(name).value, stated.get(name))  # type: ignore[arg-type]
        for found, stated in zip(read, truth, strict=False)
        for name in FIELDS
    )


def _same(value: str | None, stated: object) -> bool:
    expected = stated.isoformat() if isinstance(stated, date) else stated
    return squash(value or "") == squash(str(expected or ""))
