"""What a run leaves behind that was killed, stopped or refused by a disk, and what the next one makes of it."""

import datetime as dt
import errno
import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import intake as intake_module
from pipeline import run as run_module
from pipeline.batch import Batch
from pipeline.desk import Desk
from pipeline.errors import LedgerBusy, Locked, StorageError
from pipeline.folders.files import Claimed
from pipeline.folders.homelock import locked
from pipeline.folders.register import document_rows
from pipeline.folders.writing import clear_unwritten, write_private
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.schema import RUN_LOCK
from pipeline.ledger.work import Work
from pipeline.readers.reader_process import Scratch
from pipeline.review.review_queue import open_reviews
from pipeline.review.reviewing import Whose, accept
from pipeline.run import LOCK, STALE, make_inbox, open_run, sweep
from tests.pipeline.desks import JsonReader, drop, person
from tests.pipeline.test_intake import COURSE, files, run

NO_TEXT = os.fsdecode(b"no text \xff\xfe\x80.pdf")
OTHER = COURSE | {"course_name": "Switching for Gardeners", "validation_code": "CD-1"}


class Killed(BaseException):
    """The end of a process, as far as a test can play it: nothing is put in place after it."""


@contextmanager
def killed(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, times: int = 1) -> Iterator[None]:
    """A run that ends for good as it calls `owner.name` for so many times."""
    real, left = getattr(owner, name), times

    def dying(*arguments: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return real(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, dying)
        patched.setattr(run_module, "_put_in_place", lambda *_: None)
        patched.setattr(RunLocks, "release", lambda *_: None)
        with pytest.raises(Killed):
            yield


def listed(desk: Desk) -> dict[str, str]:
    return {row.name: row.state for row in document_rows(desk.settings, desk.ledger)}


STEPS = ((intake_module, "claim"), (intake_module, "judge"), (intake_module, "file_away"), (Work, "document_filed"))


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_after_a_kill_every_file_is_listed_and_the_next_run_does_the_rest(
    desk: Desk, owner: object, name: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = person(desk, "Ada Example", ("cisco", "CCNA", "associate", dt.date(2024, 3, 1)))
    drop(desk, "a.pdf", COURSE)
    drop(desk, "b.pdf", OTHER)
    drop(desk, "c.pdf", COURSE)
    with killed(monkeypatch, owner, name, times):
        run(desk)
    assert sorted(listed(desk)) == ["a.pdf", "b.pdf", "c.pdf"]
    run(desk)
    assert sorted(listed(desk).values()) == ["done", "done", "duplicate"]
    assert len(desk.ledger.state().activities_of(holder)) == 2
    assert not files(desk.settings.share) and len(files(desk.settings.done)) == 3


def test_what_a_killed_run_changed_is_told_by_the_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person(desk, "Ada Example", ("cisco", "CCNA", "associate", dt.date(2024, 3, 1)))
    drop(desk, "cert.pdf", COURSE | {"profile": "cisco-digital-learning", "credits": "12", "credit_unit": "CE credits"})
    with killed(monkeypatch, run_module, "reevaluate"):
        run(desk)
    [difference] = run(desk).differences
    assert "12" in difference.sentence
    assert run(desk).differences == ()


def test_who_is_stopped_leaves_nothing_in_working(desk: Desk) -> None:
    person(desk, "Ada Example")
    for name, shown in (("a.pdf", COURSE), ("b.pdf", OTHER), ("folder/c.pdf", OTHER)):
        drop(desk, name, shown)
    with pytest.raises(KeyboardInterrupt), open_run(desk, JsonReader()) as opened:
        for _ in sweep(opened, make_inbox(desk).settle(desk.clock.pause)):
            raise KeyboardInterrupt
    assert listed(desk) == {"a.pdf": "done", "b.pdf": "waiting", "folder/c.pdf": "waiting"}
    assert list(desk.settings.working.iterdir()) == []


def test_one_file_that_a_disk_refuses_holds_up_itself_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person(desk, "Ada Example")
    drop(desk, "a.pdf", COURSE)
    drop(desk, "b.pdf", OTHER)
    real: Callable[..., Path] = run_module.file_away
    left = drop(desk, "c.pdf", COURSE)

    def refusing(*arguments: Any) -> Path:
        raise StorageError("No space left.", "Free space.")

    with monkeypatch.context() as patched:
        for module in (intake_module, run_module):
            patched.setattr(module, "file_away", refusing)
        with pytest.raises(StorageError):
            run(desk)
    assert run_module.file_away is real
    assert left.exists()
    assert sorted(listed(desk).items()) == [("a.pdf", "done"), ("b.pdf", "waiting"), ("c.pdf", "waiting")]
    run(desk)
    assert sorted(listed(desk).values()) == ["done", "done", "duplicate"]


def test_a_decision_before_the_file_of_a_killed_run_came_to_review_is_the_last_word(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(desk, "cert.pdf", COURSE)
    with killed(monkeypatch, intake_module, "file_away"):
        run(desk)
    accept(desk, open_reviews(desk.ledger)[0].number, whose=Whose(add=True))
    drop(desk, "cert.pdf", OTHER | {"holder_name": "Bo Sample"})
    assert sorted(row.state for row in document_rows(desk.settings, desk.ledger)) == ["done", "waiting"]
    run(desk)
    assert sorted(row.state for row in document_rows(desk.settings, desk.ledger)) == ["done", "review"]
    assert len(files(desk.settings.done)) == 1 and files(desk.settings.review) == {"cert.pdf"}


def test_half_a_decision_before_the_file_came_to_review_leaves_it_to_its_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(desk, "both.pdf", COURSE, OTHER | {"holder_name": "Bo Sample"})
    with killed(monkeypatch, intake_module, "file_away"):
        run(desk)
    accept(desk, open_reviews(desk.ledger)[0].number, whose=Whose(add=True))
    run(desk)
    assert listed(desk) == {"both.pdf": "review"}
    assert files(desk.settings.review) == {"both.pdf"}


@pytest.mark.parametrize(
    "name", [NO_TEXT, "two\nlines.pdf", "..\\..\\up.pdf", "right \u202efdp.pdf", "ü" * 125 + "x.pdf"]
)
def test_whatever_a_file_is_called_the_ledger_can_be_read_and_its_review_finds_it(desk: Desk, name: str) -> None:
    drop(desk, name, COURSE)
    run(desk)
    [row] = open_reviews(desk.ledger)
    assert Path(row.certificate.path).is_file()
    accept(desk, row.number, whose=Whose(add=True))
    drop(desk, name, OTHER)
    assert [str(outcome.state) for outcome in run(desk).documents] == ["done"]
    assert len(desk.ledger.state().activities) == 2
    assert desk.ledger.verify().fault is None


# Locks


def test_a_lock_that_a_busy_ledger_kept_of_us_holds_nobody_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own process is alive, and the row says that it works; the lock of the home says that it does not."""

    def busy(*_: object) -> None:
        raise LedgerBusy("It is busy.", "Wait.")

    with monkeypatch.context() as patched:
        patched.setattr(RunLocks, "release", busy)
        with pytest.raises(LedgerBusy), open_run(desk, JsonReader()):
            pass
    with desk.ledger.reading() as connection:
        assert RunLocks(connection).find(LOCK) is not None
    assert isinstance(run(desk), Batch)


def test_a_living_run_keeps_its_home_however_old_its_heartbeat(desk: Desk) -> None:
    later = replace(desk, clock=replace(desk.clock, now=lambda: desk.clock.now() + 2 * STALE))
    with open_run(desk, JsonReader()), pytest.raises(Locked, match="Another run"), open_run(later, JsonReader()):
        pass


def test_a_lock_of_another_machine_is_respected_until_it_is_stale(desk: Desk) -> None:
    with desk.ledger.transaction() as connection:
        held = {"name": LOCK, "run": "r1", "host": "elsewhere.invalid:/srv/home", "pid": os.getpid()}
        connection.execute(RUN_LOCK.insert().values(heartbeat_at=desk.clock.now(), **held))
    with pytest.raises(Locked, match="elsewhere"):
        run(desk)


def test_the_lock_of_a_home_goes_with_its_process(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with locked(tmp_path):
            os._exit(0)
    os.waitpid(child, 0)
    with locked(tmp_path), pytest.raises(Locked), locked(tmp_path):
        pass
    assert (tmp_path / "ingest.lock").stat().st_mode & 0o777 == 0o600


# Leftovers


def test_a_page_that_was_not_written_to_its_end_is_cleared_and_one_that_is_being_written_is_not(tmp_path: Path) -> None:
    for name in (".dead.part", ".living.part"):
        (tmp_path / name).write_text("half")
    with (tmp_path / ".living.part").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        clear_unwritten(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [".living.part"]


def test_a_page_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = write_private(tmp_path / "new" / "page.html", "first")
    assert page.stat().st_mode & 0o777 == 0o600

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="No space left"):
        write_private(page, "second")
    assert {path.name: path.read_text() for path in page.parent.iterdir()} == {"page.html": "first"}


def test_temporary_folders_of_a_killed_sandbox_are_removed_whenever_it_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "recert-readers-justmade").mkdir()
    living = Scratch()
    second = Scratch()
    assert len(list(tmp_path.iterdir())) == 2
    living.remove()
    second.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_moves_while_we_look_is_listed_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claimed between the look at the inbox and that at `working/`; decided between that and the look at the rows."""
    person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    module = sys.modules["pipeline.folders.register"]
    real: Callable[[Path], Any] = module._working  # type: ignore[attr-defined]

    def meanwhile(working: Path) -> Any:
        target = working / "run" / "0123456789abcdef" / "cert.pdf"
        target.parent.mkdir(parents=True)
        (desk.settings.inbox / "cert.pdf").rename(target)
        found = list(real(working))
        run(desk)
        return found

    monkeypatch.setattr(module, "_working", meanwhile)
    assert listed(desk) == {"cert.pdf": "done"}


def test_a_newcomer_of_the_same_name_is_another_file(desk: Desk) -> None:
    claimed = Claimed(desk.settings.working / "run" / "0123456789abcdef" / "cert.pdf", Path("cert.pdf"))
    claimed.path.parent.mkdir(parents=True)
    drop(desk, "cert.pdf", COURSE).rename(claimed.path)
    drop(desk, "cert.pdf", OTHER)
    assert [row.state for row in document_rows(desk.settings, desk.ledger)] == ["working", "waiting"]
