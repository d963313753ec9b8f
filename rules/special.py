"""Statuses that a vendor grants beside the renewals, and what never ends, as words for a verdict's flags."""

import datetime as dt
from collections.abc import Iterator

from rules.cycle import Track
from rules.program import Program, SpecialStatus


def special_flags(track: Track, program: Program, as_of: dt.date, known_at: dt.date) -> Iterator[str]:
    """For each special status of the holding's level: whether it runs, may be applied for (anew), or has ended."""
    for special in program.special_statuses:
        if track.holding.level in special.levels:
            known = (g for g in track.holding.granted if g.granted_on <= as_of and g.recorded_on <= known_at)
            yield from _flags(track, special, sorted(g.granted_on for g in known if g.id == special.id), as_of)


def _flags(track: Track, special: SpecialStatus, grants: list[dt.date], as_of: dt.date) -> Iterator[str]:
    earned_on, ends_on, unbroken = track.holding.earned_on, track.expires_on, True
    for granted_on in grants:
        unbroken = unbroken and granted_on <= ends_on
        ends_on = special.lasts.after(granted_on)
    if not grants:
        if as_of >= special.apply_after.after(earned_on):
            yield f"{special.id}_may_apply"
    elif special.lifetime_after is not None and unbroken and ends_on >= special.lifetime_after.after(earned_on):
        yield from (special.id, f"{special.id}_for_life")
    elif as_of < ends_on:
        yield special.id
        if as_of >= special.reapply_before.before(ends_on):
            yield f"{special.id}_reapply"
    else:
        yield f"{special.id}_ended"
