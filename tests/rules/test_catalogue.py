"""Offers: what is shipped, how a title finds its offer, and errors of a user's own file."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalogue import joined, load_catalogue, match_offer, shipped_catalogue
from rules.program import shipped_programs
from rules.reading import CatalogueError

DAY = dt.date(2023, 4, 1)
OWN = """
[[offer]]
title = "Our Own Workshop, Part 1"
issuer = "our-school"
program = "atlassian"
kind = "course"
credits = 10
source = "our training department"
"""


def test_the_two_offers_of_the_article_are_there() -> None:
    found = {offer.title: offer for offer in shipped_catalogue().offers}
    python, fundamentals = found["Rev Up to Recert: Python"], found["Cisco DevNet Associate Fundamentals"]
    assert (python.credits, python.price, python.valid_until) == (Decimal(15), 0, dt.date(2023, 4, 20))
    assert (fundamentals.credits, fundamentals.price, fundamentals.currency) == (Decimal(48), 99, "GBP")
    assert fundamentals.valid_until == dt.date(2023, 4, 30)
    assert all(offer.source for offer in found.values())


@pytest.mark.parametrize(
    "title",
    [
        "Rev Up to Recert: Python",
        "REV UP TO RECERT – PYTHON",
        "Rev  Up to Recert:\nPython",
        "Rev Up to Recert™: Python",
    ],
)
def test_the_same_title_is_certain_however_it_is_printed(title: str) -> None:
    (match,) = match_offer(title, None, DAY, shipped_catalogue())
    assert (match.score, match.certain, match.in_time) == (1.0, True, True)


@pytest.mark.parametrize(
    "title", ["Rev Up to Recert: Pithon", "Rev Up to Recert Pyhton", "Rev-Up to Recert: Python!!a"]
)
def test_a_near_title_is_never_certain(title: str) -> None:
    (match,) = match_offer(title, None, DAY, shipped_catalogue())
    assert 0.8 <= match.score < 1
    assert not match.certain


@pytest.mark.parametrize(
    "title", ["", "Python", "Rev Up to Recert: Python 2", "Rev Up to Recert: Ansible and more", "!!"]
)
def test_another_title_is_no_match(title: str) -> None:
    assert match_offer(title, None, DAY, shipped_catalogue()) == ()


def test_an_offer_that_had_ended_is_found_and_said_to_be_late() -> None:
    (match,) = match_offer("Rev Up to Recert: Python", None, dt.date(2023, 4, 21), shipped_catalogue())
    assert not match.in_time
    (match,) = match_offer("Rev Up to Recert: Python", None, dt.date(2023, 4, 20), shipped_catalogue())
    assert match.in_time


def test_the_right_title_of_another_issuer_is_not_certain() -> None:
    own = load_catalogue(OWN, "catalogue.toml", shipped_programs())
    title = "Our Own Workshop - Part 1"
    assert [match.score for match in match_offer(title, "our-school", DAY, own)] == [1.0]
    assert [match.certain for match in match_offer(title, None, DAY, own)] == [False]
    assert match_offer(title, "another-school", DAY, own) == ()
    assert match_offer("Our Own Workshop, Part 2", "our-school", DAY, own) == ()


def test_a_user_s_own_catalogue_goes_before_the_shipped_one() -> None:
    own = load_catalogue(OWN, "catalogue.toml", shipped_programs())
    assert joined(own, shipped_catalogue()).offers == (*own.offers, *shipped_catalogue().offers)


@pytest.mark.parametrize(
    ("right", "wrong", "key", "word"),
    [
        ('program = "atlassian"', 'program = "atlasian"', "offer[1].program", "atlassian"),
        ('kind = "course"', 'kind = "curse"', "offer[1].kind", "course"),
        ("credits = 10", "credits = -1", "offer[1].credits", "greater"),
        ("credits = 10", "credit = 10", "offer[1].credits", "missing"),
        ("credits = 10", "credits = 10\nvalid = 1", "offer[1].valid", "valid_from"),
        ('source = "our training department"\n', "", "offer[1].source", "missing"),
        (
            "credits = 10",
            "credits = 10\nvalid_from = 2024-02-01\nvalid_until = 2024-01-01",
            "offer[1].valid_until",
            "before",
        ),
        ("[[offer]]", "[[offer]", "", "not TOML"),
    ],
)
def test_a_mistake_in_a_catalogue_is_named(right: str, wrong: str, key: str, word: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(OWN.replace(right, wrong), "catalogue.toml", shipped_programs())
    assert (caught.value.file, caught.value.key) == ("catalogue.toml", key)
    assert word in str(caught.value)


@given(st.floats(0, 1), st.sampled_from(("Rev Up to Recert: Python", "Rev Up to Recert: Pithon")))
def test_a_score_is_never_above_the_certainty_of_the_title(certainty: float, title: str) -> None:
    (match,) = match_offer(title, None, DAY, shipped_catalogue(), certainty)
    assert match.score <= certainty and match.score <= match.likeness
    assert match.certain == (title == "Rev Up to Recert: Python")


EXAM = """
[[exam]]
title = "Core Technologies"
code = "900-401"
program = "cisco"
kind = "core"
price = 320
currency = "GBP"
source = "our training department"
"""


def test_exams_are_rows_of_a_catalogue_too() -> None:
    own = load_catalogue(OWN + EXAM, "catalogue.toml", shipped_programs())
    [exam] = joined(own, shipped_catalogue()).exams
    assert (exam.code, exam.price, exam.currency) == ("900-401", Decimal(320), "GBP")


@pytest.mark.parametrize(
    ("right", "wrong", "key", "word"),
    [
        ('kind = "core"', 'kind = "cor"', "exam[1].kind", "core"),
        ('kind = "core"\n', "", "exam[1].kind", "Known"),
        ('program = "cisco"', 'program = "cisko"', "exam[1].program", "cisco"),
        ('currency = "GBP"\n', "", "exam[1].currency", "needs its currency"),
        ('program = "cisco"\nkind = "core"', 'program = "atlassian"', "exam[1].holding", "renews one certification"),
        ('code = "900-401"\n', "", "exam[1].code", "missing"),
    ],
)
def test_a_mistake_in_an_exam_is_named(right: str, wrong: str, key: str, word: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(EXAM.replace(right, wrong), "catalogue.toml", shipped_programs())
    assert caught.value.key == key and word in str(caught.value)
