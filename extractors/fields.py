"""From ranked candidates to evidence: the value, its rivals, and how surely it is right."""

from collections.abc import Callable
from typing import get_args

from extractors import trust
from extractors.candidates import Candidate
from extractors.choose import Ranked
from extractors.finder import Found
from extractors.model import BadgePayload, Evidence, FieldName, Fields, Rival, Source
from extractors.profile import Profile
from extractors.weights import weights

# Where trust.py does not reckon it, a value is never believed more than its kind of evidence: text and pixels read
# apart and agreeing; text in a known layout; text alone; pixels alone.
# A QR code carries its own checksum, a link is no picture: what they say of verifying is read as it was written.
_AGREEING, _KNOWN_LAYOUT, _CODED, _TEXT, _PIXELS = 0.975, 0.97, 0.96, 0.93, 0.90
# That a field is not there: not seen in pixels; with pixels not read; where the issuer always prints it.
_UNSEEN, _UNREAD, _PROMISED = 0.9, 0.8, 0.1
_ADJOINING = 0.85
# Against a badge's own statement, only what was read about this surely is a second opinion.
_SECOND_OPINION = 0.7
_BADGE = 0.99
# A badge that names no code and shows none has none.
_BADGE_CODE = 0.98
# Numbers with their unit and labelled dates, which a known layout does not print ambiguously.
_PLAIN = ("credits", "credit_unit", "hours", "started_on", "expires_on", "issued_on")
_RIVALS = 5
_SHOWN_RIVAL = 0.02
_DATES = ("completed_on", "started_on", "issued_on", "expires_on")
NAMES: tuple[FieldName, ...] = get_args(FieldName)


def fields_of(of_field: Callable[[FieldName], Evidence], badge: BadgePayload | None) -> Fields:
    """The evidence of all fields, that of each by itself given by `of_field`."""
    evidence = {name: of_field(name) for name in NAMES}
    if evidence["credits"].value is None:
        evidence["credit_unit"] = Evidence(value=None, confidence=evidence["credits"].confidence)
    if badge is not None:
        evidence = _of_badge(badge, evidence)
    return Fields(**evidence)


def evidence_of(name: FieldName, found: Found, profile: Profile | None, pixels_read: bool) -> Evidence:
    """The evidence of one field by itself; a badge may say otherwise."""
    ranked = found.ranked[name]
    best = found.best(name)
    if best is None:
        return Evidence(
            value=None, confidence=_absence(name, found, profile, pixels_read), rivals=_rivals(name, ranked, None)
        )
    candidate = best.candidate
    return Evidence(
        value=candidate.value,
        raw=candidate.raw,
        confidence=round(_confidence(name, best, found, profile), 4),
        page=candidate.page,
        box=candidate.box,
        source=candidate.source,
        rivals=_rivals(name, ranked, best),
    )


def _confidence(name: FieldName, best: Ranked, found: Found, profile: Profile | None) -> float:
    if best.signs.get("hidden"):
        return min(best.probability, 0.3)
    if _adjoins_hidden(best.candidate, found):
        return min(best.probability, _ADJOINING)
    if name in weights().trust:
        return trust.confidence(name, best, found)
    known = best.signs.get("profile", 0.0) >= 1 or best.signs.get("pattern", 0.0) >= 1
    if best.signs.get("agree"):
        cap = _AGREEING
    elif best.sources == {Source.PIXELS}:
        cap = _PIXELS * (0.5 + 0.5 * best.candidate.read)
    elif best.candidate.source in (Source.QR, Source.LINK) and best.signs.get("verifies"):
        cap = _CODED
    else:
        cap = _KNOWN_LAYOUT if known or (profile is not None and name in _PLAIN) else _TEXT
    return min(best.probability, cap)


def _adjoins_hidden(candidate: Candidate, found: Found) -> bool:
    """Whether text that nobody sees stands right at the value: it may be its rest, or what it was before."""
    if candidate.box is None:
        return False
    x0, y0, x1, y1 = candidate.box
    margin = y1 - y0
    return any(
        page == candidate.page and box[0] < x1 and x0 < box[2] and box[1] < y1 + margin and y0 - margin < box[3]
        for page, box in found.hidden
    )


def _absence(name: FieldName, found: Found, profile: Profile | None, pixels_read: bool) -> float:
    """How surely the document shows no value of a field: what speaks for any value speaks against it."""
    if name in weights().absence:
        always = profile is not None and profile.code == "always"
        return min(round(trust.absence(name, found, profile), 4), _PROMISED if always else 1.0)
    shown = sum(one.probability for one in found.ranked[name])
    return round(max(0.0, min(1 - shown, _UNSEEN if pixels_read else _UNREAD)), 4)


def _rivals(name: FieldName, ranked: tuple[Ranked, ...], best: Ranked | None) -> tuple[Rival, ...]:
    others = [one for one in ranked if one is not best and one.probability >= _SHOWN_RIVAL]
    if best is not None and name in _DATES:
        others = [one for one in others if one.candidate.value != best.candidate.value]
    return tuple(
        Rival(
            value=one.candidate.value,
            raw=one.candidate.raw,
            confidence=round(min(one.probability, 1.0), 4),
            page=one.candidate.page,
            box=one.candidate.box,
            source=one.candidate.source,
        )
        for one in others[:_RIVALS]
    )


def _of_badge(badge: BadgePayload, evidence: dict[FieldName, Evidence]) -> dict[FieldName, Evidence]:
    """All evidence, a baked badge's own statements first; what was surely read elsewhere becomes their rival."""
    stated: dict[FieldName, str | None] = {
        "holder_name": badge.holder_name,
        "course_name": badge.name,
        "completed_on": badge.issued_on.isoformat() if badge.issued_on else None,
        "issued_on": badge.issued_on.isoformat() if badge.issued_on else None,
        "expires_on": badge.expires_on.isoformat() if badge.expires_on else None,
        "validation_code": None if "://" in (badge.identifier or "") else badge.identifier,
        "verify_url": badge.verify_url,
    }
    code = evidence["validation_code"]
    if stated["validation_code"] is None and code.value is None:
        evidence["validation_code"] = code.model_copy(update={"confidence": max(code.confidence, _BADGE_CODE)})
    return evidence | {
        name: Evidence(
            value=value,
            raw=value,
            confidence=_BADGE,
            page=1,
            box=None,
            source=Source.BADGE,
            rivals=_displaced(evidence[name]),
        )
        for name, value in stated.items()
        if value
    }


def _displaced(evidence: Evidence) -> tuple[Rival, ...]:
    if evidence.value is None or evidence.source is None or evidence.confidence < _SECOND_OPINION:
        return ()
    rival = Rival(
        value=evidence.value,
        raw=evidence.raw or evidence.value,
        confidence=evidence.confidence,
        page=evidence.page or 1,
        box=evidence.box,
        source=evidence.source,
    )
    return (rival, *evidence.rivals)[:_RIVALS]
