"""What one key of a program's file alone cannot show: names that are used must exist, versions be in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import BaseModel

from rules.reading import ProgramError, key_of, nearest
from rules.version import Because, Path, Version

if TYPE_CHECKING:
    from rules.program import Program

Location = tuple[str | int, ...]


def check(program: Program, file: str) -> None:
    """Raises ProgramError for the first name that leads nowhere, and for versions out of order."""
    for location, clause in sorted(_clauses_in(program, ()), key=lambda found: _inherits(program, found[0])):
        _known(clause, program.clauses, "clause", location, file)
    _check_order(program.versions, file)
    for number, version in sorted(enumerate(program.versions), key=lambda found: found[1].like is not None):
        _check_version(version, ("version", number), file)
    in_force = [version for version in program.versions if version.enabled][-1]
    for number, recognised in enumerate(program.issuers):
        _known(recognised.kind, in_force.kinds, "kind", ("recognise", number, "kind"), file)
    for number, special in enumerate(program.special_statuses):
        for place, level in enumerate(special.levels):
            _known(level, program.levels(), "level", ("special_status", number, "levels", place), file)
    _check_examples(program, file)


def _check_examples(program: Program, file: str) -> None:
    """An example speaks of this program alone, and of holdings that it names."""
    for number, example in enumerate(program.examples):
        here: Location = ("example", number)
        names = [holding.name for holding in example.holdings]
        for place, holding in enumerate(example.holdings):
            _known(holding.level, program.levels(), "level", (*here, "holding", place, "level"), file)
        programs = {
            "holding": [row.program for row in example.holdings],
            "item": [row.program for row in example.items],
            "exam": [row.program for row in example.exams],
        }
        for table, rows in programs.items():
            for place, name in enumerate(rows):
                _known(name, [program.id], "program here", (*here, table, place, "program"), file)
        for expected in example.expect:
            _known(expected, names, "holding", (*here, "expect", expected), file)


def _known(name: str, known: Iterable[str], what: str, location: Location, file: str) -> None:
    names = [*known]
    if name not in names:
        raise ProgramError(file, key_of(location), f'there is no {what} "{name}"', nearest(name, names))


def _clauses_in(value: object, here: Location) -> Iterator[tuple[Location, str]]:
    """Every place that names a clause, wherever it stands."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            child, place = getattr(value, name), (*here, field.alias or name)
            if isinstance(child, str) and (name == "clause" or isinstance(value, Because)):
                yield place, child
            else:
                yield from _clauses_in(child, place)
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _clauses_in(child, (*here, key))
    elif isinstance(value, tuple):
        for number, child in enumerate(value):
            yield from _clauses_in(child, (*here, number))


def _inherits(program: Program, here: Location) -> bool:
    """Whether a place may be a copy: a mistake is named where it is written, before its copies."""
    match here:
        case ("version", int(number), *_):
            return program.versions[number].like is not None
        case _:
            return False


def _check_order(versions: Sequence[Version], file: str) -> None:
    names = [version.id for version in versions]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ProgramError(file, key_of(("version", number, "id")), f'"{name}" is there twice', "Rename one.")
    enabled = [(number, version.begins) for number, version in enumerate(versions) if version.enabled]
    if not enabled:
        raise ProgramError(file, "version", "no version is enabled", "Enable the one that is in force.")
    for (_, earlier), (number, later) in pairwise(enabled):
        if later <= earlier:
            problem = f"{later} is not after {earlier}, where the version before it begins"
            remedy = "Order the versions, oldest first; of two readings enable one."
            raise ProgramError(file, key_of(("version", number, "from")), problem, remedy)


def _check_version(version: Version, here: Location, file: str) -> None:
    for name, level in version.levels.items():
        _check_paths(level.paths, version, (*here, "level", name, "path"), file)
    for number, cap in enumerate(version.caps):
        for kind in cap.kinds:
            _known(kind, version.kinds, "kind", (*here, "cap", number, "kinds"), file)
    for kind in version.carry_over.kinds if version.carry_over else ():
        _known(kind, version.kinds, "kind", (*here, "carry_over", "kinds"), file)
    for kind in version.exam.points:
        _known(kind, version.exam.kinds, "kind of exam", (*here, "exam", "points"), file)


def _check_paths(paths: Sequence[Path], version: Version, here: Location, file: str) -> None:
    seen: set[str] = set()
    for place, path in enumerate(paths):
        if path.id in seen:
            raise ProgramError(file, key_of((*here, place, "id")), f'"{path.id}" is there twice', "Rename one of them.")
        seen.add(path.id)
        for kind in (kind for need in path.exams for kind in need.kinds):
            _known(kind, version.exam.kinds, "kind of exam", (*here, place, "exam"), file)
        for number, minimum in enumerate(path.minimums):
            for kind in minimum.kinds:
                _known(kind, version.kinds, "kind", (*here, place, "minimum", number, "kinds"), file)
        for fact in path.facts:
            _known(fact, version.kinds, "kind", (*here, place, "facts"), file)
