"""Text that strangers chose, as it leaves recert: for people, and for programs that read JSON lines.

What is stored stays as it is; each of these cleans at the exit, once. Cells of a table have `pipeline/report/sheet.py`,
names of files `pipeline/folders/filenames.py`.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

LONGEST = 400
LONGEST_SENTENCE = 2000
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks that show nothing at all.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
_NOT_PLAIN = re.compile(r"[^ -~]")
_SOFT_HYPHEN = "\u00ad"
_MOST_MARKS = 5
"""No script sets more marks on one letter; a pile of them paints over the lines above and below."""


def visible(text: str, longest: int = LONGEST) -> str:
    """Text of a document, safe to show: one line, hidden and direction-changing characters spelled out, not too long.

    A name with a right-to-left override or a terminal escape must not be able to repaint what stands around it.
    """
    shown = " ".join(text.split())
    if not (shown.isascii() and shown.isprintable()):
        # What is beyond the longest is not looked at: a text may have a million characters.
        shown = "".join(_spelled(shown[: longest + 1]))
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _spelled(text: str) -> Iterator[str]:
    marks, before = 0, ""
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if character in _JOINERS and _joins(before):
            yield character
        elif character != _SOFT_HYPHEN:
            hidden = category in _HIDDEN or character in _BLANK or marks > _MOST_MARKS
            yield f"[U+{ord(character):04X}]" if hidden else character
        before = character


def _joins(before: str) -> bool:
    """Whether a joiner has a meaning after this character: in Persian and Indic names, and between emoji. In scripts
    that have capital letters it only hides."""
    return before > "\u05ff" and before.lower() == before.upper() and unicodedata.category(before)[0] in "LMS"


def json_line(value: BaseModel | Mapping[str, object]) -> str:
    """A value as one line of JSON that every reader takes and no terminal obeys: hidden characters are escaped, which
    changes nothing for who reads it; bytes of file names that are no UTF-8 are written out as text."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return _NOT_PLAIN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    category = unicodedata.category(character)
    if category == "Cs":
        return f"\\\\u{ord(character):04x}"
    if category not in _HIDDEN:
        return character
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def sentence(text: str) -> str:
    """Text of ours as a sentence: it begins with a capital and ends with a full stop."""
    shown = visible(text)
    return shown[:1].upper() + shown[1:] + ("" if shown.endswith((".", "!", "?", ":", "…")) else ".") if shown else ""
