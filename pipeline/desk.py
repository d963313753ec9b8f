"""Everything that a command or a run works with, handed around as one value."""

from dataclasses import dataclass

from pipeline.clock import Clock
from pipeline.ledger.store import Ledger
from pipeline.settings import Settings
from pipeline.verdicts.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Desk:
    """`person` is who is at the keyboard, written into what is stated and reviewed."""

    settings: Settings
    ledger: Ledger
    rulebook: Rulebook
    clock: Clock
    person: str
