"""The report: complete in itself, and deaf to what documents try to say to it."""

import datetime as dt
import html.parser
import io
import re
import stat
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipeline.batch import DocumentState
from pipeline.checks.findings import Decision
from pipeline.checks.remarks import finding
from pipeline.contract import ExtractionRow
from pipeline.errors import StorageError
from pipeline.report import render, write_report
from pipeline.report.terminal import print_batch, print_extractions, print_outcome, print_verdicts
from pipeline.report.view import view
from pipeline.report.words import FLAGS, addressed, days_left, flagged, missing
from pipeline.showing import LONGEST, sentence, visible
from rules.model import HoldingStatus
from tests.pipeline.example_batch import HOSTILE, example_batch, in_review, verdict

VERDICTS = Path(__file__).parents[3] / "docs" / "verdicts.md"
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Elements(html.parser.HTMLParser):
    """Every element of a page with its attributes, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: str) -> Elements:
    elements = Elements()
    elements.feed(page)
    return elements


def captured() -> tuple[Console, io.StringIO]:
    stream = io.StringIO()
    return Console(file=stream, width=100, highlight=False, force_terminal=False), stream


def test_the_page_shows_what_was_read_and_why_it_was_decided() -> None:
    text = parsed(render(example_batch())).text
    for said in (
        "2 documents need a person.",
        "Wanda Okonedo-Brix",
        "Designing Resilient Campus Networks",
        "printed “October 14, 2026”",
        "2026-05-03",
        "“03/05/2026” may be 5 March or 3 May 2026.",
        "recert review show 7",
        "Recorded as entry 41",
        "cisco: 12 credits as course, draft",
        "cut off",
        "16 still missing",
        "16 credits, or 1 core exam, or 2 more ways",
        "47:9b1f3c5e7a90",
    ):
        assert said in text


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    page = parsed(render(example_batch()))
    assert not [tag for tag, _ in page.elements if tag in {"script", "link", "iframe", "object", "form", "base"}]
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        if "src" in attributes:
            assert (attributes["src"] or "").startswith("data:image/jpeg;base64,")
        if "href" in attributes:
            assert re.match(r"#document-\d+$|https://verify\.example\.org/", attributes["href"] or "")


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    source = render(example_batch())
    page = parsed(source)
    assert "<script>" not in source
    assert not HIDDEN.search(source)
    assert "[U+202E]" in page.text
    assert not [attributes for tag, attributes in page.elements if tag == "img" and attributes.get("src") == "x"]


def test_boxes_lie_on_the_picture_in_percent() -> None:
    shown = view(example_batch())
    document = next(document for document in shown.documents if document.name == "campus networks.pdf")
    frames = document.certificates[0].pages[0].frames
    first = frames[0]
    assert (first.number, first.label, first.left, first.top) == (1, "Holder", "12.60%", "29.60%")
    assert [frame.number for frame in frames] == list(range(1, len(frames) + 1))


def test_what_needs_a_person_comes_first() -> None:
    states = [document.state for document in view(example_batch()).documents]
    assert states == ["review", "review", "rejected", "done", "duplicate"]


def test_pictures_beyond_the_budget_are_left_out_of_the_least_urgent() -> None:
    batch = example_batch()
    budget = sum(len(picture.jpeg) for picture in batch.documents[1].pictures)
    with_pictures = {
        document.name for document in view(batch, budget).documents if any(c.pages for c in document.certificates)
    }
    assert with_pictures == {"foto 3.jpg"}


def test_an_empty_batch_is_a_page_too() -> None:
    empty = example_batch().model_copy(update={"documents": (), "differences": ()})
    assert "The inbox was empty." in parsed(render(empty)).text


def test_all_duplicates_say_that_nothing_is_new() -> None:
    batch = example_batch()
    only = tuple(document for document in batch.documents if document.state is DocumentState.DUPLICATE)
    assert "Nothing new" in parsed(render(batch.model_copy(update={"documents": only}))).text


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = write_report(example_batch(), tmp_path / "reports")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_folder_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="could not be written"):
        write_report(example_batch(), tmp_path / "file" / "reports")


def test_the_terminal_says_the_same() -> None:
    console, stream = captured()
    batch = example_batch()
    for document in batch.documents:
        print_outcome(document, console)
    print_verdicts([(d.holder, d.after) for d in batch.differences], batch.finished_at.date(), console)
    print_batch(batch, Path("reports/x.html"), console)
    rows = [
        ExtractionRow.of(document.name, document.sha256, certificate.extraction, certificate.decision, ())
        for document in batch.documents
        for certificate in document.certificates
    ]
    print_extractions(rows, console)
    said = stream.getvalue()
    for words in ("campus networks.pdf", "Go on with: recert review show 7", "143 days", "1 accepted, 2 for review"):
        assert words in said
    assert "\x1b" not in said
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x07]", said)


def test_what_was_found_on_no_certificate_is_shown_as_no_field_anywhere() -> None:
    letter = in_review()
    [found] = letter.certificates
    told = finding("not_a_certificate", "Nothing on it reads like a certificate.")
    refused = found.model_copy(update={"decision": Decision.REJECT, "findings": (told,), "review": None})
    letter = letter.model_copy(update={"state": DocumentState.REJECTED, "certificates": (refused,)})
    console, stream = captured()
    print_outcome(letter, console)
    print_extractions(
        [ExtractionRow.of(letter.name, letter.sha256, refused.extraction, refused.decision, refused.findings)], console
    )
    page = render(example_batch().model_copy(update={"documents": (letter,)}))
    shown = parsed(page)
    for text in (stream.getvalue(), shown.text):
        assert "Nothing on it reads like a certificate." in text
        assert not any(value in text for value in ("Tiago", "Gestão", "2026-03-05", "03/05/2026", "93 %", "Not on the"))
    assert not any("frame" in (attributes.get("class") or "").split() for _, attributes in shown.elements)


def test_markup_of_documents_is_not_markup_of_the_terminal() -> None:
    console, stream = captured()
    outcome = example_batch().documents[0].model_copy(update={"name": "[bold red]x[/] [link=https://example.org]y"})
    print_outcome(outcome, console)
    assert "[bold red]x[/] [link=https://example.org]y" in stream.getvalue()


@given(st.text(max_size=600))
def test_visible_text_is_one_short_line_without_hidden_characters(text: str) -> None:
    shown = visible(text)
    assert len(shown) <= LONGEST
    assert "\n" not in shown
    assert not HIDDEN.search(shown)


def test_visible_keeps_what_names_need() -> None:
    for name in ("Zoë Ångström", "O’Brien", "محمد", "नेहा\u200d", "李小龍"):
        assert visible(name) == name
    assert "alert" in visible(HOSTILE)


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ({}, "nothing"),
        ({"ce": {"credits": Decimal(1)}}, "1 credit"),
        ({"ce": {"credits": Decimal("2.50")}, "exam": {"exam:any": 1}}, "2.5 credits, or any 1 exam"),
        ({"both": {"credits": Decimal(40), "exam:core": 2}}, "40 credits and 2 core exams"),
    ],
)
def test_what_is_missing_in_words(needs: dict[str, dict[str, Decimal | int]], words: str) -> None:
    assert missing(verdict("x", HoldingStatus.ACTIVE, None, needs)) == words


def test_every_flag_is_told_in_the_words_of_its_page() -> None:
    rows = re.findall(
        r"^\| `([a-z_]+)` \| (.*?) \|$", VERDICTS.read_text("utf-8").partition("## Flags")[2], re.MULTILINE
    )
    assert dict(rows) == FLAGS
    assert flagged("emeritus_may_apply") == "emeritus may apply"


def test_another_source_that_says_the_same_is_no_rival() -> None:
    batch = example_batch()
    told = in_review()
    [found] = told.certificates
    read = found.extraction.fields.completed_on
    agreeing = read.model_copy(update={"rivals": (read.rivals[0].model_copy(update={"value": read.value}),)})
    fields = found.extraction.fields.model_copy(update={"completed_on": agreeing})
    extraction = found.extraction.model_copy(update={"fields": fields})
    certificate = found.model_copy(update={"extraction": extraction})
    document = told.model_copy(update={"certificates": (certificate,)})
    assert "44 %" not in parsed(render(batch.model_copy(update={"documents": (document,)}))).text


def test_days_left_count_from_the_day_asked() -> None:
    today = dt.date(2026, 11, 22)
    ends = (dt.date(2026, 11, 23), dt.date(2026, 11, 22), dt.date(2026, 11, 1), None)
    said = [days_left(verdict("x", HoldingStatus.ACTIVE, end, {}), today) for end in ends]
    assert said == ["1 day", "0 days", "21 days ago", "–"]


def test_what_to_do_names_the_review() -> None:
    assert addressed("then `recert review accept N`, or `recert review fix N hours=…`.", 7) == (
        "then `recert review accept 7`, or `recert review fix 7 hours=…`."
    )
    assert addressed("`recert review accept N`", None) == "`recert review accept N`"
    assert addressed("Ask N. Nobody.", 7) == "Ask N. Nobody."


def test_a_remark_is_a_sentence() -> None:
    assert [sentence(text) for text in ("it is cut off", "It is.", "")] == ["It is cut off.", "It is.", ""]
