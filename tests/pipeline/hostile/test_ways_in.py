"""Any text in any place a document has for text: readers and checks never raise, and all of it can be written down.

Pure functions, called directly; the same through the sandbox is `make fuzz`.
"""

import base64
import datetime as dt
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.badge import read_badge
from extractors.extract import Engines, extract_document
from extractors.model import Link, Metadata, Symbol
from extractors.plain import whole
from extractors.profile import load_profiles
from pipeline.checks.document_checks import host_of
from pipeline.checks.findings import Decision
from pipeline.validate import check_document, decide
from tests.extractors.pages import Row, WrittenDocument, WrittenEngine

PROFILES = load_profiles()
DAY = dt.date(2026, 11, 22)

# Any code points, halves of characters included, and what means something to somebody.
MEANT = (
    *("Certificate of Completion", "This is to certify that", "Wilhelmina Sandberg", "has successfully completed"),
    *("on 14 August 2023", "31/02/2023", "99.99.9999", "Certificate ID", "AB-1234-XY", "0x10", "Credits: 1e999", "١٢٣"),
    *(
        "https://",
        "https://[",
        "//a:b:c/",
        "javascript:alert(1)",
        "\u202e",
        "\x1b[2J",
        "\x00",
        "\ufffe",
        "\ud800",
        "=1+1",
    ),
    *("{{ 1 }}", "'; DROP TABLE entry; --", "hours: -5", "Expires: never", "İ", "ß", "ﬀ", "e" + "\u0301" * 50),
)
TEXTS = st.one_of(
    st.sampled_from(MEANT),
    st.text(max_size=40),
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.lists(st.sampled_from(MEANT), max_size=5).map(" ".join),
)
KEYS = st.sampled_from((
    *("badge", "name", "issuer", "recipient", "identity", "hashed", "type", "id", "uid", "issuedOn", "expires", "url"),
    *("verification", "credentialSubject", "achievement", "identifier", "identityType", "identityHash", "validFrom"),
    *("vc", "@value", "en", "extensions:recipientProfile", "issuanceDate", "verify"),
))  # fmt: skip
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, st.just("name"), st.just("2024-02-29")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=20,
)


def writable(text: str | None) -> bool:
    return text is None or text.encode("utf-8").decode("utf-8") == text


@given(stated=st.dictionaries(KEYS, VALUES, max_size=10), signed=st.booleans(), chunk=st.sampled_from((0, 1)))
@settings(max_examples=150)
def test_any_badge_makes_sense_or_none(stated: dict[str, object], signed: bool, chunk: int) -> None:
    text = json.dumps(stated)
    if signed:
        text = f"e30.{base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')}.x"
    badge = read_badge({("openbadges", "openbadgecredential")[chunk]: text})
    if badge is not None:
        for value in (badge.name, badge.holder_name, badge.issuer, badge.identifier, badge.verify_url):
            assert value is None or (isinstance(value, str) and value and writable(value))
        for day in (badge.issued_on, badge.expires_on):
            assert day is None or type(day) is dt.date


@given(text=st.one_of(TEXTS, st.binary(max_size=60).map(lambda data: data.decode("latin-1"))))
@settings(max_examples=200)
def test_any_text_in_the_place_of_a_badge(text: str) -> None:
    read_badge({"openbadges": text, "openbadgecredential": "{" + text})


@given(text=TEXTS)
@settings(max_examples=150)
def test_any_address_has_a_host_or_none(text: str) -> None:
    assert isinstance(host_of(text), str)


@given(text=st.text(st.characters(exclude_categories=())))
def test_halves_of_characters_are_made_whole(text: str) -> None:
    assert writable(whole(text))
    if writable_already(text):
        assert whole(text) == text


def writable_already(text: str) -> bool:
    try:
        return writable(text)
    except UnicodeEncodeError:
        return False


ROWS = st.builds(
    Row,
    TEXTS.map(whole),
    y=st.floats(0, 1),
    x=st.floats(0, 1),
    size=st.one_of(st.floats(0, 1), st.sampled_from((0.0, 1e-9, 0.03))),
    bold=st.booleans(),
    hidden=st.booleans(),
)
ADDRESSES = TEXTS.map(whole)


@given(
    pages=st.lists(st.lists(ROWS, max_size=12), min_size=1, max_size=2),
    links=st.lists(st.builds(Link, ADDRESSES, st.none()), max_size=3),
    codes=st.lists(st.builds(Symbol, ADDRESSES, st.just((0.1, 0.1, 0.2, 0.2)), st.just("QRCode")), max_size=2),
    stated=ADDRESSES,
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_words_links_and_codes_are_read_checked_and_written_down(
    pages: list[list[Row]], links: list[Link], codes: list[Symbol], stated: str
) -> None:
    document = WrittenDocument(
        *pages, links=tuple(links), symbols=tuple(codes), metadata=Metadata(producer=stated, title=stated)
    )
    engine = WrittenEngine(document)
    extractions = extract_document(document, Engines(engine, engine), PROFILES)
    assert extractions
    for extraction in extractions:
        assert type(extraction).model_validate_json(extraction.model_dump_json()) == extraction
        assert decide(check_document(extraction, DAY)) in Decision
