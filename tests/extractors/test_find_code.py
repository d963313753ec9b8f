"""Validation codes under the labels of many languages; the numbers of people, offices and laws stay out. All invented."""

# ruff: noqa: E501 (tables read best unbroken)

import re

import pytest

from extractors.addresses import names_one, shape, tokens
from extractors.choose import rank
from extractors.find_code import code_candidates
from extractors.finder import SeenPage, find_fields
from extractors.profile import Profile
from extractors.sheet import Sheet
from extractors.trust import belief
from extractors.weights import weights
from tests.extractors.pages import Row, stacked, words

BODY = ("#Certificate of Completion", "#Amara Lindqvist", "has completed the course", "#Routing")


def code(*rows: Row | str, profile: Profile | None = None) -> tuple[str, float] | None:
    """The likeliest code and how likely it is; None where absence is likelier."""
    written = [row for row in rows if isinstance(row, Row)] or stacked(*BODY, *map(str, rows))
    ranked = rank("validation_code", code_candidates(Sheet(1, words(written)), profile))
    if not ranked or ranked[0].probability < 1 - sum(one.probability for one in ranked):
        return None
    return ranked[0].candidate.value, ranked[0].probability


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Verification code: 41644-05207", "41644-05207"), ("Certificate number 553086.735450.299", "553086.735450.299"),
        ("Certificado n.º: cert_p6gep6cd", "cert_p6gep6cd"), ("Nr certyfikatu 7KDM-22418", "7KDM-22418"),
        ("Kod weryfikacyjny: Z8811KX", "Z8811KX"),
        ("Folio: QHV-DEC-2025-001934", "QHV-DEC-2025-001934"), ("Credential ID: QL·EN2·QX7739", "QL·EN2·QX7739"),
        ("Регистрационный номер: АЦК-25/0318", "АЦК-25/0318"), ("Prüfcode: quvep-dizuk-77", "quvep-dizuk-77"),
        ("Certificado QMGF25/CP/064", "QMGF25/CP/064"),
        ("Certificaatnummer: 8812-KX4", "8812-KX4"), ("Sertifika numarası: 7585638", "7585638"),
        ("Сертификат № 7741-АК22", "7741-АК22"), ("Zertifikat-Nr. 77-4418-XK", "77-4418-XK"),
        ("Codice di verifica: MM7GZ2CF1Y", "MM7GZ2CF1Y"), ("N° de certificat : 4FP516RPAP", "4FP516RPAP"),
        ("Código de validação: JK77-4KD2", "JK77-4KD2"), ("Verify at https://quay.example.org/verify/41644-05207", "41644-05207"),
        ("Certificate number: FAW3 0092217", "FAW30092217"), ("Certificate ref. 2607210094417", "2607210094417"),
        ("eCard no. 36-7081195542", "36-7081195542"),
        ("Identifiant de l'attestation : UNAS-c7Kd02-eauX", "UNAS-c7Kd02-eauX"),
        ("Registration code: 875431", "875431"), ("Código de registro: 41644-05207", "41644-05207"),
        ("Check it: https://quay.example.org/?code=K7D20XQ4", "K7D20XQ4"),
    ],
)  # fmt: skip
def test_codes(line: str, value: str) -> None:
    found = code(line)
    assert found is not None
    assert (found[0], found[1] > 0.6) == (value, True)


@pytest.mark.parametrize(
    "line",
    ["Student ID: 41644-05207", "Registration number: 41644-05207",
     "Customer PO: PO-2026-004518", "CPD Accreditation No. PTR-2019-261", "Conformément à l'article L.6353-1 du Code du travail",
     "FOR.NEP.012 - Revisão 04", "Printed on 04-NOV-2026 by self-service", "NET-204 Routing and Overlays", "Duration 02h36min", "Candidate number 553086735", "CPF 000.111.222-33", "DNI 00112233X", "RG: 11.222.333-4",
     "School code: 77-44182", "Matrícula: 20214418", "CNPJ 11.222.333/0001-44", "Phone 555-0142-3311", "+55 11 5555-0199", "SIRET 24741570112233",
     "Portaria nº 1.383/2014", "Ley 39/2015, de 1 de octubre", "Sponsor number 636820", "Registro profissional CREA 5061",
     "Course ID: NET-4418", "Form no. QF-7781-2", "Company registration number 08812345", "Lizenznummer 4418-22",
     "Numéro de déclaration d'activité 11 75 44182 75", "ISO 9001:2015",
     "Teilnehmernummer: 749501", "N° de stagiaire : 48213", "Номер слушателя: 88213", "Öğrenci No: 202144"],
)  # fmt: skip
def test_no_codes(line: str) -> None:
    found = code(line)
    assert found is None or found[1] < 0.6


def test_a_number_that_is_only_called_id_is_taken_but_not_surely() -> None:
    found = code("ID: 65542-08541")
    assert found is not None
    assert (found[0], found[1] < 0.96) == ("65542-08541", True)


def test_the_line_under_the_address_of_verification_is_the_code_and_no_part_of_the_address() -> None:
    found = code("https://quay.example.org/verify", "cert_7rofvjtq")
    assert found is not None
    assert found[0] == "cert_7rofvjtq"


def test_a_number_beside_another_label_of_a_form_is_no_code() -> None:
    found = code(Row("Cohort", 0.5, 0.1), Row("QF-2026-004518", 0.5, 0.52))
    assert found is None or found[1] < 0.6


def test_a_code_goes_on_in_the_next_line_after_a_hyphen() -> None:
    found = code(Row("Validation code:", 0.5, 0.1), Row("9C41-77AD-E0B2-", 0.54, 0.1), Row("58F3-1D6E", 0.58, 0.1))
    assert found is not None
    assert found[0] == "9C41-77AD-E0B2-58F3-1D6E"


def test_a_code_in_an_address_over_three_lines_is_read_whole_or_not_at_all() -> None:
    found = code(
        Row("https://files.quay.example.org/", 0.5, 0.1), Row("certs/0b9f6d52-3c1e-4a77-8e0d-", 0.54, 0.1),
        Row("92f4c6b7a815.pdf", 0.58, 0.1),
    )  # fmt: skip
    assert found is not None
    assert found[0] == "0b9f6d52-3c1e-4a77-8e0d-92f4c6b7a815"


def test_a_code_stands_beside_its_label_in_the_other_column_of_a_form() -> None:
    found = code(
        Row("Certificate ID", 0.5, 0.1), Row("976983", 0.5, 0.52), Row("Date", 0.6, 0.1), Row("May 3", 0.6, 0.52)
    )
    assert found is not None
    assert found[0] == "976983"


@pytest.mark.parametrize(
    ("address", "token"),
    [
        ("https://quay.example.org/certificates/02c37744-458d-440c-9d29-2cf6312de703.pdf", "02c37744-458d-440c-9d29-2cf6312de703"),
        ("https://quay.example.org/verify/xemur-tolyk-vacip-hesog", "xemur-tolyk-vacip-hesog"),
        ("https://quay.example.org/verify/?we559c854-d6e2-60418275", "we559c854-d6e2-60418275"),
    ],
)  # fmt: skip
def test_what_of_an_address_names_one_certificate(address: str, token: str) -> None:
    assert tokens(address)[0].text == token


@pytest.mark.parametrize(
    ("address", "one"),
    [("https://quay.example.org/cert/kT7w", True), ("https://quay.example.org/verify", False),
     ("https://quay.example.org/certification/ada/reading-tide-tables", False), ("https://quay.example.org/cert?id=44", False),
     ("https://quay.example.org/certification/ada/reading-tide-", False), ("https://quay.example.org/cert?id=44182", True), ("https://quay.example.org/harbour/kT7w", False)],
)  # fmt: skip
def test_an_address_of_verifying_may_name_one_certificate_however_short(address: str, one: bool) -> None:
    assert names_one(address) is one


@pytest.mark.parametrize("text", ["2026-05-03", "14-05-2026", "05.2026", "verify", "lesson-plan", "12-34"])
def test_dates_and_words_have_no_shape_of_a_code(text: str) -> None:
    assert shape(text) == 0


def quayside(pattern: str, *labels: str) -> Profile:
    return Profile.model_validate(
        {"id": "quayside", "issuer": "Quayside", "languages": ["en"], "code": "always", "code_pattern": pattern,
         "hosts": ["quay.example.org"], "markers": {"any": ["quayside"]}, "fields": {"validation_code": {"labels": labels}}}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "pattern", "value", "anywhere"),
    [
        ("quay.example.org/verify/xemur-tolyk-vacip", "x[a-z]{4}(?:-[a-z]{5}){2}", "xemur-tolyk-vacip", False),
        ("quay.example.org/verify/?w4411-2207", r"w\d{4}-\d{4}", "w4411-2207", True),
        ("quay.example.org/certs/0a1b2c3d4e5f6071.pdf", "[0-9a-f]{16}", "0a1b2c3d4e5f6071", True),
        ("quay.example.org/cert/kT7w", "[A-Za-z0-9]{4}", "kT7w", False),
    ],
)  # fmt: skip
def test_on_the_issuers_own_host_a_code_is_known_by_its_form(
    address: str, pattern: str, value: str, anywhere: bool
) -> None:
    found = code(f"Verify at https://{address}", profile=quayside(pattern))
    assert found is not None
    assert found[0] == value
    elsewhere = code(f"Verify at https://{address.replace('quay', 'pier')}", profile=quayside(pattern))
    assert (elsewhere is not None and elsewhere[0] == value) is anywhere


def test_the_profiles_label_is_nobody_elses() -> None:
    line = "Enrolment Verification Code kR7wTqZb4mXe9LpDa | User Verification Code 58b1d20c7ae94f6b03d1c7a2"
    found = code(line, profile=quayside("[A-Za-z0-9]{17,24}", "enrolment verification code"))
    assert found is not None
    assert found[0] == "kR7wTqZb4mXe9LpDa"


@pytest.mark.parametrize(
    "line",
    [
        "Seminar-Nr. 24-1187-K",
        "QP Code: SSC/Q2212",
        "nata a Gela (CL) - C.F. QLLMCN88E47D960K",
        "Código AF/Grupo: 0118/02",
    ],
)
def test_the_number_of_a_seminar_a_qualification_or_a_person_is_no_code(line: str) -> None:
    found = code_candidates(Sheet(1, words(stacked(*BODY, line))), None)
    assert all(one.signs["anothers"] == 1 for one in found if re.search(r"\d", one.value))


def test_letters_small_and_large_alone_on_a_line_may_be_a_code_and_leave_its_absence_in_doubt() -> None:
    sheet = Sheet(1, words(stacked(*BODY, "QkT3pYb0Qe")))
    assert "QkT3pYb0Qe" in {one.value for one in code_candidates(sheet, None)}
    assert "lone" in hints("QkT3pYb0Qe")


@pytest.mark.parametrize("line", ["Ref: QIRI/CUM/24/117-038", "Reference no. QX-2024-0187"])
def test_a_reference_is_no_code_and_leaves_the_absence_of_one_in_doubt(line: str) -> None:
    assert "lone" in hints(line)


def hints(line: str) -> frozenset[str]:
    page = SeenPage(Sheet(1, words(stacked(*BODY, line))), None, None)
    return find_fields((page,), None, None).hints


_AGREED = dict.fromkeys(("single", "coded", "glyphs", "pattern"), 0.0) | {"lead": 5.0, "agree": 1.0, "anchored": 1.0}


def test_of_two_codes_as_likely_none_is_believed() -> None:
    found = belief("validation_code", weights().trust["validation_code"], _AGREED | {"elsewhere": 0.4})
    assert found < weights().accept < belief("validation_code", weights().trust["validation_code"], _AGREED)
    # Two parts of one verification link are no two codes.
    coded = _AGREED | {"elsewhere": 0.32, "coded": 1.0}
    assert belief("validation_code", weights().trust["validation_code"], coded) > found
