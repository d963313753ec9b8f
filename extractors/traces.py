"""What a document shows of how it came about, brought together for one certificate."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from extractors import addresses
from extractors.dates import readings
from extractors.document import Document
from extractors.finder import SeenPage
from extractors.hosts import imitated
from extractors.model import Box, Carried, FieldName, Fields, Otherwise, Source, Traces
from extractors.plain import squash
from extractors.profile import Profile, Profiles
from extractors.sheet import Sheet
from extractors.textlayer import lies_in

# What is kept of links and codes: as many, and as many characters of each.
_MOST, _SHOWN = 40, 500
_DATES: tuple[FieldName, ...] = ("completed_on", "started_on", "expires_on")
_COMPARED: tuple[FieldName, ...] = (*_DATES, "validation_code", "credits", "hours", "holder_name")
# As many letters of a name are no slip of an engine's, where it reads them at least so surely: script type it does not.
_LETTERS, _LEGIBLE = 2, 0.7


def traces_of(
    document: Document, pages: Sequence[SeenPage], fields: Fields, profile: Profile | None, profiles: Profiles
) -> Traces:
    """The traces of the document, with what the pages of the certificate hold. The boxes of `fields` are those of the
    pages as they were turned for reading."""
    own = profile.hosts if profile else ()
    carried = [
        Carried(
            page=number,
            source=source,
            text=text[:_SHOWN],
            imitates=imitated(text, profiles.hosts, own, printed=source is Source.TEXT),
        )
        for number, source, text in _carried(pages)
    ]
    return document.traces().model_copy(
        update={
            "carried": tuple(carried[:_MOST]),
            "unseen": tuple(one for page in pages for one in document.unseen(page.number)),
            "otherwise": tuple(_otherwise(pages, fields)),
        }
    )


def _otherwise(pages: Sequence[SeenPage], fields: Fields) -> Iterator[Otherwise]:
    """Values that the text layer says and the pixels in their place do not: a font may draw other letters than it says.

    Where a second engine reads as the text layer says, the first one has misread.
    """
    seen = {page.number: page for page in pages}
    for name in _COMPARED:
        evidence = fields.get(name)
        page = seen.get(evidence.page or 0)
        if evidence.source is not Source.TEXT or evidence.box is None or page is None:
            continue
        legible = _LEGIBLE if name == "holder_name" else 0.0
        seen_there = [
            _drawn_at(evidence.box, sheet, legible) for sheet in (page.pixels, page.second) if sheet is not None
        ]
        said = evidence.raw or ""
        if seen_there and all(_contradicts(name, said, drawn) for drawn in seen_there):
            yield Otherwise(field=name, text=said, pixels=seen_there[0])


def _drawn_at(box: Box, sheet: Sheet, legible: float) -> str:
    """What an engine has read in a box; nothing where it reads some of that less surely than `legible`."""
    words = (word for line in sheet.lines for word in line.words if word.source is Source.PIXELS)
    there = [word for word in words if lies_in(word.box, box)]
    return " ".join(word.text for word in there) if all(word.confidence >= legible for word in there) else ""


def _contradicts(name: FieldName, said: str, drawn: str) -> bool:
    """Whether engines see another value, not the same one ill read: another date, another digit for a digit, or several
    letters of a name (0 of 272 values of genuine documents)."""
    one, other = squash(said), squash(drawn)
    if name == "holder_name":
        # An engine takes letters that its languages lack for others ("ð", "ß").
        unknown = sum(not char.isascii() for char in one)
        return bool(other) and OSA.distance(one, other) >= _LETTERS + unknown
    if name in _DATES and _days(drawn) and _days(drawn).isdisjoint(_days(said)):
        return _digits(drawn) >= _digits(said)  # fewer were lost in reading
    pairs = zip(one, other, strict=True) if len(one) == len(other) else ()
    return any(a != b and a.isdigit() and b.isdigit() for a, b in pairs)


def _days(text: str) -> set[str]:
    """Every day that the dates in a text may mean."""
    return {reading.iso for date in readings(text) for reading in date.readings if reading.precision == "day"}


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _carried(pages: Sequence[SeenPage]) -> Iterator[tuple[int, Source, str]]:
    """Codes first, then links, then the addresses that the text layer prints; each once.

    What engines read of an address may be off by a letter: that would make every second host look like another.
    """
    seen = set()
    for page in pages:
        found = [(Source.QR, symbol.text) for symbol in page.visible.symbols]
        found += [(Source.LINK, link.uri) for link in page.visible.links]
        found += [
            (Source.TEXT, match.group())
            for line in page.visible.lines
            if all(word.source is Source.TEXT for word in line.words)
            for match in addresses.printed(line.text)
        ]
        for source, text in found:
            if (source, text) not in seen:
                seen.add((source, text))
                yield page.number, source, text
