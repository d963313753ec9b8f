"""A reconciliation in the terminal. Titles come from portals and documents: shown through `visible`."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipeline.portal.reconciliation import Reconciled
from pipeline.portal.reconciling import Difference
from pipeline.report.terminal import terminal
from pipeline.report.words import counted
from pipeline.showing import visible
from rules.calendar import written
from rules.model import plain

_SIDES = {"portal": "Missing at the portal", "ledger": "Missing in the ledger", "both": "Differs"}


def print_reconciled(result: Reconciled, unused: tuple[str, ...], console: Console | None = None) -> None:
    """Each person and program: the two sums in a sentence, then what is missing or differs, and what to do."""
    out = console or terminal()
    for one in result.found:
        out.print(Text(f"{visible(one.holder)}, {visible(one.headline)}", style="bold"))
        if one.agreeing:
            out.print(
                Padding(Text(f"{counted(one.agreeing, 'item')} on both sides", style="dim"), (0, 0, 0, 2), expand=False)
            )
        for difference in one.differences:
            _print_difference(difference, out)
    for line in result.unplaced:
        out.print(Text(visible(line), style="yellow"))
    if unused:
        out.print(Text(f"Columns not used: {visible(', '.join(unused))}", style="dim"))
    if not result.found and not result.unplaced:
        out.print(Text("There is nothing to compare."))


def _print_difference(one: Difference, out: Console) -> None:
    where = f"entry {one.entry}" if one.entry is not None else f"line {one.line}"
    worth = f", {plain(one.credits)}" if one.credits is not None else ""
    day = f" of {written(one.completed_on)}" if one.completed_on is not None else ""
    text = Text(f"{_SIDES[one.where]}: “{visible(one.course)}”{day}{worth} ({where}): {visible(one.sentence)}.")
    out.print(Padding(text, (0, 0, 0, 2), expand=False))
    if one.action is not None:
        out.print(Padding(Text(visible(one.action), style="dim"), (0, 0, 0, 6), expand=False))
