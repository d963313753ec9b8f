"""Text made comparable: without case and marks, letter for letter, so that places in it stay places in the original."""

import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose, and signs that type uses in place of plain ones.
_SINGLE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−\u00ad", "-"),
        **{"ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "s", "æ": "a", "œ": "o"},
        **{"\u00a0": " ", "\u2009": " ", "\u202f": " "},
    }
)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    if char.isascii():
        return char.lower()
    plain = unicodedata.normalize("NFKD", char)[0].lower()
    return plain if len(plain) == 1 else char


def fold(text: str) -> str:
    """`text` in small letters without marks; the same length, so that an index means the same place in both."""
    return "".join(_letter(char) for char in text.translate(_SINGLE))


def squash(text: str) -> str:
    """Only the letters and digits of `text`, folded: what two readings of one print share."""
    return "".join(char for char in fold(text) if char.isalnum())
