"""The drawn look-alikes state what their truth says, and are as varied as the benchmark needs."""

import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from benchmarks.accuracy import lookalikes
from benchmarks.accuracy.lookalikes import ISSUERS, Lookalike, lookalike
from benchmarks.accuracy.lookalikes.tables import LANGUAGES, families
from extractors.profile import load_profiles


@cache
def _first() -> tuple[Lookalike, ...]:
    return tuple(lookalike(seed) for seed in range(ISSUERS))


def _squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _text(pdf: bytes) -> str:
    """Everything a page says, without white space: lines may be broken anywhere."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[number] for number in range(len(document))]
    return _squashed("".join(page.get_textpage().get_text_bounded() for page in pages))


@pytest.mark.parametrize("part", range(8))
def test_what_is_true_is_printed(part: int) -> None:
    for seed in range(part, ISSUERS, 8):
        drawn = _first()[seed]
        text = _text(drawn.pdf)
        url = drawn.truth.verify_url or ""
        linked = bool(url) and _squashed(url) not in text
        for field, value in drawn.printed.items():
            if linked and field in ("verify_url", "validation_code"):
                assert url.encode() in drawn.pdf, (seed, field)
            else:
                assert _squashed(value) in text, (seed, field, value)


def test_the_truth_is_what_was_printed_and_nothing_else() -> None:
    for seed, drawn in enumerate(_first()):
        for field in drawn.truth.__slots__:
            assert (getattr(drawn.truth, field) is not None) == (field in drawn.printed), (seed, field)
        assert drawn.truth.holder_name and drawn.truth.course_name, seed


def test_a_seed_always_draws_the_same() -> None:
    for seed in (0, 7, 399, 1234):
        assert lookalike(seed) == lookalike(seed)


def test_all_languages_families_and_issuers_occur() -> None:
    assert {drawn.language for drawn in _first()} == set(LANGUAGES)
    assert {drawn.family for drawn in _first()} == {family.name for family in families()}
    assert len(families()) >= 60
    assert len({drawn.issuer for drawn in _first()}) == ISSUERS


def test_an_issuer_keeps_its_look() -> None:
    one, other = lookalike(17), lookalike(17 + ISSUERS)
    assert (one.issuer, one.language, one.family) == (other.issuer, other.language, other.family)
    assert one.truth != other.truth


def test_about_a_third_has_no_code_and_nearly_all_have_a_date() -> None:
    without_code = sum(drawn.truth.validation_code is None for drawn in _first())
    without_date = sum(drawn.truth.completed_on is None for drawn in _first())
    assert 0.3 * ISSUERS < without_code < 0.5 * ISSUERS
    assert 0 < without_date < 0.08 * ISSUERS


def test_the_tables_name_no_issuer_that_is_known() -> None:
    room = Path(lookalikes.__file__).parent
    tables = "\n".join(path.read_text("utf8") for path in room.rglob("*.toml")).casefold()
    for profile in load_profiles().all:
        assert not re.search(rf"\b{re.escape(profile.issuer.casefold())}\b", tables), profile.issuer
