"""`recert init` and `recert doctor`: make a place to work, and say whether all is there."""

import click

from pipeline.commands.options import open_desk
from pipeline.errors import ExitCode
from pipeline.settings import load_settings, settings_file
from pipeline.showing import visible


@click.command()
@click.option("--me", metavar="NAME", help="Also put yourself on the roster, under the name your certificates show.")
def init(me: str | None) -> ExitCode:
    """Make the folders, the settings file and the ledger. Running it again changes nothing that is there."""
    from pipeline.people.statements import add_person
    from pipeline.place import make_place

    settings = load_settings()
    make_place(settings)
    if me is not None:
        with open_desk() as desk:
            add_person(desk, me)
    click.echo(f"Drop certificates into  {visible(str(settings.inbox))}")
    click.echo(f"What is kept lies in    {visible(str(settings.home))}")
    click.echo(f"Settings are in         {visible(str(settings_file()))}")
    click.echo("Next: say who holds what: `recert roster example > roster.toml`, write your own into it,")
    click.echo("`recert roster import roster.toml`. Then drop certificates, and `recert ingest` or `recert watch`.")
    return ExitCode.DONE


@click.command()
def doctor() -> ExitCode:
    """Check programs, folders and the ledger; show every setting."""
    from pipeline.doctor import examine, without_password
    from pipeline.report.tables import print_table

    settings = load_settings()
    checks = examine(settings)
    print_table(("Check", "", "What to do"), [(one.name, one.found, one.action or "") for one in checks])
    values = [
        (f"RECERT_{name.upper()}", without_password(_said(getattr(settings, name))), field.description or "")
        for name, field in type(settings).model_fields.items()
    ]
    print_table(("Setting", "Value", "What it is"), values)
    return ExitCode.NEEDS_A_PERSON if any(one.action for one in checks) else ExitCode.DONE


def _said(value: object) -> str:
    """A setting's value as it would be typed."""
    if value is None:
        return "–"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
