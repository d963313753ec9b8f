"""Web addresses as they are printed, linked or held by a QR code, and the token in them that names one certificate."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from extractors.plain import squash

_PRINTED = re.compile(
    r"(?:https?\s?:\s?//\s?|(?<![\w@.-])www\.)[^\s\"“”<>]+|"
    r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|ac|edu|my|co|dev|me|eu|de|fr|es|it|br|pt|pl|tr|ru|in|uk|us|tech|academy|training|education|info|gov|int|ly|is|link|page|app|guru|online|cv|site|xyz|cloud|club|pro|world|global|digital|courses|school|example)(?![\w.@])(?:\.[a-z]{2})?(?:/[^\s\"“”<>]*)?",
    re.IGNORECASE,
)
_VERIFIES = re.compile(
    r"verif|valid|certif|credential|badge|accomplish|confirm|check|authent|autentic|diploma|award|achievement|(?:^|[/.])(?:cert|c|e|go|link|share|v|s)(?:[/?]|$)|"
    r"statement|[?&](?:code|codigo|token|hash|uuid)=",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:verif(?:y|ication|icar|icacao|icacion|ica|ier|izieren)|validat(?:e|ion|or)|validar|validacao|validacion|valider|check|confirm|"
    r"autenticidade?|authenticity|certificates?|certificados?|credentials?|pruefen|sprawdz|dogrula)",
    re.IGNORECASE,
)
_PRINTS = re.compile(
    r"print|imprim|drucken|stampa(?!d)|yazdir|dialog|preview|viewer|session|my-?account", re.IGNORECASE
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
# What stands before the name of one certificate, and words that lead to a page for everybody.
_LEADS = re.compile(rf"{_WHOLE.pattern}|c|e|v|s|certs?|badges?|diplomas?|awards?", re.IGNORECASE)
_PLACE = re.compile(
    rf"{_WHOLE.pattern}|index|home|login|search|online|public|portal|page|app|form|courses?|learn|academy|[a-z]{{2}}",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?<=[^.])\.(?:pdf|png|jpe?g|html?|php|aspx?|jsp)$", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:code|codigo|cert\w*|credential\w*|id|number|no|token|key|uuid|hash|verify|folio|c|q|k)$", re.IGNORECASE
)
_WORDY = re.compile(
    r"[a-z]+(?:[-_][a-z]+)*\d?|[A-Za-z]?[a-z]{2,}(?:[-_+%20]+[A-Za-z]?[a-z]+)*|v\d+|[a-z]{2}-[a-zA-Z]{2}|\w+\.(?:php|aspx?|html?|jsp|pdf|png)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of an address that may name one certificate; `strength` is 0..1 by its form and place."""

    text: str
    strength: float


def printed(text: str) -> list[re.Match[str]]:
    """Every web address in a text."""
    if "." not in text and "//" not in text:
        return []
    return list(_PRINTED.finditer(text))


def tidy(address: str) -> str:
    """An address without blanks and the punctuation of the sentence around it."""
    return re.sub(r"\s+", "", address).rstrip(".,;:)]}'\"")


def ends_whole(address: str) -> bool:
    """Whether an address ends in a word of verifying, so that what stands in the next line is no part of it."""
    parts = _split(tidy(address))
    return parts is not None and not parts[2] and _WHOLE.fullmatch(parts[1].rsplit("/", 1)[-1]) is not None


def verifies(address: str) -> bool:
    """Whether host or path sound like a place where certificates are verified."""
    parts = _split(address)
    return parts is not None and _VERIFIES.search(f"{parts[0]}{parts[1]}?{parts[2]}") is not None


def is_home(address: str) -> bool:
    """Whether an address leads to a site's first page and no farther."""
    parts = _split(address)
    return parts is not None and not parts[1].strip("/") and not parts[2] and not parts[3]


def prints(address: str) -> bool:
    """Whether an address is that of a page made to be printed or seen by its owner, as browsers set it at the edge of
    what they print.
    """
    parts = _split(address)
    return parts is not None and _PRINTS.search(f"{parts[1]}?{parts[2]}") is not None


def tokens(address: str) -> list[Token]:
    """The tokens of an address, the likeliest first."""
    parts = _split(address)
    if parts is None:
        return []
    _, path, query, fragment = parts
    found = []
    for place, segment in enumerate(reversed(_segments(path))):
        found.append(Token(segment, shape(segment) * (1.0 if place == 0 else 0.6)))
    if query and "=" not in query:
        found.append(Token(query, shape(query)))
    for name, value in parse_qsl(query, keep_blank_values=False):
        found.append(Token(value, shape(value) * (1.1 if _NAMED.search(name) else 0.5)))
    found += [Token(part, shape(part) * 0.5) for part in fragment.split("/") if part]
    return sorted((token for token in found if token.strength > 0), key=lambda token: -token.strength)


def _segments(path: str) -> list[str]:
    """The parts of a path without the ending of a file. What ends in a hyphen goes on in another line."""
    return [_FILE.sub("", segment) for segment in path.split("/") if segment and not segment.endswith("-")]


def names_one(address: str, said: str = "") -> bool:
    """Whether an address of verifying may name one certificate, in however few letters: it ends in something that is no
    word, or right after the word of verifying in one that the page, squashed to `said`, does not say elsewhere.
    """
    parts = _split(address)
    if parts is None or not verifies(address):
        return False
    _, path, query, _ = parts
    segments = _segments(path)
    ends = [*segments[-1:], *(value for _, value in parse_qsl(query))]
    if any(len(end) > 2 and not _WORDY.fullmatch(end) for end in ends):
        return True
    after = len(segments) == 2 and _LEADS.fullmatch(segments[0]) and not _PLACE.fullmatch(segments[1])
    return bool(after) and said.count(squash(segments[-1])) <= 1


def shape(text: str) -> float:
    """How much a text looks like a token: 0 for words and slugs, 1 for a UUID or a long hexadecimal number."""
    if not 5 <= len(text) <= 130 or not re.fullmatch(r"[^\W_][\w.~-]*", text):
        return 0.0
    if _UUID.fullmatch(text) or re.fullmatch(r"(?:[A-Z]{2}-)[0-9a-f-]{36}", text):
        return 1.0
    digits = sum(char.isdigit() for char in text)
    if re.fullmatch(r"[0-9a-fA-F]{12,}", text) and digits:
        return 0.95
    if _is_syllables(text):
        return 0.7
    if _WORDY.fullmatch(text) and digits <= 1:
        # A short link may hold no digit at all: capitals inside then tell it from a word.
        return 0.0 if not re.search(r"[a-z][A-Z]", text) else 0.6
    if digits and re.search(r"[^\W\d_]", text):
        return 0.8 if len(text) >= 6 else 0.4
    if re.search(r"[a-z][A-Z].*[a-z]|[A-Z]{2}[a-z]", text) or (text.isupper() and len(text) >= 7):
        return 0.6
    # Groups of digits; three of two and four digits are a date.
    if re.fullmatch(r"\d{4,}(?:[-.]\d{3,}){1,3}", text) and len(text) >= 9:
        return 0.7
    return 0.5 if text.isdigit() and len(text) >= 6 else 0.0


def _is_syllables(text: str) -> bool:
    """Whether a text is groups of letters of one length, made to be read aloud: "xemur-tolyk-vacip-hesog-nudef"."""
    groups = text.split("-")
    alike = len(groups) >= 4 and len({len(group) for group in groups}) == 1 and len(groups[0]) >= 4
    return alike and all(group.isalpha() and group.islower() for group in groups)


def _split(address: str) -> tuple[str, str, str, str] | None:
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
    except ValueError:
        return None
    host = parts.hostname or ""
    return (host, parts.path, parts.query, parts.fragment) if "." in host else None
