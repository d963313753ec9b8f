"""The single checks of one document alone. Each is pure and yields findings; validate.py puts them together."""

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urlsplit

from extractors.model import MAIN_FIELDS, DateReading, Evidence, Extraction, FieldName, Rival, Source
from extractors.weights import weights
from pipeline.checks.duplicates import normal_code
from pipeline.checks.findings import Finding
from pipeline.checks.remarks import finding
from pipeline.folding import fold, nearly_equal
from rules.model import amount_of

# Nobody looks at an accepted document again. Confidences are calibrated against labelled documents, and the bar for
# holder, course, completion date and code together was chosen on issuers that they had not seen. It holds for every
# issuer: a known layout earns its trust through higher confidence, not through a lower bar.
ACCEPT = weights().accept
# Where the four together fall short, at least one of them is below this, and is what a person is asked about.
FAIR_SHARE = ACCEPT ** (1 / len(MAIN_FIELDS))
# Dates beside completion, and amounts, are believed by what kind of evidence they have; this is the bar for them.
ACCEPT_BESIDE = 0.95
# A second reading of one printed date that still has this much belief was not settled by any other evidence.
UNSETTLED = 0.05
# Below this a rival from another source is the noise that a finder always leaves, not a second opinion.
NOTICEABLE = 0.2

LABELS: dict[FieldName, str] = {
    "holder_name": "holder's name",
    "course_name": "course",
    "completed_on": "completion date",
    "validation_code": "code",
    "started_on": "start date",
    "expires_on": "expiry date",
    "issued_on": "date of issue",
    "credits": "number of credits",
    "credit_unit": "unit of the credits",
    "hours": "number of hours",
    "verify_url": "verification link",
}
REQUIRED: dict[FieldName, str] = {"holder_name": "holder", "course_name": "course", "completed_on": "date"}
# These may be absent, but an activity recorded with a wrong one is a wrong activity: shown means certain, too.
SHOWN: dict[FieldName, str] = {
    "started_on": "start",
    "expires_on": "expiry",
    "credits": "credits",
    "credit_unit": "credit_unit",
    "hours": "hours",
}
DATES: tuple[FieldName, ...] = ("started_on", "completed_on", "issued_on", "expires_on")
NUMBERS: tuple[FieldName, ...] = ("credits", "hours")
BELIEVED: tuple[FieldName, ...] = (*REQUIRED, "validation_code", *SHOWN)


def percent(confidence: float) -> str:
    """A confidence as people read it; never rounded up, so that 94.9 % does not look like enough."""
    return f"{int(confidence * 100)} %"


def check_values(extraction: Extraction) -> Iterator[Finding]:
    """Dates and numbers that are none: a reader's slip, caught here so that nothing later stumbles over it."""
    for name in (*DATES, *NUMBERS):
        value = extraction.fields.get(name).value
        if value is not None and not (_is_date(value) if name in DATES else _is_amount(value)):
            yield finding("value_malformed", f"The {LABELS[name]} was read as {value!r}, which is none.", name)


def check_fields(extraction: Extraction) -> Iterator[Finding]:
    """Required fields are there and certain; other values are certain where they are shown."""
    for name, short in REQUIRED.items():
        if not (extraction.fields.get(name).value or "").strip():
            yield finding(f"{short}_missing", f"No {LABELS[name]} was found.", name)
        else:
            yield from _uncertain(extraction, name, short)
    for name, short in SHOWN.items():
        evidence = extraction.fields.get(name)
        if evidence.value is not None and evidence.confidence < ACCEPT_BESIDE:
            yield finding(
                f"{short}_uncertain", f"{_read_as(evidence, name)}; {percent(ACCEPT_BESIDE)} is needed.", name
            )
    completed = extraction.fields.completed_on.value
    if completed and _is_date(completed) and (precision := DateReading.of(completed).precision) != "day":
        yield finding(
            "date_incomplete", f"The completion date shows no more than the {precision}: {completed}.", "completed_on"
        )


def _uncertain(extraction: Extraction, name: FieldName, short: str) -> Iterator[Finding]:
    evidence = extraction.fields.get(name)
    if _is_doubtful(extraction, evidence):
        yield finding(f"{short}_uncertain", f"{_read_as(evidence, name)}{_short_of(extraction)}", name)


def _is_doubtful(extraction: Extraction, evidence: Evidence) -> bool:
    return together(extraction) < ACCEPT and evidence.confidence < FAIR_SHARE


def together(extraction: Extraction) -> float:
    """The probability (0..1) that holder, course, completion date and code are all right.

    One that is missing is asked for anyway, and says nothing against the others.
    """
    needed = MAIN_FIELDS if extraction.expects.code == "always" else tuple(REQUIRED)
    fields = [(name, extraction.fields.get(name)) for name in MAIN_FIELDS]
    return math.prod(one.confidence for name, one in fields if name not in needed or (one.value or "").strip())


def _read_as(evidence: Evidence, name: FieldName) -> str:
    return f"The {LABELS[name]} was read as “{evidence.value}” with {percent(evidence.confidence)} confidence"


def _short_of(extraction: Extraction) -> str:
    return f"; the fields together have {percent(together(extraction))}, {percent(ACCEPT)} is needed."


def check_code(extraction: Extraction) -> Iterator[Finding]:
    """The code against what the issuer's documents always, sometimes or never show, and against its pattern."""
    evidence, expects = extraction.fields.validation_code, extraction.expects
    name: FieldName = "validation_code"
    if not (evidence.value or "").strip():
        if expects.code == "always":
            yield finding("code_missing", "This issuer's documents always show a code; none was found.", name)
        elif _is_doubtful(extraction, evidence):
            yield finding(
                "code_absence_uncertain",
                f"No code was found, but that there is none is only {percent(evidence.confidence)} certain"
                f"{_short_of(extraction)}",
                name,
            )
        return
    value = evidence.value or ""
    yield from _uncertain(extraction, name, "code")
    if expects.code == "never":
        yield finding("code_unexpected", f"This issuer's documents show no code, but “{value}” was read.", name)
    if expects.code_pattern and not re.fullmatch(expects.code_pattern, value):
        yield finding("code_pattern", f"The code “{value}” does not have the form of this issuer's codes.", name)


def check_dates(extraction: Extraction, day: dt.date) -> Iterator[Finding]:
    """The order of the dates, and that none has a second legal reading. Reduced dates are judged by their best case."""
    started, completed, issued, expires = (reading_of(extraction, name) for name in DATES)
    if started and completed and started.earliest > completed.latest:
        yield finding(
            "start_after_completion", f"It starts on {started.iso}, after its completion on {completed.iso}.", DATES[0]
        )
    if completed and completed.earliest > day:
        yield finding(
            "completion_in_future", f"It was completed on {completed.iso}, after it was received on {day}.", DATES[1]
        )
    if issued and completed and issued.latest < completed.earliest:
        yield finding(
            "issue_before_completion", f"It was issued on {issued.iso}, before completion on {completed.iso}.", DATES[2]
        )
    if expires and completed and expires.latest < completed.earliest:
        yield finding(
            "expiry_before_completion", f"It expires on {expires.iso}, before completion on {completed.iso}.", DATES[3]
        )
    for name in ("completed_on", "started_on", "expires_on"):
        yield from _ambiguous(extraction.fields.get(name), name)


def _ambiguous(evidence: Evidence, name: FieldName) -> Iterator[Finding]:
    raw = (evidence.raw or "").strip().casefold()
    others = [
        rival.value
        for rival in evidence.rivals
        if raw and rival.raw.strip().casefold() == raw and rival.value != evidence.value
        if rival.confidence >= UNSETTLED
    ]
    if evidence.value is not None and others:
        readings = " or ".join(dict.fromkeys((evidence.value, *others)))
        yield finding("date_ambiguous", f"“{evidence.raw}” may mean {readings}, and nothing else settles it.", name)


def check_link(extraction: Extraction) -> Iterator[Finding]:
    """The verification link leads to the issuer and carries the printed code, where it carries one of that form."""
    url = extraction.fields.verify_url.value
    if not url:
        return
    hosts, host = extraction.expects.hosts, host_of(url)
    if hosts and not any(host == known.casefold() or host.endswith(f".{known.casefold()}") for known in hosts):
        yield finding(
            "link_host",
            f"The link leads to {host or 'no readable address'}, not to {' or '.join(hosts)}.",
            "verify_url",
        )
    code = extraction.fields.validation_code.value
    other = code and other_code(url, code, extraction.expects.code_pattern)
    if other:
        yield finding("link_code", f"The link carries “{other}”, the document shows “{code}”.", "verify_url")


def host_of(url: str) -> str:
    """The host that an address really leads to, in lower case; empty where it has none."""
    try:
        return urlsplit(url if "://" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""


def other_code(url: str, code: str, pattern: str | None) -> str | None:
    """A part of an address that has the form of a code where none is the printed one.

    The form is the profile's pattern, else the length of the printed code (eight characters or more, with a digit).
    """
    printed = fold(code)
    if printed and printed in fold(url):
        return None
    for part in re.split(r"[/?&=#]+", url.partition("://")[2] or url)[1:]:
        shaped = re.fullmatch(pattern, part) if pattern else len(part) == len(code) >= 8 and re.search(r"\d", part)
        if shaped and normal_code(part) != normal_code(code):
            return part
    return None


def check_sources(extraction: Extraction) -> Iterator[Finding]:
    """Two sources of one field agree. What the file says of itself is no source of a certificate's fields."""
    for name in BELIEVED:
        evidence = extraction.fields.get(name)
        if evidence.value is None:
            continue
        for rival in evidence.rivals:
            if _disagrees(evidence, rival, name):
                yield finding(
                    "sources_disagree",
                    f"The {LABELS[name]} is “{evidence.value}” by {evidence.source} and “{rival.value}” by "
                    f"{rival.source}.",
                    name,
                )
                break


def _disagrees(evidence: Evidence, rival: Rival, name: FieldName) -> bool:
    if rival.source in (evidence.source, Source.METADATA) or rival.confidence < NOTICEABLE:
        return False
    if name in NUMBERS and _is_amount(evidence.value or "") and _is_amount(rival.value):
        return Decimal(evidence.value or "") != Decimal(rival.value)
    if name in DATES and _is_date(evidence.value or "") and _is_date(rival.value):
        one, other = DateReading.of(evidence.value or ""), DateReading.of(rival.value)
        return one.latest < other.earliest or other.latest < one.earliest
    if fold(evidence.value or "") == fold(rival.value):
        return False
    # A picture that says nearly the same as the text was misread by a letter; it does not contradict.
    texts = name in ("holder_name", "course_name", "validation_code")
    return not (texts and rival.source is Source.PIXELS and nearly_equal(evidence.value or "", rival.value))


def reading_of(extraction: Extraction, name: FieldName) -> DateReading | None:
    """The reading of a date field, None where the document shows none or what was read is no date."""
    value = extraction.fields.get(name).value
    return DateReading.of(value) if value is not None and _is_date(value) else None


def _is_date(value: str) -> bool:
    try:
        DateReading.of(value)
    except ValueError:
        return False
    return True


def _is_amount(value: str) -> bool:
    return amount_of(value) is not None
