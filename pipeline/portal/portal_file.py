"""A portal's export as rows: any separator, columns under many names, every legal reading of a date. Never a guess."""

import csv
import datetime as dt
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from extractors.dates import readings
from pipeline.errors import DataFileError
from pipeline.folding import fold
from pipeline.report.sheet import unmarked
from pipeline.tables import TableLimits, at_most, check_columns, read_table
from rules.model import ClaimStatus

_NEEDED = ("course", "completed_on")
_NUMBER = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?(?:\s+[^\d]{1,40})?")
_SEPARATORS = ",;\t|"
_LONGEST_DATE = 60  # characters; looking for every reading of a longer text takes long


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[str, tuple[str, ...]]
    status: dict[ClaimStatus, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PortalRow:
    """One line of the export. `days` are all that its date may mean; `status` is None where the export has none."""

    line: int
    holder: str | None
    program: str | None
    course: str
    days: tuple[dt.date, ...]
    credits: Decimal | None
    status: ClaimStatus | None
    code: str | None


@dataclass(frozen=True, slots=True)
class PortalExport:
    """`unused` are the headings that nobody here knows."""

    rows: tuple[PortalRow, ...]
    columns: tuple[str, ...]
    unused: tuple[str, ...]


def read_export(path: Path, limits: TableLimits) -> PortalExport:
    """The rows of a CSV file. Raises DataFileError naming the file, the line, and what to do."""
    return parse_export(read_table(path, limits), path.name, limits)


def parse_export(text: str, file: str, limits: TableLimits) -> PortalExport:
    """Rows from CSV text whose first line names the columns. Raises DataFileError."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        header = next((row for row in at_most(reader, file, limits) if any(cell.strip() for cell in row)), [])
        check_columns(len(header), file, limits)
        columns = _columns(header, file)
        rows = tuple(
            _row(cells, columns, f"{file}: line {reader.line_num}", reader.line_num)
            for cells in at_most(reader, file, limits)
            if any(cell.strip() for cell in cells)
        )
    except csv.Error as error:
        raise DataFileError(
            f"{file}: line {reader.line_num}: this is not CSV: {error}.", "Correct its quotes."
        ) from None
    known = set(columns.values())
    unused = tuple(name.strip() for place, name in enumerate(header) if place not in known and name.strip())
    return PortalExport(rows, tuple(columns), unused)


def _columns(header: list[str], file: str) -> dict[str, int]:
    """Each known column and its place. Of several headings that mean one column, the better known name is meant."""
    folded = [fold(name) for name in header]
    places: dict[str, int] = {}
    for column, names in _words().columns.items():
        found = next((folded.index(fold(name)) for name in names if fold(name) in folded), None)
        if found is not None and found not in places.values():
            places[column] = found
    for column in _NEEDED:
        if column not in places:
            known = ", ".join(f"“{name}”" for name in _words().columns[column][:4])
            there = ", ".join(f"“{name.strip()}”" for name in header if name.strip()) or "nothing"
            raise DataFileError(
                f"{file}: no column is the {column}; there is {there}.", f"Head it {known} or the like."
            )
    return places


def _row(cells: list[str], columns: Mapping[str, int], where: str, line: int) -> PortalRow:
    def cell(name: str) -> str:
        place = columns.get(name)
        return "" if place is None or place >= len(cells) else unmarked(" ".join(cells[place].split()))

    course, printed = cell("course"), cell("completed_on")
    days = tuple(sorted(_days(printed)))
    if not course:
        raise DataFileError(f"{where}: there is no course.", "Fill in the cell, or take the line out.")
    if not days:
        raise DataFileError(f"{where}: “{printed}” is no full date.", "Write it as 2026-11-22.")
    return PortalRow(
        line=line,
        holder=cell("holder") or None,
        program=cell("program") or None,
        course=course,
        days=days,
        credits=_credits(cell("credits"), where),
        status=_status(cell("status"), where),
        code=cell("code") or None,
    )


def _days(text: str) -> Iterator[dt.date]:
    """Every day that the one date in a cell may mean."""
    printed = readings(text) if len(text) <= _LONGEST_DATE else ()
    if len(printed) == 1:
        yield from {reading.earliest for reading in printed[0].readings if reading.precision == "day"}


def _credits(text: str, where: str) -> Decimal | None:
    if not text:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise DataFileError(f"{where}: “{text}” is no number of credits.", "Write credits as 12 or 1.5.")
    return Decimal(f"{match[1]}.{match[2] or 0}")


def _status(text: str, where: str) -> ClaimStatus | None:
    if not text:
        return None
    for status, names in _words().status.items():
        if fold(text) in {fold(name) for name in names}:
            return status
    known = ", ".join(str(status) for status in ClaimStatus)
    raise DataFileError(f"{where}: “{text}” is no status that recert knows.", f"Write one of: {known}.")


@cache
def _words() -> _Words:
    text = resources.files("pipeline.portal").joinpath("portal_columns.toml").read_text(encoding="utf-8")
    return _Words.model_validate(tomllib.loads(text))
