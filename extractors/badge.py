"""Open Badges baked into a picture: what the badge states about itself, without asking anybody.

Sources: 1EdTech, "Open Badges 2.0 Baking Specification" (PNG: iTXt chunk `openbadges`) and "Open Badges 3.0", section
5.3 (PNG: iTXt chunk `openbadgecredential`, JSON or JWT). Signatures are not checked: that needs the network.
"""

import base64
import datetime as dt
import json
from collections.abc import Mapping

from extractors.model import BadgePayload
from extractors.plain import whole

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]
JsonObject = dict[str, JsonValue]

_CHUNKS = ("openbadgecredential", "openbadges")
_LARGEST = 1_000_000


def read_badge(texts: Mapping[str, object]) -> BadgePayload | None:
    """The badge in a PNG's text chunks (key -> text), or None where there is none or it makes no sense."""
    for chunk in _CHUNKS:
        text = texts.get(chunk)
        if isinstance(text, str) and len(text) <= _LARGEST:
            payload = _payload(text.strip())
            if payload is not None:
                return payload
    return None


def _payload(text: str) -> BadgePayload | None:
    if text.startswith(("http://", "https://")) and not text.split()[1:]:
        return BadgePayload(verify_url=text)
    stated = _json(text) if text.startswith("{") else _signed(text)
    if stated is None:
        return None
    credential = _object(stated.get("vc")) or stated
    payload = _version3(credential) if "credentialSubject" in credential else _version2(stated)
    return None if payload == BadgePayload() else payload


def _signed(text: str) -> JsonObject | None:
    """The payload of a compact JWS or JWT: header.payload.signature in base64url."""
    parts = text.split(".")
    if len(parts) != 3:
        return None
    try:
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        return _json(base64.urlsafe_b64decode(padded).decode("utf-8"))
    except (ValueError, UnicodeDecodeError):
        return None


def _json(text: str) -> JsonObject | None:
    try:
        return _object(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _version2(stated: JsonObject) -> BadgePayload:
    badge = _object(stated.get("badge"))
    verification = _object(stated.get("verification")) or _object(stated.get("verify")) or {}
    recipient = _object(stated.get("recipient")) or {}
    profile = _object(stated.get("extensions:recipientProfile")) or {}
    named = badge or {}
    issuer = named.get("issuer")
    plain = recipient.get("identity") if recipient.get("hashed") is False and recipient.get("type") == "name" else None
    return BadgePayload(
        name=_string(named.get("name")),
        holder_name=_string(profile.get("name")) or _string(plain),
        issuer=_string((_object(issuer) or {}).get("name")),
        issued_on=_day(stated.get("issuedOn")),
        expires_on=_day(stated.get("expires")),
        identifier=_string(stated.get("uid")) or _string(stated.get("id")),
        verify_url=_address(verification.get("url")) or _address(stated.get("id")),
    )


def _version3(credential: JsonObject) -> BadgePayload:
    subject = _object(credential.get("credentialSubject")) or {}
    achievement = _object(subject.get("achievement")) or {}
    issuer = _object(credential.get("issuer")) or {}
    return BadgePayload(
        name=_string(achievement.get("name")) or _string(credential.get("name")),
        holder_name=_string(subject.get("name")) or _named_identity(subject.get("identifier")),
        issuer=_string(issuer.get("name")),
        issued_on=_day(credential.get("validFrom")) or _day(credential.get("issuanceDate")),
        expires_on=_day(credential.get("validUntil")) or _day(credential.get("expirationDate")),
        identifier=_string(credential.get("id")),
        verify_url=_address(credential.get("id")),
    )


def _named_identity(identities: JsonValue) -> str | None:
    """Open Badges 3.0 may give the holder's name as an IdentityObject of type `name`, not hashed."""
    for identity in identities if isinstance(identities, list) else [identities]:
        stated = _object(identity) or {}
        if stated.get("identityType") == "name" and stated.get("hashed") is False:
            return _string(stated.get("identityHash"))
    return None


def _object(value: JsonValue) -> JsonObject | None:
    """The object, or the first object of a list of them (JSON-LD allows both)."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else None


def _string(value: JsonValue) -> str | None:
    """Text as it is; a language map (JSON-LD) by its English or only entry."""
    if isinstance(value, dict):
        value = value.get("en") or value.get("@value") or next(iter(value.values()), None)
    return whole(value).strip() or None if isinstance(value, str) else None


def _address(value: JsonValue) -> str | None:
    text = _string(value)
    return text if text is not None and text.startswith(("http://", "https://")) else None


def _day(value: JsonValue) -> dt.date | None:
    """The day of an ISO 8601 date or time, as written (a badge states its own zone), or of Unix seconds (early 2.0)."""
    try:
        if isinstance(value, str):
            return dt.date.fromisoformat(value[:10])
        if isinstance(value, int) and not isinstance(value, bool):
            return dt.datetime.fromtimestamp(value, dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return None
