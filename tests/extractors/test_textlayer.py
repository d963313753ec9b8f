"""The text layer as a person sees it: place, size, weight, direction, what is hidden, what is broken."""

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extractors import pdfium_text, textlayer
from extractors.document import Limits, open_document
from extractors.model import Page, Source, Word
from extractors.pdf import PdfDocument
from extractors.textlayer import looks_broken, undecoded
from tests.extractors.drawing import FONT, Pdf


def first_page(drawing: Pdf) -> Page:
    with open_document(drawing.bytes(), Limits()) as document:
        return document.page(1)


def word(page: Page, text: str) -> Word:
    (found,) = [word for word in page.words if word.text == text]
    return found


def test_place_size_and_weight() -> None:
    drawing = Pdf().write("Plain", x=100, y=300, size=20).write("Strong", x=400, y=500, size=40, font="Helvetica-Bold")
    page = first_page(drawing)
    plain, strong = word(page, "Plain"), word(page, "Strong")
    assert plain.source is Source.TEXT
    assert not plain.bold
    assert strong.bold
    assert plain.size == pytest.approx(20 / 595, rel=0.05)
    assert strong.size == pytest.approx(40 / 595, rel=0.05)
    assert plain.box[0] == pytest.approx(100 / 842, abs=0.002)
    assert plain.box[1] < 1 - 300 / 595 < plain.box[3]


def test_a_word_with_a_large_initial_or_loose_letters_stays_one() -> None:
    drawing = Pdf()
    text = drawing.canvas.beginText(100, 400)
    text.setFont("Helvetica", 40)
    text.textOut("C")
    text.setFont("Helvetica", 30)
    text.textOut("ERTIFICATE")
    drawing.canvas.drawText(text)
    loose = drawing.canvas.beginText(100, 300)
    loose.setFont("Helvetica", 40)
    loose.setCharSpace(4)
    loose.textOut("Jul 30")
    drawing.canvas.drawText(loose)
    assert [word.text for word in first_page(drawing).words] == ["CERTIFICATE", "Jul", "30"]


def test_type_drawn_twice_for_boldness_is_read_once() -> None:
    drawing = Pdf().write("Hello all", x=100, y=300).write("Hello all", x=100.5, y=299.7)
    assert [word.text for word in first_page(drawing).words] == ["Hello", "all"]


@pytest.mark.parametrize(("angle", "turned"), [(0, 0), (90, 90), (180, 180), (270, 270)])
def test_type_in_each_direction_is_read_in_its_own(angle: int, turned: int) -> None:
    drawing = Pdf(size=(600, 600))
    drawing.canvas.translate(300, 300)
    drawing.canvas.rotate(angle)
    page = first_page(drawing.write("Verify at here", x=-100, y=0))
    assert [word.text for word in page.words] == ["Verify", "at", "here"]
    assert {word.turned for word in page.words} == {turned}
    assert page.words[0].size == pytest.approx(20 / 600, rel=0.1)


def test_only_what_lies_on_the_shown_part_of_the_sheet_is_read() -> None:
    drawing = Pdf(cropBox=(100, 100, 500, 400)).write("inside", x=120, y=350).write("outside", x=600, y=500)
    drawing.write("beyond", x=2000, y=300)
    page = first_page(drawing)
    assert [word.text for word in page.words] == ["inside"]
    assert (page.width, page.height) == (400, 300)
    assert page.words[0].box[0] == pytest.approx(20 / 400, abs=0.01)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_both_readers_see_the_same_words_in_the_same_places(rotation: int) -> None:
    drawing = Pdf(size=(700, 500))
    drawing.canvas.setPageRotation(rotation)
    data = drawing.write("Foundations of Security", x=80, y=120).bytes()
    document = PdfDocument(data, 5, 1_000_000)
    with document:
        by_pdfplumber = document.page(1).words
        by_pdfium = pdfium_text.words(document._pdf[0].get_textpage())
    assert [word.text for word in by_pdfplumber] == [word.text for word in by_pdfium]
    for one, other in zip(by_pdfplumber, by_pdfium, strict=True):
        assert one.box == pytest.approx(other.box, abs=0.02)
        assert one.size == pytest.approx(other.size, rel=0.1)
        assert one.turned == other.turned


def test_links_with_their_place() -> None:
    drawing = Pdf().write("here", x=100, y=300)
    drawing.canvas.linkURL("https://verify.example/é?id=AB-1", (100, 300, 150, 320))
    (link,) = first_page(drawing).links
    assert link.uri == "https://verify.example/é?id=AB-1"
    assert link.box == pytest.approx((100 / 842, 275 / 595, 150 / 842, 295 / 595), abs=0.002)


def test_words_that_nobody_sees_are_marked() -> None:
    drawing = Pdf().write("Seen", y=500).write_invisibly("Ghost", y=450)
    drawing.canvas.setFillColorRGB(1, 1, 1)
    drawing.write("WhiteOnWhite", y=400)
    drawing.canvas.setFillColorRGB(0, 0, 0.4)
    drawing.canvas.rect(80, 290, 300, 50, fill=1)
    drawing.canvas.setFillColorRGB(1, 1, 1)
    drawing.write("WhiteOnBlue", y=300)
    drawing.canvas.setFillColorRGB(0, 0, 0)
    drawing.write("UnderPaper", y=200).paste(Image.new("RGB", (9, 9), "white"), 80, 190, 300, 40)
    drawing.write("UnderGlass", y=100).paste(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), 80, 90, 300, 40)
    hidden = {word.text: word.hidden for word in first_page(drawing).words}
    assert hidden == {
        "Seen": False,
        "Ghost": True,
        "WhiteOnWhite": True,
        "WhiteOnBlue": False,
        "UnderPaper": True,
        "UnderGlass": False,
    }


def test_marking_the_hidden_does_not_spoil_the_picture() -> None:
    data = Pdf().write("Seen", y=500, size=60).write_invisibly("Ghost").bytes()
    with open_document(data, Limits()) as document:
        document.page(1)
        assert document.picture(1, 72).convert("L").histogram()[0] > 100


def test_a_broken_reader_leaves_the_second_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise KeyError("FontDescriptor")

    monkeypatch.setattr(textlayer, "words_of", breaks)
    page = first_page(Pdf().write("Foundations of Security", size=30))
    assert [word.text for word in page.words] == ["Foundations", "of", "Security"]


def test_undecodable_words_are_taken_from_the_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    garbled = (Word("(cid:3)(cid:41)", (0, 0, 1, 1), 0.1, Source.TEXT),)
    monkeypatch.setattr(textlayer.TextLayer, "words", lambda *_: garbled)
    assert [word.text for word in first_page(Pdf().write("Decoded")).words] == ["Decoded"]


def test_accents_of_embedded_fonts_are_kept() -> None:
    pdfmetrics.registerFont(TTFont("DejaVu", FONT))
    page = first_page(Pdf().write("Şükrü Wąsik Иванова", font="DejaVu"))
    assert [word.text for word in page.words] == ["Şükrü", "Wąsik", "Иванова"]


def words(text: str) -> list[Word]:
    return [Word(part, (0, 0, 0.1, 0.1), 0.02, Source.TEXT) for part in text.split()]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("", False),
        ("Certificate of Completion, 14 August 2023, ID 4411-2290", False),
        ("Настоящим подтверждается, что курс завершён", False),
        ("(cid:12)(cid:7)(cid:99) (cid:4)", True),
        ("\ufffd\ufffd\ufffd certi\ufffdcate", True),
        ("\ue001\ue002\ue003\ue004 \ue005\ue006\ue007", True),
        ("C e r t i f i c a t e o f C o m p l e t i o n t o y o u", True),
        (",;:-)( &%$ ==-- //~~ ,.,.,. ]]]] a", True),
    ],
)
def test_a_garbage_layer_is_recognised(text: str, broken: bool) -> None:
    assert looks_broken(words(text)) is broken


def test_undecoded_characters_are_counted() -> None:
    assert undecoded(words("(cid:12)ab(cid:7) fine \ufffe")) == 3
