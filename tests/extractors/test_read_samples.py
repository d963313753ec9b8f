"""What the finder alone makes of the drawn samples: issuers that no profile knows, and known ones without theirs.

That samples match their own profile, and that nothing wrong is believed, is tested with the checks (see
tests/test_reading_samples.py).
"""

from decimal import Decimal
from functools import cache

import pytest

from extractors.document import Limits
from extractors.extract import extract
from extractors.model import FieldName
from extractors.ocr import TesseractEngine
from extractors.plain import squash
from extractors.profile import Profiles
from pipeline.settings import Settings
from tests.samples.case import Case, load_cases

# Of the samples set in type: all of unknown issuers, and some whose issuer has a profile, which is left out. Those of
# which only the link is known are drawn in one plain form: they would say nothing.
SET = [
    case for case in load_cases() if case.certificates and case.file.suffix == ".pdf" and not case.story.draw.effects
]
UNKNOWN = [case for case in SET if case.certificates[0].profile is None]
KNOWN = [
    case
    for case in SET
    if case.certificates[0].profile and case.certificates[0].completed_on and case.toml.stem != "link"
][::4]
TEXTS: tuple[FieldName, ...] = ("holder_name", "course_name", "validation_code")
AMOUNTS: tuple[FieldName, ...] = ("credits", "hours")


@cache
def engine() -> TesseractEngine:
    return TesseractEngine(Settings().languages)


@pytest.mark.parametrize("case", UNKNOWN, ids=[case.name for case in UNKNOWN])
def test_an_unknown_issuer_is_read_by_the_finder(case: Case) -> None:
    found = extract(case.file.read_bytes(), engine=engine(), profiles=Profiles(()), limits=Limits())
    for one, truth in zip(found, case.certificates, strict=True):
        shown = truth.truths()
        for name in TEXTS:
            assert squash(one.fields.get(name).value or "") == squash(shown.get(name, "")), name
        for name in AMOUNTS:
            value = one.fields.get(name).value
            assert value is not None if name in shown else value is None, name
            assert value is None or Decimal(value) == Decimal(shown[name])
        completed = one.fields.completed_on
        offered = {completed.value, *(rival.value for rival in completed.rivals)}
        assert "completed_on" not in shown or shown["completed_on"] in offered


@pytest.mark.parametrize("case", KNOWN, ids=[case.name for case in KNOWN])
def test_a_profile_helps_and_does_not_carry(case: Case) -> None:
    (found,) = extract(case.file.read_bytes(), engine=engine(), profiles=Profiles(()), limits=Limits())
    (truth,) = case.certificates
    assert squash(found.fields.holder_name.value or "") == squash(truth.holder_name)
    assert found.fields.completed_on.value == str(truth.completed_on)
