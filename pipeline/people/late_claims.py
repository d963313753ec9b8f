"""Activities that were recorded before their holder had a certification: claimed once one is on record."""

from collections.abc import Iterator

from pipeline.crediting import ProposedClaim, credit
from pipeline.desk import Desk
from pipeline.ledger.state import Activity, Holder, State
from pipeline.recording import AUTOMATIC, claim_draft
from pipeline.verdicts.rulebook import Rulebook


def claim_late(desk: Desk, holders: frozenset[str]) -> tuple[int, ...]:
    """Record what is certain of these people's activities and could not be claimed when they came. Returns the entries
    of the activities. Can be run again: what has a claim for a program gets no second one."""
    with desk.ledger.transaction():
        state = desk.ledger.state()
        found = [
            (activity, claim)
            for holder in sorted(holders & state.holders.keys())
            for activity, claim in late_claims(state, state.holders[holder], desk.rulebook)
        ]
        drafts = tuple(
            claim_draft(claim, activity=activity.id, holder=activity.holder, by=AUTOMATIC) for activity, claim in found
        )
        if drafts:
            desk.ledger.append(drafts, desk.clock.now())
    return tuple(dict.fromkeys(activity.entry for activity, _ in found))


def late_claims(state: State, holder: Holder, rulebook: Rulebook) -> Iterator[tuple[Activity, ProposedClaim]]:
    """What this person's activities count for by programs of which nothing was held yet when they were recorded."""
    for activity in state.activities_of(holder.id):
        since = {program for program, entry in holder.held_since.items() if entry > activity.entry}
        open_to = since - {claim.program for claim in activity.claims}
        holdings = tuple(held for held in holder.holdings.values() if held.program in open_to)
        claims = credit(activity.facts, activity.facts.profile, holdings, rulebook.offers, rulebook.programs)
        yield from ((activity, claim) for claim in claims if claim.certain)
