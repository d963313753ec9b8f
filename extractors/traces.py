"""What a document shows of how it came about, brought together for one certificate."""

from collections.abc import Iterator, Sequence

from extractors import addresses
from extractors.document import Document
from extractors.finder import SeenPage
from extractors.hosts import imitated
from extractors.model import Carried, Source, Traces
from extractors.profile import Profile, Profiles

# What is kept of links and codes: as many, and as many characters of each.
_MOST, _SHOWN = 40, 500


def traces_of(document: Document, pages: Sequence[SeenPage], profile: Profile | None, profiles: Profiles) -> Traces:
    """The traces of the document, with what the pages of the certificate hold."""
    known = {host for one in profiles.all for host in one.hosts}
    own = profile.hosts if profile else ()
    carried = [
        Carried(
            page=number,
            source=source,
            text=text[:_SHOWN],
            imitates=imitated(text, known, own, printed=source is Source.TEXT),
        )
        for number, source, text in _carried(pages)
    ]
    unseen = tuple(one for page in pages for one in document.unseen(page.number))
    return document.traces().model_copy(update={"carried": tuple(carried[:_MOST]), "unseen": unseen})


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
