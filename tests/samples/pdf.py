"""Pages as a PDF: fonts embedded as subsets, the same bytes each time."""

import datetime as dt
import io

from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.samples.picture import line_picture
from tests.samples.sheet import Link, Shape, Sheet, Text, registered

PASSWORD = "open sesame"
_OUTLINE_SCALE = 4.0


def to_pdf(sheets: list[Sheet], created_on: dt.date, encrypted: bool = False) -> bytes:
    """A PDF with a text layer; what is outlined or linked stays so."""
    file, canvas = _canvas(created_on, encrypted)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        for mark in sheet.marks:
            _put(canvas, sheet, mark)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def to_picture_pdf(pictures: list[Image.Image], sheets: list[Sheet], hidden: list[Sheet], created_on: dt.date) -> bytes:
    """A PDF of pictures, `hidden` being the text layers that stand unseen under them."""
    file, canvas = _canvas(created_on, encrypted=False)
    for number, (picture, sheet) in enumerate(zip(pictures, sheets, strict=True)):
        canvas.setPageSize((sheet.width, sheet.height))
        for mark in hidden[number].marks if hidden else ():
            if isinstance(mark, Text):
                _put_text(canvas, sheet, mark, render_mode=3)
        canvas.drawImage(_embedded(picture), 0, 0, sheet.width, sheet.height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _embedded(picture: Image.Image) -> ImageReader:
    """A grey picture is a scan: its grain needs a JPEG, as scanners make them. Others stay as they are."""
    if picture.mode != "L":
        return ImageReader(picture)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=60)
    file.seek(0)
    return ImageReader(file)


def _canvas(created_on: dt.date, encrypted: bool) -> tuple[io.BytesIO, Canvas]:
    file = io.BytesIO()
    lock = StandardEncryption(PASSWORD, ownerPassword="owner", strength=128) if encrypted else None
    canvas = Canvas(file, invariant=1, pageCompression=1, encrypt=lock, initialFontName=registered("sans"))
    canvas.setTitle("Specimen")
    canvas.setAuthor("")
    canvas.setProducer("specimen")
    canvas.setCreator("specimen")
    canvas.setDateFormatter(lambda *_: f"D:{created_on:%Y%m%d}120000Z")
    return file, canvas


def _put(canvas: Canvas, sheet: Sheet, mark: Text | Shape | Link) -> None:
    if isinstance(mark, Text):
        if mark.outlined:
            picture, descent = line_picture(mark, _OUTLINE_SCALE)
            size = (picture.width / _OUTLINE_SCALE, picture.height / _OUTLINE_SCALE)
            canvas.drawImage(ImageReader(picture), mark.x, sheet.height - mark.y - descent, *size, mask="auto")
        else:
            _put_text(canvas, sheet, mark, render_mode=0)
    elif isinstance(mark, Link):
        bottom = sheet.height - mark.y - mark.height
        canvas.linkURL(mark.url, (mark.x, bottom, mark.x + mark.width, bottom + mark.height))
    else:
        _put_shape(canvas, sheet, mark)


def _put_text(canvas: Canvas, sheet: Sheet, mark: Text, render_mode: int) -> None:
    canvas.setFillColor(HexColor(mark.colour))
    line = canvas.beginText(mark.x, sheet.height - mark.y)
    if mark.turned:
        line.setTextTransform(0, -1, 1, 0, mark.x, sheet.height - mark.y)
    line.setFont(registered(mark.font), mark.size)
    line.setTextRenderMode(render_mode)
    line.textOut(mark.text)
    canvas.drawText(line)


def _put_shape(canvas: Canvas, sheet: Sheet, shape: Shape) -> None:
    path = canvas.beginPath()
    path.moveTo(shape.points[0][0], sheet.height - shape.points[0][1])
    for x, y in shape.points[1:]:
        path.lineTo(x, sheet.height - y)
    if shape.closed:
        path.close()
    if shape.fill:
        canvas.setFillColor(HexColor(shape.fill))
    if shape.stroke:
        canvas.setStrokeColor(HexColor(shape.stroke))
        canvas.setLineWidth(shape.width)
    canvas.drawPath(path, fill=int(bool(shape.fill)), stroke=int(bool(shape.stroke)))
