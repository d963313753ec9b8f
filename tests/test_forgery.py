"""Signs of forgery, from the bytes to the findings: drawn documents that were changed, and innocent ones like them."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from extractors.document import Limits
from extractors.extract import Engines, extract, extract_document
from extractors.model import Expectation, Extraction
from extractors.ocr import OcrEngine, TesseractEngine
from extractors.pdf_traces import traces_of
from extractors.profile import Markers, Profile, Profiles, load_profiles
from pipeline.checks.document_checks import check_link
from pipeline.checks.findings import Finding, Severity
from pipeline.checks.forgery_checks import signs_of_forgery
from tests.extractors import forged
from tests.extractors.drawing import encoded, sheet
from tests.extractors.forged import CODE, HOLDER, OTHER, NoEngine, certificate
from tests.extractors.pages import WrittenDocument, WrittenEngine, stacked

NOTES = {"passed_on", "saved_later", "signed", "link_redirected"}

# What was done to it, the document, the sign and the field it is about, words that the person is shown.
FORGED: list[tuple[str, bytes, str, str | None, tuple[str, ...]]] = [
    (
        "another name, saved on top",
        forged.changed_on_top(certificate(), HOLDER, OTHER),
        "content_changed",
        "holder_name",
        (HOLDER, OTHER),
    ),
    (
        "another day, saved on top",
        forged.changed_on_top(certificate(), "Completed on 14 August 2023", "Completed on 14 August 2026"),
        "content_changed",
        "completed_on",
        ("2023", "2026"),
    ),
    (
        "another code, saved on top of a signed one",
        forged.changed_on_top(forged.signed(certificate()), f"Certificate ID: {CODE}", "Certificate ID: AB-9999-XY"),
        "content_changed",
        "validation_code",
        (CODE, "AB-9999-XY"),
    ),
    (
        "changed on top of one laid out for the web",
        forged.changed_on_top(forged.laid_out_for_the_web(certificate()), HOLDER, OTHER),
        "content_changed",
        "holder_name",
        (HOLDER, OTHER),
    ),
    (
        "words taken away on top",
        forged.changed_on_top(certificate(), "This is to certify that", ""),
        "content_changed",
        None,
        ("This is to certify that", "gone"),
    ),
    ("words added on top", forged.stamped(certificate(), "With honours"), "content_added", None, ("With honours",)),
    ("a picture added on top", forged.drawn_on_top(certificate()), "content_changed", None, ("looks otherwise",)),
    ("a white field and another name", forged.painted_over(), "covered_text", "holder_name", (HOLDER,)),
    (
        "last written by an editor",
        forged.modified(certificate(producer="PDFescape Online"), "20240301"),
        "edited",
        None,
        ("PDFescape",),
    ),
    (
        "an editor in its history",
        forged.with_history(("Adobe Illustrator 26", "2021-02-01"), ("Adobe Photoshop 25", "2024-03-01")),
        "edited",
        None,
        ("Photoshop",),
    ),
    (
        "a QR code with another name",
        forged.with_symbol(f"Name: {OTHER}\nCode: {CODE}"),
        "qr_disagrees",
        "holder_name",
        (OTHER, HOLDER),
    ),
    (
        "a QR code with another day",
        forged.with_symbol(json.dumps({"name": HOLDER, "date": "2021-08-14"})),
        "qr_disagrees",
        "completed_on",
        ("2021-08-14", "2023-08-14"),
    ),
    (
        "a QR code with another code",
        forged.with_symbol(f"Name: {HOLDER}; Code: AB-1235-XY"),
        "qr_disagrees",
        "validation_code",
        ("AB-1235-XY", CODE),
    ),
    (
        "a QR link with another name",
        forged.with_symbol("https://quayside.example/show?name=Theodor+Kallenbach&lang=en"),
        "qr_disagrees",
        "holder_name",
        (OTHER, HOLDER),
    ),
    (
        "a QR link with another code",
        forged.with_symbol("https://quayside.example/verify/AB-1284-XY"),
        "link_code",
        "verify_url",
        ("AB-1284-XY", CODE),
    ),
    (
        "a link with a host before the @",
        forged.with_link("https://credly.com@quayside.example/badges/12"),
        "link_disguised",
        "verify_url",
        ("credly.com", "quayside.example"),
    ),
]

INNOCENT: list[tuple[str, bytes]] = [
    ("as it was made", certificate()),
    ("signed", forged.signed(certificate())),
    ("signed twice", forged.signed(forged.signed(certificate()))),
    ("laid out for the web", forged.laid_out_for_the_web(certificate())),
    ("laid out for the web and signed", forged.signed(forged.laid_out_for_the_web(certificate()))),
    ("with two cross-references", forged.with_two_cross_references(certificate())),
    ("with a form", forged.form()),
    ("with a form filled in", forged.filled_in(forged.form())),
    ("printed to a file", certificate(producer="Microsoft: Print To PDF")),
    ("drawn with a design tool", certificate(producer="Canva")),
    ("edited before completion", forged.modified(certificate(producer="Adobe Photoshop 21"), "20220301")),
    ("an editor early in its history", forged.with_history(("Adobe Photoshop 25", "2021-02-01"))),
    ("saved again by a viewer", forged.modified(certificate(), "20240301")),
    ("joined with others", forged.modified(certificate(producer="iLovePDF"), "20230814")),
    ("a form of the issuer with its own name drawn twice", forged.painted_over(HOLDER, HOLDER)),
    ("a sample elsewhere on the page, drawn over", forged.sample_covered()),
    ("a QR code that says the same", forged.with_symbol(f"Name: {HOLDER}\nDate: 14.08.2023\nCode: {CODE}")),
    ("a QR code with a shortened name", forged.with_symbol(f"Name: W. Sandberg\nNombre: {HOLDER.upper()}")),
    ("a masked QR code", forged.with_symbol("Name: W*** S***\nCode: AB-****-XY")),
    ("a QR code that is no statement", forged.with_symbol("WIFI:S:Quayside;T:WPA;P:fish;;")),
    ("a link to the issuer's page", forged.with_link("https://quayside.example/courses")),
    ("a link to write to the issuer", forged.with_link("mailto:help@quayside.example")),
]

# These are read from pixels too, which takes a while.
SEEN_FORGED: list[tuple[str, bytes, str, tuple[str, ...]]] = [
    ("a picture of another name pasted over", forged.pasted_over(), "covered_text", (HOLDER, OTHER)),
    ("another name in invisible type", forged.with_invisible(OTHER), "hidden_text", (HOLDER, OTHER)),
    ("another name in white type", forged.with_white(OTHER), "hidden_text", (HOLDER, OTHER)),
    ("a scan with another name behind it", forged.scanned(OTHER), "hidden_text", (HOLDER, OTHER)),
    ("a note with another name laid over", forged.noted_over(OTHER), "hidden_text", (HOLDER,)),
]
SEEN_INNOCENT: list[tuple[str, bytes]] = [
    ("a scan", forged.scanned()),
    ("a scan with its words", forged.scanned(HOLDER)),
    ("a scan with its words ill read", forged.scanned("Wi1helm1na Sandbcrg")),
    ("a drawn name with its words", forged.with_invisible(HOLDER)),
]


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return load_profiles()


@pytest.fixture(scope="module")
def engine() -> TesseractEngine:
    return TesseractEngine(("eng",))


def read(data: bytes, profiles: Profiles, engine: OcrEngine | None = None) -> Extraction:
    [found] = extract(data, engine=engine or NoEngine(), profiles=profiles, limits=Limits())
    return found


def signs(extraction: Extraction) -> list[Finding]:
    """The signs that send to a person, those about links that are older than the others included."""
    linked = [found for found in check_link(extraction) if found.code in ("link_host", "link_code")]
    return [sign for sign in (*signs_of_forgery(extraction), *linked) if sign.code not in NOTES]


def names(table: Sequence[tuple[object, ...]]) -> Iterator[str]:
    return (str(row[0]) for row in table)


@pytest.mark.parametrize(("data", "code", "field", "shown"), [row[1:] for row in FORGED], ids=names(FORGED))
def test_what_was_changed_is_seen(
    profiles: Profiles, data: bytes, code: str, field: str | None, shown: tuple[str, ...]
) -> None:
    found = [sign for sign in signs(read(data, profiles)) if sign.code == code]
    assert [sign.field for sign in found] == [field]
    assert all(text in found[0].message for text in shown), found[0].message
    assert found[0].severity is Severity.REVIEW


@pytest.mark.parametrize("data", [row[1] for row in INNOCENT], ids=names(INNOCENT))
def test_what_is_innocent_stays_unsuspected(profiles: Profiles, data: bytes) -> None:
    assert signs(read(data, profiles)) == []


@pytest.mark.parametrize(("data", "code", "shown"), [row[1:] for row in SEEN_FORGED], ids=names(SEEN_FORGED))
def test_what_the_pixels_contradict_is_seen(
    profiles: Profiles, engine: OcrEngine, data: bytes, code: str, shown: tuple[str, ...]
) -> None:
    found = {sign.code: sign for sign in signs(read(data, profiles, engine))}
    assert code in found, found
    assert found[code].field == "holder_name"
    assert all(text in found[code].message for text in shown), found[code].message


@pytest.mark.parametrize("data", [row[1] for row in SEEN_INNOCENT], ids=names(SEEN_INNOCENT))
def test_scans_and_drawn_names_stay_unsuspected(profiles: Profiles, engine: OcrEngine, data: bytes) -> None:
    assert signs(read(data, profiles, engine)) == []


def test_what_is_good_to_know_is_only_noted(profiles: Profiles) -> None:
    whole = list(signs_of_forgery(read(forged.signed(certificate()), profiles)))
    later = list(signs_of_forgery(read(forged.filled_in(forged.signed(forged.form())), profiles)))
    joined = list(signs_of_forgery(read(forged.modified(certificate(producer="iLovePDF"), "20230814"), profiles)))
    assert [(sign.code, sign.severity) for sign in whole] == [("signed", Severity.NOTE)]
    assert [(sign.code, sign.severity) for sign in joined] == [("passed_on", Severity.NOTE)]
    assert later == [], "a signature that does not cover the last save is no good sign"


def test_the_traces_come_through_the_wire(profiles: Profiles) -> None:
    found = read(forged.changed_on_top(certificate(), HOLDER, OTHER), profiles)
    assert found.traces.updates == 1 and found.traces.changes
    assert Extraction.model_validate_json(found.model_dump_json()) == found


def test_programs_of_the_issuer_are_its_own(profiles: Profiles) -> None:
    data = forged.modified(certificate(producer="Adobe Photoshop 21"), "20240301")
    found = read(data, profiles)
    assert [sign.code for sign in signs(found)] == ["edited"]
    own = found.model_copy(update={"expects": Expectation(programs=("adobe photoshop",))})
    assert signs(own) == []


def test_a_picture_states_its_program_too(profiles: Profiles) -> None:
    exif = Image.Exif()
    exif[0x0131], exif[0x0132] = "GIMP 2.10", "2024:03:01 10:00:00"
    found = read(encoded(sheet(), "JPEG", exif=exif), profiles)
    assert found.traces.edited_on == dt.date(2024, 3, 1)
    assert [(sign.code, sign.severity) for sign in signs(found)] == [("edited", Severity.REVIEW)]


WRITTEN = (
    "Certificate of Completion",
    "This is to certify that",
    f"+{HOLDER}",
    "has successfully completed the course",
    f"#{forged.COURSE}",
    f"Completed on {forged.DAY}",
    f"Certificate ID: {CODE}",
)


def seen_otherwise(before: str, after: str, profiles: Profiles) -> list[Finding]:
    """The signs of a document whose text says one thing and whose page shows another."""
    drawn = [line.replace(before, after) for line in WRITTEN]
    document = WrittenDocument(stacked(*WRITTEN), drawn=[stacked(*drawn)])
    [found] = extract_document(document, Engines(WrittenEngine(document)), profiles)
    return signs(found)


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("holder_name", HOLDER, OTHER),
        ("holder_name", "Sandberg", "Sandbork"),
        ("completed_on", "14 August 2023", "14 August 2028"),
        ("completed_on", "14 August 2023", "19 August 2023"),
        ("completed_on", "14 August 2023", "2023-08-19"),
        ("validation_code", CODE, "AB-1284-XY"),
        ("validation_code", CODE, "AB-9999-XY"),
    ],
)
def test_a_page_that_shows_another_value_than_its_text_is_seen(
    profiles: Profiles, field: str, before: str, after: str
) -> None:
    """By fonts that draw other letters than they say: copied text and the page differ."""
    [sign] = seen_otherwise(before, after, profiles)
    assert (sign.code, sign.field) == ("text_against_pixels", field)
    assert before in sign.message and after in sign.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HOLDER, HOLDER),
        (forged.DAY, "14 Augu5t 2023"),
        (forged.DAY, "August 14, 2023"),
        (HOLDER, "Wilhelmina Sandbcrg"),
        (CODE, "AB-I234-XY"),
        (CODE, "AB-l2E4-XY"),
    ],
)
def test_a_page_that_is_ill_read_is_not(profiles: Profiles, before: str, after: str) -> None:
    assert seen_otherwise(before, after, profiles) == []


KNOWN = Profile(
    id="quayside", issuer="Quayside", languages=("en",), code="always", code_pattern=r"AB-\d{4}-XY",
    hosts=("quayside.example",), markers=Markers(any=("certificate of completion",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("symbol", "told"),
    [
        ("https://quayside.example/verify/AB-1234-XY", []),
        ("https://verify.quayside.example/AB-1234-XY", []),
        ("https://quayside.example/verify/AB-1235-XY", [("link_code", "AB-1235-XY")]),
        ("https://northwind.example/verify/AB-1234-XY", [("link_host", "northwind.example")]),
        ("https://quayside.example.northwind.test/verify/AB-1234-XY", [("link_disguised", "northwind.test")]),
        ("https://quayslde.example/verify/AB-1234-XY", [("link_disguised", "quayslde.example")]),
        ("https://bit.ly/3kQ9zXa", [("link_redirected", "bit.ly")]),
        ("AB-1234-XY", []),
    ],
)
def test_where_the_code_of_a_known_issuer_leads(symbol: str, told: list[tuple[str, str]]) -> None:
    found = read(forged.with_symbol(symbol), Profiles((KNOWN,)))
    assert found.profile == "quayside" and found.fields.validation_code.value is not None
    signs = (*check_link(found), *signs_of_forgery(found))
    for code, text in told:
        assert [text in sign.message for sign in signs if sign.code == code] == [True], signs
    assert {sign.code for sign in signs} - {code for code, _ in told} <= ({"link_host"} if told else set())


ODD = (
    forged.signed(forged.changed_on_top(certificate(), HOLDER, OTHER)),
    forged.with_history(("Adobe Photoshop 25", "2024-03-01")),
    forged.laid_out_for_the_web(forged.with_two_cross_references(certificate())),
)


@given(st.data())
def test_no_bytes_are_too_odd(data: st.DataObject) -> None:
    """Cut, repeated and overwritten files have changes, updates and signatures, or none; they never raise."""
    whole = data.draw(st.sampled_from(ODD))
    start, end = sorted((data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))))
    odd = whole[:start] + data.draw(st.binary(max_size=30)) + whole[end:]
    traces = traces_of(odd, None, data.draw(st.text(max_size=20)), 10_000)
    assert traces.updates >= 0 and traces.signature in (None, "whole", "part")
