"""`recert submit` and `reconcile`: to the portal, and back from it."""

from pathlib import Path

import click

from pipeline.commands.options import find_holder, open_desk, say
from pipeline.errors import ExitCode


@click.command()
@click.argument("holder")
@click.option("--program", help="Only the drafts of this program.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="A new folder, or a new file that ends in .zip.")
def submit(holder: str, program: str | None, target: Path | None) -> ExitCode:
    """Gather what HOLDER has to hand in: a checklist, a table, the certificates. Marks nothing as submitted."""
    from pipeline.evaluation import verdicts_of
    from pipeline.kept import kept_file
    from pipeline.people import known_program
    from pipeline.report.bundle import default_target, submitted_command, write_bundle
    from pipeline.report.tables import print_table
    from pipeline.submission import to_submit

    with open_desk() as desk:
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
        place = write_bundle(
            person.name, items, today, target or default_target(desk.settings.home, person.name, today)
        )
    rows = [
        (str(item.entry), item.course, str(item.submit_by or "too late"), "\n".join(item.todo) or "nothing is missing")
        for item in items
    ]
    print_table(("Entry", "Course", "Submit by", "Still to do"), rows)
    click.echo(f"Bundle: {place}")
    click.echo("Nothing is marked as submitted. Once it is:")
    for item in items:
        say(f"  {submitted_command(item, today)}")
    return ExitCode.NEEDS_A_PERSON if any(item.todo for item in items) else ExitCode.DONE
