"""A program: one vendor's renewal rules as data, in versions, every value with the clause and the source it comes from.

Nothing here knows a vendor. `docs/add-a-program.md` explains the file to people who read no Python.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Literal, Self

from pydantic import Field, model_validator

from rules.inheritance import with_inheritance
from rules.model import Frozen
from rules.program_check import check
from rules.reading import ProgramError, read_toml
from rules.scenario_form import Example, Name
from rules.version import Kind, Level, Path, Span, Version

__all__ = ["Clause", "Kind", "Level", "Path", "Program", "Span", "Version", "load_program", "shipped_programs"]


SubmitWith = Literal["course_name", "started_on", "completed_on", "validation_code", "kind", "pdf", "image"]


class Clause(Frozen):
    """One rule of the vendor in a sentence, and where it is written. What nobody confirmed is marked so."""

    text: Name
    source: Name
    needs_confirmation: bool = False


class ExpiryFloor(Frozen):
    """A blanket extension: what would expire between two days (both included) expires on one later day instead."""

    expiring_from: dt.date
    expiring_until: dt.date
    becomes: dt.date
    clause: str

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if not self.expiring_from <= self.expiring_until < self.becomes:
            raise ValueError("write expiring_from, expiring_until and becomes in the order of their days")
        return self


class ExpiryExtension(Frozen):
    """A blanket extension: what would expire between two days (both included) lasts so much longer."""

    expiring_from: dt.date
    expiring_until: dt.date
    by: Span
    enabled: bool = True
    clause: str

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.expiring_until < self.expiring_from:
            raise ValueError("write expiring_from and expiring_until in the order of their days")
        return self


class SpecialStatus(Frozen):
    """A status that the vendor grants and that is no renewal: it may be applied for so long after the certification was
    earned, each grant `lasts` so long and is applied for anew from `reapply_before` its end; after `lifetime_after`
    without a gap it never ends."""

    id: Name
    name: Name
    clause: str
    levels: tuple[Name, ...] = Field(min_length=1)
    apply_after: Span
    lasts: Span
    reapply_before: Span
    lifetime_after: Span | None = None


class Recognised(Frozen):
    """Documents of this issuer's profile are activities of this kind, without an offer in a catalogue."""

    issuer: Name
    kind: str
    clause: str


class Program(Frozen):
    """One program. `credited` says whether somebody must submit an item; `credit_units` are the units as printed on
    documents that may be believed, the first of them the short word that sentences use. `remind_before` are
    the times before the end of a period at which the vendor reminds, `submit_with` what somebody needs at hand to
    submit an item."""

    id: Name
    name: Name
    verified_on: dt.date
    credited: Literal["on_portal", "automatically"]
    credit_units: tuple[Name, ...] = Field(min_length=1)
    issuers: tuple[Recognised, ...] = Field(default=(), alias="recognise")
    versions: tuple[Version, ...] = Field(alias="version", min_length=1)
    floors: tuple[ExpiryFloor, ...] = Field(default=(), alias="expiry_floor")
    extensions: tuple[ExpiryExtension, ...] = Field(default=(), alias="expiry_extension")
    special_statuses: tuple[SpecialStatus, ...] = Field(default=(), alias="special_status")
    remind_before: tuple[Span, ...] = ()
    submit_with: tuple[SubmitWith, ...] = ()
    clauses: dict[str, Clause] = Field(alias="clause")
    examples: tuple[Example, ...] = Field(default=(), alias="example")

    @property
    def credit_unit(self) -> str:
        """The short word for its credits."""
        return self.credit_units[0]

    @cached_property
    def _begins(self) -> list[dt.date]:
        return [version.begins for version in self.versions[1:]]

    def version_on(self, day: dt.date) -> Version:
        """The version in force on a day; before the first one, the first one."""
        return self.versions[bisect_right(self._begins, day)]

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

    def credited_on(self, kind: str, day: dt.date) -> Literal["on_portal", "automatically"]:
        """Whether somebody must submit an item of this kind."""
        known = self.kind_on(kind, day)
        return known.credited if known and known.credited else self.credited

    def dates_from(self, level: Level, anchor: dt.date) -> tuple[dt.date | None, dt.date]:
        """Suspension (None without a grace) and expiry of what is earned or renewed on `anchor`, in sequence. What has
        a lifetime expires on the calendar's last day."""
        if level.validity is None:
            return None, dt.date.max
        ends = level.validity.after(anchor)
        if level.grace is None:
            return None, self.extended(ends)
        return ends, self.extended(level.grace.after(ends))

    def extended(self, expires_on: dt.date) -> dt.date:
        """A computed expiry after the blanket floors and extensions."""
        for extension in self.extensions:
            if extension.expiring_from <= expires_on <= extension.expiring_until:
                return extension.by.after(expires_on)
        return self.floored(expires_on)

    def floored(self, expires_on: dt.date) -> dt.date:
        """An expiry after the blanket floors; one that a portal states has had its extensions."""
        for floor in self.floors:
            if floor.expiring_from <= expires_on <= floor.expiring_until:
                return floor.becomes
        return expires_on


def load_program(text: str, file: str) -> Program:
    """A program from its TOML text, with the versions and extensions that are enabled. Raises ProgramError naming file,
    key and remedy."""
    program = read_toml(text, file, Program, ProgramError, with_inheritance)
    check(program, file)
    return program.model_copy(
        update={
            "versions": tuple(version for version in program.versions if version.enabled),
            "extensions": tuple(extension for extension in program.extensions if extension.enabled),
        }
    )


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
