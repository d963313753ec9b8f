"""`make bench-accuracy`: how well certificates are read, and how honest the confidences are (docs/accuracy.md)."""

import argparse
import sys
from pathlib import Path

from benchmarks.accuracy.corpus import (
    REAL,
    Case,
    crafted_cases,
    lookalike_cases,
    real_cases,
    sample_cases,
    stranger_cases,
)
from benchmarks.accuracy.learning import judge, left_out
from benchmarks.accuracy.measuring import bars_left_out, left_out_outcomes, measured, outcome_at
from benchmarks.accuracy.reporting import picture_of, placed, report_of, shown
from benchmarks.accuracy.train import PRIOR, load, observed, say, seen_of
from extractors.weights import weights

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "benchmarks" / "out"
PAGE = ROOT / "docs" / "accuracy.md"


def main(arguments: list[str]) -> None:
    """Measure, print the tables, write the JSON and the picture."""
    parser = argparse.ArgumentParser(prog="bench-accuracy", description="Measure how well certificates are read.")
    parser.add_argument("--look-alikes", type=int, default=200, help="how many to draw (default 200)")
    count = parser.parse_args(arguments).look_alikes
    real = list(real_cases())
    lacking = () if real else (f"no labelled real certificates in {REAL.name} (RECERT_LABELLED says where they are)",)
    strangers = list(stranger_cases())
    cases: list[Case] = [*real, *sample_cases(), *lookalike_cases(count), *strangers, *crafted_cases()]
    say(f"measuring {len(cases)} documents")
    outcomes = measured(cases, say)
    judged = left_out(observed(), load(PRIOR), say)
    apart = left_out_outcomes(judged)
    # No weight was fitted to these: the shipped ones have not seen them.
    unseen = [judge(seen, weights()) for seen in seen_of(strangers) if seen.how == "unknown"]
    apart += [outcome_at(one, weights().accept) for one in unseen]
    report = report_of(outcomes, apart, bars=bars_left_out(judged).values(), accept=weights().accept, lacking=lacking)
    print(shown(report))
    OUT.mkdir(exist_ok=True)
    written = {OUT / "accuracy.json": report.model_dump_json(indent=1) + "\n"}
    # Only the whole measurement goes into the documentation.
    written[(PAGE if real else OUT / PAGE.name).with_suffix(".svg")] = picture_of(apart)
    if real:
        written[PAGE] = placed(PAGE.read_text(encoding="utf8"), shown(report))
    for path, text in written.items():
        path.write_text(text, encoding="utf8")
        say(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
