"""A picture file as a document: PNG, JPEG, WebP, HEIC, and TIFF with its pages."""

import datetime as dt
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from types import TracebackType
from typing import Self

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.badge import read_badge
from extractors.codes import read_symbols
from extractors.errors import DamagedDocument, OversizedDocument
from extractors.model import BadgePayload, Metadata, Page, Symbol, Traces, Unseen

# A picture that does not state its resolution is taken as a page of this many dots an inch.
_USUAL_DPI = 150.0
_PLAUSIBLE_DPI = (50.0, 1200.0)
_POINTS_PER_INCH = 72
# A progressive JPEG goes over its pixels ten times or so; one made to keep a reader busy, without end.
_SCAN, _SCANS = b"\xff\xda", 20
_LONGEST_STATED = 500
_FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "tiff": "TIFF"}
# EXIF 2.32, 4.6: DateTimeOriginal, DateTimeDigitized (both in the Exif directory), DateTime, Software.
_EXIF_DIRECTORY, _TAKEN, _DIGITISED, _CHANGED, _SOFTWARE = 0x8769, 0x9003, 0x9004, 0x0132, 0x0131


class PictureDocument:
    """A picture file. Every frame is decoded once when it opens, so that a cut-off file is found at once."""

    badge: BadgePayload | None = None

    def __init__(self, data: bytes, kind: str, pages: int, pixels: int) -> None:
        """Raises DamagedDocument or OversizedDocument. `pages` and `pixels` are the limits."""
        self.media = kind
        self._data = data
        self._pixels = pixels
        self._shown: tuple[int, Image.Image] | None = None
        if kind == "png":
            with self._open() as image:
                image.verify()  # check sums, which decoding does not look at
        with self._open() as image:
            # Only a TIFF's frames are pages; an animation is judged by its first picture.
            self.page_count = int(getattr(image, "n_frames", 1)) if kind == "tiff" else 1
            if self.page_count > pages:
                raise OversizedDocument(f"the file has {self.page_count} pages, more than the limit of {pages}")
            self.metadata = _metadata(image)
            self._changed_on = _changed_on(image)
            self._sizes = [self._measure(image, frame) for frame in range(self.page_count)]
            if kind == "png":
                self.badge = read_badge({str(key): value for key, value in image.info.items()})

    def page(self, number: int) -> Page:
        width, height = self._sizes[number - 1]
        return Page(number, width, height)

    def glance(self, number: int) -> None:
        """A picture has no text layer to glance at."""

    def symbols(self, number: int) -> tuple[Symbol, ...]:
        return read_symbols(self._whole(number))

    def unseen(self, number: int) -> tuple[Unseen, ...]:
        """A picture has no text layer."""
        return ()

    def traces(self) -> Traces:
        """The program that wrote the picture, and when, by its EXIF data."""
        return Traces(edited_by=self.metadata.producer, edited_on=self._changed_on, modified_on=self._changed_on)

    def picture(self, number: int, dpi: int = 200) -> Image.Image:
        """The picture upright, in RGB, on white where it is transparent. `dpi` is for PDF pages and ignored here."""
        return self._whole(number).copy()

    def grey(self, number: int) -> Image.Image:
        """The same in grey, for whoever needs no colour."""
        return self._whole(number).convert("L")

    def _whole(self, number: int) -> Image.Image:
        if self._shown is None or self._shown[0] != number:
            with self._open() as image:
                image.seek(number - 1)
                self._shown = number, _as_seen(image)
        return self._shown[1]

    def close(self) -> None:
        self._shown = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _measure(self, image: Image.Image, frame: int) -> tuple[float, float]:
        """Decode a frame; its width and height in points, as seen."""
        image.seek(frame)
        self._check_size(image)
        shown = _as_seen(image)
        if frame == 0:
            self._shown = 1, shown
        dpi = _dpi(image)
        return shown.width * _POINTS_PER_INCH / dpi, shown.height * _POINTS_PER_INCH / dpi

    def _check_size(self, image: Image.Image) -> None:
        pixels = image.width * image.height
        if pixels > self._pixels:
            size = f"{image.width} x {image.height} pixels"
            raise OversizedDocument(f"the picture has {size}, more than the limit of {self._pixels}")
        scans = self._data.count(_SCAN) if self.media == "jpg" else 1
        if pixels * scans > _SCANS * self._pixels:
            raise OversizedDocument(f"the picture goes over its {pixels} pixels {scans} times")

    @contextmanager
    def _open(self) -> Iterator[Image.Image]:
        """The file as Pillow sees it, its size checked before a pixel is decoded, its failures typed."""
        with warnings.catch_warnings():
            # Pillow warns of large pictures and odd tags; the limits above are ours.
            warnings.simplefilter("ignore")
            try:
                with _decoder(self._data, self.media) as image:
                    self._check_size(image)
                    yield image
            except (OversizedDocument, DamagedDocument):
                raise
            except MemoryError as error:
                raise OversizedDocument("the picture needs more memory than there is") from error
            except Image.DecompressionBombError as error:
                raise OversizedDocument("the picture has far more pixels than are decoded") from error
            except UnidentifiedImageError as error:
                # Pillow's words name an object in memory.
                raise DamagedDocument("the picture is cut off or broken: its beginning makes no sense") from error
            except Exception as error:
                # Decoders raise OSError, SyntaxError, ValueError, struct.error, KeyError… on broken pictures.
                raise DamagedDocument(f"the picture is cut off or broken: {error}") from error


def _decoder(data: bytes, kind: str) -> Image.Image:
    if kind == "heic":
        heif = pillow_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True)
        image: Image.Image = heif.to_pillow()
        return image
    return Image.open(BytesIO(data), formats=[_FORMATS[kind]])


def _as_seen(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        # 16 bits a pixel: the plain conversion cuts off at 255 instead of scaling.
        upright = upright.convert("F").point(lambda value: value / 256).convert("L")
    if upright.has_transparency_data:
        ground = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(ground, upright.convert("RGBA"))
    return upright.convert("RGB")


def _dpi(image: Image.Image) -> float:
    stated = image.info.get("dpi")
    try:
        dpi = float(stated[0]) if isinstance(stated, tuple) else _USUAL_DPI
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return _USUAL_DPI
    return dpi if _PLAUSIBLE_DPI[0] <= dpi <= _PLAUSIBLE_DPI[1] else _USUAL_DPI


def _metadata(image: Image.Image) -> Metadata:
    try:
        exif = image.getexif()
        taken = exif.get_ifd(_EXIF_DIRECTORY)
    except Exception:
        # A broken EXIF block does not make the picture unreadable.
        return Metadata()
    days = (_exif_day(value) for value in (taken.get(_TAKEN), taken.get(_DIGITISED), exif.get(_CHANGED)))
    software = exif.get(_SOFTWARE) or image.info.get("Software")
    title = image.info.get("Title")
    return Metadata(
        created_on=next((day for day in days if day is not None), None),
        producer=software.strip("\0 ")[:_LONGEST_STATED] or None if isinstance(software, str) else None,
        title=str(title).strip()[:_LONGEST_STATED] or None if title is not None else None,
    )


def _changed_on(image: Image.Image) -> dt.date | None:
    """The day on which the picture was last written, by its own word."""
    try:
        return _exif_day(image.getexif().get(_CHANGED))
    except Exception:
        # As above.
        return None


def _exif_day(value: object) -> dt.date | None:
    """The day of `YYYY:MM:DD HH:MM:SS`."""
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value.strip("\0 ")[:10].replace(":", "-"))
    except ValueError:
        return None
