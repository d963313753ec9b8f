"""What waits for a person, with what roster and ledger say of it today, and the commands that make sense for it."""

import shlex
from collections.abc import Iterable

from pipeline.judging import Known
from pipeline.ledger.state import Holder
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import ReviewRow, ReviewState, Work
from pipeline.review.doubts import placed, unshown, up_to_date
from pipeline.review.waiting import waiting_in
from pipeline.showing import visible

# What no person's word can make right: the document must state something else, or the person must.
STANDS = frozenset(
    {
        "not_a_certificate",
        "in_progress",
        "transcript",
        "holder_missing",
        "course_missing",
        "date_missing",
        "date_incomplete",
        "value_malformed",
        "start_after_completion",
        "completion_in_future",
        "expiry_before_completion",
    }
)


def open_reviews(ledger: Ledger) -> tuple[ReviewRow, ...]:
    """What waits for a person, by number."""
    with ledger.reading() as connection:
        return Work(connection).reviews()


def review_of(ledger: Ledger, number: int) -> ReviewRow:
    """One review, open or decided. Raises WrongUse for a number that was never given."""
    with ledger.reading() as connection:
        return Work(connection).review(number)


def shown(ledger: Ledger, rows: Iterable[ReviewRow]) -> tuple[ReviewRow, ...]:
    """Reviews as a person should see them: what waits, with what roster and ledger say of it today."""
    known = Known(ledger.state(), waiting_in(ledger))
    return tuple(up_to_date(row, known) if row.state is ReviewState.OPEN else row for row in rows)


def offered(row: ReviewRow, ledger: Ledger) -> tuple[str, ...]:
    """The commands that make sense for a review, ready to be typed; none for one that is decided."""
    if row.state is not ReviewState.OPEN:
        return ()
    number, known = row.number, Known(ledger.state(), waiting_in(ledger))
    placement = placed(row, known)
    fixing = f"recert review fix {number} field=value …"
    if placement.duplicate_of is not None:
        return fixing, f'recert review reject {number} --why "duplicate of entry {placement.duplicate_of}"'
    codes = {finding.code for finding in up_to_date(row, known).certificate.findings}
    commands = []
    if "holder_unknown" in codes:
        name = row.certificate.extraction.fields.holder_name.value or ""
        nearest = (known.state.holders[id] for id in known.roster.match(name).nearest)
        commands += [f"recert review accept {number} --alias-of {_named(near)}" for near in nearest]
        commands.append(f"recert review accept {number} --add-person")
    if "proposes_exam" in codes:
        commands.append(f"recert review accept {number} --program … --kind …")
    elif "proposes_holding" in codes:
        commands.append(f"recert review accept {number} --program … --level …")
    elif not codes & STANDS and "holder_unknown" not in codes:
        commands.append(f"recert review accept {number}")
    anyway = " --anyway" if unshown(row, placement.findings) else ""
    accepting = [command + anyway for command in (*commands, fixing)]
    return (*accepting, f'recert review reject {number} --why "…"')


def _named(holder: Holder) -> str:
    """A person as one word of a shell; by the id where the name cannot be shown as it is."""
    return shlex.quote(holder.name) if visible(holder.name) == holder.name else holder.id[:8]
