"""How two texts are compared when case, accents, spaces and punctuation say nothing."""

import re
import unicodedata

from rapidfuzz import fuzz

_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_PLAIN_WORDS = re.compile("[a-z0-9+#]+")
NEARLY_EQUAL = 88.0


def unaccented(text: str) -> str:
    """Lower case without the accents of Latin, Greek and Cyrillic letters; marks of other scripts carry meaning and
    stay."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_LETTERS)


def fold(text: str) -> str:
    """Only the letters, digits and meaningful signs of a text, in lower case and without accents."""
    return "".join(words(text))


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order. Plus and number signs stay: they tell languages and grades apart."""
    plain = unaccented(text)
    if plain.isascii():  # most names and titles; an import may compare a hundred thousand of them
        return tuple(_PLAIN_WORDS.findall(plain))
    return tuple(
        "".join(c if c.isalnum() or c in "+#" or unicodedata.category(c)[0] == "M" else " " for c in plain).split()
    )


def nearly_equal(one: str, other: str) -> bool:
    """Whether two texts differ by no more than a misreading would: a few letters of a folded title or name.

    NEARLY_EQUAL is a share in percent: one wrong letter in nine. Both empty after folding is not equality.
    """
    left, right = fold(one), fold(other)
    return bool(left and right) and fuzz.ratio(left, right) >= NEARLY_EQUAL
