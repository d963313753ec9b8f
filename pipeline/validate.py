"""Whether a certificate may be believed, whose it is, and whether it is there already: three pure functions.

`check_document` looks at the document alone, `check_context` at the document against the people and the ledger, and
`decide` turns their findings into a decision. Both checks only ever add findings, so that the second can lower the
decision of the first and never raise it. docs/findings.md explains every code.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.model import DocumentType, Extraction
from pipeline.checks.document_checks import (
    check_code,
    check_dates,
    check_fields,
    check_link,
    check_sources,
    check_values,
    reading_of,
)
from pipeline.checks.duplicates import KnownActivity, Seen, Waiting, code_key, link_key, may_be_same, normal_code
from pipeline.checks.findings import Decision, Finding, Severity
from pipeline.checks.forgery_checks import signs_of_forgery
from pipeline.checks.remarks import finding
from pipeline.folding import nearly_equal
from pipeline.roster import How, Match, Roster, readings

_NO_ACTIVITY = {
    DocumentType.OTHER: ("not_a_certificate", "Nothing on it reads like a certificate."),
    DocumentType.IN_PROGRESS: ("in_progress", "The activity is still in progress, so nothing is completed yet."),
    DocumentType.TRANSCRIPT: ("transcript", "It lists several results and is no certificate of one activity."),
}
# Surer than not.
_LIKELY = 0.5
_PROPOSALS = {
    DocumentType.EXAM: ("proposes_exam", "It shows an exam that was passed; exams are recorded by a person."),
    DocumentType.CERTIFICATION: ("proposes_holding", "It shows a certification; holdings are recorded by a person."),
}

LEDGER_CODES = frozenset(
    {"duplicate", "possible_duplicate", "code_of_another_holder", "link_of_another_holder", "code_also_waits"}
)
"""The findings of `check_ledger`."""

CONTEXT_CODES = LEDGER_CODES | {
    "also_waits",
    "holder_unknown",
    "holder_ambiguous",
    "folder_other_holder",
    *(code for code, _ in _PROPOSALS.values()),
}
"""The findings of `check_context`."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a certificate belongs. `holder` is a holder id, None where nobody may be picked.

    `duplicate_of` is the entry that it provably repeats: then nothing is to be recorded, whatever the decision.
    `possible_duplicates` are the entries that it may repeat.
    """

    holder: str | None
    how: How | None = None
    findings: tuple[Finding, ...] = ()
    duplicate_of: int | None = None
    possible_duplicates: tuple[int, ...] = ()


def check_document(extraction: Extraction, day: dt.date) -> tuple[Finding, ...]:
    """Everything that speaks against believing a certificate, by itself. `day` is the day it was received."""
    found: list[Finding] = []
    if extraction.document_type in _NO_ACTIVITY:
        unclear = extraction.document_type is DocumentType.OTHER and not extraction.bill
        if unclear and _says_all(extraction):
            found.append(finding("kind_unclear", "It names a person, a course and a day, but not what was done."))
        else:
            found.append(finding(*_NO_ACTIVITY[extraction.document_type]))
    if any(one.code == "not_a_certificate" for one in found):
        return tuple(found)
    if extraction.contested:
        found.append(finding("profile_contested", f"It reads like {' and like '.join(extraction.contested)}."))
    if extraction.damaged:
        found.append(finding("repaired", "The file is cut off or broken; part of it may be missing."))
    if extraction.active:
        found.append(
            finding("active_content", f"The file carries {' and '.join(extraction.active)}; nothing of it ran.")
        )
    found += check_values(extraction)
    found += check_fields(extraction)
    found += check_code(extraction)
    found += check_dates(extraction, day)
    found += check_link(extraction)
    found += check_sources(extraction)
    found += _file_before_completion(extraction)
    found += signs_of_forgery(extraction)
    return tuple(found)


def _says_all(extraction: Extraction) -> bool:
    """Whether holder, course and completion date were found, rather than not: that may be a certificate."""
    fields = (extraction.fields.holder_name, extraction.fields.course_name, extraction.fields.completed_on)
    return all(one.value is not None and one.confidence >= _LIKELY for one in fields)


def _file_before_completion(extraction: Extraction) -> Iterator[Finding]:
    completed = extraction.fields.completed_on.value
    if extraction.created_on and completed and extraction.created_on.isoformat()[: len(completed)] < completed:
        yield finding(
            "file_before_completion",
            f"The file says it was made on {extraction.created_on}, before completion on {completed}.",
            "completed_on",
        )


def check_context(
    extraction: Extraction, sha256: str, roster: Roster, seen: Seen, folder: str | None = None
) -> Placement:
    """Whose certificate it is and whether the ledger has it. `folder` is the inbox folder it lay in, weak evidence.

    The same bytes are a duplicate before anything else is asked. `seen` answers for activities that are not voided.
    """
    known = seen.of_document(sha256, extraction.ordinal)
    if known is not None:
        return Placement(known.holder, findings=(_duplicate(known),), duplicate_of=known.entry)
    printed = extraction.fields.holder_name.value
    match = roster.match(printed) if printed else Match()
    found = tuple(_check_holder(printed, match, roster, folder)) if printed else ()
    placed = check_ledger(extraction, sha256, match.holder, roster, seen)
    twin = _check_twin(extraction, sha256, match.holder, roster, seen)
    return replace(placed, how=match.how, findings=(*found, *proposals(extraction), *placed.findings, *twin))


def proposals(extraction: Extraction) -> tuple[Finding, ...]:
    """What a believed certificate that is no activity proposes to record: an exam, a holding. A person does it."""
    proposed = _PROPOSALS.get(extraction.document_type)
    return () if proposed is None else (finding(*proposed),)


def check_ledger(extraction: Extraction, sha256: str, holder: str | None, roster: Roster, seen: Seen) -> Placement:
    """What the ledger says against recording a certificate for `holder` (an id, None where nobody may be picked)."""
    known = seen.of_document(sha256, extraction.ordinal) or _same(extraction, holder, seen)
    if known is not None:
        return Placement(holder, findings=(_duplicate(known),), duplicate_of=known.entry)
    similar = _similar(extraction, holder, seen)
    found = [
        finding(
            "possible_duplicate",
            f"It may be entry {one.entry}: “{one.course}”, completed on {one.completed_on}.",
        )
        for one in similar
    ]
    found += _check_other_holders(extraction, holder, roster, seen)
    found += _check_waiting(extraction, sha256, holder, roster, seen)
    return Placement(holder, findings=tuple(found), possible_duplicates=tuple(one.entry for one in similar))


def _duplicate(known: KnownActivity) -> Finding:
    return finding("duplicate", f"It is a duplicate of entry {known.entry}.")


def _check_holder(printed: str, match: Match, roster: Roster, folder: str | None) -> Iterator[Finding]:
    if match.several:
        people = " and ".join(f"{roster.name(holder)} ({holder[:8]})" for holder in match.several)
        yield finding("holder_ambiguous", f"“{printed}” may be {people}.", "holder_name")
    elif match.holder is None:
        nearest = [roster.name(holder) for holder in match.nearest]
        near = f" Nearest: {', '.join(nearest)}." if nearest else ""
        of = f"an alias of {' or '.join(nearest)}" if nearest else "an alias of somebody on the roster"
        yield finding(
            "holder_unknown",
            f"Nobody on the roster is called “{printed}”.{near}",
            "holder_name",
            f"Add this person (`recert review accept N --add-person`), or this spelling as {of} "
            "(`recert review accept N --alias-of NAME`), or reject it as not yours.",
        )
    elif folder:
        named = roster.match(folder)
        people_named = {named.holder} if named.holder else set(named.several)
        if people_named and match.holder not in people_named:
            yield finding(
                "folder_other_holder",
                f"It lay in the folder “{folder}”, but shows the name “{printed}”.",
                "holder_name",
            )


def _same(extraction: Extraction, holder: str | None, seen: Seen) -> KnownActivity | None:
    """The activity of the holder that the certificate provably repeats."""
    day, fields = _full_day(extraction), extraction.fields
    if holder is None or day is None:
        return None
    key = code_key(
        fields.validation_code.value,
        fields.course_name.value or "",
        day,
        issuer=extraction.issuer,
        unique=extraction.expects.code_unique,
    )
    return next((known for known in seen.of_day(holder, day) if key is not None and known.code_key == key), None)


def _similar(extraction: Extraction, holder: str | None, seen: Seen) -> tuple[KnownActivity, ...]:
    """Every activity that the certificate may repeat."""
    with_code = _with_code(extraction, seen)
    if holder is None:
        # Nobody knows yet whose it is; a code that is recorded already is worth showing beside it.
        return with_code[:1]
    similar = [known for known in with_code if known.holder == holder]
    day, fields = _full_day(extraction), extraction.fields
    if day is not None:
        code, course = fields.validation_code.value, fields.course_name.value or ""
        similar += [known for known in seen.of_day(holder, day) if may_be_same(known, code, course)]
    return tuple({known.entry: known for known in similar}.values())


def _full_day(extraction: Extraction) -> dt.date | None:
    completed = reading_of(extraction, "completed_on")
    return completed.earliest if completed is not None and completed.precision == "day" else None


def _with_code(extraction: Extraction, seen: Seen) -> tuple[KnownActivity, ...]:
    """Everybody's activities with this code; none where it is the number of a course, which everybody shares."""
    code = extraction.fields.validation_code.value
    if not code or not extraction.expects.code_unique:
        return ()
    return tuple(known for known in seen.of_code(normal_code(code)) if known.code_unique)


def _check_other_holders(extraction: Extraction, holder: str | None, roster: Roster, seen: Seen) -> Iterator[Finding]:
    if holder is None:
        return
    code, link = extraction.fields.validation_code.value, link_key(extraction.fields.verify_url.value)
    by_code = next((known for known in _with_code(extraction, seen) if known.holder != holder), None)
    linked = seen.of_link(link) if link and extraction.expects.code_unique else ()
    by_link = next((known for known in linked if known.holder != holder and known.code_unique), None)
    if by_code is not None:
        told = f"The code “{code}” is recorded for {_whose(by_code, roster)} already, in entry {by_code.entry}."
        yield finding("code_of_another_holder", told, "validation_code")
    elif by_link is not None:
        told = f"The link “{link}” is recorded for {_whose(by_link, roster)} already, in entry {by_link.entry}."
        yield finding("link_of_another_holder", told, "verify_url")


def _whose(known: KnownActivity, roster: Roster) -> str:
    return roster.name(known.holder) if known.holder in roster else "somebody else"


def _check_waiting(
    extraction: Extraction, sha256: str, holder: str | None, roster: Roster, seen: Seen
) -> Iterator[Finding]:
    """Another person's certificate with this code or link that is not recorded yet."""
    own = Waiting.of(extraction, sha256)
    for other in seen.waiting_with(own.code, own.link):
        itself = (other.sha256, other.ordinal) == (sha256, extraction.ordinal)
        if itself or not _is_another(other.name, own.name, holder, roster):
            continue
        what = f"code “{extraction.fields.validation_code.value}”" if other.code == own.code else f"link “{own.link}”"
        where = f"certificate {other.ordinal} of this file" if other.number is None else f"review {other.number}"
        yield finding("code_also_waits", f"The {what} is in {where} too, with the name “{other.name}”.")
        return


def _check_twin(
    extraction: Extraction, sha256: str, holder: str | None, roster: Roster, seen: Seen
) -> Iterator[Finding]:
    """Another file that waits and may show this very certificate: whoever decides about one should know of both."""
    own = Waiting.of(extraction, sha256)
    code = extraction.fields.validation_code.value
    for other in seen.waiting_of(own.day) if own.day else ():
        same_person = not _is_another(other.name, own.name, holder, roster)
        if other.sha256 != sha256 and same_person and may_be_same(other, code, own.course):
            told = f"Review {other.number} may be the same certificate: “{other.course}”, completed on {other.day}."
            yield finding("also_waits", told)
            return


def _is_another(name: str, own: str, holder: str | None, roster: Roster) -> bool:
    """Whether a printed name is another person's than `own`, who is `holder` where that is known."""
    theirs = roster.match(name).holder if name else None
    if theirs is not None and holder is not None:
        return theirs != holder
    return bool(name and own) and readings(name).isdisjoint(readings(own)) and not nearly_equal(name, own)


def decide(findings: Iterable[Finding]) -> Decision:
    """The gravest finding decides; notes change nothing."""
    severities = {found.severity for found in findings}
    if Severity.REJECT in severities:
        return Decision.REJECT
    return Decision.REVIEW if Severity.REVIEW in severities else Decision.ACCEPT


def sampled(sha256: str, ordinal: int, share: Decimal) -> bool:
    """Whether an accepted certificate is looked at all the same: the same answer every time, for `share` of them."""
    digest = hashlib.sha256(f"{sha256}:{ordinal}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64
