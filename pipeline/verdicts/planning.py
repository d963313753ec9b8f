"""A person of the ledger and the offers in force, handed to the planner."""

import datetime as dt

from pipeline.errors import DataFileError, WrongUse
from pipeline.ledger.state import Holder, State
from pipeline.people.statements import decimal
from pipeline.verdicts.evaluation import standing_of
from pipeline.verdicts.rulebook import Rulebook
from rules.engine import EvaluationError
from rules.plan import plan
from rules.plan_model import Budget, Plan


def plan_for(
    state: State,
    holder: Holder,
    rulebook: Rulebook,
    as_of: dt.date,
    *,
    by: dt.date | None = None,
    budget: Budget | None = None,
) -> Plan:
    """The plan of one person from `as_of` on. Raises WrongUse for a day before it, DataFileError where something is
    held of a program or level that is not in force."""
    if by is not None and by < as_of:
        raise WrongUse(f"The plan is to be done by {by}, before {as_of}.", "Give a later day to --by.")
    unknown = sorted({holding.program for holding in holder.holdings.values()} - rulebook.programs.keys())
    try:
        if unknown:
            raise EvaluationError(f'there is no program "{unknown[0]}"')
        standing = standing_of(state, holder)
        return plan(standing, rulebook.programs, rulebook.offers, as_of, by=by, budget=budget)
    except EvaluationError as error:
        raise DataFileError(
            f"The certifications recorded for {holder.name} do not fit the programs of this recert: {error}.",
            "Update recert, or import a roster file that says program and level as `recert roster import` knows them.",
        ) from error


def budget_of(text: str) -> Budget:
    """A budget as people type it: `300`, `300 GBP`. Raises WrongUse."""
    amount, _, currency = text.strip().partition(" ")
    try:
        return Budget(amount=decimal(amount), currency=currency.strip().upper() or None)
    except WrongUse:
        raise WrongUse(f"“{text}” is no budget.", "Write it as 300 or “300 GBP”.") from None
