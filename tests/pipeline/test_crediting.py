import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crediting import credit
from pipeline.ledger.events import ActivityFacts
from rules.catalogue import Catalogue, Offer
from rules.model import Holding
from rules.program import shipped_programs

PROGRAMS = shipped_programs()
DAY = dt.date(2026, 3, 4)
KNOWN, OTHER = "cisco-digital-learning", "somebody-else"
OFFERS = Catalogue(
    offer=(
        Offer(title="Soil: Basics", program="cisco", kind="offer", credits=Decimal(15), valid_until=DAY, source="S"),
        Offer(title="Rain", issuer=OTHER, program="cisco", kind="workshop", credits=Decimal(8), source="S"),
        Offer(title="Rain (no labs)", program="cisco", kind="course_without_labs", credits=Decimal(0), source="S"),
        Offer(
            title="Sun", program="cisco", kind="offer", credits=Decimal(4), valid_from=dt.date(2026, 3, 5), source="S"
        ),
        Offer(title="Wind", program="cisco", kind="offer", credits=Decimal(4), source="S", needs_confirmation=True),
        Offer(title="Rain", issuer=OTHER, program="atlassian", kind="global_event", credits=Decimal(30), source="S"),
    )
)


def holding(program: str, name: str = "Any") -> Holding:
    return Holding(program=program, name=name, level="any", earned_on=DAY, recorded_on=DAY)


CISCO = (holding("cisco"), holding("cisco", "Another"))


def facts(course: str, credits: str | None = None, unit: str | None = None, hours: str | None = None) -> ActivityFacts:
    return ActivityFacts(
        course_name=course,
        completed_on=DAY,
        credits=None if credits is None else Decimal(credits),
        credit_unit=unit,
        hours=None if hours is None else Decimal(hours),
    )


CASES = [
    ("offer by title", facts("SOIL – Basics"), KNOWN, ("offer", "15", True, DAY)),
    ("offer by title, unknown issuer", facts("Soil: Basics"), None, ("offer", "15", False, DAY)),
    ("offer by title, another issuer", facts("Soil: Basics"), OTHER, ("offer", "15", False, DAY)),
    ("offer by title and issuer", facts("Rain"), OTHER, ("workshop", "8", True, None)),
    ("offer, printed agrees", facts("Soil: Basics", "15", "CE credits"), KNOWN, ("offer", "15", True, DAY)),
    ("offer, printed differs", facts("Soil: Basics", "12", "CE credits"), KNOWN, ("offer", "15", False, DAY)),
    ("offer, printed in another unit", facts("Soil: Basics", "12", "CPE"), KNOWN, ("offer", "15", True, DAY)),
    ("worth nothing", facts("Rain (NO LABS)"), KNOWN, ("course_without_labs", "0", True, None)),
    ("not begun", facts("Sun"), KNOWN, ("offer", "4", False, None)),
    ("not confirmed", facts("Wind"), KNOWN, ("offer", "4", False, None)),
    ("nearly an offer", facts("Soil: Basic"), None, ("offer", "15", False, DAY)),
    ("nearly an offer, but printed", facts("Soil: Basic", "12", "CE"), KNOWN, ("course", "12", True, None)),
    ("printed by the issuer", facts("Mulch", "12", "ce credits"), KNOWN, ("course", "12", True, None)),
    ("printed by anybody", facts("Mulch", "12", "CE credits"), None, ("course", "12", False, None)),
    ("printed without a unit", facts("Mulch", "12"), None, None),
    ("of the issuer, nothing printed", facts("Mulch", hours="14"), KNOWN, ("course", None, False, None)),
    ("only hours", facts("Mulch", hours="14"), None, None),
]


@pytest.mark.parametrize(("stated", "profile", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_one_activity_for_one_program(
    stated: ActivityFacts, profile: str | None, expected: tuple[str, str | None, bool, dt.date | None] | None
) -> None:
    claims = credit(stated, profile, CISCO, OFFERS, PROGRAMS)
    if expected is None:
        assert claims == ()
        return
    (claim,) = claims
    kind, credits, certain, ends = expected
    assert (claim.program, claim.kind, claim.certain, claim.offer_ends_on) == ("cisco", kind, certain, ends)
    assert claim.credits == (None if credits is None else Decimal(credits))
    assert certain == ("; but " not in claim.basis)


def test_a_kind_with_a_value_needs_no_printed_credits() -> None:
    (claim,) = credit(facts("Mulch", hours="3"), "atlassian-university", (holding("atlassian"),), OFFERS, PROGRAMS)
    assert (claim.kind, claim.credits, claim.certain) == ("course", None, True)
    assert "10 CE units" in claim.basis
    doubtful = facts("Mulch", "12", "CE units")
    (claim,) = credit(doubtful, "atlassian-university", (holding("atlassian"),), OFFERS, PROGRAMS)
    assert (claim.credits, claim.certain) == (12, False)


def test_claims_are_for_programs_in_which_something_is_held() -> None:
    assert credit(facts("Rain"), OTHER, (), OFFERS, PROGRAMS) == ()
    assert credit(facts("Rain"), OTHER, (holding("gone"),), OFFERS, PROGRAMS) == ()
    both = credit(facts("Rain"), OTHER, (*CISCO, holding("atlassian")), OFFERS, PROGRAMS)
    assert [(claim.program, claim.credits) for claim in both] == [("cisco", 8), ("atlassian", 30)]


def test_the_users_own_offer_goes_first() -> None:
    own = Offer(title="Rain", issuer=OTHER, program="cisco", kind="course", credits=Decimal(9), source="me")
    (claim,) = credit(facts("Rain"), OTHER, CISCO, Catalogue(offer=(own, *OFFERS.offers)), PROGRAMS)
    assert (claim.kind, claim.credits) == ("course", 9)


def test_repeats_are_known_by_the_official_title() -> None:
    (claim,) = credit(facts("soil BASICS"), KNOWN, CISCO, OFFERS, PROGRAMS)
    assert claim.course == "Soil: Basics"


@given(st.decimals(0, 1000, places=1), st.text(max_size=20), st.sampled_from([None, KNOWN, OTHER]))
def test_credits_never_come_from_hours(hours: Decimal, course: str, profile: str | None) -> None:
    without = credit(facts(course), profile, CISCO, OFFERS, PROGRAMS)
    assert credit(facts(course, hours=str(hours)), profile, CISCO, OFFERS, PROGRAMS) == without
