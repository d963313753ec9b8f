"""Numbers by which a state knows a person leave the extractors nowhere; codes of certificates all do. The numbers here
are invented, with right check digits."""

import string
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Limits
from extractors.explain import explain
from extractors.extract import Engines, extract_document
from extractors.model import Carried, Change, Extraction, Otherwise, Source, Traces, Unseen
from extractors.national_ids import WITHHELD, is_cpf, is_spanish, is_tc, masked, spans
from extractors.plain import squash
from extractors.profile import Profiles, load_profiles
from extractors.withhold import Identities, withheld, withheld_of_traces
from tests.extractors.drawing import Pdf
from tests.extractors.pages import WrittenDocument, WrittenEngine, stacked

SAMPLES = Path(__file__).parents[2] / "sample_certificates"
CPF, TC, DNI, NIE = "529.982.247-25", "10000000146", "12345678Z", "X1234567L"
LABELLED = [
    ("inscrito no CPF sob o nº {}, concluiu", CPF),
    ("portador do CPF 52998224725 concluiu", "52998224725"),
    ("CPF: {}", "111.222.333-44"),  # the label says it, whatever its digits
    ("RG nº {} SSP/SP", "12.345.678-x"),
    ("con DNI {} ha superado", DNI),
    ("D.N.I.: {}", "12.345.678-Z"),
    ("NIE {}", NIE),
    ("Documento de identidad: {}", "1032456789"),
    ("identificado con C.C. {} de Bogotá", "1.032.456.789"),
    ("cédula de ciudadanía No. {}", "79.456.123"),
    ("CURP: {}", "GAHM850101HDFRRR09"),
    ("RUT {}", "12.345.678-5"),
    ("T.C. Kimlik No: {}", TC),
    ("TC {} numaralı", TC),
    ("Passport No.: {}", "AB1234567"),
    ("holder of passport number {}", "C01X00T4782"[:3] + "12345"),
    ("Pasaporte nº {}", "XDB123456"),
    ("SSN: {}", "078-05-1120"),
    ("Social Security Number {}", "078051120"),
    ("Codice Fiscale {}", "RSSMRA85T10A562S"),
    ("Personalausweisnummer: {}", "T220001293"),
    ("National ID: {}", "29001011234567"),
    ("Паспорт серия 4509 № {}", "123456"),
]
HARMLESS = [
    "Certificate number: HL-20418-77",
    "Código de validação: 52998224725",
    "Credential ID 12345678Z",
    "Verification code 10000000146",
    "This passport to success has 40 hours",
    "RFC 2616, HTTP/1.1",
    "Identity and Access Management 300-410",
    "CNPJ 12.345.678/0001-95",
    "Completed on 14 May 2026, 24 hours",
]


@pytest.mark.parametrize(("sentence", "number"), LABELLED)
def test_what_its_label_calls_one_is_left_out(sentence: str, number: str) -> None:
    text = sentence.format(number)
    assert number not in masked(text)
    assert WITHHELD in masked(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_none_stays(text: str) -> None:
    assert masked(text) == text


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9).filter(lambda digits: len(set(digits)) > 1))
def test_a_cpf_is_known_by_its_check_digits(nine: list[int]) -> None:
    digits = nine.copy()
    for length in (9, 10):
        rest = sum((length + 1 - place) * digit for place, digit in enumerate(digits[:length])) % 11
        digits.append(0 if rest < 2 else 11 - rest)
    plain = "".join(map(str, digits))
    printed = f"{plain[:3]}.{plain[3:6]}.{plain[6:9]}-{plain[9:]}"
    wrong = f"{printed[:-1]}{(digits[10] + 1) % 10}"
    assert masked(f"Maria, {printed}.") == f"Maria, {WITHHELD}."
    assert is_cpf(plain) and masked(f"Maria {plain}", prose=True) == f"Maria {WITHHELD}"
    assert not is_cpf(wrong) and masked(wrong) == wrong


@given(st.integers(100_000_000, 999_999_999))
def test_a_turkish_number_is_known_by_its_check_digits(nine: int) -> None:
    digits = [int(char) for char in str(nine)]
    tenth = (7 * sum(digits[::2]) - sum(digits[1::2])) % 10
    plain = f"{nine}{tenth}{(sum(digits) + tenth) % 10}"
    assert is_tc(plain)
    assert not is_tc(f"{plain[:-1]}{(int(plain[-1]) + 1) % 10}")
    assert masked(f"Ayşe {plain}", prose=True) == f"Ayşe {WITHHELD}"


@given(st.integers(0, 99_999_999))
def test_a_spanish_number_is_known_by_its_letter(number: int) -> None:
    fitting = [letter for letter in string.ascii_uppercase if is_spanish(f"{number:08d}{letter}")]
    assert len(fitting) == 1
    assert masked(f"Ana {number:08d}-{fitting[0]}", prose=True) == f"Ana {WITHHELD}"


@given(st.text(string.ascii_uppercase + string.digits + "-", min_size=4, max_size=40))
def test_no_code_without_a_label_is_taken_for_one(code: str) -> None:
    """But for the two forms of 16 and 18 signs that no code has by chance."""
    assert spans(code) == () or len(squash(code)) in range(16, 41)


def truths(path: Path) -> list[str]:
    found: list[str] = []

    def walk(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        elif isinstance(value, str) and key in {"validation_code", "verify_url", "holder_name", "course_name"}:
            found.append(value)

    walk(tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def test_no_code_link_name_or_title_of_any_sample_is_masked() -> None:
    everything = [text for path in SAMPLES.glob("*/*.toml") for text in truths(path)]
    assert len(everything) > 300
    assert [text for text in everything if masked(text, prose=True) != text] == []


PAGE = (
    "#Instituto Aurora",
    "#Certificado de Conclusão",
    "Certificamos que",
    "#João Exemplo da Silva",
    f"portador do CPF {CPF}, T.C. Kimlik No: {TC}",
    "concluiu o curso",
    "#Redes para Jardineiros",
    "em 14 de maio de 2026",
    "Documento de identidad",
    "1032456789",
    "Código de validação: IA-20418-77",
)
NUMBERS = (CPF, squash(CPF), TC, "1032456789")


def read(*rows: str) -> Extraction:
    document = WrittenDocument(stacked(*rows))
    (found,) = extract_document(document, Engines(WrittenEngine(document)), Profiles(()))
    return found


def test_no_number_leaves_with_the_evidence_and_each_place_is_told() -> None:
    found = read(*PAGE)
    assert [number for number in NUMBERS if number in found.model_dump_json()] == []
    assert found.fields.holder_name.value == "João Exemplo da Silva"
    assert found.fields.validation_code.value == "IA-20418-77"
    assert len(found.covered) == 3
    clean = read(*(row for row in PAGE if not any(number in row for number in NUMBERS)))
    assert clean.covered == ()


def test_a_number_is_never_the_code_of_the_certificate() -> None:
    row = read(*PAGE).fields
    stolen = row.validation_code.model_copy(update={"value": "1032456789", "raw": "1032456789"})
    kept = withheld(row.model_copy(update={"validation_code": stolen}), Identities(frozenset({"1032456789"})))
    assert kept.validation_code.value is None
    assert kept.validation_code.confidence < 0.5, "nobody may believe that the document shows no code"


def test_a_number_in_a_link_is_left_out_of_it() -> None:
    row = read(*PAGE).fields
    link = f"https://verify.example/v?cpf={squash(CPF)}&code=IA-20418-77"
    kept = withheld(
        row.model_copy(update={"verify_url": row.verify_url.model_copy(update={"value": link})}), Identities()
    )
    assert kept.verify_url.value == "https://verify.example/v?cpf=withheld&code=IA-20418-77"


def test_an_explanation_says_none_either() -> None:
    pdf = Pdf()
    for place, row in enumerate(PAGE):
        pdf.write(row.lstrip("#"), 100, 560 - 45 * place, 26 if row.startswith("#") else 16)
    document = WrittenDocument(stacked(*PAGE))
    limits = Limits(bytes=10**7, pages=3, pixels=10**8)
    found = explain(pdf.bytes(), engine=WrittenEngine(document), profiles=load_profiles(), limits=limits)
    said = found.model_dump_json()
    assert "IA-20418-77" in said
    assert [number for number in NUMBERS if number in said] == []


@pytest.mark.parametrize("known", [Identities(), Identities(frozenset({squash(CPF)}))], ids=["labelled", "known"])
def test_no_trace_quotes_such_a_number(known: Identities) -> None:
    said = CPF if known.numbers else f"CPF {CPF}"
    traces = Traces(
        changes=(Change(page=1, before=said, after=said),),
        unseen=(Unseen(page=1, box=(0, 0, 1, 1), text=said),),
        otherwise=(Otherwise(field="validation_code", text=said, pixels=said),),
        carried=(Carried(page=1, source=Source.QR, text=f"https://example.org/?id={CPF}"),),
    )
    left = withheld_of_traces(traces, known).model_dump_json()
    assert squash(CPF) not in squash(left)
