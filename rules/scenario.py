"""Scenarios: facts in a file, evaluated by the rules alone and compared with what the file expects."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from rules.catalogue import Offer, match_offer, shipped_catalogue
from rules.engine import EvaluationError, evaluate
from rules.model import Balance, Exam, Granted, Holding, Item, Verdict
from rules.program import Program
from rules.reading import ScenarioError, key_of, nearest, read_toml
from rules.scenario_form import Expected, Form, ItemRow, Scenario

LISTS = {"flags", "counted", "not_counted", "missing", "exams_not_counted"}


def load_scenario(text: str, name: str) -> Scenario:
    """A scenario from its TOML text. Raises ScenarioError naming the file (`name`), the key and what to do."""
    scenario = read_toml(text, name, Scenario, ScenarioError)
    _refuse_doubles(name, "holding", "name", [row.name for row in scenario.holdings])
    for program in dict.fromkeys(row.program for row in scenario.items):  # an id names one item of one program
        ids = [row.id if row.program == program else None for row in scenario.items]
        _refuse_doubles(name, "item", "id", ids)
    for holding in scenario.expect:
        names = [row.name for row in scenario.holdings]
        if holding not in names:
            raise ScenarioError(name, f"expect.{holding}", "there is no such holding", nearest(holding, names))
    return scenario


def run_scenario(scenario: Scenario, programs: Mapping[str, Program], name: str = "scenario") -> tuple[Verdict, ...]:
    """The verdicts of a scenario. Raises ScenarioError where it names a program, level or exam that is not there.

    An item without credits whose course is an offer of the shipped catalogue is worth that offer, until its day;
    any other is worth what the program gives its kind.
    """
    _check_names(scenario, programs, name)
    known_at = scenario.known_at or scenario.as_of
    try:
        return evaluate(
            [_item(row) for row in scenario.items],
            _exams(scenario),
            _holdings(scenario),
            programs,
            scenario.as_of,
            known_at,
            _balances(scenario),
        )
    except EvaluationError as error:
        raise ScenarioError(name, "holding", str(error), "Correct the holding.") from None


def differences(scenario: Scenario, verdicts: Iterable[Verdict]) -> list[str]:
    """What is not as the scenario expects, a line each: `Engineer: expires_on is 2026-01-10, expected 2027-01-10`."""
    found = {verdict.holding: verdict for verdict in verdicts}
    return [
        f"{holding}: {line}"
        for holding, expected in scenario.expect.items()
        for line in (_compare(expected, found[holding]) if holding in found else ["there is no verdict"])
    ]


def _compare(expected: Form, actual: object, prefix: str = "") -> list[str]:
    """Only keys that are written are compared; numbers by value."""
    lines: list[str] = []
    for name in sorted(expected.model_fields_set):
        wanted, got = getattr(expected, name), getattr(actual, name, None)
        if name in LISTS and isinstance(actual, Verdict) and isinstance(expected, Expected):
            lines += _compare_lists(name, expected, actual)
        elif isinstance(wanted, Form) and got is not None:
            lines += _compare(wanted, got, f"{prefix}{name}.")
        elif wanted != got:
            lines.append(f"{prefix}{name} is {_shown(got)}, expected {_shown(wanted)}")
    return lines


def _compare_lists(name: str, expected: Expected, actual: Verdict) -> list[str]:
    match name:
        case "missing":
            return [
                f"missing.{path} is {_shown(actual.missing.get(path))}, expected {_shown(lacks)}"
                for path, lacks in (expected.missing or {}).items()
                if actual.missing.get(path, {}) != lacks
            ]
        case "flags":
            return [f'flag "{flag}" is not set' for flag in expected.flags or () if flag not in actual.flags]
        case "counted":
            rows = {row.item: row.credits for row in actual.counted}
            wanted = {
                row.item: rows.get(row.item) if row.credits is None else row.credits for row in expected.counted or ()
            }
            return [] if rows == wanted else [f"counted is {_shown(rows)}, expected {_shown(wanted)}"]
        case "exams_not_counted":
            lines = {row.exam: row for row in actual.exams_not_counted}
            return [
                f"exams_not_counted {row.exam}: {line}"
                for row in expected.exams_not_counted or ()
                for line in (_compare(row, lines[row.exam]) if row.exam in lines else ["it is not there"])
            ]
        case _:
            there = {row.item: row for row in actual.not_counted}
            return [
                f"not_counted {row.item}: {line}"
                for row in expected.not_counted or ()
                for line in (_compare(row, there[row.item]) if row.item in there else ["it is not there"])
            ]


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {_shown(part)}" for key, part in value.items()) + "}"
    return "nothing" if value is None else str(value)


def _item(row: ItemRow) -> Item:
    entered_on = row.entered_on or row.completed_on
    offer = _offer(row) if row.credits is None else None
    return Item(
        id=row.id,
        program=row.program,
        course=row.course,
        kind=row.kind,
        completed_on=row.completed_on,
        recorded_on=entered_on,
        submitted_on=entered_on,
        credits=offer.credits if offer else row.credits,
        status=row.status,
        offer_ends_on=row.offer_ends_on or (offer.valid_until if offer else None),
        started_on=row.started_on,
        holding=row.holding,
        track=row.track,
    )


def _offer(row: ItemRow) -> Offer | None:
    matches = match_offer(row.course, None, row.completed_on, shipped_catalogue())
    return next((m.offer for m in matches if m.certain and m.offer.program == row.program), None)


def _exams(scenario: Scenario) -> list[Exam]:
    """An exam is known from the day it was passed: the form has no other day."""
    return [
        Exam(row.program, row.passed_on, row.passed_on, row.kind, row.code, row.holding, track=row.track)
        for row in scenario.exams
    ]


def _holdings(scenario: Scenario) -> list[Holding]:
    """A holding is known from the beginning: the form has no day on which it was recorded."""
    always = dt.date.min
    return [
        Holding(
            program=row.program,
            name=row.name,
            level=row.level,
            earned_on=row.earned_on,
            recorded_on=always,
            expires_on=row.expires_on,
            retired=row.retired,
            track=row.track,
            required_courses=row.required_courses,
            granted=tuple(Granted(given.id, given.granted_on, given.granted_on) for given in row.granted),
        )
        for row in scenario.holdings
    ]


def _balances(scenario: Scenario) -> list[Balance]:
    return [Balance(row.program, row.holding, row.credits, row.stated_on, row.stated_on) for row in scenario.balances]


def _refuse_doubles(file: str, table: str, key: str, values: Sequence[str | None]) -> None:
    for number, value in enumerate(values):
        if value is not None and value in values[:number]:
            raise ScenarioError(file, key_of((table, number, key)), f'"{value}" is there twice', "Give each its own.")


def _check_names(scenario: Scenario, programs: Mapping[str, Program], file: str) -> None:
    tables: tuple[tuple[str, Sequence[str]], ...] = (
        ("holding", [row.program for row in scenario.holdings]),
        ("item", [row.program for row in scenario.items]),
        ("exam", [row.program for row in scenario.exams]),
        ("balance", [row.program for row in scenario.balances]),
    )
    for table, names in tables:
        for number, program in enumerate(names):
            if program not in programs:
                key = key_of((table, number, "program"))
                raise ScenarioError(file, key, f'there is no program "{program}"', nearest(program, [*programs]))
    for number, holding in enumerate(scenario.holdings):
        levels = programs[holding.program].levels()
        if holding.level not in levels:
            key = key_of(("holding", number, "level"))
            raise ScenarioError(file, key, f'there is no level "{holding.level}"', nearest(holding.level, levels))
    for number, exam in enumerate(scenario.exams):
        kinds = programs[exam.program].version_on(exam.passed_on).exam.kinds
        if kinds and exam.kind is not None and exam.kind not in kinds:
            key = key_of(("exam", number, "kind"))
            raise ScenarioError(file, key, f'there is no kind of exam "{exam.kind}"', nearest(exam.kind, kinds))
