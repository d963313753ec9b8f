"""The quicker reader of text layers reads what pdfplumber reads, or says that it may not."""

from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from extractors import pdfium_text
from extractors.document import Limits, open_document
from extractors.extract import extract
from extractors.model import Extraction, Page, Seconds, Word
from extractors.pdf import PdfDocument
from extractors.profile import Profiles, load_profiles
from extractors.textlayer import TextLayer
from tests.extractors.drawing import Pdf

SAMPLES = sorted((Path(__file__).parents[2] / "sample_certificates").glob("*/*.pdf"))


class PixelsWanted(Exception):
    """The text was not enough."""


class NoEngine:
    name = "none"

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        raise PixelsWanted


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return load_profiles()


def pages(file: Path) -> list[tuple[Page | None, Page]]:
    """Every page at a glance and as pdfplumber reads it; none of a file that does not open."""
    try:
        with open_document(file.read_bytes(), Limits()) as document:
            return [(document.glance(number), document.page(number)) for number in range(1, document.page_count + 1)]
    except Exception:
        return []


def by_text(file: Path, profiles: Profiles) -> tuple[Extraction, ...] | None:
    """What is read where the text says all; None where pixels are wanted or the file does not open."""
    try:
        read = extract(file.read_bytes(), engine=NoEngine(), profiles=profiles, limits=Limits())
    except Exception:
        return None
    return tuple(one.model_copy(update={"seconds": Seconds()}) for one in read)


def test_a_glance_at_the_samples_sees_what_pdfplumber_sees() -> None:
    seen = [(glance, page) for file in SAMPLES for glance, page in pages(file) if glance is not None]
    assert len(seen) > 0.9 * len(SAMPLES)
    for glance, page in seen:
        assert [word.text for word in glance.words] == [word.text for word in page.words]
        assert [link.uri for link in glance.links] == [link.uri for link in page.links]
        for one, other in zip(glance.links, page.links, strict=True):
            assert one.box == pytest.approx(other.box, abs=0.002)
        for word, same in zip(glance.words, page.words, strict=True):
            assert word.box == pytest.approx(same.box, abs=0.004)
            assert word.size == pytest.approx(same.size, rel=0.02)
            assert (word.bold, word.hidden, word.turned) == (same.bold, same.hidden, same.turned)


def test_the_fields_come_out_the_same(profiles: Profiles, monkeypatch: pytest.MonkeyPatch) -> None:
    glanced = {file: read for file in SAMPLES if (read := by_text(file, profiles)) is not None}
    assert len(glanced) >= 10
    asked = []
    monkeypatch.setattr(PdfDocument, "glance", lambda *_: asked.append(1))
    for file, read in glanced.items():
        for one, other in zip(read, by_text(file, profiles) or (), strict=True):
            assert {name: evidence["value"] for name, evidence in one.fields.model_dump().items()} == {
                name: evidence["value"] for name, evidence in other.fields.model_dump().items()
            }
            assert (one.profile, one.document_type, one.pages) == (other.profile, other.document_type, other.pages)
    assert asked


def glance(drawing: Pdf) -> Page | None:
    with open_document(drawing.bytes(), Limits()) as document:
        return document.glance(1)


def spaced(char_space: float, text: str) -> Pdf:
    drawing = Pdf()
    line = drawing.canvas.beginText(100, 300)
    line.setCharSpace(char_space)
    line.textOut(text)
    drawing.canvas.drawText(line)
    return drawing


def test_a_plain_page_is_clear() -> None:
    page = glance(Pdf().write("Foundations of Security"))
    assert page is not None
    assert [word.text for word in page.words] == ["Foundations", "of", "Security"]


@pytest.mark.parametrize(("gap", "clear"), [(1, True), (3, False), (5, True)])
def test_a_blank_that_the_gap_does_not_bear_out_is_doubtful(gap: float, clear: bool) -> None:
    end = 100 + stringWidth("Verif", "Helvetica", 20)
    page = glance(Pdf().write("Verif", x=100).write("y at", x=end + gap))
    assert (page is not None) is clear


def test_overlapping_letters_are_doubtful() -> None:
    assert glance(spaced(-5, "Overlapping")) is None


def test_round_type_is_doubtful() -> None:
    drawing = Pdf()
    drawing.canvas.translate(300, 300)
    drawing.canvas.rotate(20)
    assert glance(drawing.write("Seal", x=0, y=0)) is None


def test_undecodable_characters_are_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium_text, "_code_at", lambda *_: 0)
    assert glance(Pdf().write("Undecoded")) is None


def test_hidden_words_are_marked_at_a_glance() -> None:
    page = glance(Pdf().write("Seen", y=500).write_invisibly("Ghost", y=450))
    assert page is not None
    assert {word.text: word.hidden for word in page.words} == {"Seen": False, "Ghost": True}


@pytest.mark.parametrize(("drawing", "read"), [(Pdf().write("Copy"), False), (spaced(-5, "Overlapping"), True)])
def test_only_a_doubtful_page_is_read_by_record(
    drawing: Pdf, read: bool, profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by_record = []
    monkeypatch.setattr(TextLayer, "words", lambda *_: read_by_record.append(1))
    with pytest.raises(PixelsWanted):
        extract(drawing.bytes(), engine=NoEngine(), profiles=profiles, limits=Limits())
    assert bool(read_by_record) is read


def test_a_picture_cannot_be_glanced_at() -> None:
    path = next(Path(__file__).parents[2].glob("sample_certificates/*/*.png"))
    with open_document(path.read_bytes(), Limits()) as document:
        assert document.glance(1) is None
