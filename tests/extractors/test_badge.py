"""Baked badges of both versions; whatever makes no sense is no badge, never a crash."""

import base64
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.badge import read_badge
from extractors.model import BadgePayload

VERSION_2 = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://badges.example/assertions/1",
    "recipient": {"type": "email", "hashed": True, "identity": "sha256$abc"},
    "extensions:recipientProfile": {"name": "Wilhelmina Sandström"},
    "badge": {"name": "Foundations", "issuer": {"name": "Example Academy"}},
    "issuedOn": "2023-08-14T23:30:00-05:00",
    "expires": "2026-08-14",
    "verification": {"type": "hosted", "url": "https://badges.example/verify/1"},
}
VERSION_3 = {
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "id": "urn:uuid:1",
    "issuer": {"name": "Example Academy"},
    "validFrom": "2023-08-14T00:00:00Z",
    "validUntil": "2026-08-14T00:00:00Z",
    "credentialSubject": {
        "identifier": [
            {"identityType": "emailAddress", "hashed": True, "identityHash": "sha256$abc"},
            {"identityType": "name", "hashed": False, "identityHash": "Wilhelmina Sandström"},
        ],
        "achievement": {"name": {"en": "Foundations", "fr": "Bases"}},
    },
}


def signed(payload: object) -> str:
    middle = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJSUzI1NiJ9.{middle}.c2lnbmF0dXJl"


@pytest.mark.parametrize("text", [json.dumps(VERSION_2), signed(VERSION_2)])
def test_version_2(text: str) -> None:
    assert read_badge({"openbadges": text}) == BadgePayload(
        name="Foundations",
        holder_name="Wilhelmina Sandström",
        issuer="Example Academy",
        issued_on=dt.date(2023, 8, 14),
        expires_on=dt.date(2026, 8, 14),
        identifier="https://badges.example/assertions/1",
        verify_url="https://badges.example/verify/1",
    )


@pytest.mark.parametrize("text", [json.dumps(VERSION_3), signed(VERSION_3), signed({"vc": VERSION_3})])
def test_version_3(text: str) -> None:
    assert read_badge({"openbadgecredential": text}) == BadgePayload(
        name="Foundations",
        holder_name="Wilhelmina Sandström",
        issuer="Example Academy",
        issued_on=dt.date(2023, 8, 14),
        expires_on=dt.date(2026, 8, 14),
        identifier="urn:uuid:1",
    )


def test_a_mere_address_is_a_link() -> None:
    badge = read_badge({"openbadges": "https://badges.example/assertions/1"})
    assert badge == BadgePayload(verify_url="https://badges.example/assertions/1")


def test_a_hashed_name_is_no_name() -> None:
    hashed = {"badge": {"name": "A"}, "recipient": {"type": "name", "hashed": True, "identity": "sha256$abc"}}
    badge = read_badge({"openbadges": json.dumps(hashed)})
    assert badge is not None
    assert badge.holder_name is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "a.b", "a.b.c", "a.!!.c", "ftp://x", '{"badge": 4}', '{"issuedOn": 1e400}', "[" * 100_000],
)
def test_what_makes_no_sense_is_no_badge(text: str) -> None:
    assert read_badge({"openbadges": text, "openbadgecredential": text}) is None
    assert read_badge({"openbadges": b"bytes", "Comment": "https://badges.example"}) is None


KEYS = ["badge", "name", "issuer", "issuedOn", "vc", "credentialSubject", "achievement", "id", "verify"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["badge", "name", "issuer", "issuedOn", "vc", "credentialSubject", "achievement", "id", "verify"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_a_badge_or_none(payload: object) -> None:
    for text in (json.dumps(payload), signed(payload)):
        badge = read_badge({"openbadges": text})
        assert badge is None or badge != BadgePayload()
