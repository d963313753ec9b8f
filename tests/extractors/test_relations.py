"""What readings of one page say of each other: pieces of titles, words that one reading lost, what wins nothing."""

import datetime as dt
from dataclasses import replace

import pytest

from extractors import trust
from extractors.candidates import Candidate
from extractors.choose import rank
from extractors.course_signs import said
from extractors.extract import Engines
from extractors.find_code import code_candidates
from extractors.find_course import course_candidates
from extractors.finder import SeenPage, find_fields, rank_dates
from extractors.model import Source
from extractors.relations import lacks_neighbour, marked_fragments
from extractors.sheet import Sheet
from extractors.weights import weights
from tests.extractors.pages import Row, WrittenDocument, WrittenEngine, stacked, words
from tests.extractors.test_second_look import read

_BLOCK = [
    Row("Keeping Bees on Rooftops", 0.30, size=0.05),
    Row("and Balconies in Cities", 0.36, size=0.05),
    Row("Amara Lindqvist", 0.60, size=0.03),
]


def pixels(*rows: Row) -> Sheet:
    return Sheet(1, words(list(rows), Source.PIXELS, 0.96))


def courses(*rows: Row) -> dict[str, Candidate]:
    found = marked_fragments(list(course_candidates(Sheet(1, words(list(rows))), None)))
    return {one.value: one for one in found if one.signs.get("alone")}


def test_the_lines_of_a_block_are_its_fragments_and_the_block_is_none() -> None:
    found = courses(*_BLOCK)
    whole = "Keeping Bees on Rooftops and Balconies in Cities"
    assert "fragment" not in found[whole].signs
    assert all(found[part].signs["fragment"] for part in ("Keeping Bees on Rooftops", "and Balconies in Cities"))


def test_what_goes_on_in_other_type_makes_no_fragment() -> None:
    found = courses(_BLOCK[0], Row("Harbour Beekeepers", 0.37, size=0.02))
    assert "fragment" not in found["Keeping Bees on Rooftops"].signs


def test_a_word_that_only_one_reading_has_beside_a_name_is_noticed() -> None:
    whole = Row("Amara Noor Lindqvist", 0.4)
    cut = Row("Noor Lindqvist", 0.4, x=0.26)
    box = (0.26, 0.4, 0.47, 0.43)
    assert lacks_neighbour(box, (pixels(whole), pixels(cut)))
    assert not lacks_neighbour(box, (pixels(whole), pixels(whole)))
    assert not lacks_neighbour(box, (pixels(cut), pixels(cut, Row("far away", 0.8))))


def test_a_name_of_which_one_engine_lost_a_word_is_not_believed() -> None:
    rows = [Row("This certifies that", 0.2), Row("AMARA NOOR LINDQVIST", 0.4), Row("has completed", 0.5)]
    less = [rows[0], Row("NOOR LINDQVIST", 0.4, x=0.287), rows[2]]
    spaced = [rows[0], Row("AM AR A NO OR LI ND QV IST", 0.4), rows[2]]
    document = WrittenDocument([], drawn=[less])
    found = read(document, Engines(WrittenEngine(document), WrittenEngine(WrittenDocument([], drawn=[spaced]))))
    assert found.fields.holder_name.confidence < weights().accept


@pytest.mark.parametrize("name", ["holder_name", "course_name", "validation_code"])
def test_what_one_engine_alone_reads_is_never_accepted(name: str) -> None:
    table = weights().trust[name]  # type: ignore[index]  # the names of fields
    sure = {"lead": 6.5, "anchored": 1.0, "whole_block": 1.0, "text": 20.0, "glyphs": 1.0}
    assert trust.belief(name, table, sure | {"single": 1.0}) < weights().accept  # type: ignore[arg-type]


def test_a_brand_is_not_its_product() -> None:
    rows = [
        Row("has met the requirements to be recognized as", 0.2, size=0.03),
        Row("Quayline", 0.28, size=0.05),
        Row("Harbour Pilot+", 0.34, size=0.075),
    ]
    found = {one.value: one for one in course_candidates(Sheet(1, words(rows)), None)}
    assert "Quayline Harbour Pilot+" in found
    assert found["Quayline"].signs["before_larger"] == 1.0
    assert found["Quayline Harbour Pilot+"].signs["before_larger"] == 0.0


@pytest.mark.parametrize(
    ("title", "sign", "strength"),
    [
        ("Top skills covered", "list_head", 1.0), ("Skills of the Future", "list_head", 0.0),
        ("eLearning Basics", "open_start", 0.0), ("iOS for Beginners", "open_start", 0.0),
        ("for beginners", "open_start", 1.0), ("E-COURSE ON TIDES", "open_start", 0.0),
        ("e-mail Basics", "open_start", 1.0),
    ],
)  # fmt: skip
def test_what_a_title_says(title: str, sign: str, strength: float) -> None:
    assert said(title)[sign] == strength


def date(value: str, source: Source, second: bool, box: tuple[float, float, float, float]) -> Candidate:
    return Candidate("completed_on", value, value, 1, box, source, 0.9, {"alone": 1.0, "share": 1.0}, second)


def test_a_month_read_where_the_other_engine_reads_its_day_is_no_rival() -> None:
    whole = date("2024-06-01", Source.PIXELS, True, (0.2, 0.4, 0.4, 0.43))
    rest = date("2024-06", Source.PIXELS, False, (0.22, 0.4, 0.4, 0.43))
    other = date("2024-07", Source.PIXELS, False, (0.22, 0.4, 0.4, 0.43))
    assert [one.candidate.value for one in rank_dates("completed_on", [whole, rest])] == ["2024-06-01"]
    assert len(rank_dates("completed_on", [whole, other])) == 2


def code_signs(*rows: Row) -> dict[str, dict[str, float]]:
    return {one.value: one.signs for one in code_candidates(Sheet(1, words(list(rows))), None)}


def test_numbers_of_a_register_of_companies_are_somebody_elses() -> None:
    line = "Registro Mercantil de Puerto Sol, Tomo 88, Folio 1, Hoja M-114422, Sociedad B-55330011"
    found = code_signs(Row(line, 0.9, x=0.05, size=0.015))
    assert "B-55330011" in found
    assert all(signs["foreign"] == 1.0 for value, signs in found.items() if "bare" in signs)


def test_a_number_under_another_label_does_not_belong_to_the_label_below_it() -> None:
    found = code_signs(
        Row("Student ID", 0.2, size=0.02), Row("197950", 0.23, size=0.02),
        Row("Certificate No", 0.26, size=0.02), Row("2754420", 0.29, size=0.02),
    )  # fmt: skip
    assert (found["197950"]["foreign"], found["2754420"].get("foreign", 0.0)) == (1.0, 0.0)


def test_a_number_alone_under_another_label_is_another_number() -> None:
    found = code_signs(Row("Student number", 0.2, size=0.02), Row("STU-575384", 0.23, size=0.02))
    assert found["STU-575384"]["foreign"] == 1.0


@pytest.mark.parametrize(
    "code", ["cert_4k2m9xpq", "gyq8zus6r", "118822.004411.558833", "11d84711c3edc6b9ffa69a62c630a11a"]
)
def test_what_looks_like_a_code_is_a_candidate_without_a_label(code: str) -> None:
    signs = code_signs(Row(code, 0.9))[code]
    assert signs["bare"] == 1.0


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("Credential code: zrbzmprjbj", "label"),
        ("55437642", "lone"),
        ("36533-47066", "lone"),
        ("Registro de títulos propios, n.º TP-24/25-00913", "lone"),
        ("https://quay.example.org/cert/kT7w", "coded"),
        ("quay.example.org/certificado/vokabi-tunelo", "coded"),
        ("Scan to check this", "scan"),
        ("Escanea el código QR", "scan"),
    ],
)
def test_what_tells_of_a_code_that_is_not_seen_leaves_its_absence_open(line: str, hint: str) -> None:
    page = SeenPage(Sheet(1, words([Row(line, 0.9)])), None, None)
    found = find_fields((page,), None, dt.date(2026, 1, 1))
    assert hint in found.hints
    assert trust.absence("validation_code", found, None) < weights().accept
    # However sure the rest is: what was fitted may not outweigh it.
    surest = {"lead": 6.5, "never": 0.0, f"hint_{hint}": 1.0, "text_and_pixels": 9.0, "read_twice": 9.0}
    assert trust.absence_belief(weights().absence["validation_code"], surest) < weights().accept


def test_a_title_over_the_name_of_who_gives_it_is_no_fragment() -> None:
    found = courses(
        Row("QUAYLINE", 0.05, x=0.7, size=0.02),
        Row("has completed the course", 0.2, size=0.02),
        Row("READING TIDE TABLES", 0.30, size=0.04),
        Row("QUAYLINE", 0.35, size=0.04),
    )
    assert "fragment" not in found["READING TIDE TABLES"].signs


@pytest.mark.parametrize(
    ("over", "wide", "odd"),
    [
        ("READING TIDE TABLES", True, 1.0),
        ("READING TIDE TABLES", False, 0.0),
        ("INTRODUCTION TO", True, 0.0),
        ("READING TIDE TABLES |", True, 0.0),
    ],
)
def test_a_word_by_itself_under_a_line_with_room_may_be_no_part_of_the_title(over: str, wide: bool, odd: float) -> None:
    text = "This course gave an insight into how visits to a site are counted and what that tells"
    rows = [Row(over, 0.30, size=0.04), Row("QUAYLINE", 0.35, size=0.04)]
    rows += [Row(text, 0.5, x=0.02, size=0.03)] if wide else []
    found = {one.value: one for one in course_candidates(Sheet(1, words(rows)), None)}
    signs = found[f"{over} QUAYLINE"].signs
    assert signs["odd_word"] == odd
    sure = {"lead": 6.5, "text": 20.0, "single": 0.0, "odd_word": odd}
    assert (trust.belief("course_name", weights().trust["course_name"], sure) < weights().accept) is bool(odd)


def test_in_a_form_the_next_line_is_the_next_label() -> None:
    labels = [
        Row(text, 0.2 + 0.1 * place, 0.1, size=0.02) for place, text in enumerate(("Course", "Version", "Delivery"))
    ]
    values = [Row(text, 0.2 + 0.1 * place, 0.5) for place, text in enumerate(("READING TIDE TABLES", "7.2", "Virtual"))]
    found = course_candidates(Sheet(1, words([*labels, *values])), None)
    assert {one.value for one in found if one.signs.get("label")} == {"READING TIDE TABLES"}


def test_a_last_line_that_is_a_host_of_the_page_is_who_gives_the_course() -> None:
    rows = [Row("READING TIDE TABLES AND CHARTS", 0.30, size=0.04), Row("QUAYLINE ONLINE", 0.35, size=0.04)]
    rows += [Row("Verify at https://quaylineonline.example.org/verify", 0.9, size=0.02)]
    found = {one.value: one for one in course_candidates(Sheet(1, words(rows)), None)}
    assert found["READING TIDE TABLES AND CHARTS QUAYLINE ONLINE"].signs["odd_word"] == 1.0


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("Jórg Wiesenthal", "Jörg Wiesenthal", False),
        ("Jörg Wiesenthal", "Jörg Wiesenthal", True),
        ("Jorg Wiesenthal", "Jörg Wiesenthal", True),
        ("Jórg Wiesenthal", "Jorg Wiesenthal", True),
        ("JÖRG Wiesenthal", "Jörg Wiesenthal", True),
    ],
)
def test_engines_that_see_other_marks_do_not_agree(first: str, second: str, agree: bool) -> None:
    """An engine that reads no marks contradicts nobody; two that read different ones do."""
    box = (0.3, 0.4, 0.6, 0.44)
    one, other = (
        Candidate("holder_name", value, value, 1, box, Source.PIXELS, 0.9, {"name": 1.0}, look)
        for value, look in ((first, False), (second, True))
    )
    [ranked] = rank("holder_name", [one, other])
    assert bool(ranked.signs.get("agree")) is agree


def test_marks_that_the_second_engine_reads_clearly_are_believed() -> None:
    first = _read_as("CERAMICA DE MÁO LIVRE", second_look=False, read=0.92)
    clear = _read_as("CERAMICA DE MÃO LIVRE", second_look=True, read=0.97)
    (both,) = rank("course_name", [first, clear])
    assert (both.candidate.value, both.signs.get("agree")) == ("CERAMICA DE MÃO LIVRE", 1.0)
    (doubtful,) = rank("course_name", [first, replace(clear, read=0.9)])
    assert "agree" not in doubtful.signs


@pytest.mark.parametrize(("clear_size", "kept"), [(0.6, {"Nadja"}), (0.2, {"Nadja", "Ladja"})])
def test_a_closer_look_confirms_a_likelier_clear_reading_and_never_takes_its_place(
    clear_size: float, kept: set[str]
) -> None:
    clear = replace(_read_as("Nadja", second_look=True, read=0.99), signs={"name": clear_size})
    closer = replace(_read_as("Ladja", second_look=False, read=0.6), signs={"name": 0.4, "closer": 1.0})
    assert {one.candidate.value for one in rank("holder_name", [clear, closer])} == kept


def _read_as(value: str, *, second_look: bool, read: float) -> Candidate:
    box = (0.1, 0.4, 0.6, 0.45)
    return Candidate("course_name", value, value, 1, box, Source.PIXELS, read, {"alone": 1.0}, second_look)


@pytest.mark.parametrize(("further", "doubtful"), [("Training", True), ("training", False), ("Basics", False)])
def test_a_title_that_may_go_on_with_training_is_not_believed(further: str, doubtful: bool) -> None:
    page = SeenPage(Sheet(1, words(stacked("has completed the course", f"#Network Security {further}"))), None, None)
    found = find_fields((page,), None, None)
    (whole,) = (one for one in found.ranked["course_name"] if one.candidate.value == f"Network Security {further}")
    rival = replace(whole, probability=0.1)
    short = replace(whole, candidate=replace(whole.candidate, value="Network Security"), probability=0.9)
    signs = trust.trust_signs(
        "course_name", short, replace(found, ranked={**found.ranked, "course_name": (short, rival)})
    )
    assert signs["tail_cut"] == doubtful
