"""What in a PDF wants to do something: found, told, and never run (the reader that draws pages knows no scripts)."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pypdfium2
from pypdfium2 import raw

from extractors.model import Active

# PDF 1.7: 12.6.4.16 (JavaScript), 12.6.4.5 (Launch), 7.11.4 (embedded files).
_SIGNS: dict[Active, re.Pattern[bytes]] = {
    "JavaScript": re.compile(rb"/JavaScript\b|/JS\s*[(<\d]"),
    "launch": re.compile(rb"/Launch\b"),
    "embedded files": re.compile(rb"/EmbeddedFiles?\b"),
}
# One walk through a file that holds none of them.
_ANY = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)")
_SHELF = re.compile(rb"/ObjStm\b[^<>]{0,300}>>\s*stream\r?\n")
_SHELF_BYTES = 2**20


def active_parts(pdf: pypdfium2.PdfDocument, data: bytes) -> tuple[Active, ...]:
    """The kinds of active content, as far as the file shows them openly or in its streams of objects."""
    texts = [text for text in (data, *_shelves(data)) if _ANY.search(text)]
    found = [name for name, sign in _SIGNS.items() if any(sign.search(text) for text in texts)]
    if raw.FPDFDoc_GetJavaScriptActionCount(pdf) > 0 and "JavaScript" not in found:
        found.append("JavaScript")
    if raw.FPDFDoc_GetAttachmentCount(pdf) > 0 and "embedded files" not in found:
        found.append("embedded files")
    return tuple(found)


def _shelves(data: bytes) -> Iterator[bytes]:
    for shelf in _SHELF.finditer(data):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[shelf.end() :], _SHELF_BYTES)
