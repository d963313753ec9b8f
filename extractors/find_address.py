"""Candidates for the verification address: links, QR codes and printed addresses."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors import addresses
from extractors.candidates import Candidate
from extractors.model import Box, Source
from extractors.profile import Profile, belongs, host_of
from extractors.sheet import Passage, Sheet
from extractors.wording import phrase

# What goes on with an address in the next line, and how an address ends that goes on.
_GOING_ON = re.compile(r"\n\s*([A-Za-z0-9/_.~%=&?-]+)(?=\s|$)")
_OPEN = ("/", "-", "=")
# Words right before the address where something is verified, however plain that address is.
_VERIFY_AT = re.compile(
    r"(?:verif|valid|authent|autentic|check|confirm|echtheit|pruf|dogrula|weryfik|sprawdz|провер)\w*[^.;\n]{0,60}?"
    r"(?: (?:at|on|em|en|in|unter|sur|su|via|na|bei|through|visit)|[:→])\s*$"
)
# Links and QR codes leave the scheme out too.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|[\w.-]+\.[a-z]{2,}/\S+$", re.IGNORECASE)
VERIFY_WORDS = phrase(
    r"verif(?:y|ied|ication|ica|ique|icar|izieren)?\w*",
    r"valid\w*",
    r"authent\w*",
    r"autentic\w*",
    r"(?:confirm|check|kontrol|sprawdz|weryfik|zweryfik|gepruft|uberpruf|проверить|comprob|consult|controle)\w*",
    r"scan to verify",
    r"digital badge",
)


def address_candidates(sheet: Sheet, profile: Profile | None) -> Iterator[Candidate]:
    """Links, QR codes and printed addresses, as candidates for the verification address."""
    for link in sheet.links:
        if link.uri.startswith(("http", "www.")) or _ADDRESS.match(link.uri):
            yield _address(sheet, profile, link.uri, link.box, Source.LINK)
    for symbol in sheet.symbols:
        text = symbol.text.strip()
        if _ADDRESS.match(text):
            yield _address(sheet, profile, text, symbol.box, Source.QR)
    for passage in sheet.passages:
        first = passage.breaks[0]
        line = passage.folded[:first]
        for match in addresses.printed(passage.text) if "." in line or "http" in line else ():
            if match.start() >= first:
                break
            for end, broken in _address_ends(passage, match):
                piece = passage.piece(match.start(), end)
                if piece is None:
                    continue
                before = passage.folded[: match.start()]
                said = {"said": 1.0} if VERIFY_WORDS.search(before) or _said_above(sheet, passage) else {}
                told = {"told": float(_VERIFY_AT.search(before) is not None)}
                found = _address(sheet, profile, piece.text, piece.box, piece.source)
                told |= {"home": 0.0} if told["told"] or said else {}
                yield replace(found, read=piece.confidence, signs=found.signs | said | told | {"broken": broken})


def _said_above(sheet: Sheet, passage: Passage) -> bool:
    over = sheet.above(passage.lines[0])
    return over is not None and VERIFY_WORDS.search(over.folded) is not None


def _address_ends(passage: Passage, match: re.Match[str]) -> Iterator[tuple[int, float]]:
    """The end of a printed address; and its end in the next line where it may go on there."""
    yield match.end(), 0.0
    end = match.end()
    if end != passage.line_end(match.start()) or "/" not in match.group() or addresses.ends_whole(match.group()):
        return
    going_on = _GOING_ON.match(passage.text, end)
    if going_on is None:
        return
    rest = going_on[1]
    longer = addresses.tidy(match.group() + rest)
    if re.search(r"\d|-|/", rest) or match.group().endswith(_OPEN):
        best = max((token.strength for token in addresses.tokens(longer)), default=0.0)
        plain = max((token.strength for token in addresses.tokens(match.group())), default=0.0)
        yield going_on.end(), 0.2 if best > plain or match.group().endswith(_OPEN) else 1.0
        further = _GOING_ON.match(passage.text, going_on.end()) if rest.endswith(_OPEN) else None
        if further is not None:
            yield further.end(), 0.2


def _address(sheet: Sheet, profile: Profile | None, address: str, box: Box | None, source: Source) -> Candidate:
    """An address as candidate; `address` is what link or QR code say, or what is printed."""
    value = addresses.tidy(address)
    found = addresses.tokens(value)
    host = host_of(value)
    more = {
        "verifies": float(addresses.verifies(value)),
        "has_token": found[0].strength if found else 0.0,
        "own_host": float(profile is not None and any(belongs(host, own) for own in profile.hosts)),
        "other_host": float(
            profile is not None and bool(profile.hosts) and not any(belongs(host, own) for own in profile.hosts)
        ),
        "home": float(addresses.is_home(value)),
        "prints": float(addresses.prints(value)),
        "linked": float(source in (Source.LINK, Source.QR)),
        "margin": float(source is not Source.QR and box is not None and (box[3] < 0.03 or box[1] > 0.975)),
    }
    return Candidate("verify_url", value, address, sheet.number, box, source, signs=more)
