"""How amounts and lists are said, wherever a sentence needs them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rules.model import plain


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; nothing for nothing."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def missing_line(missing: Mapping[str, Mapping[str, Decimal | int]], unit: str) -> str:
    """`28 CE, or 1 concentration exam and 12 CE, or 1 exam`: what each unmet path lacks."""
    ways = [
        listed([lack_line(key, Decimal(amount), unit) for key, amount in lacks.items()]) for lacks in missing.values()
    ]
    return ", or ".join(dict.fromkeys(ways))


def lack_line(key: str, amount: Decimal, unit: str) -> str:
    """One key of a verdict's `missing` with its amount: `28 CE`, `1 concentration exam`."""
    what, _, kind = key.partition(":")
    figure = plain(amount)
    if what == "exam":
        noun = "exam" if figure == "1" else "exams"
        return f"{figure} {noun}" if kind == "any" else f"{figure} {kind.replace('_', ' ')} {noun}"
    if what == "credits":
        return f"{figure} {unit}" + (f" of {kind.replace('_', ' ')}" if kind else "")
    return f"{kind.replace('_', ' ') or what}"
