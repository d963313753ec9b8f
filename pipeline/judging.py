"""One certificate against everything that is known: the checks, whose it is, what it counts for. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractors.model import Extraction
from pipeline.checks.duplicates import SeenActivities, Waiting
from pipeline.checks.findings import Decision, Finding
from pipeline.checks.remarks import finding
from pipeline.crediting import ProposedClaim, credit
from pipeline.ledger.events import ActivityFacts
from pipeline.ledger.state import Entry, Holder, State, apply
from pipeline.recording import facts_of
from pipeline.roster import Roster
from pipeline.validate import Placement, check_context, check_document, decide, sampled
from pipeline.verdicts.rulebook import Rulebook


class Known:
    """The ledger as the checks see it: people by name, activities by what makes them the same, and what waits in
    review."""

    def __init__(self, state: State, waiting: Iterable[Waiting] = ()) -> None:
        self.state = state
        self.roster = Roster(state.holders.values())
        self.seen = SeenActivities(state.activities.values())
        self.seen.let_wait(waiting)

    def add(self, entry: Entry) -> None:
        """Let the next question know of one more entry that was just appended for a known person."""
        apply(self.state, entry)
        activity = self.state.by_entry(entry.seq)
        if activity is not None:
            self.seen.add(activity)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to happen with one certificate, before anything is written."""

    extraction: Extraction
    decision: Decision
    findings: tuple[Finding, ...]
    placement: Placement
    facts: ActivityFacts | None = None
    claims: tuple[ProposedClaim, ...] = ()


def judge(
    extraction: Extraction,
    sha256: str,
    known: Known,
    rulebook: Rulebook,
    day: dt.date,
    *,
    folder: str | None = None,
    sample_share: Decimal = Decimal(0),
) -> Judgement:
    """Decide about one certificate received on `day`. Only an `accept` has facts and claims to record."""
    findings = list(check_document(extraction, day))
    placement = check_context(extraction, sha256, known.roster, known.seen, folder)
    if decide(findings) is Decision.REJECT and placement.duplicate_of is None:
        placement = Placement(None)  # what is no certificate is nobody's
    findings += placement.findings
    if decide(findings) is Decision.ACCEPT and sampled(sha256, extraction.ordinal, sample_share):
        findings.append(finding("sampled", "It was drawn as one of the accepted ones that a person looks at."))
    if decide(findings) is not Decision.ACCEPT or placement.holder is None:
        return Judgement(extraction, decide(findings), tuple(findings), placement)
    facts = facts_of(extraction)
    claims = proposals(facts, extraction.profile, known.state.holders[placement.holder], rulebook)
    findings += [finding("claim_uncertain", claim.basis) for claim in claims if not claim.certain]
    return Judgement(extraction, decide(findings), tuple(findings), placement, facts, claims)


def proposals(
    facts: ActivityFacts, profile: str | None, holder: Holder, rulebook: Rulebook
) -> tuple[ProposedClaim, ...]:
    """The claims that an activity may carry for this person."""
    return credit(facts, profile, tuple(holder.holdings.values()), rulebook.offers, rulebook.programs)
