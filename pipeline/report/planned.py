"""A plan in the terminal. Titles and names come from catalogues and rosters: shown through `visible`."""

import datetime as dt
from collections.abc import Mapping

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.report.terminal import terminal
from pipeline.report.words import STATUS_LABELS, day
from pipeline.showing import visible
from rules.model import plain
from rules.plan_model import HoldingPlan, Plan, PlannedSet
from rules.plan_words import AIMS, alignment_line, price_line, renewal_line, step_line
from rules.program import Program
from rules.wording import missing_line


def print_plan(holder: str, plan: Plan, programs: Mapping[str, Program], console: Console | None = None) -> None:
    """Each certification with the sets that renew it, the sets that renew most, the days to finish on, the limits."""
    out = console or terminal()
    bounds = [f"from {day(plan.as_of)}"]
    if plan.by is not None:
        bounds.append(f"by {day(plan.by)}")
    if plan.budget is not None:
        bounds.append(f"for {plain(plan.budget.amount)} {visible(plan.budget.currency or '')}".rstrip())
    out.print(Text(f"{visible(holder)}: a plan {', '.join(bounds)}", style="bold"))
    if not plan.holdings:
        out.print(Text("No certification is on record. Say who holds what: recert roster import FILE"))
    for holding in plan.holdings:
        _print_holding(holding, programs, plan.as_of, out)
    if plan.together and len(plan.holdings) > 1:
        out.print(Text("\nThe one set that renews most of them", style="bold"))
        _print_sets(plan.together, programs, out)
    if plan.alignments:
        out.print(Text("\nWhen to finish", style="bold"))
        for alignment in plan.alignments:
            out.print(Padding(Text(visible(alignment_line(alignment))), (0, 0, 0, 2), expand=False))
    if plan.holdings:
        out.print(Text("\nWhat this plan rests on", style="dim"))
    for limit in plan.limits if plan.holdings else ():
        out.print(Padding(Text(limit, style="dim"), (0, 0, 0, 2), expand=False))


def _print_holding(holding: HoldingPlan, programs: Mapping[str, Program], as_of: dt.date, out: Console) -> None:
    program = programs[holding.program]
    unit = program.credit_unit
    status = STATUS_LABELS[holding.status].lower()
    out.print(Text(f"\n{visible(holding.holding)} ({status})", style="bold"))
    lines = [holding.if_nothing]
    level = program.level_on(holding.level, as_of)
    if holding.missing and holding.finish_by is not None:
        lines.append(f"Still missing: {missing_line(holding.missing, unit, level.paths if level else ())}.")
    if holding.waits is not None and not holding.waits.renews:
        by = f", to be submitted by {day(holding.waits.submit_by)}" if holding.waits.submit_by else ""
        lines.append(f"The plan counts on {plain(holding.waits.credits)} {unit} that wait{by}.")
    if holding.note is not None:
        lines.append(holding.note)
    for line in lines:
        out.print(Padding(Text(visible(line)), (0, 0, 0, 2), expand=False))
    _print_sets(holding.sets, programs, out)


def _print_sets(sets: tuple[PlannedSet, ...], programs: Mapping[str, Program], out: Console) -> None:
    for planned in sets:
        aims = ", ".join(AIMS[aim] for aim in planned.aims)
        unsure = "" if planned.proven else " (the search stopped at its limit: a better one may exist)"
        out.print(
            Padding(
                Text(f"{aims.capitalize()}: {visible(price_line(planned))}{unsure}", style="cyan"),
                (0, 0, 0, 2),
                expand=False,
            )
        )
        for step in planned.steps:
            _print_line("·", step_line(step, programs[step.program].credit_unit), out)
        for renewal in planned.renewals:
            _print_line("→", renewal_line(renewal), out)


def _print_line(mark: str, text: str, out: Console) -> None:
    """A line whose continuations stand under its text, not under its mark."""
    table = Table.grid(padding=(0, 1))
    table.add_row("   ", mark, Text(visible(text)))
    out.print(table)
