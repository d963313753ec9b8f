"""Profiles: what is known of one issuer's documents, one TOML file each; and whose document this is.

A profile is data only. `identify` never takes the first of several: no profile, one, or all that are contested.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Literal
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, ValidationError, field_validator

from extractors.model import Box, CodePresence, DocumentType, Expectation, Frozen
from extractors.plain import fold
from extractors.wording import phrase

DateOrder = Literal["dmy", "mdy"]
ProfileField = Literal["holder_name", "course_name", "completed_on", "validation_code"]
_BEFORE_HOST = re.compile(r"^\s*(?:https?://)?(?:www\.)?")
_FILE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.toml")


class ProfileError(Exception):
    """A profile that cannot be used. Names the file, the key and what to do."""

    def __init__(self, file: str, key: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {key}: {problem}. {remedy}")
        self.file, self.key, self.problem, self.remedy = file, key, problem, remedy


class FieldRules(Frozen):
    """Where a field stands: after or before a phrase, or at a label. Phrases are folded regular expressions.

    `region` (x0, y0, x1, y1 as fractions of the page) is where the field stands in type so small that pixels are read
    there a second time, enlarged, when it was not found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    region: tuple[float, float, float, float] | None = None

    @field_validator("after", "before", "labels")
    @classmethod
    def _compiles(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for text in phrases:
            if not text.strip():
                raise ValueError("a phrase is empty")
            if text != fold(text):
                raise ValueError(f"{text!r} is not folded: write it in small letters without marks")
            try:
                phrase(text)
            except re.error as error:
                raise ValueError(f"{text!r} is no regular expression ({error})") from error
        return phrases

    @field_validator("region")
    @classmethod
    def _is_region(cls, region: Box | None) -> Box | None:
        if region is not None and not (0 <= region[0] < region[2] <= 1 and 0 <= region[1] < region[3] <= 1):
            raise ValueError(f"{region} is no part of a page: write x0, y0, x1, y1 as fractions, top left first")
        return region

    @cached_property
    def after_pattern(self) -> re.Pattern[str] | None:
        return phrase(*self.after) if self.after else None

    @cached_property
    def before_pattern(self) -> re.Pattern[str] | None:
        return phrase(*self.before) if self.before else None

    @cached_property
    def label_pattern(self) -> re.Pattern[str] | None:
        return phrase(*self.labels) if self.labels else None


class Markers(Frozen):
    """Folded phrases that make a page this issuer's: all of `all`, at least one of `any`, none of `none`.

    `linked` count among `any`, but are beginnings of addresses, without scheme and `www.`: links and QR codes are asked
    as well, since a page need not print where it is verified. One with a dot or stroke in front may stand anywhere in
    an address: below any host, or on any.
    """

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    @field_validator("all", "any", "linked", "none")
    @classmethod
    def _folded(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for text in phrases:
            if not text.strip() or text != fold(text):
                raise ValueError(f"{text!r} is empty or not folded: write it in small letters without marks")
        return phrases


class Profile(Frozen):
    """One issuer's documents.

    `date_order` only where samples prove that the issuer prints no other; `code_unique` is False where the code is the
    number of the course, the same for everybody who took it; `programs` are those with which the issuer makes its
    documents, as far as others would edit them with the same ones.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    issuer: str = Field(min_length=2)
    document_type: DocumentType = DocumentType.COMPLETION
    languages: tuple[str, ...] = Field(min_length=1)
    hosts: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    code: CodePresence
    code_pattern: str | None = None
    code_unique: bool = True
    date_order: DateOrder | None = None
    markers: Markers
    fields: dict[ProfileField, FieldRules] = Field(default_factory=dict)

    @field_validator("code_pattern")
    @classmethod
    def _is_pattern(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression ({error})") from error
        return pattern

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
                raise ValueError(f"{host!r} is no host name: write it without scheme and path, in small letters")
        return hosts

    @field_validator("markers")
    @classmethod
    def _marks_something(cls, markers: Markers) -> Markers:
        if not (markers.all or markers.any or markers.linked):
            raise ValueError("no marker at all: every page would match")
        return markers

    @property
    def expectation(self) -> Expectation:
        return Expectation(
            code=self.code,
            code_pattern=self.code_pattern,
            code_unique=self.code_unique,
            hosts=self.hosts,
            programs=self.programs,
        )

    def rules(self, name: ProfileField) -> FieldRules | None:
        return self.fields.get(name)


@dataclass(frozen=True)
class Profiles:
    """All profiles, by id in alphabetical order."""

    all: tuple[Profile, ...]

    @cached_property
    def markers(self) -> tuple[tuple[str, str], ...]:
        """Every marker once, and the same without blanks: text layers put them anywhere."""
        sets = (one.markers for one in self.all)
        every = dict.fromkeys(text for one in sets for text in (*one.all, *one.any, *one.linked, *one.none))
        return tuple((text, "".join(text.split())) for text in every)

    @cached_property
    def linked(self) -> tuple[str, ...]:
        """Every marker once that addresses are asked for too."""
        return tuple(dict.fromkeys(text for one in self.all for text in one.markers.linked))

    @cached_property
    def hosts(self) -> frozenset[str]:
        return frozenset(host for one in self.all for host in one.hosts)

    @cached_property
    def told_by(self) -> dict[str, frozenset[str]]:
        """The ids of the profiles that a marker or host may tell of, by its text."""
        telling = [(one.id, (*one.markers.all, *one.markers.any, *one.markers.linked, *one.hosts)) for one in self.all]
        texts = {text for _, every in telling for text in every}
        return {text: frozenset(name for name, every in telling if text in every) for text in texts}

    def get(self, identifier: str) -> Profile | None:
        return next((profile for profile in self.all if profile.id == identifier), None)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How near a document came to a profile."""

    profile: str
    host: str | None
    found: tuple[str, ...]
    missing: tuple[str, ...]
    excluded: tuple[str, ...]

    @property
    def matches(self) -> bool:
        return not self.missing and not self.excluded


def load_profiles() -> Profiles:
    """The profiles of the package. Raises ProfileError for the first that cannot be used."""
    folder = resources.files("extractors").joinpath("issuers")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return Profiles(tuple(parse_profile(entry.name, entry.read_text(encoding="utf-8")) for entry in files))


def parse_profile(file: str, text: str) -> Profile:
    """The profile in a TOML text; `file` is its name, which must be the id. Raises ProfileError."""
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(file, "the file", f"it is no TOML ({error})", "Correct the line it names.") from error
    try:
        profile = Profile.model_validate(stated)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ProfileError(file, key, first["msg"].removeprefix("Value error, "), _remedy(first["type"])) from error
    if not _FILE_NAME.fullmatch(file) or file != f"{profile.id}.toml":
        raise ProfileError(file, "id", f"it is {profile.id!r}", "Name the file after the id: <id>.toml.")
    return profile


def _remedy(kind: str) -> str:
    return {
        "extra_forbidden": "Remove the key or correct its spelling; docs/add-an-issuer.md lists all keys.",
        "missing": "Add the key; docs/add-an-issuer.md says what it means.",
    }.get(kind, "Correct the value; docs/add-an-issuer.md says what it may be.")


def resemblances(text: str, addresses: Iterable[str], profiles: Profiles) -> tuple[Resemblance, ...]:
    """Every profile of which the document shows at least one marker or host. `text` is the folded page."""
    packed = "".join(text.split())
    linked = tuple(addresses)
    hosts = {host: and_above(host) for host in sorted({host_of(address) for address in linked}) if host}
    # The addresses of links and QR codes from their hosts on, each after a line end.
    begun = "".join(f"\n{_BEFORE_HOST.sub('', fold(address))}" for address in linked)
    # Each marker is looked for once, not once for each profile.
    shown = {marker for marker, bare in profiles.markers if bare in packed}
    begins = {one for one in profiles.linked if (one if one[0] in "./" else f"\n{one}") in begun}
    telling = shown.union(begins, *hosts.values())
    told = frozenset().union(*(profiles.told_by[text] for text in telling if text in profiles.told_by))
    near = (_resemblance(one, shown, shown | begins, hosts) for one in profiles.all if one.id in told)
    return tuple(one for one in near if one is not None)


def _resemblance(
    profile: Profile, shown: Set[str], linked: Set[str], hosts: Mapping[str, Set[str]]
) -> Resemblance | None:
    """None where nothing of the profile shows.

    `shown` are the markers in the text, `linked` those and what addresses begin with, `hosts` the hosts of links and QR
    codes, each with all that it is below.
    """
    markers = profile.markers
    host = next((host for host, above in hosts.items() if not above.isdisjoint(profile.hosts)), None)
    if host is None and all(map(shown.isdisjoint, (markers.all, markers.any))) and linked.isdisjoint(markers.linked):
        return None
    found = (
        *(marker for marker in (*markers.all, *markers.any) if marker in shown),
        *(marker for marker in markers.linked if marker in linked),
    )
    missing = tuple(marker for marker in markers.all if marker not in found)
    choice = (*markers.any, *markers.linked)
    if choice and not any(marker in found for marker in choice):
        missing = (*missing, " | ".join(choice))
    return Resemblance(profile.id, host, found, missing, tuple(one for one in markers.none if one in shown))


def and_above(host: str) -> frozenset[str]:
    """A host and every host that it is below."""
    labels = host.split(".")
    return frozenset(".".join(labels[place:]) for place in range(len(labels)))


def identify(near: Sequence[Resemblance]) -> tuple[str, ...]:
    """The ids of the profiles that the document is: none = an unknown issuer, one = it, more = contested.

    A verification host settles between profiles whose markers are all there; markers alone do where no host is shown.
    """
    matching = [one for one in near if one.matches]
    by_host = [one for one in matching if one.host]
    return tuple(one.profile for one in (by_host or matching))


def host_of(address: str) -> str:
    """The host an address leads to, in small letters; empty where it has none."""
    try:
        return (urlsplit(address if "://" in address else f"//{address}").hostname or "").casefold()
    except ValueError:
        return ""


def belongs(host: str, own: str) -> bool:
    """Whether `host` is `own` or below it."""
    return host == own or host.endswith(f".{own}")
