"""Hours and credits as certificates of many languages print them; what only looks like them stays out."""

import pytest

from extractors.choose import rank
from extractors.find_amounts import amount_candidates
from extractors.model import FieldName
from extractors.sheet import Sheet
from tests.extractors.pages import stacked, words


def surely(name: FieldName, text: str) -> str | None:
    """The value that is likelier than not, None where there is none."""
    sheet = Sheet(1, words(stacked(text)))
    ranked = rank(name, [one for one in amount_candidates(sheet) if one.field == name])
    return ranked[0].candidate.value if ranked and ranked[0].probability > 0.5 else None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("carga horária de 40 (quarenta) horas", "40"),
        ("Carga horária total: 60 horas", "60"), ("20 horas-aula", "20"),
        ("forty (40) hours", "40"), ("40 (forty) clock hours", "40"), ("4h 43min", "4.72"), ("1 hr 30 min", "1.5"),
        ("1,200 hours", "1200"), ("equivalente a 1.200 horas", "1200"), ("Hours of study: 30", "30"), ("60 hs", "60"),
        ("Duration: 90 min", "1.5"), ("Course length: 2:30 hours", "2.5"), ("3 días (24 h)", "24"),
        ("d'une durée de 2 jours (14 heures)", "14"), ("8,5 Stunden", "8.5"), ("16 UStd", "16"), ("8 Zeitstunden", "8"),
        ("durata di 1 ora e 30 minuti", "1.5"), ("della durata di ore 16", "16"), ("omvang 12 uur", "12"),
        ("12 studiebelastingsuren", "12"), ("w wymiarze 16 godzin", "16"), ("40 saat", "40"),
        ("Toplam 6 saat 30 dakika", "6.5"), ("20 академических часов", "20"), ("в объёме 72 ак. ч.", "72"),
        ("1 час 30 минут", "1.5"), ("Durée : 1 h 30", "1.5"), ("Durata: 2h15", "2.25"),
    ],
)  # fmt: skip
def test_hours(text: str, hours: str) -> None:
    assert surely("hours", text) == hours


@pytest.mark.parametrize(
    "text",
    ["3 weeks, 2 hours a week", "2 Std. pro Woche", "4 horas semanais", "haftada 3 saat", "3 часа в неделю",
     "3 godziny tygodniowo", "2 heures par semaine", "10 x 3 hours", "4-6 hours", "at 10:00 hours", "09:00 - 17:00 h",
     "14:30 h", "às 10h", "19h30", "das 9h às 17h", "within 24 hours", "valid for 48 hours", "up to 30 hours",
     "more than 30 hours", "5 CPE hours", "3 credit hours", "open 24 hours a day", "quarenta horas"],
)  # fmt: skip
def test_what_are_no_hours_of_a_course(text: str) -> None:
    assert surely("hours", text) is None


@pytest.mark.parametrize(
    ("text", "credits", "unit"),
    [
        ("2 ECTS", "2", "ECTS"), ("6 créditos ECTS", "6", "ECTS"), ("ECTS: 2,5", "2.5", "ECTS"), ("6 CFU", "6", "CFU"),
        ("1.5 CPE credits", "1.5", "CPE"), ("CPE Credits: 40", "40", "CPE"), ("NASBA CPE 1.5", "1.5", "CPE"),
        ("0.3 CEU", "0.3", "CEU"), ("PDUs: 2", "2", "PDUS"), ("7 CPD hours", "7", "CPD"), ("3 credits", "3", "credits"),
        ("5.5 AMA PRA Category 1 Credits", "5.5", "Credits"),
        ("Credits: 3", "3", "Credits"), ("3 credit hours", "3", "credit hours"),
    ],
)  # fmt: skip
def test_credits(text: str, credits: str, unit: str) -> None:
    assert (surely("credits", text), surely("credit_unit", text)) == (credits, unit)


@pytest.mark.parametrize(
    "text",
    [
        "40 hours",
        "10 Ce",
        "CPE 2021",
        "100 credits toward a degree",
        "up to 3 CPE credits",
        "designated for a maximum of 6.75 AMA PRA Category 1 Credits",
        "Category 1 Credits",
        "3 credits required",
        "non-credit course",
    ],
)
def test_what_are_no_credits(text: str) -> None:
    assert surely("credits", text) is None


@pytest.mark.parametrize("text", ["20 horas teóricas e 10 horas práticas", "16 godzin dydaktycznych (12 h)"])
def test_two_amounts_leave_the_hours_unsure(text: str) -> None:
    assert surely("hours", text) is None


@pytest.mark.parametrize("text", ["Credit hours: 3", "CPD hours: 10-15", "CPD: 10–15", "NQF Level 3 Credits 6"])
def test_what_may_be_hours_and_bounds_are_no_sure_credits(text: str) -> None:
    assert surely("credits", text) is None


def test_hours_of_the_parts_of_a_course_are_not_the_courses() -> None:
    sheet = Sheet(1, words(stacked("Hours", "15", "20", "18")))
    assert not [one for one in amount_candidates(sheet) if one.field == "hours"]
    (alone,) = (one for one in amount_candidates(Sheet(1, words(stacked("Hours", "15")))) if one.field == "hours")
    assert alone.value == "15"
