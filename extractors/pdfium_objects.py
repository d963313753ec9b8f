"""What pypdfium2 says lies on a page: its objects with their places, and its links."""

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from extractors.characters import clamp, on_page
from extractors.model import Link
from extractors.pdfium import as_shown

# Left, bottom, right, top in points, origin at the bottom left of the sheet.
Bounds = tuple[float, float, float, float]
_DEPTH = 5
_LONGEST_ADDRESS = 2**14


def objects(page: pypdfium2.PdfPage) -> Iterator[raw.FPDF_PAGEOBJECT]:
    """The objects of the page in the order of drawing; what lies inside a form is part of it."""
    handle = page.raw
    for index in range(raw.FPDFPage_CountObjects(handle)):
        yield raw.FPDFPage_GetObject(handle, index)


def with_parts(item: raw.FPDF_PAGEOBJECT, depth: int = _DEPTH) -> Iterator[raw.FPDF_PAGEOBJECT]:
    """An object and, where it is a form, everything inside it. The bounds of parts are those of the form's space."""
    yield item
    if depth and raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from with_parts(raw.FPDFFormObj_GetObject(item, index), depth - 1)


def bounds_of(item: raw.FPDF_PAGEOBJECT) -> Bounds | None:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


def annotations(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Bounds, raw.FPDF_ANNOTATION]]:
    """Kind, place and handle of every annotation; the handle holds until the next is asked for."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            place = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(annotation, place):
                edges = place.left, place.bottom, place.right, place.top
                yield raw.FPDFAnnot_GetSubtype(annotation), edges, annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def links(page: pypdfium2.PdfPage) -> tuple[Link, ...]:
    """The web addresses that the page links to."""
    shown = as_shown(page)
    found = []
    for kind, edges, annotation in annotations(page):
        address = _address(page, annotation) if kind == raw.FPDF_ANNOT_LINK else None
        if address:
            box = shown.box(*edges)
            found.append(Link(address, clamp(box) if on_page(box) else None))
    return tuple(found)


def _address(page: pypdfium2.PdfPage, annotation: raw.FPDF_ANNOTATION) -> str | None:
    link = raw.FPDFAnnot_GetLink(annotation)
    action = raw.FPDFLink_GetAction(link) if link else None
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return None
    text = ctypes.create_string_buffer(_LONGEST_ADDRESS)
    length = raw.FPDFAction_GetURIPath(page.pdf, action, text, _LONGEST_ADDRESS)
    return decoded(text.value) if 0 < length <= _LONGEST_ADDRESS else None


def decoded(address: bytes) -> str:
    """An address that should be ASCII and often is not."""
    try:
        return address.decode("utf-8").strip()
    except UnicodeDecodeError:
        return address.decode("latin-1").strip()
