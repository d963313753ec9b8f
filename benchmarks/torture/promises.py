"""What must be true after every round, counted from outside: by the folders, by the ledger, by the register."""

import json
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.torture.house import House
from benchmarks.torture.papers import Fate, Paper
from pipeline.batch import DocumentState
from pipeline.clock import SYSTEM
from pipeline.folders.moves import hash_file
from pipeline.folders.register import document_rows
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import ReviewState, Work
from pipeline.run import LOCK
from pipeline.settings import Settings
from pipeline.verdicts.evaluation import verdicts_of
from pipeline.verdicts.rulebook import load_rulebook

_NOTE = ".why.txt"
_GRACE = 3.0
"""Seconds that the kernel may take to end the readers of a killed command."""


@dataclass(slots=True)
class Count:
    """What rounds came to. `broken` says each promise that did not hold."""

    rounds: int = 0
    faults: int = 0
    dropped: int = 0
    lost: int = 0
    doubled: int = 0
    broken: list[str] = field(default_factory=list)
    phases: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Count") -> None:
        self.rounds += other.rounds
        self.faults += other.faults
        self.dropped += other.dropped
        self.lost += other.lost
        self.doubled += other.doubled
        self.broken += other.broken
        self.phases += other.phases

    def breach(self, where: str, told: str) -> None:
        self.broken.append(f"{where}: {told}")


def settings_of(house: House) -> Settings:
    return Settings(share=house.share, home=house.home)


def files(folder: Path) -> list[Path]:
    """Every file below a folder, also links, pipes and what has a hidden name."""
    return [
        Path(parent, name)
        for parent, folders, names in os.walk(folder)
        for name in names + [one for one in folders if Path(parent, one).is_symlink()]
    ]


def lying(house: House) -> Counter[str]:
    """How often each content lies somewhere, notes left out."""
    folders = (house.share, house.home / "done", house.home / "review")
    found = (path for folder in folders for path in files(folder))
    return Counter(hash_file(path) for path in found if path.is_file() and not is_note(path, house.share / "rejected"))


def is_note(path: Path, rejected: Path) -> bool:
    """Whether this is the note beside a rejected file, and not a document that is called like one."""
    stem = path.name.removesuffix(_NOTE)
    return path.parent == rejected and stem != path.name and os.path.lexists(path.with_name(stem))


def check_at_once(house: House, count: Count, where: str) -> None:
    """Right after a fault, before anything is put right: nothing is lost, the register names every file once, and the
    chain is sound."""
    there = lying(house)
    for sha256, times in Counter(paper.sha256 for _, paper in house.dropped).items():
        if there[sha256] < times:
            count.lost += times - there[sha256]
            count.breach(where, f"{times - there[sha256]} of {times} files {sha256[:12]} are nowhere")
    with Ledger.open(settings_of(house).url) as ledger:
        rows = document_rows(settings_of(house), ledger)
        if len(rows) != len(house.dropped):
            listed = Counter(str(row.state) for row in rows)
            count.breach(where, f"{len(house.dropped)} dropped, {len(rows)} listed right after it: {dict(listed)}")
        _check_chain(ledger, count, where)


def check(house: House, count: Count, where: str) -> None:
    """After the next run: each dropped file in exactly one state and place, each certificate recorded once, and nothing
    left over."""
    settings = settings_of(house)
    with Ledger.open(settings.url) as ledger:
        _check_states(house, ledger, count, where)
        _check_ledger(house, ledger, count, where)
        _check_reviews(house, ledger, count, where)
        _check_verdicts(house, ledger, count, where)
        _check_chain(ledger, count, where)
        with ledger.reading() as connection:
            if RunLocks(connection).find(LOCK) is not None:
                count.breach(where, "a lock is left")
            for row in Work(connection).documents():
                if row.run is not None:
                    count.breach(where, f"document {row.id} ({row.state}) is still to be moved by {row.run!r}")
    _check_places(house, count, where)
    check_leftovers(house, count, where)


def _check_states(house: House, ledger: Ledger, count: Count, where: str) -> None:
    """Each file in one state; one of each certificate's files in the state that is its fate, the others duplicates."""
    rows = document_rows(settings_of(house), ledger)
    listed = Counter(row.sha256 for row in rows)
    for sha256, times in Counter(paper.sha256 for _, paper in house.dropped).items():
        if listed[sha256] < times:
            count.lost += times - listed[sha256]
            count.breach(where, f"{sha256[:12]} dropped {times} times is listed {listed[sha256]} times")
        elif listed[sha256] > times:
            count.doubled += listed[sha256] - times
            count.breach(where, f"{sha256[:12]} dropped {times} times is listed {listed[sha256]} times")
    if len(rows) != len(house.dropped):
        count.breach(where, f"{len(house.dropped)} dropped, {len(rows)} listed")
    states: dict[str, Counter[str]] = {}
    papers = {paper.sha256: paper for _, paper in house.dropped}
    for row in rows:
        paper = papers.get(row.sha256 or "")
        if paper is None:
            count.breach(where, f"{row.name!r} is listed as {row.state} and was never dropped like that ({row.reason})")
        else:
            states.setdefault(paper.certificate, Counter())[row.state] += 1
            if row.state is DocumentState.REJECTED and not row.reason:
                count.breach(where, f"{row.name!r} is rejected without a reason")
    for certificate, paper in {paper.certificate: paper for paper in papers.values()}.items():
        _check_fate(states.get(certificate, Counter()), paper, count, where)


def _check_fate(states: Counter[str], paper: Paper, count: Count, where: str) -> None:
    told = dict(states)
    match paper.fate:
        case Fate.RECORDED:
            right = states[DocumentState.DONE] == 1 and set(states) <= {DocumentState.DONE, DocumentState.DUPLICATE}
        case Fate.REJECTED:
            right = set(states) == {DocumentState.REJECTED}
        case _:
            right = not set(states) - {DocumentState.REVIEW, DocumentState.DUPLICATE, DocumentState.DONE}
    if not right:
        count.breach(where, f"the files of {paper.certificate} are {told}; its fate is {paper.fate.value}")


def _check_ledger(house: House, ledger: Ledger, count: Count, where: str) -> None:
    """Each certificate that is to be recorded is recorded once, and nothing else is."""
    known = Counter(
        activity.facts.validation_code or activity.facts.course_name
        for activity in ledger.state().activities.values()
        if not activity.voided
    )
    for certificate, paper in {paper.certificate: paper for _, paper in house.dropped}.items():
        times = known.pop(certificate, 0)
        if times > 1:
            count.doubled += times - 1
            count.breach(where, f"{certificate} is recorded {times} times")
        if times == 0 and paper.fate is Fate.RECORDED:
            count.lost += 1
            count.breach(where, f"{certificate} is not recorded")
    if known:
        count.breach(where, f"recorded and never dropped: {dict(known)}")


def _check_reviews(house: House, ledger: Ledger, count: Count, where: str) -> None:
    """A waiting review has its file, and a file in review/ has its waiting review."""
    with ledger.reading() as connection:
        waiting = Counter(Path(row.certificate.path) for row in Work(connection).reviews(ReviewState.OPEN))
    lying_there = set(files(house.home / "review"))
    for path in waiting:
        if path not in lying_there:
            count.breach(where, f"the review of {path.name!r} has no file")
    for path in lying_there - set(waiting):
        count.breach(where, f"{path.name!r} lies in review/ and nobody waits for it")
    twice = [path.name for path, times in waiting.items() if times > 1]
    if twice:
        count.doubled += len(twice)
        count.breach(where, f"queued more than once: {twice}")


def _check_verdicts(house: House, ledger: Ledger, count: Count, where: str) -> None:
    """The verdicts remembered are those of today: whatever changed has been told."""
    programs, today = load_rulebook(settings_of(house)).programs, SYSTEM.today()
    state = ledger.state()
    with ledger.reading() as connection:
        work = Work(connection)
        for holder in state.holders.values():
            for verdict in verdicts_of(state, holder, programs, as_of=today, known_at=today):
                if work.snapshot(holder.id, verdict.program, verdict.holding) != verdict:
                    count.breach(where, f"what changed for {verdict.holding} was never told")


def _check_chain(ledger: Ledger, count: Count, where: str) -> None:
    fault = ledger.verify().fault
    if fault is not None:
        count.breach(where, f"the ledger is not sound: {fault}")


def _check_places(house: House, count: Count, where: str) -> None:
    """As many files of each content as were dropped, each where its state says; a reason beside each rejected one."""
    there = lying(house)
    for sha256, times in Counter(paper.sha256 for _, paper in house.dropped).items():
        if there[sha256] < times:
            count.lost += times - there[sha256]
        if there[sha256] > times:
            count.doubled += there[sha256] - times
        if there[sha256] != times:
            count.breach(where, f"{sha256[:12]} dropped {times} times lies in {there[sha256]} places")
    rejected = house.share / "rejected"
    for path in files(rejected):
        note = is_note(path, rejected)
        if not note and not path.with_name(path.name + _NOTE).is_file():
            count.breach(where, f"{path.name!r} is rejected without a note beside it, or a note beside nothing")


def check_leftovers(house: House, count: Count, where: str) -> None:
    """No unfinished copies, folders of runs, temporary folders or processes."""
    for path in [*files(house.share), *files(house.home)]:
        if path.name.endswith(".part"):
            count.breach(where, f"the unfinished copy {path.relative_to(house.root)} is left")
    for left in (list((house.share / "working").iterdir()), files(house.inbox)):
        if left:
            count.breach(where, f"still there: {[str(path.relative_to(house.share)) for path in left]}")
    until = time.monotonic() + _GRACE
    while (alive := house.processes()) and time.monotonic() < until:
        time.sleep(0.02)
    if alive:
        count.breach(where, f"{len(alive)} processes are left")
    temporary = [path.name for path in house.temporary.iterdir()]
    if temporary:
        count.breach(where, f"temporary folders are left: {temporary}")


def check_by_command(house: House, count: Count, where: str) -> None:
    """The same from the command line alone, as somebody counts who knows nothing else."""
    documents = house.run("documents", "list", "--format", "jsonl")
    items = house.run("items", "list", "--format", "jsonl")
    verified = house.run("ledger", "verify")
    if documents.code or items.code or verified.code:
        count.breach(where, f"looking ended with {documents.code}, {items.code}, {verified.code}")
        return
    listed = Counter(json.loads(line)["sha256"] for line in documents.out.splitlines())
    if listed != Counter(paper.sha256 for _, paper in house.dropped):
        count.breach(where, "`recert documents list` differs from what was dropped")
    codes = Counter(_identity(line) for line in items.out.splitlines())
    recorded = {paper.certificate for _, paper in house.dropped if paper.fate is Fate.RECORDED}
    if any(codes[one] != 1 for one in recorded):
        count.breach(where, "`recert items list` differs from what was dropped")


def _identity(line: str) -> str:
    item = json.loads(line)
    return str(item["validation_code"] or item["course_name"])
