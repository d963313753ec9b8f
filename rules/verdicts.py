"""From a holding's track through time to its verdict: the lines, what is missing, the projection, the flags."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from rules.cycle import CASCADE, Track
from rules.explain import exam_line, refusal_line
from rules.model import (
    Counted,
    Dates,
    Exam,
    Holding,
    HoldingStatus,
    Item,
    NotCounted,
    Projected,
    Verdict,
    Waiting,
)
from rules.needs import in_year, years
from rules.program import Program
from rules.refusal import Cause, Refusal
from rules.special import special_flags
from rules.version import ZERO, Level, Version

CLOSING = (Cause.USED, Cause.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Facts:
    """One program's facts as they were known on the two clocks, in an order that no input order changes.

    `earned` may count, `waiting` (draft, submitted, pending) counts in the projection, `gated` counts nowhere now.
    """

    program: Program
    as_of: dt.date
    known_at: dt.date
    earned: tuple[Item, ...]
    waiting: tuple[Item, ...]
    gated: tuple[Refusal, ...]
    exams: tuple[Exam, ...]
    balances: tuple[tuple[str, Item], ...]

    @property
    def version(self) -> Version:
        return self.program.version_on(self.as_of)


def verdict(track: Track, projected: Track | None, facts: Facts) -> Verdict:
    """The verdict of a holding that is held; `projected` is its track if all that waits were earned."""
    program, version, holding = facts.program, facts.version, track.holding
    level = program.level_on(holding.level, min(facts.as_of, track.expires_on)) or track.level
    before = track.previous or (None, None)
    refused = sorted((*facts.gated, *track.refused), key=attrgetter("item.completed_on", "item.id"))
    lines = tuple(_lines(refused, holding, facts))
    return Verdict(
        holding=holding.name,
        program=program.id,
        level=holding.level,
        status=track.status_on(facts.as_of, version),
        renewed=track.anchor_on is not None,
        path=track.path,
        anchor_on=track.anchor_on,
        suspends_on=track.suspends_on,
        expires_on=ends(track),
        previous=Dates(suspends_on=before[0], expires_on=before[1]),
        gained_months=track.gained_months(),
        missing=track.missing(level.paths, version) if track.renewable else {},
        projected=_projection(projected, facts),
        counted=tuple(Counted(item=item.id, credits=credits) for item, credits in track.counted),
        not_counted=lines,
        flags=_flags(track, lines, facts),
        program_version=version.id,
        verified_on=program.verified_on,
        waiting=_waiting(track, projected, facts),
        met_on=track.met_on if track.met_on != track.anchor_on else None,
        exams_not_counted=tuple(exam_line(refusal, holding, program) for refusal in track.exams_refused),
    )


def ends(track: Track) -> dt.date | None:
    """The day of expiry; None for what never expires."""
    return None if track.expires_on == dt.date.max else track.expires_on


def verdict_not_held(holding: Holding, facts: Facts) -> Verdict:
    """The verdict of a holding that is earned later than the day asked about, with the dates and the needs of its first
    cycle, or that was not on record, without any."""
    level = facts.program.level_on(holding.level, holding.earned_on)
    suspends_on = expires_on = None
    missing: dict[str, dict[str, Decimal | int]] = {}
    if level is not None and holding.recorded_on <= facts.known_at:
        track = Track.start(holding, level, facts.program)
        version = facts.program.version_on(holding.earned_on)
        suspends_on, expires_on, missing = track.suspends_on, ends(track), track.missing(level.paths, version)
    rest = (Refusal(item, Cause.HOLDING_NOT_HELD) for item in facts.earned)
    refused = sorted((*facts.gated, *rest), key=attrgetter("item.completed_on", "item.id"))
    status = HoldingStatus.NOT_YET_HELD
    waits = Projected(status=status, anchor_on=None, suspends_on=suspends_on, expires_on=expires_on)
    return Verdict(
        holding=holding.name,
        program=facts.program.id,
        level=holding.level,
        status=status,
        renewed=False,
        path=None,
        anchor_on=None,
        suspends_on=suspends_on,
        expires_on=expires_on,
        previous=Dates(suspends_on=None, expires_on=None),
        gained_months=0,
        missing=missing,
        projected=waits if facts.waiting else None,
        counted=(),
        not_counted=tuple(_lines(refused, holding, facts)),
        flags=("holding_unknown_then",) if holding.recorded_on > facts.known_at else (),
        program_version=facts.version.id,
        verified_on=facts.program.verified_on,
    )


def _lines(refused: list[Refusal], holding: Holding, facts: Facts) -> Iterator[NotCounted]:
    """One line for each item; what the engine itself added to a sum has none once its cycle is closed."""
    for refusal in refused:
        if not refusal.item.made:
            yield refusal_line(refusal, holding, facts.program)


def _projection(track: Track | None, facts: Facts) -> Projected | None:
    if track is None:
        return None
    return Projected(
        status=track.status_on(facts.as_of, facts.version),
        anchor_on=track.anchor_on,
        suspends_on=track.suspends_on,
        expires_on=ends(track),
    )


def _waiting(track: Track, projected: Track | None, facts: Facts) -> Waiting | None:
    """What the waiting items would add for this holding, and the first last day to submit one of them."""
    if projected is None:
        return None
    waits = {item.id: item for item in facts.waiting}
    adds: dict[str, Decimal] = {item.id: credits for item, credits in projected.counted if item.id in waits}
    for refusal in projected.refused:
        if refusal.item.id in waits and refusal.cause in CLOSING:
            adds[refusal.item.id] = refusal.amount or ZERO
    last_days = [
        facts.version.submit_by(waits[name].completed_on, track.expires_on)
        for name in adds
        if waits[name].submitted_on is None
    ]
    return Waiting(credits=sum(adds.values(), ZERO), submit_by=min(last_days, default=None))


def _flags(track: Track, lines: tuple[NotCounted, ...], facts: Facts) -> tuple[str, ...]:
    """Stable words for what a reader should know, in alphabetical order."""
    flags = set(track.flags)
    if facts.as_of > facts.program.verified_on:
        flags.add("past_verified_date")
    if any(refusal.cause is Cause.ENTERED_BEFORE for refusal in facts.gated):
        flags.add("entry_before_activity")
    if track.expires_on == dt.date.max:
        flags.add("lifetime")
    now = facts.version.levels.get(track.holding.level, track.level)
    if (now.validity, now.grace) != (track.level.validity, track.level.grace):
        flags.add("dates_of_earlier_version")
    flags |= set(_flags_of_paths(track, now, facts))
    if _entered_otherwise(track):
        flags.add("replay_divergence")
    flags |= set(special_flags(track, facts.program, facts.as_of, facts.known_at))
    since = track.holding.earned_on
    if any(i.submitted_on is None and i.completed_on >= since for i in (*facts.earned, *facts.waiting)):
        flags.add("submission_unknown")
    if any(facts.program.clauses[clause].needs_confirmation for clause in _clauses(track, lines, facts)):
        flags.add("needs_confirmation")
    return tuple(sorted(flags))


def _entered_otherwise(track: Track) -> bool:
    """Whether the last renewal, by credits alone, would have another date if items counted in the order of entry: then
    a portal that replays them so may show other dates than the activities give."""
    path = next((path for path in track.level.paths if path.id == track.path), None)
    if path is None or not path.only_credits or track.met_on is None or track.previous is None:
        return False
    closed = [(r.item, r.amount or ZERO) for r in track.refused if r.day == track.met_on and r.cause in CLOSING]
    later = [line for line in track.counted if line[0].completed_on <= track.previous[1]]
    lines = sorted([*closed, *later], key=lambda line: (line[0].submitted_on or line[0].completed_on, line[0].id))
    running, last = ZERO, dt.date.min
    for item, credits in lines:
        running, last = running + credits, max(last, item.completed_on)
        if running >= path.credits:
            return last != track.met_on
    return False


def _flags_of_paths(track: Track, level: Level, facts: Facts) -> Iterator[str]:
    """What can be said of the running cycle's paths before they are met: a year that was missed, courses not stated."""
    for path in level.paths:
        if path.each_year is not None:
            for _, begin, end in years(track, path.each_year, facts.version):
                if end <= facts.as_of and in_year(track, begin, end) < path.each_year.credits:
                    yield "year_minimum_missed"
        if path.courses_of_holding and not track.holding.required_courses:
            yield "required_courses_unknown"


def _clauses(track: Track, lines: tuple[NotCounted, ...], facts: Facts) -> Iterator[str]:
    """Every clause on which this verdict rests: its renewal, the kinds of what counts, the refusals."""
    if track.path_clause is not None:
        yield track.path_clause
    if track.path == CASCADE:
        yield facts.version.because.cascaded
    yield track.level.clause
    for item, _ in track.counted:
        kind = facts.version.kinds.get(item.kind)
        if kind is not None and item.credits is None:
            yield kind.clause
    yield from {line.clause for line in lines}
