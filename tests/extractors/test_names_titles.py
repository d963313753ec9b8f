"""What may be a person's name and what may be a course's title. All people are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import names, titles
from extractors.plain import fold, squash


@pytest.mark.parametrize(
    "text",
    ["Amara Lindqvist", "INÊS CARVALHO DA MOTA", "mateusz żurawski", "Md. Karim Hossain", "Søren Kjær", "Анна Соколова",
     "Jean-Luc d'Aubigné", "Şebnem Işık Yıldız", "Kansa GERALDO", "Joana F. de Almeida",
     "Inês de Sá", "Immacolata Lo Presti", "Montserrat Llull i Capdevila", "Dr. h. c. Cem Aydın-Großkopf",
     "DeShawn A. Whitlock", "JOHN A SMITH", "Priya I. Nair", "Amara Lindqvist!"],
)  # fmt: skip
def test_names_look_like_names(text: str) -> None:
    assert names.likeness(names.trimmed(text)) >= 0.7


@pytest.mark.parametrize(
    "text",
    ["Certificate of Completion", "Network Essentials", "the course", "12 October 2026", "www.example.org", "A",
     "has successfully completed", "Director of Learning", "Certificado de Conclusão", "x" * 80, "...",
     "Rafael da Vasconcelos de", "Monday", "CE", "el estudiante",
     "T.Y. B.Tech DS)", "FORMATEC QUAY, S.L", "Quayside S.p.A", "QUAY VIDYAPEETHAM, Quayside Campus", "programını",
     "Bestätigung der Kursteilnahme", "Joana Prates pela", "ha superado la microcredencial",
     "Quay Enstitüsü", "Kind regards", "who", "Gültig bis", "A Course", "Datos del Trabajador"],
)  # fmt: skip
def test_what_is_no_name(text: str) -> None:
    assert names.likeness(names.trimmed(text)) == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [("Mr. Daniel Okonkwo,", "Daniel Okonkwo"), (" - Amara  Lindqvist -", "Amara Lindqvist"), ("Tom K.", "Tom K.")],
)
def test_a_name_is_trimmed(text: str, name: str) -> None:
    assert names.trimmed(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Introduction to Networks",
        "C#",
        "Python",
        "Jira: Gestiona proyectos de forma ágil",
        "CCNA: Redes",
        "Sheet Mastery 2026: Zero to Boardroom with 40 Projects",
        "Основы сетей",
    ],
)
def test_titles_look_like_titles(text: str) -> None:
    assert titles.likeness(text) > 0.3


@pytest.mark.parametrize(
    "text",
    ["Certificate of Completion", "CERTIFICADO DE CONCLUSÃO", "12 October 2026", "Student", "This is to certify that",
     "https://example.org/verify", "coursework", "2 ECTS credits", "EXP DATE", "Exp. date",
     "Completion date: 3 May 2026", "§§"],
)  # fmt: skip
def test_what_is_no_title(text: str) -> None:
    assert titles.likeness(text) == 0


@pytest.mark.parametrize(
    ("text", "title"),
    [("“Aprender a programar”,", "Aprender a programar"), ("Web Basics.", "Web Basics"), ("< Lógica >", "Lógica"),
     ('Using "make" well', 'Using "make" well'), ("Node.js and C++", "Node.js and C++")],
)  # fmt: skip
def test_a_title_is_trimmed(text: str, title: str) -> None:
    assert titles.trimmed(text) == title


@given(st.text(max_size=120))
def test_nothing_raises(text: str) -> None:
    assert 0 <= names.likeness(names.trimmed(text)) <= 1
    assert 0 <= titles.likeness(titles.trimmed(text)) <= 1
    assert len(fold(text)) == len(text)
    assert squash(text) == squash(text.upper()) or not text.isascii()
