"""The gates that every row passes in a fixed order, and the caps: may it count for a holding, and how much of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from rules.model import Exam, Item
from rules.needs import summed
from rules.refusal import Cause, Refusal, exam_item
from rules.titles import normalised
from rules.version import ZERO, Cap, Kind, Serves, Version

if TYPE_CHECKING:
    from rules.cycle import Track


def ineligible(track: Track, item: Item, kind: Kind | None, version: Version) -> Refusal | None:
    """The gates in their fixed order: held, cycle, offer, submission, entry before expiry, what it can serve."""
    day, entered, holding = item.completed_on, item.submitted_on, track.holding
    if track.expires_on in (day, entered):
        track.flags.add("boundary_day")
    if day < holding.earned_on:
        return Refusal(item, Cause.BEFORE_EARNED, holding.earned_on)
    if version.over(day, track.expires_on):
        return Refusal(item, Cause.AFTER_EXPIRY, track.expires_on)
    if day < track.opened_on and (track.met_on is None or day <= track.met_on):
        return Refusal(item, Cause.BEFORE_CYCLE, track.opened_on)
    if item.offer_ends_on is not None and day > item.offer_ends_on:
        return Refusal(item, Cause.OFFER_ENDED, item.offer_ends_on)
    if entered is not None:
        if version.submission and (entered - day).days > version.submission.within_days:
            if version.submission.mode == "enforce":
                return Refusal(item, Cause.SUBMITTED_LATE, entered, Decimal(version.submission.within_days))
            track.flags.add("submitted_late")
        if version.entry_after_expiry == "refused" and version.over(entered, track.expires_on):
            return Refusal(item, Cause.ENTERED_AFTER_EXPIRY, track.expires_on)
    if item.started_on is not None and item.started_on < holding.earned_on:
        track.flags.add("straddles_start")
    return _of_no_use(track, item, kind, version)


def _of_no_use(track: Track, item: Item, kind: Kind | None, version: Version) -> Refusal | None:
    """What is in time and serves nothing here: the holding is retired, or renewed by other things than this."""
    holding = track.holding
    if holding.retired:
        return Refusal(item, Cause.RETIRED, track.expires_on)
    if kind is not None and not _serves(track, kind.applies_to, item.holding, item.track):
        return Refusal(item, Cause.OTHER_HOLDING, clause=kind.clause)
    level = version.levels.get(holding.level, track.level)
    if not level.counts_credits and not level.wants(item, holding.required_courses):
        return Refusal(item, Cause.NO_CREDITS, clause=level.paths[0].clause if level.paths else level.clause)
    return None


def exam_ineligible(track: Track, exam: Exam, version: Version) -> Refusal | None:
    rules, day, holding = version.exam, exam.passed_on, track.holding
    how = rules.match
    if rules.match_while_suspended is not None and track.suspended_on(day, version):
        how = rules.match_while_suspended
    if not _serves(track, how, exam.holding, exam.track):
        if how == "holding" and exam.holding is None:
            track.flags.add("exam_holding_missing")
        return Refusal(exam_item(exam), Cause.EXAM_ELSEWHERE)
    if rules.kinds and exam.kind is None and exam.holding != holding.name:
        track.flags.add("exam_kind_missing")
    if day == track.expires_on:
        track.flags.add("boundary_day")
    if day < holding.earned_on:
        return Refusal(exam_item(exam), Cause.BEFORE_EARNED, holding.earned_on)
    if version.over(day, track.expires_on):
        return Refusal(exam_item(exam), Cause.AFTER_EXPIRY, track.expires_on)
    if day < track.opened_on:
        return Refusal(exam_item(exam), Cause.BEFORE_CYCLE, track.opened_on)
    if holding.name in exam.earned:
        track.flags.add("exam_earned_it")
        return Refusal(exam_item(exam), Cause.EXAM_EARNED_IT)
    opens_on = rules.opens_on(track.suspends_on, track.expires_on)
    if day < opens_on:
        return Refusal(exam_item(exam), Cause.EXAM_TOO_EARLY, opens_on)
    return None


def _serves(track: Track, how: Serves, holding: str | None, name: str | None) -> bool:
    """Whether a row that names a holding, or a track of holdings, serves this one."""
    if how == "any":
        return True
    if how == "track":
        return name is not None and name == track.holding.track
    return holding == track.holding.name


def repeated(track: Track, item: Item, version: Version) -> Refusal | None:
    if version.repeat == "allowed":
        return None
    course, ever = normalised(item.course) or item.course.strip(), version.repeat == "once_ever"
    if course in (track.ever if ever else track.seen):
        return Refusal(item, Cause.REPEAT_EVER if ever else Cause.REPEAT, track.opened_on)
    if course:
        track.seen.add(course)
        track.ever.add(course)
    return None


def over_cap(track: Track, item: Item, version: Version) -> Refusal | None:
    for cap in version.caps:
        if item.kind not in cap.kinds:
            continue
        uses, credits = _under(cap, track, item)
        began_on = max(track.opened_on, _period(cap, item)[0])
        if cap.max_uses is None and cap.max_credits is None:
            track.flags.add("cap_unknown")
        if cap.max_uses is not None and uses >= cap.max_uses:
            return Refusal(item, Cause.OVER_CAP, began_on, Decimal(cap.max_uses), clause=cap.clause)
        if cap.max_credits is not None and credits >= cap.max_credits:
            return Refusal(item, Cause.OVER_CREDIT_CAP, began_on, cap.max_credits, clause=cap.clause)
    return None


def value(track: Track, item: Item, kind: Kind | None) -> Decimal:
    """What an item is worth before caps: a fixed value, what it states, or what its kind is worth."""
    if kind is None:
        track.flags.add("kind_unknown")
    elif kind.fixed and kind.value is not None:
        if item.credits not in (None, kind.value):
            track.flags.add("credits_fixed")
        return kind.value
    elif kind.usual and item.credits is not None and not kind.usual.least <= item.credits <= kind.usual.most:
        track.flags.add("credits_unusual")
    credits = item.credits if item.credits is not None else kind.value if kind else None
    if credits is None:
        track.flags.add("credits_unknown")
    return credits or ZERO


def capped(track: Track, item: Item, credits: Decimal, version: Version) -> Decimal:
    """What the caps leave of an item's credits."""
    for cap in version.caps:
        if cap.max_credits is not None and item.kind in cap.kinds:
            credits = min(credits, cap.max_credits - _under(cap, track, item)[1])
    return credits


def _under(cap: Cap, track: Track, item: Item) -> tuple[int, Decimal]:
    """The uses and credits that already count under a cap, in the cycle or in the item's year."""
    return summed(track, cap.kinds, _period(cap, item)[1])


def _period(cap: Cap, item: Item) -> tuple[dt.date, int | None]:
    """The first day of a cap's period as the calendar has it, and its year; the whole cycle has none."""
    if cap.period == "cycle":
        return dt.date.min, None
    return dt.date(item.completed_on.year, 1, 1), item.completed_on.year
