"""Every exit, every attack: what leaves recert is data to whoever receives it, never an order.

An exit is a function of a world of hostile text; what may leave there is said once for each kind of exit. The last test
prints the figures: `pytest -k counts -s`.
"""

import csv
import html.parser
import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import from_json
from rich.console import Console

from extractors.explain import ExplainedCandidate, ExplainedCertificate, ExplainedField, NearProfile, Sign
from extractors.explain import Explanation as ReadingExplanation
from pipeline.checks.findings import Decision
from pipeline.contract import DocumentRow, ExtractionRow, ItemRow, ReviewListRow
from pipeline.folders.filenames import filing_name, filing_path, numbered, safe_name
from pipeline.folders.files import Claimed, reject
from pipeline.portal.portal_file import PortalRow
from pipeline.portal.reconciliation import Reconciled
from pipeline.portal.reconciling import ours, reconcile
from pipeline.report import explanation as explanation_page
from pipeline.report import render, tables, terminal, write_batch
from pipeline.report.bundle import checklist, file_name, table
from pipeline.report.folders import print_explanation
from pipeline.report.planned import print_plan
from pipeline.report.reconciled import print_reconciled
from pipeline.report.sheet import cell
from pipeline.report.verdict_page import Row, render_verdicts
from pipeline.showing import json_line, visible
from pipeline.verdicts.offers import LikelyOffer
from rules.model import ClaimStatus
from tests.pipeline.hostile.attacks import ATTACKS, HONEST
from tests.pipeline.hostile.world import PROGRAM, TODAY, World, programs, world

ANYTHING = st.one_of(
    st.text(max_size=80),
    st.text(
        st.characters(categories=["Cs", "Cf", "Cc", "Co", "Cn", "Zl", "Zp", "Zs", "Mn", "Me", "Sk", "Po"]), max_size=40
    ),
    st.lists(
        st.sampled_from(["\x1b[", "\n", "\r", "<", ">", '"', "'", "=", ";", " ", "@", "{{", "&", "\u202e", "a"])
    ).map("".join),
)
PLAIN = "Harmless"


# What may leave ------------------------------------------------------------------------------------------------------


def hidden(text: str) -> list[str]:
    """Characters that a terminal obeys or that mislead the eye."""
    joined = (
        text if text.isascii() else re.sub(r"(?<=[^\u0000-\u05ff])[\u200c\u200d]", "", text)
    )  # a joiner has a meaning in some scripts
    return [
        c for c in set(joined) if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and c != "\n"
    ]


class Skeleton(html.parser.HTMLParser):
    """A page without its words: every element with all that its attributes say."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.bones: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.bones.append((tag, *(f"{name}={value}" for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.bones.append(("/", tag))

    def handle_comment(self, data: str) -> None:
        self.bones.append(("comment", data))

    def handle_data(self, data: str) -> None:
        self.text += data


@cache
def bones(make: Callable[[World], str]) -> list[tuple[str, ...]]:
    return Skeleton(make(world(PLAIN))).bones


def check_page(make: Callable[[World], str], here: World) -> None:
    """The very elements that the same page has around harmless words, and the words as they are shown."""
    page = make(here)
    skeleton = Skeleton(page)
    assert skeleton.bones == bones(make)
    assert not hidden(page)
    assert visible(here.text) in re.sub(r"\s+", " ", skeleton.text)


def check_terminal(make: Callable[[World], str], here: World) -> None:
    told = make(here)
    assert not hidden(told)
    assert not [line for line in told.splitlines() if line.strip(" │├└─").startswith("FORGED")]


def check_json(make: Callable[[World], str], here: World) -> None:
    """One line of JSON by the strictest reader, with the text as it was; a byte that is no text is written out."""
    for line in make(here).split("\n")[:-1]:
        assert line.splitlines() == [line] and not hidden(line)
        assert whole(here.text) in list(strings(from_json(line))) and json.loads(line) == from_json(line)


def whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def check_name(make: Callable[[World], str], here: World) -> None:
    """One name that any disk takes and any command takes for a file."""
    for name in make(here).split("\0"):
        assert name not in ("", ".", "..") and len(os.fsencode(name)) <= 255 - len(".why.txt")
        assert not set(name) & set('/\\:*?"<>|') and not hidden(name) and "\u200d" not in name
        assert not name.startswith((".", "-", " ")) and not name.endswith((".", " "))
        assert unicodedata.normalize("NFC", name) == name
        assert not re.fullmatch(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]) *(\..*)?", name, re.IGNORECASE)


def check_table(make: Callable[[World], str], here: World) -> None:
    """No cell is a formula, at whichever separator it is cut; the rows are those of harmless text."""
    told, usual = make(here), make(world(PLAIN))
    rows = list(csv.reader(io.StringIO(told), strict=True))
    assert [len(row) for row in rows] == [len(row) for row in csv.reader(io.StringIO(usual))]
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(told), delimiter=separator):
            assert not [one for one in row if one.strip()[:1] in set("=+-@＝＋－＠﹢﹣﹦﹫−\t\r") and one.strip()]
    assert not hidden(told.removeprefix("\ufeff").replace("\r\n", ""))


KINDS: dict[str, Callable[[Callable[[World], str], World], None]] = {
    "page": check_page,
    "terminal": check_terminal,
    "json": check_json,
    "name": check_name,
    "table": check_table,
}


# The exits -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exit:
    name: str
    kind: str
    make: Callable[[World], str]


EXITS: list[Exit] = []


def leaves(kind: str) -> Callable[[Callable[[World], str]], Callable[[World], str]]:
    def listed(make: Callable[[World], str]) -> Callable[[World], str]:
        EXITS.append(Exit(make.__name__, kind, make))
        return make

    return listed


def printed(print_it: Callable[[Console], None]) -> str:
    stream = io.StringIO()
    print_it(Console(file=stream, width=5000, highlight=False, force_terminal=False))
    return stream.getvalue()


def captured(print_it: Callable[[], None]) -> str:
    """What a function prints that makes its own console."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for module in (terminal, tables, explanation_page):
            patch.setattr(module, "terminal", lambda: Console(file=stream, width=5000, highlight=False))
        print_it()
    return stream.getvalue()


@leaves("page")
def batch_report(here: World) -> str:
    return render(here.batch)


@leaves("page")
def verdicts_page(here: World) -> str:
    rows = [Row(here.text, s, v, e) for s, v, e in zip(here.sentences, here.verdicts, here.explanations, strict=True)]
    return render_verdicts(rows, here.reminders, TODAY, TODAY, head="8:9b1f")


@leaves("page")
def submission_checklist(here: World) -> str:
    return checklist(here.text, here.items, TODAY, head="8:9b1f")


@leaves("terminal")
def run_in_terminal(here: World) -> str:
    def show(console: Console) -> None:
        for document in here.batch.documents:
            terminal.print_outcome(document, console)
        terminal.print_batch(here.batch, Path(here.text.replace("\0", "")[:200]), console)

    return printed(show)


@leaves("terminal")
def extractions_in_terminal(here: World) -> str:
    return printed(lambda console: terminal.print_extractions([extraction_row(here)], console))


@leaves("terminal")
def verdicts_in_terminal(here: World) -> str:
    return printed(lambda console: terminal.print_verdicts([(here.text, v) for v in here.verdicts], TODAY, console))


@leaves("terminal")
def reminders_in_terminal(here: World) -> str:
    return printed(lambda console: terminal.print_reminders(here.reminders, console))


@leaves("terminal")
def explanations_in_terminal(here: World) -> str:
    return printed(lambda console: [print_explanation(here.text, one, console) for one in here.explanations] and None)


@leaves("terminal")
def plan_in_terminal(here: World) -> str:
    return printed(lambda console: print_plan(here.text, here.plan(), programs(), console))


@leaves("terminal")
def reconciliation_in_terminal(here: World) -> str:
    row = PortalRow(3, here.text, PROGRAM, f"not ours {here.text}", (TODAY,), None, ClaimStatus.EARNED, here.text)
    claims = ours(here.state, here.holder, here.verdicts, programs()[PROGRAM], TODAY)
    found = reconcile(here.text, programs()[PROGRAM], [row], claims, since=TODAY.replace(year=2020), today=TODAY)
    return printed(lambda console: print_reconciled(Reconciled((found,), (here.text,)), (here.text,), console))


@leaves("terminal")
def table_in_terminal(here: World) -> str:
    return captured(lambda: tables.print_table(("A", "B"), [(here.text, (here.text, here.text))]))


@leaves("terminal")
def review_in_terminal(here: World) -> str:
    return captured(lambda: tables.print_review(here.review, (here.text,)))


@leaves("terminal")
def offers_in_terminal(here: World) -> str:
    offer = LikelyOffer(
        title=here.text, program=PROGRAM, percent=9, certain=False, in_time=False, worth="4 CE", source=here.text
    )
    return captured(lambda: tables.print_offers((offer,)))


@leaves("terminal")
def reading_explained_in_terminal(here: World) -> str:
    return captured(lambda: explanation_page.print_explanation(reading_explanation(here)))


@leaves("terminal")
def note_beside_a_rejected_file(here: World) -> str:
    with TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / "working" / "run" / "box" / "a.pdf"
        source.parent.mkdir(parents=True)
        source.write_bytes(b"x")
        (folder / "rejected").mkdir()
        path = reject(Claimed(source, Path("a.pdf")), folder / "rejected", here.text)
        return path.with_name("a.pdf.why.txt").read_text(encoding="utf-8")


@leaves("json")
def extraction_line(here: World) -> str:
    return json_line(extraction_row(here)) + "\n"


@leaves("json")
def document_line(here: World) -> str:
    return json_line(DocumentRow(name=here.text, sha256=None, state="done", reason=here.text, entries=())) + "\n"


@leaves("json")
def item_lines(here: World) -> str:
    return "".join(json_line(ItemRow.of(one, here.state)) + "\n" for one in here.state.activities.values())


@leaves("json")
def review_line(here: World) -> str:
    return json_line(ReviewListRow.of(here.review)) + "\n"


@leaves("json")
def verdict_lines(here: World) -> str:
    return "".join(json_line({"holder": here.text, **one.model_dump(mode="json")}) + "\n" for one in here.verdicts)


@leaves("json")
def explanation_lines(here: World) -> str:
    return "".join(json_line(one) + "\n" for one in here.explanations) + json_line(reading_explanation(here)) + "\n"


@leaves("json")
def batch_beside_its_page(here: World) -> str:
    with TemporaryDirectory() as place:
        return write_batch(here.batch, Path(place)).read_text(encoding="utf-8") + "\n"


@leaves("name")
def filed_certificate(here: World) -> str:
    path = filing_path(
        Path("/d"), completed_on=TODAY, holder=here.text, issuer=here.text, course=here.text, suffix=".pdf"
    )
    year, holder, name = path.relative_to("/d").parts
    assert year == "2026"
    return f"{holder}\0{name}"


@leaves("name")
def file_of_that_name(here: World) -> str:
    return "\0".join(numbered(safe_name(here.text), number) for number in (1, 2, 9999))


@leaves("name")
def attachments(here: World) -> str:
    return "\0".join(name for item in here.items if (name := file_name(item)))


@leaves("name")
def filed_without_issuer(here: World) -> str:
    return filing_name(TODAY, None, here.text, here.text)


@leaves("table")
def items_csv(here: World) -> str:
    return table(here.items, head="8:9b1f")


def extraction_row(here: World) -> ExtractionRow:
    certificate = here.batch.documents[0].certificates[0]
    return ExtractionRow.of(here.text, "ab" * 32, certificate.extraction, Decision.REVIEW, certificate.findings)


def reading_explanation(here: World) -> ReadingExplanation:
    text = here.text
    candidate = ExplainedCandidate(
        value=text, raw=text, page=1, source="text", sources=("text",), read=1, score=1, probability=0.5,
        signs=(Sign(name="big", strength=1, worth=1),),
    )  # fmt: skip
    field = ExplainedField(field="course_name", chosen=text, why=text, candidates=(candidate,))
    near = NearProfile(profile="p", host=text, found=(text,), missing=(text,), against=(text,), matches=False)
    certificate = ExplainedCertificate(
        pages=(1,), profile=text, contested=(text,), near=(near,), language="en", fields=(field,)
    )
    return ReadingExplanation(media="pdf-text", certificates=(certificate,))


# The tests -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leaving", EXITS, ids=lambda one: one.name)
def test_no_attack_leaves_an_exit(leaving: Exit) -> None:
    for attack in ATTACKS.values():
        KINDS[leaving.kind](leaving.make, world(attack))


@pytest.mark.parametrize("leaving", EXITS, ids=lambda one: one.name)
def test_honest_names_leave_every_exit_as_they_are(leaving: Exit) -> None:
    for name in HONEST:
        KINDS[leaving.kind](leaving.make, world(name))
        said = leaving.make(world(name))
        if leaving.kind == "page":
            assert name in Skeleton(said).text
        elif leaving.kind == "table":
            assert [name] == [
                row["course_name"][:-1] for row in csv.DictReader(io.StringIO(said.removeprefix("\ufeff")))
            ][:1]


@settings(max_examples=30)
@given(ANYTHING.filter(visible))
def test_nothing_that_can_be_written_leaves_a_page_a_table_or_a_terminal(text: str) -> None:
    here = world(text)
    check_page(submission_checklist, here)
    check_page(verdicts_page, here)
    check_terminal(explanations_in_terminal, here)
    check_json(item_lines, here)
    assert cell(text).strip()[:1] not in set("=+-@")
