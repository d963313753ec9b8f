"""The sentences of a plan."""

import datetime as dt
import re
from collections.abc import Sequence

from rules.calendar import written
from rules.model import HoldingStatus, Verdict, plain
from rules.plan_model import Aim, Alignment, Budget, Gain, HoldingPlan, PlannedSet, Renewal, Step, Waits
from rules.program import Program
from rules.sentence import earned
from rules.wording import listed

_YEAR = re.compile(r"credits:\d{4}(-\d\d-\d\d)?")
AIMS = {
    Aim.FEWEST: "fewest",
    Aim.FEWEST_WITHOUT_EXAM: "fewest without an exam",
    Aim.CHEAPEST: "cheapest",
    Aim.EARLIEST: "earliest",
    Aim.MOST: "renews most",
    Aim.MOST_WITHOUT_EXAM: "renews most without an exam",
}


def without_doing(verdict: Verdict, program: Program, as_of: dt.date) -> str:
    """What becomes of a holding if nothing more is earned from `as_of` on."""
    if verdict.status is HoldingStatus.NOT_YET_HELD:
        return "It is not held yet."
    if verdict.expires_on is None:
        return "It never expires."
    if verdict.status is HoldingStatus.EXPIRED:
        return f"It expired on {written(verdict.expires_on)} and is not renewed by anything done now."
    told = f"expires on {written(verdict.expires_on)}, in {_days((verdict.expires_on - as_of).days)}"
    if verdict.suspends_on is not None and verdict.status is HoldingStatus.ACTIVE:
        told = f"is suspended from {written(verdict.suspends_on)} and {told}"
    lost = earned(verdict)
    lapse = f"; the {plain(lost)} {program.credit_unit} counted so far lapse with it" if lost else ""
    return f"If nothing is done, it {told}{lapse}."


def why_none(now: Verdict, waits: Waits | None, *, searched: bool) -> str:
    """Why no set is shown for a holding."""
    if waits is not None and waits.renews:
        by = f"; submit it by {written(waits.submit_by)}" if waits.submit_by else ""
        return f"What waits renews it once it is earned{by}. Nothing more is needed."
    if searched:
        return "No set of the catalogue renews it within these limits. What is missing is said above."
    if now.status is HoldingStatus.EXPIRED:
        return "It can no longer be renewed; it has to be earned anew."
    if "retired" in now.flags:
        return "It is retired and cannot be renewed."
    if now.status is HoldingStatus.NOT_YET_HELD:
        return "It is not held yet."
    if now.expires_on is None:
        return "It never expires: there is nothing to renew."
    return "No way to renew it is known."


def limits_of(holdings: Sequence[HoldingPlan], budget: Budget | None, *, gave_up: bool) -> tuple[str, ...]:
    """What the plan does not know, a sentence each."""
    sets = [planned for holding in holdings for planned in holding.sets]
    told = ["Each set is the best of this catalogue; what is not in the catalogue is not considered."]
    if any(step.source and step.price is None for planned in sets for step in planned.steps):
        told.append("Where no price is known, a set is never called the cheapest.")
    if any(holding.waits for holding in holdings):
        told.append("What is done already and waits for the portal counts as earned.")
    if sets:
        told.append("Each step is taken to be done on the first day on which it can be, however long it takes.")
    keys = {key for holding in holdings for lacks in holding.missing.values() for key in lacks}
    if any(_YEAR.fullmatch(key) for key in keys):
        told.append("Minimums of years to come cannot be met today and are not planned.")
    if budget is not None:
        told.append("With a budget, only steps whose price is known are taken; prices are not converted.")
    if gave_up:
        told.append("At least one search stopped at its limit: a better set may exist.")
    return tuple(told)


def step_line(step: Step, unit: str) -> str:
    """`3 × course: 10 CE units each, price not known`."""
    code = f" ({step.code})" if step.code else ""
    whose = f" for {step.holding}" if step.holding else ""
    worth = "" if not step.credits else f": {plain(step.credits)} {unit}{' each' if step.times > 1 else ''}"
    until = f", until {written(step.until)}" if step.until else ""
    unsure = ", value not confirmed" if step.needs_confirmation else ""
    times = f"{step.times} × " if step.times > 1 else ""
    return f"{times}{step.title}{code}{whose}{worth}, {price_of_step(step)}{until}{unsure}"


def price_of_step(step: Step) -> str:
    if step.price is None:
        return "price not known"
    if not step.price:
        return "free"
    return f"{plain(step.price)} {step.currency or ''}".rstrip() + (" each" if step.times > 1 else "")


def price_line(planned: PlannedSet) -> str:
    """`99 GBP`, `free`, `99 GBP and 2 of unknown price`."""
    known = [f"{plain(amount)} {currency}".rstrip() for currency, amount in sorted(planned.price.items())]
    if planned.unpriced:
        known.append(f"{planned.unpriced} of unknown price")
    return listed(known) or "free"


def renewal_line(renewal: Renewal) -> str:
    """What a set does for a holding, what it costs in days and credits, and how long it can wait."""
    until = _until(renewal.suspends_on, renewal.expires_on)
    parts = [f"{renewal.holding}: {until} if finished on {written(renewal.renewed_on)}"]
    if renewal.of_months:
        early = f" ({_days(renewal.lost_days)} thrown away)" if renewal.lost_days else ""
        parts.append(f"gains {_of(renewal)}{early}")
    if renewal.lost_credits:
        parts.append(f"{plain(renewal.lost_credits)} counted so far are not needed and do not roll over")
    parts.append(f"it can wait until {written(renewal.finish_by)}")
    return "; ".join(parts)


def alignment_line(alignment: Alignment) -> str:
    """`Finish the last activity on or after 1 January 2026 to keep A's months; B then gains 10 of 24.`"""
    what = "every activity" if alignment.every_step else "the last activity"
    others = [f"{gain.holding} then gains {_of(gain)}" for gain in alignment.gains if gain.holding != alignment.keeps]
    whose = f"{alignment.keeps}'s months"
    return f"Finish {what} on or after {written(alignment.on_or_after)} to keep {whose}; {listed(others)}."


def _until(suspends_on: dt.date | None, expires_on: dt.date | None) -> str:
    if suspends_on and expires_on:
        return f"active until {written(suspends_on)}"
    return f"valid until {written(expires_on)}" if expires_on else "valid for ever"


def _of(gain: Gain | Renewal) -> str:
    """One that is renewed twice on the way gains more than one period."""
    whole = f" of {gain.of_months}" if gain.gained_months <= gain.of_months else ""
    return f"{gain.gained_months}{whole} months"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
