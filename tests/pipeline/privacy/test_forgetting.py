"""A forgotten person is nowhere any more, everybody else is as they were, and a cut-short run is finished."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, inspect, text

from pipeline.batch import Batch, DocumentState
from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.errors import ExitCode, Locked, WrongUse
from pipeline.folders.files import make_folders
from pipeline.folders.kept import kept_file
from pipeline.folding import fold
from pipeline.ledger.events import ActivityFacts
from pipeline.ledger.export import export, verify_export
from pipeline.ledger.store import Ledger
from pipeline.people.statements import StatedClaim, add_alias, add_item
from pipeline.portal.submission import to_submit
from pipeline.privacy import forgetting as forgetting_module
from pipeline.privacy.forgetting import FORGOTTEN, forget, would_forget
from pipeline.report import write_batch, write_report
from pipeline.report.bundle import default_target, write_bundle
from pipeline.review.reviewing import Whose, accept, reject
from pipeline.run import make_inbox, open_run, sweep, undisturbed
from pipeline.settings import Settings
from pipeline.verdicts.evaluation import verdicts_of
from pipeline.verdicts.nightly import evaluate_everybody
from pipeline.verdicts.rulebook import load_rulebook
from tests.pipeline.desks import HandClock, JsonReader, drop, person
from tests.pipeline.ledger.postgres import new_schema

ADA, BO, ALIAS = "Ada Güneş-Example", "Bo Sample", "A. G. Example"
CODE, COURSE = "QX-7731-ADA", "Routing for Gardeners of Mars"
ADAS = {"holder_name": ADA, "course_name": COURSE, "completed_on": "2026-10-02", "validation_code": CODE}
BOS = ADAS | {"holder_name": BO, "course_name": "Switching for Bakers", "validation_code": "BB-1234"}
CCNA = ("cisco", "CCNA", "associate", dt.date(2024, 3, 1))
# The name as it is written, folded and in capitals, parts of it, an alias, the code, the course.
SIGNS = (ADA, fold(ADA), ADA.upper(), "neş-Example", "unes-example", ALIAS, CODE, COURSE)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, hand_clock: HandClock) -> Iterator[Desk]:
    with nullcontext(None) if request.param == "sqlite" else new_schema() as url:
        settings = Settings(share=tmp_path / "share", home=tmp_path / "home", attempts=2, ledger_url=url)
        make_folders(settings)
        with Ledger.open(settings.url, create=True) as ledger:
            yield Desk(settings, ledger, load_rulebook(settings), hand_clock.clock(), "Rita Reviewer")


def run(desk: Desk) -> Batch:
    with open_run(desk, JsonReader()) as opened:
        list(sweep(opened, make_inbox(desk).settle(desk.clock.pause)))
        batch = opened.finish()
        write_report(batch, desk.settings.reports)
        write_batch(batch, desk.settings.reports)
    return batch


# What does not depend on the database is tried on one.
on_sqlite = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)


def review_number(batch: Batch) -> int:
    [number] = [one.review for document in batch.documents for one in document.certificates if one.review]
    return number


def lives(desk: Desk, name: str, shown: dict[str, str], *aliases: str) -> str:
    """All that recert may come to know of one person, each certificate of another course."""
    holder = person(desk, name, CCNA)
    for alias in aliases:
        add_alias(desk, desk.ledger.state().holders[holder], alias)

    def another(number: int, **changed: str) -> dict[str, str]:
        return shown | {
            "course_name": f"{shown['course_name']} {number}",
            "validation_code": f"{shown['validation_code']}-{number}",
            **changed,
        }

    drop(desk, f"{name}.pdf", shown)
    run(desk)
    drop(desk, f"{name} photographed.jpg", shown | {"hours": "3"})
    drop(desk, f"{name}/same bytes.pdf", shown)
    run(desk)
    drop(desk, "weak.pdf", another(2, confidence="0.4"))
    accept(desk, review_number(run(desk)))
    drop(desk, f"{name}/refused.pdf", another(3, confidence="0.4"))
    reject(desk, review_number(run(desk)), f"{name} never was there")
    drop(desk, "waiting.pdf", another(4, confidence="0.4"))
    run(desk)
    drop(desk, "waiting again.pdf", another(4, confidence="0.4"))
    run(desk)
    drop(desk, "other name.pdf", another(5, holder_name=f"{shown['holder_name'].split()[0]} Married"))
    accept(desk, review_number(run(desk)), whose=Whose(alias_of=holder))
    state = desk.ledger.state()
    facts = ActivityFacts(course_name=f"{shown['course_name']} 6", completed_on=dt.date(2026, 10, 9))
    evidence = desk.settings.share / "screenshot.png"
    evidence.write_bytes(shown["validation_code"].encode())
    add_item(desk, state.holders[holder], facts, StatedClaim("cisco", "course", Decimal(5)), evidence)
    evidence.unlink()
    write_report(evaluate_everybody(desk), desk.settings.reports)
    bundle(desk, holder)
    return holder


def bundle(desk: Desk, holder: str) -> None:
    state, today, programs = desk.ledger.state(), desk.clock.today(), desk.rulebook.programs
    someone = state.holders[holder]
    verdicts = verdicts_of(state, someone, programs, today, today)
    items = to_submit(state, someone, verdicts, programs, lambda one: kept_file(desk.settings, state, one), today=today)
    assert items
    head = str(desk.ledger.head())
    folder = default_target(desk.settings.submissions, someone.name, today)
    write_bundle(someone.name, items, today, folder, head=head)
    write_bundle(someone.name, items, today, folder.with_suffix(".zip"), head=head)


def rows_of(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    engine = create_engine(desk.settings.url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = {name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))] for name in tables}
    engine.dispose()
    return found


def everything(desk: Desk) -> dict[str, bytes]:
    """Every byte there is of share, home and database, under where it is."""
    roots = (desk.settings.share, desk.settings.home)
    paths = [path for root in roots for path in root.rglob("*")]
    found = {f"{path}": path.read_bytes() if path.is_file() else b"" for path in paths}
    return found | {"the database's rows": repr(rows_of(desk)).encode()}


def places_that_say(desk: Desk, *signs: str) -> list[tuple[str, str]]:
    return [
        (sign, place)
        for place, content in everything(desk).items()
        for sign in signs
        if sign.encode() in content or sign in place or fold(sign) in fold(Path(place).name)
    ]


def of_others(desk: Desk, gone: set[str]) -> dict[str, object]:
    """What must be the same before and after: people, activities, verdicts, kept files."""
    state, today = desk.ledger.state(), desk.clock.today()
    kept = [activity for activity in state.activities.values() if activity.holder not in gone]
    return {
        "activities": [(one.entry, one.facts, [vars_of(claim) for claim in one.claims]) for one in kept],
        "files": [str(kept_file(desk.settings, state, one)) for one in kept if one.document],
        "verdicts": [
            verdicts_of(state, holder, desk.rulebook.programs, today, today)
            for id, holder in state.holders.items()
            if id not in gone
        ],
        "snapshots": sorted(row for row in rows_of(desk)["snapshot"] if row[0] not in gone),
    }


def vars_of(claim: object) -> list[object]:
    return [getattr(claim, name) for name in type(claim).__slots__]  # type: ignore[attr-defined]


def test_nothing_says_who_was_forgotten_and_others_are_as_they_were(desk: Desk) -> None:
    bo = lives(desk, BO, BOS)
    ada = lives(desk, ADA, ADAS, ALIAS)
    before, entries = of_others(desk, {ada}), desk.ledger.head()
    said = {sign for sign, _ in places_that_say(desk, *SIGNS)}
    assert {ADA, COURSE, CODE} <= said, "this test must be able to fail"
    done = forget(desk, ada)
    assert places_that_say(desk, *SIGNS) == []
    assert of_others(desk, {ada}) == before
    assert (done.left, done.head) == ((), entries)
    assert desk.ledger.verify(entries).fault is None
    assert verify_export((line.encode() for line in export(desk.ledger)), entries).fault is None
    assert set(desk.ledger.state().holders) == {bo}
    assert {BO} <= {sign for sign, _ in places_that_say(desk, BO)}
    forget(desk, bo)
    assert places_that_say(desk, BO, BOS["validation_code"], BOS["course_name"], *SIGNS) == []
    assert {row[2] for row in rows_of(desk)["document"]} == {FORGOTTEN}


@on_sqlite
def test_looking_first_changes_nothing(desk: Desk) -> None:
    ada = lives(desk, ADA, ADAS)
    before = everything(desk)
    plan = would_forget(desk, ada)
    after = everything(desk)
    assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} == set()
    assert plan.places == forget(desk, ada).places


@on_sqlite
def test_a_file_that_shows_two_people_stays_and_leaves_the_folder_of_the_forgotten(desk: Desk) -> None:
    ada, bo = person(desk, ADA), person(desk, BO)
    drop(desk, "both.pdf", ADAS, BOS)
    run(desk)
    done = forget(desk, ada)
    state = desk.ledger.state()
    [activity] = state.activities_of(bo)
    kept = kept_file(desk.settings, state, activity)
    assert kept is not None and BO in str(kept)
    assert [line.split(": it shows")[0] for line in done.left] == [f"{kept} stays"]
    assert [place for _, place in places_that_say(desk, ADA, CODE) if place != str(kept)] == []


@on_sqlite
def test_what_may_be_somebody_elses_stays_and_is_named_until_a_person_says_whose_it_is(desk: Desk) -> None:
    ada, _ = person(desk, ADA), person(desk, BO)
    for number, name in enumerate(("Ada Günes-Exampel", "Zoë Quiet", BO), start=1):
        drop(desk, f"{number}.pdf", BOS | {"holder_name": name, "course_name": f"On {number}", "confidence": "0.4"})
        run(desk)
    rows = rows_of(desk)
    done = forget(desk, ada)
    assert done.left == ("Review 1 stays: “Ada Günes-Exampel” comes near the name. If it is theirs: --review 1",)
    assert {name: rows_of(desk)[name] for name in ("review", "document")} == {
        name: rows[name] for name in ("review", "document")
    }
    assert len(list(desk.settings.review.rglob("*.pdf"))) == 3


@on_sqlite
def test_a_review_goes_with_the_person_once_somebody_says_it_is_theirs(desk: Desk) -> None:
    ada = person(desk, ADA)
    drop(desk, "near.pdf", ADAS | {"holder_name": "Ada Günes-Exampel"})
    number = review_number(run(desk))
    with pytest.raises(WrongUse, match="no review"):
        forget(desk, ada, {number + 1})
    forget(desk, ada, {number})
    assert places_that_say(desk, *SIGNS, "Exampel") == []


@on_sqlite
def test_two_people_of_one_name_are_not_mixed_up(desk: Desk) -> None:
    ada, namesake = person(desk, ADA), person(desk, "Ada Maria Güneş-Example")
    for holder, name in ((ada, "one"), (namesake, "two")):
        drop(desk, f"{name}.pdf", ADAS | {"course_name": f"{COURSE} {name}", "validation_code": f"ZZ-{name}-1"})
        accept(desk, review_number(run(desk)), whose=Whose(holder=holder))
    drop(desk, "three.pdf", ADAS | {"validation_code": "ZZ-three"})
    waiting = review_number(run(desk))
    before = of_others(desk, {ada})
    done = forget(desk, ada)
    assert of_others(desk, {ada}) == before
    assert any(line.startswith(f"Review {waiting} stays") for line in done.left)


def test_reviews_of_others_say_nothing_of_the_forgotten_any_more(desk: Desk) -> None:
    """A stranger's certificate with the same code, and one in the folder of the forgotten."""
    ada, bo = person(desk, ADA), person(desk, BO)
    drop(desk, "cert.pdf", ADAS)
    run(desk)
    drop(desk, "same code.pdf", BOS | {"validation_code": CODE})
    drop(desk, f"{ADA}/lent.pdf", BOS | {"course_name": "Baking at Night", "validation_code": "BB-9"})
    run(desk)
    forget(desk, ada)
    assert places_that_say(desk, ADA, COURSE, fold(ADA)) == []
    for review in (1, 2):
        assert accept(desk, review).holder == bo


@on_sqlite
def test_the_same_certificate_dropped_again_is_a_new_matter(desk: Desk) -> None:
    ada = person(desk, ADA)
    drop(desk, "cert.pdf", ADAS)
    run(desk)
    forget(desk, ada)
    drop(desk, "cert.pdf", ADAS)
    [document] = run(desk).documents
    assert document.state is DocumentState.REVIEW
    assert [found.code for found in document.certificates[0].findings] == ["holder_unknown"]
    again = accept(
        desk, review_number(Batch.model_validate(dict(empty(desk), documents=(document,)))), whose=Whose(add=True)
    )
    assert again.holder not in (None, ada)


def empty(desk: Desk) -> dict[str, object]:
    now = desk.clock.now()
    return {"run": "x", "started_at": now, "finished_at": now, "documents": (), "differences": (), "head": "0:0"}


@on_sqlite
def test_a_run_at_work_is_not_forgotten_under_its_hands(desk: Desk) -> None:
    ada = person(desk, ADA)
    head = desk.ledger.head()
    with undisturbed(desk), pytest.raises(Locked):
        forget(desk, ada)
    assert desk.ledger.head() == head and ada in desk.ledger.state().holders
    with pytest.raises(Locked), open_run(desk, JsonReader()):
        forget(desk, ada)


@pytest.mark.parametrize("step", ["_remove", "_clear_rows", "forget"])
def test_a_run_that_is_cut_short_is_finished_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """At its end each step may be the last: what is done by then is done again without harm."""
    person(desk, BO, CCNA)
    drop(desk, "bo.pdf", BOS)
    ada = lives(desk, ADA, ADAS)
    before = of_others(desk, {ada})
    owner: Any = Ledger if step == "forget" else forgetting_module
    real = getattr(owner, step)

    def cut_short(*arguments: Any) -> None:
        real(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(owner, step, cut_short)
        forget(desk, ada)
    assert ada in desk.ledger.state().holders, "the key goes last: until then they can be asked for by name"
    forget(desk, ada)
    assert places_that_say(desk, *SIGNS) == []
    assert of_others(desk, {ada}) == before


@on_sqlite
def test_a_file_with_notes_saved_into_it_goes_too(desk: Desk) -> None:
    """Its bytes are nobody's any more; its folder says whose it is."""
    ada = person(desk, ADA)
    drop(desk, "filed.pdf", ADAS)
    drop(desk, "waiting.pdf", ADAS | {"course_name": f"{COURSE} 2", "validation_code": "ZZ-2", "confidence": "0.4"})
    run(desk)
    for path in (*desk.settings.done.rglob("*.pdf"), *desk.settings.review.rglob("*.pdf")):
        path.write_bytes(path.read_bytes() + b" a note")
    forget(desk, ada)
    assert places_that_say(desk, *SIGNS) == []


def outcome(desk: Desk, *words: str, typed: str = "") -> Any:
    names = {
        "RECERT_SHARE": desk.settings.share,
        "RECERT_HOME": desk.settings.home,
        "RECERT_LEDGER_URL": desk.settings.url,
    }
    return CliRunner(env={name: str(value) for name, value in names.items()}).invoke(
        recert, ["forget", *words], input=typed, standalone_mode=False
    )


@on_sqlite
def test_the_command_asks_for_the_name_and_says_what_it_cannot_reach(desk: Desk) -> None:
    ada, _ = lives(desk, ADA, ADAS), person(desk, BO)
    (desk.settings.home / "ledger backup.sqlite").write_bytes(b"a copy")
    (desk.settings.home / "people.csv").write_text(f"name\n{ADA}\n")
    dry = outcome(desk, "Ada Gunes-Example", "--dry-run")
    assert dry.return_value is ExitCode.DONE
    assert f"Forgetting {ADA}: " in dry.output and "Backups and copies" in dry.output
    refused = outcome(desk, ADA, typed="Ada\n")
    assert isinstance(refused.exception, WrongUse)
    assert ada in desk.ledger.state().holders
    done = outcome(desk, ADA, typed=f"{ADA}\n")
    assert done.return_value is ExitCode.NEEDS_A_PERSON
    assert "ledger backup.sqlite may be such a copy" in done.output
    assert "people.csv stays" in done.output
    assert f"Head {desk.ledger.head()}" in done.output
    again = outcome(desk, ADA, "--yes")
    assert isinstance(again.exception, WrongUse)


def test_a_killed_forgetting_is_finished_by_another_process(tmp_path: Path) -> None:
    """With real processes, and nothing but a name: the second command ends what the first one began."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RECERT_", "PREFECT_"))}
    roster = tmp_path / "roster.toml"
    roster.write_text(f'[[holder]]\nname = "{ADA}"\n', encoding="utf-8")

    def command(*words: str, program: str = "") -> subprocess.CompletedProcess[str]:
        start = ["-c", program, *words] if program else ["-m", "pipeline.cli", *words]
        return subprocess.run(
            [sys.executable, *start], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    assert command("init").returncode == 0
    assert command("roster", "import", "roster.toml").returncode == 0
    killed = "import os, pipeline.ledger.store as s; s.Ledger.forget = lambda *_: os.kill(os.getpid(), 9); "
    killed += "from pipeline.cli import main; main()"
    assert command("forget", ADA, "--yes", program=killed).returncode == -9
    done = command("forget", ADA, "--yes")
    assert done.returncode == 0, done.stderr
    home = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    assert ADA.encode() not in home
