"""Hosts in disguise: what imitates a known one, and what only resembles it by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.hosts import imitated
from extractors.profile import load_profiles

KNOWN = ("quayside.example", "quayside.com.br", "harbor.example", "dio.example")
DISGUISED = [
    ("https://quayside.example@evil.test/verify/1", "quayside.example"),
    ("https://quayside.example:secret@evil.test/verify/1", "quayside.example"),
    ("https://anybody.test@evil.test/", "anybody.test"),
    ("https://quayside.example.evil.test/verify/1", "quayside.example"),
    ("https://verify.quayside.example.evil.test/1", "quayside.example"),
    ("https://quayside-example.test/verify/1", "quayside.example"),
    ("https://quаyside.example/verify/1", "quayside.example"),  # a Cyrillic letter
    ("https://xn--quyside-3fg.example/verify/1", "quayside.example"),  # the same, as browsers send it
    ("https://quays1de.example/verify/1", "quayside.example"),
    ("https://verify.quays1de.example/1", "quayside.example"),
    ("https://quaysíde.example/verify/1", "quayside.example"),
    ("https://qauyside.example/verify/1", "quayside.example"),
    ("https://quaysides.example/verify/1", "quayside.example"),
    ("quayside.co.example.quayside.example.evil.test", "quayside.example"),
]
PLAIN = [
    "https://quayside.example/verify/1",
    "https://verify.quayside.example/1",
    "https://verify-quayside-example.quayside.example/1",
    "HTTPS://QUAYSIDE.EXAMPLE./verify",
    "https://quayside.com.br/verify/1",
    "https://studio-example.test/1",
    "https://radio.example/1",  # a short name is one letter off many others
    "https://quaysides.test/1",  # another end
    "https://northwind.test/quayside.example/1",
    "https://northwind.test/?next=https://quayside.example/",
    "mailto:help@quayside.example",
    "mailto:quayside.example@northwind.test",
    "javascript:alert(1)",
    "https://[::1/quayside",
    "https://xn--\u00fc.example/",
    "WIFI:S:quayside;",
    "",
]


@pytest.mark.parametrize(("address", "host"), DISGUISED)
def test_a_host_in_disguise_is_named(address: str, host: str) -> None:
    assert imitated(address, KNOWN) == host


@pytest.mark.parametrize("address", PLAIN)
def test_other_addresses_are_not(address: str) -> None:
    assert imitated(address, KNOWN) is None


def test_the_named_issuers_host_may_not_be_part_of_another_one() -> None:
    address = "https://verify-quayside.test/1"
    assert imitated(address, KNOWN) is None, "somebody may be called so"
    assert imitated(address, KNOWN, own=["quayside.example"]) == "quayside.example"


def test_a_printed_address_may_have_lost_a_letter() -> None:
    assert imitated("https://quaysid.example/1", KNOWN) == "quayside.example"
    assert imitated("https://quaysid.example/1", KNOWN, printed=True) is None


def test_no_known_host_imitates_another() -> None:
    hosts = {host for profile in load_profiles().all for host in profile.hosts}
    assert {host: imitated(f"https://{host}/1", hosts - {host}) for host in hosts} == dict.fromkeys(hosts)


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert imitated(text, KNOWN) in (None, *KNOWN) or "@" in text
