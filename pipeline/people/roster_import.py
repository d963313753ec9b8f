"""From a roster file to ledger events: only what is new or changed, so that importing twice adds nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.checks.duplicates import normal_code
from pipeline.errors import DataFileError
from pipeline.folding import fold
from pipeline.ledger.events import (
    ActivityFacts,
    ActivityRecorded,
    AnyEvent,
    BalanceStated,
    ClaimRecorded,
    ExamRecorded,
    HolderRecorded,
    HoldingRecorded,
)
from pipeline.ledger.state import Activity, Holder, State
from pipeline.people.roster_file import HolderRow, ItemRow, RosterRows
from rules.model import Holding
from rules.reading import nearest

NewId = Callable[[], str]


@dataclass(slots=True)
class _Done:
    """One activity as far as items are compared by it; `programs` are those that it has a claim for."""

    activity: str
    course: str
    completed_on: dt.date
    code: str | None
    programs: set[str] = field(default_factory=set)

    def is_item(self, item: ItemRow) -> bool:
        codes_agree = not (self.code and item.validation_code) or (
            normal_code(self.code) == normal_code(item.validation_code)
        )
        return codes_agree and self.completed_on == item.completed_on and self.course == fold(item.course)


def plan_import(rows: RosterRows, state: State, by: str, new_id: NewId) -> tuple[AnyEvent, ...]:
    """The events that bring the ledger to what the file says, in an order that can be appended as it is.

    People are found by their recorded name or an alias, whatever the accents and case; a name that only comes near is
    a new person. A holding's changed level or date is recorded anew. Aliases are added and never taken away. An item
    that is recorded already (same course, day and code) is left as it is, status and credits included: the portal's
    word since then is newer than the file; `recert items status` changes it. Raises DataFileError.
    """
    people: defaultdict[str, list[Holder]] = defaultdict(list)
    aliases: defaultdict[str, list[Holder]] = defaultdict(list)
    for holder in state.holders.values():
        people[fold(holder.name)].append(holder)
        for alias in {fold(alias) for alias in holder.aliases}:
            aliases[alias].append(holder)
    activities: defaultdict[str, list[Activity]] = defaultdict(list)
    for activity in state.activities.values():
        if not activity.voided:
            activities[activity.holder].append(activity)
    events: list[AnyEvent] = []
    for row in rows.holders:
        known = people.get(fold(row.name)) or aliases.get(fold(row.name)) or []
        if len(known) > 1:
            raise DataFileError(
                f"The file's “{row.name}” may be any of {len(known)} people of the ledger.",
                "Write the name in the file so that it says which, with a middle name or an alias of one of them.",
            )
        holder = known[0] if known else Holder(new_id(), "")
        events += _person(row, holder, by)
        events += _holdings(row, holder, by)
        events += _exams_and_balances(row, holder, by, new_id)
        events += _items(row.items, holder.id, [_done(activity) for activity in activities[holder.id]], by, new_id)
    return tuple(events)


def _person(row: HolderRow, holder: Holder, by: str) -> Iterator[AnyEvent]:
    by_alias = fold(row.name) in {fold(alias) for alias in holder.aliases} and fold(row.name) != fold(holder.name)
    name = holder.name if by_alias else row.name
    known = {fold(alias) for alias in holder.aliases}
    new = {fold(alias): alias for alias in row.aliases if fold(alias) not in known}
    if name != holder.name or new:
        yield HolderRecorded(holder=holder.id, name=name, aliases=(*holder.aliases, *new.values()), by=by)


def _holdings(row: HolderRow, holder: Holder, by: str) -> Iterator[AnyEvent]:
    for holding in row.holdings:
        old = holder.holdings.get((holding.program, holding.name))
        new = HoldingRecorded(holder=holder.id, by=by, **holding.model_dump())
        if old is None or _stated(old) != _stated(new):
            yield new


def _stated(holding: Holding | HoldingRecorded) -> tuple[object, ...]:
    """What a roster file states of a certification."""
    granted = {(one.id, one.granted_on) for one in holding.granted}
    dates = (holding.earned_on, holding.expires_on)
    return holding.level, *dates, holding.retired, holding.required_courses, granted


def _exams_and_balances(row: HolderRow, holder: Holder, by: str, new_id: NewId) -> Iterator[AnyEvent]:
    held = {*holder.holdings, *((holding.program, holding.name) for holding in row.holdings)}
    exams = {(exam.program, exam.passed_on, exam.kind, exam.code, exam.holding) for exam in holder.exams.values()}
    for exam in row.exams:
        _require_held(row.name, exam.program, exam.holding, held)
        key = (exam.program, exam.passed_on, exam.kind, exam.code, exam.holding)
        if key not in exams:
            exams.add(key)
            yield ExamRecorded(exam=new_id(), holder=holder.id, by=by, **exam.model_dump())
    balances = {(old.program, old.holding, old.credits, old.stated_on) for old in holder.balances}
    for balance in row.balances:
        _require_held(row.name, balance.program, balance.holding, held)
        stated = (balance.program, balance.holding, balance.credits, balance.stated_on)
        if stated not in balances:
            balances.add(stated)
            yield BalanceStated(holder=holder.id, by=by, **balance.model_dump())


def _require_held(name: str, program: str, holding: str | None, held: set[tuple[str, str]]) -> None:
    if holding is not None and (program, holding) not in held:
        known = [there for of, there in sorted(held) if of == program]
        raise DataFileError(
            f"{name} has no holding “{holding}” of {program}, neither in the file nor in the ledger.",
            nearest(holding, known),
        )


def _items(items: tuple[ItemRow, ...], holder: str, done: list[_Done], by: str, new_id: NewId) -> Iterator[AnyEvent]:
    for item in items:
        found = next((old for old in done if old.is_item(item)), None)
        if found is None:
            found = _Done(new_id(), fold(item.course), item.completed_on, item.validation_code)
            done.append(found)
            yield ActivityRecorded(activity=found.activity, holder=holder, facts=_facts(item), by=by)
        if item.program not in found.programs:
            found.programs.add(item.program)
            yield ClaimRecorded(
                claim=new_id(),
                activity=found.activity,
                holder=holder,
                program=item.program,
                kind=item.kind,
                course=item.course,
                credits=item.credits,
                status=item.status,
                submitted_on=item.submitted_on,
                basis="stated in the roster file",
                by=by,
            )


def _facts(item: ItemRow) -> ActivityFacts:
    stated = ("course_name", "completed_on", *(["validation_code"] if item.validation_code else []))
    return ActivityFacts(
        course_name=item.course,
        completed_on=item.completed_on,
        validation_code=item.validation_code,
        stated=stated,
    )


def _done(activity: Activity) -> _Done:
    facts = activity.facts
    programs = {claim.program for claim in activity.claims}
    return _Done(activity.id, fold(facts.course_name), facts.completed_on, facts.validation_code, programs)
