"""A program: one vendor's renewal rules as data, in versions, every value with the clause and the source it comes from.

Nothing here knows a vendor. `docs/add-a-program.md` explains the file to people who read no Python.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rules.calendar import add_days, add_months
from rules.model import Frozen
from rules.reading import ProgramError, key_of, nearest, read_toml
from rules.scenario_form import Amount, Example, Name

Count = Annotated[int, Field(ge=1)]


class Clause(Frozen):
    """One rule of the vendor in a sentence, and where it is written. What nobody confirmed is marked so."""

    text: Name
    source: Name
    needs_confirmation: bool = False


class Span(Frozen):
    """A length of time: calendar months or days, two different units."""

    months: Count | None = None
    days: Count | None = None

    @model_validator(mode="after")
    def one_unit(self) -> Self:
        if (self.months is None) == (self.days is None):
            raise ValueError("write either months or days, not both and not neither")
        return self

    def after(self, day: dt.date) -> dt.date:
        """The day that lies this span after `day`."""
        return add_months(day, self.months) if self.months else add_days(day, self.days or 0)

    def before(self, day: dt.date) -> dt.date:
        """The day that lies this span before `day`."""
        return add_months(day, -self.months) if self.months else add_days(day, -(self.days or 0))


class ExamNeed(Frozen):
    """`count` exams with different codes of any of these kinds; no kinds = any exam that matches the holding."""

    kinds: tuple[str, ...] = ()
    count: Count = 1

    @property
    def key(self) -> str:
        """Its key in a verdict's `missing`."""
        return f"exam:{self.kinds[0]}" if len(self.kinds) == 1 else "exam:any"


class Path(Frozen):
    """One way to renew: the credits and all the exams. Its day is the day the last of them was reached."""

    id: Name
    name: Name
    clause: str
    credits: Amount = Decimal(0)
    exams: tuple[ExamNeed, ...] = Field(default=(), alias="exam")

    @model_validator(mode="after")
    def asks_for_something(self) -> Self:
        if not self.credits and not self.exams:
            raise ValueError("a path asks for credits, for exams or for both")
        kinds = [kind for need in self.exams for kind in need.kinds]
        if len(set(kinds)) < len(kinds) or (len(self.exams) > 1 and not all(need.kinds for need in self.exams)):
            raise ValueError("one exam could fill two places of this path; name each kind once")
        if len({need.key for need in self.exams}) < len(self.exams):
            raise ValueError("two places of this path each take several kinds; what is missing could not be told apart")
        return self


class Level(Frozen):
    """`rank` orders the levels for the cascade. A grace makes `validity` end in suspension, and the grace in expiry."""

    name: Name
    rank: Count
    validity: Span
    grace: Span | None = None
    clause: str
    paths: tuple[Path, ...] = Field(default=(), alias="path")

    @property
    def counts_credits(self) -> bool:
        return any(path.credits for path in self.paths)


class Kind(Frozen):
    """A kind of activity. `value` counts where an item states no credits; `max_uses` is per holding and cycle."""

    name: Name
    clause: str
    value: Amount | None = None
    max_uses: Count | None = None


class Submission(Frozen):
    """An item is submitted at most `within_days` after its completion; `warn` counts a late one and flags it."""

    within_days: Count
    mode: Literal["enforce", "warn"]


class ExamRules(Frozen):
    """`match`: whether an exam serves every holding or only the one it names; when it may be taken."""

    kinds: tuple[str, ...] = ()
    match: Literal["any", "holding"]
    window_before_expiry: Span | None = None


class Because(Frozen):
    """Which clause stands behind each way an item can go, and behind what renews."""

    not_active: str
    outside_cycle: str
    repeat: str
    over_cap: str
    offer_ended: str
    submitted_late: str
    entered_after_expiry: str
    status: str
    unknown_then: str
    future: str
    surplus: str
    renewed: str
    cascaded: str
    retired: str
    entry_before_activity: str
    balance: str


class Version(Frozen):
    """The rules from one day on, until the next version begins."""

    id: Name
    begins: dt.date = Field(alias="from")
    clause: str
    last_day: Literal["inclusive", "exclusive"]
    allocation: Literal["accumulate_to_highest", "strict_single_use"]
    cascade: Literal["same_level_and_below", "none"]
    repeat: Literal["once_per_cycle", "allowed"]
    entry_after_expiry: Literal["refused", "accepted"]
    submission: Submission | None = None
    exam: ExamRules
    because: Because
    levels: dict[str, Level] = Field(alias="level")
    kinds: dict[str, Kind] = Field(alias="kind")

    def over(self, day: dt.date, expires_on: dt.date) -> bool:
        """Whether a certification is expired on `day`."""
        return day > expires_on if self.last_day == "inclusive" else day >= expires_on

    def submit_by(self, completed_on: dt.date, expires_on: dt.date) -> dt.date:
        """The last day on which an item can be submitted and still count for a holding that expires on `expires_on`."""
        last = expires_on if self.last_day == "inclusive" else add_days(expires_on, -1)
        if self.submission is None:
            return last
        return min(last, add_days(completed_on, self.submission.within_days))


class ExpiryFloor(Frozen):
    """A blanket extension: what would expire between two days (both included) expires on one later day instead."""

    expiring_from: dt.date
    expiring_until: dt.date
    becomes: dt.date
    clause: str


class Recognised(Frozen):
    """Documents of this issuer's profile are activities of this kind, without an offer in a catalogue."""

    issuer: Name
    kind: str
    clause: str


class Program(Frozen):
    """One program. `credited` says whether somebody must submit an item; `credit_units` are the units as printed on
    documents that may be believed, the first of them the short word that sentences use. `validity_known_from` is since
    when the periods of the first version are known to hold, where that is longer than its paths."""

    id: Name
    name: Name
    verified_on: dt.date
    credited: Literal["on_portal", "automatically"]
    credit_units: tuple[Name, ...] = Field(min_length=1)
    issuers: tuple[Recognised, ...] = Field(default=(), alias="recognise")
    validity_known_from: dt.date | None = None
    versions: tuple[Version, ...] = Field(alias="version", min_length=1)
    floors: tuple[ExpiryFloor, ...] = Field(default=(), alias="expiry_floor")
    clauses: dict[str, Clause] = Field(alias="clause")
    examples: tuple[Example, ...] = Field(default=(), alias="example")

    @property
    def credit_unit(self) -> str:
        """The short word for its credits."""
        return self.credit_units[0]

    def version_on(self, day: dt.date) -> Version:
        """The version in force on a day; before the first one, the first one."""
        found = self.versions[0]
        for version in self.versions[1:]:
            if version.begins > day:
                break
            found = version
        return found

    def level_on(self, level: str, day: dt.date) -> Level | None:
        """A level as it is on a day; as its nearest version has it, where that day's has not; None if none has it."""
        found = self.version_on(day).levels.get(level)
        return found or next((v.levels[level] for v in self.versions if level in v.levels), None)

    def levels(self) -> tuple[str, ...]:
        """Every level that any version knows, by rank."""
        ranks = {name: level.rank for version in self.versions for name, level in version.levels.items()}
        return tuple(sorted(ranks, key=lambda name: (ranks[name], name)))

    def recognises(self, issuer: str) -> str | None:
        """The kind that documents of this issuer's profile are by default, or None."""
        return next((known.kind for known in self.issuers if known.issuer == issuer), None)

    def believes_unit(self, printed: str) -> bool:
        """Whether credits printed with this unit are this program's."""
        return printed.strip().casefold() in {unit.casefold() for unit in self.credit_units}

    def kind_on(self, kind: str, day: dt.date) -> Kind | None:
        """A kind of activity as it is on a day, or None."""
        return self.version_on(day).kinds.get(kind)

    def dates_from(self, level: Level, anchor: dt.date) -> tuple[dt.date | None, dt.date]:
        """Suspension (None without a grace) and expiry of what is earned or renewed on `anchor`, in sequence."""
        ends = level.validity.after(anchor)
        if level.grace is None:
            return None, self.floored(ends)
        return ends, self.floored(level.grace.after(ends))

    def floored(self, expires_on: dt.date) -> dt.date:
        """An expiry after the blanket extensions."""
        for floor in self.floors:
            if floor.expiring_from <= expires_on <= floor.expiring_until:
                return floor.becomes
        return expires_on


def load_program(text: str, file: str) -> Program:
    """A program from its TOML text. Raises ProgramError naming file, key and remedy."""
    program = read_toml(text, file, Program, ProgramError)
    for location, clause in _clause_references(program):
        if clause not in program.clauses:
            raise ProgramError(
                file, key_of(location), f'there is no clause "{clause}"', nearest(clause, [*program.clauses])
            )
    _check_versions(program, file)
    return program


@cache
def shipped_programs() -> Mapping[str, Program]:
    """The programs in `rules/programs/`, by id. Raises ProgramError."""
    folder = resources.files("rules") / "programs"
    found: dict[str, Program] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            program = load_program(entry.read_text(encoding="utf-8"), entry.name)
            if program.id in found:
                raise ProgramError(entry.name, "id", f'"{program.id}" is taken by another file', "Give it another id.")
            found[program.id] = program
    return found


def _clause_references(program: Program) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for number, known in enumerate(program.issuers):
        yield ("recognise", number, "clause"), known.clause
    for number, floor in enumerate(program.floors):
        yield ("expiry_floor", number, "clause"), floor.clause
    for number, example in enumerate(program.examples):
        yield ("example", number, "clause"), example.clause
    for number, version in enumerate(program.versions):
        here = ("version", number)
        yield (*here, "clause"), version.clause
        for name, clause in version.because:
            yield (*here, "because", name), clause
        for name, kind in version.kinds.items():
            yield (*here, "kind", name, "clause"), kind.clause
        for name, level in version.levels.items():
            yield (*here, "level", name, "clause"), level.clause
            for place, path in enumerate(level.paths):
                yield (*here, "level", name, "path", place, "clause"), path.clause


def _check_versions(program: Program, file: str) -> None:
    """What one key alone cannot show: the order of versions, kinds of exams and activities that are named elsewhere."""
    days = [version.begins for version in program.versions]
    for number, (earlier, later) in enumerate(pairwise(days), start=1):
        if later <= earlier:
            problem = f"{later} is not after {earlier}, where the version before it begins"
            raise ProgramError(file, key_of(("version", number, "from")), problem, "Order the versions, oldest first.")
    for number, version in enumerate(program.versions):
        for name, level in version.levels.items():
            here = ("version", number, "level", name, "path")
            _check_paths(level.paths, version.exam.kinds, here, file)
    for number, known in enumerate(program.issuers):
        kinds = program.versions[-1].kinds
        if known.kind not in kinds:
            key = key_of(("recognise", number, "kind"))
            raise ProgramError(file, key, f'there is no kind "{known.kind}"', nearest(known.kind, [*kinds]))


def _check_paths(paths: Sequence[Path], kinds: Sequence[str], here: tuple[str | int, ...], file: str) -> None:
    seen: set[str] = set()
    for place, path in enumerate(paths):
        if path.id in seen:
            raise ProgramError(file, key_of((*here, place, "id")), f'"{path.id}" is there twice', "Rename one of them.")
        seen.add(path.id)
        for kind in (kind for need in path.exams for kind in need.kinds):
            if kind not in kinds:
                key = key_of((*here, place, "exam"))
                raise ProgramError(file, key, f'there is no kind of exam "{kind}"', nearest(kind, kinds))
