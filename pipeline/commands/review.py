"""`recert review`: what waits for a person, and the decision."""

from collections.abc import Callable
from typing import TypedDict, Unpack

import click

from pipeline.checks.findings import Severity
from pipeline.commands.options import (
    FORMATS,
    counting_of,
    find_holder,
    open_desk,
    open_ledger,
    print_differences,
    say_json,
    stated_values,
)
from pipeline.desk import Desk
from pipeline.errors import ExitCode, WrongUse
from pipeline.ledger.work import ReviewRow
from pipeline.review.reviewing import Decided, Whose
from pipeline.settings import load_settings


@click.group()
def review() -> None:
    """What waits for a person, and what is decided about it."""


@review.command("list")
@click.option("--format", "form", type=FORMATS, default="table")
def list_reviews(form: str) -> ExitCode:
    """List the certificates that wait for a decision."""
    from pipeline.contract import ReviewListRow
    from pipeline.report.tables import print_table
    from pipeline.review.review_queue import open_reviews, shown

    with open_ledger(load_settings()) as ledger:
        waiting = shown(ledger, open_reviews(ledger))
    rows = [ReviewListRow.of(row) for row in waiting]
    if form == "jsonl":
        for row in rows:
            say_json(row)
    elif not rows:
        click.echo("Nothing waits for a review.")
    else:
        lines = [
            (str(row.number), row.file, row.holder_name or "–", row.course_name or "–", _reason(review))
            for row, review in zip(rows, waiting, strict=True)
        ]
        print_table(("No.", "File", "Holder", "Course", "Why"), lines)
        click.echo("Look at one with `recert review show N`.")
        if any("holder_unknown" in row.codes for row in rows):
            click.echo("Once people are on the roster, `recert review recheck` records what then needs nobody.")
    return ExitCode.NEEDS_A_PERSON if rows else ExitCode.DONE


def _reason(row: ReviewRow) -> str:
    """The first finding that asks for a person, and how many more do."""
    asked = [found.message for found in row.certificate.findings if found.severity is not Severity.NOTE]
    return asked[0] + (f" ({len(asked) - 1} more)" if len(asked) > 1 else "") if asked else ""


@review.command("show")
@click.argument("number", type=int)
def show(number: int) -> ExitCode:
    """Show review NUMBER: what was read, and what you can do. With what else it may read, and what is doubted today."""
    from pipeline.report.tables import print_offers, print_review
    from pipeline.review.review_queue import offered, review_of, shown
    from pipeline.verdicts.offers import offers_like
    from pipeline.verdicts.rulebook import load_rulebook

    settings = load_settings()
    with open_ledger(settings) as ledger:
        row = review_of(ledger, number)
        [today] = shown(ledger, [row])
        print_review(today, offered(row, ledger))
    likely = offers_like(load_rulebook(settings), row.certificate.extraction)
    if likely:
        click.echo("\nIts title may be an offer of the catalogue:")
        print_offers(likely)
    return ExitCode.DONE


class HowToRecord(TypedDict):
    """What a reviewer says beside the fields: who it is, and what it counts for."""

    holder: str | None
    alias_of: str | None
    add_person: bool
    program: str | None
    kind: str | None
    credits: str | None
    level: str | None
    holding: str | None
    no_claim: bool
    anyway: bool


_OPTIONS = (
    click.option("--holder", metavar="NAME", help="It is this person's, this once (a name or the beginning of an id)."),
    click.option("--add-person", is_flag=True, help="Put the printed name on the roster."),
    click.option("--alias-of", metavar="NAME", help="The printed name is one more spelling of this person."),
    click.option("--program", help="State the claim yourself, or the program of an exam or a certification."),
    click.option("--kind", help="The kind of the claim or of the exam, as the program names it."),
    click.option("--credits", help="The credits of the claim."),
    click.option("--level", help="The level, for the document of a certification."),
    click.option("--holding", help="The holding that an exam must match, or the certification's name."),
    click.option("--no-claim", is_flag=True, help="Record the activity without any claim."),
    click.option("--anyway", is_flag=True, help="It is not what the ledger holds already, though it may look so."),
)


def _with_options(command: Callable[..., ExitCode]) -> Callable[..., ExitCode]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@review.command("accept")
@click.argument("number", type=int)
@_with_options
def accept(number: int, **how: Unpack[HowToRecord]) -> ExitCode:
    """Believe review NUMBER as it was read, and record it."""
    return _accept(number, {}, how)


@review.command("fix")
@click.argument("number", type=int)
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE…")
@_with_options
def fix(number: int, changes: tuple[str, ...], **how: Unpack[HowToRecord]) -> ExitCode:
    """Correct fields of review NUMBER, and record it. An empty value says that the document shows none."""
    return _accept(number, stated_values(changes), how)


@review.command("reject")
@click.argument("number", type=int)
@click.option("--why", required=True, help="The reason, for the ledger and for whoever dropped the file.")
def reject(number: int, why: str) -> ExitCode:
    """Do not record review NUMBER. Its file goes to `rejected/` with the reason beside it."""
    from pipeline.review.reviewing import reject as refuse

    with open_desk() as desk:
        refuse(desk, number, why)
    click.echo(f"Review {number} is rejected.")
    return ExitCode.DONE


@review.command("recheck")
def recheck() -> ExitCode:
    """Judge all that waits once more, and record what passes. After people or aliases were added."""
    from pipeline.review.review_queue import open_reviews
    from pipeline.review.reviewing import recheck as judge_again

    with open_desk() as desk:
        done = judge_again(desk)
        left = len(open_reviews(desk.ledger))
        for decided in done:
            click.echo(f"Review {decided.number} passes now: entry {decided.entry}.")
        click.echo(f"{len(done)} recorded, {left} still {'waits' if left == 1 else 'wait'}.")
        print_differences(desk, {one.holder for one in done if one.holder})
    return ExitCode.NEEDS_A_PERSON if left else ExitCode.DONE


def _accept(number: int, changes: dict[str, str], how: HowToRecord) -> ExitCode:
    from pipeline.people.late_claims import claim_late

    with open_desk() as desk:
        decided = _decided(desk, number, changes, how)
        late = claim_late(desk, frozenset({decided.holder} if decided.holder else ()))
        counts = "" if decided.entry is None else counting_of(desk, decided.entry)
        click.echo(f"Review {number} is recorded as entry {decided.entry}{counts and f'; it {counts}'}.")
        for entry in late:
            click.echo(f"Entry {entry}, recorded before that, now {counting_of(desk, entry)}.")
        print_differences(desk, {decided.holder} if decided.holder else set())
    return ExitCode.DONE


def _decided(desk: Desk, number: int, changes: dict[str, str], how: HowToRecord) -> Decided:
    from pipeline.people.statements import StatedClaim, decimal
    from pipeline.review import reviewing
    from pipeline.review.review_queue import review_of

    whose = _whose(desk, how)
    kind = reviewing.changed(review_of(desk.ledger, number).certificate.extraction, changes).document_type
    if kind == "exam":
        exam = reviewing.StatedExam(_stated(how["program"], "--program"), how["kind"], how["holding"])
        return reviewing.accept_exam(desk, number, exam, changes, whose, anyway=how["anyway"])
    if kind == "certification":
        program, level = _stated(how["program"], "--program"), _stated(how["level"], "--level")
        held = reviewing.StatedHolding(program, level, how["holding"])
        return reviewing.accept_holding(desk, number, held, changes, whose, anyway=how["anyway"])
    claims: tuple[StatedClaim, ...] | None = None
    if how["no_claim"]:
        claims = ()
    elif how["program"] is not None:
        credits = None if how["credits"] is None else decimal(how["credits"])
        claims = (StatedClaim(how["program"], _stated(how["kind"], "--kind"), credits),)
    return reviewing.accept(desk, number, changes, whose, claims, anyway=how["anyway"])


def _whose(desk: Desk, how: HowToRecord) -> Whose:
    if sum((how["holder"] is not None, how["alias_of"] is not None, how["add_person"])) > 1:
        raise WrongUse("It can be one person's only.", "Give one of --holder, --alias-of and --add-person.")
    state = desk.ledger.state()
    ids = [None if name is None else find_holder(state, name).id for name in (how["holder"], how["alias_of"])]
    return Whose(holder=ids[0], alias_of=ids[1], add=how["add_person"])


def _stated(value: str | None, option: str) -> str:
    if value is None:
        raise WrongUse(f"This needs {option}.", "See `recert review accept --help`.")
    return value
