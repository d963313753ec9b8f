"""The script that everybody writes first: text layer, else Tesseract; regular expressions; the first match.

It is what the product is measured beside, and is kept as plain as it is meant to be.
"""

import datetime as dt
import io
import re

import pdfplumber
import pypdfium2
import pytesseract
from PIL import Image

from extractors.model import FieldName

_MONTHS = [dt.date(2000, number, 1).strftime("%B").lower() for number in range(1, 13)]
_NAME = r"([A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){1,4})"
_HOLDER = re.compile(
    rf"(?:certif(?:y|ies) that|presented to|awarded to|congratulations,?|certifica(?:mos)? que)\s+{_NAME}", re.I
)
_COURSE = re.compile(
    r"(?:completed|completing|completion of|concluiu o curso|completado)(?: the)?(?: course| curso)?[:\s]+([^\n]+)",
    re.I,
)
_CODE = re.compile(
    r"(?:certificate|credential|verification|validation)\s*(?:id|no|number|code)?\.?\s*[:#]\s*([\w-]{6,})", re.I
)
_DATES = (
    re.compile(r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d\d)"),
    re.compile(rf"(?P<name>{'|'.join(_MONTHS)})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)", re.I),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{'|'.join(_MONTHS)}),?\s+(?P<year>20\d\d)", re.I),
)


def read(data: bytes) -> dict[FieldName, str | None]:
    """The four main fields of a document, None where nothing matches."""
    text = text_of(data)
    found = {"holder_name": _HOLDER.search(text), "course_name": _COURSE.search(text)}
    values: dict[FieldName, str | None] = {
        "holder_name": found["holder_name"][1].strip() if found["holder_name"] else None,
        "course_name": found["course_name"][1].strip() if found["course_name"] else None,
        "completed_on": _date(text),
        "validation_code": None,
    }
    if code := _CODE.search(text):
        values["validation_code"] = code[1]
    return values


def text_of(data: bytes) -> str:
    """The text layer of a PDF, else what Tesseract reads with its default settings."""
    if not data.startswith(b"%PDF"):
        return str(pytesseract.image_to_string(Image.open(io.BytesIO(data)).convert("RGB")))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    if text.strip():
        return text
    with pypdfium2.PdfDocument(data) as document:
        return str(pytesseract.image_to_string(document[0].render(scale=200 / 72).to_pil()))


def _date(text: str) -> str | None:
    for pattern in _DATES:
        if match := pattern.search(text):
            part = match.groupdict()
            month = int(part["month"]) if "month" in part else _MONTHS.index(part["name"].lower()) + 1
            try:
                return dt.date(int(part["year"]), month, int(part["day"])).isoformat()
            except ValueError:
                return None
    return None
