"""Offers: what a course with a certain title is worth to a program, until when, and where that is written."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import Field
from rapidfuzz import fuzz

from rules.calendar import written
from rules.model import Amount, Frozen
from rules.program import Program, shipped_programs
from rules.reading import CatalogueError, key_of, nearest, read_toml
from rules.scenario_form import Name
from rules.titles import normalised

# Below this a title is another title; between it and 1 a person decides.
LEAST_SCORE = 0.8
# What a match may reach at most: a near title; the right title of an issuer that is not known, or of another one.
NEAR_TITLE, UNKNOWN_ISSUER, OTHER_ISSUER = 0.95, 0.95, 0.5


class Offer(Frozen):
    """One offer. `issuer` is a profile's id where the source names who prints the certificate; `valid_until` is the
    last day to complete it. `price` is 0 for a free one and absent where no source says."""

    title: Name
    aliases: tuple[Name, ...] = ()
    issuer: Name | None = None
    program: str
    kind: str
    credits: Amount
    price: Amount | None = None
    currency: Name | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    source: Name
    needs_confirmation: bool = False


class ExamOffer(Frozen):
    """One exam that can be taken, for plans: its `kind` as the program names it, and the certification that it must
    match, where the program asks for a match. `price` is absent where no source says."""

    title: Name
    code: Name
    program: str
    kind: str | None = None
    holding: Name | None = None
    price: Amount | None = None
    currency: Name | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    source: Name
    needs_confirmation: bool = False


class Catalogue(Frozen):
    """Offers and exams in the order of their files."""

    offers: tuple[Offer, ...] = Field(default=(), alias="offer")
    exams: tuple[ExamOffer, ...] = Field(default=(), alias="exam")


@dataclass(frozen=True, slots=True)
class OfferMatch:
    """`likeness` is 1 only for the same title (after normalising) and no doubt about the issuer; `score` is what may be
    shown of it: never more than how certain the title itself is. `in_time` is whether it was completed within the
    offer's days; a late one is still the same offer, and the rules refuse it by its date."""

    offer: Offer
    likeness: float
    score: float
    in_time: bool

    @property
    def certain(self) -> bool:
        return self.likeness == 1.0


def load_catalogue(text: str, file: str, programs: Mapping[str, Program]) -> Catalogue:
    """A catalogue from its TOML text, shipped or a user's own. Raises CatalogueError naming file, key and remedy."""
    catalogue = read_toml(text, file, Catalogue, CatalogueError)
    for number, offer in enumerate(catalogue.offers):
        _check(offer, ("offer", number), file, programs)
        kinds = [*programs[offer.program].versions[-1].kinds]
        if offer.kind not in kinds:
            key = key_of(("offer", number, "kind"))
            raise CatalogueError(file, key, f'there is no kind "{offer.kind}"', nearest(offer.kind, kinds))
    for number, exam in enumerate(catalogue.exams):
        _check(exam, ("exam", number), file, programs)
        _check_exam(exam, number, file, programs[exam.program])
    return catalogue


def _check(row: Offer | ExamOffer, here: tuple[str, int], file: str, programs: Mapping[str, Program]) -> None:
    """What offers and exams have in common."""
    if row.program not in programs:
        key = key_of((*here, "program"))
        raise CatalogueError(file, key, f'there is no program "{row.program}"', nearest(row.program, [*programs]))
    if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
        problem = f"the offer ends on {written(row.valid_until)}, before it begins"
        raise CatalogueError(file, key_of((*here, "valid_until")), problem, "Correct one of the two days.")
    if row.price and row.currency is None:
        raise CatalogueError(
            file, key_of((*here, "currency")), "a price needs its currency", 'Write "GBP" or the like.'
        )


def _check_exam(exam: ExamOffer, number: int, file: str, program: Program) -> None:
    rules = program.versions[-1].exam
    if rules.kinds and exam.kind not in rules.kinds:
        key = key_of(("exam", number, "kind"))
        raise CatalogueError(
            file, key, f'there is no kind of exam "{exam.kind or ""}"', nearest(exam.kind or "", [*rules.kinds])
        )
    if rules.match == "holding" and exam.holding is None:
        key = key_of(("exam", number, "holding"))
        raise CatalogueError(file, key, f"an exam of {program.name} renews one certification", "Name it.")


@cache
def shipped_catalogue() -> Catalogue:
    """Every offer in `rules/catalogue/`. Raises CatalogueError."""
    folder = resources.files("rules") / "catalogue"
    files = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda entry: entry.name)
    programs = shipped_programs()
    loaded = (load_catalogue(entry.read_text(encoding="utf-8"), entry.name, programs) for entry in files)
    return joined(*loaded)


def joined(*catalogues: Catalogue) -> Catalogue:
    """Several catalogues as one; a user's own goes first, so that of two equal matches it wins."""
    return Catalogue(
        offer=tuple(offer for catalogue in catalogues for offer in catalogue.offers),
        exam=tuple(exam for catalogue in catalogues for exam in catalogue.exams),
    )


def match_offer(
    title: str, issuer: str | None, completed_on: dt.date, catalogue: Catalogue, certainty: float = 1.0
) -> tuple[OfferMatch, ...]:
    """The offers that a course title may be, best first; those of its day before those that had ended or not begun.
    `certainty` is how certain the title was read."""
    wanted = normalised(title)
    found: list[OfferMatch] = []
    for offer in catalogue.offers:
        score = max(_likeness(wanted, normalised(name)) for name in (offer.title, *offer.aliases))
        if offer.issuer is not None and offer.issuer != issuer:
            score = min(score, UNKNOWN_ISSUER if issuer is None else OTHER_ISSUER)
        if score >= LEAST_SCORE:
            found.append(OfferMatch(offer, score, min(score, certainty), _in_time(offer, completed_on)))
    return tuple(sorted(found, key=lambda match: (-match.likeness, not match.in_time)))


def _likeness(wanted: str, known: str) -> float:
    if wanted == known:
        return 1.0 if wanted else 0.0
    numbers = [re.findall(r"\d+", text) for text in (wanted, known)]
    if numbers[0] != numbers[1]:  # "Part 1" is not "Part 2", however alike the rest
        return 0.0
    return min(NEAR_TITLE, round(fuzz.ratio(wanted, known) / 100, 4))


def _in_time(offer: Offer, completed_on: dt.date) -> bool:
    begun = offer.valid_from is None or completed_on >= offer.valid_from
    return begun and (offer.valid_until is None or completed_on <= offer.valid_until)
