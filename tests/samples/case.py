"""The truth beside each sample: the form of `sample_certificates/<issuer>/<case>.toml`, and its typed loader.

The form is described for people in `sample_certificates/SOURCES.md`.
"""

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

SAMPLES = Path(__file__).resolve().parents[2] / "sample_certificates"
EXPECTED_ON = dt.date(2026, 11, 22)  # the day of which every `[expect]` speaks
SUFFIXES = {"pdf": ".pdf", "png": ".png", "jpg": ".jpg"}
DATES = ("started_on", "completed_on", "issued_on", "expires_on")

Effect = Literal["photo", "photo-exif", "scan", "image-only", "encrypted", "truncated", "empty", "badge", "stale-text"]
Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]  # where no day is printed
Amount = Annotated[Decimal, BeforeValidator(str)]


class Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Draw(Form):
    """How the file is made: its format, and what happens to the drawn pages afterwards, in this order."""

    format: Literal["pdf", "png", "jpg"]
    effects: tuple[Effect, ...] = ()
    created_on: dt.date | None = None  # the PDF's creation date; without it the day of issue or completion


class Page(Form):
    """One drawn page. `certificate` is the 1-based certificate that it shows, 0 where it shows none.

    `printed` holds the printed form of a field where it is not the layout's own (a date in another language, a short
    link). `words` are the layout's other texts. `lines` are for the layouts that set plain lines: `style|text`.
    `outlined` names the fields that are drawn as a picture, so that they are missing in the text layer.
    """

    layout: str
    certificate: int = 1
    printed: dict[str, str] = {}
    words: dict[str, str] = {}
    lines: tuple[str, ...] = ()
    outlined: tuple[str, ...] = ()
    qr: str = ""


class Certificate(Form):
    """The truth about one certificate: what a perfect reader returns. None where the document shows none.

    `profile` is None for an issuer that no profile knows. `pages` are 1-based.
    """

    document_type: str = "completion"
    issuer: str | None = None
    profile: str | None = None
    holder_name: str
    course_name: str
    started_on: dt.date | None = None
    completed_on: dt.date | Month | None = None
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None
    validation_code: str | None = None
    verify_url: str | None = None
    credits: Amount | None = None
    credit_unit: str | None = None
    hours: Amount | None = None
    pages: tuple[int, ...] = (1,)

    def truths(self) -> dict[str, str]:
        """The fields that the document shows, as text."""
        skipped = {"document_type", "issuer", "profile", "pages"}
        return {name: str(value) for name, value in self if name not in skipped and value is not None}


class Expect(Form):
    """What the house must say, of the document alone and on EXPECTED_ON.

    `decision` is the best that may come out: a reader that cannot see it all may end lower, never higher. `findings`
    are the codes that must be among those given. `roster_findings` come only where demo/roster.toml is the roster.
    `duplicate_of` names the case that this one repeats. `readable` is False where no field can be read at all.
    """

    decision: Literal["accept", "review", "reject"]
    findings: tuple[str, ...] = ()
    roster_findings: tuple[str, ...] = ()
    duplicate_of: str | None = None
    readable: bool = True


class Story(Form):
    """The TOML file. `hidden` is what a stale text layer says under the picture."""

    about: str
    draw: Draw
    pages: tuple[Page, ...] = Field(alias="page")
    certificates: tuple[Certificate, ...] = Field(default=(), alias="certificate")
    hidden: Certificate | None = None
    expect: Expect


class Case(Form):
    """One sample: `name` is `<issuer>/<case>`, `file` the drawn document, `toml` its truth."""

    name: str
    toml: Path
    file: Path
    story: Story

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        return self.story.certificates

    @property
    def expect(self) -> Expect:
        return self.story.expect


def load_case(toml: Path) -> Case:
    """One case by the path of its TOML. Raises OSError, tomllib.TOMLDecodeError, pydantic.ValidationError."""
    story = Story.model_validate(tomllib.loads(toml.read_text(encoding="utf-8")))
    name = f"{toml.parent.name}/{toml.stem}"
    return Case(name=name, toml=toml, file=toml.with_suffix(SUFFIXES[story.draw.format]), story=story)


def load_cases() -> tuple[Case, ...]:
    """Every sample of the project, by name. The demo's roster is no sample."""
    return tuple(load_case(toml) for toml in sorted(SAMPLES.glob("*/*.toml")) if toml.parent.name != "demo")
