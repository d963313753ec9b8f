"""`recert forget`: everything of a person goes, and the chain still verifies."""

from collections.abc import Sequence

import click

from pipeline.commands.options import find_holder, open_desk, say
from pipeline.desk import Desk
from pipeline.errors import ExitCode, WrongUse
from pipeline.ledger.state import Holder
from pipeline.privacy.forgetting import Forgetting
from pipeline.report.words import counted


@click.command()
@click.argument("holder")
@click.option("--dry-run", is_flag=True, help="Say what would go and what would stay; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask; otherwise the name has to be typed.")
@click.option("--review", "reviews", type=int, multiple=True, help="A review that is theirs too, because you say so.")
def forget(holder: str, dry_run: bool, yes: bool, reviews: tuple[int, ...]) -> ExitCode:
    """Forget HOLDER for good. Destroys the key of their entries, removes their files, reviews, reports and rows."""
    from pipeline.privacy.forgetting import forget as carry_out
    from pipeline.privacy.forgetting import would_forget

    with open_desk() as desk:
        person = _person(desk, holder)
        plan = would_forget(desk, person.id, reviews)
        if dry_run or not yes:
            _print_going(plan)
        if dry_run:
            _print_list("Would stay, because it is not surely theirs:", plan.left)
            _print_list("Out of recert's reach:", plan.out_of_reach)
            return ExitCode.DONE
        if not yes:
            typed = click.prompt("There is no way back. Type the name to go on", default="", show_default=False)
            if typed.strip() != person.name:
                raise WrongUse("That is not the name; nothing was forgotten.", f"Type “{person.name}”, or give --yes.")
        done = carry_out(desk, person.id, reviews)
        click.echo(f"Forgotten: {_counted(done)}.")
        _print_list("Left, because it is not surely theirs:", done.left)
        _print_list("Out of recert's reach:", done.out_of_reach)
        verified = desk.ledger.verify()
        verified.raise_if_damaged()
        click.echo(f"The chain verifies: {verified.entries} entries. Head {verified.head}")
    return ExitCode.NEEDS_A_PERSON if done.left else ExitCode.DONE


def _person(desk: Desk, name: str) -> Holder:
    """The one person who is meant. For somebody who is not there (any more) it is made sure that the database's log
    is empty: an earlier run may have been cut short at its very last step."""
    try:
        return find_holder(desk.ledger.state(), name)
    except WrongUse:
        desk.ledger.scrub()
        raise


def _counted(plan: Forgetting) -> str:
    mine, places = plan.mine, plan.places
    numbers = (
        (len(mine.entries), "entry unreadable", "entries unreadable"),
        (len(places.files), "file", "files"),
        (len(places.moves), "file moved", "files moved"),
        (len(mine.reviews), "review", "reviews"),
        (len(mine.documents), "row of a document emptied", "rows of documents emptied"),
        (len(places.reports), "report", "reports"),
        (len(places.bundles), "bundle", "bundles"),
    )
    return ", ".join(counted(number, one, many) for number, one, many in numbers if number)


def _print_going(plan: Forgetting) -> None:
    places = plan.places
    say(f"Forgetting {plan.mine.name}: {_counted(plan)}.")
    for path in (*places.files, *places.reports, *places.bundles):
        say(f"  goes: {path}")
    for path, place in places.moves:
        say(f"  moves: {path} to {place}")
    for row in plan.mine.reviews:
        say(f"  goes: review {row.number}, {row.certificate.name} ({row.state})")
    if places.reports:
        click.echo("  Reports tell of whole runs, of others too; what they said of others is in the ledger.")


def _print_list(heading: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(heading)
        for line in lines:
            say(f"  - {line}")
