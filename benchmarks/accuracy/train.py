"""`make train`: fit what each sign is worth, by all labelled documents at hand, and write extractors/weights.toml.

What was set by hand (prior.toml) is where the fit begins and what holds it; numbers are all that the file has.
"""

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from benchmarks.accuracy.corpus import Case, crafted_cases, lookalike_cases, real_cases, sample_cases
from benchmarks.accuracy.learning import fit, left_out, threshold
from benchmarks.accuracy.observing import Seen, see
from benchmarks.accuracy.reading import readings
from extractors.profile import load_profiles
from extractors.weights import Weights, Worth

PRIOR = Path(__file__).parent / "prior.toml"
SHIPPED = Path(__file__).parents[2] / "extractors" / "weights.toml"
LOOKALIKES = 400
_HEAD = """\
# What each sign is worth, in log-odds, per field: `[choice.FIELD]` between candidates (absence scores 0),
# `[trust.FIELD]` for belief in the one chosen, `[absence.FIELD]` for belief that there is none. Written by
# `make train` (docs/accuracy.md) from benchmarks/accuracy/prior.toml; numbers only, nothing of any document.

# Believed without a person where every field is at least this sure; chosen on issuers left out of the fitting.
"""


def main() -> None:
    """Fit, choose the threshold on issuers left out, write the file."""
    prior = load(PRIOR)
    seen = observed()
    accept = threshold(left_out(seen, prior, say))
    fitted = fit(seen, prior)
    SHIPPED.write_text(written(fitted.model_copy(update={"accept": accept})), encoding="utf8")
    say(f"{SHIPPED.name}: fitted on {len(seen)} documents, accepted from {accept}")


def load(path: Path) -> Weights:
    return Weights.model_validate(tomllib.loads(path.read_text(encoding="utf8")))


def observed() -> list[Seen]:
    """Every labelled certificate as the finder sees it, its issuer unknown."""
    cases: list[Case] = [*real_cases(), *sample_cases(), *lookalike_cases(LOOKALIKES), *crafted_cases()]
    return seen_of([case for case in cases if case.certificate])


def seen_of(cases: Sequence[Case]) -> list[Seen]:
    """These documents as the finder sees them, with their issuer unknown and known."""
    say(f"reading {len(cases)} documents")
    profiles = load_profiles()
    return [seen for reading in readings(cases) for seen in see(reading, profiles)]


def written(weights: Weights) -> str:
    tables = [(f"choice.{name}", table) for name, table in weights.choice.items()]
    tables += [(f"trust.{name}", table) for name, table in weights.trust.items()]
    tables += [(f"absence.{name}", table) for name, table in weights.absence.items()]
    return f"{_HEAD}accept = {weights.accept}\n" + "".join(_table(name, table) for name, table in tables)


def _table(name: str, table: Worth) -> str:
    return f"\n[{name}]\n" + "".join(f"{sign} = {value}\n" for sign, value in sorted(table.items()))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
