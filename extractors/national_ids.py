"""Numbers by which a state knows a person (CPF, DNI, TC kimlik, passports…), found in a text so that they can be left
out. Pure.

Nobody needs them to know what a certificate renews. A number is one where its label says so, or where its form and its
check digits do: https://www.gov.br/receitafederal (CPF), https://www.interior.gob.es (DNI, NIE),
https://www.nvi.gov.tr (TC kimlik no).
"""
# ruff: noqa: E501 (tables of labels read best unbroken)

import re
from collections.abc import Callable, Iterator

from extractors.plain import fold

WITHHELD = "[id withheld]"
Span = tuple[int, int]

# Folded. What stands beside a number that is a person's own; numbers of companies and of certificates are none.
_LABEL = re.compile(
    r"(?<![^\W_])(?:"
    r"cpf(?:/mf)?|r\.?g\.?|registro geral|(?:carteira|cedula|bilhete|cartao|documento|doc\.?|tarjeta|carta) (?:nacional )?(?:de |d')?(?:identidade?|identita|identificacion|ciudadan[oi]a?|cidadao|extranjeria)|"
    r"documento nacional(?: de identidade?)?|identidade|identidad|cedula|c\.c\.|c\.i\.|d\.?n\.?i\.?|n\.?i\.?e\.?|n\.?i\.?f\.?|rut|r\.u\.t\.|cuil|curp|rfc|"
    r"identificad[oa] con(?: (?:el|la))?(?: (?:documento|doc\.?|numero|cc|ci))?|"
    r"t\.? ?c\.?(?: kimlik)?(?: no| numarasi)|t\.? ?c\.? kimlik|kimlik (?:no|numarasi)|pasaport(?:e| no)?|"
    r"ssn|social security(?: number| no\.?)?|national id(?:entification|entity)?(?: card)?|identity card|id card|aadhaa?r|"
    r"passports?|passaporte|passeport|reisepass|passnummer|passaport|personalausweis(?:nummer)?|ausweisnummer|codice fiscale|cod\. fisc\.|pesel|bsn|burgerservicenummer|"
    r"паспорт|снилс|инн"
    r")(?![^\W_])"
)
# What may stand between the label and its number.
_BETWEEN = re.compile(
    r"(?:[^\w\n]|\n(?!\n)|_|\b(?:sob|o|numero|number|num|nummer|numarasi|no|nr|n|de|del|la|el|con|with|holder|holding|card|id|serie|seria|серия|номер)\b){0,12}"
)
_NUMBER = re.compile(r"(?:[a-z]{1,4}-?)?\d(?:[.\-/]?\d)*(?:[.\-/]?[a-z])?(?![^\W_])")
_LETTERED = re.compile(
    r"[a-z]{4}\d{6}[hmx][a-z]{5}[a-z\d]\d|[a-z]{6}\d\d[abcdehlmprst]\d\d[a-z]\d{3}[a-z]|[a-z&]{3,4}\d{6}[a-z\d]{3}|"
    r"\d{4} ?[n№]? ?\d{6}(?!\d)"  # a Russian passport: series and number
)
_LEAST_DIGITS, _DIGIT = 5, re.compile(r"\d")

_CPF = re.compile(r"(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d\d(?![\w-])")
# CURP and codice fiscale: no other number has such a form.
_TELLING = re.compile(
    r"(?<![^\W_])(?:[a-z]{4}\d{6}[hmx][a-z]{5}[a-z\d]\d|[a-z]{6}\d\d[abcdehlmprst]\d\d[a-z]\d{3}[a-z])(?![^\W_])"
)
_TC = re.compile(r"(?<![^\W_])t\.? ?c\.?[^\w\n]{0,3}\d{11}(?![^\W_])")
_ELEVEN = re.compile(r"(?<![\w.-])\d{11}(?![\w-])")
_SPANISH = re.compile(r"(?<![\w.-])(?:\d{8}|\d{2}\.\d{3}\.\d{3}|[xyz]-?\d{7})[ -]?[a-z](?![\w-])")


def spans(text: str, *, prose: bool = False) -> tuple[Span, ...]:
    """Where the numbers stand, in order, none twice. In `prose`, where no code of a certificate is expected, a number
    without a label counts as well if its check digits are right: by chance one in a hundred would be."""
    folded = fold(text)
    if not _DIGIT.search(folded):
        return ()
    found = set(_labelled(folded)) | set(_checked(folded, _CPF, is_cpf)) | set(_checked(folded, _TELLING, _always))
    found |= set(_checked(folded, _TC, is_tc))
    if prose:
        found |= set(_checked(folded, _ELEVEN, _is_of_eleven)) | set(_checked(folded, _SPANISH, is_spanish))
    kept: list[Span] = []
    for start, end in sorted(found):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def masked(text: str, *, prose: bool = False, instead: str = WITHHELD) -> str:
    """The text with `instead` in place of every such number."""
    for start, end in reversed(spans(text, prose=prose)):
        text = text[:start] + instead + text[end:]
    return text


def _labelled(folded: str) -> Iterator[Span]:
    for label in _LABEL.finditer(folded):
        between = _BETWEEN.match(folded, label.end())
        start = between.end() if between else label.end()
        number = _LETTERED.match(folded, start) or _NUMBER.match(folded, start)
        if number and sum(char.isdigit() for char in number.group()) >= _LEAST_DIGITS:
            yield number.span()


def _checked(folded: str, form: re.Pattern[str], is_one: Callable[[str], bool]) -> Iterator[Span]:
    return (match.span() for match in form.finditer(folded) if is_one(match.group()))


def is_cpf(text: str) -> bool:
    """Whether the two check digits (modulo 11) of a Brazilian CPF are right."""
    digits = [int(char) for char in text if char.isdigit()]
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    return all(
        digits[n] == sum((n + 1 - place) * digit for place, digit in enumerate(digits[:n])) * 10 % 11 % 10
        for n in (9, 10)
    )


def is_tc(text: str) -> bool:
    """Whether the two check digits of a Turkish identity number are right."""
    digits = [int(char) for char in text if char.isdigit()]
    if len(digits) != 11 or digits[0] == 0:
        return False
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return (digits[9], digits[10]) == (tenth, sum(digits[:10]) % 10)


def is_spanish(text: str) -> bool:
    """Whether the letter of a Spanish DNI or NIE fits its number."""
    plain = "".join(char for char in text.upper() if char.isalnum())
    number = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return len(plain) == 9 and number.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == plain[-1]


def _is_of_eleven(text: str) -> bool:
    return is_cpf(text) or is_tc(text)


def _always(_: str) -> bool:
    return True
