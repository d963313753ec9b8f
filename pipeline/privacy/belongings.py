"""What of everything recorded belongs to one person: their entries, documents and reviews, and how they are written.

Pure: it is given what the ledger and its working tables say. Whose a waiting certificate is, is asked as intake asks
it; where that is not sure, it is left and named, so that nothing of somebody else's is destroyed by a guess.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.folding import fold
from pipeline.ledger.events import ActivityCorrected, ActivityRecorded, AnyEvent, HolderRecorded, ReviewDecided
from pipeline.ledger.state import Entry, State, replay
from pipeline.ledger.work import DocumentRow, ReviewRow
from pipeline.privacy.mentions import Mentions
from pipeline.review.doubts import folder_of
from pipeline.roster import Roster

NOT_SURE = ""
"""The owner of what may be anybody's."""


@dataclass(slots=True)
class Chain:
    """The readable entries, by what forgetting asks of them: who each is about, and who decided which review."""

    state: State
    about: dict[int, str] = field(default_factory=dict)
    events: dict[str, list[AnyEvent]] = field(default_factory=lambda: defaultdict(list))
    decided: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Chain":
        kept = [entry for entry in entries if entry.event is not None]
        chain = cls(replay(kept))
        for entry in kept:
            if entry.event is None:
                continue
            chain.about[entry.seq] = entry.subject
            chain.events[entry.subject].append(entry.event)
            if isinstance(entry.event, ReviewDecided):
                chain.decided[entry.event.review] = entry.subject
        return chain


@dataclass(frozen=True, slots=True)
class Unsure:
    """A review that is left, and why it may be this person's all the same."""

    review: ReviewRow
    why: str


@dataclass(frozen=True, slots=True)
class Belongings:
    """`subjects` are the ids whose keys go; `contents` the SHA-256 of files that show nobody else, `shared` of those
    that do, each with the other people's ids. `names` are all spellings; `names_in` finds those in a text, `signs_in`
    also finds codes and titles that only this person has."""

    holder: str
    name: str
    subjects: frozenset[str]
    entries: frozenset[int]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    contents: frozenset[str]
    shared: Mapping[str, frozenset[str]]
    documents: tuple[DocumentRow, ...]
    reviews: tuple[ReviewRow, ...]
    unsure: tuple[Unsure, ...]
    names_in: Mentions
    signs_in: Mentions
    written_of_others: int


def belongings_of(
    holder: str,
    chain: Chain,
    documents: Sequence[DocumentRow],
    reviews: Sequence[ReviewRow],
    also: Collection[int] = (),
) -> Belongings:
    """Everything of a holder (an id). `also` are numbers of reviews that are theirs because a person says so."""
    owners = _owners(holder, chain, reviews, frozenset(also))
    mine = tuple(row for row in reviews if owners[row.number][0] == holder)
    contents = _contents(chain, documents, reviews, owners)
    only = frozenset(sha256 for sha256, whose in contents.items() if whose == {holder})
    subjects = {holder} | {
        subject
        for row in mine
        if (subject := chain.decided.get(row.number)) is not None and subject not in chain.state.holders
    }
    names = _names(holder, chain, mine)
    codes, courses = _signs(holder, chain, mine, reviews)
    return Belongings(
        holder=holder,
        name=chain.state.holders[holder].name,
        subjects=frozenset(subjects),
        entries=frozenset(seq for seq, subject in chain.about.items() if subject in subjects),
        names=names,
        codes=codes,
        contents=only,
        shared={sha: frozenset(who - {holder}) for sha, who in contents.items() if holder in who and sha not in only},
        documents=tuple(row for row in documents if _content_key(row) in only),
        reviews=mine,
        unsure=tuple(Unsure(row, why) for row in reviews if (why := owners[row.number][1])),
        names_in=Mentions(names),
        signs_in=Mentions(names, (*codes, *courses)),
        written_of_others=_written_of_others(holder, chain, names),
    )


def _content_key(row: DocumentRow) -> str:
    """What rows of one content share; a file that was never read whole is like no other."""
    return row.sha256 or f"document {row.id}"


def _owners(
    holder: str, chain: Chain, reviews: Sequence[ReviewRow], also: frozenset[int]
) -> dict[int, tuple[str | None, str]]:
    """Whose each review is (None: nobody's that is known), and why it may be `holder`'s where that is not sure."""
    roster = Roster(chain.state.holders.values())
    known = Mentions(_names(holder, chain, ()))
    return {row.number: _owner(holder, row, chain, roster, known, also) for row in reviews}


def _owner(  # noqa: PLR0917 - one step of `_owners`, with all that it has at hand
    holder: str, row: ReviewRow, chain: Chain, roster: Roster, known: Mentions, also: frozenset[int]
) -> tuple[str | None, str]:
    if row.number in also:
        return holder, ""
    decided = chain.decided.get(row.number)
    if decided in chain.state.holders:
        return decided, ""
    evidence = row.certificate.extraction.fields.holder_name
    match = roster.match(evidence.value or "")
    if match.holder is not None:
        return match.holder, ""
    if holder in match.several:
        return NOT_SURE, f"“{evidence.value}” may be this person or somebody else"
    if holder in match.nearest:
        return NOT_SURE, f"“{evidence.value}” comes near the name"
    if any(roster.match(rival.value).holder == holder for rival in evidence.rivals):
        return NOT_SURE, "the name may be read this way too"
    if known.in_text(row.certificate.extraction.model_dump_json()):
        return NOT_SURE, "the name stands on it"
    if known.in_text(folder_of(row) or "") or known.in_text(row.certificate.name):
        return NOT_SURE, "its file or folder has the name"
    return None, ""


def _contents(
    chain: Chain,
    documents: Sequence[DocumentRow],
    reviews: Sequence[ReviewRow],
    owners: Mapping[int, tuple[str | None, str]],
) -> dict[str, set[str]]:
    """Who is on each file, by its content: by the entries and reviews that came of it or that it repeats."""
    whose: defaultdict[str, set[str]] = defaultdict(set)
    for row in documents:
        whose[_content_key(row)] |= {chain.about[entry] for entry in row.entries if entry in chain.about}
    for review in reviews:
        owner = owners[review.number][0]
        whose[review.certificate.sha256].add(NOT_SURE if owner is None else owner)
    for subject, events in chain.events.items():
        for event in events:
            document = event.document if isinstance(event, ActivityRecorded | ReviewDecided) else None
            if document is not None and subject in chain.state.holders:
                whose[document.sha256].add(subject)
    return dict(whose)


def _names(holder: str, chain: Chain, reviews: Iterable[ReviewRow]) -> tuple[str, ...]:
    """Every spelling: names and aliases of today and before, and what was read on the person's own certificates, where
    it is not what somebody else is called."""
    events, roster = chain.events[holder], Roster(chain.state.holders.values())
    stated = [name for event in events if isinstance(event, HolderRecorded) for name in (event.name, *event.aliases)]
    printed = [row.certificate.extraction.fields.holder_name.value or "" for row in reviews]
    own = [name for name in printed if not {roster.match(name).holder, *roster.match(name).several} - {holder, None}]
    return tuple(dict.fromkeys(name for name in (*stated, *own) if name))


def _signs(
    holder: str, chain: Chain, mine: Sequence[ReviewRow], reviews: Sequence[ReviewRow]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes and the titles of several words that this person has and nobody else."""
    codes, courses = _stated(chain.events[holder], mine)
    elsewhere = [event for subject, events in chain.events.items() if subject != holder for event in events]
    theirs = _stated(elsewhere, [row for row in reviews if row not in mine])
    others = {fold(text) for texts in theirs for text in texts}
    own = [tuple(sorted(text for text in texts if fold(text) not in others)) for texts in (codes, courses)]
    return own[0], tuple(course for course in own[1] if len(course.split()) > 1)


def _stated(events: Iterable[AnyEvent], reviews: Iterable[ReviewRow]) -> tuple[set[str], set[str]]:
    codes: set[str | None] = set()
    courses: set[str | None] = set()
    for event in events:
        facts = (
            (event.facts,)
            if isinstance(event, ActivityRecorded)
            else (event.before, event.after)
            if isinstance(event, ActivityCorrected)
            else ()
        )
        codes |= {one.validation_code for one in facts}
        courses |= {one.course_name for one in facts}
    for row in reviews:
        fields = row.certificate.extraction.fields
        codes.add(fields.validation_code.value)
        courses.add(fields.course_name.value)
    return {code for code in codes if code}, {course for course in courses if course}


def _written_of_others(holder: str, chain: Chain, names: Iterable[str]) -> int:
    """How many entries about others this person wrote or reviewed: their name stands in them, sealed under keys that
    stay."""
    spellings = {fold(name) for name in names}
    signed = (
        event.reviewer if isinstance(event, ReviewDecided) else event.by
        for subject, events in chain.events.items()
        if subject != holder
        for event in events
    )
    return sum(fold(by) in spellings for by in signed)
