"""One document in, its certificates out: badge, codes and links first, then the text layer, then what OCR is needed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from PIL import Image

from extractors.choose import Ranked
from extractors.closer import line_read, region_read, with_closer
from extractors.document import Document, Limits, open_document
from extractors.fields import NAMES, evidence_of, fields_of
from extractors.finder import Closer, Found, SeenPage, find_fields
from extractors.kind import is_bill, kind_of
from extractors.layout import merge, turn, upright
from extractors.model import (
    MAIN_FIELDS,
    BadgePayload,
    Box,
    Covered,
    DocumentType,
    Evidence,
    Expectation,
    Extraction,
    FieldName,
    Fields,
    Page,
    Seconds,
    Source,
    Symbol,
    Word,
)
from extractors.ocr import OcrEngine
from extractors.plain import squash
from extractors.profile import Profile, Profiles, Resemblance, identify, resemblances
from extractors.sheet import Sheet
from extractors.textlayer import looks_broken
from extractors.traces import traces_of
from extractors.weights import weights
from extractors.withhold import Identities, identities, withheld, withheld_of_traces

# A page with fewer letters in its text layer than this is a picture with a stamp on it.
ENOUGH_TEXT = 120
# Later pages are syllabuses and second languages; so many of them are read from pixels at most.
_PIXEL_PAGES = 8
# Where the fields together are this sure, no further source is asked.
_SURE = weights().accept
# A code that its form, a second place and this much of the ranking speak for needs no closer look.
_SURELY_SEEN = 0.96
_NEEDED: tuple[FieldName, ...] = ("holder_name", "course_name", "completed_on")
_OWN = 0.5
# A closer look renders the page at this resolution.
_CLOSE_DPI = 400
_TRANSPOSED = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Engines:
    """The engine that reads every picture, and the one that is asked where the first leaves a doubt."""

    first: OcrEngine
    second: OcrEngine | None = None


@dataclass(slots=True)
class Clock:
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
    _believed: dict[tuple[FieldName, bool], Evidence] = field(default_factory=dict, repr=False, compare=False)

    def evidence(self, name: FieldName, pixels_read: bool) -> Evidence:
        """What is to be believed of one field. Reckoned once."""
        asked = name, pixels_read
        if asked not in self._believed:
            self._believed[asked] = evidence_of(name, self.found, self.profile, pixels_read)
        return self._believed[asked]


def extract(
    data: bytes, *, engine: OcrEngine, profiles: Profiles, limits: Limits, second: OcrEngine | None = None
) -> tuple[Extraction, ...]:
    """The certificates of a document, in the order of its pages; at least one, of type `other` where there is none.

    `second` is asked where what text and `engine` say leaves a field missing or weak.
    Raises UnreadableDocument (one of its subclasses) where the document yields nothing at all.
    """
    began = time.perf_counter()
    with open_document(data, limits) as document:
        clock = Clock(read=time.perf_counter() - began)
        return extract_document(document, Engines(engine, second), profiles, clock)


def extract_document(
    document: Document, engines: Engines, profiles: Profiles, clock: Clock | None = None
) -> tuple[Extraction, ...]:
    """The same for a document that is open."""
    clock = clock or Clock()
    certificates = read_certificates(document, engines, profiles, clock)
    seconds = Seconds(read=round(clock.read, 4), ocr=round(clock.ocr, 4), find=round(clock.find, 4))
    return tuple(
        _extraction(ordinal, certificate, document, profiles, seconds if ordinal == 1 else Seconds())
        for ordinal, certificate in enumerate(certificates, start=1)
    )


def read_certificates(
    document: Document, engines: Engines, profiles: Profiles, clock: Clock, thorough: bool = False
) -> tuple[_Certificate, ...]:
    """Read page after page; a page opens a new certificate only if it has its own holder and course.

    `thorough` asks every engine about every page, however certain the others are.
    """
    reader = _Reader(document, engines, profiles, clock, thorough)
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
    def __init__(
        self, document: Document, engines: Engines, profiles: Profiles, clock: Clock, thorough: bool = False
    ) -> None:
        self._document, self._engines, self._profiles, self._clock = document, engines, profiles, clock
        self._thorough = thorough
        self._pixel_pages = 0

    def read(self, number: int) -> _Certificate:
        """One page as if it were a certificate: by its text if that is enough, else by its pixels too."""
        began = time.perf_counter()
        symbols, (page, broken) = self._document.symbols(number), self._page(number)
        self._clock.read += time.perf_counter() - began
        if self._pixel_pages >= _PIXEL_PAGES or not (broken or _is_poor(page) or self._thorough):
            by_text = self._by_text(page, () if broken else page.words, symbols)
            if by_text is not None and (self._pixel_pages >= _PIXEL_PAGES or self._is_all(page, by_text)):
                return by_text
        self._pixel_pages += 1
        base = Sheet(number, (), page.links, symbols)
        text = () if broken else page.words
        pixels = self._pixels(number)
        certificate = self.find((_seen(page, text, pixels, base),))
        region = _unread_region(certificate)
        if region is not None:
            picture = self._document.picture(number, _CLOSE_DPI)
            closer = region_read(picture, region, lambda part: self._timed(self._engines.first, part))
            certificate = self.find((_seen(page, text, with_closer(pixels, closer, region), base),))
        if self._is_certain(certificate) and not self._thorough:
            return certificate
        return self._looked_at_twice(certificate, number)

    def _page(self, number: int) -> tuple[Page, bool]:
        """The page at a glance where that is clear, else as the reader of record sees it; and whether it is garbage."""
        glance = self._document.glance(number)
        if glance is not None and not _is_broken(glance):
            return glance, False
        page = self._document.page(number)
        return page, _is_broken(page)

    def _by_text(self, page: Page, text: Sequence[Word], symbols: Sequence[Symbol]) -> _Certificate | None:
        """What the text alone says; None for a first page of no known layout, of which text alone is never enough."""
        pages = (_seen(page, text, None, Sheet(page.number, (), page.links, symbols)),)
        near = self._near(pages)
        return self.find(pages, near=near) if page.number > 1 or len(identify(near)) == 1 else None

    def _is_all(self, page: Page, by_text: _Certificate) -> bool:
        """Whether nothing of the text is hidden and it says all, or the page only goes on with what another began."""
        follows = page.number > 1 and not _stands_alone(by_text)
        return not any(word.hidden for word in page.words) and (follows or self._is_enough(by_text))

    def _looked_at_twice(self, certificate: _Certificate, number: int) -> _Certificate:
        """The page read by the second engine too, turned as the first one found it."""
        engine = self._engines.second
        if engine is None:
            return certificate
        (seen,) = certificate.pages
        picture = _turned(self._document.picture(number), seen.turned)
        words = self._timed(engine, picture)
        second = Sheet(number, upright(words, picture.width / picture.height)[1])
        certificate = self.find((replace(seen, second=second),))
        if self._is_certain(certificate) and not self._thorough:
            return certificate
        return self._read_closer(certificate, number, engine)

    def _timed(self, engine: OcrEngine, picture: Image.Image) -> tuple[Word, ...]:
        began = time.perf_counter()
        words = engine.read(picture)
        self._clock.ocr += time.perf_counter() - began
        return words

    def _near(self, pages: Sequence[SeenPage]) -> tuple[Resemblance, ...]:
        began = time.perf_counter()
        near = resemblances(text_of(pages), addresses_of(pages), self._profiles)
        self._clock.find += time.perf_counter() - began
        return near

    def find(
        self,
        pages: Sequence[SeenPage],
        like: _Certificate | None = None,
        near: tuple[Resemblance, ...] | None = None,
    ) -> _Certificate:
        """Identify the pages together (`near` is what they resemble, where that is known) and rank what is on them."""
        near = self._near(pages) if near is None else near
        began = time.perf_counter()
        names = identify(near) if like is None or not like.profile else (like.profile.id,)
        profile = self._profiles.get(names[0]) if len(names) == 1 else None
        found = find_fields(pages, profile, self._document.metadata.created_on)
        self._clock.find += time.perf_counter() - began
        return _Certificate(tuple(pages), near, profile, names if len(names) > 1 else (), found)

    def _is_enough(self, certificate: _Certificate) -> bool:
        """Whether the text of a known layout says all that is printed, surely."""
        if certificate.profile is None:
            return False
        told = certificate.found.best("validation_code") is not None or certificate.profile.code == "never"
        return told and _is_sure(certificate, pixels_read=False)

    def _is_certain(self, certificate: _Certificate) -> bool:
        """Whether nothing that an activity needs is missing or weak."""
        return _is_sure(certificate, pixels_read=True)

    def _pixels(self, number: int) -> tuple[Word, ...]:
        return self._timed(self._engines.first, self._document.grey(number))

    def _read_closer(self, certificate: _Certificate, number: int, second: OcrEngine) -> _Certificate:
        """The certificate with the lines of its code and its holder read again, enlarged, where pixels alone show them
        and the engines do not agree about them: the code's by the second engine, which reads codes better, the holder's
        by the one that did not read it so.
        """
        (seen,) = certificate.pages
        code, holder = certificate.found.best("validation_code"), certificate.found.best("holder_name")
        looks: list[Closer] = []
        if code is not None and _is_doubtful(code):
            looks += self._look_closer(seen, number, "validation_code", code.candidate.box, second)
        if holder is not None and _is_doubtful(holder):
            other = self._engines.first if holder.candidate.second_look else second
            looks += self._look_closer(seen, number, "holder_name", holder.candidate.box, other)
        return self.find((replace(seen, closer=tuple(looks)),)) if looks else certificate

    def _look_closer(
        self, seen: SeenPage, number: int, name: FieldName, line: Box | None, engine: OcrEngine
    ) -> Iterator[Closer]:
        """What `engine` reads on a line of the page, enlarged; nothing where that is not more than before."""
        second = engine is self._engines.second
        sheet = seen.second if second else seen.pixels or seen.visible
        if line is None or sheet is None:
            return
        picture = _turned(self._document.picture(number, _CLOSE_DPI), seen.turned)
        before = tuple(word for one in sheet.lines for word in one.words)
        closer = with_closer(before, line_read(picture, line, lambda part: self._timed(engine, part)), line)
        if closer != before:
            yield Closer(Sheet(number, closer), line, name, second)


def _is_broken(page: Page) -> bool:
    return looks_broken([word for word in page.words if not word.hidden])


def _is_poor(page: Page) -> bool:
    """Whether so little of the text layer is seen that the page must be a picture."""
    return sum(len(word.text) for word in page.words if not word.hidden) < ENOUGH_TEXT


def _unread_region(certificate: _Certificate) -> Box | None:
    """Where to look closer: the region of a field that this issuer always prints and that was not found surely."""
    profile = certificate.profile
    rules = profile.rules("validation_code") if profile else None
    if profile is None or rules is None or rules.region is None or profile.code != "always":
        return None
    best = certificate.found.best("validation_code")
    if best is not None:
        twice = best.signs.get("pattern") and best.signs.get("repeated")
        if best.sources != {Source.PIXELS} or (twice and best.probability >= _SURELY_SEEN):
            return None
    return rules.region


def _is_doubtful(value: Ranked) -> bool:
    """Whether only one engine read a value as it is, and nothing but pixels show it."""
    return value.sources == {Source.PIXELS} and not value.signs.get("agree")


def _turned(picture: Image.Image, degrees: int) -> Image.Image:
    return picture.transpose(_TRANSPOSED[degrees]) if degrees else picture


def _is_sure(certificate: _Certificate, pixels_read: bool) -> bool:
    """Whether the needed fields are found and all of them together are surely right."""
    certainty = 1.0
    for name in MAIN_FIELDS:
        evidence = certificate.evidence(name, pixels_read)
        certainty *= evidence.confidence
        if certainty < _SURE or (evidence.value is None and name in _NEEDED):
            return False
    return True


def _seen(page: Page, text: Sequence[Word], pixels: Sequence[Word] | None, base: Sheet) -> SeenPage:
    """A page turned so that most of its words stand upright."""
    merged = merge(text, pixels or ())
    hidden = [word for word in text if word.hidden]
    believed = {(word.text, word.box) for word in merged} if hidden else set()
    hidden = [word for word in hidden if (word.text, word.box) not in believed]
    degrees, visible = upright(merged, page.width / page.height)
    return SeenPage(
        visible=Sheet(page.number, visible, base.links, base.symbols),
        pixels=Sheet(page.number, upright(pixels, page.width / page.height)[1])
        if pixels and _shows_text(text)
        else None,
        hidden=Sheet(page.number, [replace(word, hidden=False) for word in text]) if hidden else None,
        hidden_boxes=tuple(word.box for word in hidden),
        turned=degrees,
    )


def _shows_text(words: Sequence[Word]) -> bool:
    return any(not word.hidden for word in words)


def text_of(pages: Sequence[SeenPage]) -> str:
    sheets = (sheet for page in pages for sheet in (page.visible, page.pixels, page.second))
    return "\n".join(sheet.folded for sheet in sheets if sheet is not None)


def identities_of(pages: Sequence[SeenPage]) -> Identities:
    """The numbers by which a state knows the holder, wherever one of the readings shows them."""
    sheets = (sheet for page in pages for sheet in (page.visible, page.pixels, page.second, page.hidden))
    return identities(sheet for sheet in sheets if sheet is not None)


def addresses_of(pages: Sequence[SeenPage]) -> list[str]:
    linked = [link.uri for page in pages for link in page.visible.links]
    coded = [symbol.text for page in pages for symbol in page.visible.symbols]
    return [*linked, *coded]


def _opens(last: _Certificate, page: _Certificate) -> bool:
    """Whether a page is a certificate of its own: own holder and course, and another course or code than the last."""
    another_code = _differs(last, page, "validation_code")
    if not _stands_alone(page, code=another_code):
        return False
    if another_code or _differs(last, page, "holder_name"):
        return True
    same_day = not _differs(last, page, "completed_on")
    translated = page.found.language != last.found.language and same_day
    return _differs(last, page, "course_name") and not translated


def _stands_alone(page: _Certificate, code: bool = False) -> bool:
    """Whether a page states a holder and a course by itself; a code of its own may stand for the course's wording."""
    holder, course = page.found.best("holder_name"), page.found.best("course_name")
    if holder is None or course is None or min(holder.probability, course.probability) < _OWN:
        return False
    return _anchored(holder.signs) and (code or _anchored(course.signs))


def _anchored(signs: dict[str, float]) -> bool:
    return any(signs.get(sign, 0.0) >= 1 for sign in ("intro", "did", "label", "profile"))


def _differs(last: _Certificate, page: _Certificate, name: FieldName) -> bool:
    one, other = last.found.best(name), page.found.best(name)
    return one is not None and other is not None and squash(one.candidate.value) != squash(other.candidate.value)


def _as_given(fields: Fields, pages: Sequence[SeenPage]) -> Fields:
    """The fields with their boxes on the pages as they were given, not as they were turned for reading."""
    turned = {page.number: page.turned for page in pages if page.turned}
    if not turned:
        return fields
    return Fields(**{name: _turned_back(fields.get(name), turned) for name in NAMES})


def _turned_back(evidence: Evidence, turned: dict[int, int]) -> Evidence:
    rivals = tuple(
        rival.model_copy(update={"box": turn(rival.box, 360 - turned.get(rival.page, 0))}) if rival.box else rival
        for rival in evidence.rivals
    )
    box = evidence.box
    if box is not None and evidence.page is not None:
        box = turn(box, 360 - turned.get(evidence.page, 0))
    return evidence.model_copy(update={"box": box, "rivals": rivals})


def _extraction(
    ordinal: int, certificate: _Certificate, document: Document, profiles: Profiles, seconds: Seconds
) -> Extraction:
    profile = certificate.profile
    badge: BadgePayload | None = document.badge if ordinal == 1 else None
    pixels_read = any(page.pixels_read for page in certificate.pages)
    fields = fields_of(lambda name: certificate.evidence(name, pixels_read), badge)
    text = text_of(certificate.pages)
    kind = kind_of(text)
    if badge is not None and badge.name:
        kind = DocumentType.BADGE
    elif profile is not None and kind in (DocumentType.COMPLETION, DocumentType.OTHER, DocumentType.ATTENDANCE):
        kind = profile.document_type
    known = identities_of(certificate.pages)
    turned = {page.number: page.turned for page in certificate.pages}
    return Extraction(
        ordinal=ordinal,
        pages=tuple(page.number for page in certificate.pages),
        media=document.media,
        document_type=kind,
        bill=kind is DocumentType.OTHER and is_bill(text),
        issuer=profile.issuer if profile else (badge.issuer if badge else None),
        profile=profile.id if profile else None,
        contested=certificate.contested,
        fields=_as_given(withheld(fields, known), certificate.pages),
        expects=profile.expectation if profile else Expectation(),
        active=document.metadata.active,
        producer=document.metadata.producer,
        created_on=document.metadata.created_on,
        damaged=document.metadata.damaged,
        covered=tuple(Covered(page=page, box=turn(box, 360 - turned[page])) for page, box in known.places),
        traces=withheld_of_traces(traces_of(document, certificate.pages, fields, profile, profiles), known),
        seconds=seconds,
    )
