"""`recert roster`, `items` and `exams`: what people state themselves."""

import datetime as dt
from pathlib import Path

import click

from pipeline.commands.options import (
    DAY,
    FORMATS,
    counting_of,
    day_option,
    find_holder,
    open_desk,
    open_ledger,
    print_differences,
    say,
    say_json,
    stated_values,
)
from pipeline.errors import ExitCode
from pipeline.settings import load_settings
from rules.model import ClaimStatus

_STATUS = click.Choice([status.value for status in ClaimStatus])


@click.group()
def roster() -> None:
    """The people whose certificates these are, and what they hold."""


@roster.command("list")
def list_roster() -> ExitCode:
    """List everybody with their certifications."""
    from pipeline.report.tables import print_table

    with open_ledger(load_settings()) as ledger:
        holders = sorted(ledger.state().holders.values(), key=lambda holder: holder.name)
    lines = [
        (holder.name, ", ".join(holder.aliases), ", ".join(name for _, name in sorted(holder.holdings)), holder.id[:8])
        for holder in holders
    ]
    print_table(("Name", "Also written", "Certifications", "Id"), lines)
    return ExitCode.DONE


@roster.command()
def example() -> ExitCode:
    """Print a roster file to start from. `recert roster example > roster.toml`, then write your own into it."""
    from pipeline.people.roster_file import example as example_file
    from pipeline.verdicts.rulebook import load_rulebook

    click.echo(example_file(load_rulebook(load_settings()).programs))
    return ExitCode.DONE


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be recorded; record nothing.")
def import_roster(file: Path, dry_run: bool) -> ExitCode:
    """Say who holds what, from FILE. Exams, past items and a portal's balances, too; again adds nothing.

    `recert roster example` shows what to write into it (TOML or CSV).
    """
    from pipeline.ledger.store import new_id
    from pipeline.people.late_claims import claim_late
    from pipeline.people.roster_file import read_roster
    from pipeline.people.roster_import import plan_import
    from pipeline.people.statements import describe, import_events, people_of

    with open_desk() as desk:
        rows = read_roster(file, desk.rulebook.programs, desk.settings.tables)
        events = plan_import(rows, desk.ledger.state(), desk.person, new_id)
        for line in describe(events, desk.ledger.state()):
            say(line)
        if dry_run:
            click.echo(f"{len(events)} entries would be recorded.")
            return ExitCode.DONE
        with desk.ledger.transaction():
            count = import_events(desk, events)
            late = claim_late(desk, people_of(events))
        click.echo(f"{count} entries recorded." if count else "Nothing is new.")
        for entry in late:
            click.echo(f"Entry {entry}, recorded before that, now {counting_of(desk, entry)}.")
        print_differences(desk, people_of(events))
    return ExitCode.DONE


@click.group()
def items() -> None:
    """What people did: list, add, correct, void, follow the portal."""


@items.command("list")
@click.argument("holder", required=False)
@click.option("--format", "form", type=FORMATS, default="table")
def list_items(holder: str | None, form: str) -> ExitCode:
    """List the activities of HOLDER, or of everybody. Without those that were voided."""
    from pipeline.contract import ItemRow
    from pipeline.report.tables import print_table

    with open_ledger(load_settings()) as ledger:
        state = ledger.state()
    whose = None if holder is None else find_holder(state, holder).id
    rows = [
        ItemRow.of(activity, state)
        for activity in sorted(state.activities.values(), key=lambda one: one.entry)
        if not activity.voided and whose in (None, activity.holder)
    ]
    if form == "jsonl":
        for row in rows:
            say_json(row)
        return ExitCode.DONE
    lines = [
        (
            str(row.entry),
            row.holder,
            row.completed_on,
            row.course_name,
            row.validation_code or "–",
            tuple(f"{c.program} {c.kind}: {c.credits or 'usual'}, {c.status}" for c in row.claims) or "no claim",
        )
        for row in rows
    ]
    print_table(("Entry", "Holder", "Completed", "Course", "Code", "Claims"), lines)
    return ExitCode.DONE


@items.command()
@click.argument("holder")
@click.option("--course", required=True, help="The official name of the course or event.")
@click.option("--completed-on", type=DAY, required=True, help="The day it was completed.")
@day_option("--started-on", help="The day it began.")
@click.option("--code", help="The validation code of its certificate.")
@click.option("--program", help="The program it counts for; by default what the catalogue says for certain.")
@click.option("--kind", help="The kind of activity, as the program names it.")
@click.option("--credits", help="The credits; by default the value that the program gives the kind.")
@click.option("--status", type=_STATUS, default=ClaimStatus.DRAFT.value, help="Where the claim stands at the portal.")
@day_option("--submitted-on", help="The day it was submitted to the portal.")
@click.option("--evidence", type=click.Path(path_type=Path), help="A file that proves it; a copy is kept.")
def add(  # noqa: PLR0917  click hands every option over by name
    holder: str,
    course: str,
    completed_on: dt.date,
    started_on: dt.date | None,
    code: str | None,
    program: str | None,
    kind: str | None,
    credits: str | None,
    status: str,
    submitted_on: dt.date | None,
    evidence: Path | None,
) -> ExitCode:
    """Record an activity of HOLDER without a certificate. There is none, or it is lost."""
    from pipeline.errors import WrongUse
    from pipeline.ledger.events import ActivityFacts
    from pipeline.people.statements import StatedClaim, add_item, decimal

    if (program is None) != (kind is None):
        raise WrongUse("A claim needs both --program and --kind.", "Give both, or neither.")
    stated = {"course_name": course, "completed_on": completed_on, "started_on": started_on, "validation_code": code}
    facts = ActivityFacts(
        course_name=course,
        completed_on=completed_on,
        started_on=started_on,
        validation_code=code,
        stated=tuple(sorted(name for name, value in stated.items() if value is not None)),
    )
    claim = None
    if program is not None and kind is not None:
        worth = None if credits is None else decimal(credits)
        claim = StatedClaim(program, kind, worth, ClaimStatus(status), submitted_on)
    with open_desk() as desk:
        person = find_holder(desk.ledger.state(), holder)
        click.echo(f"Recorded as entry {add_item(desk, person, facts, claim, evidence)}.")
        print_differences(desk, {person.id})
    return ExitCode.DONE


@items.command()
@click.argument("entry", type=int)
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE…")
@click.option("--why", required=True, help="The reason, for the ledger.")
def correct(entry: int, changes: tuple[str, ...], why: str) -> ExitCode:
    """Correct what the activity of ENTRY states. The former values stay in the ledger."""
    from pipeline.people.statements import correct as put_right

    with open_desk() as desk:
        done = put_right(desk, entry, stated_values(changes), why)
        click.echo(f"Entry {entry} is corrected.")
        print_differences(desk, {done.holder})
    return ExitCode.DONE


@items.command()
@click.argument("entry", type=int)
@click.option("--why", required=True, help="The reason, for the ledger.")
def void(entry: int, why: str) -> ExitCode:
    """Take ENTRY out of every evaluation. Its certificate may be dropped again."""
    from pipeline.people.statements import void as take_out

    with open_desk() as desk:
        done = take_out(desk, entry, why)
        click.echo(f"Entry {entry} is voided.")
        print_differences(desk, {done.holder})
    return ExitCode.DONE


@items.command("status")
@click.argument("entry", type=int)
@click.argument("status", type=_STATUS)
@click.option("--program", help="Which claim, where the activity has several.")
@day_option("--submitted-on", help="The day it was submitted to the portal.")
@click.option("--credits", help="The credits that the portal gave.")
@click.option("--why", help="The reason, where the status does not follow from the last one.")
def change(  # noqa: PLR0917  click hands every option over by name
    entry: int,
    status: str,
    program: str | None,
    submitted_on: dt.date | None,
    credits: str | None,
    why: str | None,
) -> ExitCode:
    """Write down what the portal says of the claim of ENTRY."""
    from pipeline.people.statements import PortalAnswer, change_status, decimal

    answer = PortalAnswer(ClaimStatus(status), submitted_on, None if credits is None else decimal(credits), why)
    with open_desk() as desk:
        done = change_status(desk, entry, answer, program)
        click.echo(f"The claim of entry {entry} is {status}.")
        print_differences(desk, {done.holder})
    return ExitCode.DONE


@click.group()
def exams() -> None:
    """Exams that were passed: list, record, void."""


@exams.command("list")
@click.argument("holder", required=False)
@click.option("--format", "form", type=FORMATS, default="table")
def list_exams(holder: str | None, form: str) -> ExitCode:
    """List the exams of HOLDER (everybody by default)."""
    from pipeline.contract import ExamListRow
    from pipeline.report.tables import print_table

    with open_ledger(load_settings()) as ledger:
        state = ledger.state()
    whose = None if holder is None else find_holder(state, holder).id
    rows = [ExamListRow.of(exam, state) for exam in state.exams_on_record() if whose in (None, exam.facts.holder)]
    if form == "jsonl":
        for row in rows:
            say_json(row)
        return ExitCode.DONE
    lines = [
        (str(r.entry), r.holder, r.program, r.passed_on, r.kind or "–", r.code or "–", r.holding or "–") for r in rows
    ]
    print_table(("Entry", "Holder", "Program", "Passed", "Kind", "Code", "For"), lines)
    return ExitCode.DONE


@exams.command("void")
@click.argument("entry", type=int)
@click.option("--why", required=True, help="The reason, for the ledger.")
def void_exam(entry: int, why: str) -> ExitCode:
    """Take the exam of ENTRY out of every evaluation. It stays in the ledger, and may be recorded again."""
    from pipeline.people.statements import void_exam as take_out

    with open_desk() as desk:
        done = take_out(desk, entry, why)
        click.echo(f"The exam of entry {entry} is voided.")
        print_differences(desk, {done.facts.holder})
    return ExitCode.DONE


@exams.command("add")
@click.argument("holder")
@click.option("--program", required=True, help="Whose exam it is.")
@click.option("--passed-on", type=DAY, required=True, help="The day it was passed.")
@click.option("--kind", help="The kind of exam, as the program names it.")
@click.option("--code", help="The exam's code.")
@click.option("--holding", help="The certification that the exam must match.")
def add_exam(  # noqa: PLR0917  click hands every option over by name
    holder: str, program: str, passed_on: dt.date, kind: str | None, code: str | None, holding: str | None
) -> ExitCode:
    """Record an exam that HOLDER passed."""
    from pipeline.ledger.events import ExamRecorded
    from pipeline.ledger.store import new_id
    from pipeline.people.statements import add_exam as record

    with open_desk() as desk:
        person = find_holder(desk.ledger.state(), holder)
        event = ExamRecorded(
            exam=new_id(),
            holder=person.id,
            program=program,
            passed_on=passed_on,
            kind=kind,
            code=code,
            holding=holding,
            by=desk.person,
        )
        click.echo(f"Recorded as entry {record(desk, person, event)}.")
        print_differences(desk, {person.id})
    return ExitCode.DONE
