"""Damage that knows how a PDF is built: what it says of itself becomes extreme, circular, contradictory or huge."""

import base64
import re
import zlib
from collections.abc import Callable
from random import Random

from benchmarks.fuzz import bytewise
from benchmarks.fuzz.pdf import Pdf, compact, updated, written

Damage = Callable[[Pdf, Random], None]

_NUMBER = re.compile(rb"(?<![\w/.])-?\d+(?:\.\d+)?(?![\w.])(?! \d+ R)(?! R)")
_REFERENCE = re.compile(rb"\b(\d+) 0 R")
_ENTRY = re.compile(rb"/([A-Za-z]+)\s*(\[[^\[\]]*\]|\([^()]*\)|/\w+|-?[\d.]+(?: 0 R)?)")
NUMBERS = (
    b"0", b"-1", b"1", b"2", b"255", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967295", b"4294967296",
    b"9223372036854775807", b"99999999999999999999999", b"1e308", b"-1e308", b"0.0000000000000001", b"100000", b"-0",
    b"16777216", b"1.7976931348623157e308", b"--5", b"1.2.3", b"+.", b"nan",
)  # fmt: skip
VALUES = (
    b"null", b"true", b"/Name", b"(text)", b"[]", b"[[[[]]]]", b"<< >>", b"<FEFFD800>", b"()", b"-1", b"0", b"1 0 R",
    b"99999 0 R", b"<41", b"(\\", b"[ 0 0 0 0 ]",
)  # fmt: skip
FILTERS = (
    b"/FlateDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/LZWDecode", b"/RunLengthDecode", b"/CCITTFaxDecode",
    b"/JBIG2Decode", b"/DCTDecode", b"/JPXDecode", b"/Crypt", b"/NoSuchDecode",
    b"[ /FlateDecode /FlateDecode /FlateDecode ]", b"[ /ASCII85Decode /LZWDecode ]", 
    b"[ " + b"/FlateDecode " * 500 + b"]",
)  # fmt: skip


def numbers(pdf: Pdf, draw: Random) -> None:
    """Some numbers of one object become extreme."""
    thing = pdf.things[draw.choice(pdf.numbers())]
    found = list(_NUMBER.finditer(thing.text))
    for match in sorted(draw.sample(found, min(len(found), draw.choice((1, 2, 4)))), key=lambda m: -m.start()):
        thing.text = thing.text[: match.start()] + draw.choice(NUMBERS) + thing.text[match.end() :]


def references(pdf: Pdf, draw: Random) -> None:
    """Some references lead elsewhere: in circles, to another kind of thing, to nothing."""
    for number in draw.sample(pdf.numbers(), min(len(pdf.things), draw.choice((1, 3)))):
        thing = pdf.things[number]
        found = list(_REFERENCE.finditer(thing.text))
        if found:
            match = draw.choice(found)
            target = draw.choice((number, pdf.root, *pdf.numbers(), 99999))
            thing.text = thing.text[: match.start()] + b"%d 0 R" % target + thing.text[match.end() :]


def entries(pdf: Pdf, draw: Random) -> None:
    """Entries of dictionaries are lost, doubled, or of another type."""
    for number in draw.sample(pdf.numbers(b"<<"), min(len(pdf.numbers(b"<<")), draw.choice((1, 2, 5)))):
        thing = pdf.things[number]
        found = list(_ENTRY.finditer(thing.text))
        if not found:
            continue
        match = draw.choice(found)
        other = draw.choice((b"", match[0] + b" " + match[0], b"/" + match[1] + b" " + draw.choice(VALUES)))
        thing.text = thing.text[: match.start()] + other + thing.text[match.end() :]


def streams(pdf: Pdf, draw: Random) -> None:
    """The inside of a stream is damaged, then packed again so that its filters hold."""
    candidates = [thing for thing in pdf.things.values() if thing.plain()]
    if not candidates:
        return
    thing = draw.choice(candidates)
    plain = thing.plain() or b""
    damage = draw.choice(bytewise.BYTEWISE)
    packed(thing.put, damage(plain, draw), draw)


def packed(put: Callable[[bytes, bytes], None], data: bytes, draw: Random) -> None:
    match draw.randrange(6):
        case 0:
            put(data, b"")
        case 1:
            put(base64.a85encode(zlib.compress(data)) + b"~>", b"[ /ASCII85Decode /FlateDecode ]")
        case 2:
            put(data.hex().encode() + b">", b"/ASCIIHexDecode")
        case 3:
            put(zlib.compress(zlib.compress(zlib.compress(data))), b"[ /FlateDecode /FlateDecode /FlateDecode ]")
        case 4:
            put(zlib.compress(data)[: draw.randrange(1, 4000)], b"/FlateDecode")
        case _:
            put(zlib.compress(data), b"/FlateDecode")


def filters(pdf: Pdf, draw: Random) -> None:
    """A stream says that it is packed in a way it is not, with parameters nobody would choose."""
    thing = pdf.things[draw.choice([n for n, one in pdf.things.items() if one.stream is not None] or [pdf.root])]
    if thing.stream is None:
        return
    thing.put(thing.stream, draw.choice(FILTERS))
    number = draw.choice(NUMBERS)
    parameters = draw.choice((
        b"", b"<< /Predictor 15 /Columns %s /Colors 32 >>", b"<< /Predictor 2 /BitsPerComponent 16 /Columns %s >>",
        b"<< /K -1 /Columns %s /Rows 2147483647 >>", b"<< /EarlyChange %s >>",
    ))  # fmt: skip
    if parameters:
        thing.text = thing.text.replace(b"<<", b"<< /DecodeParms " + parameters.replace(b"%s", number) + b" ", 1)


def bombs(pdf: Pdf, draw: Random) -> None:
    """A stream of zeros, or of one drawing order, that grows a thousand times and more when it is unpacked."""
    thing = draw.choice([one for one in pdf.things.values() if one.stream is not None] or [pdf.catalog()])
    if thing.stream is None:
        return
    unit = draw.choice((b"\0", b" ", b"q ", b"0 0 1 1 re f ", b"[", b"<<", b"(", b"BT (a) Tj ET ", b"/F1 9 Tf "))
    inner = zlib.compress(unit * (draw.choice((10**5, 10**6, 10**6, 3 * 10**7)) // len(unit)), 9)
    levels = draw.choice((1, 1, 2))
    thing.put(zlib.compress(inner, 9) if levels == 2 else inner, b"[ " + b"/FlateDecode " * levels + b"]")


def depth(pdf: Pdf, draw: Random) -> None:
    """Arrays in arrays, dictionaries in dictionaries, deeper than any stack."""
    deep = draw.choice((50, 500, 5000, 100_000))
    unit = draw.choice(((b"[", b"]"), (b"<< /A ", b">>"), (b"(", b")")))
    value = unit[0] * deep + draw.choice((b"", b" 1 ")) + (unit[1] * deep if draw.random() < 0.7 else b"")
    name = draw.choice((b"/Kids", b"/Contents", b"/Annots", b"/Resources", b"/Names", b"/Metadata", b"/Anything"))
    pdf.entry(draw.choice(pdf.numbers(b"<<")), name + b" " + value)


def circles(pdf: Pdf, draw: Random) -> None:
    """What must be a tree bites its own tail."""
    page = draw.choice(pdf.pages() or [pdf.root])
    (tree,) = pdf.numbers(b"/Kids")[:1] or [pdf.root]
    match draw.randrange(9):
        case 0:
            pdf.entry(tree, b"/Kids [ %d 0 R %d 0 R ]" % (tree, page))
        case 1:
            pdf.entry(page, b"/Parent %d 0 R" % page)
        case 2:
            form = pdf.add(b"")
            head = b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 900 900 ] /Resources << /XObject << /X %d 0 R >> >>"
            pdf.things[form].text = head % form + b" /Length 15 >>"
            pdf.things[form].stream = b"/X Do /X Do    "
            draw_it(pdf, page, b"/XObject << /X %d 0 R >>" % form, b"/X Do")
        case 3:
            pdf.entry(page, b"/Annots [ %d 0 R ] /Contents %d 0 R" % (page, page))
        case 4:
            a = pdf.add(b"")
            pdf.things[a].text = b"<< /Title (a) /Next %d 0 R /First %d 0 R /Parent %d 0 R >>" % (a, a, a)
            pdf.entry(pdf.root, b"/Outlines %d 0 R /AcroForm << /Fields [ %d 0 R ] >>" % (a, a))
        case 5:
            font = pdf.add(b"")
            pdf.things[font].text = (
                b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 "
                b"/LastChar 97 /Widths [1] /Encoding << /Differences [ 97 /a ] >> /CharProcs << /a %d 0 R >> "
                b"/Resources << /Font << /T %d 0 R >> >> >>"
                % (pdf.add(b"<< /Length 20 >>", b"BT /T 9 Tf (a) Tj ET"), font)
            )
            draw_it(pdf, page, b"/Font << /T %d 0 R >>" % font, b"BT /T 40 Tf (aaa) Tj ET")
        case 6:
            a, b = pdf.add(b""), pdf.add(b"")
            pdf.things[a].text, pdf.things[b].text = b"%d 0 R" % b, b"%d 0 R" % a
            pdf.entry(page, draw.choice((b"/Contents", b"/Resources", b"/MediaBox", b"/Rotate")) + b" %d 0 R" % a)
        case 7:
            group = pdf.add(b"")
            pdf.things[group].text = b"<< /Type /ExtGState /SMask << /S /Luminosity /G %d 0 R >> >>" % group
            draw_it(pdf, page, b"/ExtGState << /G %d 0 R >>" % group, b"/G gs 0 0 500 500 re f")
        case _:
            names = pdf.add(b"")
            pdf.things[names].text = b"<< /Kids [ %d 0 R %d 0 R ] /Limits [ (a) (z) ] >>" % (names, names)
            pdf.entry(pdf.root, b"/Names << /Dests %d 0 R /JavaScript %d 0 R /EmbeddedFiles %d 0 R >>" % ((names,) * 3))


def draw_it(pdf: Pdf, page: int, resources: bytes, orders: bytes) -> None:
    """Let a page draw `orders` after what it draws already."""
    added = pdf.add(b"<< /Length %d >>" % len(orders), orders)
    thing = pdf.things[page]
    thing.text = re.sub(rb"/Contents (\d+ 0 R)", b"/Contents [ \\1 %d 0 R ]" % added, thing.text)
    if b"/Resources <<" in thing.text:
        thing.text = thing.text.replace(b"/Resources <<", b"/Resources << " + resources + b" ", 1)
    else:
        pdf.entry(page, b"/Resources << " + resources + b" >>")


CMAPS = (
    b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00> <FF> <D800> endbfrange",
    b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00> <FFFFFFFF> <0041> endbfrange",
    b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <0000> <FFFFFF> <0041> endbfrange",
    b"1 beginbfchar <41> <" + b"0041" * 20000 + b"> endbfchar",
    b"100 beginbfchar <41> <DC00D800> <42> <FFFE> <43> <0000> <44> <001B005B> <45> <202E> endbfchar",
    b"1 begincidrange <00> <FFFFFF> 0 endcidrange /Identity-H usecmap /Itself usecmap",
    b"1 beginbfrange <00> <FF> [ <41> (a) /b 3 [ ] << >> ] endbfrange",
    b"1 beginbfrange <FF> <00> <0041> endbfrange",
    b"beginbfrange " * 20000,
    b"{ { { } } " + b"[" * 5000,
)


def fonts(pdf: Pdf, draw: Random) -> None:
    """Fonts lose their tables, take those of others, or state another kind, width, encoding or mapping."""
    found = pdf.numbers(b"/Font")
    fonts_alone = [number for number in found if b"/BaseFont" in pdf.things[number].text]
    if not fonts_alone:
        return
    number = draw.choice(fonts_alone)
    cmap = b"/CIDInit /ProcSet findresource begin begincmap " + draw.choice(CMAPS) + b" endcmap end end"
    table = pdf.add(b"<< /Length %d >>" % len(cmap), cmap)
    kind = draw.choice((b"/Type0", b"/Type1", b"/Type3", b"/TrueType", b"/CIDFontType2", b"/MMType1", b"/None"))
    thing = pdf.things[number]
    match draw.randrange(6):
        case 0 | 1:
            thing.text = re.sub(rb"/ToUnicode \d+ 0 R", b"", thing.text)
            pdf.entry(number, b"/ToUnicode %d 0 R" % table)
        case 2:
            pdf.entry(number, b"/Encoding " + draw.choice((b"%d 0 R" % table, b"/Identity-H", b"/UniJIS-UCS2-H")))
        case 3:
            thing.text = re.sub(rb"/Subtype\s*/\w+", b"/Subtype " + kind, thing.text)
        case 4:
            pdf.entry(number, b"/FirstChar -5 /LastChar 2147483647 /Widths [ -1 1e9 (a) null %d 0 R ]" % number)
        case _:
            pdf.entry(number, b"/DescendantFonts [ %d 0 R ] /FontDescriptor %d 0 R" % (number, draw.choice(found)))


def boxes(pdf: Pdf, draw: Random) -> None:
    """Pages of no size, of any size, turned inside out, or turned by an odd angle."""
    page = draw.choice(pdf.pages() or [pdf.root])
    four = b" ".join(draw.choice((*NUMBERS, b"100", b"600", b"800")) for _ in range(4))
    name = draw.choice((b"/MediaBox", b"/CropBox", b"/MediaBox", b"/TrimBox"))
    if name == b"/MediaBox":
        pdf.things[page].text = re.sub(rb"/MediaBox\s*\[[^\]]*\]", b"", pdf.things[page].text)
    more = draw.choice((b"", b" /Rotate " + draw.choice((b"45", b"-90", b"1e9", b"90", b"270")), b" /UserUnit 1e9"))
    if more.startswith(b" /Rotate"):
        pdf.things[page].text = re.sub(rb"/Rotate\s*-?\d+", b"", pdf.things[page].text)
    pdf.entry(page, name + b" [ " + four + b" ]" + more)


ORDERS = (
    b"q " * 100_000, b"Q " * 1000, b"BT " * 5000, b"/F1 1e9 Tf BT (a) Tj ET", b"1e9 0 0 1e9 0 0 cm 0 0 1 1 re f",
    b"0 0 0 0 0 0 cm BT (text) Tj ET", b"BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID x EI", b"BI /W 9 /H 9 ID EI EI EI",
    b"BT 7 Tr /F1 9 Tf (clipped) Tj ET 0 0 900 900 re f", b"BT 1 0 0 1 1e30 -1e30 Tm (far) Tj ET", b"W n W n " * 5000,
    b"0 0 m " + b"1 1 l 2 2 3 3 4 4 c " * 20_000 + b"S", b"[ 0 ] 0 d 0 0 m 500 500 l S",
    b"[ 1e-9 ] 0 d 1e9 w 0 0 m 1e9 1e9 l S",
    b"BT /F1 9 Tf " + b"[ (a) -1e9 (b) 1e9 ] TJ " * 500 + b"ET", b"/Pattern cs /P scn 0 0 900 900 re f", b"/X sh",
    b"/P << /MCID 99999999 >> BDC " * 1000, b"(" * 5000, b"<" * 500 + b">" * 500, b"1e400 1e-400 re f", b"\xff" * 3000,
)  # fmt: skip


def content(pdf: Pdf, draw: Random) -> None:
    """A page is told to draw what nobody would."""
    draw_it(pdf, draw.choice(pdf.pages() or [pdf.root]), b"", draw.choice(ORDERS))


ACTIVE = (
    b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
    b"/OpenAction << /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >>",
    b"/OpenAction << /S /URI /URI (http://127.0.0.1/) >>",
    b"/OpenAction << /S /GoToR /F (//host/share/x.pdf) >>",
    b"/AA << /WC << /S /JavaScript /JS (while\\(true\\){}) >> >>",
    b"/Names << /JavaScript << /Names [ (a) << /S /JavaScript /JS (this.exportDataObject\\(\\)) >> ] >> >>",
    b"/AcroForm << /Fields [ ] /XFA [ (template) 1 0 R ] /NeedAppearances true >>",
    b"/Names << /EmbeddedFiles << /Names [ (a.exe) << /F (a.exe) /EF << /F 1 0 R >> >> ] >> >>",
    b"/Collection << /View /T >>",
)


def active(pdf: Pdf, draw: Random) -> None:
    """The file wants something done when it is opened."""
    pdf.entry(pdf.root, draw.choice(ACTIVE))


def pictures(pdf: Pdf, draw: Random) -> None:
    """A picture says that it has other measures, depth or colours than its pixels."""
    found = pdf.numbers(b"/Image")
    if not found:
        return
    number = draw.choice(found)
    thing = pdf.things[number]
    key = draw.choice((b"/Width", b"/Height", b"/BitsPerComponent"))
    thing.text = re.sub(key + rb"\s+\d+", key + b" " + draw.choice((*NUMBERS, b"20000", b"3")), thing.text)
    more = draw.choice((
        b"", b"/SMask %d 0 R" % number, b"/Decode [ 1 0 1e9 -1e9 ]", b"/ColorSpace [ /Indexed /DeviceRGB 99999 (abc) ]",
        b"/ColorSpace [ /ICCBased %d 0 R ]" % number, b"/ColorSpace [ /Separation /All /DeviceCMYK %d 0 R ]" % number,
        b"/ImageMask true", b"/Mask [ -1 999999 ]",
    ))  # fmt: skip
    if more:
        pdf.entry(number, more)


def encryption(pdf: Pdf, draw: Random) -> None:
    """The file claims to be locked, in a way that no lock is made."""
    version, length = draw.choice((0, 1, 2, 4, 5, 99)), draw.choice((-8, 0, 40, 128, 256, 2**31))
    pdf.extra += (
        b"/Encrypt << /Filter /Standard /V %d /R %d /Length %d /P -1 /O <%s> /U <%s> "
        b"/CF << /StdCF << /CFM /AESV3 >> >> "
        b"/StmF /StdCF >> /ID [ <00> <00> ]"
        % (
            version,
            draw.choice((2, 3, 5, 6)),
            length,
            b"41" * draw.choice((0, 32, 48)),
            b"42" * draw.choice((1, 32, 48)),
        )
    )


def information(pdf: Pdf, draw: Random) -> None:
    """What the file says of its making is not what it should be."""
    value = draw.choice((*VALUES, b"(" + b"A" * 100_000 + b")", b"<FEFFDC00D800>", b"(D:99999999999999)", b"(\x1b[2J)"))
    name = draw.choice((b"/Producer", b"/Title", b"/CreationDate", b"/ModDate"))
    pdf.extra += b"/Info %d 0 R" % pdf.add(b"<< " + name + b" " + value + b" >>")


DAMAGES: tuple[Damage, ...] = (
    *(numbers, numbers, references, references, entries, entries, streams, streams, filters, bombs, depth, circles),
    *(fonts, fonts, boxes, content, active, pictures, encryption, information),
)


def cross_references(data: bytes, draw: Random) -> bytes:
    """Tables, trailers and their addresses that lie."""
    match draw.randrange(7):
        case 0:
            return re.sub(rb"startxref\s+\d+", b"startxref\n" + draw.choice(NUMBERS), data)
        case 1:
            return re.sub(rb"\d{10} 00000 n", lambda _: b"%010d 00000 n" % draw.randrange(len(data)), data)
        case 2:
            return data.replace(b"trailer", draw.choice((b"trailr", b"", b"trailer << /Prev 0 >> trailer")), 1)
        case 3:
            return re.sub(rb"/Size \d+", b"/Size " + draw.choice(NUMBERS), data)
        case 4:
            at = data.rfind(b"xref\n0 ")
            return data.replace(b"/Size", b"/Prev %d /XRefStm %d /Size" % (at, at))
        case 5:
            return re.sub(rb"xref\n0 \d+", b"xref\n0 " + draw.choice(NUMBERS), data)
        case _:
            root = b"/Root " + draw.choice(VALUES)
            return re.sub(rb"/Root \d+ 0 R", lambda _: root, data)


def damaged(pdf: Pdf, draw: Random) -> tuple[bytes, list[str]]:
    """The file after one to three damages, and their names."""
    chosen = [draw.choice(DAMAGES) for _ in range(draw.choice((1, 1, 2, 3)))]
    untouched = written(pdf)
    for damage in chosen:
        damage(pdf, draw)
    names = [damage.__name__ for damage in chosen]
    match draw.randrange(10):
        case 0:
            return compact(pdf), [*names, "compact"]
        case 1:
            some = draw.sample(pdf.numbers(), min(3, len(pdf.things)))
            return updated(pdf, untouched, some, draw), [*names, "updated"]
        case 2 | 3:
            return cross_references(written(pdf), draw), [*names, "cross_references"]
        case 4:
            return draw.choice(bytewise.BYTEWISE)(written(pdf), draw), [*names, "bytewise"]
        case _:
            return written(pdf), names
