"""`recert plan`: what to do next."""

import datetime as dt

import click

from pipeline.clock import SYSTEM
from pipeline.commands.options import FORMATS, day_option, find_holder, open_ledger, say_json
from pipeline.errors import ExitCode
from pipeline.settings import load_settings


@click.command()
@click.argument("holder")
@day_option("--by", help="Only what can be done by this day.")
@click.option("--budget", help='What may be spent, as "300" or "300 GBP".')
@day_option("--as-of", help="The day from which to plan; today by default.")
@click.option("--format", "form", type=FORMATS, default="table")
def plan(holder: str, by: dt.date | None, budget: str | None, as_of: dt.date | None, form: str) -> ExitCode:
    """The shortest, cheapest and earliest ways to renew. Sets of offers and exams for HOLDER; records nothing."""
    from pipeline.report.planned import print_plan
    from pipeline.report.terminal import print_head
    from pipeline.verdicts.planning import budget_of, plan_for
    from pipeline.verdicts.rulebook import load_rulebook

    settings = load_settings()
    amount = None if budget is None else budget_of(budget)
    with open_ledger(settings) as ledger:
        state, head = ledger.state(), str(ledger.head())
    rulebook = load_rulebook(settings)
    person = find_holder(state, holder)
    found = plan_for(state, person, rulebook, as_of or SYSTEM.today(), by=by, budget=amount)
    if form == "jsonl":
        say_json({"holder": person.name, **found.model_dump(mode="json"), "head": head})
    else:
        print_plan(person.name, found, rulebook.programs)
        print_head(head)
    return ExitCode.DONE
