"""Whose certificate it is: in sentences and forms of many languages, and never who signs, issues or teaches. All invented."""
# ruff: noqa: E501 (tables read best unbroken)

import pytest

from extractors.choose import rank
from extractors.find_holder import holder_candidates
from extractors.sheet import Sheet
from tests.extractors.pages import Row, stacked, words


def holder(*rows: Row | str) -> tuple[str, float] | None:
    """The likeliest holder and how likely; None where absence is likelier."""
    written = [row for row in rows if isinstance(row, Row)] or stacked(*map(str, rows))
    ranked = rank("holder_name", holder_candidates(Sheet(1, words(written)), None))
    if not ranked or ranked[0].probability < 1 - sum(one.probability for one in ranked):
        return None
    return ranked[0].candidate.value, ranked[0].probability


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Let it be known that Amara Lindqvist has participated in Routing", "Amara Lindqvist"),
        ("This is awarded to Bennett, Maël J. upon completing all requirements of Routing", "Bennett, Maël J."),
        ("This is presented to josé del quintero on successful completion of Routing", "josé del quintero"),
        ("This certifies that Prates, Giulia van der has completed Routing", "Prates, Giulia van der"),
        ("This certifies that Ng, Xiaoming has completed Routing", "Ng, Xiaoming"),
        ("This certifies that Amara Lindqvist, Director of Sales, has completed Routing", "Amara Lindqvist"),
        ("This award goes to Tomasz Bielak", "Tomasz Bielak"),
        ("Le 12-08-2021, Claire Dubreuil a terminé le cours Réseaux", "Claire Dubreuil"),
        ("Se otorga la presente constancia a Lucía Ferro por su participación en Redes", "Lucía Ferro"),
        ("Apresentado a Joana Prates", "Joana Prates"),
        ("Zaświadcza się, że Pani Ewa Lipska ukończyła szkolenie Sieci", "Ewa Lipska"),
        ("Ewa Lipska wzięła udział w szkoleniu Sieci", "Ewa Lipska"),
        ("Bevestigt dat Sanne de Wit heeft deelgenomen aan Netwerken", "Sanne de Wit"),
        ("Earned by Gustavo Prates on Apr 2, 2023", "Gustavo Prates"),
        ("Attendee Deniz Aksu", "Deniz Aksu"),
        ("Concluído por Rui Prates", "Rui Prates"),
        ("Suivi par Claire Dubreuil", "Claire Dubreuil"),
        ("Frau/Herr Lukas Vogt hat vom 05.08. bis 08.08.2024 am Kurs Netze teilgenommen", "Lukas Vogt"),
        ("It is hereby confirmed that Amara Lindqvist has completed Routing", "Amara Lindqvist"),
        ("Nome completo Flávia G. Prates", "Flávia G. Prates"),
        ("Участник: Анна Сомова", "Анна Сомова"),
        ("Awarded to Sukarno", "Sukarno"),
        ("Certifica-se que Inês Sofia de Sá, natural de Viseu, concluiu o curso Redes", "Inês Sofia de Sá"),
        ("This is a statement that Amara Lindqvist has attained Provide First Aid", "Amara Lindqvist"),
        ("Conferimos o presente certificado a Joana Prates pela conclusão do Curso de Redes", "Joana Prates"),
        ("Trainee: DeShawn A. Whitlock", "DeShawn A. Whitlock"),
        ("Name, Vorname: Prates, Ann-Kathrin", "Prates, Ann-Kathrin"),
        (
            "Certificamos que o(a) Sr.(a) Genivaldo Prates, portador(a) do RG 9.881.204-7, participou do treinamento de Redes",
            "Genivaldo Prates",
        ),
        (
            "Certificamos para os devidos fins que a colaboradora Joana Prates (matrícula 47281) participou da capacitação Redes",
            "Joana Prates",
        ),
        (
            "Que el señor Édgar Mauricio Ferro, identificado con C.C. 93.402.118 de Ibagué, asistió y aprobó el curso de Redes",
            "Édgar Mauricio Ferro",
        ),
        ("This is to certify that Mr. Bilal Khan Siddiq S/o Rahim Khan has completed Routing", "Bilal Khan Siddiq"),
        ("Congratulations, Amara Lindqvist!", "Amara Lindqvist"),
        ("Awarded to Maria Aparecida da Conceição dos Santos Ferro", "Maria Aparecida da Conceição dos Santos Ferro"),
    ],
)
def test_holders(text: str, name: str) -> None:
    found = holder("#Certificate", text)
    assert found is not None
    assert (found[0], found[1] > 0.5) == (name, True)


@pytest.mark.parametrize(
    "rows",
    [
        ("#Certificate", "Este diploma certifica que el estudiante ha superado las evaluaciones"),
        ("#Certificate", "Given on", "+Monday", "March 18"),
        ("#Zertifikat", "hat vom 05.08. bis 08.08.2024 an der Projektwoche teilgenommen", "+CE"),
        ("#Certificate", "Kind regards", "Linh Ongaro", "Dean, School of Engineering"),
        ("#Certificate of Completion", "Rui Prates", "Kurucu Ortak"),
        ("#Teilnahmebescheinigung", "Ewa Lipska", "Leiterin der Weiterbildung"),
        ("#Certificate of Completion", "Lukas Vogt", "Geschäftsführer der Quay Lernwelten GmbH, Hafenstraße 8, 33602 Musterstadt an der Elbe"),
        ("#Katılım Belgesi", "Ağ Temelleri Topluluğu"),
        ("#Certificat", "Voir le certificat", "Fondation Quay"),
    ],
)  # fmt: skip
def test_no_holders(rows: tuple[str, ...]) -> None:
    found = holder(*rows)
    assert found is None or found[1] < 0.6


def test_the_name_in_the_address_of_the_page_is_its_issuers() -> None:
    found = holder("#Halden Trivanti", "+Ewa Lipska", "Routing", "Verify at https://halden-trivanti.example.org/verify")
    assert found is not None
    assert found[0] == "Ewa Lipska"


def test_a_holder_stands_beside_its_label_in_the_other_column_of_a_form() -> None:
    found = holder(
        Row("Certificate", 0.1),
        Row("Estudiante", 0.4, 0.1),
        Row("Joaquín Peña", 0.4, 0.5),
        Row("Curso", 0.5, 0.1),
        Row("Redes", 0.5, 0.5),
    )
    assert found is not None
    assert found[0] == "Joaquín Peña"


def test_an_object_before_a_verb_is_no_holder() -> None:
    rows = (
        "#Şebnem Işık",
        "10.02.2025 - 16.03.2025 tarihleri arasında",
        "#Ağ Temelleri",
        "programını başarıyla tamamlamıştır",
    )
    found = holder(*rows)
    assert found is not None
    assert found[0] == "Şebnem Işık"


def test_what_is_called_a_university_is_nobody() -> None:
    sheet = Sheet(1, words(stacked("#QUAYSIDE", "Amara Lindqvist", "recognized by Quayside Corporation")))
    assert {one.value: one.signs.get("maker") for one in holder_candidates(sheet, None)} == {
        "QUAYSIDE": 1.0,
        "Amara Lindqvist": None,
    }
