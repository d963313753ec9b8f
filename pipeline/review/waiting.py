"""The codes and links of what waits in review: one that two people show must not be recorded for either unseen."""

from collections.abc import Iterable

from pipeline.checks.duplicates import Waiting
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import ReviewRow, Work


def waiting_in(ledger: Ledger) -> tuple[Waiting, ...]:
    """All that waits in review now."""
    with ledger.reading() as connection:
        return tuple(_waiting(row) for row in Work(connection).reviews())


class ReviewsSeen:
    """What waits in review, asked for again and again: a review does not change, so each is read once."""

    def __init__(self) -> None:
        self._known: dict[int, Waiting] = {}

    def now(self, work: Work) -> Iterable[Waiting]:
        """All that waits, as the transaction of `work` sees it."""
        numbers = work.open_numbers()
        self._known = {
            number: self._known[number] if number in self._known else _waiting(work.review(number))
            for number in numbers
        }
        return self._known.values()


def _waiting(row: ReviewRow) -> Waiting:
    return Waiting.of(row.certificate.extraction, row.certificate.sha256, row.number)
