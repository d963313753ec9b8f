"""What a believed activity may count for: zero or more claims, proposed from data and never derived from hours."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.ledger.events import ActivityFacts
from rules.catalogue import Catalogue, OfferMatch, match_offer
from rules.model import Holding, plain
from rules.program import Program


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """One activity counted for one program. `course` is the title by which repeats are judged, `basis` says in words
    where kind and credits come from. What is not `certain` is for a person to confirm.

    `credits` None means the value that the program gives the kind, or, where it gives none, that nobody knows yet.
    """

    program: str
    kind: str
    credits: Decimal | None
    course: str
    basis: str
    offer_ends_on: dt.date | None = None
    certain: bool = True


def credit(
    facts: ActivityFacts,
    profile: str | None,
    holdings: Iterable[Holding],
    offers: Catalogue,
    programs: Mapping[str, Program],
) -> tuple[ProposedClaim, ...]:
    """At most one claim for each program in which the person holds something; none leaves the activity uncredited.

    `profile` is the id of the issuer's profile, None for an unknown issuer. `offers` has the user's own first. A
    program in which nothing is held yet gets no claim; once a holding is recorded, people/late_claims.py finds it. The
    first of these that fits decides: an offer of exactly this title; the kind that the program gives this issuer's
    documents, with the printed credits or the kind's value; an offer of nearly this title; printed credits in the
    program's unit by anybody. Only the first two can be certain.
    """
    held = dict.fromkeys(holding.program for holding in holdings)
    proposed = (_claim(facts, profile, offers, programs[name]) for name in held if name in programs)
    return tuple(claim for claim in proposed if claim is not None)


def _claim(facts: ActivityFacts, profile: str | None, offers: Catalogue, program: Program) -> ProposedClaim | None:
    matches = match_offer(facts.course_name, profile, facts.completed_on, offers)
    mine = [match for match in matches if match.offer.program == program.id]
    if mine and mine[0].certain:
        return _by_offer(facts, profile, mine[0], program)
    recognised = _by_issuer(facts, profile, program)
    if recognised is not None and (recognised.certain or not mine):
        return recognised
    return _by_offer(facts, profile, mine[0], program) if mine else _by_print(facts, program)


def _by_offer(facts: ActivityFacts, profile: str | None, match: OfferMatch, program: Program) -> ProposedClaim:
    """A claim by an offer. It is certain where nothing is open: title, issuer, days, the value, what is printed.

    An offer that names no issuer is certain for issuers that the program recognises: anybody may give a course the
    same title.
    """
    offer, printed = match.offer, _printed(facts, program)
    doubts: list[str] = []
    if not match.certain:
        doubts.append(f"the title or the issuer agrees only nearly ({int(match.score * 100)} %)")
    elif offer.issuer is None and (profile is None or program.recognises(profile) is None):
        doubts.append("the issuer is not known to give this offer")
    if offer.valid_from is not None and facts.completed_on < offer.valid_from:
        doubts.append(f"the offer began on {offer.valid_from}")
    if offer.needs_confirmation:
        doubts.append("the offer's value is not confirmed")
    if printed is not None and printed != offer.credits:
        doubts.append(f"the document says {plain(printed)}")
    basis = f"offer “{offer.title}”: {plain(offer.credits)} {program.credit_unit}, by {offer.source}"
    return ProposedClaim(
        program=program.id,
        kind=offer.kind,
        credits=offer.credits,
        course=offer.title if match.certain else facts.course_name,
        basis=basis + _but(doubts),
        offer_ends_on=offer.valid_until,
        certain=not doubts,
    )


def _by_issuer(facts: ActivityFacts, profile: str | None, program: Program) -> ProposedClaim | None:
    """A claim by the kind that the program gives the documents of this issuer."""
    name = None if profile is None else program.recognises(profile)
    kind = None if name is None else program.kind_on(name, facts.completed_on)
    if name is None or kind is None:
        return None
    printed, doubts = _printed(facts, program), []
    if printed is None and kind.value is None:
        doubts.append("neither the document nor a catalogue states its credits")
    elif printed is not None and kind.value is not None and printed != kind.value:
        doubts.append(f"the document says {plain(printed)}, the program {plain(kind.value)}")
    known = printed if printed is not None else kind.value
    worth = f": {plain(known)} {program.credit_unit}" if known is not None else ""
    where = " as printed" if printed is not None else ""
    return ProposedClaim(
        program=program.id,
        kind=name,
        credits=printed,
        course=facts.course_name,
        basis=f"{kind.name} of an issuer that {program.name} recognises{worth}{where}" + _but(doubts),
        certain=not doubts,
    )


def _by_print(facts: ActivityFacts, program: Program) -> ProposedClaim | None:
    """A claim by credits that some document prints in the program's unit; such units are not the program's alone."""
    printed = _printed(facts, program)
    if printed is None:
        return None
    kinds = program.version_on(facts.completed_on).kinds
    usual = next((known.kind for known in program.issuers if known.kind in kinds), None) or next(iter(kinds), None)
    if usual is None:
        return None
    return ProposedClaim(
        program=program.id,
        kind=usual,
        credits=printed,
        course=facts.course_name,
        basis=f"{plain(printed)} {facts.credit_unit} as printed"
        + _but([f"{program.name} does not recognise the issuer"]),
        certain=False,
    )


def _printed(facts: ActivityFacts, program: Program) -> Decimal | None:
    believed = facts.credit_unit is not None and program.believes_unit(facts.credit_unit)
    return facts.credits if believed else None


def _but(doubts: list[str]) -> str:
    return f"; but {', and '.join(doubts)}" if doubts else ""
