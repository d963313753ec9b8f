"""One document in, its certificates out: badge, codes and links first, then the text layer, then as much OCR as needed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from extractors.document import Document, Limits, open_document
from extractors.fields import fields_of
from extractors.finder import Found, SeenPage, find_fields, seen_page
from extractors.kind import kind_of
from extractors.layout import merge
from extractors.model import (
    BadgePayload,
    DocumentType,
    Expectation,
    Extraction,
    Fields,
    Seconds,
    Word,
)
from extractors.ocr import OcrEngine
from extractors.plain import squash
from extractors.profile import Profile, Profiles, Resemblance, identify, resemblances
from extractors.sheet import Sheet
from extractors.textlayer import looks_broken

# A page with fewer letters in its text layer than this is a picture with a stamp on it.
_ENOUGH_TEXT = 120
# Later pages are syllabuses and second languages; so many of them are read from pixels at most.
_PIXEL_PAGES = 8
# Where the fields of a known layout are at least this sure in the text layer, pixels are not read.
_SURE = 0.9
_NEEDED = ("holder_name", "course_name", "completed_on")
# Fewer letters than this that were read surely: the picture may lie on its side.
_UPRIGHT_LETTERS = 40
_OWN = 0.5


@dataclass(slots=True)
class _Clock:
    """Seconds of wall clock by step."""

    read: float = 0.0
    ocr: float = 0.0
    find: float = 0.0


@dataclass(frozen=True, slots=True)
class _Certificate:
    """The pages of one certificate and what was found on them."""

    pages: tuple[SeenPage, ...]
    near: tuple[Resemblance, ...]
    profile: Profile | None
    contested: tuple[str, ...]
    found: Found


def extract(data: bytes, *, engine: OcrEngine, profiles: Profiles, limits: Limits) -> tuple[Extraction, ...]:
    """The certificates of a document, in the order of its pages; at least one, of type `other` where there is none.

    Raises UnreadableDocument (one of its subclasses) where the document yields nothing at all.
    """
    began = time.perf_counter()
    with open_document(data, limits) as document:
        clock = _Clock(read=time.perf_counter() - began)
        return extract_document(document, engine, profiles, clock)


def extract_document(
    document: Document, engine: OcrEngine, profiles: Profiles, clock: _Clock | None = None
) -> tuple[Extraction, ...]:
    """The same for a document that is open."""
    clock = clock or _Clock()
    certificates = read_certificates(document, engine, profiles, clock)
    seconds = Seconds(read=round(clock.read, 4), ocr=round(clock.ocr, 4), find=round(clock.find, 4))
    return tuple(
        _extraction(ordinal, certificate, document, seconds if ordinal == 1 else Seconds())
        for ordinal, certificate in enumerate(certificates, start=1)
    )


def read_certificates(
    document: Document, engine: OcrEngine, profiles: Profiles, clock: _Clock
) -> tuple[_Certificate, ...]:
    """Read page after page; a page opens a new certificate only if it has its own holder and course."""
    reader = _Reader(document, engine, profiles, clock)
    certificates: list[_Certificate] = []
    for number in range(1, document.page_count + 1):
        page = reader.read(number)
        if certificates and not _opens(certificates[-1], page):
            last = certificates[-1]
            certificates[-1] = reader.find((*last.pages, *page.pages), last)
        else:
            certificates.append(page)
    return tuple(certificates)


class _Reader:
    def __init__(self, document: Document, engine: OcrEngine, profiles: Profiles, clock: _Clock) -> None:
        self._document, self._engine, self._profiles, self._clock = document, engine, profiles, clock
        self._pixel_pages = 0

    def read(self, number: int) -> _Certificate:
        """One page as if it were a certificate: by its text if that is enough, else by its pixels too."""
        began = time.perf_counter()
        page = self._document.page(number)
        symbols = self._document.symbols(number)
        self._clock.read += time.perf_counter() - began
        base = Sheet(number, (), page.links, symbols)
        shown = [word for word in page.words if not word.hidden]
        hidden = [word for word in page.words if word.hidden]
        poor = looks_broken(shown) or sum(len(word.text) for word in shown) < _ENOUGH_TEXT
        if looks_broken(shown):
            shown = []
        by_text = self.find((seen_page(number, shown, None, hidden, base),))
        if not poor and not hidden and (number > 1 or self._is_enough(by_text)):
            return by_text
        if self._pixel_pages >= _PIXEL_PAGES:
            return by_text
        self._pixel_pages += 1
        pixels = self._pixels(number)
        return self.find((seen_page(number, merge(shown, pixels), pixels if shown else None, hidden, base),))

    def find(self, pages: Sequence[SeenPage], like: _Certificate | None = None) -> _Certificate:
        """Identify the pages together and rank what is on them."""
        began = time.perf_counter()
        near = resemblances(_all_text(pages), _addresses(pages), self._profiles)
        names = identify(near) if like is None or not like.profile else (like.profile.id,)
        profile = self._profiles.get(names[0]) if len(names) == 1 else None
        found = find_fields(pages, profile, self._document.metadata.created_on)
        self._clock.find += time.perf_counter() - began
        return _Certificate(tuple(pages), near, profile, names if len(names) > 1 else (), found)

    def _is_enough(self, certificate: _Certificate) -> bool:
        """Whether the text of a known layout says all that is printed, surely."""
        if certificate.profile is None:
            return False
        fields = fields_of(certificate.found, certificate.profile, None, pixels_read=False)
        code = fields.validation_code
        needs_code = certificate.profile.code == "always"
        return all(_is_sure(fields, name) for name in _NEEDED) and (
            code.confidence >= _SURE if (code.value or needs_code) else certificate.profile.code == "never"
        )

    def _pixels(self, number: int) -> tuple[Word, ...]:
        began = time.perf_counter()
        words = read_upright(self._engine, self._document.picture(number))
        self._clock.ocr += time.perf_counter() - began
        return words


def _is_sure(fields: Fields, name: str) -> bool:
    evidence = getattr(fields, name)
    return evidence.value is not None and evidence.confidence >= _SURE


def read_upright(engine: OcrEngine, picture: Image.Image) -> tuple[Word, ...]:
    """The words of a picture; where hardly any are read, of the picture turned, in the way that reads most.

    Boxes are fractions of the picture as given.
    """
    words = engine.read(picture)
    if _letters(words) >= _UPRIGHT_LETTERS:
        return words
    best = words
    for turns in (1, 3, 2):
        turned = engine.read(picture.rotate(90 * turns, expand=True))
        if _letters(turned) > 2 * max(_letters(best), 10):
            best = tuple(turned)
            if _letters(best) >= _UPRIGHT_LETTERS:
                return best
    return best


def _letters(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words if word.confidence >= 0.6 and len(word.text) > 2)


def _all_text(pages: Sequence[SeenPage]) -> str:
    return "\n".join(
        sheet.folded for page in pages for sheet in (page.visible, page.pixels) if sheet is not None
    )


def _addresses(pages: Sequence[SeenPage]) -> list[str]:
    linked = [link.uri for page in pages for link in page.visible.links]
    coded = [symbol.text for page in pages for symbol in page.visible.symbols]
    return [*linked, *coded]


def _opens(last: _Certificate, page: _Certificate) -> bool:
    """Whether a page is a certificate of its own: own holder and course, and another course or code than the last."""
    holder, course = page.found.best("holder_name"), page.found.best("course_name")
    if holder is None or course is None or min(holder.probability, course.probability) < _OWN:
        return False
    if not (_anchored(holder.signs) and _anchored(course.signs)):
        return False
    if _differs(last, page, "holder_name"):
        return True
    if _differs(last, page, "validation_code"):
        return True
    same_day = not _differs(last, page, "completed_on")
    translated = page.found.language != last.found.language and same_day
    return _differs(last, page, "course_name") and not translated


def _anchored(signs: dict[str, float]) -> bool:
    return any(signs.get(sign, 0.0) >= 1 for sign in ("intro", "did", "label", "profile"))


def _differs(last: _Certificate, page: _Certificate, name: str) -> bool:
    one, other = last.found.best(name), page.found.best(name)  # type: ignore[arg-type]
    return one is not None and other is not None and squash(one.candidate.value) != squash(other.candidate.value)


def _extraction(ordinal: int, certificate: _Certificate, document: Document, seconds: Seconds) -> Extraction:
    profile = certificate.profile
    badge: BadgePayload | None = document.badge if ordinal == 1 else None
    pixels_read = any(page.pixels is not None for page in certificate.pages) or document.media[:3] != "pdf"
    text = _all_text(certificate.pages)
    kind = kind_of(text)
    if badge is not None and badge.name:
        kind = DocumentType.BADGE
    elif profile is not None and kind in (DocumentType.COMPLETION, DocumentType.OTHER, DocumentType.ATTENDANCE):
        kind = profile.document_type
    return Extraction(
        ordinal=ordinal,
        pages=tuple(page.number for page in certificate.pages),
        media=document.media,
        document_type=kind,
        issuer=profile.issuer if profile else (badge.issuer if badge else None),
        profile=profile.id if profile else None,
        contested=certificate.contested,
        fields=fields_of(certificate.found, profile, badge, pixels_read),
        expects=profile.expectation if profile else Expectation(),
        producer=document.metadata.producer,
        created_on=document.metadata.created_on,
        seconds=seconds,
    )
