"""Whole readings of written pages: look-alikes of traps met in real documents, with invented people."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Limits
from extractors.errors import UnreadableDocument
from extractors.explain import explain
from extractors.extract import Engines, extract, extract_document
from extractors.model import DocumentType, Extraction, FieldName, Link, Metadata, Source, Symbol
from extractors.profile import Profile, Profiles, load_profiles
from tests.extractors.pages import Row, WrittenDocument, WrittenEngine, stacked

CERTAIN = 0.95  # what a value needs to be accepted
PLAIN = (
    "#Harbourlight Institute",
    "#Certificate of Completion",
    "This is to certify that",
    "#Amara Lindqvist",
    "has successfully completed the course",
    "#Capacity Planning for Networks",
    "Completed on 14 May 2026",
    "Certificate number: HL-20418-77",
)
QUAY = Profile.model_validate(
    {
        "id": "quay", "issuer": "Quay", "languages": ["en"], "code": "always", "code_pattern": "Q-[0-9]{6}",
        "hosts": ["quay.example"], "markers": {"any": ["quay academy"]},
        "fields": {
            "holder_name": {"after": ["awarded to"]}, "course_name": {"after": ["for finishing"]},
            "completed_on": {"labels": ["day"]}, "validation_code": {"labels": ["number"], "region": [0.1, 0.5, 1, 1]},
        },
    }
)  # fmt: skip
KNOWN = ("#Quay Academy", "Awarded to", "#Daniel Okonkwo", "for finishing", "#Bridge Design", "Day 3 May 2026")


def read(document: WrittenDocument, *profiles: Profile) -> tuple[Extraction, ...]:
    return extract_document(document, Engines(WrittenEngine(document)), Profiles(profiles))


def value(extraction: Extraction, name: FieldName) -> str | None:
    return extraction.fields.get(name).value


def main_values(extraction: Extraction) -> tuple[str | None, ...]:
    names: tuple[FieldName, ...] = ("holder_name", "course_name", "completed_on", "validation_code")
    return tuple(value(extraction, name) for name in names)


def test_a_plain_certificate_of_an_unknown_issuer() -> None:
    (found,) = read(WrittenDocument(stacked(*PLAIN)))
    assert main_values(found) == ("Amara Lindqvist", "Capacity Planning for Networks", "2026-05-14", "HL-20418-77")
    assert (found.profile, found.document_type, found.pages) == (None, DocumentType.COMPLETION, (1,))
    evidence = found.fields.holder_name
    assert (evidence.page, evidence.source, evidence.raw) == (1, Source.TEXT, "Amara Lindqvist")


@pytest.mark.parametrize(
    ("lines", "holder", "course", "completed"),
    [
        (("Certificamos que Inês Carvalho da Mota concluiu o curso “Gestão de Redes”, realizado pela Escola Aurora,",
          "com carga horária de 20 horas. Porto, 25 de June de 2025."),
         "Inês Carvalho da Mota", "Gestão de Redes", "2025-06-25"),
        (("Se certifica que", "#Lucía Fernández Ibarra", "ha finalizado satisfactoriamente el curso de",
          "#Redes Locales", "Fecha de finalización: 3 de marzo de 2025"),
         "Lucía Fernández Ibarra", "Redes Locales", "2025-03-03"),
        (("Nous attestons que", "#Thérèse Duchesne", "a suivi la formation intitulée", "#Sécurité des réseaux",
          "du 2 au 6 mars 2026"),
         "Thérèse Duchesne", "Sécurité des réseaux", "2026-03-06"),
        (("Hiermit wird bestätigt, dass", "#Søren Kjær", "den folgenden Kurs erfolgreich abgeschlossen hat:",
          "#Netztechnik für Einsteiger", "Abgeschlossen am 8. Juli 2026"),
         "Søren Kjær", "Netztechnik für Einsteiger", "2026-07-08"),
        (("Si certifica che", "#Chiara Bonaventura", "ha completato il corso", "#Reti di calcolatori",
          "rilasciato il 7 giugno 2023"),
         "Chiara Bonaventura", "Reti di calcolatori", "2023-06-07"),
        (("Настоящим подтверждается, что", "#Анна Соколова", "успешно завершила курс", "#Основы сетевых технологий",
          "Дата окончания: 18 апреля 2026 г."),
         "Анна Соколова", "Основы сетевых технологий", "2026-04-18"),
        (("Sayın", "#Şebnem Işık Yıldız", "aşağıdaki eğitimi başarıyla tamamlamıştır:", "#İleri Ağ Güvenliği",
          "Tamamlanma tarihi: 9 Haziran 2026"),
         "Şebnem Işık Yıldız", "İleri Ağ Güvenliği", "2026-06-09"),
    ],
)  # fmt: skip
def test_languages(lines: tuple[str, ...], holder: str, course: str, completed: str) -> None:
    (found,) = read(WrittenDocument(stacked("#Certificate", *lines)))
    assert main_values(found)[:3] == (holder, course, completed)


def test_a_title_over_two_lines_is_one_title() -> None:
    rows = [
        Row("Presented to", 0.2), Row("Amara Lindqvist", 0.25, size=0.05), Row("For completion of", 0.4),
        Row("Foundations of Operating", 0.45, size=0.06, bold=True), Row("Large Networks", 0.52, size=0.06, bold=True),
        Row("14 May 2026", 0.7),
    ]  # fmt: skip
    (found,) = read(WrittenDocument(rows))
    assert value(found, "course_name") == "Foundations of Operating Large Networks"


def test_labels_of_a_form_stand_under_their_values() -> None:
    rows = [
        Row("Example Academy Programme", 0.05, size=0.04), Row("Certificate of Course Completion", 0.12),
        Row("Networking Essentials", 0.2, size=0.05), Row("Inês Carvalho da Mota", 0.5, bold=True),
        Row("Student", 0.54),
        Row("Escola Técnica da Ribeira", 0.62, bold=True), Row("Academy Name", 0.66), Row("Portugal", 0.74, bold=True),
        Row("10 Jan 2024", 0.74, x=0.6, bold=True), Row("Location", 0.78), Row("Date", 0.78, x=0.6),
    ]  # fmt: skip
    (found,) = read(WrittenDocument(rows))
    assert value(found, "holder_name") == "Inês Carvalho da Mota"
    assert value(found, "completed_on") == "2024-01-10"


def test_a_signatory_is_no_holder() -> None:
    lines = ("#Certificate", "Presented to", "+Amara Lindqvist", "For completion of", "#Routing", "3 May 2026",
             "Rui Tavares Branco", "Director of Learning")  # fmt: skip
    (found,) = read(WrittenDocument(stacked(*lines)))
    assert value(found, "holder_name") == "Amara Lindqvist"


@pytest.mark.parametrize(
    "line",
    ["Candidate ID: CAND0012298971", "CPF: 123.456.789-09", "CNPJ 12.345.678/0001-95", "Student number: 20220117",
     "Provider ID: 189294", "Reference Number: 0004", "Training center number: 11-1940-20"],
)  # fmt: skip
def test_numbers_of_people_and_offices_are_no_validation_codes(line: str) -> None:
    (found,) = read(WrittenDocument(stacked(*PLAIN[:-1], line)))
    assert value(found, "validation_code") is None


def test_a_code_over_two_lines_is_joined_where_it_makes_up_a_usual_length() -> None:
    code = "c5f96e75c454fa23d827923c76e6b5d17fa2dd80f7a7e06d7c1c400911d31690"
    rows = [
        *stacked(*PLAIN[:-1]),
        Row(f"Certificate ID: {code[:38]}", 0.9, size=0.015),
        Row(code[38:], 0.92, size=0.015),
    ]
    (found,) = read(WrittenDocument(rows))
    assert value(found, "validation_code") == code


def test_a_code_keeps_its_case_and_may_stand_in_the_link_only() -> None:
    address = "https://verify.harbourlight.example/certificates/xK3p9QdR2m"
    for document in (
        WrittenDocument(stacked(*PLAIN[:-1]), links=(Link(address, None),)),
        WrittenDocument(stacked(*PLAIN[:-1]), symbols=(Symbol(address, (0.8, 0.8, 0.9, 0.9), "QRCode"),)),
        WrittenDocument(stacked(*PLAIN[:-1], f"Verify at: {address}")),
    ):
        (found,) = read(document)
        assert (value(found, "validation_code"), value(found, "verify_url")) == ("xK3p9QdR2m", address)


def test_a_date_readable_two_ways_stays_open() -> None:
    (found,) = read(WrittenDocument(stacked(*PLAIN[:-2], "Date: 03/04/2026")))
    evidence = found.fields.completed_on
    assert {evidence.value, *(rival.value for rival in evidence.rivals)} == {"2026-04-03", "2026-03-04"}
    assert evidence.confidence < 0.6
    made = Metadata(created_on=dt.date(2026, 3, 4))
    (settled,) = read(WrittenDocument(stacked(*PLAIN[:-2], "Date: 03/04/2026"), metadata=made))
    assert value(settled, "completed_on") == "2026-03-04"


def test_the_print_date_of_a_browser_is_not_the_completion() -> None:
    rows = [Row("5/29/2026, 9:49 PM", 0.005, x=0.02, size=0.02), *stacked(*PLAIN)]
    (found,) = read(WrittenDocument(rows))
    assert value(found, "completed_on") == "2026-05-14"


@pytest.mark.parametrize(
    "lines",
    [
        ("Realizado entre el 29 de noviembre de 2019 y el 29 de diciembre de 2019",),
        ("Desde el 29/11/2019 hasta el 29/12/2019",),
        ("Held from Nov 29, 2019 at 05:57PM UTC to Dec 29, 2019 at 06:10PM UTC",),
        ("Course date: December 29, 2019", "Portaria nr. 1.234, de 10/03/2009"),
        ("Completed on the twenty-ninth day of December, 2019", "Expiry date August 31, 2021"),
        ("aos vinte e nove dias do mês de", "dezembro de 2019"),
        ("Completed on December 29, 2019", "Renewal due: August 31, 2021"),
    ],
)
def test_the_day_of_completion_among_other_days(lines: tuple[str, ...]) -> None:
    (found,) = read(WrittenDocument(stacked(*PLAIN[:-2], *lines)))
    assert value(found, "completed_on") == "2019-12-29"


def test_a_validity_begins_with_the_completion_and_ends_with_the_expiry() -> None:
    (found,) = read(WrittenDocument(stacked(*PLAIN[:-2], "Date of certification: 01/15/2024 - 01/14/2026")))
    assert (value(found, "completed_on"), value(found, "expires_on")) == ("2024-01-15", "2026-01-14")


def test_a_course_over_days_has_start_and_end() -> None:
    (found,) = read(WrittenDocument(stacked(*PLAIN[:-2], "held from 22/09/2025 to 25/09/2025, issued on 26/09/2025")))
    assert (value(found, "started_on"), value(found, "completed_on")) == ("2025-09-22", "2025-09-25")


@pytest.mark.parametrize(
    ("line", "hours", "credits"),
    [("3 hours 30 minutes", "3.5", None), ("Carga horária: 10h", "10", None), ("1h 15min", "1.25", None),
     ("4 hours 43 minutes", "4.72", None), ("12 CE credits", None, "12"), ("1,5 CPE credits", None, "1.5"),
     ("3 weeks, 2 hours per week", None, None), ("Score 96", None, None), ("6 CEU Hours", None, "6"),
     ("20 horas al 100%", "20", None), ("8 horas por semana", None, None), ("2h período de 3 dias", "2", None),
     ("Nr. 7e02ff05-b7c1-4ce2-bf76-95f56fced11d", None, None)],
)  # fmt: skip
def test_hours_and_credits(line: str, hours: str | None, credits: str | None) -> None:
    (found,) = read(WrittenDocument(stacked(*PLAIN[:-1], line)))
    assert (value(found, "hours"), value(found, "credits")) == (hours, credits)


def test_the_last_line_of_a_title_is_not_believed_for_the_whole() -> None:
    rule = {"fields": QUAY.fields | {"course_name": {"before": ["- \\d+ ?h"]}}}
    profile = Profile.model_validate(QUAY.model_dump() | rule)
    titled = [
        Row("Quay Academy", 0.1, size=0.05), Row("Bridges, Locks and Weirs in", 0.3),
        Row("Tidal Waters - 2h", 0.335), Row("Awarded to", 0.5), Row("Daniel Okonkwo", 0.56, size=0.05),
        Row("Day 3 May 2026", 0.75),
    ]  # fmt: skip
    (found,) = read(WrittenDocument(titled), profile)
    assert value(found, "course_name") == "Bridges, Locks and Weirs in Tidal Waters"


def test_a_hidden_text_of_somebody_else_does_not_win_and_is_not_silent() -> None:
    rows = [
        Row("Presented to", 0.3), Row("Thérèse Duchesne", 0.36, size=0.05, hidden=True),
        Row("who has completed the course", 0.46), Row("Introduction to Databases", 0.52, size=0.05, hidden=True),
        Row("on", 0.62), Row("2024-11-25", 0.62, x=0.3, hidden=True), Row("Harbourlight Institute", 0.1, size=0.05),
    ]  # fmt: skip
    drawn = [
        Row("Presented to", 0.3), Row("Mateusz Zurawski", 0.36, size=0.05), Row("who has completed the course", 0.46),
        Row("Advanced Shell Scripting", 0.52, size=0.05), Row("on 2026-03-17", 0.62),
        Row("Harbourlight Institute", 0.1, size=0.05),
    ]  # fmt: skip
    (found,) = read(WrittenDocument(rows, drawn=[drawn]))
    assert main_values(found)[:3] == ("Mateusz Zurawski", "Advanced Shell Scripting", "2026-03-17")
    assert found.fields.holder_name.confidence < CERTAIN
    assert "Thérèse Duchesne" in [rival.value for rival in found.fields.holder_name.rivals]


def test_text_that_the_pixels_contradict_is_not_certain() -> None:
    drawn = [
        Row(row.text.replace("Amara Lindqvist", "Daniel Okonkwo"), row.y, row.x, row.size) for row in stacked(*PLAIN)
    ]
    (found,) = read(WrittenDocument(stacked(*PLAIN), drawn=[drawn]))
    assert found.fields.holder_name.confidence < CERTAIN
    assert found.fields.holder_name.rivals


OTHER = tuple(
    line.replace("Amara", "Karin").replace("Capacity Planning for Networks", "Cabling Basics").replace("77", "78")
    for line in PLAIN
)


def test_two_certificates_in_one_file_are_two() -> None:
    first, second = read(WrittenDocument(stacked(*PLAIN), stacked(*OTHER)))
    assert (first.ordinal, first.pages, second.ordinal, second.pages) == (1, (1,), 2, (2,))
    assert (value(first, "holder_name"), value(second, "holder_name")) == ("Amara Lindqvist", "Karin Lindqvist")


def test_the_same_in_a_second_language_and_a_syllabus_belong_to_the_first() -> None:
    german = ("#Harbourlight Institute", "#Teilnahmezertifikat", "Hiermit wird bestätigt, dass", "#Amara Lindqvist",
              "den folgenden Kurs erfolgreich abgeschlossen hat:", "#Kapazitätsplanung für Netze",
              "Abgeschlossen am 14. Mai 2026", "Zertifikatsnummer: HL-20418-77")  # fmt: skip
    syllabus = ("Contents of the course", "1.1 Queues", "1.2 Links and their load", "1.3 Forecasts", "2.1 Reserve")
    (found,) = read(WrittenDocument(stacked(*PLAIN), stacked(*german), stacked(*syllabus)))
    assert found.pages == (1, 2, 3)
    assert value(found, "course_name") == "Capacity Planning for Networks"


def test_pixels_are_read_only_where_the_text_of_a_known_layout_is_not_enough() -> None:
    document = WrittenDocument(
        stacked(*KNOWN, "Number Q-204187", "This page is set in type, all of it, with many more words " * 2)
    )
    engine = WrittenEngine(document)
    (found,) = extract_document(document, Engines(engine), Profiles((QUAY,)))
    assert engine.reads == 0
    assert found.profile == "quay"
    assert main_values(found) == ("Daniel Okonkwo", "Bridge Design", "2026-05-03", "Q-204187")
    unknown = WrittenEngine(document)
    extract_document(document, Engines(unknown), Profiles(()))
    assert unknown.reads == 1


def test_a_missing_code_of_a_known_layout_is_looked_for_closer() -> None:
    document = WrittenDocument([], drawn=[stacked(*KNOWN)])
    engine = WrittenEngine(document)
    (found,) = extract_document(document, Engines(engine), Profiles((QUAY,)))
    assert engine.reads == 2
    assert found.expects.code == "always"


@pytest.mark.parametrize("number", ["No. 1184-92/DAE/Trg", "№ 780400 215936"])
def test_a_number_that_is_called_no_more_than_a_number_leaves_the_code_in_doubt(number: str) -> None:
    (found,) = read(WrittenDocument(stacked(number, *PLAIN[:-1])))
    assert found.fields.validation_code.confidence < 0.9


def test_two_profiles_that_match_are_contested() -> None:
    twin = QUAY.model_copy(update={"id": "twin"})
    (found,) = read(WrittenDocument(stacked(*KNOWN)), QUAY, twin)
    assert (found.profile, found.contested) == (None, ("quay", "twin"))


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("Invoice 2026-114", "To: Amara Lindqvist", "Cables, 12 pieces", "Total: 240.00", "Due 3 May 2026"), "other"),
        (("Amara Lindqvist", "is enrolled in the course", "Routing", "and currently in progress: 97 %"), "in_progress"),
        (("Certificate of attendance", "Amara Lindqvist", "has attended the workshop", "Routing"), "attendance"),
        (("This is to certify that", "Amara Lindqvist", "has passed the certification exam for", "Routing"), "exam"),
        (("Official transcript", "Amara Lindqvist", "has completed", "Routing 1: A", "Routing 2: B"), "transcript"),
    ],
)
def test_the_kind_of_document(lines: tuple[str, ...], kind: str) -> None:
    (found,) = read(WrittenDocument(stacked(*lines)))
    assert found.document_type == kind


def test_an_empty_page_is_a_document_of_no_certificate() -> None:
    (found,) = read(WrittenDocument([]))
    assert found.document_type is DocumentType.OTHER
    assert all(value is None for value in main_values(found))


@settings(max_examples=60)
@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60), max_size=12
    )
)
def test_any_page_yields_typed_values_or_nothing(texts: list[str]) -> None:
    for found in read(WrittenDocument(stacked(*texts)), QUAY):
        for name in ("started_on", "completed_on", "issued_on", "expires_on"):
            reading = found.fields.date(name)
            assert reading is None or reading.earliest <= reading.latest


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    document = WrittenDocument([])
    with pytest.raises(UnreadableDocument):
        extract(data, engine=WrittenEngine(document), profiles=Profiles(()), limits=Limits())


def test_an_explanation_names_near_profiles_and_every_candidate() -> None:
    sample = Path(__file__).parents[2] / "sample_certificates" / "coursera" / "network_foundations.pdf"
    found = explain(
        sample.read_bytes(), engine=WrittenEngine(WrittenDocument([])), profiles=load_profiles(), limits=Limits()
    )
    (certificate,) = found.certificates
    assert certificate.profile is not None
    assert [near.profile for near in certificate.near if near.matches] == [certificate.profile]
    fields = {field.field: field for field in certificate.fields}
    assert fields["holder_name"].chosen == "Amara Lindqvist"
    assert "profile" in [sign.name for sign in fields["holder_name"].candidates[0].signs]
    assert sum(one.probability for one in fields["holder_name"].candidates) <= 1.001
