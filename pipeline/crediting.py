"""What a believed activity may count for: zero or more claims, proposed from data and never derived from hours."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pipeline.folding import words


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """One activity counted for one program. `course` is the key by which repeats are judged, `basis` says in words
    where kind and credits come from. What is not `certain` is for a person to confirm.

    `credits` None means the value that the program gives the kind, or, where it gives none, that nobody knows yet.
    """

    program: str
    kind: str
    credits: Decimal | None
    course: str
    basis: str
    offer_ends_on: dt.date | None = None
    certain: bool = True


def course_key(title: str) -> str:
    """What makes two activities the same course: the words of the title, without case, accents and punctuation."""
    return " ".join(words(title))
