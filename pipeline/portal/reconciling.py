"""What a portal says beside what the ledger says: which items are missing on which side, and what can still be done."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pydantic import BaseModel, ConfigDict

from pipeline.checks.duplicates import normal_code
from pipeline.folding import fold, nearly_equal
from pipeline.ledger.claim_life import may_follow
from pipeline.ledger.state import Activity, Claim, Holder, State
from pipeline.portal.portal_file import PortalRow
from pipeline.verdicts.reminders import submit_by
from rules.calendar import written
from rules.folders import Explanation
from rules.model import ClaimStatus, Credits, Verdict, plain
from rules.program import Program

_NEAR_DAYS = 31
"""So far apart two dates of one title may lie and still be one item with a slip in one of them."""
_MOST_CANDIDATES = 16


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Difference(_Form):
    """One thing that is not the same on both sides: `where` it is missing or differs, and what to do about it."""

    where: str
    entry: int | None
    line: int | None
    course: str
    completed_on: dt.date | None
    credits: Credits | None
    submit_by: dt.date | None
    sentence: str
    action: str | None


class Reconciliation(_Form):
    """One person's program, or one certification of it, on both sides. Sums are of what the portal counts or may still
    count: earned, pending, submitted and, in the ledger, drafts. `headline` says it in one sentence."""

    holder: str
    program: str
    holding: str | None
    portal: Credits
    ledger: Credits
    agreeing: int
    differences: tuple[Difference, ...]
    headline: str


@dataclass(frozen=True, slots=True)
class Ours:
    """A claim of the ledger with its activity, and the first last day to submit it."""

    activity: Activity
    claim: Claim
    credits: Decimal
    submit_by: dt.date | None


def ours(
    state: State, holder: Holder, verdicts: Sequence[Verdict], program: Program, today: dt.date
) -> tuple[Ours, ...]:
    """A person's claims of a program, in the order of their days."""
    found = []
    for activity in state.activities_of(holder.id):
        for claim in activity.claims:
            if claim.program == program.id:
                kind = program.kind_on(claim.kind, activity.facts.completed_on)
                worth = claim.credits if claim.credits is not None else kind.value if kind else None
                open_days = [day for day in submit_by(activity, claim, verdicts, program) if day >= today]
                found.append(Ours(activity, claim, worth or Decimal(0), min(open_days, default=None)))
    return tuple(sorted(found, key=lambda one: (one.activity.facts.completed_on, one.activity.entry)))


def reconcile(
    holder: str,
    program: Program,
    rows: Sequence[PortalRow],
    claims: Sequence[Ours],
    *,
    since: dt.date,
    today: dt.date,
) -> Reconciliation:
    """An export beside the ledger, item by item. What both date before `since`, the first day of the oldest running
    cycle, is left out."""
    rows = [row for row in rows if max(row.days) >= since]
    claims = [one for one in claims if one.activity.facts.completed_on >= since]
    pairs, lone_rows, lone_claims = _paired(rows, claims)
    differences = [line for row, one, sure in pairs for line in _compared(row, one, same_day=sure)]
    missing = [one for one in lone_claims if one.claim.status is not ClaimStatus.REJECTED]
    differences += [_missing_there(one, today) for one in missing]
    differences += [_missing_here(row, program) for row in lone_rows if row.status is not ClaimStatus.REJECTED]
    portal = sum((_of_row(row) for row in rows if _may_count(row.status)), Decimal(0))
    ledger = sum((one.credits for one in claims if one.claim.status is not ClaimStatus.REJECTED), Decimal(0))
    return Reconciliation(
        holder=holder,
        program=program.id,
        holding=None,
        portal=portal,
        ledger=ledger,
        agreeing=len(pairs) - len({line.entry for line in differences if line.where == "both"}),
        differences=tuple(differences),
        headline=_headline(program.name, portal, ledger, missing, today, others=len(differences) - len(missing)),
    )


def reconcile_balance(
    holder: str,
    verdict: Verdict,
    explanation: Explanation,
    stated: Decimal,
    claims: Sequence[Ours],
    *,
    today: dt.date,
) -> Reconciliation:
    """A number read off the portal for one certification, beside what the ledger counts and what waits."""
    counting = {line.item for line in explanation.counted}
    counted = sum((line.credits for line in explanation.counted), Decimal(0))
    waiting = verdict.waiting.credits if verdict.waiting else Decimal(0)
    ledger = counted + waiting
    mine = [one for one in claims if one.claim.id in counting or one.claim.status.waits]
    missing, sure = _explaining(ledger - stated, mine)
    differences = [_missing_there(one, today, certain=sure) for one in missing]
    headline = _headline(verdict.holding, stated, ledger, missing if sure else (), today, others=0)
    if ledger != stated and not missing:
        more, whose = abs(ledger - stated), "the portal has more" if stated > ledger else "the ledger has more"
        headline = f"{headline.rstrip('.')}: {whose}, by {plain(more)}; no items of the ledger add up to it."
    elif not sure and missing:
        headline = f"{headline.rstrip('.')}: the difference may be among these {len(missing)}."
    return Reconciliation(
        holder=holder,
        program=verdict.program,
        holding=verdict.holding,
        portal=stated,
        ledger=ledger,
        agreeing=len(mine) - len(missing),
        differences=tuple(differences),
        headline=headline,
    )


def _explaining(difference: Decimal, claims: Sequence[Ours]) -> tuple[list[Ours], bool]:
    """The claims that a portal does not have, if so many credits are missing there, and whether that is certain: all
    that was never submitted, or the one set of claims that adds up. Otherwise all that are not earned."""
    if difference <= 0:
        return [], False
    drafts = [one for one in claims if one.claim.status is ClaimStatus.DRAFT]
    if sum((one.credits for one in drafts), Decimal(0)) == difference:
        return drafts, True
    candidates = [one for one in claims if one.credits]
    if len(candidates) <= _MOST_CANDIDATES:
        sets = [
            some
            for size in range(1, len(candidates) + 1)
            for some in combinations(candidates, size)
            if sum((one.credits for one in some), Decimal(0)) == difference
        ]
        if len(sets) == 1:
            return list(sets[0]), True
        if not sets:
            return [], False
    return [one for one in claims if one.claim.status.waits], False


def _paired(
    rows: Sequence[PortalRow], claims: Sequence[Ours]
) -> tuple[list[tuple[PortalRow, Ours, bool]], list[PortalRow], list[Ours]]:
    """Rows and claims that are one item, by what identifies them best: the code, title and day, a near title and the
    day, the title and a near day. Each is taken once; what could be several stays alone."""
    pairs: list[tuple[PortalRow, Ours, bool]] = []
    left_rows, left = list(rows), list(claims)
    for alike, same_day in ((_same_code, True), (_same_item, True), (_near_item, True), (_near_day, False)):
        for row in list(left_rows):
            found = [one for one in left if alike(row, one)]
            rivals = [other for other in left_rows if found and alike(other, found[0])]
            if len(found) == 1 and len(rivals) == 1:
                pairs.append((row, found[0], same_day or found[0].activity.facts.completed_on in row.days))
                left_rows.remove(row)
                left.remove(found[0])
    return pairs, left_rows, left


def _same_code(row: PortalRow, one: Ours) -> bool:
    code = one.activity.facts.validation_code
    return bool(row.code and code) and normal_code(row.code or "") == normal_code(code or "")


def _titles(one: Ours) -> tuple[str, str]:
    return one.claim.course, one.activity.facts.course_name


def _same_item(row: PortalRow, one: Ours) -> bool:
    return one.activity.facts.completed_on in row.days and fold(row.course) in map(fold, _titles(one))


def _near_item(row: PortalRow, one: Ours) -> bool:
    near = any(nearly_equal(row.course, title) for title in _titles(one))
    return one.activity.facts.completed_on in row.days and near


def _near_day(row: PortalRow, one: Ours) -> bool:
    apart = min(abs((day - one.activity.facts.completed_on).days) for day in row.days)
    return apart <= _NEAR_DAYS and fold(row.course) in map(fold, _titles(one))


def _may_count(status: ClaimStatus | None) -> bool:
    return status not in (ClaimStatus.REJECTED, ClaimStatus.DRAFT)


def _of_row(row: PortalRow) -> Decimal:
    return row.credits or Decimal(0)


def _compared(row: PortalRow, one: Ours, *, same_day: bool) -> Iterator[Difference]:
    """What a row and a claim that are one item say differently."""
    entry, completed_on = one.activity.entry, one.activity.facts.completed_on

    def differs(sentence: str, action: str | None) -> Difference:
        return Difference(
            where="both",
            entry=entry,
            line=row.line,
            course=one.claim.course,
            completed_on=completed_on,
            credits=one.credits,
            submit_by=one.submit_by,
            sentence=sentence,
            action=action,
        )

    program = one.claim.program
    if row.status is not None and row.status is not one.claim.status:
        why = "" if may_follow(one.claim.status, row.status) else " --why …"
        action = f"recert items status {entry} {row.status} --program {program}{why}"
        yield differs(f"the portal says {row.status}, the ledger {one.claim.status}", action)
    if row.credits is not None and row.credits != one.credits:
        said = f"the portal says {plain(row.credits)} credits, the ledger {plain(one.credits)}"
        status = row.status or one.claim.status
        yield differs(said, f"recert items status {entry} {status} --program {program} --credits {plain(row.credits)}")
    if not same_day and completed_on not in row.days:
        days = " or ".join(written(day) for day in row.days)
        yield differs(f"the portal says {days}, the ledger {written(completed_on)}", f"recert items correct {entry} …")


def _missing_there(one: Ours, today: dt.date, *, certain: bool = True) -> Difference:
    facts, status = one.activity.facts, one.claim.status
    closes = one.submit_by
    window = f"its window closes in {_days((closes - today).days)}" if closes else "its window has closed"
    is_ = "is not there" if certain else "may not be there"
    return Difference(
        where="portal",
        entry=one.activity.entry,
        line=None,
        course=one.claim.course,
        completed_on=facts.completed_on,
        credits=one.credits,
        submit_by=closes,
        sentence=f"{is_}; here it is {status}; {window}",
        action="recert submit" if status is ClaimStatus.DRAFT else "ask the portal what became of it",
    )


def _missing_here(row: PortalRow, program: Program) -> Difference:
    known = row.days[0] if len(row.days) == 1 else None
    days = " or ".join(written(day) for day in row.days)
    return Difference(
        where="ledger",
        entry=None,
        line=row.line,
        course=row.course,
        completed_on=known,
        credits=row.credits,
        submit_by=None,
        sentence=f"the portal has it, of {days}; the ledger does not",
        action=f"drop its certificate into the inbox, or recert items add … --program {program.id} --kind …",
    )


def _headline(
    name: str, portal: Decimal, ledger: Decimal, missing: Iterable[Ours], today: dt.date, *, others: int
) -> str:
    """`portal 52, ledger 64: these two are missing there; the window closes in 9 days`."""
    told = f"{name}: portal {plain(portal)}, ledger {plain(ledger)}"
    gone = list(missing)
    parts = []
    if gone:
        these = "this one is" if len(gone) == 1 else f"these {_NUMBERS.get(len(gone), len(gone))} are"
        parts.append(f"{these} missing there")
        closes = [one.submit_by for one in gone if one.submit_by]
        if closes:
            which = "the window" if len(set(closes)) == 1 else "the first window"
            parts.append(f"{which} closes in {_days((min(closes) - today).days)}")
    if others:
        parts.append(f"{others} other {'thing differs' if others == 1 else 'things differ'}")
    return f"{told}: {'; '.join(parts)}." if parts else f"{told}{': they agree' if portal == ledger else ''}."


_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
