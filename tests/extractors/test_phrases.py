"""Phrases sought only where they can begin are found as if they were sought everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import wording
from extractors.plain import squash
from extractors.wording import COURSE_END, COURSE_END_BEGINS, begun_within

_PHRASES = {
    name: pattern
    for name, pattern in vars(wording).items()
    if name.isupper() and not name.startswith("_") and isinstance(pattern, re.Pattern)
    if name not in ("COURSE_END", "COURSE_END_BEGINS", "BEFORE_DATE")
}
_SAID = (
    "this is to certify that has successfully completed the course certificate of completion presented a online on by "
    "offered certifica que concluiu o curso con exito teilgenommen am vom recipient name date , . : ; ( ) - 4 2021"
)
_WORDS = st.sampled_from(_SAID.split())
_TEXTS = st.lists(st.tuples(_WORDS, st.sampled_from(["", " ", "\n", ", "])), max_size=25).map(
    lambda pairs: "".join(f"{word}{gap}" for word, gap in pairs)
)


@pytest.mark.parametrize("name", sorted(_PHRASES))
@given(text=_TEXTS, data=st.data())
def test_as_if_sought_everywhere(name: str, text: str, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    expected = [match.span() for match in _PHRASES[name].finditer(text, start) if match.start() < end]
    assert [match.span() for match in begun_within(_PHRASES[name], text, start, end)] == expected


@given(text=_TEXTS, data=st.data())
def test_the_end_of_a_course_too(text: str, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    expected = [match.span() for match in COURSE_END.finditer(text, start) if match.start() < end]
    found = begun_within(COURSE_END, text, start, end, COURSE_END_BEGINS)
    assert [match.span() for match in found] == expected


@given(st.text(max_size=40))
def test_squashed_are_the_letters_and_digits(text: str) -> None:
    assert squash(text) == "".join(squash(char) for char in text)
    assert all(char.isalnum() for char in squash(text))
