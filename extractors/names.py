"""How much a piece of text looks like the name of a person."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from functools import lru_cache

from extractors.plain import fold
from extractors.wording import DID, HEADING, NOT_NAME

# Small words inside names: "de Jesus dos Santos", "di Palma", "van der Berg", "bin Ali".
_PARTICLES = frozenset(
    "de da do dos das e i y del di della degli dal dalla van von der den ter ten zu af la lo li le los las el al bin binti ibn abu ben d' du st san santa na".split()  # noqa: SIM905
)
# A name that breaks off after one of these goes on in the next line.
_NEVER_LAST = frozenset("de da do dos das del della van von der den bin binti ibn abu pela pelo".split())  # noqa: SIM905
_TITLES = re.compile(
    r"^(?:(?:il|la|lo|el|o|a|le)\s+)?(?:(?:prof\.\s*)?dr\.\s*h\.\s?c\.\s*|(?:mr|mrs|ms|miss|dr|dra|drs|prof|profa|herr|frau|sr|sra|srta|mme|mlle|m|dott|dott\.ssa|dr\.ssa|ing|eng|enga|engo|arq|lic|lcda|lcdo|licda|licdo|abg|econ|mtro|mtra|don|dona|sig|sig\.ra|sig\.na|lt|sgt|capt|cpl|maj|col|rev|hon|mag|dipl\.-ing)\.\s+|(?:mr|mrs|ms|miss|dr|dra|prof|herr|frau|sra|srta|mme|mlle|dott\.ssa|dr\.ssa|prof\.ssa|sig\.ra|sig\.na|shri|smt|kum|signor|signora|senhor|senhora|senor|senora|monsieur|madame|deputy|officer|sergeant|captain|lieutenant)\s+)",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r"[\d@/\\:;!?=+*<>|{}\[\]%$€&_]|https?|www|\.(?:com|org|net)")
# A word that is a whole line: a day of the week or a month, which is a name only beside another ("June Carter").
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
        "segunda",
        "terca",
        "quarta",
        "quinta",
        "sexta",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "lunedi",
        "martedi",
        "mercoledi",
        "giovedi",
        "venerdi",
        "sabato",
        "domenica",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "pazartesi",
        "sali",
        "carsamba",
        "persembe",
        "cuma",
        "cumartesi",
        "pazar",
        "april",
        "may",
        "june",
        "august",
        "maio",
        "mayo",
        "juin",
        "mai",
    ]
)
_EDGES = " \t\n,;:.!-–—_•|*\"“”«»'‘’"
# Degrees and posts that follow a name after a comma.
_DEGREES = re.compile(
    r"(?:,\s*(?:ph\.?d|m\.?d|r\.?n|b\.?s\.?n|m\.?s\.?n|l\.?p\.?n|cpa|mba|m\.?sc|b\.?sc|m\.?a|ed\.?d|esq|dds|dvm|pmp|p\.?e|jd|ll\.?m|facp|obe|mbe|lcsw|n\.?p|pharm\.?d)\.?)+$",
    re.IGNORECASE,
)
# Endings of nouns and adjectives in -tion, -ity, -logy, which hardly any name has.
_ABSTRACT = re.compile(
    r"\w{4,}(?:ability|ibility|ology|ologia|ologie|ografia|ography|nomics|istics|metrics|ware|ization|isation|izacao|izacion|ational)|\w{5,}(?:less|ness|keit|heit|schaft)"
)
# What a company ends on, and no surname: Sá and Ag are some.
_COMPANY = re.compile(
    r"(?:S\.\s?A|S\.\s?L|S\.\s?[Rr]\.\s?[Ll]|[Ss]\.?[Pp]\.?[Aa]|S\.\s?A\.\s?[SU]|S\.\s?L\.\s?U|SRL|S[Rr][Ll]s|SLU|SAS|L\.?L\.?C|L\.?L\.?P|[Ll]t[dD]a?|LTDA?|Inc|INC|"
    r"g?GmbH|e\.\s?V|KG|B\.?V|N\.V|PLC|plc|Pty|Oy|A/S|A\.Ş|Sp\. z o\.? ?o|ООО|АНО|ЗАО|ОАО)\.?$"
)
_INITIAL = re.compile(r"[^\W\d_]\.?")


def trimmed(text: str) -> str:
    """A name without the punctuation and the form of address around it. A final initial keeps its dot."""
    bare = " ".join(text.split()).strip(_EDGES)
    bare = _DEGREES.sub("", _TITLES.sub("", bare)).strip(_EDGES)
    initial = re.search(r"\s[A-Z]$", bare) is not None and text.rstrip().endswith(f"{bare[-1]}.")
    return f"{bare}." if initial else bare


@lru_cache(maxsize=4096)
def likeness(text: str) -> float:
    """0 for what can be no name, up to 1 for what looks like one: words, capitals, length, no vocabulary of forms."""
    if not 2 <= len(text) <= 70 or (_FORBIDDEN.search(text) and not re.fullmatch(r"[^\d@:/]+ #+", text)):
        return 0.0
    if text.count("(") != text.count(")") or _COMPANY.search(text):
        return 0.0
    words = [word for word in text.replace(",", " ").split() if word.strip(".'’-")]
    if not 1 <= len(words) <= 8:
        return 0.0
    plain = [fold(word).strip(".,'-()") for word in words]
    carrying = [word for word in plain if word not in _PARTICLES]
    # "DeShawn A. Whitlock": a capital by itself is an initial, but "A" at the beginning is an article.
    spelt = [plain[0], *(one for one, word in zip(plain[1:], words[1:], strict=True) if not _is_initial(word))]
    if (
        not carrying
        or any(word in NOT_NAME for word in spelt if word not in _PARTICLES)
        or HEADING.fullmatch(folded := fold(text))
        or DID.match(folded)
    ):
        return 0.0
    if len(words) > 1 and plain[-1] in _NEVER_LAST and "," not in text:
        return 0.0
    if len(carrying) == 1 and (len(carrying[0]) < 3 or carrying[0] in _CALENDAR):
        return 0.0
    letters = sum(char.isalpha() for char in text)
    if letters < 0.66 * len(text.replace(" ", "")):
        return 0.0
    score = {1: 0.45, 2: 1.0, 3: 1.0, 4: 0.95, 5: 0.9, 6: 0.8}.get(len(words), 0.6)
    score *= 0.4 if any(_ABSTRACT.fullmatch(word) for word in carrying) else 1.0
    return score * _capitals(words) * _substance(carrying)


def _is_initial(word: str) -> bool:
    return word[:1].isupper() and _INITIAL.fullmatch(word) is not None


def is_surname(text: str) -> bool:
    """Whether what stands before a comma may be a family name that a given name follows: "Bennett, Maël J."."""
    words = [word for word in text.split() if fold(word).strip(".") not in _PARTICLES]
    return len(words) == 1 or (1 < len(words) <= 3 and text.isupper())


def _capitals(words: list[str]) -> float:
    """Names are set in capitals, with initial capitals, or (as typed by their holders) in small letters throughout."""
    cased = [word for word in words if fold(word).strip(".") not in _PARTICLES]
    initial = sum(word[0].isupper() or not word[0].isalpha() for word in cased)
    if initial == len(cased):
        return 1.0
    if not any(char.isupper() for word in words for char in word):
        return 0.75
    return 0.8 if initial else 0.5


def _substance(words: list[str]) -> float:
    """Debris of OCR consists of scraps without vowels."""
    whole = [word for word in words if len(word) > 2]
    if not whole:
        return 0.3
    vowels = sum(1 for word in whole if re.search(r"[aeiouyаеёиоуыэюя]", word) or not word.isascii())
    return 1.0 if vowels == len(whole) else 0.6
