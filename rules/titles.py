"""When two printed titles are one title."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def normalised(title: str) -> str:
    """A title without what printing changes: case, accents' encoding, punctuation, trademark signs, spaces."""
    plain = unicodedata.normalize("NFKC", title.replace("™", " ").replace("®", " ")).casefold()
    return " ".join(re.sub(r"[^\w\s+#]", " ", plain).replace("_", " ").split())
