"""Phrases sought only where they can begin are found as if they were sought everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import find_amounts, find_course, find_holder, wording
from extractors.plain import squash
from extractors.wording import begun_within

_PHRASES = {
    name: pattern
    for name, pattern in vars(wording).items()
    if name.isupper() and not name.startswith("_") and isinstance(pattern, re.Pattern)
    if name not in ("COURSE_END", "COURSE_END_BEGINS", "WORD_BEGINS", "BEFORE_DATE")
}
# Phrases that end a name or a title, and amounts, with what they are said to begin with.
_ENDING = [*find_holder._ENDING, *find_course._ENDING]
_AMOUNTS = [find_amounts._HOURS[place] for place in sorted(find_amounts._HOURS_FIRST)]
_AMOUNTS += [find_amounts._CREDITS[place] for place in sorted(find_amounts._CREDITS_FIRST)]
_ENDING += [(pattern, find_amounts._NUMBER_BEGINS) for pattern in _AMOUNTS]
_SAID = (
    "this is to certify that has successfully completed the course certificate of completion presented a online on by "
    "offered certifica que concluiu o curso con exito teilgenommen am vom recipient name date , . : ; ( ) - 4 2021 "
    "upon complet portador cpf s/o 12.5 hours 40 h 1:30 (40) horas 3 cpe credits e и"
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


@pytest.mark.parametrize(("pattern", "beginnings"), _ENDING, ids=range(len(_ENDING)))
@given(text=_TEXTS, data=st.data())
def test_ends_and_amounts_too(
    pattern: re.Pattern[str], beginnings: re.Pattern[str], text: str, data: st.DataObject
) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    expected = [match.span() for match in pattern.finditer(text, start) if match.start() < end]
    found = begun_within(pattern, text, start, end, beginnings)
    assert [match.span() for match in found] == expected


@given(st.text(max_size=40))
def test_squashed_are_the_letters_and_digits(text: str) -> None:
    assert squash(text) == "".join(squash(char) for char in text)
    assert all(char.isalnum() for char in squash(text))
