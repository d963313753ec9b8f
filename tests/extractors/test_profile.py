"""Profiles: one load error for each mistake, and whose document it is: nobody's, one's, or contested."""

import pytest

from extractors.profile import (
    Profile,
    ProfileError,
    Profiles,
    identify,
    load_profiles,
    parse_profile,
    resemblances,
)

GOOD = """
id = "quayside"
issuer = "Quayside Academy"
languages = ["en"]
code = "always"
code_pattern = 'Q[0-9]{4}'
hosts = ["quayside.example"]
[markers]
any = ["quayside academy"]
[fields.holder_name]
after = ["presented to"]
"""
MISTAKES = [
    ("id = ", "", "the file", "no TOML"),
    ('code = "always"', 'code = "mostly"', "code", "'always'"),
    ('code = "always"\n', "", "code", "Field required"),
    ('issuer = "Quayside Academy"', 'isuer = "Quayside Academy"', "issuer", "Field required"),
    ('code = "always"', 'code = "always"\ncolour = "red"', "colour", "Extra inputs"),
    ("'Q[0-9]{4}'", "'Q[0-9'", "code_pattern", "no regular expression"),
    ('["quayside.example"]', '["https://quayside.example/x"]', "hosts", "no host name"),
    ('any = ["quayside academy"]', "", "markers", "no marker at all"),
    ('any = ["quayside academy"]', 'any = ["Quayside Academy"]', "markers.any", "not folded"),
    ('any = ["quayside academy"]', 'linked = ["Quayside.example/"]', "markers.linked", "not folded"),
    ('after = ["presented to"]', 'after = ["Presented to"]', "fields.holder_name.after", "not folded"),
    ('after = ["presented to"]', 'after = ["presented (to"]', "fields.holder_name.after", "no regular expression"),
    ('after = ["presented to"]', 'after = [""]', "fields.holder_name.after", "empty"),
    ('after = ["presented to"]', "region = [0.5, 0.5, 0.2, 1.0]", "fields.holder_name.region", "no part of a page"),
    ("[fields.holder_name]", "[fields.holder]", "fields.holder", "Input should be"),
    ('languages = ["en"]', "languages = []", "languages", "at least 1"),
    ('id = "quayside"', 'id = "Quay Side"', "id", "pattern"),
    ('id = "quayside"', 'id = "quayside-pier"', "id", "quayside-pier"),
]


def test_a_good_profile_loads() -> None:
    profile = parse_profile("quayside.toml", GOOD)
    assert profile.expectation.code_pattern == "Q[0-9]{4}"
    assert profile.expectation.code_unique
    numbered = GOOD.replace("code = ", "code_unique = false\ncode = ", 1)
    assert not parse_profile("quayside.toml", numbered).expectation.code_unique


@pytest.mark.parametrize(("good", "bad", "key", "problem"), MISTAKES, ids=[f"{m[2]}: {m[3]}" for m in MISTAKES])
def test_a_mistake_names_file_key_and_remedy(good: str, bad: str, key: str, problem: str) -> None:
    assert good in GOOD
    with pytest.raises(ProfileError) as caught:
        parse_profile("quayside.toml", GOOD.replace(good, bad, 1))
    error = caught.value
    assert error.file == "quayside.toml"
    assert error.key.startswith(key)
    assert problem in error.problem
    assert error.remedy.endswith(".")


def test_the_shipped_profiles_load_and_are_their_files() -> None:
    profiles = load_profiles()
    assert len(profiles.all) >= 6
    assert len({profile.id for profile in profiles.all}) == len(profiles.all)


def profile(identifier: str, *markers: str, host: str = "", excluded: str = "") -> Profile:
    return Profile.model_validate(
        {
            "id": identifier, "issuer": identifier.title(), "languages": ["en"], "code": "sometimes",
            "hosts": [host] if host else [], "markers": {"all": markers, "none": [excluded] if excluded else []},
        }
    )  # fmt: skip


def who(text: str, *addresses: str, among: list[Profile]) -> tuple[str, ...]:
    return identify(resemblances(text, addresses, Profiles(tuple(among))))


PIER, DOCK = profile("pier", "pier school", host="pier.example"), profile("dock", "dock school", host="dock.example")


def test_no_marker_is_an_unknown_issuer() -> None:
    assert who("nothing of theirs", "https://pier.example/x", among=[PIER, DOCK]) == ()


def test_a_marker_is_enough_even_with_other_blanks() -> None:
    assert who("the pierschool", among=[PIER, DOCK]) == ("pier",)


def test_two_that_match_are_contested_and_never_the_first_wins() -> None:
    assert who("pier school, dock school", among=[PIER, DOCK]) == ("pier", "dock")


def test_a_verification_host_settles_between_two() -> None:
    assert who("pier school, dock school", "https://verify.dock.example/1", among=[PIER, DOCK]) == ("dock",)


def test_a_host_that_only_looks_alike_settles_nothing() -> None:
    assert who("pier school, dock school", "https://dock.example.evil.example", among=[PIER, DOCK]) == ("pier", "dock")


def test_all_markers_are_needed_and_none_of_the_excluded() -> None:
    strict = profile("strict", "one", "two", excluded="three")
    assert who("one", among=[strict]) == ()
    assert who("one two", among=[strict]) == ("strict",)
    assert who("one two three", among=[strict]) == ()
    (near,) = resemblances("one", [], Profiles((strict,)))
    assert near.missing == ("two",)


LINKED = GOOD.replace('any = ["quayside academy"]', 'linked = ["quayside.example/cert/", ".schools.example/done/"]')


@pytest.mark.parametrize(
    ("text", "address", "known"),
    [
        ("verify at quayside.example/cert/q1234", "", True),
        ("verify at quayside.\nexample/cert/q1234", "", True),
        ("", "https://www.Quayside.example/cert/Q1234", True),
        ("", "quayside.example/cert/Q1234", True),
        ("", "https://pier.schools.example/done/Q1234", True),
        ("", "https://quayside.example/", False),
        ("", "https://other.quayside.example/cert/Q1234", False),
        ("", "https://other.example/?to=quayside.example/cert/Q1234", False),
        ("quayside academy", "", False),
    ],
)  # fmt: skip
def test_an_address_alone_can_name_the_issuer(text: str, address: str, known: bool) -> None:
    profiles = Profiles((parse_profile("quayside.toml", LINKED),))
    assert identify(resemblances(text, [address] if address else [], profiles)) == (("quayside",) if known else ())
