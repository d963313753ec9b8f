"""How amounts and lists are said, wherever a sentence needs them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from rules.model import plain
from rules.version import Path


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; nothing for nothing."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def missing_line(missing: Mapping[str, Mapping[str, Decimal | int]], unit: str, paths: Iterable[Path] = ()) -> str:
    """`28 CE, or 1 concentration exam and 12 CE, or 1 core or expert exam`: what each unmet path lacks."""
    known = {path.id: path for path in paths}
    ways = [
        listed([lack_line(key, Decimal(amount), unit, known.get(name)) for key, amount in lacks.items()])
        for name, lacks in missing.items()
    ]
    return ", or ".join(dict.fromkeys(ways))


def lack_line(key: str, amount: Decimal, unit: str, path: Path | None = None) -> str:
    """One key of a verdict's `missing` with its amount: `28 CE`, `1 concentration exam`; with the path's own words for
    exams of several kinds."""
    what, _, kind = key.partition(":")
    figure = plain(amount)
    if what == "exam":
        noun = "exam" if figure == "1" else "exams"
        need = next((need for need in path.exams if need.key == key), None) if path is not None else None
        kinds = (kind,) if kind != "any" else need.kinds if need is not None else ()
        names = [name.replace("_", " ") for name in kinds]
        told = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        return f"{figure} {told} {noun}" if told else f"{figure} {noun}"
    if what == "credits":
        return f"{figure} {unit}" + (f" of {kind.replace('_', ' ')}" if kind else "")
    return f"{kind.replace('_', ' ') or what}"
