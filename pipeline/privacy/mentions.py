"""Whether a text speaks of somebody: by name in any order, by the code of a certificate, by a title nobody else has."""

import html
import itertools
import re
from collections.abc import Iterable

from pipeline.folding import words

_PICTURE = re.compile(r"data:[\w/+.-]+;base64,[\w/+=]*")
_TAG = re.compile(r"<[^>]*>")
# Shorter words than these stand in texts that speak of anybody.
_SHORTEST = 5


class Mentions:
    """Looks for texts as rows of folded words, so that case, accents and punctuation hide nothing, and "Ana" is not
    found in "Mariana"."""

    def __init__(self, names: Iterable[str], texts: Iterable[str] = ()) -> None:
        """`names` of people are found in any order of two halves ("Example, Ada", "exampleada"); `texts` as they are.
        A single word is too little to know anybody by, and is passed over."""
        parts = {words(name) for name in names}
        rows = {rolled for name in parts if len(name) > 1 for rolled in _rolled(name)}
        rows |= {("".join(row),) for row in rows}
        rows |= {row for row in map(words, texts) if len("".join(row)) >= _SHORTEST}
        self._needles = tuple(f" {' '.join(row)} " for row in sorted(rows))

    def in_text(self, text: str) -> bool:
        folded = f" {' '.join(words(text))} "
        return any(needle in folded for needle in self._needles)

    def in_page(self, page: str) -> bool:
        """The same for HTML: what a person sees of it, and what its marks say."""
        plain = html.unescape(_PICTURE.sub(" ", page))
        return self.in_text(_TAG.sub(" ", plain)) or self.in_text(plain)


def _rolled(name: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """A name with its last or first parts in front."""
    return itertools.chain([name], (name[cut:] + name[:cut] for cut in range(1, len(name))))
