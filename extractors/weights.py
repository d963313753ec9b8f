"""What each sign is worth. The values stand in weights.toml, which `make train` writes."""

import tomllib
from functools import cache
from importlib import resources

from extractors.model import FieldName, Frozen

Worth = dict[str, float]


class Weights(Frozen):
    """Log-odds per sign: for the `choice` between candidates, for `trust` in the one chosen, and for `absence`.

    `bias` stands for every candidate; a sign's strength (mostly 0..1) multiplies its worth; a sign without worth counts
    nothing. `accept` is the probability from which holder, course, completion date and code together may be believed
    unseen.
    """

    accept: float
    choice: dict[FieldName, Worth]
    trust: dict[FieldName, Worth]
    absence: dict[FieldName, Worth]


@cache
def weights() -> Weights:
    """The shipped weights."""
    text = resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf8")
    return Weights.model_validate(tomllib.loads(text))


def worth(table: Worth, signs: dict[str, float]) -> float:
    """The sum of worth times strength, with the bias."""
    return table["bias"] + sum(
        [table[sign] * strength for sign, strength in signs.items() if strength and sign in table]
    )
