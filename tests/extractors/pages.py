"""Pages made of words for the finder's tests, without drawing or reading: invented people only."""

from dataclasses import dataclass

from PIL import Image

from extractors.model import BadgePayload, Box, Link, Metadata, Page, Source, Symbol, Traces, Unseen, Word

WIDTH, HEIGHT = 842.0, 595.0
LETTER = 0.5 * HEIGHT / WIDTH


@dataclass(frozen=True, slots=True)
class Row:
    """A line of type at (`x`, `y`), fractions of the page; `size` is a fraction of its height."""

    text: str
    y: float
    x: float = 0.2
    size: float = 0.03
    bold: bool = False
    hidden: bool = False


def words(rows: list[Row], source: Source = Source.TEXT, confidence: float = 1.0) -> tuple[Word, ...]:
    found = []
    for row in rows:
        x = row.x
        for text in row.text.split():
            wide = LETTER * row.size * len(text)
            box: Box = (x, row.y, min(x + wide, 1.0), row.y + row.size)
            found.append(Word(text, box, row.size, source, confidence, row.bold, row.hidden))
            x += wide + LETTER * row.size * 0.6
    return tuple(found)


def stacked(*texts: str, size: float = 0.03) -> list[Row]:
    """Rows one under the other. A text that begins with `#` is large and bold, one with `+` large."""
    rows, y = [], 0.08
    for text in texts:
        bold, large = text.startswith("#"), text.startswith(("#", "+"))
        own = 1.7 * size if large else size
        rows.append(Row(text.lstrip("#+"), y, size=own, bold=bold))
        y += 2.2 * own
    return rows


class WrittenDocument:
    """A document of written pages; what an engine would read is what was written, unless told otherwise."""

    media = "pdf-text"
    badge: BadgePayload | None = None

    def __init__(
        self,
        *pages: list[Row],
        drawn: list[list[Row]] | None = None,
        links: tuple[Link, ...] = (),
        symbols: tuple[Symbol, ...] = (),
        metadata: Metadata | None = None,
    ) -> None:
        self._pages = [words(rows) for rows in pages]
        shown = drawn if drawn is not None else [[row for row in rows if not row.hidden] for rows in pages]
        self.drawn = [words(rows, Source.PIXELS, 0.96) for rows in shown]
        self._links, self._symbols = links, symbols
        self.metadata = metadata or Metadata()
        self.page_count = len(pages)

    def page(self, number: int) -> Page:
        links = self._links if number == 1 else ()
        return Page(number, WIDTH, HEIGHT, words=self._pages[number - 1], links=links)

    def glance(self, number: int) -> None:
        """Nothing quicker than the page itself."""

    def symbols(self, number: int) -> tuple[Symbol, ...]:
        return self._symbols if number == 1 else ()

    def picture(self, number: int, dpi: int = 200) -> Image.Image:
        picture = Image.new("L", (8, 6))
        picture.info["page"] = number
        return picture

    def grey(self, number: int) -> Image.Image:
        return self.picture(number)

    def unseen(self, number: int) -> tuple[Unseen, ...]:
        """The hidden rows of a page."""
        return tuple(Unseen(page=number, box=w.box, text=w.text) for w in self._pages[number - 1] if w.hidden)

    def traces(self) -> Traces:
        return Traces()

    def close(self) -> None: ...

    def __enter__(self) -> "WrittenDocument":
        return self

    def __exit__(self, *args: object) -> None: ...


class WrittenEngine:
    """Reads what `document` says is drawn; counts how often it was asked."""

    name = "written"

    def __init__(self, document: WrittenDocument) -> None:
        self._document = document
        self.reads = 0

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        self.reads += 1
        return self._document.drawn[int(picture.info.get("page", 1)) - 1]
