"""Signs that a document may not be as its issuer made it. Pure. Each is a finding, never a verdict: every sign has
innocent reasons, so the sentences say what was seen and accuse nobody."""

import datetime as dt
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from extractors.dates import readings
from extractors.model import Box, Evidence, Extraction, FieldName, Source, Unseen
from extractors.profile import belongs, host_of
from extractors.revisions import BREAK
from pipeline.checks.document_checks import BELIEVED, DATES, LABELS, other_code, reading_of
from pipeline.checks.editing import is_one_of, trade_of
from pipeline.checks.findings import Finding
from pipeline.checks.payload import stated_in
from pipeline.checks.redirecting import redirects
from pipeline.checks.remarks import finding
from pipeline.folding import fold, nearly_equal, words

# Saved again within a day is saved once: a program may stamp or sign what another has just written.
_LATER = dt.timedelta(days=1)
# Words that are invisible by themselves are mostly what a scanner's program has read: ill read is not another value.
_ILL_READ = 60.0
# Fewer letters than this are in many a value.
_TELLING = 2


def signs_of_forgery(extraction: Extraction) -> Iterator[Finding]:
    """Every sign in the document alone."""
    yield from _by_programs(extraction)
    yield from _by_saves(extraction)
    yield from _by_unseen_words(extraction)
    yield from _by_pixels(extraction)
    yield from _by_addresses(extraction)
    yield from _by_payload(extraction)
    yield from _by_printed_code(extraction)


# How the file was written -------------------------------------------------------------------------------------------


def _by_programs(extraction: Extraction) -> Iterator[Finding]:
    traces, completed = extraction.traces, reading_of(extraction, "completed_on")
    writers = {(traces.edited_by, traces.edited_on), (extraction.producer, traces.modified_on)}
    for program, day in sorted(writers, key=str):
        trade = trade_of(program) if program else None
        # What was edited before the course was completed is the form that the issuer filled in later.
        before = day is not None and completed is not None and day < completed.earliest
        if program is None or trade is None or before or is_one_of(program, extraction.expects.programs):
            continue
        if trade == "editors":
            yield finding("edited", f"The file was last written by a program for editing: {program}.")
        else:
            yield finding("passed_on", f"The file went through a program that joins, shrinks or converts: {program}.")
        return


def _by_saves(extraction: Extraction) -> Iterator[Finding]:
    traces = extraction.traces
    made, saved, completed = extraction.created_on, traces.modified_on, reading_of(extraction, "completed_on")
    if made and saved and saved - made > _LATER and (completed is None or saved > completed.latest):
        yield finding("saved_later", f"The file was made on {made} and saved again on {saved}.")
    for change in traces.changes:
        told = f"The file was saved again after it was made, and page {change.page} changed"
        field = next((name for name in BELIEVED if _states(change.after, extraction.fields.get(name))), None)
        if change.before:
            said = (
                f": “{change.before}” then, “{change.after}” now." if change.after else f": “{change.before}” is gone."
            )
            yield finding("content_changed", told + said, field)
        elif change.after:
            yield finding("content_added", f"{told}: “{change.after}” was added.", field)
        else:
            yield finding("content_changed", f"{told}: a drawing or picture on it looks otherwise.")
    if traces.signature == "whole":
        yield finding(
            "signed", "A digital signature covers the whole file; whether it is valid, and whose, is not known."
        )


def _states(text: str, evidence: Evidence) -> bool:
    """Whether changed words are a field's value, or some of them a part of it."""
    raw = fold(evidence.raw or "")
    parts = [fold(part) for part in text.split(BREAK)]
    return bool(raw) and (raw in fold(text) or any(len(part) >= _TELLING and part in raw for part in parts))


# What nobody sees ----------------------------------------------------------------------------------------------------


def _by_unseen_words(extraction: Extraction) -> Iterator[Finding]:
    for name in BELIEVED:
        evidence = extraction.fields.get(name)
        if evidence.value is None or evidence.box is None:
            continue
        there = [
            one for one in extraction.traces.unseen if one.page == evidence.page and _lies_at(one.box, evidence.box)
        ]
        for covered, code, how in ((True, "covered_text", "drawn over"), (False, "hidden_text", "invisible")):
            text = _joined([one for one in there if one.covered is covered])
            if fold(text) and not _says_the_same(text, evidence, covered):
                yield finding(
                    code, f"Where the {LABELS[name]} shows “{evidence.raw}”, the file also holds “{text}”, {how}.", name
                )
                break


def _lies_at(box: Box, value: Box) -> bool:
    """Whether the middle of a word lies where the value stands."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    margin = (value[3] - value[1]) / 4
    wide = value[0] <= across <= value[2] or box[0] <= (value[0] + value[2]) / 2 <= box[2]
    return wide and value[1] - margin <= down <= value[3] + margin


def _joined(unseen: Sequence[Unseen]) -> str:
    """The words as they were written; some programs write every letter by itself."""
    texts = [one.text for one in unseen]
    return ("" if sum(map(len, texts)) < 2 * len(texts) else " ").join(texts)


def _says_the_same(text: str, evidence: Evidence, covered: bool) -> bool:
    unseen = fold(text)
    for said in (fold(evidence.raw or ""), fold(evidence.value or "")):
        if unseen in said or (said and said in unseen) or (not covered and fuzz.ratio(unseen, said) >= _ILL_READ):
            return True
    return False


def _by_pixels(extraction: Extraction) -> Iterator[Finding]:
    for one in extraction.traces.otherwise:
        yield finding(
            "text_against_pixels",
            f"As {LABELS[one.field]} the file's text says “{one.text}”; on the page “{one.pixels}” is to be seen.",
            one.field,
        )


# Where links and codes lead ------------------------------------------------------------------------------------------


def _by_addresses(extraction: Extraction) -> Iterator[Finding]:
    for one in extraction.traces.carried:
        if one.imitates:
            yield finding(
                "link_disguised",
                f"“{one.text}” looks as if it led to {one.imitates}; it leads to {host_of(one.text)}.",
                "verify_url",
            )
        elif one.source is Source.QR and one.text != extraction.fields.verify_url.value:
            yield from _by_symbol(one.text, extraction)


def _by_symbol(text: str, extraction: Extraction) -> Iterator[Finding]:
    """What the link in a QR code says otherwise than the document, where it is not the verification link itself."""
    host, hosts, code = host_of(text), extraction.expects.hosts, extraction.fields.validation_code.value
    if hosts and "." in host and not any(belongs(host, own) for own in hosts):
        if redirects(host):
            yield finding("link_redirected", f"The QR code leads to {host}, which only leads on; not seen is where to.")
        else:
            yield finding("link_host", f"The QR code leads to {host}, not to {' or '.join(hosts)}.", "verify_url")
    other = other_code(text, code, extraction.expects.code_pattern) if code else None
    if other:
        yield finding("link_code", f"The QR code carries “{other}”, the document shows “{code}”.", "verify_url")


def _by_payload(extraction: Extraction) -> Iterator[Finding]:
    """What a QR code itself states of the holder, course, day or code, against what is printed."""
    told: set[FieldName] = set()
    for one in extraction.traces.carried:
        for name, value in stated_in(one.text) if one.source is Source.QR else ():
            evidence = extraction.fields.get(name)
            if name not in told and evidence.value is not None and not _agrees(name, value, extraction):
                told.add(name)
                yield finding(
                    "qr_disagrees",
                    f"The QR code states “{value}” as {LABELS[name]}, the document shows “{evidence.value}”.",
                    name,
                )


def _agrees(name: FieldName, stated: str, extraction: Extraction) -> bool:
    printed = extraction.fields.get(name).value or ""
    if name in DATES:
        return _is_printed_day(stated, extraction)
    if name == "holder_name":
        one, other = sorted((words(stated), words(printed)), key=len)
        shorter = all(any(part == name or (len(part) == 1 and name[0] == part) for name in other) for part in one)
        return shorter or nearly_equal(" ".join(sorted(one)), " ".join(sorted(other)))
    said, shown = fold(stated), fold(printed)
    if said in shown or shown in said:
        return True
    return len(said) != len(shown) if name == "validation_code" else nearly_equal(stated, printed)


def _is_printed_day(stated: str, extraction: Extraction) -> bool:
    """Whether a stated day may be one of the printed ones; a text that is no date says nothing."""
    days = [reading for date in readings(stated) for reading in date.readings]
    shown = [reading for name in DATES if (reading := reading_of(extraction, name)) is not None]
    return not days or any(one.earliest <= day.latest and day.earliest <= one.latest for day in days for one in shown)


def _by_printed_code(extraction: Extraction) -> Iterator[Finding]:
    """Where the code is that of the link or QR code: whether another one of its form is printed."""
    code = extraction.fields.validation_code
    value = code.value or ""
    if code.source not in (Source.QR, Source.LINK):
        return
    for rival in code.rivals:
        same_form = len(rival.value) == len(value) and any(char.isdigit() for char in rival.value)
        misread = rival.source is Source.PIXELS and nearly_equal(rival.value, value)
        if (
            rival.source in (Source.TEXT, Source.PIXELS)
            and same_form
            and fold(rival.value) != fold(value)
            and not misread
        ):
            carrier = "QR code" if code.source is Source.QR else "link"
            yield finding(
                "link_code", f"The {carrier} carries “{value}”, the document shows “{rival.value}”.", "verify_url"
            )
            return
