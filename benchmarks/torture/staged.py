"""The real command line in a process of its own, with what a round needs changed around it and nothing within:

`python -m benchmarks.torture.staged WORDS…`, with RECERT_STAGE = {"reader": …, "marks": descriptor, "shift": seconds}.
`reader` stands in for the reader of certificates in the sandbox's own processes; `marks` is a pipe that is told of each
step as it begins, so that somebody outside can kill within it; `shift` sets the clock of the day forth or back.
"""

import datetime as dt
import functools
import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from pipeline import clock, sandbox
from pipeline.cli import main

P = ParamSpec("P")
R = TypeVar("R")

# phase -> the functions that it begins with, as the modules know them that call them
PHASES = {
    "settling": ("pipeline.inbox:Inbox.settle",),
    "claiming": ("pipeline.intake:claim",),
    "reading": ("pipeline.sandbox:Sandbox.read",),
    "appending": ("pipeline.intake:Intake._decide", "pipeline.review.reviewing:_decide"),
    "filing": ("pipeline.intake:file_away", "pipeline.review.reviewing:file_reviewed"),
    "recovering": ("pipeline.run:recover",),
    "re-evaluating": ("pipeline.run:reevaluate", "pipeline.verdicts.evaluation:reevaluate"),
    "reporting": ("pipeline.report.html:write_report",),
    "forgetting": ("pipeline.privacy.forgetting:forget",),
}


def stage(reader: str | None, marks: int | None, shift: float) -> None:
    """Change this process once, before any command is imported."""
    if shift:
        moved = dt.timedelta(seconds=shift)
        clock.SYSTEM = clock.Clock(now=lambda: dt.datetime.now(dt.UTC) + moved)
    if reader is not None:
        sandbox.Sandbox.__init__ = functools.partialmethod(sandbox.Sandbox.__init__, reader=reader)  # type: ignore[method-assign,assignment]
    if marks is not None:
        for phase, places in PHASES.items():
            for place in places:
                _mark(place, phase, marks)


def _mark(place: str, phase: str, marks: int) -> None:
    module_name, _, path = place.partition(":")
    owner: object = importlib.import_module(module_name)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    setattr(owner, name, _marked(getattr(owner, name), f"{phase}\n".encode(), marks))


def _marked(step: Callable[P, R], mark: bytes, marks: int) -> Callable[P, R]:
    @functools.wraps(step)
    def marked(*arguments: P.args, **options: P.kwargs) -> R:
        os.write(marks, mark)
        return step(*arguments, **options)

    return marked


if __name__ == "__main__":
    wanted = json.loads(os.environ.pop("RECERT_STAGE", "{}"))
    stage(wanted.get("reader"), wanted.get("marks"), float(wanted.get("shift", 0)))
    sys.argv[0] = "recert"
    main()
