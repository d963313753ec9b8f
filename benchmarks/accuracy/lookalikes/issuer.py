"""An invented issuer: what all its certificates have in common."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from random import Random

from benchmarks.accuracy.lookalikes import days
from benchmarks.accuracy.lookalikes.people import person
from benchmarks.accuracy.lookalikes.tables import Family, families, pairs, some_language, stems, words

ISSUERS = 400
# A family with one of these has its date; the line of place and date then states the issue, or is not printed.
DATED = {"when", "whendid", "date", "datebar", "datebare", "rangeline", "sentence", "didsentence", "template",
         "completedby", "letter", "letterthird"}  # fmt: skip
_LATIN_FACES = (
    ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    ("Times-Roman", "Times-Bold", "Times-Italic"),
    ("Times-Roman", "Times-Bold", "Times-Italic"),
    ("Helvetica", "Times-Bold", "Times-Italic"),
    ("Courier", "Courier-Bold", "Courier-Oblique"),
    ("carlito", "carlito-bold", "carlito"),
)
_FACES = (
    ("sans", "sans-bold", "sans"),
    ("serif", "serif-bold", "serif-italic"),
    ("carlito", "carlito-bold", "carlito"),
    ("dejavu", "dejavu-bold", "dejavu"),
)
_COLOURS = (("#222222", "#222222"), ("#222222", "#1a4a8a"), ("#444444", "#c0392b"), ("#111111", "#00796b"))
_CODE_SHAPES = (
    "uuid", "hex8", "hex12", "hex32", "upper8", "upper10", "upper12", "lower7", "lower10", "groups", "dashed",
    "digits6", "digits7", "digits9", "year", "prefix", "dotted", "mixed10", "hex40", "slashed", "letters8",
    "underscore",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issuer:
    """Sizes in points, shares 0..1. `phrases` is one phrase, or the few it uses, for each key of the table."""

    name: str
    others: tuple[str, str]
    host: str
    language: str
    family: Family
    phrases: dict[str, str]
    fields: list[list[str]]
    signers: tuple[tuple[str, str], ...]
    opening: str  # "that" or "to": which grammar joins holder and course
    faces: tuple[str, str, str]
    sizes: dict[str, float]
    bold: frozenset[str]
    capitals: frozenset[str]
    colours: tuple[str, str]
    title_language: str
    title_form: str
    name_form: str
    quotes: str
    date: str
    compact_range: bool
    range_share: float
    states_issue: bool
    states_expiry: bool
    undated: bool
    date_style: str
    code_shape: str | None
    code_style: str
    url_style: str
    hours_share: float
    hours_form: str
    has_credits: bool
    has_number: bool
    printed: bool


@cache
def issuer(number: int) -> Issuer:
    """Number 0..ISSUERS-1; always the same for a number."""
    random = Random(f"issuer {number}")
    family = families()[number % len(families())]
    language = some_language(random)
    tables = words(language)
    name, *others = (_organisation(random, language) for _ in range(3))
    phrases = {key: random.choice(value) for key, value in tables.items() if value and isinstance(value[0], str)}
    code_shape = random.choice(_CODE_SHAPES) if random.random() > 0.35 else None
    latin = language in ("en", "pt", "es", "fr", "de", "it", "nl") and random.random() < 0.8
    return Issuer(
        name=name,
        others=(others[0], others[1]),
        host=_host(name),
        language=language,
        family=family,
        phrases=phrases,
        fields=random.sample(pairs(language), random.randint(0, 4)),
        signers=_signers(random, language),
        opening=random.choice(("that", "that", "to")),
        faces=random.choice(_LATIN_FACES if latin else _FACES),
        sizes=_sizes(random),
        bold=frozenset(part for part in ("heading", "holder", "course", "date", "signer") if random.random() < 0.5),
        capitals=frozenset(
            part
            for part, share in {"heading": 0.45, "intro": 0.15, "did": 0.12, "holder": 0.14, "course": 0.12}.items()
            if random.random() < share
        ),
        colours=random.choice(_COLOURS),
        title_language="en" if random.random() < 0.25 else language,
        title_form=random.choice(("as is",) * 7 + ("sentence",)),
        name_form=random.choice(("as is",) * 14 + ("capitals",) * 3 + ("small", "surname", "comma", "honour")),
        quotes=random.choice(("", "", "", "", '""', "“”")),
        date=_date(random, language, family),
        compact_range=random.random() < 0.6,
        range_share=random.choice((0, 0, 0, 0, 0, 0.4, 1)),
        states_issue=random.random() < 0.14,
        states_expiry=random.random() < 0.06,
        undated=random.random() < 0.03,
        date_style=random.choice(("bare", "label: value", "label: value", "label value", "above", "below")),
        code_shape=code_shape,
        code_style=random.choice(("beside", "beside", "beside", "space", "above", "below", "bare")),
        url_style=_url_style(random, code_shape),
        hours_share=random.choice((0, 0, 0, 0.6, 1, 1)),
        hours_form=random.choice(("whole", "whole", "whole", "minutes", "half", "padded")),
        has_credits=random.random() < 0.1,
        has_number=random.random() < 0.3,
        printed=family.printed or random.random() < 0.04,
    )


def _date(random: Random, language: str, family: Family) -> str:
    template = random.choice(words(language)["dates"])
    in_sentence = not DATED & set(family.blocks) - {"when", "sentence", "didsentence", "place"}
    while days.in_full(template) and (not in_sentence or any(one.startswith("form") for one in family.blocks)):
        template = random.choice(words(language)["dates"])
    return template


def _signers(random: Random, language: str) -> tuple[tuple[str, str], ...]:
    offices = words(language)["offices"]
    return tuple((person(random, language), random.choice(offices)) for _ in range(random.randint(1, 4)))


def _organisation(random: Random, language: str) -> str:
    tables = words(language if random.random() < 0.85 else "en")
    return random.choice(tables["org_patterns"]).format(stem=random.choice(stems()))


def _host(name: str) -> str:
    """A host under a domain that is nobody's (RFC 2606)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    letters = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    letters = letters if len(letters) < 25 else letters[:25].rpartition("-")[0]
    return f"{letters or 'academy'}.example.org"


def _sizes(random: Random) -> dict[str, float]:
    base = random.choice((9.5, 10.5, 11, 12, 13, 14))
    return {
        "text": base,
        "small": base * random.choice((0.6, 0.7, 0.8)),
        "heading": random.choice((base, 18, 22, 26, 30, 34, 40)),
        "holder": random.choice((base, base * 1.2, 16, 20, 24, 28, 32)),
        "course": random.choice((base, base * 1.2, 15, 18, 20, 24, 30)),
        "signer": base * random.choice((0.7, 0.8, 0.9, 1, 1.3)),
        "logo": random.choice((base, 14, 18, 24, 30)),
    }


def _url_style(random: Random, code_shape: str | None) -> str:
    """How a verification page is named: with the code in it, in general, behind a link only, or not at all."""
    if code_shape is None:
        return random.choice(("none",) * 9 + ("general",))
    return random.choice(("none", "none", "none", "token", "token", "general", "link", "short"))
