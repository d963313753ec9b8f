"""The diagonal: each sample matches the markers of its own profile and of no other, hosts not yet asked.

What is drawn is the text here, so no reader's mistake hides two profiles that claim the same page.
"""

import re

import pytest

from extractors.plain import fold
from extractors.profile import Profiles, identify, load_profiles, resemblances
from tests.samples.case import Case, load_cases
from tests.samples.draw import sheets_of
from tests.samples.sheet import Link, Sheet, Text

CASES = load_cases()
PROFILES = load_profiles()
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/\S+")


def words_of(sheet: Sheet) -> str:
    return fold("\n".join(mark.text for mark in sheet.marks if isinstance(mark, Text)))


def addresses_of(sheet: Sheet, payload: str) -> list[str]:
    """Every address of a page: linked, in the QR code, or printed."""
    linked = [mark.url for mark in sheet.marks if isinstance(mark, Link)]
    return [*linked, *([payload] if payload else []), *_ADDRESS.findall(words_of(sheet))]


def drawn_certificates() -> list[tuple[str, str, list[str], str | None]]:
    """Name, folded words, addresses and profile of every certificate of every sample."""
    found = []
    for case in CASES:
        sheets = sheets_of(case)
        for number, certificate in enumerate(case.certificates, start=1):
            own = [(sheet, page.qr) for page, sheet in zip(case.story.pages, sheets, strict=True)]
            own = [pair for pair, page in zip(own, case.story.pages, strict=True) if page.certificate == number]
            words = "\n".join(words_of(sheet) for sheet, _ in own)
            addresses = [address for sheet, payload in own for address in addresses_of(sheet, payload)]
            found.append((f"{case.name}#{number}", words, addresses, certificate.profile))
    return found


DRAWN = drawn_certificates()


@pytest.mark.parametrize(("words", "addresses", "profile"), [one[1:] for one in DRAWN], ids=[one[0] for one in DRAWN])
def test_a_sample_matches_its_own_profile_and_no_other(words: str, addresses: list[str], profile: str | None) -> None:
    near = resemblances(words, addresses, PROFILES)
    own = [profile] if profile else []
    assert [one.profile for one in near if one.matches] == own
    assert list(identify(near)) == own


def test_without_its_profile_a_sample_is_nobodys() -> None:
    """Who takes one profile away must not hand its documents to another issuer."""
    for name, words, addresses, profile in DRAWN:
        others = Profiles(tuple(one for one in PROFILES.all if one.id != profile))
        assert identify(resemblances(words, addresses, others)) == (), name


def test_pages_of_no_certificate_are_nobodys() -> None:
    cases: list[Case] = [case for case in CASES if not case.certificates]
    assert cases
    for case in cases:
        for page, sheet in zip(case.story.pages, sheets_of(case), strict=True):
            assert identify(resemblances(words_of(sheet), addresses_of(sheet, page.qr), PROFILES)) == (), case.name


def test_every_profile_is_on_the_diagonal() -> None:
    assert {profile.id for profile in PROFILES.all} == {profile for *_, profile in DRAWN if profile}
