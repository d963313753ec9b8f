"""What one invented certificate of one invented issuer says."""

import datetime as dt
import tomllib
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TypedDict


class Words(TypedDict):
    """The phrases of one language, as words.toml has them."""

    share: int
    heading: list[str]
    stack: list[list[str]]
    sentence: list[str]
    card: list[list[str]]
    labels: dict[str, str]
    hours: str
    verify: str
    given: list[str]
    offices: list[str]
    places: list[str]
    dates: list[str]
    months: list[str]
    orgs: list[str]
    people: list[str]
    titles: list[str]
    long_titles: list[str]
    brands: list[list[str]]


@cache
def words() -> dict[str, Words]:
    """The tables of all languages."""
    text = Path(__file__).with_name("words.toml").read_text("utf8")
    tables: dict[str, Words] = tomllib.loads(text)
    return tables


@dataclass(frozen=True, slots=True)
class Facts:
    """`brand` stands over the course where it is not empty; both together are the title then."""

    language: str
    words: Words
    heading: str
    org: str
    host: str
    holder: str
    brand: str
    course: str
    start: dt.date
    completed: dt.date
    template: str
    hours: int
    number: str
    code: str | None
    signers: tuple[tuple[str, str], ...]
    place: str

    @property
    def title(self) -> str:
        return f"{self.brand} {self.course}".strip()

    def day(self, value: dt.date) -> str:
        """A date as this issuer prints dates."""
        month = self.words["months"][value.month - 1]
        return self.template.format(
            d=value.day, d2=f"{value.day:02}", m2=f"{value.month:02}", y=value.year, month=month, mon=month[:3]
        )

    def filled(self, text: str) -> str:
        return text.format(
            holder=self.holder, course=self.title, date=self.day(self.completed), start=self.day(self.start),
            hours=self.hours, number=self.number, place=self.place,
        )  # fmt: skip


def invent(random: Random, kind: str) -> Facts:
    """`kind`: "long" for titles of several lines, "brand" for a brand over its product, else short titles."""
    tables = words()
    language = random.choices(list(tables), [table["share"] for table in tables.values()])[0]
    table = tables[language]
    org = random.choice(table["orgs"])
    holder, *signers = random.sample(table["people"], 3)
    brand, course = random.choice(table["brands"]) if kind == "brand" else ("", random.choice(table["titles"]))
    # Days past the twelfth: no date has two legal readings.
    completed = dt.date(random.randint(2018, 2025), random.randint(1, 12), random.randint(13, 28))
    return Facts(
        language=language,
        words=table,
        heading=random.choice(table["heading"]),
        org=org,
        host=f"{_letters(org) or 'school'}.example",
        holder=holder,
        brand=brand,
        course=random.choice(table["long_titles"]) if kind == "long" else course,
        start=completed - dt.timedelta(random.randint(2, 11)),
        completed=completed,
        template=random.choice(table["dates"]),
        hours=random.choice((3, 8, 12, 20, 36, 40, 60, 120)),
        number=f"{random.randint(10_000, 999_999)}",
        code=_code(random, completed.year),
        signers=tuple((name, random.choice(table["offices"])) for name in signers),
        place=random.choice(table["places"]),
    )


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isascii() and letter.isalpha())


def _code(random: Random, year: int) -> str | None:
    """A validation code of one of the shapes in use; for two in five none."""
    if random.random() < 0.4:
        return None
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    shapes = (
        str(uuid.UUID(int=random.getrandbits(128), version=4)),
        "".join(random.choices(letters, k=10)),
        f"{year}/{random.randint(100, 9999):05}",
        f"{random.randint(1_000_000, 9_999_999)}",
        "-".join(
            (
                "".join(random.choices(letters[:23], k=3)),
                str(random.randint(10, 99)),
                "".join(random.choices(letters, k=5)),
            )
        ),
        "".join(random.choices("abcdefghjkmnpqrstuvwxyz23456789", k=12)),
    )
    return random.choice(shapes)
