"""The one evaluation: facts, programs and two clocks in, verdicts out. Pure, total, and blind to the order of rows.

The order of steps is fixed: status gate -> eligibility per holding (held on the day, cycle, offer, submission, entry)
-> value -> repeats -> caps (the earliest count) -> paths (any one whole path; its day is that of its last part) ->
anchor -> new dates -> cascade -> again until nothing changes -> status, what is missing, flags.

"Again until nothing changes" is done by walking through the days once, oldest first: whether an item counts depends
only on the days up to its own, and a renewal changes only what is dated after it. So the first day on which a path is
met is the earliest renewal, and a second renewal is met later on the same walk.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

from rules.cycle import Track
from rules.model import Balance, ClaimStatus, Exam, Holding, Item, Verdict
from rules.program import Program
from rules.refusal import Cause, Refusal, exam_name, made
from rules.verdicts import Facts, verdict, verdict_not_held
from rules.version import Level, Path, Version

Event = tuple[dt.date, int, str, Item | Exam | tuple[str, Item] | None]


class EvaluationError(ValueError):
    """A holding names a program or a level that the given programs do not have."""


def evaluate(  # noqa: PLR0917 - every caller names the same seven, in this order
    items: Iterable[Item],
    exams: Iterable[Exam],
    holdings: Iterable[Holding],
    programs: Mapping[str, Program],
    as_of: dt.date,
    known_at: dt.date,
    balances: Iterable[Balance] = (),
) -> tuple[Verdict, ...]:
    """One verdict for each holding, ordered by program, level (highest first) and name.

    Nothing recorded after `known_at` and nothing dated after `as_of` matters; a holding recorded later counts as not
    yet held. Item ids are unique within a program. Numbers are sums of lines: `counted` are the items of the cycle that
    runs on `as_of` (after expiry: of the last one), each after repeats and caps, and what a path lacks is its number
    less their sum. Items that an earlier renewal used are `outside_cycle`, what it did not need is `surplus`; every
    item of the program is in exactly one list. A portal's balance is counted as an item `balance:<day>` worth what it
    says beyond the earned items counted up to that day; it is in no list once its cycle is closed.

    Raises EvaluationError for a program or level that is not in `programs`. The clauses and their sources
    are in each program's file.
    """
    items, exams, balances = tuple(items), tuple(exams), tuple(balances)
    verdicts: list[Verdict] = []
    for name, group in groupby(sorted(holdings, key=attrgetter("program", "name", "earned_on")), attrgetter("program")):
        program = programs.get(name)
        if program is None:
            raise EvaluationError(f'there is no program "{name}"; known: {", ".join(sorted(programs))}')
        facts = _facts(program, items, exams, balances, as_of=as_of, known_at=known_at)
        verdicts += _verdicts(tuple(group), facts)
    return tuple(verdicts)


def _facts(
    program: Program,
    items: Iterable[Item],
    exams: Iterable[Exam],
    balances: Iterable[Balance],
    *,
    as_of: dt.date,
    known_at: dt.date,
) -> Facts:
    """The facts of one program behind the two clocks and the status gate."""
    name = program.id
    earned: list[Item] = []
    waiting: list[Item] = []
    gated: list[Refusal] = []
    for item in sorted((item for item in items if item.program == name), key=attrgetter("completed_on", "id")):
        refusal = _gate(item, as_of, known_at)
        if refusal is None:
            earned.append(item)
            continue
        gated.append(refusal)
        if refusal.cause is Cause.STATUS and item.status.waits:
            waiting.append(item)
    return Facts(
        program=program,
        as_of=as_of,
        known_at=known_at,
        earned=tuple(earned),
        waiting=tuple(waiting),
        gated=tuple(gated),
        exams=tuple(e for e in exams if e.program == name and e.passed_on <= as_of and e.recorded_on <= known_at),
        balances=_stated(
            b for b in balances if b.program == name and b.stated_on <= as_of and b.recorded_on <= known_at
        ),
    )


def _gate(item: Item, as_of: dt.date, known_at: dt.date) -> Refusal | None:
    """What keeps an item from counting anywhere: the clock of knowledge, the clock of the world, its status."""
    if item.recorded_on > known_at:
        return Refusal(item, Cause.NOT_ON_RECORD, known_at)
    if item.completed_on > as_of:
        return Refusal(item, Cause.IN_THE_FUTURE, as_of)
    if item.submitted_on is not None and item.submitted_on < item.completed_on:
        return Refusal(item, Cause.ENTERED_BEFORE, item.submitted_on)
    return None if item.status is ClaimStatus.EARNED else Refusal(item, Cause.STATUS)


def _stated(balances: Iterable[Balance]) -> tuple[tuple[str, Item], ...]:
    """Each holding's balance of each day as an item; of several on one day the one recorded last."""
    last: dict[tuple[str, dt.date], Balance] = {}
    for balance in sorted(balances, key=attrgetter("recorded_on", "credits")):
        last[balance.holding, balance.stated_on] = balance
    return tuple(
        (holding, made(f"balance:{day.isoformat()}", "balance", day, balance.credits))
        for (holding, day), balance in last.items()
    )


def _walk(holdings: Sequence[Holding], items: Iterable[Item], facts: Facts) -> list[Track]:
    """Every holding's track through the days up to the day asked about."""
    program = facts.program
    tracks = [_start(holding, program) for holding in holdings]
    events: list[Event] = [(item.completed_on, 0, item.id, item) for item in items]
    events += [(exam.passed_on, 1, exam_name(exam), exam) for exam in facts.exams]
    events += [(stated[1].completed_on, 2, "", stated) for stated in facts.balances]
    events += [(version.begins, 3, "", None) for version in program.versions[1:] if version.begins <= facts.as_of]
    events.sort(key=itemgetter(0, 1, 2))
    for day, happening in groupby(events, key=itemgetter(0)):
        version = program.version_on(day)
        _lapse(tracks, day, version)
        for _, _, _, event in happening:
            _feed(tracks, event, version)
        if any(track.changed for track in tracks):
            _renew(tracks, day, version, program)
    _lapse(tracks, facts.as_of, facts.version)
    return tracks


def _lapse(tracks: Sequence[Track], day: dt.date, version: Version) -> None:
    """Lose the credits whose life is over, in cycles that still run."""
    if version.credit_life is not None:
        for track in tracks:
            track.lapse(min(day, version.last_of(track.expires_on)), version)


def _start(holding: Holding, program: Program) -> Track:
    level = program.level_on(holding.level, holding.earned_on)
    if level is None:
        known = ", ".join(program.levels())
        raise EvaluationError(
            f'"{holding.name}": program "{program.id}" has no level "{holding.level}"; known: {known}'
        )
    return Track.start(holding, level, program)


def _feed(tracks: Sequence[Track], event: Item | Exam | tuple[str, Item] | None, version: Version) -> None:
    if isinstance(event, Item):
        for track in tracks:
            track.take(event, version)
    elif isinstance(event, Exam):
        for track in tracks:
            track.take_exam(event, version)
    elif isinstance(event, tuple):
        for track in tracks:
            if track.holding.name == event[0]:
                track.take_balance(event[1], version)
    else:  # a version begins: what was not enough before may be enough now
        for track in tracks:
            track.changed = True


def _renew(tracks: Sequence[Track], day: dt.date, version: Version, program: Program) -> None:
    """All renewals of one day: those by their own path, then those that follow from a higher or equal level."""
    own: dict[int, Path] = {}
    for number, track in enumerate(tracks):
        if track.changed and track.renewable and track.active_on(day, version):
            track.changed = False
            path = track.satisfied(_level(track, version).paths, version)
            if path is not None:
                own[number] = path
    if not own:
        return
    # The renewal that others follow: the highest, of those the one whose period ends last.
    leading = [tracks[number] for number in own if tracks[number].level.in_cascade]
    source = max(leading, key=lambda track: (track.level.rank, track.anchor_for(day, version)), default=None)
    highest, anchor = (source.level.rank, source.anchor_for(day, version)) if source else (0, day)
    single_use = version.allocation == "strict_single_use" and source is not None
    if single_use:
        own = {n: path for n, path in own.items() if tracks[n].level.rank == highest or not tracks[n].level.in_cascade}
    for number, track in enumerate(tracks):
        if number in own:
            track.renew(day, own[number], track.anchor_for(day, version), version, program)
        elif _follows(track, highest, version) and _gains(track, day, anchor, version, program):
            track.renew(day, None, track.anchor_for(day, version, anchor), version, program)
        elif single_use:
            track.spend(day)


def _level(track: Track, version: Version) -> Level:
    return version.levels.get(track.holding.level, track.level)


def _follows(track: Track, highest: int, version: Version) -> bool:
    """Whether a renewal of the rank `highest` cascades to a holding."""
    if version.cascade == "none" or not track.level.in_cascade or not track.renewable:
        return False
    return track.level.rank < highest or (track.level.rank == highest and version.cascade == "same_level_and_below")


def _gains(track: Track, day: dt.date, anchor: dt.date, version: Version, program: Program) -> bool:
    """Whether a cascade on `day` reaches a running cycle; it revives nothing, and never makes a period shorter."""
    if day < track.opened_on or not track.active_on(day, version):
        return False
    return program.dates_from(_level(track, version), track.anchor_for(day, version, anchor))[1] >= track.expires_on


def _verdicts(holdings: tuple[Holding, ...], facts: Facts) -> list[Verdict]:
    """The verdicts of one program's holdings, highest level first."""
    held = tuple(h for h in holdings if h.recorded_on <= facts.known_at and h.earned_on <= facts.as_of)
    tracks = _walk(held, facts.earned, facts)
    projected: Sequence[Track | None] = [None] * len(tracks)
    if facts.waiting:
        projected = _walk(held, (*facts.earned, *facts.waiting), facts)
    found = [verdict(track, projection, facts) for track, projection in zip(tracks, projected, strict=True)]
    found += [verdict_not_held(holding, facts) for holding in holdings if holding not in held]
    ranks = {name: rank for rank, name in enumerate(facts.program.levels())}
    return sorted(found, key=lambda found: (-ranks.get(found.level, 0), found.holding))
