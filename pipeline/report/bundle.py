"""The submission bundle: a checklist, a table, and each certificate under a name that says what it is. A folder or a
zip; only its owner can read it, and nothing is ever written over."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import WrongUse
from pipeline.folders.filenames import filing_name, numbered, safe_name, suffix_of
from pipeline.folders.moves import copy_part, make_private, move_without_replacing, opened_folder, storage
from pipeline.folders.writing import clear_unfinished_bundles, unfinished_bundle
from pipeline.portal.submission import Asked, ToSubmit, by_program
from pipeline.report.html import page
from pipeline.report.sheet import csv_text
from pipeline.report.words import counted, day
from pipeline.showing import visible
from rules.program import Program

CHECKLIST = "checklist.html"
TABLE = "items.csv"
_COLUMNS = (
    "number",
    "program",
    "course_name",
    "started_on",
    "completed_on",
    "validation_code",
    "kind",
    "credits",
    "verify_url",
    "submit_by",
    "entry",
    "file",
    "to_do",
    "ledger_head",
)


@dataclass(frozen=True, slots=True)
class _DraftView:
    number: int
    entry: int
    course: str
    printed: str | None
    closes: str
    closed: str | None
    kind: str
    credits: str
    verify_url: str | None
    asked: tuple[Asked, ...]
    todo: tuple[str, ...]
    file: str | None
    command: str


@dataclass(frozen=True, slots=True)
class _GroupView:
    program: str
    cite: str | None
    drafts: tuple[_DraftView, ...]


def file_name(item: ToSubmit) -> str | None:
    """The name of an attachment in the bundle: `01 2026-11-05 Course.pdf`; None where there is none."""
    if item.file is None:
        return None
    return f"{item.number:02d} " + filing_name(item.completed_on, None, item.course, suffix_of(item.file.name))


def write_bundle(holder: str, items: Sequence[ToSubmit], today: dt.date, target: Path, *, head: str) -> Path:
    """Write the bundle to `target`, a folder, or a zip where it ends in `.zip`, and say where it is: whole or not at
    all. `head` is the ledger's, as a witness. What a killed one left beside it is removed. Raises WrongUse where
    `target` exists already, StorageError where the disk is full or read-only."""
    there = WrongUse(f"{target} is there already.", "Name a new folder or file.")
    if target.exists():
        raise there
    with storage(target.parent, "write the submission bundle"):
        make_private(target.parent)
        clear_unfinished_bundles(target.parent)
        with unfinished_bundle(target.parent) as making, opened_folder(target.parent, Path()) as place:
            made = making / "bundle"
            made.mkdir(mode=0o700)
            _fill(made, holder, tuple(items), today, head)
            if target.suffix.lower() != ".zip":
                made.rename(target)  # a folder replaces nothing
                return target
            try:
                move_without_replacing(_zip(made), target.name, place)
            except FileExistsError:
                raise there from None
    return target


def default_target(submissions: Path, holder: str, today: dt.date) -> Path:
    """`<day> <holder>` in the folder of the bundles, or the next free name beside it."""
    name = safe_name(f"{today.isoformat()} {holder}")
    return next(path for number in range(1, 10_000) if not (path := submissions / numbered(name, number)).exists())


def _fill(folder: Path, holder: str, items: tuple[ToSubmit, ...], today: dt.date, head: str) -> None:
    for item in items:
        name = file_name(item)
        if item.file is not None and name is not None:
            part, _ = copy_part(item.file, folder)
            part.rename(folder / name)
    _write(folder / TABLE, table(items, head=head))
    _write(folder / CHECKLIST, checklist(holder, items, today, head=head))


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8", newline="")


def _zip(folder: Path) -> Path:
    target = folder.with_suffix(".zip")
    target.touch(mode=0o600)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return target


def table(items: Sequence[ToSubmit], *, head: str) -> str:
    """The table as CSV text, a line for each draft."""
    return csv_text(_COLUMNS, ((*_row(item), head) for item in items))


def checklist(holder: str, items: tuple[ToSubmit, ...], today: dt.date, *, head: str) -> str:
    """The checklist as HTML text."""
    lacking = sum(bool(item.todo) for item in items)
    ready = f"{counted(len(items), 'item')} to submit"
    return page(
        "submission.html.j2",
        headline=f"{ready}, something is missing for {lacking}." if lacking else f"{ready}, everything is here.",
        holder=visible(holder),
        day=day(today),
        head=head,
        groups=tuple(_group(program, mine, today) for program, mine in by_program(items)),
    )


def _group(program: Program, items: tuple[ToSubmit, ...], today: dt.date) -> _GroupView:
    known = None if program.submit_with else "What this portal asks for is not known: have everything at hand."
    return _GroupView(program.name, known, tuple(_draft(item, today) for item in items))


def _draft(item: ToSubmit, today: dt.date) -> _DraftView:
    closes, name = item.submit_by, file_name(item)
    return _DraftView(
        number=item.number,
        entry=item.entry,
        course=visible(item.course),
        printed=visible(item.printed) if item.printed != item.course else None,
        closes=f"submit by {day(closes)}, {counted((closes - today).days, 'day')} left" if closes else "too late",
        closed=None if closes else item.todo[-1],
        kind=visible(item.kind),
        credits=f"{item.credits} {item.program.credit_unit}" if item.credits else "",
        verify_url=visible(item.verify_url) if item.verify_url else None,
        asked=tuple(Asked(one.label, visible(one.value) if one.value else None, one.todo) for one in item.asked),
        todo=item.todo,
        file=visible(name) if name else None,
        command=submitted_command(item, today),
    )


def submitted_command(item: ToSubmit, today: dt.date) -> str:
    """What to type once a draft is submitted."""
    return f"recert items status {item.entry} submitted --program {item.program.id} --submitted-on {today}"


def _row(item: ToSubmit) -> tuple[str, ...]:
    return (
        str(item.number),
        item.program.id,
        item.course,
        item.started_on.isoformat() if item.started_on else "",
        item.completed_on.isoformat(),
        item.validation_code or "",
        item.kind,
        item.credits,
        item.verify_url or "",
        item.submit_by.isoformat() if item.submit_by else "",
        str(item.entry),
        file_name(item) or "",
        " ".join(item.todo),
    )
