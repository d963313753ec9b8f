import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates import KnownActivity, duplicate_keys, is_same, may_be_same, normal_code
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


def test_keys_of_a_certificate_with_and_without_a_code() -> None:
    assert duplicate_keys("11", 2, None, "Soil", DAY) == ("bytes:11:2",)
    assert duplicate_keys("11", 2, " ", "Soil", DAY) == ("bytes:11:2",)
    assert duplicate_keys("11", 2, "ZX 81", "Soil: Basics", DAY) == ("bytes:11:2", "code:zx81:2026-10-05:soilbasics")


CODES = st.sampled_from([None, "ZX81", "zx 81", "aB1", "ab1"])
COURSES = st.sampled_from(["Soil", "SOIL!", "Rain", "C++", "C#"])
DAYS = st.sampled_from([DAY, dt.date(2026, 10, 6)])


@given(CODES, COURSES, DAYS, CODES, COURSES, DAYS)
def test_the_same_certificate_and_equal_keys_are_one_thing(  # noqa: PLR0917
    code: str | None, course: str, day: dt.date, other_code: str | None, other_course: str, other_day: dt.date
) -> None:
    known = KnownActivity(1, "holder", course, day, code)
    keys, other_keys = (
        duplicate_keys("1", 1, code, course, day),
        duplicate_keys("2", 1, other_code, other_course, other_day),
    )
    assert is_same(known, other_code, other_course, other_day) == bool({*keys} & {*other_keys})
    if is_same(known, other_code, other_course, other_day):
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
