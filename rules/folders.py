"""A verdict opened up: where every item went, and every way to renew as a folder of what it asks for and has.

The portals show a certification as a folder of which one part is to be completed ("complete one of": 1.1 the exam, 1.2
the credits). The folders here are numbered like that: ways by exam alone first, then those with credits.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from rules.calendar import add_days, written
from rules.cycle import CASCADE, Track
from rules.model import Credits, Exam, ExamNotCounted, Frozen, Holding, HoldingStatus, Item, NotCounted, Verdict, plain
from rules.program import Path, Program, Version
from rules.refusal import exam_name
from rules.version import ExamNeed
from rules.wording import lack_line

ZERO = Decimal(0)


class Line(Frozen):
    """One item or exam of a holding: what it counts (0 if nothing) and for which paths of which cycle, or why not."""

    item: str
    course: str
    completed_on: dt.date | None
    counted: bool
    credits: Credits
    paths: tuple[str, ...]
    cycle: str | None
    reason: str | None
    sentence: str
    clause: str
    source: str


class Part(Frozen):
    """One thing that a path asks for: `52 of 80 CE`; `missing` in the words of a sentence, None where nothing is."""

    name: str
    reached: Credits
    needed: Credits
    missing: str | None


class Folder(Frozen):
    """One way to renew. `may_hold` says what can be put into it, and how much of it."""

    number: str
    path: str
    name: str
    met: bool
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    may_hold: tuple[str, ...]
    clause: str
    text: str
    source: str
    needs_confirmation: bool


class Explanation(Frozen):
    """All about one holding on one day. `counted` is the running cycle, `earlier` what closed cycles used; every item
    of the program is in one of the three lists of lines."""

    holding: str
    program: str
    level: str
    status: HoldingStatus
    cycle_from: dt.date | None
    cycle_until: dt.date | None
    folders: tuple[Folder, ...]
    counted: tuple[Line, ...]
    earlier: tuple[Line, ...]
    not_counted: tuple[Line, ...]
    flags: tuple[str, ...]


def explained(
    verdict: Verdict,
    holding: Holding,
    items: Mapping[str, Item],
    program: Program,
    as_of: dt.date,
    *,
    exams: Iterable[Exam] = (),
) -> Explanation:
    """A verdict of `as_of` opened up. `items` are the holder's items of the program, by id, `exams` those passed."""
    level = program.level_on(verdict.level, min(as_of, verdict.expires_on or as_of))
    version = program.version_on(as_of)
    paths = () if level is None or holding.retired else level.paths
    begins = cycle_from(verdict, holding, program)
    counted = _in_order(
        _counted(line.item, line.credits, items.get(line.item), paths, begins, program=program, version=version)
        for line in verdict.counted
    )
    rest = _in_order(_refused(line, items.get(line.item)) for line in verdict.not_counted)
    refused = _in_order(_exam_line(line) for line in verdict.exams_not_counted)
    passed = _in_order(_passed(exams, verdict, paths, begins, as_of, program=program))
    return Explanation(
        holding=verdict.holding,
        program=program.name,
        level=level.name if level else verdict.level,
        status=verdict.status,
        cycle_from=begins,
        cycle_until=verdict.expires_on,
        folders=tuple(_folders(verdict, paths, counted, passed, items, program=program, version=version)),
        counted=(*counted, *passed),
        earlier=tuple(line for line in rest if line.counted),
        not_counted=(*(line for line in rest if not line.counted), *refused),
        flags=verdict.flags,
    )


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines as people look for them: by day, then by title; ids of a ledger are random."""
    return tuple(sorted(lines, key=lambda line: (line.completed_on or dt.date.min, line.course, line.item)))


def cycle_from(verdict: Verdict, holding: Holding, program: Program) -> dt.date | None:
    """The first day that counts in the running cycle: the day after the renewal, or with the period that follows where
    that is counted from the end of the last one."""
    if verdict.status is HoldingStatus.NOT_YET_HELD:
        return None
    if verdict.anchor_on is not None:
        met_on = verdict.met_on or verdict.anchor_on
        exclusive = program.version_on(met_on).last_day == "exclusive"
        follows = verdict.anchor_on if exclusive else add_days(verdict.anchor_on, 1)
        return max(follows, add_days(met_on, 1))
    level = program.level_on(holding.level, holding.earned_on)
    return Track.start(holding, level, program).opened_on if level else None


def _counted(
    name: str,
    credits: Decimal,
    item: Item | None,
    paths: tuple[Path, ...],
    begins: dt.date | None,
    *,
    program: Program,
    version: Version,
) -> Line:
    serves = tuple(path.id for path in paths if path.asks_for_credits)
    kind = version.kinds.get(item.kind) if item else None
    clause = kind.clause if kind else version.because.balance if item is None else version.because.renewed
    what = _name(item, name)
    done = f" of {written(item.completed_on)}" if item else ""
    since = f" in the cycle since {written(begins)}" if begins else ""
    return Line(
        item=name,
        course=what,
        completed_on=item.completed_on if item else None,
        counted=True,
        credits=credits,
        paths=serves,
        cycle="running",
        reason=None,
        sentence=f'"{what}"{done} counts {plain(credits)} {program.credit_unit}{since}.',
        clause=clause,
        source=program.clauses[clause].source,
    )


def _passed(
    exams: Iterable[Exam],
    verdict: Verdict,
    paths: tuple[Path, ...],
    begins: dt.date | None,
    as_of: dt.date,
    *,
    program: Program,
) -> Iterator[Line]:
    """The exams that serve the running cycle."""
    refused = {(line.exam, line.passed_on) for line in verdict.exams_not_counted}
    for exam in exams:
        name, day = exam_name(exam), exam.passed_on
        if exam.program != program.id or begins is None or not begins <= day <= as_of or (name, day) in refused:
            continue
        serves = [path for path in paths if any(_serves(exam, need, verdict.holding) for need in path.exams)]
        if serves:
            clause = serves[0].clause
            yield Line(
                item=name,
                course=name.replace(":", " "),
                completed_on=day,
                counted=True,
                credits=ZERO,
                paths=tuple(path.id for path in serves),
                cycle="running",
                reason=None,
                sentence=f"{name.replace(':', ' ').capitalize()}, passed on {written(day)}, "
                f"serves the cycle since {written(begins)}.",
                clause=clause,
                source=program.clauses[clause].source,
            )


def _serves(exam: Exam, need: ExamNeed, holding: str) -> bool:
    of_kind = not need.kinds or exam.kind in need.kinds or (need.or_its_own and exam.holding == holding)
    return of_kind and exam.holding in (None, holding)


def _refused(line: NotCounted, item: Item | None) -> Line:
    used = line.used
    return Line(
        item=line.item,
        course=_name(item, line.item),
        completed_on=item.completed_on if item else None,
        counted=used is not None,
        credits=used.credits if used else ZERO,
        paths=() if used is None or used.path == CASCADE else (used.path,),
        cycle=f"until {used.renewed_on}" if used else None,
        reason=line.reason.value,
        sentence=line.sentence,
        clause=line.clause,
        source=line.source,
    )


def _exam_line(line: ExamNotCounted) -> Line:
    return Line(
        item=line.exam,
        course=line.exam.replace(":", " "),
        completed_on=line.passed_on,
        counted=False,
        credits=ZERO,
        paths=(),
        cycle=None,
        reason=line.reason.value,
        sentence=line.sentence,
        clause=line.clause,
        source=line.source,
    )


def _folders(
    verdict: Verdict,
    paths: tuple[Path, ...],
    counted: tuple[Line, ...],
    passed: tuple[Line, ...],
    items: Mapping[str, Item],
    *,
    program: Program,
    version: Version,
) -> Iterator[Folder]:
    """Ways by exam alone first, then those with credits, each in the order of the program's file. Exams lie in every
    folder that they serve, the items in the first that asks for credits: the others count the same ones."""
    shown = False
    for number, path in enumerate(sorted(paths, key=lambda path: path.asks_for_credits), start=1):
        clause, first = program.clauses[path.clause], path.asks_for_credits and not shown
        shown = shown or first
        yield Folder(
            number=f"1.{number}",
            path=path.id,
            name=path.name,
            met=path.id not in verdict.missing,
            parts=tuple(_parts(path, verdict.missing.get(path.id, {}), program.credit_unit)),
            lines=(*(line for line in passed if path.id in line.paths), *(counted if first else ())),
            may_hold=tuple(_kinds(version, counted, items, program.credit_unit)) if first else (),
            clause=path.clause,
            text=clause.text,
            source=clause.source,
            needs_confirmation=clause.needs_confirmation,
        )


def _parts(path: Path, lacks: Mapping[str, Decimal | int], unit: str) -> Iterator[Part]:
    """Everything that a path asks for, and what of it is there."""
    needs: dict[str, Decimal] = {"credits": path.credits} if path.credits else {}
    needs |= {need.key: Decimal(need.count) for need in path.exams}
    needs |= {part.key: part.credits for part in path.minimums}
    for key in dict.fromkeys((*needs, *lacks)):
        lack = Decimal(lacks.get(key, 0))
        needed = needs.get(key, lack)
        yield Part(
            name=lack_line(key, needed, unit, path),
            reached=needed - lack,
            needed=needed,
            missing=lack_line(key, lack, unit, path) if lack else None,
        )


def _kinds(version: Version, counted: tuple[Line, ...], items: Mapping[str, Item], unit: str) -> Iterator[str]:
    """What can be put into a folder of credits: `local event: 10 CE units each, at most 4 in a cycle, 2 used`."""
    for name, kind in version.kinds.items():
        worth = f": {plain(kind.value)} {unit} each" if kind.value is not None else ""
        limits = []
        for cap in version.caps:
            if name in cap.kinds:
                period = "cycle" if cap.period == "cycle" else "calendar year"
                most = cap.max_uses or (f"{plain(cap.max_credits)} {unit}" if cap.max_credits is not None else "")
                used = sum(1 for line in counted if line.item in items and items[line.item].kind in cap.kinds)
                if most:
                    limits.append(f", at most {most} in a {period}, {used} used")
        yield f"{kind.name}{worth}{''.join(limits)}"


def _name(item: Item | None, name: str) -> str:
    """A title, or what the engine itself calls what has none: a balance of a day."""
    return item.course if item and item.course else name.replace(":", " of ")
