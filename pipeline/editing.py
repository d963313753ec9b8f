"""Programs that change finished documents, by the name they leave in a file."""

import tomllib
from functools import cache
from importlib import resources

from pipeline.folding import words


@cache
def _editors() -> tuple[tuple[str, ...], ...]:
    text = resources.files("pipeline").joinpath("editors.toml").read_text(encoding="utf-8")
    return tuple(words(name) for name in tomllib.loads(text)["editors"])


def is_editor(producer: str) -> bool:
    """Whether a file's producer names a program for editing documents or pictures."""
    said = f" {' '.join(words(producer))} "
    return any(f" {' '.join(name)} " in said for name in _editors())
