"""The earlier states of a PDF that was saved on top of itself, and what changed since the first of them.

A program may append its changes to a PDF instead of writing it anew (ISO 32000-1, 7.5.6): the bytes up to an earlier
end of file are then the document as it was. Signing and filling in a form append as well and leave the pages' own text
alone; a file laid out for the web (annex F) and one of two cross-references (7.5.8.4) end twice and were saved once.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageChops

from extractors import pdfium
from extractors.model import Change, Signature

_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_CROSS_REFERENCE = re.compile(rb"\s*(xref|\d+\s+\d+\s+obj)")
_SIGNED = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
# A certificate has a page or two; what is more is looked at no further.
_PAGES = 8
_WORDS = 4000
# Of more signatures than this the last ones are looked at.
_SIGNATURES = 8
# What a person is shown of a change, in characters.
_SHOWN = 160
BREAK = " … "
"""Between words that do not follow each other, as a change is told."""
_WIDEST, _DIFFERS = 600, 48
# A redrawn part smaller than this share of the page's width and height is a drawing's rounding.
_LEAST = 0.01


def revision_ends(data: bytes) -> tuple[int, ...]:
    """Where each state of the file ends, the present one last; empty where the file was never finished properly.

    An end counts where the cross-reference that it names stands before it: so neither the first part of a file laid out
    for the web nor a PDF that is packed in this one counts.
    """
    first = max(data.find(b"%PDF-"), 0)

    def is_own(match: re.Match[bytes]) -> bool:
        stated = int(match[1])
        places = (place for place in (stated, stated + first) if first < place < match.start())
        return any(_CROSS_REFERENCE.match(data, place) for place in places)

    return tuple(match.end() for match in _END.finditer(data) if is_own(match))


def changes(data: bytes, pixels: int) -> tuple[Change, ...]:
    """What a person sees otherwise in the file as it is than as it was first saved, page by page.

    Annotations and what is filled in a form are left out. Pages with pictures of more than `pixels` pixels are compared
    by their text alone.
    """
    ends = revision_ends(data)
    if len(ends) < 2:
        return ()
    try:
        before, after = pypdfium2.PdfDocument(data[: ends[0]]), pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(_changes(before, after, pixels))
    finally:
        before.close()
        after.close()


def _changes(before: pypdfium2.PdfDocument, after: pypdfium2.PdfDocument, pixels: int) -> Iterator[Change]:
    for index in range(min(len(before), len(after), _PAGES)):
        try:
            change = _change(before[index], after[index], index + 1, pixels)
        except (pypdfium2.PdfiumError, ValueError):
            continue
        if change is not None:
            yield change


def _change(before: pypdfium2.PdfPage, after: pypdfium2.PdfPage, number: int, pixels: int) -> Change | None:
    if not (pdfium.has_area(before) and pdfium.has_area(after)):
        return None
    gone, new = _replaced(_words(before), _words(after))
    if gone or new:
        return Change(page=number, before=gone[:_SHOWN], after=new[:_SHOWN])
    heavy = any(width * height > pixels for page in (before, after) for width, height in pdfium.image_sizes(page))
    return None if heavy or not _is_redrawn(before, after) else Change(page=number, before="", after="")


def _words(page: pypdfium2.PdfPage) -> list[str]:
    text = page.get_textpage()
    try:
        whole: str = text.get_text_range()
        return whole.split()[:_WORDS]
    finally:
        text.close()


def _replaced(before: list[str], after: list[str]) -> tuple[str, str]:
    """The words that went and those that came, each in their order."""
    if "".join(before) == "".join(after):
        return "", ""  # parted otherwise
    return _without(before, after), _without(after, before)


def _without(words: list[str], others: list[str]) -> str:
    """The words that are not among the others as often, those that do not follow each other parted."""
    left, told, apart = Counter(others), "", False
    for word in words:
        if left[word]:
            left[word] -= 1
            apart = True
        else:
            told += (BREAK if apart else " ") + word if told else word
            apart = False
    return told


def _is_redrawn(before: pypdfium2.PdfPage, after: pypdfium2.PdfPage) -> bool:
    """Whether the drawing of a page differs by more than rounding."""
    if before.get_size() != after.get_size():
        return False
    one, other = _drawn(before), _drawn(after)
    if one.size != other.size:
        return False
    box = ImageChops.difference(one, other).point(lambda value: 255 if value >= _DIFFERS else 0).getbbox()
    return box is not None and (box[2] - box[0]) > _LEAST * one.width and (box[3] - box[1]) > _LEAST * one.height


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    scale = _WIDEST / max(page.get_size())
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        picture: Image.Image = bitmap.to_pil()
        return picture.convert("L")
    finally:
        bitmap.close()


def signature(data: bytes) -> Signature | None:
    """How much of the file a digital signature covers: `whole`, `part` (something was appended later), None where there
    is none. Whether the signature is valid, and whose, is not asked.

    A byte range (ISO 32000-1, 12.8.1) covers all where it begins with the file, leaves out nothing but the signature
    itself, written as a hexadecimal string, and ends with the file.
    """
    found = [tuple(int(number) for number in match.groups()) for match in [*_SIGNED.finditer(data)][-_SIGNATURES:]]
    proper = [one for one in found if _leaves_only_the_signature(data, one)]
    if not proper:
        return None
    return "whole" if any(not data[start + length :].strip() for _, _, start, length in proper) else "part"


def _leaves_only_the_signature(data: bytes, covered: tuple[int, ...]) -> bool:
    begin, length, start, rest = covered
    left_out = data[length:start]
    within = begin == 0 and length < start and start + rest <= len(data)
    return within and re.fullmatch(rb"<[0-9A-Fa-f\s]*>", left_out) is not None
