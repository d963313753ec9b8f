"""What a person has to hand in at a portal: each draft with what the portal asks for, and what is still to be found."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.ledger.state import Activity, Claim, Holder, State
from pipeline.verdicts.reminders import submit_by
from rules.model import ClaimStatus, Verdict, plain
from rules.program import Program, SubmitWith

_AT_LEAST: tuple[SubmitWith, ...] = ("course_name", "completed_on")
_LABELS: Mapping[SubmitWith, str] = {
    "course_name": "Official course name",
    "started_on": "Start date",
    "completed_on": "End date",
    "validation_code": "Validation code",
    "kind": "Type of activity",
    "pdf": "Certificate as PDF",
    "image": "Screenshot or image",
}
_IMAGES = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF"}

Find = Callable[[Activity], Path | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that the portal asks for: its value where it is there, else what to do. A value may have a remark."""

    label: str
    value: str | None
    todo: str | None = None


@dataclass(frozen=True, slots=True)
class ToSubmit:
    """One draft. `file` is the kept certificate; None where there is none, which `asked` says. `submit_by` is the first
    last day of those holdings that it can still serve; None where every window has closed."""

    number: int
    entry: int
    program: Program
    course: str
    printed: str
    started_on: dt.date | None
    completed_on: dt.date
    validation_code: str | None
    kind: str
    credits: str
    verify_url: str | None
    asked: tuple[Asked, ...]
    file: Path | None
    submit_by: dt.date | None

    @property
    def todo(self) -> tuple[str, ...]:
        """What is still to be done before it can be submitted."""
        closed = () if self.submit_by else ("Its submission window has closed: it would not count any more.",)
        return (*(one.todo for one in self.asked if one.todo), *closed)


def to_submit(
    state: State,
    holder: Holder,
    verdicts: tuple[Verdict, ...],
    programs: Mapping[str, Program],
    find: Find,
    *,
    today: dt.date,
    only: str | None = None,
) -> tuple[ToSubmit, ...]:
    """A person's drafts that somebody has to submit, by program and by the day on which their window closes. `find`
    looks for the kept certificate of an activity; `only` is the one program that is asked about."""
    drafts = [
        (activity, claim, programs[claim.program])
        for activity in state.activities_of(holder.id)
        for claim in activity.claims
        if claim.status is ClaimStatus.DRAFT
        and claim.program in programs
        and only in (None, claim.program)
        and not _by_itself(activity, claim, programs[claim.program])
    ]
    closing = {claim.id: _closes(activity, claim, verdicts, program, today) for activity, claim, program in drafts}

    def urgency(one: tuple[Activity, Claim, Program]) -> tuple[str, dt.date, int]:
        return one[1].program, closing[one[1].id] or dt.date.max, one[0].entry

    return tuple(
        _one(number, activity, claim, program, find(activity), closing[claim.id])
        for number, (activity, claim, program) in enumerate(sorted(drafts, key=urgency), start=1)
    )


def _by_itself(activity: Activity, claim: Claim, program: Program) -> bool:
    """Whether the portal learns of it without anybody's doing."""
    kind = program.kind_on(claim.kind, activity.facts.completed_on)
    return ((kind and kind.credited) or program.credited) == "automatically"


def _closes(
    activity: Activity, claim: Claim, verdicts: tuple[Verdict, ...], program: Program, today: dt.date
) -> dt.date | None:
    return min((day for day in submit_by(activity, claim, verdicts, program) if day >= today), default=None)


def _one(  # noqa: PLR0917 - one call, in this order
    number: int, activity: Activity, claim: Claim, program: Program, file: Path | None, closes: dt.date | None
) -> ToSubmit:
    facts = activity.facts
    kind = program.kind_on(claim.kind, facts.completed_on)
    credits = claim.credits if claim.credits is not None else kind.value if kind else None
    name = kind.name if kind else claim.kind
    return ToSubmit(
        number=number,
        entry=activity.entry,
        program=program,
        course=claim.course,
        printed=facts.course_name,
        started_on=facts.started_on,
        completed_on=facts.completed_on,
        validation_code=facts.validation_code,
        kind=name,
        credits="" if credits is None else plain(credits),
        verify_url=facts.verify_url,
        asked=tuple(_asked(what, activity, claim, name, file) for what in program.submit_with or _AT_LEAST),
        file=file,
        submit_by=closes,
    )


def _asked(what: SubmitWith, activity: Activity, claim: Claim, kind: str, file: Path | None) -> Asked:
    facts, label = activity.facts, _LABELS[what]
    match what:
        case "course_name":
            return Asked(label, claim.course)
        case "completed_on":
            return Asked(label, facts.completed_on.isoformat())
        case "kind":
            return Asked(label, kind)
        case "started_on":
            if facts.started_on is not None:
                return Asked(label, facts.started_on.isoformat())
            return Asked(
                label, None, "Ask on which day it began, and record it: " + _correction(activity, "started_on")
            )
        case "validation_code":
            if facts.validation_code is not None:
                return Asked(label, facts.validation_code)
            found = _correction(activity, "validation_code")
            return Asked(label, None, f"Ask the issuer for the validation code, and record it: {found}")
        case _:
            return _attachment(label, what, activity, file)


def _correction(activity: Activity, field: str) -> str:
    return f"`recert items correct {activity.entry} {field}=… --why …`"


def _attachment(label: str, what: SubmitWith, activity: Activity, file: Path | None) -> Asked:
    if file is None:
        kept = activity.document is not None
        why = "The kept certificate was not found" if kept else "No certificate was kept"
        return Asked(label, None, f"{why}: get it from the issuer, and attach it by hand.")
    form = _form(file)
    wanted = "a PDF" if what == "pdf" else "an image"
    fits = form == "PDF" if what == "pdf" else form in _IMAGES.values()
    ordinal = activity.document.ordinal if activity.document is not None else 0
    part = f"; it holds several certificates, this is number {ordinal}" if ordinal > 1 else ""
    if fits:
        return Asked(label, f"attached{part}")
    return Asked(label, f"attached as {form}{part}", f"The portal asks for {wanted}: convert it.")


def _form(file: Path) -> str:
    with file.open("rb") as stream:
        start = stream.read(1024)
    if b"%PDF-" in start:
        return "PDF"
    return next((form for magic, form in _IMAGES.items() if start.startswith(magic)), "another kind of file")


def by_program(items: tuple[ToSubmit, ...]) -> Iterator[tuple[Program, tuple[ToSubmit, ...]]]:
    """Drafts grouped by their program, in their order."""
    for name in dict.fromkeys(item.program.id for item in items):
        mine = tuple(item for item in items if item.program.id == name)
        yield mine[0].program, mine
