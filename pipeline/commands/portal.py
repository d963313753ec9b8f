"""`recert submit` and `reconcile`: to the portal, and back from it."""

from pathlib import Path

import click

from pipeline.commands.options import FORMATS, find_holder, open_desk, say, say_json
from pipeline.errors import ExitCode, WrongUse


@click.command()
@click.argument("holder")
@click.option("--program", help="Only the drafts of this program.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="A new folder, or a new file that ends in .zip.")
def submit(holder: str, program: str | None, target: Path | None) -> ExitCode:
    """Gather what HOLDER has to hand in at a portal. A checklist, a table, the certificates; nothing is marked."""
    from pipeline.folders.kept import kept_file
    from pipeline.people.statements import known_program
    from pipeline.portal.submission import to_submit
    from pipeline.report.bundle import default_target, submitted_command, write_bundle
    from pipeline.report.tables import print_table
    from pipeline.report.terminal import print_head
    from pipeline.verdicts.evaluation import verdicts_of

    with open_desk() as desk, desk.ledger.transaction():  # whoever forgets a person waits until it is written
        state, today, programs = desk.ledger.state(), desk.clock.today(), desk.rulebook.programs
        if program is not None:
            known_program(desk, program)
        person = find_holder(state, holder)
        verdicts = verdicts_of(state, person, programs, as_of=today, known_at=today)
        items = to_submit(
            state,
            person,
            verdicts,
            programs,
            lambda activity: kept_file(desk.settings, state, activity),
            today=today,
            only=program,
        )
        if not items:
            say(f"{person.name} has no draft to submit.")
            return ExitCode.DONE
        place = target or default_target(desk.settings.submissions, person.name, today)
        head = str(desk.ledger.head())
        write_bundle(person.name, items, today, place, head=head)
    rows = [
        (str(item.entry), item.course, str(item.submit_by or "too late"), item.todo or "nothing is missing")
        for item in items
    ]
    print_table(("Entry", "Course", "Submit by", "Still to do"), rows)
    say(f"Bundle: {place}")
    click.echo("Nothing is marked as submitted. Once it is:")
    for item in items:
        click.echo(f"  {submitted_command(item, today)}")
    print_head(head)
    return ExitCode.NEEDS_A_PERSON if any(item.todo for item in items) else ExitCode.DONE


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--holder", help="Whose items or balance it is, where the file does not say.")
@click.option("--program", help="Whose credits they are, where the file does not say.")
@click.option("--balance", help="What the portal shows, instead of a file.")
@click.option("--holding", help="The certification that the balance is of.")
@click.option("--format", "form", type=FORMATS, default="table")
def reconcile(  # noqa: PLR0917  click hands every option over by name
    file: Path | None, holder: str | None, program: str | None, balance: str | None, holding: str | None, form: str
) -> ExitCode:
    """Compare a portal with the ledger. Its export FILE (CSV), or a typed --balance. Records nothing."""
    from pipeline.people.statements import decimal
    from pipeline.portal.portal_file import read_export
    from pipeline.portal.reconciliation import Reconciled, reconcile_export, reconcile_stated
    from pipeline.report.reconciled import print_reconciled
    from pipeline.report.terminal import print_head

    if (file is None) == (balance is None):
        raise WrongUse("There is one thing to compare the ledger with.", "Give a FILE, or --balance with --holder.")
    unused: tuple[str, ...] = ()
    with open_desk() as desk:
        person = None if holder is None else find_holder(desk.ledger.state(), holder)
        if file is not None:
            export = read_export(file, desk.settings.tables)
            unused = export.unused
            result: Reconciled = reconcile_export(desk, export, person, program)
        elif person is not None and balance is not None:
            result = reconcile_stated(desk, person, holding, program, decimal(balance))
        else:
            raise WrongUse("A balance is somebody's.", "Say whose with --holder NAME.")
        head = str(desk.ledger.head())
    if form == "jsonl":
        for one in result.found:
            say_json({**one.model_dump(mode="json"), "head": head})
        for line in result.unplaced:
            say(line, err=True)
    else:
        print_reconciled(result, unused)
        print_head(head)
    agrees = not result.unplaced and not any(one.differences or one.portal != one.ledger for one in result.found)
    return ExitCode.DONE if agrees else ExitCode.NEEDS_A_PERSON
