"""When two certificates are one: the keys that identify a certificate, and the view of the ledger that is asked.

Codes alone are not an identity: some sites print the number of the course, the same for every learner and every
repeat. So a certificate is the same one when holder, code, course and completion day agree, or when the bytes do. Where
the profile says that the code is the course's number, the issuer must agree as well, and the code tells nothing else.
"""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pipeline.folding import fold, nearly_equal
from pipeline.ledger.events import ActivityFacts
from pipeline.ledger.state import Activity

_DASHES = re.compile("[\u2010-\u2015\u2212]")


@dataclass(frozen=True, slots=True)
class KnownActivity:
    """What the ledger says of one activity that is not voided, as far as duplicates are judged by it."""

    entry: int
    holder: str
    course: str
    completed_on: dt.date
    code: str | None = None
    code_unique: bool = True
    code_key: str | None = None
    sha256: str | None = None
    ordinal: int | None = None


class Seen(Protocol):
    """The ledger as the checks see it: three questions about activities that are not voided."""

    def of_document(self, sha256: str, ordinal: int) -> KnownActivity | None:
        """The activity that was recorded from this certificate of these bytes."""
        ...

    def of_code(self, code: str) -> tuple[KnownActivity, ...]:
        """Every holder's activities with this code, as `normal_code` writes it."""
        ...

    def of_day(self, holder: str, day: dt.date) -> tuple[KnownActivity, ...]:
        """A holder's activities completed on that day."""
        ...


class SeenActivities:
    """`Seen` over replayed activities, indexed so that a question does not depend on the ledger's length."""

    def __init__(self, activities: Iterable[Activity] = ()) -> None:
        self._documents: dict[tuple[str, int], KnownActivity] = {}
        self._codes: defaultdict[str, list[KnownActivity]] = defaultdict(list)
        self._days: defaultdict[tuple[str, dt.date], list[KnownActivity]] = defaultdict(list)
        for activity in activities:
            self.add(activity)

    def add(self, activity: Activity) -> None:
        """Let the next question know of one more activity. A voided one blocks nothing and is passed over."""
        if activity.voided:
            return
        facts, document = activity.facts, activity.document
        known = KnownActivity(
            entry=activity.entry,
            holder=activity.holder,
            course=facts.course_name,
            completed_on=facts.completed_on,
            code=facts.validation_code,
            code_unique=facts.code_unique,
            code_key=code_key_of(facts),
            sha256=document.sha256 if document else None,
            ordinal=document.ordinal if document else None,
        )
        if document:
            self._documents.setdefault((document.sha256, document.ordinal), known)
        if known.code and (code := normal_code(known.code)):
            self._codes[code].append(known)
        self._days[known.holder, known.completed_on].append(known)

    def of_document(self, sha256: str, ordinal: int) -> KnownActivity | None:
        return self._documents.get((sha256, ordinal))

    def of_code(self, code: str) -> tuple[KnownActivity, ...]:
        return tuple(self._codes.get(code, ()))

    def of_day(self, holder: str, day: dt.date) -> tuple[KnownActivity, ...]:
        return tuple(self._days.get((holder, day), ()))


def normal_code(code: str) -> str:
    """A code without spaces and with plain dashes. Case is kept where both cases occur: there it may carry meaning."""
    plain = _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", code).split()))
    one_case = plain == plain.upper() or plain == plain.lower()
    # Taking out spaces and folding case may leave a letter and its mark apart: put them together again.
    return unicodedata.normalize("NFC", plain.casefold() if one_case else plain)


def code_key(
    code: str | None, course: str, completed_on: dt.date, *, issuer: str | None = None, unique: bool = True
) -> str | None:
    """What identifies one holder's certificate by its code, `<code>:<day>:<course>`; None where no code is shown.

    The issuer's name is left out: a photograph and a file of one certificate may yield it differently, and code, day
    and course already say more. Only beside a code that is not `unique` (the course's number) it is needed.
    """
    normal = normal_code(code or "")
    if not normal:
        return None
    key = f"{normal}:{completed_on.isoformat()}:{fold(course)}"
    return key if unique else f"{key}:{fold(issuer or '')}"


def code_key_of(facts: ActivityFacts) -> str | None:
    """The code key of an activity."""
    return code_key(
        facts.validation_code, facts.course_name, facts.completed_on, issuer=facts.issuer, unique=facts.code_unique
    )


def may_be_same(known: KnownActivity, code: str | None, course: str) -> bool:
    """Whether an activity of the same holder and day may be this certificate: the course is nearly equal.

    Two parts of one series ("Part 1", "Part 2") are nearly equal too; they are told apart only where their numbers
    and their codes both differ, since either alone may be misread.
    """
    if not nearly_equal(known.course, course):
        return False
    numbers_differ = re.findall(r"\d+", known.course) != re.findall(r"\d+", course)
    codes_differ = bool(code and known.code) and normal_code(code or "") != normal_code(known.code or "")
    return not (numbers_differ and codes_differ)
