"""The samples say what their TOML says: nothing in the truth is missing on the page, nothing else stands beside it.

A file is compared with its redrawing byte by byte. Where the bytes differ (another build of zlib, FreeType or libjpeg,
another version of a font package), the same text layer and nearly the same pixels are asked for instead.
"""

import datetime as dt
import io
import json
import re
from collections import defaultdict

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageStat

from pipeline.people.roster_file import read_roster
from pipeline.tables import TableLimits
from rules.program import shipped_programs
from tests.samples.case import SAMPLES, Case, load_cases
from tests.samples.draw import draw, sheets_of
from tests.samples.pdf import PASSWORD
from tests.samples.sheet import Link, Sheet, Text, font_path

CASES = load_cases()
UNREADABLE = {"encrypted", "truncated", "empty"}
PIXELS_ONLY = {"image-only", "stale-text"}
LARGEST_BYTES, ALL_BYTES = 300_000, 12_000_000
UNLIKE = 3.0  # mean difference of grey values, 0 to 255; another hinting of the same font stays below it


def effects(case: Case) -> set[str]:
    return set(case.story.draw.effects)


def opens(case: Case) -> bool:
    return not effects(case) & UNREADABLE


def has_text_layer(case: Case) -> bool:
    return case.file.suffix == ".pdf" and opens(case) and not effects(case) & PIXELS_ONLY


def drawn(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


def texts(data: bytes, password: str | None = None) -> list[str]:
    """The text layer page by page, without any white space."""
    with pypdfium2.PdfDocument(data, password=password) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def pictures(case: Case, data: bytes, scale: float = 1.0) -> list[Image.Image]:
    if case.file.suffix != ".pdf":
        return [Image.open(io.BytesIO(data)).convert("RGB")]
    with pypdfium2.PdfDocument(data) as document:
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]


def squeezed(text: str) -> str:
    # PDFium marks a word that a line end divides with U+FFFE.
    return "".join(text.replace("￾", "-").split())


def pages_of(case: Case, number: int) -> list[Sheet]:
    """The sheets that show one certificate, counted from 1."""
    sheets = sheets_of(case)
    return [sheet for page, sheet in zip(case.story.pages, sheets, strict=True) if page.certificate == number]


def test_every_truth_has_its_file_and_every_file_its_truth() -> None:
    files = {path for path in SAMPLES.glob("*/*") if path.parent.name != "demo" and path.suffix != ".toml"}
    assert files == {case.file for case in CASES}


def test_the_files_are_small() -> None:
    sizes = [case.file.stat().st_size for case in CASES]
    assert max(sizes) < LARGEST_BYTES
    assert sum(sizes) < ALL_BYTES


@drawn(list(CASES))
def test_redrawing_gives_the_same_file(case: Case) -> None:
    old, new = case.file.read_bytes(), draw(case)
    if old == new:
        return
    if "truncated" in effects(case) or "empty" in effects(case):
        assert bool(old) == bool(new)
        return
    password = PASSWORD if "encrypted" in effects(case) else None
    if case.file.suffix == ".pdf":
        assert texts(old, password) == texts(new, password)
    if password is None:
        for one, other in zip(pictures(case, old), pictures(case, new), strict=True):
            assert one.size == other.size
            assert ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0] < UNLIKE


@pytest.mark.parametrize("kind", [".pdf", ".png"])
def test_drawing_twice_gives_the_same_bytes(kind: str) -> None:
    for case in [case for case in CASES if case.file.suffix == kind][::4]:
        assert draw(case) == draw(case)


@drawn([case for case in CASES if case.certificates])
def test_the_whole_truth_is_on_the_document(case: Case) -> None:
    for number, certificate in enumerate(case.certificates, start=1):
        pages = [page for page in case.story.pages if page.certificate == number]
        sheets = pages_of(case, number)
        for name, value in certificate.truths().items():
            forms = [sheet.said[name] for sheet in sheets if name in sheet.said]
            if not forms and "badge" in effects(case):  # in the assertion, see below
                continue
            if name.endswith("_on") and len(value) == len("2026-01"):
                assert forms and value[:4] in forms[0]
            elif name.endswith("_on"):
                day = dt.date.fromisoformat(value).day
                assert forms
                assert all(day in map(int, re.findall(r"\d+", printed)) for printed in forms), name
            elif name == "hours":
                assert forms
            elif forms:
                assert all(squeezed(value) in squeezed(printed) for printed in forms), name
            else:  # inside a link or a QR code
                carried = [squeezed(text) for sheet in sheets for text in sheet.said.values()]
                carried += [page.qr for page in pages]
                carried += [mark.url for sheet in sheets for mark in sheet.marks if isinstance(mark, Link)]
                assert any(value in text for text in carried), name


@drawn([case for case in CASES if has_text_layer(case)])
def test_the_text_layer_holds_what_is_printed_and_not_what_is_drawn(case: Case) -> None:
    layers = texts(case.file.read_bytes())
    for page, sheet, layer in zip(case.story.pages, sheets_of(case), layers, strict=True):
        assert "SPECIMEN" in layer
        for name, printed in sheet.said.items():
            assert (squeezed(printed) in layer) != (name in page.outlined), name


@drawn([case for case in CASES if not has_text_layer(case)])
def test_what_is_printed_is_drawn(case: Case) -> None:
    for sheet in sheets_of(case):
        lines = squeezed("".join(mark.text for mark in sheet.marks if isinstance(mark, Text)))
        assert all(squeezed(printed) in lines for printed in sheet.said.values())


@drawn(list(CASES))
def test_specimen_stands_on_every_page(case: Case) -> None:
    for sheet in sheets_of(case):
        assert any(isinstance(mark, Text) and mark.text == "SPECIMEN" and mark.size < 8 for mark in sheet.marks)


@drawn([case for case in CASES if effects(case) & PIXELS_ONLY])
def test_pictures_have_no_text_layer_but_a_stale_one(case: Case) -> None:
    (layer,) = texts(case.file.read_bytes())
    hidden = case.story.hidden
    if hidden is None:
        assert layer == ""
    else:
        assert squeezed(hidden.holder_name) in layer
        assert squeezed(case.certificates[0].holder_name) not in layer


@drawn([case for case in CASES if any(page.qr for page in case.story.pages)])
def test_qr_codes_can_be_read(case: Case) -> None:
    for page, picture in zip(case.story.pages, pictures(case, case.file.read_bytes(), scale=2.0), strict=True):
        found = zxingcpp.read_barcodes(picture)
        assert [code.text for code in found] == [page.qr] * bool(page.qr)


@drawn([case for case in CASES if has_text_layer(case)])
def test_fonts_are_embedded_as_subsets(case: Case) -> None:
    data = case.file.read_bytes()
    fonts = re.findall(rb"/BaseFont /(\S+)", data)
    assert b"/FontFile2" in data
    assert all(re.match(rb"[A-Z]{6}\+", font) for font in fonts), fonts


def test_the_encrypted_one_opens_with_its_password_only() -> None:
    (case,) = (case for case in CASES if "encrypted" in effects(case))
    data = case.file.read_bytes()
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(data)
    assert squeezed(case.certificates[0].holder_name) in texts(data, PASSWORD)[0]


def test_the_truncated_one_does_not_open() -> None:
    (case,) = (case for case in CASES if "truncated" in effects(case))
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(case.file.read_bytes())


@drawn([case for case in CASES if "badge" in effects(case)])
def test_the_badge_carries_its_assertion(case: Case) -> None:
    (certificate,) = case.certificates
    with Image.open(case.file) as image:
        assertion = json.loads(image.info["openbadges"])
    assert assertion["badge"]["name"] == certificate.course_name
    assert assertion["extensions:recipientProfile"]["name"] == certificate.holder_name
    assert assertion["issuedOn"].startswith(str(certificate.completed_on))
    assert assertion["id"] == certificate.verify_url


def test_a_repeated_certificate_is_the_same_certificate() -> None:
    named = {case.name: case for case in CASES}
    repeats = [case for case in CASES if case.expect.duplicate_of]
    assert repeats
    for case in repeats:
        assert case.expect.duplicate_of is not None
        assert case.certificates == named[case.expect.duplicate_of].certificates


def test_codes_are_nobodys_twice() -> None:
    holders = defaultdict(set)
    for case in CASES:
        for certificate in case.certificates:
            if certificate.validation_code:
                holders[certificate.validation_code].add((certificate.holder_name, certificate.course_name))
    assert all(len(owners) == 1 for owners in holders.values())


def test_the_demo_roster_knows_who_is_not_expected_to_be_unknown() -> None:
    people = {
        holder.name
        for holder in read_roster(SAMPLES / "demo" / "roster.toml", shipped_programs(), TableLimits()).holders
    }
    for case in CASES:
        stranger = "holder_unknown" in case.expect.roster_findings
        assert all((certificate.holder_name not in people) == stranger for certificate in case.certificates), case.name


def test_the_fonts_are_installed() -> None:
    missing = [str(font_path(name)) for name in ("sans", "carlito", "dejavu") if not font_path(name).exists()]
    assert not missing, "Install fonts-liberation, fonts-crosextra-carlito and fonts-dejavu-core."
