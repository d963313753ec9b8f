"""Open a dropped file as a document: sniffed by content, measured against limits, every failure a typed error."""

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from PIL import Image

from extractors.errors import DamagedDocument, EmptyDocument, OversizedDocument, UnsupportedDocument
from extractors.model import BadgePayload, Metadata, Page, Symbol, Traces, Unseen
from extractors.pdf import PdfDocument
from extractors.picture import PictureDocument

_PDF_MARK = b"%PDF-"
# The standard (PDF 1.7, annex H, note 13) lets readers accept the mark anywhere in the first 1024 bytes.
_PDF_MARK_WITHIN = 1024
_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"II+\x00": "tiff",
    b"MM\x00+": "tiff",
    _PDF_MARK: "pdf",
}
# Files that hold others. Of one that is not compressed the mark of a PDF inside would be found, and only that PDF read.
_ARCHIVES = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may weigh: bytes of the file, pages, pixels of one picture."""

    bytes: int = 64 * 2**20
    pages: int = 30
    pixels: int = 80_000_000


class Document(Protocol):
    """An open document. Pages are numbered from 1; nothing of a page is kept. Close it, or use `with`.

    Every method may raise DamagedDocument or OversizedDocument for a page that turns out so when it is read.
    """

    @property
    def media(self) -> str:
        """`pdf-text`, `pdf-partial-text`, `pdf-image-only`, `png`, `jpg`, `webp`, `tiff` or `heic`."""

    @property
    def metadata(self) -> Metadata: ...

    @property
    def badge(self) -> BadgePayload | None: ...

    @property
    def page_count(self) -> int: ...

    def page(self, number: int) -> Page:
        """Text layer and links; no words for pictures, no symbols (ask for them: they cost a rendering)."""

    def glance(self, number: int) -> Page | None:
        """The page by a quicker reader, None where there is none or it may read other words than `page` does."""

    def symbols(self, number: int) -> tuple[Symbol, ...]:
        """QR and bar codes of the page's picture."""

    def picture(self, number: int, dpi: int = 200) -> Image.Image:
        """The page in RGB as a person sees it. `dpi` holds for PDF pages; pictures keep their pixels."""

    def grey(self, number: int) -> Image.Image:
        """The same at 200 dots an inch in grey (mode L): half of the time and a quarter of the bytes."""

    def unseen(self, number: int) -> tuple[Unseen, ...]:
        """What the text layer of a page holds that nobody sees on it, as far as its words were asked for."""

    def traces(self) -> Traces:
        """What the file says of how it was made and saved; nothing of its pages."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_document(data: bytes, limits: Limits) -> Document:
    """Open `data` by what it is, whatever it is called.

    Raises EmptyDocument, DamagedDocument, EncryptedDocument, UnsupportedDocument or OversizedDocument.
    """
    if len(data) > limits.bytes:
        raise OversizedDocument(f"the file has {len(data)} bytes, more than the limit of {limits.bytes}")
    if not data.strip(b"\0"):
        # Some copies reserve the whole length first and fill it later.
        raise EmptyDocument("the file is empty" if not data else f"the file holds nothing but {len(data)} zero bytes")
    if data.startswith(_ARCHIVES):
        raise UnsupportedDocument("the file is an archive or an office document, and nothing in it was read")
    kind = _sniff(data)
    if kind is None:
        raise UnsupportedDocument("the file is neither a PDF nor a picture that can be read")
    try:
        if kind == "pdf":
            return PdfDocument(data, limits.pages, limits.pixels)
        return PictureDocument(data, kind, limits.pages, limits.pixels)
    except MemoryError as error:
        raise OversizedDocument("the file needs more memory than there is") from error


def _sniff(data: bytes) -> str | None:
    """The kind by its first bytes, None for an unknown one. Raises DamagedDocument where even those are cut off."""
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
        if signature.startswith(data):
            raise DamagedDocument(f"the file ends after {len(data)} bytes")
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b""):
        return "webp"
    if data[4:8] == b"ftyp" and not _HEIF_BRANDS.isdisjoint(_brands(data)):
        return "heic"
    return "pdf" if _PDF_MARK in data[:_PDF_MARK_WITHIN] else None


def _brands(data: bytes) -> set[bytes]:
    """Major and compatible brands of an ISO base media file (ISO/IEC 14496-12, 4.3)."""
    end = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12]} | {data[at : at + 4] for at in range(16, end, 4)}
