"""A portal and the ledger side by side: whose rows they are, of which program, and what differs. Only reads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.desk import Desk
from pipeline.errors import WrongUse
from pipeline.folding import fold
from pipeline.ledger.state import Holder, State
from pipeline.people.statements import known_program
from pipeline.portal.portal_file import PortalExport, PortalRow
from pipeline.portal.reconciling import Reconciliation, ours, reconcile, reconcile_balance
from pipeline.roster import Roster
from pipeline.verdicts.accounts import explanations
from pipeline.verdicts.evaluation import verdicts_of
from rules.folders import Explanation
from rules.model import HoldingStatus, Verdict
from rules.program import Program
from rules.reading import nearest


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`unplaced` are the lines of a file that belong to nobody known, each with why."""

    found: tuple[Reconciliation, ...]
    unplaced: tuple[str, ...] = ()


def reconcile_export(desk: Desk, export: PortalExport, holder: Holder | None, program: str | None) -> Reconciled:
    """A whole export, by person and program. `holder` and `program` are whose it is where the file does not say.

    Raises WrongUse where neither says, or the program is not there.
    """
    state = desk.ledger.state()
    if holder is None and "holder" not in export.columns:
        raise WrongUse("The file does not say whose items these are.", "Say it with --holder NAME.")
    if program is not None:
        known_program(desk, program)
    groups: defaultdict[tuple[str, str], list[PortalRow]] = defaultdict(list)
    unplaced = []
    roster = Roster(state.holders.values())
    for row in export.rows:
        whose = _holder_of(row, holder, roster, state)
        if isinstance(whose, str):
            unplaced.append(whose)
            continue
        of = _program_of(desk, row, program, whose)
        if of is None:
            unplaced.append(f"Line {row.line}: it does not say whose credits these are; say it with --program.")
        else:
            groups[whose.id, of].append(row)
    if holder is not None and not export.rows:
        groups |= {(holder.id, of): [] for of in _programs(holder, program)}
    found = [
        _side_by_side(desk, state, state.holders[id], desk.rulebook.programs[of], rows)
        for (id, of), rows in sorted(groups.items(), key=lambda one: (state.holders[one[0][0]].name, one[0]))
    ]
    return Reconciled(tuple(found), tuple(unplaced))


def reconcile_stated(
    desk: Desk, holder: Holder, holding: str | None, program: str | None, stated: Decimal
) -> Reconciled:
    """A balance that somebody read off the portal. Raises WrongUse where it is not clear for which certification."""
    state, today = desk.ledger.state(), desk.clock.today()
    fitting = [
        (verdict, explanation)
        for verdict, explanation in _opened(desk, state, holder, today)
        if program in (None, verdict.program) and (holding is None or fold(holding) == fold(verdict.holding))
    ]
    if len(fitting) != 1:
        held = [name for of, name in holder.holdings if program in (None, of)]
        problem = "holds several certifications" if holding is None and held else f"has no certification “{holding}”"
        raise WrongUse(f"{holder.name} {problem}.", f"Say which with --holding. {nearest(holding or '', held)}")
    [(verdict, explanation)] = fitting
    of = desk.rulebook.programs[verdict.program]
    claims = ours(state, holder, (verdict,), of, today)
    return Reconciled((reconcile_balance(holder.name, verdict, explanation, stated, claims, today=today),))


def _side_by_side(
    desk: Desk, state: State, holder: Holder, program: Program, rows: Sequence[PortalRow]
) -> Reconciliation:
    today = desk.clock.today()
    opened = [one for one in _opened(desk, state, holder, today) if one[0].program == program.id]
    alive = (HoldingStatus.ACTIVE, HoldingStatus.SUSPENDED)
    begins = [e.cycle_from for verdict, e in opened if verdict.status in alive and e.cycle_from]
    claims = ours(state, holder, tuple(verdict for verdict, _ in opened), program, today)
    return reconcile(holder.name, program, rows, claims, since=min(begins, default=dt.date.min), today=today)


def _opened(desk: Desk, state: State, holder: Holder, today: dt.date) -> Iterator[tuple[Verdict, Explanation]]:
    programs = desk.rulebook.programs
    verdicts = verdicts_of(state, holder, programs, as_of=today, known_at=today)
    yield from zip(verdicts, explanations(state, holder, verdicts, programs, today), strict=True)


def _holder_of(row: PortalRow, holder: Holder | None, roster: Roster, state: State) -> Holder | str:
    """Whose row it is, or why nobody's."""
    if row.holder is None:
        return holder or f"Line {row.line}: it names nobody."
    match = roster.match(row.holder)
    if match.holder is None:
        return f"Line {row.line}: nobody on the roster is surely “{row.holder}”."
    if holder is not None and match.holder != holder.id:
        return f"Line {row.line}: it is of {state.holders[match.holder].name}, not of {holder.name}."
    return state.holders[match.holder]


def _program_of(desk: Desk, row: PortalRow, program: str | None, holder: Holder) -> str | None:
    named = {fold(of.id): of.id for of in desk.rulebook.programs.values()}
    named |= {fold(of.name): of.id for of in desk.rulebook.programs.values()}
    if row.program is not None:
        return named.get(fold(row.program))
    held = _programs(holder, program)
    return held[0] if len(held) == 1 else None


def _programs(holder: Holder, program: str | None) -> list[str]:
    return [program] if program is not None else sorted({of for of, _ in holder.holdings})
