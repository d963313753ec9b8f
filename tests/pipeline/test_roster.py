import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger.state import Holder
from pipeline.roster import How, Match, Roster, readings

EXACT, ALIAS, ORDER, MIDDLE = How.EXACT, How.ALIAS, How.REORDERED, How.MIDDLE_NAME_MISSING
PAIRS: list[tuple[str, str, How | None]] = [
    ("Ada Beispiel", "ADA BEISPIEL", EXACT),
    ("Ada Beispiel", "  ada   beispiel ", EXACT),
    ("Ada Beispiel", "Beispiel, Ada", EXACT),
    ("Ada Beispiel", "Beispiel Ada", ORDER),
    ("Ada Beispiel", "AdaBeispiel", EXACT),
    ("Jörg Groß", "Jorg Gross", EXACT),
    ("Jörg Groß", "Joerg GROSS", EXACT),
    ("Joerg Gross", "Jörg Groß", EXACT),
    ("Jürgen Müller", "Juergen Muller", EXACT),
    ("Jürgen Müller", unicodedata.normalize("NFD", "Jürgen Müller"), EXACT),
    ("Søren Ås", "Soeren Aas", EXACT),
    ("Søren Ås", "Soren As", EXACT),
    ("Işıl Çalışkan", "Isil Caliskan", EXACT),
    ("Işıl Çalışkan", "IŞIL ÇALIŞKAN", EXACT),
    ("İlker Yıldız", "ilker yildiz", EXACT),
    ("José Ñandú", "Jose Nandu", EXACT),
    ("Łucja Żak", "Lucja Zak", EXACT),
    ("Семён Йод", "СЕМЕН ЙОД", EXACT),
    ("Liam O'Dell", "Liam O’Dell", EXACT),
    ("Liam O'Dell", "Liam ODell", EXACT),
    ("Anne-Marie Kurz", "Anne Marie Kurz", EXACT),
    ("Anne-Marie Kurz", "Annemarie Kurz", EXACT),
    ("John Michael Roe", "John Roe", MIDDLE),
    ("John Roe", "John Michael Roe", MIDDLE),
    ("John Michael Roe", "John M. Roe", MIDDLE),
    ("John Michael Roe", "Roe, John M.", MIDDLE),
    ("John Michael Paul Roe", "John M. Roe", MIDDLE),
    ("Maria da Silva Lima", "Maria Lima", MIDDLE),
    ("Maria da Silva Lima", "Lima, Maria da Silva", EXACT),
    ("田中 花子", "花子 田中", ORDER),
    # Near, but perhaps somebody else: a suggestion at most.
    ("Anne-Marie Kurz", "Anne Kurz", None),
    ("John Roe", "J. Roe", None),
    ("John Roe", "Jon Roe", None),
    ("John Michael Roe", "John P. Roe", None),
    ("John Michael Roe", "Michael Roe", None),
    ("Maria Silva Lima", "Maria Silva", None),
    ("Wei Li", "Li Wei Chen", None),
    ("Xue Li", "Xu Li", None),
    ("Muller Ada", "Mueller Ada", None),
    ("Ada Beispiel", "Ada", None),
    ("Ada Beispiel", "", None),
    ("Ada Beispiel", "---", None),
    ("Ali Roe Jr", "Ali Roe", None),
]


def roster(*names: str, aliases: tuple[str, ...] = ()) -> Roster:
    """Holders 0, 1, …; the aliases are the first one's."""
    return Roster(Holder(str(number), name, () if number else aliases) for number, name in enumerate(names))


@pytest.mark.parametrize(("name", "printed", "how"), PAIRS)
def test_a_name_as_it_is_printed(name: str, printed: str, how: How | None) -> None:
    found = roster(name, "Quite Another").match(printed)
    assert (found.holder, found.how) == (("0", how) if how else (None, None))
    assert found.several == ()


def test_a_near_miss_is_a_suggestion_nearest_first() -> None:
    found = roster("Jan Roe", "John Roe", "Joan Row", "Zed Zulu").match("Jon Roe")
    assert found.holder is None
    assert found.nearest[0] == "1" and "3" not in found.nearest


def test_two_people_of_one_name_are_never_picked() -> None:
    people = roster("Cy Twin", "Cy Twin", aliases=("Cy Twin", "C. Twin"))
    assert people.match("cy twin") == Match(several=("0", "1"))
    assert people.match("Twin Cy").several == ("0", "1")
    assert people.match("C. Twin").holder == "0"


def test_a_looser_fit_of_somebody_else_makes_it_ambiguous_until_an_alias_decides() -> None:
    assert roster("John Roe", "John Michael Roe").match("John Roe").several == ("0", "1")
    decided = roster("John Roe", "John Michael Roe", aliases=("John Roe",)).match("John Roe")
    assert (decided.holder, decided.how) == ("0", ALIAS)


def test_an_alias_counts_as_it_is_written_only() -> None:
    people = roster("Ada Beispiel", aliases=("A. Muster", "Ада Б"))
    assert people.match("a muster").how is ALIAS
    assert people.match("ада б").how is ALIAS
    assert people.match("Muster A").holder is None


def test_one_alias_of_two_people_is_ambiguous() -> None:
    people = Roster([Holder("0", "Ada One", ("Adi",)), Holder("1", "Ada Two", ("Adi",))])
    assert people.match("Adi").several == ("0", "1")


def test_a_name_of_many_accents_stays_small() -> None:
    assert len(readings("ä ö ü " * 30)) == 2
    assert roster("Ä " * 60 + "Z").match("ä " * 60 + "z").how is EXACT


ACCENTED = st.text(alphabet="abeioutszäöüßéñçığøåłşn", min_size=2, max_size=7)
NAMES = st.lists(ACCENTED, min_size=2, max_size=4).map(" ".join)


@given(NAMES, st.randoms(use_true_random=False))
def test_order_and_case_change_nothing(name: str, shuffler: random.Random) -> None:
    parts = name.split()
    shuffler.shuffle(parts)
    assert roster(name).match(" ".join(parts).title()).holder == "0"


@given(NAMES)
def test_accents_change_nothing_from_either_side(name: str) -> None:
    german = name.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa"}))
    bare = unicodedata.normalize("NFC", name).translate(str.maketrans("äöüéñçığøåłş", "aouencigoals"))
    for other in (german, bare):
        assert roster(name).match(other).holder == "0"
        assert roster(other).match(name).holder == "0"


@given(NAMES, NAMES)
def test_matching_is_symmetric(one: str, other: str) -> None:
    assert (roster(one).match(other).holder is None) == (roster(other).match(one).holder is None)


@given(st.text(max_size=60))
def test_any_text_has_an_outcome(text: str) -> None:
    found = roster("Ada Beispiel", "Bo Muster", aliases=("Ad",)).match(text)
    assert (found.holder is None) == (found.how is None)
    assert not (found.several and found.holder)
