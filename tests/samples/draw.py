"""From a case to the bytes of its file."""

import datetime as dt
import io
import json

from PIL import Image, PngImagePlugin

from tests.samples.case import Case, Certificate, Page
from tests.samples.layouts import LAYOUTS
from tests.samples.pdf import to_pdf, to_picture_pdf
from tests.samples.picture import photo, scan, to_picture
from tests.samples.sheet import Sheet
from tests.samples.slip import Slip

_ORIENTATION, _TURNED_LEFT = 0x0112, 6


def sheets_of(case: Case) -> list[Sheet]:
    """The pages of a case, drawn; `Sheet.said` tells what was printed for which field."""
    return [_sheet(page, _certificate(case, page)) for page in case.story.pages]


def draw(case: Case) -> bytes:
    """The whole file. Raises KeyError for an unknown layout."""
    story, effects = case.story, case.story.draw.effects
    if "empty" in effects:
        return b""
    sheets = sheets_of(case)
    if story.draw.format != "pdf":
        return _encoded(case, _worn(case, to_picture(sheets[0])))
    if "image-only" in effects or "stale-text" in effects:
        hidden = [_sheet(page, story.hidden) for page in story.pages] if story.hidden else []
        pictures = [_worn(case, to_picture(sheet)) for sheet in sheets]
        return to_picture_pdf(pictures, sheets, hidden, _created_on(case))
    data = to_pdf(sheets, _created_on(case), encrypted="encrypted" in effects)
    return data[: len(data) * 2 // 5] if "truncated" in effects else data


def _certificate(case: Case, page: Page) -> Certificate | None:
    return case.certificates[page.certificate - 1] if page.certificate else None


def _created_on(case: Case) -> dt.date:
    """The PDF's creation date, where not stated that of the last day on the first certificate."""
    printed = [day for one in case.certificates[:1] for day in (one.issued_on, one.completed_on)]
    days = [day for day in printed if isinstance(day, dt.date)]
    return case.story.draw.created_on or days[0]


def _sheet(page: Page, certificate: Certificate | None) -> Sheet:
    sheet = Sheet()
    LAYOUTS[page.layout](Slip(page, certificate, sheet))
    return sheet


def _worn(case: Case, image: Image.Image) -> Image.Image:
    for effect in case.story.draw.effects:
        if effect in ("photo", "photo-exif"):
            image = photo(image).transpose(Image.Transpose.ROTATE_90)
        elif effect == "scan":
            image = scan(image)
    return image


def _encoded(case: Case, image: Image.Image) -> bytes:
    file = io.BytesIO()
    effects = case.story.draw.effects
    if case.story.draw.format == "jpg":
        exif = Image.Exif()
        if "photo-exif" in effects:
            exif[_ORIENTATION] = _TURNED_LEFT
        image.save(file, "JPEG", quality=68, exif=exif)
        return file.getvalue()
    info = PngImagePlugin.PngInfo()
    if "badge" in effects:
        info.add_itxt("openbadges", json.dumps(_assertion(case.certificates[0]), indent=1, ensure_ascii=False))
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True, pnginfo=info)
    return file.getvalue()


def _assertion(badge: Certificate) -> dict[str, object]:
    """An Open Badges 2.0 assertion, its badge class and issuer inside (specification 2.0, section "Assertion")."""
    issuer = {"type": "Issuer", "id": "https://badges.example.org/issuer", "name": badge.issuer}
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": badge.verify_url,
        "recipient": {"type": "email", "hashed": False, "identity": "specimen@example.org"},
        "extensions:recipientProfile": {"name": badge.holder_name},
        "issuedOn": f"{badge.completed_on}T09:30:00Z",
        "verification": {"type": "hosted"},
        "badge": {"type": "BadgeClass", "name": badge.course_name, "issuer": issuer},
    }
