"""Every sample through the real readers and checks: never believed wrongly, and what is plainly printed is believed."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

import pytest

from extractors.document import Limits
from extractors.errors import UnreadableDocument
from extractors.extract import extract
from extractors.model import Extraction
from extractors.ocr import TesseractEngine
from extractors.profile import Profiles, load_profiles
from pipeline.checks.duplicates import normal_code
from pipeline.checks.findings import Decision
from pipeline.settings import Settings
from pipeline.validate import check_document, decide, proposals
from tests.samples.case import EXPECTED_ON, Case, load_cases

CASES = {case.name: case for case in load_cases()}
_GRAVITY = [Decision.ACCEPT, Decision.REVIEW, Decision.REJECT]
_COMPARED = (
    "holder_name",
    "course_name",
    "started_on",
    "completed_on",
    "expires_on",
    "validation_code",
    "credits",
    "hours",
)
# Text layers of issuers whose layout is described: nothing about them is doubtful, so a review would be a defect. Where
# the words around the values are drawn and no code is shown, the few letters of text cannot prove that there is none.
_DESCRIBED = {profile.id for profile in load_profiles().all if {"holder_name", "course_name"} <= profile.fields.keys()}
_PLAIN = [
    name
    for name, case in CASES.items()
    if case.file.suffix == ".pdf" and case.expect.decision == "accept" and case.certificates[0].profile in _DESCRIBED
    if not {"image-only", "stale-text"} & set(case.story.draw.effects)
    if not any(page.outlined for page in case.story.pages)
    if case.certificates[0].validation_code
    or not any(" drawn|" in line for page in case.story.pages for line in page.lines)
]


def samples(names: Iterable[str]) -> pytest.MarkDecorator:
    """One test for each name; all tests of a sample run in one process, so that it is read once."""
    return pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names])


@cache
def profiles() -> Profiles:
    return load_profiles()


@cache
def read(name: str) -> tuple[Extraction, ...] | UnreadableDocument:
    settings = Settings()
    limits = Limits(bytes=settings.document_bytes, pages=settings.document_pages, pixels=settings.document_pixels)
    data = CASES[name].file.read_bytes()
    try:
        return extract(data, engine=TesseractEngine(settings.languages), profiles=profiles(), limits=limits)
    except UnreadableDocument as error:
        return error


def wrong(extraction: Extraction, case: Case) -> dict[str, tuple[str | None, str | None]]:
    """The compared fields that say something else than what was drawn: name -> (drawn, read)."""
    drawn = case.certificates[extraction.ordinal - 1]
    found: dict[str, tuple[str | None, str | None]] = {}
    for name in _COMPARED:
        truth, value = getattr(drawn, name), extraction.fields.get(name).value  # type: ignore[arg-type]
        if isinstance(truth, Decimal) and value is not None:
            same = Decimal(value) == truth
        elif name == "validation_code" and truth and value:  # a link may write small what is printed in capitals
            same = normal_code(value) == normal_code(truth)
        else:
            same = (truth.isoformat() if isinstance(truth, dt.date) else truth) == value
        if not same:
            found[name] = (str(truth), value)
    return found


@samples(CASES)
def test_no_sample_is_believed_beyond_what_is_drawn(name: str) -> None:
    case, result = CASES[name], read(name)
    if isinstance(result, UnreadableDocument):
        assert case.expect.decision == "reject" and case.expect.findings == (result.code,)
        return
    found: set[str] = set()
    for extraction in result:
        findings = (*check_document(extraction, EXPECTED_ON), *proposals(extraction))
        found |= {finding.code for finding in findings}
        decision = decide(findings)
        assert _GRAVITY.index(decision) >= _GRAVITY.index(Decision(case.expect.decision))
        if decision is Decision.ACCEPT:
            assert wrong(extraction, case) == {}
    if case.certificates:
        assert len(result) == len(case.certificates)
    assert set(case.expect.findings) <= found


@samples(_PLAIN)
def test_what_a_described_issuer_prints_plainly_is_believed(name: str) -> None:
    result = read(name)
    assert not isinstance(result, UnreadableDocument)
    decisions = [decide(check_document(extraction, EXPECTED_ON)) for extraction in result]
    assert decisions == [Decision.ACCEPT] * len(decisions), [check_document(one, EXPECTED_ON) for one in result]


@samples(name for name in CASES if not name.startswith("traps/"))
def test_the_issuer_is_known_where_a_profile_describes_it(name: str) -> None:
    result = read(name)
    assert not isinstance(result, UnreadableDocument)
    assert [one.profile for one in result] == [one.profile for one in CASES[name].certificates]


def test_every_profile_has_a_sample() -> None:
    drawn = {certificate.profile for case in CASES.values() for certificate in case.certificates}
    assert {profile.id for profile in profiles().all} <= drawn
