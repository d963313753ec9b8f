"""Days of the month and years written out in words ("the fifth day of March, two thousand twenty-one")."""
# ruff: noqa: E501 (tables of words read best unbroken)

import re
from itertools import groupby

# Folded; the first word of a table is 1. `-` stands for a hyphen, a blank or nothing.
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth "
    "twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first",
)
_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five twenty-six twenty-seven twenty-eight "
    "twenty-nine thirty thirty-one",
    "um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove "
    "vinte vinte-e-um vinte-e-dois vinte-e-tres vinte-e-quatro vinte-e-cinco vinte-e-seis vinte-e-sete vinte-e-oito "
    "vinte-e-nove trinta trinta-e-um",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho "
    "diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho "
    "veintinueve treinta treinta-y-uno",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf "
    "vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit vingt-neuf trente "
    "trente-et-un",
    "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette "
    "diciotto diciannove venti ventuno ventidue ventitre ventiquattro venticinque ventisei ventisette ventotto ventinove "
    "trenta trentuno",
)
_MORE = {
    "primeiro": 1,
    "primero": 1,
    "premier": 1,
    "primo": 1,
    "catorze": 14,
    "dezasseis": 16,
    "dezassete": 17,
    "dezanove": 19,
}


def _table(texts: tuple[str, ...]) -> dict[str, int]:
    return {word.replace("-", ""): place for text in texts for place, word in enumerate(text.split(), start=1)}


def _pattern(texts: tuple[str, ...], more: dict[str, int]) -> str:
    """The longest of the words that stands there, parted by their first letters."""
    words = {word for text in texts for word in text.split()} | set(more)
    by_letter = groupby(sorted(words, key=lambda word: (word[0], -len(word))), key=lambda word: word[0])
    return "|".join(f"{letter}(?:{'|'.join(map(_rest, group))})" for letter, group in by_letter)


def _rest(word: str) -> str:
    return word[1:].replace("-", r"[\s-]*")


_CARDINAL = _table(_CARDINALS)
_DAYS = _CARDINAL | _table(_ORDINALS) | _MORE
# English counts days by ordinals only: "may one 2021" is no date.
DAY_WORD = f"(?:{_pattern((*_ORDINALS, *_CARDINALS[1:]), _MORE)})"
YEAR_WORDS = (
    r"(?:two thousand|dois mil|dos mil|deux mille?|duemila)[\s,]*(?:(?:and|e|et)\s+)?"
    rf"(?:(?:{_pattern(_CARDINALS, {})})(?![^\W_]))?"
)


def day_number(words: str) -> int:
    """The day that folded `words` of DAY_WORD name."""
    return _DAYS[re.sub(r"[\s-]", "", words)]


def year_number(words: str) -> int:
    """The year that folded `words` of YEAR_WORDS name, from 2000 on."""
    rest = re.sub(r"^(?:two thousand|dois mil|dos mil|deux mille?|duemila)[\s,]*(?:(?:and|e|et)\s+)?", "", words)
    return 2000 + _CARDINAL.get(re.sub(r"[\s-]", "", rest), 0)
