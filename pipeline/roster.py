"""Whose certificate is it: a printed name against the people of the ledger.

A match is only ever one of the ways in which the same name is really printed: other accents (ß and ss; ü, ue and u;
ı and i), another order of the parts, middle names left out or shortened to an initial, or a spelling that a person
stated as an alias. A near miss is a suggestion for the reviewer, never a match: two people may differ by one letter.
A shortened first name ("J. Smith") is a near miss as well, because it fits too many people.
"""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from pipeline.folding import unaccented, words
from pipeline.ledger.state import Holder

_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# More parts than any name has: beyond it, spellings are tried for the name as a whole and not part by part.
_MOST_PARTS = 6
_NEAR = 60.0
_MOST_NEAREST = 3

Parts = tuple[str, ...]


class How(StrEnum):
    """By which way a printed name was found to be a holder's, surest first."""

    ALIAS = "alias"
    EXACT = "exact"
    REORDERED = "reordered"
    MIDDLE_NAME_MISSING = "middle name missing"


@dataclass(frozen=True, slots=True)
class Match:
    """`holder` is set where exactly one person fits. `several` names those who fit where more than one does,
    `nearest` those who come near where nobody does. All are holder ids."""

    holder: str | None = None
    how: How | None = None
    several: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


class Roster:
    """The people of the ledger, indexed by name. Build it from `State.holders.values()`."""

    def __init__(self, holders: Iterable[Holder] = ()) -> None:
        self._names: dict[str, str] = {}
        self._spellings: dict[str, str] = {}
        self._aliases: defaultdict[str, set[str]] = defaultdict(set)
        self._exact: defaultdict[str, set[str]] = defaultdict(set)
        self._sorted: defaultdict[Parts, set[str]] = defaultdict(set)
        self._ends: defaultdict[tuple[str, str], set[tuple[str, Parts]]] = defaultdict(set)
        for holder in holders:
            self._add(holder)

    def _add(self, holder: Holder) -> None:
        self._names[holder.id] = holder.name
        for number, spelling in enumerate((holder.name, *holder.aliases)):
            self._spellings[f"{number} {holder.id}"] = " ".join(words(spelling))
        for alias in holder.aliases:
            for reading in readings(alias):
                self._aliases["".join(reading)].add(holder.id)
        for reading in readings(holder.name):
            self._exact["".join(reading)].add(holder.id)
            self._sorted[tuple(sorted(reading))].add(holder.id)
        for reading in readings(holder.name, whole_hyphens=True):
            if len(reading) > 1:
                self._ends[reading[0], reading[-1]].add((holder.id, reading[1:-1]))

    def __contains__(self, holder: object) -> bool:
        return holder in self._names

    def name(self, holder: str) -> str:
        """The recorded name of a holder id. Raises KeyError for an id that is not on the roster."""
        return self._names[holder]

    def match(self, printed: str) -> Match:
        """Find the person whom a printed name means; see Match for the three outcomes.

        Everybody who fits in any way counts, so that "John Smith" is not picked where "John Michael Smith" is on the
        roster too. Only an alias decides between the two: it is a person's own word for who is meant.
        """
        alias, exact, ordered, middle = self._found(printed)
        found = alias | exact | ordered if alias else exact | ordered | middle
        if not found:
            return Match(nearest=self._nearest(printed))
        if len(found) > 1:
            return Match(several=tuple(sorted(found)))
        holder = next(iter(found))
        ways = zip((How.ALIAS, How.EXACT, How.REORDERED), (alias, exact, ordered), strict=True)
        return Match(holder, next((how for how, who in ways if holder in who), How.MIDDLE_NAME_MISSING))

    def _found(self, printed: str) -> tuple[set[str], set[str], set[str], set[str]]:
        alias: set[str] = set()
        exact: set[str] = set()
        ordered: set[str] = set()
        middle: set[str] = set()
        for reading in readings(printed):
            alias |= self._aliases.get("".join(reading), set())
            exact |= self._exact.get("".join(reading), set())
            ordered |= self._sorted.get(tuple(sorted(reading)), set())
        for reading in readings(printed, whole_hyphens=True):
            candidates = self._ends.get((reading[0], reading[-1]), set())
            middle |= {holder for holder, theirs in candidates if _shortened(reading[1:-1], theirs)}
        return alias, exact, ordered, middle

    def _nearest(self, printed: str) -> tuple[str, ...]:
        query = " ".join(words(printed))
        hits = process.extract(
            query, self._spellings, scorer=fuzz.token_sort_ratio, limit=2 * _MOST_NEAREST, score_cutoff=_NEAR
        )
        holders = dict.fromkeys(key.partition(" ")[2] for _, _, key in hits)
        return tuple(holders)[:_MOST_NEAREST]


def readings(name: str, *, whole_hyphens: bool = False) -> frozenset[Parts]:
    """Every way to write the parts of a name in plain small letters, surname last where a comma says which it is.

    `whole_hyphens` keeps "Anne-Marie" one part, so that "Marie" is not taken for a middle name.
    """
    surname, comma, given = name.casefold().partition(",")
    text = _APOSTROPHES.sub("", f"{given} {surname}" if comma else surname)
    if whole_hyphens:
        text = re.sub(r"\s*[-\u2010-\u2015]\s*", "", text)
    written = [tuple(dict.fromkeys(_writings(part))) for part in text.split()]
    if sum(len(spellings) > 1 for spellings in written) > _MOST_PARTS:
        product: Iterable[Parts] = (tuple(w[0] for w in written), tuple(w[-1] for w in written))
    else:
        product = itertools.product(*written)
    flat = (tuple(word for part in parts for word in words(part)) for parts in product)
    return frozenset(parts for parts in flat if parts)


def _writings(part: str) -> tuple[str, str]:
    """A part without accents, and with the digraphs that some languages write for its accented letters."""
    if part.isascii():
        return part, part
    return unaccented(part), unaccented(unicodedata.normalize("NFC", part).translate(_DIGRAPHS))


def _shortened(one: Parts, other: Parts) -> bool:
    """Whether the shorter row of middle names is the other with names left out or cut down to an initial."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(any(_agree(name, candidate) for candidate in rest) for name in short)


def _agree(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])
