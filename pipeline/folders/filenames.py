"""Names that are safe to write on any disk, made from text that documents and strangers chose."""

import datetime as dt
import os
import re
import unicodedata
from pathlib import Path, PurePath

_DISK_BYTES = 255
# The rest is room for " (2)" and for the ending of a note beside the file.
NAME_BYTES = 220
_TITLE_BYTES = 120
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(\..*)?", re.IGNORECASE)


def safe_name(text: str, limit: int = NAME_BYTES) -> str:
    """`text` as one name of at most `limit` bytes of UTF-8. Ordinary names stay as they are.

    Control characters, direction marks and bytes that are no text are dropped, separators become hyphens, leading dots
    and hyphens go (no hidden files, no `..`, nothing that a command takes for an option). Applying it twice changes
    nothing. Never empty.
    """
    spaced = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", text))
    kept = "".join(character for character in spaced if not unicodedata.category(character).startswith("C"))
    plain = _trim(unicodedata.normalize("NFC", kept.translate(_FORBIDDEN)))
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    return _shorten(plain, limit) or "unnamed"


def suffix_of(name: str) -> str:
    """The ending of a file's name in lower case with its dot, or nothing where it is not a plain one."""
    suffix = PurePath(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def numbered(name: str, number: int) -> str:
    """The `number`-th name for the same thing: `a.pdf`, `a (2).pdf`, `a (3).pdf`. The stem gives way in a name that
    would be too long for the disk."""
    if number == 1:
        return name
    stem = name[: len(name) - len(suffix_of(name))]
    ending = f" ({number}){name[len(stem) :]}"
    while len(os.fsencode(stem + ending)) > _DISK_BYTES:
        stem = stem[:-1]
    return stem + ending


def filing_name(completed_on: dt.date, issuer: str | None, course: str, suffix: str) -> str:
    """`<completed> <issuer> <course>.<ext>`, safe. An unknown issuer is left out; `suffix` has its dot."""
    parts = [completed_on.isoformat(), *([safe_name(issuer, 60)] if issuer else []), safe_name(course, _TITLE_BYTES)]
    return safe_name(" ".join(parts)) + suffix_of(f"x{suffix}")


def filing_path(
    done: Path, *, completed_on: dt.date, holder: str, issuer: str | None, course: str, suffix: str
) -> Path:
    """`done/<year>/<holder>/<completed> <issuer> <course>.<ext>`; always inside `done`."""
    folder = done / f"{completed_on.year:04d}" / safe_name(holder, _TITLE_BYTES)
    return folder / filing_name(completed_on, issuer, course, suffix)


def _trim(text: str) -> str:
    return " ".join(text.split()).lstrip(".- ").rstrip(". ")


def _shorten(name: str, limit: int) -> str:
    if len(name.encode()) <= limit:
        return name
    suffix = suffix_of(name)
    stem = name[: len(name) - len(suffix)].encode()[: limit - len(suffix)]
    return _trim(stem.decode(errors="ignore")) + suffix
