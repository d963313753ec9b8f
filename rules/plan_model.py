"""What the planner is asked with and what it answers. Its JSON is the contract of `recert plan --format jsonl`."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rules.model import Balance, Credits, Exam, Frozen, Holding, HoldingStatus, Item, Lack


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's facts, as the engine takes them."""

    items: tuple[Item, ...]
    exams: tuple[Exam, ...]
    holdings: tuple[Holding, ...]
    balances: tuple[Balance, ...] = ()


class Budget(Frozen):
    """What may be spent. Prices are never converted: only what is free or has a price in this currency can be paid.
    Without a currency it is the one in which most of the catalogue is priced."""

    amount: Credits
    currency: str | None = None


class Aim(StrEnum):
    """Why a set is shown: none is shorter, or shorter without an exam; none is cheaper; none renews on an earlier day;
    none renews more holdings."""

    FEWEST = "fewest"
    FEWEST_WITHOUT_EXAM = "fewest_without_exam"
    CHEAPEST = "cheapest"
    EARLIEST = "earliest"
    MOST = "most"
    MOST_WITHOUT_EXAM = "most_without_exam"


class Step(Frozen):
    """One thing to do, `times` over with different courses. `credits` is what one of them is worth. It is done between
    `from_day` (when the plan assumes it) and `until` (the offer's last day). `price` is of one, None where unknown."""

    program: str
    title: str
    kind: str | None
    exam: bool
    code: str | None
    holding: str | None
    times: int
    credits: Credits
    price: Credits | None
    currency: str | None
    from_day: dt.date
    until: dt.date | None
    source: str
    needs_confirmation: bool


class Renewal(Frozen):
    """What a set does for one holding, as the engine says. `gained_months` of the `of_months` of a full period are
    added to the running one, `lost_days` of it are thrown away because it begins early; `lost_credits` of what counted
    so far are neither used nor carried over. `finish_by` is the last day on which the last step still renews
    it."""

    program: str
    holding: str
    path: str | None
    renewed_on: dt.date
    suspends_on: dt.date | None
    expires_on: dt.date | None
    gained_months: int
    of_months: int
    lost_days: int
    lost_credits: Credits
    finish_by: dt.date


class PlannedSet(Frozen):
    """Steps that renew, confirmed by the engine. `price` by currency, without the `unpriced` steps. `proven`: no set of
    the catalogue serves the aims better; otherwise the search stopped at its limit."""

    aims: tuple[Aim, ...]
    steps: tuple[Step, ...]
    price: dict[str, Credits]
    unpriced: int
    finished_on: dt.date
    renewals: tuple[Renewal, ...]
    proven: bool


class Waits(Frozen):
    """What is done and not earned yet; the plan counts on it. `renews` where nothing more is needed."""

    credits: Credits
    submit_by: dt.date | None
    renews: bool


class HoldingPlan(Frozen):
    """One holding: where it stands, what becomes of it if nothing is done, and the sets that renew it. `note` says why
    there are none."""

    program: str
    holding: str
    level: str
    status: HoldingStatus
    suspends_on: dt.date | None
    expires_on: dt.date | None
    finish_by: dt.date | None
    missing: dict[str, dict[str, Lack]]
    waits: Waits | None
    if_nothing: str
    sets: tuple[PlannedSet, ...]
    note: str | None


class Gain(Frozen):
    """What a holding gains if the last step of a set is finished on a certain day."""

    holding: str
    gained_months: int
    of_months: int
    suspends_on: dt.date | None
    expires_on: dt.date | None


class Alignment(Frozen):
    """Holdings of a program that a set renews together: from `on_or_after` on, `keeps` loses none of its months.
    `every_step`: not the last step alone but each must wait until then."""

    program: str
    keeps: str
    on_or_after: dt.date
    every_step: bool
    gains: tuple[Gain, ...]


class Plan(Frozen):
    """Everything for one person. `together` are the sets that renew the most holdings; `limits` says what the plan does
    not know."""

    as_of: dt.date
    by: dt.date | None
    budget: Budget | None
    holdings: tuple[HoldingPlan, ...]
    together: tuple[PlannedSet, ...]
    alignments: tuple[Alignment, ...]
    limits: tuple[str, ...]
