"""Forms, letters and memos: what is a label, whose value a line is, and where titles stand. Everybody is invented."""

from collections.abc import Iterator
from itertools import groupby

import pytest

from extractors import names
from extractors.candidates import Candidate, Signs, best_signs
from extractors.choose import rank
from extractors.find_address import address_candidates
from extractors.find_code import code_candidates
from extractors.find_course import course_candidates
from extractors.find_dates import date_candidates
from extractors.find_holder import holder_candidates
from extractors.finder import _with_code
from extractors.labels import begins_another, is_label, labels_another
from extractors.model import Link, Source
from extractors.sheet import Sheet
from tests.extractors.pages import Row, words

FORM = (
    ("Employee", "Oluwaseun Barrow"),
    ("Assignment no.", "2109-4471-2"),
    ("Competence", "Moving and Handling of Loads"),
    ("Assessor", "Petra Vandermeer"),
    ("Renewal due", "14-OCT-2027"),
)


def form(rows: tuple[tuple[str, str], ...], *more: Row) -> Sheet:
    """Labels in one column, their values in another."""
    placed = [
        Row(text, 0.3 + 0.07 * at, x) for at, row in enumerate(rows) for text, x in zip(row, (0.05, 0.3), strict=True)
    ]
    return Sheet(0, words([*placed, *more]))


def letter(*lines: str, x: float = 0.1, size: float = 0.018) -> Sheet:
    return Sheet(0, words([Row(text, 0.2 + 1.3 * size * at, x, size) for at, text in enumerate(lines)]))


def signs(found: Iterator[Candidate]) -> dict[str, Signs]:
    """What speaks for and against each value, all its candidates together."""
    ordered = sorted(found, key=lambda one: one.value)
    return {value: best_signs(list(group)) for value, group in groupby(ordered, key=lambda one: one.value)}


def courses(sheet: Sheet) -> dict[str, Signs]:
    return signs(course_candidates(sheet, None))


def holders(sheet: Sheet) -> dict[str, Signs]:
    return signs(holder_candidates(sheet, None))


@pytest.mark.parametrize(
    "text",
    ["Employee", "Competence", "Course ref.", "RE:", "Nombre del aprendiz", "Programa de formación", "Ф.И.О.",
     "Наименование программы", "Adı Soyadı", "Nom et prénom", "Titolo del corso", "Personalnummer", "CREDITS CLAIMED"],
)  # fmt: skip
def test_labels_of_eight_languages(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    [
        "Re",
        "Moving Loads",
        "Data Cleaning with Spreadsheets",
        "Code Review for Teams",
        "To Kill a Process",
        "Amara Lindqvist",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert not is_label(text)


def test_a_label_begins_another_field_and_a_last_word_of_a_title_does_not() -> None:
    assert begins_another("Date completed: 08/28/2026") and begins_another("Certificate of Attendance")
    assert (
        begins_another("Trainee") and not begins_another("Training") and not begins_another("Professional Certificate")
    )
    assert labels_another("Instructor: Petra Vandermeer") and not labels_another("Course: Weaving")


def test_in_a_form_values_of_other_labels_are_neither_title_nor_holder() -> None:
    sheet = form(FORM)
    found = courses(sheet)
    assert found["Petra Vandermeer"]["other_value"] == 1
    assert found["Moving and Handling of Loads"]["other_value"] == 0
    assert found["Moving and Handling of Loads"]["label"] > 0
    assert holders(sheet)["Petra Vandermeer"]["other_value"] == 1
    assert holders(sheet)["Oluwaseun Barrow"]["other_value"] == 0


def test_a_label_that_no_table_knows_is_told_by_its_column() -> None:
    sheet = form((*FORM, ("Loading bay", "North quay")))
    assert courses(sheet)["Loading bay"]["form_label"] == 1


def test_columns_of_labels_over_their_values_are_no_rows_of_labels_and_values() -> None:
    rows = (
        ("Student", "Dates attended"),
        ("PARK, Ji-won", "3 March 2025"),
        ("Course", "Tuition"),
        ("Weaving Intensive", "240 hours"),
        ("Level achieved", "Attendance"),
        ("B2", "94 points"),
    )
    found = courses(form(rows))
    title = found["Weaving Intensive"]
    assert title["form_label"] == 0 and title["label"] > 0
    assert holders(form(rows))["PARK, Ji-won"]["form_label"] == 0


def test_a_title_at_a_label_ends_where_the_next_label_begins() -> None:
    rows = [Row("Program: Harbour Pilot Preparation", 0.3, 0.1), Row("Date completed: 08/28/2026", 0.345, 0.1)]
    title = courses(Sheet(0, words(rows)))["Harbour Pilot Preparation"]
    assert title["cut_at_line"] == 0


def test_several_cells_under_the_head_of_a_table_are_no_title() -> None:
    table = (("Course", "CEUs"), ("KNOT 1001 Splicing", "2.4"), ("KNOT 1002 Whipping", "4.0"))
    assert all("label" not in one for one in courses(form(table)).values())


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("We are writing to confirm that Amara Lindqvist attended and completed our five-module course Reading",
          "Tide Tables, delivered online by Dr Petra Vandermeer."), "Reading Tide Tables"),
        (("This letter confirms that Amara Lindqvist attended the Workshop on Quiet Harbours held on 3 May 2025",
          "at Lower Quay."), "Quiet Harbours"),
        (("se declara que Inês Carvalho frequentou com aproveitamento a unidade curricular isolada Leitura de Marés,",
          "no ano letivo de 2024/2025, tendo obtido 16 valores."), "Leitura de Marés"),
        (("certifica que Daniel Romero asistió y aprobó el curso corto de Tejido Artesanal, con intensidad horaria de",
          "48 horas."), "Tejido Artesanal"),
    ],
)  # fmt: skip
def test_titles_inside_the_sentences_of_letters(lines: tuple[str, ...], title: str) -> None:
    assert title in courses(letter(*lines))


def test_bold_type_inside_a_sentence_is_a_title_as_a_whole() -> None:
    rows = [
        Row("completed our course", 0.2, 0.1, 0.02),
        Row("Reading Tides for General", 0.2, 0.25, 0.02, bold=True),
        Row("Sailing and Rowing", 0.225, 0.1, 0.02, bold=True),
        Row("delivered online", 0.225, 0.235, 0.02),
    ]
    assert courses(Sheet(0, words(rows)))["Reading Tides for General Sailing and Rowing"]["emphasised"] == 1


@pytest.mark.parametrize(
    "lead", ["has completed the annual refresher", "ha partecipato in qualità di allieva alla masterclass"]
)
def test_small_words_lead_on_to_the_larger_line_below(lead: str) -> None:
    found = courses(Sheet(0, words([Row(lead, 0.3), Row("Quiet Harbours", 0.36, size=0.05, bold=True)])))
    assert found["Quiet Harbours"]["below_larger"] == 1


def test_a_memo_names_the_course_after_re() -> None:
    rows = (
        ("TO:", "Deputy Shauna Brightwell"),
        ("FROM:", "Lt. Petra Vandermeer"),
        ("RE:", "Completion of Rope Rescue Basic"),
        ("DATE:", "November 17, 2025"),
    )
    assert courses(form(rows))["Rope Rescue Basic"]["label"] == 1
    assert "Shauna Brightwell" in holders(form(rows))


def test_a_year_inside_a_title_after_a_colon_is_no_date_of_a_label() -> None:
    assert "Grand Rounds: Tides 2026, What Changed?" in courses(letter("Grand Rounds: Tides 2026, What Changed?"))


def test_a_number_at_the_label_of_another_thing_is_marked() -> None:
    sheet = form((("Student", "Amara Lindqvist"), ("Duration", "40 hours"), ("Customer PO", "PO-2026-004518")))
    assert all(one.signs["anothers"] == 1 for one in code_candidates(sheet, None))


def test_boxes_of_a_form_hold_year_month_and_day() -> None:
    (date,) = date_candidates(letter("2026 02 16"), None)
    assert date.readings[0].iso == "2026-02-16"


def test_two_days_parted_by_a_stroke_are_a_range() -> None:
    first, last = date_candidates(letter("am 04./05.07.2026 in Oberau"), None)
    assert (first.readings[0].iso, last.readings[0].iso) == ("2026-07-04", "2026-07-05")


def test_who_completed_may_stand_between_the_date_and_the_verb() -> None:
    (date,) = date_candidates(letter("on October 31, 2025 you completed the course"), None)
    assert date.signs["completed"] > 0


@pytest.mark.parametrize(
    ("uri", "prints", "home"),
    [
        ("https://lms.quay.example/Student/PrintCertificateDialog.aspx?NrSrM0UfIWGQbe0uK", 1, 0),
        ("https://quay.example/", 0, 1),
        ("https://quay.example/verify/K7-22931", 0, 0),
    ],
)
def test_what_a_browser_prints_on_a_page_is_not_where_it_is_verified(uri: str, prints: float, home: float) -> None:
    (address,) = address_candidates(Sheet(0, (), [Link(uri=uri, box=(0.1, 0.9, 0.5, 0.92))]), None)
    assert (address.signs["prints"], address.signs["home"]) == (prints, home)


def test_an_address_for_printing_that_holds_the_code_may_verify() -> None:
    link = Link(uri="https://quay.example/print/K7-22931", box=(0.1, 0.9, 0.5, 0.92))
    (address,) = address_candidates(Sheet(0, (), [link]), None)
    assert _with_code("k722931", address).signs["prints"] == 0


def test_a_first_page_that_words_send_to_verify_at_is_no_mere_home_page() -> None:
    (address,) = address_candidates(letter("Verify this certificate at quay.example"), None)
    assert address.signs["home"] == 0


def test_a_label_ends_before_the_first_letter_of_its_number() -> None:
    """ "ID" over "nbl_01HV": the n is no "n.º"."""
    rows = [Row("Credential ID", 0.5, 0.4, 0.018), Row("nbl_01HV7Q4T9X", 0.53, 0.4, 0.026)]
    assert {one.value for one in code_candidates(Sheet(0, words(rows)), None)} == {"nbl_01HV7Q4T9X"}


def test_groups_with_dashes_between_blanks_are_one_code() -> None:
    rows = [Row("Certificate code", 0.5, 0.4, 0.018), Row("QK – 55 – OTTER – 918", 0.53, 0.4, 0.026)]
    assert "QK-55-OTTER-918" in {one.value for one in code_candidates(Sheet(0, words(rows)), None)}


def test_a_heading_over_or_under_a_label_is_no_code() -> None:
    rows = [
        Row("FORMAVELA S.r.l.", 0.1),
        Row("Ente accreditato, cod. 8837", 0.15),
        Row("ATTESTATO DI FREQUENZA", 0.2),
    ]
    assert not {"FORMAVELA", "ATTESTATO"} & {one.value for one in code_candidates(Sheet(0, words(rows)), None)}


def test_a_name_broken_before_the_verb_goes_on_in_the_next_line() -> None:
    found = holders(letter("This certificate verifies that Mateus", "Lindqvist completed the course as"))
    assert found["Mateus Lindqvist"].get("shorter", 0) == 0 and found["Mateus"]["shorter"] == 1


@pytest.mark.parametrize(
    ("printed", "name"),
    [("Marisol J. Etcheverry, RN", "Marisol J. Etcheverry"), ("la Lcda. Narcisa Zambrano", "Narcisa Zambrano"),
     ("Dr Siobhan Dunne", "Siobhan Dunne"), ("il Dott. Giuseppe Verdone", "Giuseppe Verdone"),
     ("Lara Dott", "Lara Dott")],
)  # fmt: skip
def test_degrees_and_forms_of_address_are_no_part_of_a_name(printed: str, name: str) -> None:
    assert names.trimmed(printed) == name


def test_the_label_over_a_date_says_what_it_is_not_the_next_label_under_it() -> None:
    rows = [Row("Date of completion", 0.5, 0.2, 0.02), Row("03/11/2022", 0.53, 0.2, 0.03),
            Row("Recommended renewal", 0.57, 0.2, 0.02), Row("30/10/2025", 0.6, 0.2, 0.03)]  # fmt: skip
    first, last = date_candidates(Sheet(0, words(rows)), None)
    assert (first.signs.get("completed"), first.signs.get("expires")) == (1, None)
    assert last.signs.get("completed") is None


def test_a_value_goes_on_in_the_next_line_of_its_cell() -> None:
    rows = [Row("Learner", 0.3, 0.1, 0.02), Row("Amara Lindqvist", 0.3, 0.4, 0.02),
            Row("Course", 0.361, 0.1, 0.02), Row("Reading Tide Tables and Writing", 0.345, 0.4, 0.02),
            Row("Harbour Logs", 0.377, 0.4, 0.02), Row("Hours", 0.42, 0.1, 0.02),
            Row("16", 0.42, 0.4, 0.02)]  # fmt: skip
    assert courses(Sheet(0, words(rows)))["Reading Tide Tables and Writing Harbour Logs"]["label"] > 0


def test_where_a_course_has_a_label_too_that_of_a_learning_path_says_less() -> None:
    rows = [Row("LEARNING PATH", 0.3, 0.1, 0.02), Row("Harbour Engineer", 0.33, 0.1, 0.03),
            Row("COURSE", 0.4, 0.1, 0.02), Row("Pumps Without Fatigue", 0.43, 0.1, 0.04)]  # fmt: skip
    found = courses(Sheet(0, words(rows)))
    assert found["Harbour Engineer"]["wider"] == 1 and "wider" not in found["Pumps Without Fatigue"]


def test_hours_are_no_end_of_a_number_of_a_course() -> None:
    (title,) = {one for one in courses(letter("Command Systems for Quays (ICS-220H)")) if "Command" in one}
    assert title == "Command Systems for Quays (ICS-220H)"


def test_dates_whose_prints_are_nearly_alike_are_ranked_under_any_name() -> None:
    """The weights of completion rank all dates: start and issue have none of their own."""
    box = (0.1, 0.1, 0.3, 0.13)
    text = Candidate("started_on", "2025-05-03", "3 May 2025", 0, box, Source.TEXT)
    pixels = Candidate("started_on", "2025-05-08", "8 May 2025", 0, box, Source.PIXELS)
    assert rank("completed_on", [text, pixels])
