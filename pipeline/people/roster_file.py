"""The roster file: people, what they hold, and what they have done so far, as TOML or CSV.

TOML says everything; CSV has one line per holding, so that a spreadsheet will do. Both become the same rows, checked
against the programs; every error names the file, the place in it and the remedy.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import DataFileError
from pipeline.folding import fold
from pipeline.tables import TableLimits, at_most, read_table
from rules.model import Amount, ClaimStatus
from rules.program import Program
from rules.reading import DataError, key_of, nearest, read_toml

COLUMNS = ("name", "aliases", "program", "holding", "level", "earned_on", "expires_on", "balance", "balance_on")
Text = Annotated[str, Field(min_length=1, max_length=500)]
Place = tuple[int | str, ...]


class Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class GrantRow(Form):
    id: Text
    granted_on: dt.date


class HoldingRow(Form):
    program: str
    name: Text
    level: str
    earned_on: dt.date
    expires_on: dt.date | None = None
    retired: bool = False
    required_courses: tuple[Text, ...] = ()
    granted: tuple[GrantRow, ...] = ()


class ExamRow(Form):
    program: str
    passed_on: dt.date
    kind: str | None = None
    code: str | None = None
    holding: str | None = None


class ItemRow(Form):
    """A past activity with its one claim. `credits` may be left out where the program values the kind."""

    course: Text
    completed_on: dt.date
    program: str
    kind: str
    credits: Amount | None = None
    status: ClaimStatus = ClaimStatus.EARNED
    submitted_on: dt.date | None = None
    validation_code: Text | None = None


class BalanceRow(Form):
    program: str
    holding: str
    credits: Amount
    stated_on: dt.date


class HolderRow(Form):
    name: Text
    aliases: tuple[Text, ...] = ()
    holdings: tuple[HoldingRow, ...] = Field(default=(), alias="holding")
    exams: tuple[ExamRow, ...] = Field(default=(), alias="exam")
    items: tuple[ItemRow, ...] = Field(default=(), alias="item")
    balances: tuple[BalanceRow, ...] = Field(default=(), alias="balance")


class RosterRows(Form):
    """All people of one file, each once."""

    holders: tuple[HolderRow, ...] = Field(default=(), alias="holder")


class _CsvLine(Form):
    """One line of a CSV file. A line may state a person alone, a holding, a balance of a holding, or both."""

    name: Text
    aliases: str = ""
    program: Text | None = None
    holding: Text | None = None
    level: Text | None = None
    earned_on: dt.date | None = None
    expires_on: dt.date | None = None
    balance: Amount | None = None
    balance_on: dt.date | None = None


@dataclass(slots=True)
class _Person:
    """What the lines of a CSV file said of one person so far; holdings by program and name."""

    name: str
    aliases: dict[str, None] = field(default_factory=dict)
    holdings: dict[tuple[str, str], HoldingRow] = field(default_factory=dict)
    balances: list[BalanceRow] = field(default_factory=list)

    def row(self) -> HolderRow:
        return HolderRow(
            name=self.name,
            aliases=tuple(self.aliases),
            holding=tuple(self.holdings.values()),
            balance=tuple(self.balances),
        )


def read_roster(path: Path, programs: Mapping[str, Program], limits: TableLimits) -> RosterRows:
    """The rows of a `.toml` or `.csv` file. Raises DataFileError naming file, key or line, and remedy."""
    form = path.suffix.casefold()
    if form not in (".toml", ".csv"):
        raise DataFileError(f"{path} is neither TOML nor CSV by its name.", "Name it something.toml or something.csv.")
    text = read_table(path, limits)
    if form == ".toml":
        return parse_toml(text, path.name, programs)
    return parse_csv(text, path.name, programs, limits)


def example(programs: Mapping[str, Program]) -> str:
    """A roster file to start from, as TOML, with every program and its levels."""
    text = resources.files("pipeline.people").joinpath("example.toml").read_text(encoding="utf-8")
    lines = (f"#   {name}: {', '.join(program.levels())}" for name, program in sorted(programs.items()))
    return "\n".join((text + "# Programs and their levels:", *lines))


def parse_toml(text: str, file: str, programs: Mapping[str, Program]) -> RosterRows:
    """Rows from TOML text. Raises DataFileError."""
    try:
        rows = read_toml(text, file, RosterRows, DataError)
    except DataError as error:
        where = f"{file}: {error.key}" if error.key else file
        raise DataFileError(f"{where}: {error.problem}.", error.remedy) from None
    seen: dict[str, int] = {}
    for number, holder in enumerate(rows.holders):
        first = seen.setdefault(fold(holder.name), number)
        if first != number:
            raise _error(
                f"{file}: holder[{number + 1}].name",
                f"“{holder.name}” is named in holder[{first + 1}] already",
                "Join the two, or tell two people of one name apart by a middle name.",
            )
    for place, problem, remedy in _misfits(rows, programs):
        raise _error(f"{file}: {key_of(place)}", problem, remedy)
    return rows


def parse_csv(text: str, file: str, programs: Mapping[str, Program], limits: TableLimits) -> RosterRows:
    """Rows from CSV text with a header line of COLUMNS in any order. Raises DataFileError."""
    reader = csv.DictReader(io.StringIO(text), restkey="", strict=True)
    header = [(name or "").strip() for name in reader.fieldnames or ()]
    for name in header:
        if name not in COLUMNS:
            raise _error(f"{file}: line 1", f"there is no column “{name}”", f"Use commas and: {', '.join(COLUMNS)}.")
    if "name" not in header or len(set(header)) < len(header):
        raise _error(f"{file}: line 1", "each column must be named once, “name” among them", "Correct the first line.")
    reader.fieldnames = header
    people: dict[str, _Person] = {}
    try:
        for record in at_most(reader, file, limits):
            line = f"{file}: line {reader.line_num}"
            if "" in record:
                raise _error(line, "it has more cells than the first line", "Put quotes around a cell with a comma.")
            if any((cell or "").strip() for cell in record.values()):
                _add_line(people, _csv_line(record, line), line, programs)
    except csv.Error as error:
        raise _error(
            f"{file}: line {reader.reader.line_num}", f"this is not CSV: {error}", "Correct its quotes."
        ) from None
    return RosterRows(holder=tuple(person.row() for person in people.values()))


def _csv_line(record: Mapping[str, str | None], line: str) -> _CsvLine:
    cells = {name: cell.strip() for name, cell in record.items() if cell and cell.strip()}
    try:
        return _CsvLine.model_validate(cells)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        column = str(first["loc"][0])
        said = f"{cells[column][:60]!r} does not fit" if column in cells else "the cell is empty"
        remedy = "Write days as 2025-12-31, numbers as 12.5, and names with at most 500 characters."
        raise _error(f"{line}, column {column}", said, remedy) from None


def _add_line(people: dict[str, _Person], row: _CsvLine, line: str, programs: Mapping[str, Program]) -> None:
    """Add one line to the person it names."""
    balance = _balance(row, line)
    alone = any((row.level, row.earned_on, row.expires_on)) or (balance is None and any((row.program, row.holding)))
    holding = _holding(row, line) if alone else None
    stated = HolderRow(name=row.name, holding=(holding,) if holding else (), balance=(balance,) if balance else ())
    for place, problem, remedy in _misfits(RosterRows(holder=(stated,)), programs):
        raise _error(f"{line}, column {place[-1]}", problem, remedy)
    person = people.setdefault(fold(row.name), _Person(row.name))
    person.aliases.update(dict.fromkeys(alias.strip() for alias in row.aliases.split(";") if alias.strip()))
    person.balances += stated.balances
    if holding is not None and person.holdings.setdefault((holding.program, holding.name), holding) != holding:
        raise _error(f"{line}, column holding", *_twice(holding))


def _holding(row: _CsvLine, line: str) -> HoldingRow:
    if row.program is None or row.holding is None or row.level is None or row.earned_on is None:
        cells = {"program": row.program, "holding": row.holding, "level": row.level, "earned_on": row.earned_on}
        empty = ", ".join(name for name, cell in cells.items() if cell is None)
        raise _error(line, f"a holding needs {empty} as well", "Fill in the empty cells.")
    return HoldingRow(
        program=row.program,
        name=row.holding,
        level=row.level,
        earned_on=row.earned_on,
        expires_on=row.expires_on,
    )


def _balance(row: _CsvLine, line: str) -> BalanceRow | None:
    if row.balance is None and row.balance_on is None:
        return None
    if row.balance is None or row.balance_on is None:
        raise _error(line, "a balance needs its day, and a day its balance", "Fill in both balance and balance_on.")
    if row.program is None or row.holding is None:
        raise _error(line, "a balance needs its program and holding", "Fill in both columns.")
    return BalanceRow(program=row.program, holding=row.holding, credits=row.balance, stated_on=row.balance_on)


def _misfits(roster: RosterRows, programs: Mapping[str, Program]) -> Iterator[tuple[Place, str, str]]:
    """Everything that the form allows and the programs do not: where, what, and the remedy."""
    for number, holder in enumerate(roster.holders):
        here = ("holder", number)
        rows_of: dict[str, Sequence[HoldingRow | ExamRow | ItemRow | BalanceRow]] = {
            "holding": holder.holdings,
            "exam": holder.exams,
            "item": holder.items,
            "balance": holder.balances,
        }
        for kind, entries in rows_of.items():
            for place, row in enumerate(entries):
                program = programs.get(row.program)
                if program is None:
                    problem = f"there is no program “{row.program}”"
                    yield (*here, kind, place, "program"), problem, nearest(row.program, [*programs])
                else:
                    for key, problem, remedy in misfits_of(row, program):
                        yield (*here, kind, place, key), problem, remedy
        named: set[tuple[str, str]] = set()
        for place, holding in enumerate(holder.holdings):
            if (holding.program, holding.name) in named:
                yield (*here, "holding", place, "name"), *_twice(holding)
            named.add((holding.program, holding.name))


def _twice(holding: HoldingRow) -> tuple[str, str]:
    return f"“{holding.name}” is there twice", "Keep the one that is right."


def misfits_of(row: HoldingRow | ExamRow | ItemRow | BalanceRow, program: Program) -> Iterator[tuple[str, str, str]]:
    """Everything about one row that its program does not allow: the key, what, and the remedy."""
    match row:
        case HoldingRow():
            if row.level not in program.levels():
                yield "level", f"{program.name} has no level “{row.level}”", nearest(row.level, program.levels())
            if row.expires_on and row.expires_on < row.earned_on:
                yield "expires_on", "it expires before it was earned", "Correct one of the two days."
        case ExamRow():
            rules = program.version_on(row.passed_on).exam
            if row.kind is not None and row.kind not in rules.kinds:
                yield "kind", f"{program.name} has no kind of exam “{row.kind}”", nearest(row.kind, rules.kinds)
            if rules.match == "holding" and row.holding is None:
                yield "holding", f"an exam of {program.name} renews the holding it names", "Name the holding."
        case ItemRow():
            kind = program.kind_on(row.kind, row.completed_on)
            if kind is None:
                known = [*program.version_on(row.completed_on).kinds]
                yield "kind", f"{program.name} has no kind “{row.kind}”", nearest(row.kind, known)
            elif kind.value is None and row.credits is None:
                yield "credits", f"{program.name} gives “{row.kind}” no fixed value", "State the credits."
        case BalanceRow():
            pass


def _error(where: str, problem: str, remedy: str) -> DataFileError:
    return DataFileError(f"{where}: {problem}.", remedy)
