"""Who restores a backup has everything back, or is told what is wrong with it; and nothing is ever written over."""

import errno
import hashlib
import shutil
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pipeline.copies import archive as archive_module
from pipeline.copies import restoring
from pipeline.copies.archive import FOLDERS, unpack
from pipeline.copies.backup import Backup, write_backup
from pipeline.copies.restoring import restore
from pipeline.desk import Desk
from pipeline.errors import LedgerBusy, LedgerDamaged, LedgerUnavailable, Locked, RecertError, StorageError, WrongUse
from pipeline.ledger.chain import Head
from pipeline.ledger.runlock import RunLocks
from pipeline.ledger.schema import SUBJECT_KEY
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import Work
from pipeline.people.statements import add_item, void
from pipeline.report import write_report
from pipeline.run import LOCK, STALE
from pipeline.settings import Settings
from tests.pipeline.desks import TODAY, drop, person
from tests.pipeline.ledger.postgres import new_schema
from tests.pipeline.ledger.tampering import BITS, flipped
from tests.pipeline.people.test_statements import holder_of, stated
from tests.pipeline.test_intake import COURSE, run


@pytest.fixture
def holder(desk: Desk, tmp_path: Path) -> str:
    """Somebody with a certificate in done/, one in review/, evidence of a person's own, and a report."""
    holder = person(desk, "Ada Example")
    drop(desk, "cert.pdf", COURSE)
    drop(desk, "unsure 修了証.pdf", COURSE | {"holder_name": "Nobody Known"})
    write_report(run(desk), desk.settings.reports)
    evidence = tmp_path / "screen.png"
    evidence.write_bytes(b"invented pixels")
    add_item(desk, holder_of(desk, holder), stated("Knots"), None, evidence)
    return holder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "disk" / "backup.tar"


@pytest.fixture
def made(desk: Desk, holder: str, target: Path) -> Backup:
    target.parent.mkdir()
    return write_backup(desk.settings, desk.ledger, target, TODAY)


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Another machine with nothing on it."""
    place = {"share": tmp_path / "elsewhere" / "share", "home": tmp_path / "elsewhere" / "home"}
    if request.param == "sqlite":
        yield Settings(**place)
        return
    with new_schema() as url:
        yield Settings(**place, ledger_url=url)


def kept(home: Path) -> dict[str, str]:
    """The files of a home and their hashes."""
    paths = (path for folder in FOLDERS for path in (home / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_everything_is_back(desk: Desk, holder: str, made: Backup, target: Path, elsewhere: Settings) -> None:
    assert (made.head, made.files, made.absent) == (desk.ledger.head(), 4, ())
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert made.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    done = restore(elsewhere, target, TODAY, made.head)
    assert (done.head, done.files, done.made_at, done.aside) == (made.head, 4, TODAY, None)
    assert kept(elsewhere.home) == kept(desk.settings.home)
    assert not list(elsewhere.home.glob(".restoring-*"))
    for path in elsewhere.home.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    with Ledger.open(elsewhere.url) as ledger:
        assert ledger.verify(made.head).fault is None
        assert ledger.state() == desk.ledger.state()
        with ledger.reading() as there, desk.ledger.reading() as here:
            assert Work(there).documents() == Work(here).documents()
            [row] = Work(there).reviews()
            assert Path(row.certificate.path).is_file() and Path(row.certificate.path).is_relative_to(elsewhere.home)


def test_a_backup_is_never_written_over(desk: Desk, made: Backup, target: Path) -> None:
    before = target.read_bytes()
    with pytest.raises(WrongUse, match="there already"):
        write_backup(desk.settings, desk.ledger, target, TODAY)
    assert target.read_bytes() == before


def test_nothing_is_restored_over_what_is_there(desk: Desk, made: Backup, target: Path, elsewhere: Settings) -> None:
    with pytest.raises(WrongUse, match="not empty"):
        restore(desk.settings, target, TODAY)
    file = elsewhere.home / "done" / "mine.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"mine")
    with pytest.raises(WrongUse, match=r"mine\.pdf"):
        restore(elsewhere, target, TODAY)
    assert kept(elsewhere.home) == {"done/mine.pdf": hashlib.sha256(b"mine").hexdigest()}


def test_a_restore_that_was_cut_short_is_run_again(
    made: Backup, target: Path, elsewhere: Settings, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "copy_in", die)
        with pytest.raises(KeyboardInterrupt):
            restore(elsewhere, target, TODAY)
    assert kept(elsewhere.home) == kept(desk.settings.home)
    assert restore(elsewhere, target, TODAY).head == made.head
    assert kept(elsewhere.home) == kept(desk.settings.home)


def test_replacing_puts_aside_and_deletes_nothing(desk: Desk, holder: str, made: Backup, target: Path) -> None:
    void(desk, desk.ledger.state().activities_of(holder)[0].entry, "a mistake after the backup")
    later, files = desk.ledger.head(), kept(desk.settings.home)
    with pytest.raises(LedgerBusy, match="open"):
        restore(desk.settings, target, TODAY, replace=True)
    desk.ledger.close()
    (desk.settings.done / "new.pdf").write_bytes(b"new")
    done = restore(desk.settings, target, TODAY, replace=True)
    assert done.aside is not None
    with Ledger.open(desk.settings.url) as ledger:
        assert ledger.head() == made.head
    assert kept(desk.settings.home) == files
    with Ledger.open(f"sqlite:///{done.aside / 'ledger.sqlite'}") as former:
        assert former.head() == later
    assert kept(done.aside).keys() == files.keys() | {"done/new.pdf"}


def test_a_damaged_ledger_is_put_aside_too(desk: Desk, made: Backup, target: Path) -> None:
    desk.ledger.close()
    file = Path(desk.settings.url.removeprefix("sqlite:///"))
    file.write_bytes(b"no database " * 1000)
    assert restore(desk.settings, target, TODAY, replace=True).aside is not None
    with Ledger.open(desk.settings.url) as ledger:
        assert ledger.verify(made.head).fault is None


def test_nothing_is_replaced_while_a_run_is_at_work(desk: Desk, made: Backup, target: Path) -> None:
    with desk.ledger.transaction() as connection:
        RunLocks(connection).acquire(LOCK, "run", TODAY, STALE)
    desk.ledger.close()
    with pytest.raises(Locked, match="at work"):
        restore(desk.settings, target, TODAY, replace=True)


def test_a_ledger_in_postgresql_is_not_replaced(made: Backup, target: Path, tmp_path: Path) -> None:
    with new_schema() as url:
        place = Settings(share=tmp_path / "s", home=tmp_path / "h", ledger_url=url)
        with pytest.raises(WrongUse, match="empty database"):
            restore(place, target, TODAY, replace=True)


def test_any_flipped_bit_is_found_or_harmless(made: Backup, target: Path, tmp_path: Path) -> None:
    """At positions drawn; `python -m benchmarks.tampering` tries them all."""
    data, damaged, out = target.read_bytes(), tmp_path / "damaged", tmp_path / "out"
    whole = unpack(target, tmp_path / "whole")

    @settings(max_examples=100)
    @given(position=st.integers(0, len(data) - 1), bit=st.sampled_from(BITS))
    def found_or_harmless(position: int, bit: int) -> None:
        damaged.write_bytes(flipped(data, position, bit))
        shutil.rmtree(out, ignore_errors=True)
        try:
            assert unpack(damaged, out) == whole
        except LedgerDamaged:
            return
        for file in whole.files:
            assert hashlib.sha256((out / file.path).read_bytes()).hexdigest() == file.sha256

    found_or_harmless()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_cut_off_backup_restores_nothing(made: Backup, target: Path, elsewhere: Settings, share: float) -> None:
    target.write_bytes(target.read_bytes()[: int(made.size * share)])
    with pytest.raises(LedgerDamaged, match=r"backup\.tar is damaged"):
        restore(elsewhere, target, TODAY)
    assert not kept(elsewhere.home)
    with pytest.raises(LedgerUnavailable):
        Ledger.open(elsewhere.url)


def test_a_backup_without_the_entries_of_a_report_is_refused(made: Backup, target: Path, elsewhere: Settings) -> None:
    with pytest.raises(LedgerDamaged, match="cut off"):
        restore(elsewhere, target, TODAY, Head(made.head.seq + 1, made.head.hash))
    assert not kept(elsewhere.home)


@pytest.mark.parametrize("name", ["../out.pdf", "/tmp/out.pdf", "done/../../out.pdf", "other/out.pdf", "done"])
def test_nothing_is_unpacked_outside_of_the_home(tmp_path: Path, name: str) -> None:
    file, forged = tmp_path / "x", tmp_path / "forged.tar"
    file.write_bytes(b"x")
    with tarfile.open(forged, "w") as tar:
        tar.add(file, name)
    with pytest.raises(LedgerDamaged):
        unpack(forged, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_no_link_is_unpacked(tmp_path: Path) -> None:
    forged = tmp_path / "forged.tar"
    with tarfile.open(forged, "w") as tar:
        member = tarfile.TarInfo("done/link")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(LedgerDamaged):
        unpack(forged, tmp_path / "out")


def test_a_certificate_that_is_missing_is_named(desk: Desk, holder: str, tmp_path: Path) -> None:
    shutil.rmtree(desk.settings.done / "2026")
    shutil.rmtree(desk.settings.review)
    made = write_backup(desk.settings, desk.ledger, tmp_path / "backup", TODAY)
    assert made.absent == ("entry 2: cert.pdf", "review 1: unsure 修了証.pdf")


def test_a_full_disk_leaves_no_backup(desk: Desk, holder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "disk"
    folder.mkdir()
    monkeypatch.setattr(archive_module, "copy_part", full)
    with pytest.raises(StorageError, match="No space left"):
        write_backup(desk.settings, desk.ledger, folder / "backup", TODAY)
    assert not list(folder.iterdir())


def test_who_was_forgotten_before_a_backup_is_not_in_it(desk: Desk, holder: str, tmp_path: Path) -> None:
    with desk.ledger.reading() as connection:
        key = bytes(connection.execute(select(SUBJECT_KEY.c.key)).scalar_one())
    write_backup(desk.settings, desk.ledger, tmp_path / "before", TODAY)
    desk.ledger.forget(holder, TODAY)
    write_backup(desk.settings, desk.ledger, tmp_path / "after", TODAY)
    assert key in (tmp_path / "before").read_bytes()
    assert key not in (tmp_path / "after").read_bytes()


def test_a_file_that_is_no_backup_is_said_to_be_none(tmp_path: Path, elsewhere: Settings) -> None:
    with pytest.raises(WrongUse, match="nothing"):
        restore(elsewhere, tmp_path / "nothing", TODAY)
    (tmp_path / "file").write_bytes(b"hello")
    with pytest.raises(RecertError, match="not written by recert"):
        restore(elsewhere, tmp_path / "file", TODAY)
