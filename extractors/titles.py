"""How much a piece of text looks like the title of a course."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from functools import lru_cache

from extractors.dates import readings
from extractors.labels import COURSE_LABEL, HOLDER_LABEL, OTHER_LABEL
from extractors.plain import fold, squash
from extractors.wording import HEADING, HOLDER_INTRO

_EDGES = " \t\n,;:-–—_•|*"
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’", "„": "“", "<": ">", "‹": "›", "❮": "❯", "{": "}"}
_TOPIC = re.compile(
    r"(?<![a-z])(?:introduc\w+|fundament\w+|foundation\w*|essential\w*|basics?|advanced|security|cybersecurity|network\w*|"
    r"program\w+|data|machine learning|develop\w+|engineer\w*|web|cloud|python|java\w*|sql|linux|design|management|"
    r"course|curso|cours|bootcamp|training|workshop|certified|associate|professional|analytics?|analysis|systems?|"
    r"business|marketing|software|agile|scrum|digital|intelligence|science|technolog\w+|administrat\w+|specialist|badge)(?![a-z])"
)
# What stands where a title stands and is none.
_NO_TITLE = re.compile(
    r"(?:all |the |an? |this |our |said |same |following |above(?:-| )?\w* |prescribed |required |entire |whole |written |oral |practical |final |closing |\d+ |one |two |three |four |five |six |seven |eight |nine |ten )*(?:coursework|courses?(?: of (?:study|instruction|training))?(?: and)?|training|trainings|program|programme|exam|examination|competition|online course|student|university|academy|"
    r"continuing (?:\w+ )?(?:education|development)|(?:associated |required )?(?:knowledge check|assessments?|tests?|quiz(?:zes)?)|with an? (?:score|grade|mark|result)\W.*|(?:cpe|ceu|pdu|ects)? ?credits?|[\d.,]+ (?:\w+ )?(?:hours?|credits?|courses?|horas?)|\w{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|successful|curso|cours|corso|kurs|egitim|szkolenie|formacao|formacion|formation)"
)
_SENTENCE = re.compile(
    r"(?<![a-z])(?:this|these|that|who|which|has|have|been|they|their|we|you|verify|verified|confirmed|identity|www|https?|"
    r"copyright|rights reserved|certificamos|certify|participation in this)(?![a-z])"
)


# "Al", "Ul/UX", "APl", "loT": an l that capitals surround.
_L_FOR_I = re.compile(
    r"(?<![^\W_])(?!El(?![^\W_])|Il(?![^\W_]))(?:[A-Z]+l[A-Z]*|l[A-Z]{1,5}|llo[A-Z]|lo[A-Z])(?![^\W_])"
)
_ROMANCE = re.compile(
    r"(?<![a-z])(?:el|los|las|del|y|en|con|para|por|il|lo|gli|di|della|dello|e|introduccion)(?![a-z])"
)


def trimmed(text: str) -> str:
    """A title without the punctuation and the quotation marks around it."""
    bare = " ".join(text.split()).strip(_EDGES)
    while len(bare) > 2 and _QUOTES.get(bare[0]) == bare[-1]:
        bare = bare[1:-1].strip(_EDGES)
    if bare[:1] in _QUOTES and bare.count(bare[0]) + bare.count(_QUOTES[bare[0]]) == 1:
        bare = bare[1:].strip(_EDGES)
    if bare and bare[-1] in '"”»' and bare.count(bare[-1]) == 1 and not any(mark in bare[:-1] for mark in '"“«'):
        bare = bare[:-1].strip(_EDGES)
    if bare.endswith(".") and not bare.endswith("..") and not re.search(r"\b(?:[A-Z]|inc|ltd|vol|pt)\.$", bare, re.I):
        bare = bare[:-1].strip(_EDGES)
    return bare


@lru_cache(maxsize=4096)
def likeness(text: str) -> float:
    """0 for what can be no title (headings, labels, dates, sentences), up to 1."""
    plain = fold(text)
    bare = squash(text)  # engines set blanks into words: "AW ARD of COM PLETION"
    letters = sum(char.isalpha() for char in text)
    if (
        (letters < 2 and not re.fullmatch(r"[A-Z](?:#|\+\+)", text))
        or len(text) > 200
        or letters < 0.5 * len(text.replace(" ", ""))
    ):
        return 0.0
    if (
        _NO_TITLE.fullmatch(plain)
        or (len(bare) > 4 and (_NO_TITLE.fullmatch(bare) or HEADING.fullmatch(bare)))
        or HEADING.fullmatch(plain)
        or OTHER_LABEL.fullmatch(plain.rstrip(" :.#"))
        or HOLDER_INTRO.fullmatch(plain)
        or HOLDER_LABEL.fullmatch(plain)
        or COURSE_LABEL.fullmatch(plain)
    ):
        return 0.0
    if any(date.end - date.start > 0.6 * len(text) for date in readings(text)) or re.search(
        r"https?:|www\.|\w\.com/", plain
    ):
        return 0.0
    label = re.match(r"[^:]{3,30}:\s", text)
    if label and (_is_dated(text[label.end() :]) or re.search(r":\s*\S*\d\S*$", text)):
        return 0.0
    score = 0.7 if len(text) >= 4 else 0.35
    if _TOPIC.search(plain):
        score += 0.2
    if len(text.split()) > 1:
        score += 0.1
    if _SENTENCE.search(plain):
        score -= 0.45
    if len(text.split()) > 16:
        score -= 0.2
    if text[:1].islower():
        score -= 0.2
    return max(score, 0.05)


def _is_dated(text: str) -> bool:
    """Whether a text holds a date: a year by itself only where nothing else stands there."""
    return any(date.readings[0].precision != "year" or len(date.raw) > 0.5 * len(text) for date in readings(text))


def mended(title: str) -> str:
    """A title read from pixels with every l that stands among capitals as the I that it was printed as ("Power Bl").

    Where the text is of a language in which such a word is common ("Al", "El", "Il") it stays as it was read.
    """
    if _ROMANCE.search(fold(title)):
        return title
    return _L_FOR_I.sub(lambda match: match.group().replace("l", "I"), title)
