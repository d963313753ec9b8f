"""Options that several commands share, and how a typed name becomes a person."""

import datetime as dt
import getpass
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click
from pydantic import BaseModel

from pipeline.clock import SYSTEM
from pipeline.desk import Desk
from pipeline.errors import WrongUse
from pipeline.ledger.state import Holder, State
from pipeline.ledger.store import Ledger
from pipeline.roster import Roster
from pipeline.settings import Settings, load_settings
from pipeline.showing import LONGEST_SENTENCE, json_line, visible
from pipeline.verdicts.rulebook import load_rulebook

FORMATS = click.Choice(["table", "jsonl"])
Command = TypeVar("Command", bound=Callable[..., object])


class Day(click.ParamType[dt.date]):
    """A day as people type it here: 2026-11-22."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-11-22.", param, ctx)


DAY = Day()


def day_option(name: str, help: str) -> Callable[[Command], Command]:
    return click.option(name, type=DAY, default=None, help=help)


def open_ledger(settings: Settings) -> Ledger:
    """The ledger that is there. Raises LedgerUnavailable saying that `recert init` makes one."""
    return Ledger.open(settings.url)


def find_holder(state: State, name: str) -> Holder:
    """The one person whom a typed name or the beginning of an id means. Raises WrongUse naming who comes near."""
    match = Roster(state.holders.values()).match(name)
    if match.holder is not None:
        return state.holders[match.holder]
    by_id = [holder for holder in state.holders.values() if len(name) >= 6 and holder.id.startswith(name)]
    if len(by_id) == 1:
        return by_id[0]
    several = [f"{state.holders[id].name} ({id[:8]})" for id in match.several]
    if several:
        raise WrongUse(f"“{name}” may be {' or '.join(several)}.", "Give the id in brackets instead of the name.")
    nearest = [state.holders[id].name for id in match.nearest]
    raise WrongUse(
        f"Nobody on the roster is called “{name}”.",
        f"Did you mean {' or '.join(nearest)}?" if nearest else "Look at `recert roster list`.",
    )


def stated_values(changes: Sequence[str]) -> dict[str, str]:
    """`field=value` words as people type them. Raises WrongUse."""
    stated: dict[str, str] = {}
    for change in changes:
        name, separator, value = change.partition("=")
        if not separator:
            raise WrongUse(f"“{change}” is not a correction.", "Write it as field=value.")
        stated[name] = value
    return stated


@contextmanager
def open_desk() -> Iterator[Desk]:
    """Everything that is set up here: settings, ledger, programs and offers, the clock, who is at the keyboard."""
    settings = load_settings()
    with open_ledger(settings) as ledger:
        person = settings.reviewer or getpass.getuser()
        yield Desk(settings, ledger, load_rulebook(settings), SYSTEM, person)


def say(text: str, *, err: bool = False) -> None:
    """Print a line that may hold paths, names or titles, without what could repaint the terminal."""
    click.echo(visible(text, LONGEST_SENTENCE), err=err)


def say_json(value: BaseModel | Mapping[str, object]) -> None:
    """Print an object as one line of JSON, in UTF-8 whatever the terminal's encoding is."""
    click.echo(json_line(value).encode())


def counting_of(desk: Desk, entry: int) -> str:
    """What an activity counts as, in words; nothing where the entry is none."""
    from pipeline.report.words import claim_words, counting
    from rules.model import plain

    activity = desk.ledger.state().by_entry(entry)
    if activity is None:
        return ""
    claims = [
        claim_words(one.program, one.kind, None if one.credits is None else plain(one.credits), one.status)
        for one in activity.claims
    ]
    return counting(claims)


def print_differences(desk: Desk, holders: Collection[str] | None = None, day: dt.date | None = None) -> int:
    """Evaluate these people (everybody by default) again as of `day` (today by default), say what changed for them, and
    return how many verdicts did."""
    from pipeline.verdicts.evaluation import reevaluate

    differences = reevaluate(desk, holders, day)
    for one in differences:
        say(f"{one.holder}: {one.sentence}")
    return len(differences)
