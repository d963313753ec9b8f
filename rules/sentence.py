"""A verdict in one line for people, and what a batch changed."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from rules.calendar import MONTHS, written
from rules.model import HoldingStatus, Item, Verdict, plain
from rules.program import Program
from rules.version import Path


def summary(verdict: Verdict, program: Program, as_of: dt.date) -> str:
    """One line: `Senior Engineer: 52 of 80 CE earned, 64 with what waits (+12, submit by 30 March), 16 still missing,
    143 days left`. `as_of` is the day of the verdict."""
    if verdict.status is HoldingStatus.NOT_YET_HELD:
        return f"{verdict.holding}: not held yet"
    if verdict.expires_on is None:
        return f"{verdict.holding}: valid for life"
    parts = [_renewed(verdict)] if verdict.renewed else []
    if verdict.status is HoldingStatus.EXPIRED:
        parts.append(f"expired on {written(verdict.expires_on)}")
    if "retired" in verdict.flags:
        parts.append("retired, cannot be renewed")
    else:
        parts += _progress(verdict, program, as_of)
    if verdict.status is not HoldingStatus.EXPIRED:
        parts.append(_left(verdict, as_of))
    return f"{verdict.holding}: {', '.join(parts)}"


def difference(
    before: Verdict | None,
    after: Verdict,
    program: Program,
    known_on: dt.date | None = None,
    items: Iterable[Item] = (),
) -> str:
    """What changed for a holding, in one line, or "" where nothing did. `before` is None for a new holding.

    With `known_on`, the day on which `before` was what was known, and the person's `items`, a renewal that lies in the
    past of that day is told as what it is: a past that was judged anew.
    """
    if before is None:
        return f"{after.holding}: new, {_until(after)}"
    changes: list[str] = []
    if before.anchor_on != after.anchor_on and after.anchor_on is not None:
        past = _past_anew(before, after, known_on, items) if known_on else ""
        changes.append(f"{past or _renewed(after)}, {_until(after)} instead of {_until_day(before)}")
    elif before.expires_on != after.expires_on:
        changes.append(f"{_until(after)} instead of {_until_day(before)}")
    if before.status != after.status:
        changes.append(f"{_said(before.status)} -> {_said(after.status)}")
    path = credit_path(after, program)
    if path is not None and before.anchor_on == after.anchor_on and earned(before) != earned(after):
        unit = program.credit_unit
        changes.append(f"{plain(earned(before))} -> {plain(earned(after))} of {plain(path.credits)} {unit} earned")
    old, new = (verdict.waiting.credits if verdict.waiting else Decimal(0) for verdict in (before, after))
    if old != new and before.anchor_on == after.anchor_on:
        changes.append(f"{plain(new)} waiting instead of {plain(old)}")
    if not changes and before.projected != after.projected and after.projected and after.projected.expires_on:
        changes.append(f"with what waits it expires on {written(after.projected.expires_on)}")
    return f"{after.holding}: {'; '.join(changes)}" if changes else ""


def _past_anew(before: Verdict, after: Verdict, known_on: dt.date, items: Iterable[Item]) -> str:
    """`was suspended since 2026-01-01 as known on 2026-02-01; with the activity of 2025-12-01, recorded 2026-03-15,
    renewed on 2025-12-01`; "" where what was said then was not wrong."""
    met_on = after.met_on or after.anchor_on
    if met_on is None or met_on > known_on or before.status not in (HoldingStatus.SUSPENDED, HoldingStatus.EXPIRED):
        return ""
    if before.status is HoldingStatus.SUSPENDED:
        was = f"suspended since {before.suspends_on}"
    else:
        was = f"expired with {before.expires_on}"
    used = {line.item for line in after.not_counted if line.used and line.used.renewed_on == met_on}
    late = sorted((i.completed_on, i.recorded_on) for i in items if i.id in used and i.recorded_on > known_on)
    named = " and ".join(f"of {done}, recorded {recorded}," for done, recorded in late)
    with_what = f"with the activit{'y' if len(late) == 1 else 'ies'} {named}" if late else "with what is known now,"
    return f"was {was} as known on {known_on}; {with_what} renewed on {met_on}"


def earned(verdict: Verdict) -> Decimal:
    """The credits counted in the running cycle."""
    return sum((line.credits for line in verdict.counted), Decimal(0))


def credit_path(verdict: Verdict, program: Program) -> Path | None:
    """The path that asks for credits without an exam, or None where a level has none."""
    level = program.level_on(verdict.level, program.versions[-1].begins)
    paths = level.paths if level else ()
    return next((path for path in paths if path.credits and not path.exams), None)


def _progress(verdict: Verdict, program: Program, as_of: dt.date) -> list[str]:
    path = credit_path(verdict, program)
    if path is None:
        return ["not renewed by credits"]
    parts = [f"{plain(earned(verdict))} of {plain(path.credits)} {program.credit_unit} earned"]
    waiting, projected = verdict.waiting, verdict.projected
    reached = earned(verdict)
    if waiting is not None and waiting.credits:
        reached += waiting.credits
        by = f", submit by {_near(waiting.submit_by, as_of)}" if waiting.submit_by else ""
        parts.append(f"{plain(reached)} with what waits (+{plain(waiting.credits)}{by})")
    if projected and projected.anchor_on != verdict.anchor_on and projected.expires_on:
        return [*parts, f"which would renew it until {written(projected.expires_on)}"]
    if reached < path.credits:
        still = "were" if verdict.status is HoldingStatus.EXPIRED else "still"
        parts.append(f"{plain(path.credits - reached)} {still} missing")
    others = [key.partition(":")[2].replace("_", " ") or key for key in verdict.missing.get(path.id, {})]
    others = [name for name in others if name != "credits"]
    if others:
        parts.append(f"a part still missing ({', '.join(others)})")
    return parts


def _left(verdict: Verdict, as_of: dt.date) -> str:
    if verdict.status is HoldingStatus.SUSPENDED and verdict.expires_on:
        return f"suspended, {_days((verdict.expires_on - as_of).days)} left to renew"
    ends = verdict.suspends_on or verdict.expires_on
    return f"{_days((ends - as_of).days)} left" if ends else "no end"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _renewed(verdict: Verdict) -> str:
    return f"renewed on {_day(verdict.met_on or verdict.anchor_on)}"


def _until_day(verdict: Verdict) -> str:
    return _day(verdict.expires_on) if verdict.expires_on else "for life"


def _until(verdict: Verdict) -> str:
    if verdict.expires_on is None:
        return "valid for life"
    if verdict.suspends_on and verdict.expires_on:
        return f"active until {written(verdict.suspends_on)}, renewable until {written(verdict.expires_on)}"
    return f"valid until {_day(verdict.expires_on)}"


def _day(day: dt.date | None) -> str:
    return written(day) if day else "no day"


def _near(day: dt.date, as_of: dt.date) -> str:
    """A day without its year where that is the running one."""
    return f"{day.day} {MONTHS[day.month - 1]}" if day.year == as_of.year else written(day)


def _said(status: HoldingStatus) -> str:
    return status.value.replace("_", " ")
