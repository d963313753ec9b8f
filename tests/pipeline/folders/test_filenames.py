"""Names made from text that strangers chose."""

import datetime as dt
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.folders.filenames import NAME_BYTES, filing_name, filing_path, numbered, safe_name, suffix_of

nasty = st.one_of(
    st.text(max_size=400),
    st.text(st.characters(categories=["Cs", "Cf", "Cc", "Zs", "Zl", "Mn", "So"]), max_size=80),
    st.sampled_from(
        ["../../etc/passwd", "a\nb", "..", ".", "", " ", "CON", "nul.pdf", "\u202egpj.exe", "👩‍🎓" * 60, "é" * 300]
    ),
    st.binary(max_size=300).map(os.fsdecode),
)


@given(nasty)
def test_a_safe_name_is_one_plain_name(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode()) <= NAME_BYTES
    assert not set(name) & set('/\\:*?"<>|\0')
    assert not any(unicodedata.category(character).startswith("C") for character in name)
    assert not name.startswith((".", " ", "-"))
    assert not name.endswith((".", " "))
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Introdução à Rede.pdf", "Introdução à Rede.pdf"),
        ("Введение (2).PDF", "Введение (2).PDF"),
        ("../../secret.pdf", "secret.pdf"),
        ("-rf .pdf", "rf .pdf"),
        ("con .pdf", "_con .pdf"),
        ("LPT².txt", "_LPT².txt"),
        ("a\nb\tc.pdf", "a b c.pdf"),
        ("con.pdf", "_con.pdf"),
        (".hidden", "hidden"),
        ("\u202efdp.exe", "fdp.exe"),
        ("\udcff\udcfe", "unnamed"),
    ],
)
def test_ordinary_names_stay_and_others_become_plain(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("é" * 300 + ".pdf")
    assert name.endswith("é.pdf")
    assert len(name.encode()) <= NAME_BYTES


@given(nasty, st.integers(2, 9999))
def test_a_numbered_name_differs_and_fits(text: str, number: int) -> None:
    name = numbered(safe_name(text), number)
    assert name != safe_name(text)
    assert suffix_of(name) == suffix_of(safe_name(text))
    assert len(name.encode()) <= 255


def test_a_numbered_name_shortens_one_that_fills_the_limit_of_the_disk() -> None:
    assert numbered("a" * 251 + ".pdf", 2) == "a" * 247 + " (2).pdf"
    assert len(os.fsencode(numbered(os.fsdecode(b"\xff" * 251 + b".pdf"), 12))) == 255


def test_the_filing_name_says_when_who_and_what() -> None:
    day = dt.date(2026, 3, 9)
    assert filing_name(day, "An Issuer", "A: Course / Part 1", ".PDF") == "2026-03-09 An Issuer A- Course - Part 1.pdf"
    assert filing_name(day, None, "A Course", "") == "2026-03-09 A Course"
    assert filing_name(day, None, "A Course", ".sh;rm") == "2026-03-09 A Course"


@given(holder=nasty, issuer=st.none() | nasty, course=nasty, suffix=nasty)
def test_a_filing_path_stays_inside(holder: str, issuer: str | None, course: str, suffix: str) -> None:
    done = Path("/home/done")
    path = filing_path(
        done, completed_on=dt.date(2026, 3, 9), holder=holder, issuer=issuer, course=course, suffix=suffix
    )
    year, person, name = path.relative_to(done).parts
    assert year == "2026"
    assert person not in ("", ".", "..")
    assert name.startswith("2026-03-09 ")
    assert all(len(part.encode()) <= NAME_BYTES + 9 for part in (person, name))
