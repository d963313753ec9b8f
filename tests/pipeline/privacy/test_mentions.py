"""A person is found however the name is written, and nobody else is taken for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.privacy.mentions import Mentions

ADA = Mentions(["Ada Güneş-Example", "Cher"], ["QX-7731-ADA", "abc"])
PARTS = st.lists(st.text("abcdefgh", min_size=2, max_size=8), min_size=2, max_size=4)


@pytest.mark.parametrize(
    "text",
    [
        "ADA GÜNEŞ-EXAMPLE",
        "Ada Gunes Example",
        "Güneş-Example, Ada",
        "ada_gunes_example.pdf",
        "AdaGunesExample 2026.pdf",
        "code qx 7731 ada",
        '{"name":"Ada Güneş-Example"}',
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert ADA.in_text(text)


@pytest.mark.parametrize("text", ["Ada Example", "Nada Güneş-Example", "Cher", "abc", "QX-7731", ""])
def test_less_than_the_name_is_nobody(text: str) -> None:
    assert not ADA.in_text(text)


def test_what_a_page_shows_is_read_without_its_marks() -> None:
    name = Mentions(["Siobhán O'Brien"])
    assert name.in_page("<td class='x'>Siobh&aacute;n <b>O&#39;Brien</b></td>")
    assert name.in_page("""<img alt="Siobhán O'Brien" src='data:image/jpeg;base64,QUJD'>""")
    assert not name.in_page("<td>Siobhán Brian</td>")


@given(PARTS, PARTS)
def test_a_name_is_in_a_text_if_its_parts_are_there_in_a_row(name: list[str], text: list[str]) -> None:
    found = Mentions([" ".join(name)]).in_text(" ".join(text))
    rolled = [name[cut:] + name[:cut] for cut in range(len(name))]
    rows = [["".join(row)] for row in rolled] + rolled
    assert found == any(text[at : at + len(row)] == row for row in rows for at in range(len(text)))
