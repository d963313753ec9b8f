"""How surely a chosen value is right: from its lead over its rivals, and from how often and how well it was read."""

import math
import re

from extractors.candidates import Candidate
from extractors.choose import Ranked, same_place
from extractors.course_wording import TAIL_WORD
from extractors.finder import Found
from extractors.model import FieldName, Source
from extractors.plain import fold
from extractors.profile import Profile
from extractors.weights import Worth, weights, worth

_SURELY = 0.9985
_SETTLED, _NOTICED = 0.95, 0.01
# A title may well end on the word for its kind where that is so likely.
_TAIL = 0.05
# A holder is not believed where somebody else's name is that likely, nor a code where another number is.
_LIKELY_RIVAL = 0.3
# Less than what is accepted, however well all else was read.
_ONE_VOICE, _UNSEEN = 0.89, 0.89
# What is printed once is the holder's name or the course's, not both.
_ONE_OF_TWO = 0.5
# A label of a code without one beside it, a lone number that no label explains, words that tell to scan what was not
# decoded, a symbol or an address of verifying that no code was taken from.
_TOLD = ("hint_label", "hint_lone", "hint_scan", "hint_coded")
_WORDS: tuple[FieldName, ...] = ("holder_name", "course_name")
_ONE_OF_MANY: tuple[FieldName, ...] = ("holder_name", "validation_code")
# Signs that a title was cut, or swallowed what stands around it.
_CUTS = ("open_end", "open_start", "cut_in_style", "holds_phrase", "holds_end", "holds_amount", "holds_date")
_ANCHORS = ("intro", "did", "label", "profile", "completed", "issued", "verifies")
# Shapes that engines take for each other, both of two engines too: letters among digits (and the other way round), and
# words that mean something else with another of them.
_AMONG_DIGITS = re.compile(r"(?=\S*\d)\S*[O0Il1S5B8Z2]\S*")
# What stays doubtful in a code that the second engine read twice alike, once enlarged. Measured on drawn codes: of
# those in capitals some had a 0 for an O and none was wrong otherwise; of others I and l were confused too. Where it
# reads the weakest letter this surely, 429 of 429 codes in capitals were right, 203 of 205 others.
_STEADY_TWINS, _STEADY_TWINS_IN_CAPITALS = re.compile("[O0Il1]"), re.compile("0")
_CLEAR = 0.998
# A name that begins with a small l among others may begin with an I: both engines read "lyer" for "Iyer".
_SMALL_L = re.compile(r"(?<!\w)l(?!(?:a|e|as|es|os|o)(?!\w))[^\W\d_]")
_TWIN_WORDS = re.compile(r"(?<!\w)(?:A[lI]|[lI]T|[lI]oT|[lI]|[lI][lI]+)(?!\w)")


def confidence(name: FieldName, best: Ranked, found: Found) -> float:
    """The probability that a chosen value is right. A date with several readings is no surer than this one of them."""
    share = best.signs.get("share", 1.0)
    believed = belief(name, weights().trust[name], trust_signs(name, best, found))
    return believed if share >= _SETTLED else min(believed, share)


def belief(name: FieldName, table: Worth, signs: dict[str, float]) -> float:
    """The probability by `table`. Words that only one engine reads in pixels are never proven, however well they
    stand: the other one read something else there, or nothing. Nor are codes, where they hold letters with twins or
    where a label calls them the number of something else, or just a number; nor titles that end on a word by itself or
    may go on with "Training", nor names that begin with a small l, nor names and codes with a likely rival. A name with
    the title in it, or a title with the name, is as likely wrong as right.
    """
    believed = _logistic(worth(table, signs))
    numbered = name == "validation_code" and signs.get("plain_label") and not signs["coded"] and not signs["pattern"]
    likely_rival = name in _ONE_OF_MANY and signs.get("elsewhere", 0.0) >= _LIKELY_RIVAL and not signs["coded"]
    unheard = signs["single"] and (name in _WORDS or signs["glyphs"])
    doubts = (
        signs.get("odd_word"),
        signs.get("tail_cut"),
        signs.get("anothers"),
        signs.get("small_l"),
        numbered,
        likely_rival,
        unheard,
    )
    believed = min(believed, _ONE_VOICE) if any(doubts) else believed
    return min(believed, _ONE_OF_TWO) if signs.get("shared") else believed


def absence(name: FieldName, found: Found, profile: Profile | None) -> float:
    """The probability that the document shows no value where none was chosen."""
    return absence_belief(weights().absence[name], absence_signs(name, found, profile))


def absence_belief(table: Worth, signs: dict[str, float]) -> float:
    """The probability by `table`. Where the page tells of a code, or shows what may be one, that may be unseen."""
    believed = _logistic(worth(table, signs))
    told = any(signs.get(hint) for hint in _TOLD)
    return min(believed, _UNSEEN) if told and not signs["never"] else believed


def trust_signs(name: FieldName, best: Ranked, found: Found) -> dict[str, float]:
    """What speaks for and against a chosen value.

    `lead` is its probability among its rivals, in log-odds; `overlapping` that of the likeliest rival that is longer or
    shorter, `elsewhere` that of the likeliest other one, `none` that of absence. `contradicted`: something else was
    read at the same place. `lacking`: a reading holds a word right beside it that another lacks. `passed_over`: some
    phrase of the page introduces such a value, and not this one.
    """
    rivals = [one for one in found.ranked[name] if one.candidate.key != best.candidate.key]
    agree = best.signs.get("agree", 0.0)
    source = best.candidate.source
    pixels = best.sources == {Source.PIXELS}
    coded = source in (Source.QR, Source.LINK)
    anchored = max(best.signs.get(sign, 0.0) for sign in _ANCHORS)
    return {
        "lead": _log_odds(best.probability),
        "agree": agree,
        "coded": float(coded and bool(best.signs.get("verifies"))),
        "text": float(not agree and not pixels and not coded),
        "single": float(not agree and pixels),
        "ill_read": 1 - best.candidate.read if pixels else 0.0,
        "known": float(best.signs.get("profile", 0.0) >= 1),
        "pattern": best.signs.get("pattern", 0.0),
        "steady": best.signs.get("steady", 0.0),
        "glyphs": float(pixels and _has_doubtful_glyphs(name, best)),
        "anchored": anchored,
        "passed_over": float(anchored == 0 and name in found.told),
        "styled": max(best.signs.get("styled", 0.0), best.signs.get("quoted", 0.0)),
        "whole_block": best.signs.get("whole_block", 0.0),
        "cut": max(best.signs.get(sign, 0.0) for sign in _CUTS),
        "cut_at_line": best.signs.get("cut_at_line", 0.0),
        "plain_label": best.signs.get("plain_label", 0.0),
        "anothers": best.signs.get("anothers", 0.0),
        "odd_word": float(bool(best.signs.get("odd_word")) and not _stands_in_words_too(best)),
        "tail_cut": float(name == "course_name" and any(_goes_on_to_tail(one, best) for one in rivals)),
        "small_l": float(pixels and name == "holder_name" and _has_small_l(best.candidate.value)),
        "shared": float(
            name in _WORDS and any(_is_shared(best, found.best(other)) for other in _WORDS if other != name)
        ),
        "lacking": float(found.lacks_neighbour(best.candidate)),
        "overlapping": max((one.probability for one in rivals if _overlap(one, best)), default=0.0),
        "elsewhere": max((one.probability for one in rivals if not _overlap(one, best)), default=0.0),
        "contradicted": float(any(_contradicts(one, best) for one in rivals)),
        "none": 1 - sum(one.probability for one in (best, *rivals)),
    }


def absence_signs(name: FieldName, found: Found, profile: Profile | None) -> dict[str, float]:
    """What speaks for and against a field's not being shown."""
    return {
        "lead": _log_odds(1 - sum(one.probability for one in found.ranked[name])),
        **{f"hint_{hint}": 1.0 for hint in found.hints},
        "text_and_pixels": float(found.text_and_pixels),
        "read_twice": float(found.read_twice),
        "never": float(profile is not None and profile.code == "never"),
    }


def _has_doubtful_glyphs(name: FieldName, best: Ranked) -> bool:
    """Whether the value would look the same, to an engine, with other letters. Hexadecimal codes have no such twins."""
    value = best.candidate.value
    if name == "validation_code":
        hexadecimal = re.fullmatch(r"(?:[A-Z]{2,4}-)?[0-9a-fA-F-]+", value) is not None or value.isdigit()
        clear = best.candidate.second_look and best.candidate.read >= _CLEAR
        if not hexadecimal and clear and value.isupper():
            return False
        if not hexadecimal and (best.signs.get("steady") or clear):
            return (_STEADY_TWINS_IN_CAPITALS if value.isupper() else _STEADY_TWINS).search(value) is not None
        return not hexadecimal and _AMONG_DIGITS.fullmatch(value) is not None
    return name != "completed_on" and _TWIN_WORDS.search(value) is not None


def _goes_on_to_tail(one: Ranked, best: Ranked) -> bool:
    """Whether a rival is the title with one more word, which says what kind of thing it is: "… Training"."""
    longer, title = one.candidate.value, best.candidate.value
    more = longer[len(title) :].strip() if longer.startswith(f"{title} ") else ""
    return one.probability >= _TAIL and more[:1].isupper() and TAIL_WORD.fullmatch(fold(more)) is not None


def _stands_in_words_too(best: Ranked) -> bool:
    """Whether a title that stands by itself is named in a sentence of the page too, from its first word to its last."""
    return bool(best.signs.get("alone") and best.signs.get("inline") and best.signs.get("mentioned"))


def _has_small_l(name: str) -> bool:
    """Whether a word of a name begins with a small l while others begin with capitals."""
    return any(word[0].isupper() for word in name.split()) and _SMALL_L.search(name) is not None


def _is_shared(best: Ranked, other: Ranked | None) -> bool:
    """Whether the value chosen for another field is part of this one, or the other way round, at the same place."""
    if other is None or not _overlap(best, other):
        return False
    return best.candidate.page == other.candidate.page and same_place(best.candidate.box, other.candidate.box)


def _contradicts(one: Ranked, best: Ranked) -> bool:
    """Whether another source, or the other engine, read something else where the chosen value stands."""
    other, chosen = one.candidate, best.candidate
    other_voice = _voice(other) != _voice(chosen)
    return (
        other_voice
        and one.probability >= _NOTICED
        and other.page == chosen.page
        and same_place(other.box, chosen.box)
        and not _overlap(one, best)
    )


def _voice(one: Candidate) -> tuple[Source, bool, bool]:
    """Who read a value: the source, which engine, and whether at a closer look."""
    return one.source, one.second_look, bool(one.signs.get("closer"))


def _overlap(one: Ranked, other: Ranked) -> bool:
    return one.candidate.key in other.candidate.key or other.candidate.key in one.candidate.key


def _log_odds(probability: float) -> float:
    """Within ±6.5, so that no certainty of the ranking outweighs all else."""
    bounded = min(max(probability, 1 - _SURELY), _SURELY)
    return math.log(bounded / (1 - bounded))


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
