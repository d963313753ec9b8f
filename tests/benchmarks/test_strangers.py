"""The drawn strangers state what their truth says, in every layout and language, and always the same."""

import re
from functools import cache

import pypdfium2

from benchmarks.accuracy.strangers import STRANGERS, Stranger, stranger
from benchmarks.accuracy.strangers.facts import words
from benchmarks.accuracy.strangers.layouts import LAYOUTS
from extractors.profile import load_profiles


@cache
def some() -> tuple[Stranger, ...]:
    return tuple(stranger(seed) for seed in range(0, STRANGERS, 9))


def squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_what_is_true_is_printed() -> None:
    written = [drawn for drawn in some() if drawn.kind == "pdf"]
    assert written
    for drawn in written:
        text = squashed(pypdfium2.PdfDocument(drawn.data)[0].get_textpage().get_text_bounded())
        for field in ("holder_name", "course_name", "validation_code"):
            value = drawn.truth[field]
            assert value is None or squashed(value) in text, (drawn.issuer, field)
        assert drawn.truth["completed_on"]


def test_a_seed_always_draws_the_same_facts() -> None:
    for drawn in some()[:2]:
        again = stranger(int(drawn.issuer.removeprefix("stranger-")))
        assert (again.truth, again.layout, again.kind) == (drawn.truth, drawn.layout, drawn.kind)


def test_layouts_kinds_and_languages_occur() -> None:
    assert {drawn.layout for drawn in some()} == {layout.__name__ for layout, _, _ in LAYOUTS}
    assert {drawn.kind for drawn in some()} == {"pdf", "png", "jpg"}
    assert len({drawn.language for drawn in some()}) >= 4
    assert {drawn.truth["validation_code"] is None for drawn in some()} == {True, False}


def test_the_words_name_no_issuer_that_is_known() -> None:
    told = str(words()).casefold()
    for profile in load_profiles().all:
        assert not re.search(rf"\b{re.escape(profile.issuer.casefold())}\b", told), profile.issuer
