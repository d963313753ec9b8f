"""Hosts that only lead on to somewhere else."""

import tomllib
from functools import cache
from importlib import resources

from extractors.profile import belongs


@cache
def _hosts() -> tuple[str, ...]:
    text = resources.files("pipeline.checks").joinpath("redirectors.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["hosts"])


def redirects(host: str) -> bool:
    """Whether an address at this host leads on to another one that the document does not show."""
    return any(belongs(host, known) for known in _hosts())
