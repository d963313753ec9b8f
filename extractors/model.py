"""The words of the extractors: what the readers see on a page, and what the finder makes of it.

Boxes are (x0, y0, x1, y1) as fractions of the page as a person sees it (after rotation and EXIF), origin top left.
Words and pages are slotted dataclasses because a page has hundreds of them; what leaves the room is a frozen pydantic
model.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from extractors.plain import fold

Box = tuple[float, float, float, float]


class Source(StrEnum):
    """Where a value was read, strongest first."""

    BADGE = "badge"
    QR = "qr"
    LINK = "link"
    TEXT = "text"
    PIXELS = "pixels"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word. `size` is the height of its type as a fraction of the page's height, `confidence` is 0..1.

    `hidden` marks a word of the text layer that a person does not see on the page (invisible type, painted over, in the
    colour of its ground): it may be a stale sample of somebody else, and is never evidence on its own. `turned` says by
    how many degrees (0, 90, 180, 270) the page has to be turned clockwise for the word to stand upright.
    """

    text: str
    box: Box
    size: float
    source: Source
    confidence: float = 1.0
    bold: bool = False
    hidden: bool = False
    turned: int = 0


@dataclass(frozen=True)
class Line:
    """Words that stand on one baseline and belong together, left to right. Its box is reckoned once."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def box(self) -> Box:
        boxes = [word.box for word in self.words]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )

    @cached_property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def source(self) -> Source:
        return self.words[0].source

    @property
    def hidden(self) -> bool:
        return any(word.hidden for word in self.words)

    @property
    def confidence(self) -> float:
        return sum(word.confidence for word in self.words) / len(self.words)


@dataclass(frozen=True, slots=True)
class Link:
    """A clickable address of the document. `box` is None where the format does not say where it is."""

    uri: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR or bar code and what it says."""

    text: str
    box: Box
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that was read of one page. `number` is 1-based; `width` and `height` are in points (1/72 inch)."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    links: tuple[Link, ...] = ()
    symbols: tuple[Symbol, ...] = ()


Active = Literal["JavaScript", "launch", "embedded files"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself; weak evidence, never shown as a fact of the certificate.

    `damaged` is set where the file was cut off or broken and only a repair made it readable: part of it may be missing.
    `active` names what in the file wants to do something.
    """

    active: tuple[Active, ...] = ()
    created_on: dt.date | None = None
    producer: str | None = None
    title: str | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class BadgePayload:
    """What a baked Open Badge states about itself (version 2 or 3)."""

    name: str | None = None
    holder_name: str | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None
    identifier: str | None = None
    verify_url: str | None = None


class Frozen(BaseModel):
    """A value that leaves the room: immutable, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _whole(cls, value: object) -> object:
        """Documents may hold halves of characters, which no text that is sent, shown or kept can hold."""
        if isinstance(value, str) and not value.isascii():
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return value


Precision = Literal["year", "month", "day"]
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateReading(Frozen):
    """One legal reading of a printed date: the days it may mean, and how precisely it was printed."""

    earliest: dt.date
    latest: dt.date
    precision: Precision

    @classmethod
    def of(cls, iso: str) -> Self:
        """Read `2023`, `2023-08` or `2023-08-14`. Raises ValueError for anything else."""
        match = _ISO.fullmatch(iso)
        if match is None:
            raise ValueError(f"not an ISO date of day, month or year precision: {iso!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is None:
            return cls(earliest=dt.date(year, 1, 1), latest=dt.date(year, 12, 31), precision="year")
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return cls(earliest=dt.date(year, month, 1), latest=dt.date(year, month, last), precision="month")
        exact = dt.date(year, month, day)
        return cls(earliest=exact, latest=exact, precision="day")

    @property
    def iso(self) -> str:
        return self.earliest.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


class Rival(Frozen):
    """Another value that the document offers for the same field."""

    value: str
    raw: str
    confidence: float = Field(ge=0, le=1)
    page: int
    box: Box | None
    source: Source


class Evidence(Frozen):
    """One field's value with what it rests on.

    `value` is normalised text: dates in ISO at the precision printed, decimals as decimal strings. For a null value
    `confidence` is the probability that the document shows none.
    """

    value: str | None
    raw: str | None = None
    confidence: float = Field(ge=0, le=1)
    page: int | None = None
    box: Box | None = None
    source: Source | None = None
    rivals: tuple[Rival, ...] = ()


FieldName = Literal[
    "holder_name",
    "course_name",
    "started_on",
    "completed_on",
    "issued_on",
    "expires_on",
    "validation_code",
    "verify_url",
    "credits",
    "credit_unit",
    "hours",
]
# An activity is what these say together; the code alone may be absent.
MAIN_FIELDS: tuple[FieldName, ...] = ("holder_name", "course_name", "completed_on", "validation_code")


class Fields(Frozen):
    """The evidence of one certificate, all fields always present."""

    holder_name: Evidence
    course_name: Evidence
    started_on: Evidence
    completed_on: Evidence
    issued_on: Evidence
    expires_on: Evidence
    validation_code: Evidence
    verify_url: Evidence
    credits: Evidence
    credit_unit: Evidence
    hours: Evidence

    def get(self, name: FieldName) -> Evidence:
        evidence: Evidence = getattr(self, name)
        return evidence

    def date(self, name: FieldName) -> DateReading | None:
        """The reading of a date field, or None where the document shows none."""
        value = self.get(name).value
        return None if value is None else DateReading.of(value)


Signature = Literal["whole", "part"]


class Change(Frozen):
    """What a page showed when the file was first saved, and what it shows now: the words that differ, cut to a length
    to be shown. Both are empty where a drawing or a picture differs and the text does not."""

    page: int
    before: str
    after: str


class Unseen(Frozen):
    """Words in the file that nobody sees on the page, and their place. `covered`: something was drawn over them later;
    otherwise they are invisible by themselves."""

    page: int
    box: Box
    text: str
    covered: bool = False


class Otherwise(Frozen):
    """A value as the text layer says it, and what is drawn in its place as engines read it."""

    field: FieldName
    text: str
    pixels: str


class Carried(Frozen):
    """What a link or a QR or bar code of the document says, cut to a length to be shown. `imitates` is the host of an
    issuer that the address only seems to lead to."""

    page: int
    source: Source
    text: str
    imitates: str | None = None


class Traces(Frozen):
    """What a document shows of how it came about. No field rests on it; it may send a certificate to a person.

    `edited_by` is the program that last wrote or edited the file by its own word, `edited_on` and `modified_on` the
    days of that and of the last save. `updates` counts the saves on top of the first, `changes` says what they changed.
    """

    edited_by: str | None = None
    edited_on: dt.date | None = None
    modified_on: dt.date | None = None
    updates: int = 0
    changes: tuple[Change, ...] = ()
    signature: Signature | None = None
    unseen: tuple[Unseen, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    carried: tuple[Carried, ...] = ()


class DocumentType(StrEnum):
    COMPLETION = "completion"
    ATTENDANCE = "attendance"
    EXAM = "exam"
    CERTIFICATION = "certification"
    BADGE = "badge"
    TRANSCRIPT = "transcript"
    IN_PROGRESS = "in_progress"
    OTHER = "other"


CodePresence = Literal["always", "sometimes", "never"]


class Expectation(Frozen):
    """What the profile promises about the issuer's documents, carried along so that the checks need no profile.
    `code_unique` is False where the code is the number of the course, the same for everybody who took it; `programs`
    are what the issuer makes its documents with."""

    code: CodePresence = "sometimes"
    code_pattern: str | None = None
    code_unique: bool = True
    hosts: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()


class Seconds(Frozen):
    """Where the time went, in seconds of wall clock."""

    read: float = 0.0
    ocr: float = 0.0
    find: float = 0.0


class Covered(Frozen):
    """A place of a page that nobody needs to see: a number by which a state knows the holder."""

    page: int
    box: Box


class Extraction(Frozen):
    """All evidence about one certificate in a document.

    `bill` is set where its wording is that of a bill.
    `profile` is the profile's id, None for an unknown issuer. `pages` are 1-based. `contested` is set where the
    document reads like more than one profile; it names them, and nothing of it may be accepted unseen.
    `producer` and `created_on` are what the file says of itself; `damaged` is set where only a repair made it readable.
    `covered` are the places of numbers that are left out of all evidence.
    """

    ordinal: int = Field(ge=1)
    pages: tuple[int, ...]
    media: str
    document_type: DocumentType
    bill: bool = False
    issuer: str | None
    profile: str | None
    contested: tuple[str, ...] = ()
    fields: Fields
    expects: Expectation = Expectation()
    active: tuple[Active, ...] = ()
    producer: str | None = None
    created_on: dt.date | None = None
    damaged: bool = False
    covered: tuple[Covered, ...] = ()
    traces: Traces = Traces()
    seconds: Seconds = Seconds()
