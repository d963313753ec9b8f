"""Text made comparable: without case and marks, letter for letter, so that places in it stay places in the original."""

import unicodedata

# Letters that Unicode does not decompose, and signs that type uses in place of plain ones.
_SINGLE = {
    **dict.fromkeys("‘’‚‛ʼ`´", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒–—−\u00ad", "-"),
    **dict.fromkeys("\u00a0\u2009\u202f", " "),
    **{"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "s", "æ": "a", "œ": "o"},
}
# For plain ASCII, which most text is: letters small, all but letters and digits gone.
_SQUASHED = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}


# More letters than this no languages share, only files made to fill the memory.
_KEPT = 4096


class _Folded(dict[int, str]):
    """Each letter without case and marks, by its code; reckoned when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _letter(chr(code))
        if len(self) < _KEPT:
            self[code] = folded
        return folded


_FOLDED = _Folded()


def _letter(char: str) -> str:
    small = char.lower()[0]
    if small in _SINGLE:
        return _SINGLE[small]
    plain = unicodedata.normalize("NFKD", small)[0].lower()
    return plain if len(plain) == 1 else small


def whole(text: str) -> str:
    """`text` without halves of characters, which no encoding can write: files may state any code points."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def fold(text: str) -> str:
    """`text` in small letters without marks; the same length, so that an index means the same place in both."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return text.translate(_FOLDED)


def squash(text: str) -> str:
    """Only the letters and digits of `text`, folded: what two readings of one print share."""
    if text.isascii():
        return text.translate(_SQUASHED)
    return "".join(filter(str.isalnum, fold(text)))
