"""The drawn samples, read with the real engine: their profile and nobody else's, and no certain value that is wrong."""

from decimal import Decimal
from functools import cache

import pytest

from extractors.document import Limits
from extractors.errors import UnreadableDocument
from extractors.extract import extract
from extractors.model import Extraction, FieldName
from extractors.ocr import TesseractEngine
from extractors.plain import squash
from extractors.profile import Profiles, load_profiles
from pipeline.settings import Settings
from tests.samples.case import Case, load_cases

CERTAIN = 0.95
UNREADABLE = {"encrypted", "truncated", "empty"}
CASES = [case for case in load_cases() if case.certificates and not UNREADABLE & set(case.story.draw.effects)]
PROFILES = load_profiles()
# Sure of a value in pixels alone would need a second engine; these are read from a text layer.
IN_TEXT = [case for case in CASES if case.file.suffix == ".pdf" and not case.story.draw.effects]


@cache
def engine() -> TesseractEngine:
    return TesseractEngine(Settings().languages)


@cache
def read(name: str) -> tuple[Extraction, ...]:
    (case,) = [case for case in CASES if case.name == name]
    return extract(case.file.read_bytes(), engine=engine(), profiles=PROFILES, limits=Limits())


def same(name: str, value: str, truth: str) -> bool:
    if name in ("credits", "hours"):
        return Decimal(value) == Decimal(truth)
    if name == "credit_unit":
        return squash(value) in squash(truth)
    return squash(value) == squash(truth)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_certain_is_right_and_the_profile_is_its_own(case: Case) -> None:
    found = read(case.name)
    assert [one.profile for one in found] == [truth.profile for truth in case.certificates]
    assert not any(one.contested for one in found)
    for one, truth in zip(found, case.certificates, strict=True):
        shown = truth.truths()
        names: tuple[FieldName, ...] = ("holder_name", "course_name", "completed_on", "validation_code", "hours")
        for name in names:
            evidence = one.fields.get(name)
            if evidence.confidence < CERTAIN:
                continue
            assert (evidence.value is None) == (name not in shown), name
            assert evidence.value is None or same(name, evidence.value, shown[name]), name


@pytest.mark.parametrize("case", IN_TEXT, ids=[case.name for case in IN_TEXT])
def test_what_is_set_in_type_is_read(case: Case) -> None:
    for one, truth in zip(read(case.name), case.certificates, strict=True):
        shown = truth.truths()
        for name in ("holder_name", "course_name", "validation_code", "credits", "hours", "started_on"):
            value = one.fields.get(name).value
            if name in shown:
                assert value is not None and same(name, value, shown[name]), name
            elif name == "validation_code":
                assert value is None
        evidence = one.fields.completed_on
        offered = {evidence.value, *(rival.value for rival in evidence.rivals)}
        assert shown.get("completed_on") in offered or "completed_on" not in shown


def test_every_profile_has_a_sample() -> None:
    drawn = {truth.profile for case in CASES for truth in case.certificates}
    assert {profile.id for profile in PROFILES.all} <= drawn


@pytest.mark.parametrize("case", IN_TEXT[::4], ids=[case.name for case in IN_TEXT[::4]])
def test_an_unknown_issuer_is_read_by_the_finder_alone(case: Case) -> None:
    """What profiles know must help, not carry: without them the name is still found."""
    found = extract(case.file.read_bytes(), engine=engine(), profiles=Profiles(()), limits=Limits())
    assert squash(found[0].fields.holder_name.value or "") == squash(case.certificates[0].holder_name)


def test_a_broken_file_is_refused_with_a_reason() -> None:
    for case in load_cases():
        if UNREADABLE & set(case.story.draw.effects):
            with pytest.raises(UnreadableDocument):
                extract(case.file.read_bytes(), engine=engine(), profiles=PROFILES, limits=Limits())
