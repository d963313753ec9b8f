"""The catalogue as people see it: every offer in force, and those that a title may be."""

import datetime as dt
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from extractors.model import Extraction
from pipeline.errors import WrongUse
from pipeline.verdicts.rulebook import Rulebook
from rules.catalogue import ExamOffer, Offer, match_offer
from rules.model import Credits, plain
from rules.reading import nearest


class OfferRow(BaseModel):
    """One offer or exam, as `recert offers list --format jsonl` prints it; `credits` is null for an exam."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    program: str
    kind: str | None
    exam: bool
    code: str | None
    holding: str | None
    credits: Credits | None
    price: Credits | None
    currency: str | None
    valid_from: dt.date | None
    valid_until: dt.date | None
    source: str
    needs_confirmation: bool

    @property
    def worth(self) -> str:
        if self.credits is None:
            return f"exam {self.code or ''}".strip()
        return plain(self.credits) + (" (not confirmed)" if self.needs_confirmation else "")

    @property
    def cost(self) -> str:
        return price_text(self.price, self.currency)

    @property
    def open(self) -> str:
        begins = f"from {self.valid_from}" if self.valid_from else ""
        ends = f"until {self.valid_until}" if self.valid_until else ""
        return f"{begins} {ends}".strip() or "always"


class LikelyOffer(BaseModel):
    """An offer that a title may be. `percent` is rounded down, and never above how certain the title is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    program: str
    percent: int
    certain: bool
    in_time: bool
    worth: str
    source: str


def price_text(price: Decimal | None, currency: str | None) -> str:
    """`99 GBP`, `free`, `not known`."""
    if price is None:
        return "not known"
    return f"{plain(price)} {currency or ''}".strip() if price else "free"


def offer_rows(rulebook: Rulebook, program: str | None = None, on: dt.date | None = None) -> tuple[OfferRow, ...]:
    """The offers, then the exams, in the order of the catalogue. Raises WrongUse for a program that is not there."""
    if program is not None and program not in rulebook.programs:
        raise WrongUse(f"There is no program “{program}”.", nearest(program, [*rulebook.programs]))
    rows: tuple[Offer | ExamOffer, ...] = (*rulebook.offers.offers, *rulebook.offers.exams)
    return tuple(_row(row) for row in rows if program in (None, row.program) and (on is None or _open(row, on)))


def _open(row: Offer | ExamOffer, on: dt.date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_until is None or on <= row.valid_until)


def _row(row: Offer | ExamOffer) -> OfferRow:
    exam = isinstance(row, ExamOffer)
    return OfferRow(
        title=row.title,
        program=row.program,
        kind=row.kind,
        exam=exam,
        code=row.code if isinstance(row, ExamOffer) else None,
        holding=row.holding if isinstance(row, ExamOffer) else None,
        credits=row.credits if isinstance(row, Offer) else None,
        price=row.price,
        currency=row.currency,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=row.source,
        needs_confirmation=row.needs_confirmation,
    )


def likely_offers(
    rulebook: Rulebook, title: str, issuer: str | None, completed_on: dt.date, certainty: float = 1.0
) -> tuple[LikelyOffer, ...]:
    """The offers that a title may be, best first."""
    return tuple(
        LikelyOffer(
            title=match.offer.title,
            program=match.offer.program,
            percent=int(match.score * 100),
            certain=match.certain and certainty == 1.0,
            in_time=match.in_time,
            worth=f"{plain(match.offer.credits)} {rulebook.programs[match.offer.program].credit_unit}",
            source=match.offer.source,
        )
        for match in match_offer(title, issuer, completed_on, rulebook.offers, certainty)
    )


def offers_like(rulebook: Rulebook, extraction: Extraction) -> tuple[LikelyOffer, ...]:
    """The offers that the course of a certificate may be; none where its course or full completion date is not read."""
    course, completed = extraction.fields.course_name, extraction.fields.date("completed_on")
    if course.value is None or completed is None or completed.precision != "day":
        return ()
    return likely_offers(rulebook, course.value, extraction.profile, completed.earliest, course.confidence)
