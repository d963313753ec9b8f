"""Drawn certificates that were changed after they were made, and innocent ones that only look so to a careless eye.

Nobody in them exists. They are changed as programs change PDFs: by saving on top of what is there, by drawing over it,
by leaving type that nobody sees.
"""

import re
from collections.abc import Mapping

from PIL import Image

from extractors.model import Word
from tests.extractors.drawing import Pdf, qr, sheet

HOLDER, OTHER = "Wilhelmina Sandberg", "Theodor Kallenbach"
COURSE, DAY, CODE = "Foundations of Network Security", "14 August 2023", "AB-1234-XY"
_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")


class NoEngine:
    """Sees nothing: for documents whose text layer says all."""

    name = "none"

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        return ()


def drawing(holder: str = HOLDER, *, day: str = DAY, code: str = CODE, producer: str = "Printing Press 2") -> Pdf:
    """A certificate in the making, its page uncompressed so that it can be changed by hand."""
    pdf = Pdf(pageCompression=0)
    pdf.canvas.setProducer(producer)
    return drawn_on(pdf, holder, day, code)


def drawn_on(pdf: Pdf, holder: str, day: str, code: str) -> Pdf:
    """The lines of a certificate on a page."""
    pdf.write("Certificate of Completion", 100, 480, 34).write("This is to certify that", 100, 420, 16)
    pdf.write(holder, 100, 370, 30).write("has successfully completed the course", 100, 320, 16)
    pdf.write(COURSE, 100, 275, 26).write(f"Completed on {day}", 100, 220, 16)
    return pdf.write(f"Certificate ID: {code}", 100, 180, 14)


def certificate(holder: str = HOLDER, **stated: str) -> bytes:
    return drawing(holder, **stated).bytes()


def saved_on_top(data: bytes, objects: Mapping[int, bytes]) -> bytes:
    """The file with some objects written anew behind its end (ISO 32000-1, 7.5.6)."""
    start = int(_START.findall(data)[-1])
    root, size = re.findall(rb"/Root (\d+) 0 R", data)[-1], max(_numbers(data, objects)) + 1
    body, rows = b"\n", b""
    for number, text in sorted(objects.items()):
        rows += b"%d 1\n%010d 00000 n \n" % (number, len(data) + len(body))
        body += b"%d 0 obj%sendobj\n" % (number, text)
    trailer = b"trailer\n<< /Size %d /Root %s 0 R /Prev %d >>\n" % (size, root, start)
    at = len(data) + len(body)
    return data + body + b"xref\n" + rows + trailer + b"startxref\n%d\n%%%%EOF\n" % at


def _numbers(data: bytes, objects: Mapping[int, bytes]) -> set[int]:
    return {int(match[1]) for match in _OBJECT.finditer(data)} | set(objects)


def changed_on_top(data: bytes, before: str, after: str) -> bytes:
    """The text of the page changed by a save on top."""
    number, text = next((int(m[1]), m[2]) for m in _OBJECT.finditer(data) if f"({before})".encode() in m[2])
    dictionary, _, rest = text.partition(b"stream")
    stream = rest.rpartition(b"endstream")[0].strip(b"\r\n").replace(f"({before})".encode(), f"({after})".encode())
    dictionary = re.sub(rb"/Length \d+", b"/Length %d" % len(stream), dictionary)
    return saved_on_top(data, {number: dictionary + b"stream\n" + stream + b"\nendstream\n"})


def signed(data: bytes) -> bytes:
    """Saved on top with a signature that covers everything else. It is not valid; nobody looks."""
    number = max(_numbers(data, {})) + 1
    hole = b"<" + b"0" * 64 + b">"
    stated = b"\n<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 %010d %010d %010d] /Contents " + hole + b" >>\n"
    whole = saved_on_top(data, {number: stated % (0, 0, 0)})
    at = whole.rindex(hole)
    end = at + len(hole)
    return whole.replace(stated % (0, 0, 0), stated % (at, end, len(whole) - end))


def laid_out_for_the_web(data: bytes) -> bytes:
    """With the first end that such a file has near its beginning (ISO 32000-1, annex F); offsets move along."""
    first = b"9999 0 obj\n<< /Linearized 1 /L 1 >>\nendobj\nxref\n0 0\ntrailer\n<< /Size 1 >>\nstartxref\n0\n%%EOF\n"
    line = data.index(b"\n") + 1
    moved = re.sub(rb"(\d{10}) 00000 n", lambda m: b"%010d 00000 n" % (int(m[1]) + len(first)), data)
    moved = _START.sub(lambda m: b"startxref\n%d\n%%%%EOF" % (int(m[1]) + len(first)), moved)
    return moved[:line] + first + moved[line:]


def with_two_cross_references(data: bytes) -> bytes:
    """As word processors write it: a second, empty cross-reference for newer readers (ISO 32000-1, 7.5.8.4)."""
    return saved_on_top(data, {})


def form(holder: str = HOLDER) -> bytes:
    """A certificate with a field for remarks."""
    pdf = drawing(holder)
    pdf.canvas.acroForm.textfield(name="remarks", x=100, y=90, width=300, height=24)
    return pdf.bytes()


def filled_in(data: bytes) -> bytes:
    """The form's field filled in by a save on top."""
    number, text = next((int(m[1]), m[2]) for m in _OBJECT.finditer(data) if b"/Subtype /Widget" in m[2])
    return saved_on_top(data, {number: re.sub(rb"/V \(.*?\)", b"/V (Well done)", text)})


def stamped(data: bytes, text: str) -> bytes:
    """Words added in an empty place by a save on top."""
    return changed_on_top(data, "This is to certify that", f"This is to certify that) Tj 0 -380 Td ({text}")


def painted_over(holder: str = HOLDER, now: str = OTHER) -> bytes:
    """A white field over the name, another name on it."""
    pdf = drawing(holder)
    pdf.canvas.setFillColorRGB(1, 1, 1)
    pdf.canvas.rect(90, 360, 500, 40, stroke=0, fill=1)
    pdf.canvas.setFillColorRGB(0, 0, 0)
    return pdf.write(now, 100, 370, 30).bytes()


def pasted_over(now: str = OTHER) -> bytes:
    """A picture of another name over the name."""
    picture = sheet([(now, 100)], (1500, 240))
    return drawing().paste(picture, 60, 345, 420, 67).bytes()


def with_invisible(text: str) -> bytes:
    """Invisible type at the place of the name, which is drawn as a picture."""
    pdf = drawing("").paste(sheet([(HOLDER, 110)], (1500, 240)), 60, 345, 420, 67)
    pdf.canvas.setFont("Helvetica", 30)
    return pdf.write_invisibly(text, 100, 370).bytes()


def with_white(text: str) -> bytes:
    """The name in white type, another one written over it."""
    pdf = Pdf()
    pdf.canvas.setFillColorRGB(1, 1, 1)
    pdf.write(text, 100, 370, 30)
    pdf.canvas.setFillColorRGB(0, 0, 0)
    return drawn_on(pdf, HOLDER, DAY, CODE).bytes()


def with_symbol(text: str) -> bytes:
    """With a QR code."""
    return drawing().paste(qr(text), 650, 60, 120, 120).bytes()


def with_link(address: str) -> bytes:
    """With a link on its last line."""
    pdf = drawing()
    pdf.canvas.linkURL(address, (100, 175, 400, 195))
    return pdf.bytes()


def scanned(layer: str | None = None) -> bytes:
    """A scan, with or without the words that the scanner's program has read, invisible, over it."""
    pdf = Pdf().paste(sheet(), 0, 0, 842, 595)
    if layer is not None:
        pdf.canvas.setFont("Helvetica", 22)
        pdf.write_invisibly(layer, 105, 360)
    return pdf.bytes()


def drawn_on_top(data: bytes) -> bytes:
    """A black field added by a save on top; the text stays."""
    return changed_on_top(data, "This is to certify that", "This is to certify that) Tj ET 500 40 200 60 re f BT (")


def modified(data: bytes, day: str) -> bytes:
    """Last saved on `day` (YYYYMMDD), by its own word."""
    return re.sub(rb"/ModDate \(D:\d{8}", b"/ModDate (D:" + day.encode(), data)


def sample_covered() -> bytes:
    """A sample name that the issuer's form holds in a corner, under a white field."""
    pdf = drawing()
    pdf.write("Jane Sample", 600, 60, 14)
    pdf.canvas.setFillColorRGB(1, 1, 1)
    pdf.canvas.rect(590, 50, 200, 30, stroke=0, fill=1)
    pdf.canvas.setFillColorRGB(0, 0, 0)
    return pdf.bytes()


def noted_over(text: str) -> bytes:
    """A note with another name laid over the name, as viewers let people write on a page."""
    data = certificate()
    page, dictionary = next((int(m[1]), m[2]) for m in _OBJECT.finditer(data) if b"/Type /Page\n" in m[2])
    note = max(_numbers(data, {})) + 1
    drawn = b"1 1 1 rg 0 0 500 44 re f 0 0 0 rg BT /F1 30 Tf 10 12 Td (%s) Tj ET" % text.encode()
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    look = b"\n<< /Type /XObject /Subtype /Form /BBox [0 0 500 44] /Resources " + font + b" /Length %d >>\nstream\n"
    objects = {
        page: dictionary.replace(b"/Type /Page\n", b"/Type /Page /Annots [%d 0 R]\n" % note),
        note: b"\n<< /Type /Annot /Subtype /FreeText /Rect [90 356 590 400] /F 4 /Contents (%s) /DA (/Helv 30 Tf) "
        b"/AP << /N %d 0 R >> >>\n" % (text.encode(), note + 1),
        note + 1: look % len(drawn) + drawn + b"\nendstream\n",
    }
    return saved_on_top(data, objects)


def with_history(*steps: tuple[str, str]) -> bytes:
    """With a history of programs and days, as programs for pictures keep it in a document's description."""
    listed = "".join(
        f'<rdf:li stEvt:action="saved" stEvt:when="{day}T10:00:00Z" stEvt:softwareAgent="{program}"/>'
        for program, day in steps
    )
    packet = f"<x:xmpmeta><pdf:Producer>Printing Press 2</pdf:Producer><rdf:Seq>{listed}</rdf:Seq></x:xmpmeta>".encode()
    data = certificate()
    stream = b"\n<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream\n" % (len(packet), packet)
    return saved_on_top(data, {max(_numbers(data, {})) + 1: stream})
