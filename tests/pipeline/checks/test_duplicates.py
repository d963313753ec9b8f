import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.duplicates import KnownActivity, code_key, may_be_same, normal_code
from pipeline.folding import fold, nearly_equal

DAY = dt.date(2026, 10, 5)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ZX81-44AB", "zx81-44ab", True),
        ("ZX81 44AB", "ZX8144AB", True),
        ("ZX81\u201344AB", "ZX81-44AB", True),
        ("\uff3a\uff3881", "ZX81", True),
        ("ZX81-44AB", "ZX8144AB", False),
        ("aBcD", "AbCd", False),
        ("aBcD", "abcd", False),
    ],
)
def test_one_code_or_two(one: str, other: str, same: bool) -> None:
    assert (normal_code(one) == normal_code(other)) is same


@given(st.text(max_size=30))
def test_a_normal_code_stays_as_it_is(code: str) -> None:
    once = normal_code(code)
    assert normal_code(once) == once


def test_the_key_of_a_certificate_with_and_without_a_code() -> None:
    assert code_key(None, "Soil", DAY) is code_key(" ", "Soil", DAY) is None
    assert code_key("ZX 81", "Soil: Basics", DAY) == "zx81:2026-10-05:soilbasics"
    assert code_key("ZX 81", "Soil", DAY, issuer="Any") == code_key("ZX 81", "Soil", DAY)
    assert code_key("ZX 81", "Soil", DAY, issuer="A School", unique=False) == "zx81:2026-10-05:soil:aschool"


CODES = st.sampled_from([None, "ZX81", "zx 81", "aB1", "ab1"])
COURSES = st.sampled_from(["Soil", "SOIL!", "Rain", "C++", "C#"])
DAYS = st.sampled_from([DAY, dt.date(2026, 10, 6)])


@given(CODES, COURSES, DAYS, CODES, COURSES, DAYS)
def test_what_has_one_key_agrees_in_code_course_and_day(  # noqa: PLR0917
    code: str | None, course: str, day: dt.date, other_code: str | None, other_course: str, other_day: dt.date
) -> None:
    known = KnownActivity(1, "holder", course, day, code, code_key=code_key(code, course, day))
    key = code_key(other_code, other_course, other_day)
    agree = (normal_code(code or ""), fold(course), day) == (
        normal_code(other_code or ""),
        fold(other_course),
        other_day,
    )
    assert (key is not None and key == known.code_key) == (agree and bool(code))
    if agree and code:
        assert may_be_same(known, other_code, other_course)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Gardening for Machines", "GARDENING FOR MACHINES.", True),
        ("Gardening for Machines", "Gardenlng for Machlnes", True),
        ("Gardening for Machines", "Gardening for Humans", False),
        ("Œuvre Łódź", "oeuvre lodz", True),
        ("C++", "C#", False),
        ("---", "***", False),
        ("हिन्दी", "हन्द", False),
    ],
)
def test_nearly_equal_titles(one: str, other: str, near: bool) -> None:
    assert nearly_equal(one, other) is near


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aZ09 -+#_.\u00e9", max_size=20))
def test_plain_and_accented_texts_are_folded_alike(text: str) -> None:
    assert fold(text.replace("\u00e9", "e")) == fold(text)
