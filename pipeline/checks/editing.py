"""Programs that change finished documents, by the name they leave in a file."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Literal

from pipeline.folding import words

Trade = Literal["editors", "toolboxes"]


@cache
def _known() -> dict[Trade, tuple[str, ...]]:
    text = resources.files("pipeline.checks").joinpath("editors.toml").read_text(encoding="utf-8")
    stated = tomllib.loads(text)
    return {"editors": tuple(stated["editors"]), "toolboxes": tuple(stated["toolboxes"])}


def trade_of(program: str) -> Trade | None:
    """Which kind of program for changing documents the name says, None where it says none."""
    return next((trade for trade, names in _known().items() if is_one_of(program, names)), None)


def is_one_of(program: str, names: Iterable[str]) -> bool:
    """Whether the name of a program, as a file states it, holds one of the names as whole words."""
    said = f" {' '.join(words(program))} "
    return any(f" {' '.join(words(name))} " in said for name in names)
