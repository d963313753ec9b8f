"""`recert status`, `reevaluate` and `evaluate`: what the rules say."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.clock import SYSTEM
from pipeline.commands.options import (
    FORMATS,
    day_option,
    find_holder,
    open_desk,
    open_ledger,
    print_differences,
    say,
    say_json,
)
from pipeline.errors import ExitCode
from pipeline.settings import load_settings
from rules.model import Verdict


@click.command()
@click.argument("holder", required=False)
@day_option("--as-of", help="The day asked about; today by default.")
@day_option("--known-at", help="Only what had been recorded by the end of this day; all that is recorded by default.")
@click.option("--explain", is_flag=True, help="Say of every item why it counts or does not.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write all of it as a page to this file.")
@click.option("--format", "form", type=FORMATS, default="table")
def status(  # noqa: PLR0917  click hands every option over by name
    holder: str | None, as_of: dt.date | None, known_at: dt.date | None, explain: bool, html: Path | None, form: str
) -> ExitCode:
    """Until when each certification holds, and what is missing. Of HOLDER, or of everybody."""
    from pipeline.folders.writing import write_private
    from pipeline.report.folders import print_explanation
    from pipeline.report.terminal import print_head, print_reminders, print_verdicts
    from pipeline.report.verdict_page import Row, render_verdicts
    from pipeline.verdicts.accounts import explanations
    from pipeline.verdicts.evaluation import patience_of, verdicts_of
    from pipeline.verdicts.reminders import reminders_of
    from pipeline.verdicts.rulebook import load_rulebook
    from rules.sentence import summary

    settings = load_settings()
    day = as_of or SYSTEM.today()
    known = known_at or max(day, SYSTEM.today())
    programs = load_rulebook(settings).programs
    with open_ledger(settings) as ledger:
        state, head = ledger.state(known_at=known), str(ledger.head())
    chosen = [find_holder(state, holder)] if holder else sorted(state.holders.values(), key=lambda one: one.name)
    verdicts = {one.id: verdicts_of(state, one, programs, day, known) for one in chosen}
    rows = [(one.name, verdict) for one in chosen for verdict in verdicts[one.id]]
    opened = [one for person in chosen for one in explanations(state, person, verdicts[person.id], programs, day)]
    to_do = [
        reminder
        for one in chosen
        for reminder in reminders_of(state, one, verdicts[one.id], programs, today=day, patience=patience_of(settings))
    ]
    if html is not None:
        shown = [
            Row(name, summary(verdict, programs[verdict.program], day), verdict, explanation)
            for (name, verdict), explanation in zip(rows, opened, strict=True)
        ]
        page = write_private(html, render_verdicts(shown, to_do, day, known, head=head))
        say(f"Page: {page}", err=form == "jsonl")
    if form == "jsonl":
        for (name, verdict), explanation in zip(rows, opened, strict=True):
            row = {"holder": name, **verdict.model_dump(mode="json"), "head": head}
            if explain:
                row["explanation"] = explanation.model_dump(mode="json")
            say_json(row)
        return ExitCode.DONE
    if not rows:
        click.echo(f"No certification was on record on {known}. Say who holds what: recert roster import FILE")
        print_head(head)
        return ExitCode.DONE
    print_verdicts(rows, day)
    if explain:
        for (name, _), explanation in zip(rows, opened, strict=True):
            print_explanation(name, explanation)
    print_reminders(to_do)
    print_head(head)
    return ExitCode.DONE


@click.command()
@day_option("--as-of", help="The day asked about; today by default.")
def reevaluate(as_of: dt.date | None) -> ExitCode:
    """Evaluate everybody again, and say what changed. Time alone changes verdicts.

    With --as-of another day, what would differ by then is shown and nothing is remembered."""
    from pipeline.report.terminal import print_head, print_reminders
    from pipeline.verdicts.nightly import evaluate_everybody

    with open_desk() as desk:
        if as_of is not None and as_of != desk.clock.today():
            if not print_differences(desk, day=as_of):
                click.echo("Nothing changed.")
            print_head(str(desk.ledger.head()))
            return ExitCode.DONE
        night = evaluate_everybody(desk)
    for one in night.differences:
        say(f"{one.holder}: {one.sentence}")
    if not night.differences:
        click.echo("Nothing changed.")
    print_reminders(night.reminders)
    print_head(night.head)
    return ExitCode.DONE


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Make a difference from what the file expects an error.")
@click.option("--format", "form", type=FORMATS, default="jsonl")
def evaluate(scenarios: tuple[Path, ...], check: bool, form: str) -> ExitCode:
    """Run the rules alone on SCENARIOS (TOML files). No ledger is read or written."""
    from pipeline.report.terminal import print_verdicts

    outcome = ExitCode.DONE
    for result in _evaluated(scenarios):
        if result.error is not None:
            say_json({"file": result.file, "error": result.error})
            outcome = ExitCode.WRONG_USE
            continue
        if form == "jsonl":
            say_json(result.row())
        else:
            say(result.file)
            print_verdicts([("", verdict) for verdict in result.verdicts], result.as_of)
        for line in result.differences if check else ():
            say(f"{result.file}: {line}", err=True)
            outcome = max(outcome, ExitCode.NEEDS_A_PERSON)
    return outcome


class _Evaluated:
    """One scenario file after it ran, or the reason why it could not be read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.error: str | None = None
        self.as_of = self.known_at = dt.date.min
        self.verdicts: tuple[Verdict, ...] = ()
        self.differences: list[str] = []

    def row(self) -> dict[str, object]:
        return {
            "file": self.file,
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at.isoformat(),
            "verdicts": [verdict.model_dump(mode="json") for verdict in self.verdicts],
        }


def _evaluated(files: tuple[Path, ...]) -> Iterator[_Evaluated]:
    from rules.program import shipped_programs
    from rules.reading import ScenarioError
    from rules.scenario import differences, load_scenario, run_scenario

    for file in files:
        result = _Evaluated(str(file))
        try:
            scenario = load_scenario(file.read_text(encoding="utf-8-sig"), str(file))
            result.as_of, result.known_at = scenario.as_of, scenario.known_at or scenario.as_of
            result.verdicts = run_scenario(scenario, shipped_programs(), str(file))
            result.differences = differences(scenario, result.verdicts)
        except (OSError, UnicodeDecodeError, ScenarioError) as error:
            result.error = str(error)
        yield result
