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
from typing import Protocol, Self

from extractors import addresses
from extractors.model import Extraction
from pipeline.folding import fold, nearly_equal
from pipeline.ledger.events import ActivityFacts
from pipeline.ledger.state import Activity

# A token in an address that looks less like one may be the number of a course.
_NAMES_ONE = 0.8
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
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A certificate that is not recorded yet: in the review of that `number`, or in the same document (None).

    `name` and `course` are the printed ones, `day` is None where no full date was read. `code` is written as
    `normal_code` does, `link` as `link_key`; both are None where they are the course's.
    """

    number: int | None
    sha256: str
    ordinal: int
    name: str
    course: str
    day: dt.date | None
    code: str | None
    link: str | None

    @classmethod
    def of(cls, extraction: Extraction, sha256: str, number: int | None = None) -> Self:
        fields, unique = extraction.fields, extraction.expects.code_unique
        return cls(
            number=number,
            sha256=sha256,
            ordinal=extraction.ordinal,
            name=fields.holder_name.value or "",
            course=fields.course_name.value or "",
            day=_day(fields.completed_on.value),
            code=(normal_code(fields.validation_code.value or "") or None) if unique else None,
            link=link_key(fields.verify_url.value) if unique else None,
        )


def _day(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value or "")
    except ValueError:  # nothing, a month, or what only a reader gone wrong would say
        return None


class Seen(Protocol):
    """The ledger as the checks see it: questions about activities that are not voided, and about what waits."""

    def of_document(self, sha256: str, ordinal: int) -> KnownActivity | None:
        """The activity that was recorded from this certificate of these bytes."""
        ...

    def of_code(self, code: str) -> tuple[KnownActivity, ...]:
        """Every holder's activities with this code, as `normal_code` writes it."""
        ...

    def of_link(self, link: str) -> tuple[KnownActivity, ...]:
        """Every holder's activities with this link, as `link_key` writes it."""
        ...

    def of_day(self, holder: str, day: dt.date) -> tuple[KnownActivity, ...]:
        """A holder's activities completed on that day."""
        ...

    def waiting_with(self, code: str | None, link: str | None) -> tuple[Waiting, ...]:
        """What waits with this code or this link."""
        ...

    def waiting_of(self, day: dt.date) -> tuple[Waiting, ...]:
        """What waits and was completed on that day."""
        ...


class SeenActivities:
    """`Seen` over replayed activities, indexed so that a question does not depend on the ledger's length."""

    def __init__(self, activities: Iterable[Activity] = ()) -> None:
        self._documents: dict[tuple[str, int], KnownActivity] = {}
        self._codes: defaultdict[str, list[KnownActivity]] = defaultdict(list)
        self._links: defaultdict[str, list[KnownActivity]] = defaultdict(list)
        self._days: defaultdict[tuple[str, dt.date], list[KnownActivity]] = defaultdict(list)
        self._waiting: defaultdict[tuple[str, str], list[Waiting]] = defaultdict(list)
        self._waiting_days: defaultdict[dt.date, list[Waiting]] = defaultdict(list)
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
            link=link_key(facts.verify_url),
        )
        if document:
            self._documents.setdefault((document.sha256, document.ordinal), known)
        if known.code and (code := normal_code(known.code)):
            self._codes[code].append(known)
        if known.link:
            self._links[known.link].append(known)
        self._days[known.holder, known.completed_on].append(known)

    def of_document(self, sha256: str, ordinal: int) -> KnownActivity | None:
        return self._documents.get((sha256, ordinal))

    def of_code(self, code: str) -> tuple[KnownActivity, ...]:
        return tuple(self._codes.get(code, ()))

    def of_link(self, link: str) -> tuple[KnownActivity, ...]:
        return tuple(self._links.get(link, ()))

    def of_day(self, holder: str, day: dt.date) -> tuple[KnownActivity, ...]:
        return tuple(self._days.get((holder, day), ()))

    def let_wait(self, waiting: Iterable[Waiting]) -> None:
        """Say what waits now, in place of what did."""
        self._waiting.clear()
        self._waiting_days.clear()
        for one in waiting:
            if one.day:
                self._waiting_days[one.day].append(one)
            for key in (("code", one.code), ("link", one.link)):
                if key[1]:
                    self._waiting[key[0], key[1]].append(one)

    def waiting_with(self, code: str | None, link: str | None) -> tuple[Waiting, ...]:
        found = [*self._waiting.get(("code", code or ""), ()), *self._waiting.get(("link", link or ""), ())]
        return tuple(dict.fromkeys(found))

    def waiting_of(self, day: dt.date) -> tuple[Waiting, ...]:
        return tuple(self._waiting_days.get(day, ()))


def normal_code(code: str) -> str:
    """A code without spaces and with plain dashes. Case is kept where both cases occur: there it may carry meaning."""
    plain = _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", code).split()))
    one_case = plain == plain.upper() or plain == plain.lower()
    # Taking out spaces and folding case may leave a letter and its mark apart: put them together again.
    return unicodedata.normalize("NFC", plain.casefold() if one_case else plain)


def link_key(address: str | None) -> str | None:
    """A verification link that names one certificate, written so that two are equal where they lead to one page; None
    for any other address, such as a page where codes are typed in."""
    if not address or not addresses.verifies(address):
        return None
    token = next(iter(addresses.tokens(address)), None)
    if token is None or token.strength < _NAMES_ONE:
        return None
    host, _, rest = address.partition("://")[2 if "://" in address else 0].partition("/")
    return f"{host.casefold().removeprefix('www.')}/{rest.rstrip('/')}"


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


def may_be_same(known: KnownActivity | Waiting, code: str | None, course: str) -> bool:
    """Whether an activity of the same holder and day, recorded or waiting, may be this certificate: the course is
    nearly equal.

    Two parts of one series ("Part 1", "Part 2") are nearly equal too; they are told apart only where their numbers
    and their codes both differ, since either alone may be misread.
    """
    if not nearly_equal(known.course, course):
        return False
    numbers_differ = re.findall(r"\d+", known.course) != re.findall(r"\d+", course)
    codes_differ = bool(code and known.code) and normal_code(code or "") != normal_code(known.code or "")
    return not (numbers_differ and codes_differ)
