"""`recert offers`: the catalogue, and which of its offers a title may be."""

import datetime as dt

import click

from pipeline.clock import SYSTEM
from pipeline.commands.options import FORMATS, day_option, say_json
from pipeline.errors import ExitCode
from pipeline.settings import load_settings


@click.group()
def offers() -> None:
    """The catalogue: courses and exams, what they give and cost. With where that is written."""


@offers.command("list")
@click.option("--program", help="Only those of this program.")
@day_option("--on", help="Only those that are open on this day; all by default.")
@click.option("--format", "form", type=FORMATS, default="table")
def list_offers(program: str | None, on: dt.date | None, form: str) -> ExitCode:
    """List the offers and exams in force. Yours (RECERT_CATALOGUE) first, then those that come with recert."""
    from pipeline.report.tables import print_table
    from pipeline.verdicts.offers import offer_rows
    from pipeline.verdicts.rulebook import load_rulebook

    rows = offer_rows(load_rulebook(load_settings()), program, on)
    if form == "jsonl":
        for row in rows:
            say_json(row)
    elif rows:
        lines = [(r.title, f"{r.program} {r.kind or ''}", r.worth, r.cost, r.open, r.source) for r in rows]
        print_table(("Title", "Counts as", "Worth", "Price", "Open", "Source"), lines)
    else:
        click.echo("No offer is open then. docs/add-an-offer.md says how to add your own.")
    return ExitCode.DONE


@offers.command("match")
@click.argument("title")
@click.option("--issuer", help="The id of the profile of who issued it, where that is known.")
@day_option("--on", help="The day on which it was completed; today by default.")
def match(title: str, issuer: str | None, on: dt.date | None) -> ExitCode:
    """Show which offers TITLE may be, with how well it fits."""
    from pipeline.report.tables import print_offers
    from pipeline.verdicts.offers import likely_offers
    from pipeline.verdicts.rulebook import load_rulebook

    found = likely_offers(load_rulebook(load_settings()), title, issuer, on or SYSTEM.today())
    print_offers(found)
    if not found:
        click.echo("No offer of the catalogue has this title, or one near it.")
    return ExitCode.DONE
