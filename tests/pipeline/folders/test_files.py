"""Moving real files: nothing lost, nothing written over, whatever fails and wherever it is cut short."""

import errno
import os
import resource
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.errors import SettingsError, StorageError
from pipeline.folders import files, moves
from pipeline.folders.files import (
    Claimed,
    NotYet,
    claim,
    cross,
    give_back,
    give_back_run,
    list_inbox,
    make_folders,
    reject,
)
from pipeline.folders.moves import hash_file
from pipeline.inbox import Kind, Sighting
from pipeline.settings import Settings

CONTENT = b"a certificate"
STEPS = ("open", "fsync", "unlink", "rename", "mkdir", "rmdir")


@dataclass(frozen=True)
class House:
    """The folders of one test."""

    share: Path
    home: Path

    @property
    def inbox(self) -> Path:
        return self.share / "inbox"

    @property
    def working(self) -> Path:
        return self.share / "working"

    @property
    def rejected(self) -> Path:
        return self.share / "rejected"

    @property
    def done(self) -> Path:
        return self.home / "done"

    def drop(self, name: str | bytes, content: bytes = CONTENT) -> Path:
        path = self.inbox / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def sighting(self, name: str = "a.pdf") -> Sighting:
        (found,) = (sighting for sighting in list_inbox(self.inbox) if sighting.path == Path(name))
        return found

    def claim(self, name: str = "a.pdf", content: bytes = CONTENT, run: str = "run") -> Claimed:
        self.drop(name, content)
        return claim(self.inbox, self.sighting(name), self.working, run)

    def contents(self, *folders: Path) -> Counter[bytes]:
        """The content of every document below the folders, notes left out."""
        paths = (path for folder in folders or (self.share, self.home) for path in folder.rglob("*"))
        return Counter(path.read_bytes() for path in paths if path.is_file() and not path.name.endswith(".why.txt"))


def build(root: Path) -> House:
    house = House(root / "share", root / "home")
    make_folders(Settings(share=house.share, home=house.home))
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


@contextmanager
def interrupted(step: int, action: Callable[[], None]) -> Iterator[list[str]]:
    """Do `action` instead of the `step`-th call into the system (1 is the first). Yields the calls seen."""
    calls: list[str] = []
    patch = pytest.MonkeyPatch()

    def counted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            calls.append(name)
            if len(calls) == step:
                action()
            return real(*arguments, **options)

        return call

    for name in STEPS:
        patch.setattr(os, name, counted(name, getattr(os, name)))
    patch.setattr(moves, "_rename_exclusively", counted("renameat2", moves._rename_exclusively))
    try:
        yield calls
    finally:
        patch.undo()


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do `work` in a process that ends, with no tidying up, at its `step`-th call. False where it came to its end."""
    child = os.fork()
    if child == 0:
        with interrupted(step, lambda: os._exit(9)):
            try:
                work()
            finally:
                os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def failing(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.fixture(params=["exclusive", "reserved"])
def rename(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of renaming: the kernel's own, and the one for shares that have none."""
    if request.param == "reserved":
        monkeypatch.setattr(moves, "_rename_exclusively", lambda *_: False)
    return str(request.param)


# Listing


def test_every_name_is_listed_whatever_its_bytes(house: House) -> None:
    names: list[str | bytes] = [
        "plain.pdf",
        "new\nline.pdf",
        "\u202egpj.pdf",
        "👩‍🎓.png",
        b"\xff\xfe.pdf",
        "x" * 251 + ".pdf",
        "ana/deep/b.pdf",
        "-rf",
    ]
    for name in names:
        house.drop(name)
    listed = list_inbox(house.inbox)
    assert {sighting.path for sighting in listed} == {Path(os.fsdecode(name)) for name in names}
    assert {sighting.kind for sighting in listed} == {Kind.REGULAR}
    claims = [claim(house.inbox, sighting, house.working, "run") for sighting in listed]
    assert all(claimed.path.read_bytes() == CONTENT for claimed in claims)
    filed = [cross(claimed.path, house.done / claimed.name) for claimed in claims]
    assert len(set(filed)) == len(names)
    assert house.contents(house.done)[CONTENT] == len(names)


def test_links_pipes_sockets_and_ignored_folders_are_listed_but_not_entered(house: House, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "private.pdf").write_bytes(b"private")
    (house.inbox / "folder").symlink_to(tmp_path / "elsewhere")
    (house.inbox / "link.pdf").symlink_to(tmp_path / "elsewhere" / "private.pdf")
    (house.inbox / "dangling.pdf").symlink_to("nowhere")
    os.mkfifo(house.inbox / "pipe.pdf")
    house.drop("@eaDir/thumbnail.jpg")
    assert {str(sighting.path): sighting.kind for sighting in list_inbox(house.inbox)} == {
        "folder": Kind.SYMLINK,
        "link.pdf": Kind.SYMLINK,
        "dangling.pdf": Kind.SYMLINK,
        "pipe.pdf": Kind.SPECIAL,
        "@eaDir": Kind.FOLDER,
    }


def test_a_missing_inbox_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="inbox"):
        list_inbox(tmp_path / "inbox")


def test_a_folder_that_cannot_be_opened_is_listed_and_the_rest_as_well(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.drop("closed/a.pdf")
    house.drop("open/b.pdf")
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, "denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    kinds = {str(sighting.path): sighting.kind for sighting in list_inbox(house.inbox)}
    assert kinds == {"closed": Kind.FOLDER, "open/b.pdf": Kind.REGULAR}


# Claiming


def test_a_claimed_file_lies_in_a_folder_of_its_own_and_remembers_its_place(house: House) -> None:
    claimed = house.claim("Ana/2026/a.pdf")
    box = claimed.path.relative_to(house.working / "run").parts
    assert box[1:] == ("Ana", "2026", "a.pdf")
    assert (claimed.name, claimed.folder) == ("a.pdf", "Ana")
    assert house.claim("b.pdf").folder is None
    assert not (house.inbox / "b.pdf").exists()


def test_eight_claim_and_each_file_is_claimed_once(house: House) -> None:
    for number in range(40):
        house.drop(f"{number % 5}/{number}.pdf", str(number).encode())
    listed = list_inbox(house.inbox)

    def take(run: int) -> list[Path]:
        taken = []
        for sighting in listed:
            try:
                taken.append(claim(house.inbox, sighting, house.working, str(run)).path)
            except NotYet:
                continue
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [path for paths in pool.map(take, range(8)) for path in paths]
    assert len(taken) == len(set(taken)) == 40
    assert house.contents() == {str(number).encode(): 1 for number in range(40)}


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EACCES, errno.EPERM, errno.ENOENT, errno.EAGAIN, errno.EIO])
def test_a_busy_file_is_not_yet_and_stays(house: House, number: int) -> None:
    house.drop("a.pdf")
    sighting = house.sighting()
    with interrupted(2, failing(number)) as calls, pytest.raises(NotYet) as caught:
        claim(house.inbox, sighting, house.working, "run")
    assert calls[1] == "open"
    assert caught.value.why
    assert house.contents(house.inbox) == {CONTENT: 1}
    assert claim(house.inbox, sighting, house.working, "run").path.exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_share_without_room_stops_the_run_and_the_file_stays(house: House, number: int) -> None:
    house.drop("a.pdf")
    sighting = house.sighting()
    with interrupted(3, failing(number)) as calls, pytest.raises(StorageError):
        claim(house.inbox, sighting, house.working, "run")
    assert calls[2] == "mkdir"
    assert house.contents(house.inbox) == {CONTENT: 1}


def test_a_file_that_changed_since_it_was_seen_is_not_taken(house: House) -> None:
    path = house.drop("a.pdf")
    sighting = house.sighting()
    path.write_bytes(b"more of it")
    with pytest.raises(NotYet, match="changed"):
        claim(house.inbox, sighting, house.working, "run")
    path.unlink()
    with pytest.raises(NotYet, match="gone"):
        claim(house.inbox, sighting, house.working, "run")
    os.mkfifo(path)
    with pytest.raises(NotYet, match="something else"):
        claim(house.inbox, sighting, house.working, "run")
    assert [path.name for path in house.working.rglob("*.pdf")] == []


def test_a_file_swapped_in_at_the_last_moment_goes_back(house: House, tmp_path: Path) -> None:
    path = house.drop("a.pdf")
    sighting = house.sighting()

    def swap() -> None:
        (tmp_path / "other").write_bytes(b"another")
        (tmp_path / "other").replace(path)

    with interrupted(99, lambda: None) as calls:
        claim(house.inbox, sighting, house.working, "probe")
    house.drop("a.pdf")
    sighting = house.sighting()
    with interrupted(calls.index("rename") + 1, swap), pytest.raises(NotYet, match="another file"):
        claim(house.inbox, sighting, house.working, "run")
    assert house.contents(house.inbox) == {b"another": 1}


def test_a_folder_swapped_for_a_link_leads_nowhere(house: House, tmp_path: Path) -> None:
    """Neither out of a private folder when claiming, nor into one when giving back."""
    private = tmp_path / "private"
    private.mkdir()
    (private / "a.pdf").write_bytes(CONTENT)
    house.drop("ana/a.pdf")
    sighting = house.sighting("ana/a.pdf")
    claimed = claim(house.inbox, sighting, house.working, "run")
    (house.inbox / "ana").rmdir()
    (house.inbox / "ana").symlink_to(private)
    with pytest.raises(NotYet):
        claim(house.inbox, sighting, house.working, "run")
    assert give_back(claimed, house.inbox) == house.inbox / "a.pdf"
    assert [path.name for path in private.iterdir()] == ["a.pdf"]


def test_refused_things_can_be_set_aside_without_being_opened(house: House) -> None:
    (house.inbox / "link.pdf").symlink_to("/etc/hostname")
    os.mkfifo(house.inbox / "pipe.pdf")
    for name in ("link.pdf", "pipe.pdf"):
        claimed = claim(house.inbox, house.sighting(name), house.working, "run")
        reject(claimed, house.rejected, "It is no document.")
    assert sorted(path.name for path in house.rejected.iterdir()) == [
        "link.pdf",
        "link.pdf.why.txt",
        "pipe.pdf",
        "pipe.pdf.why.txt",
    ]
    assert (house.rejected / "link.pdf").is_symlink()


# Giving back and rejecting


@pytest.mark.usefixtures("rename")
def test_giving_back_never_covers_a_newcomer(house: House) -> None:
    claimed = house.claim("ana/a.pdf", b"old")
    house.drop("ana/a.pdf", b"new")
    assert give_back(claimed, house.inbox) == house.inbox / "ana" / "a (2).pdf"
    assert house.contents(house.inbox) == {b"old": 1, b"new": 1}
    assert list((house.working / "run").iterdir()) == []


def test_giving_back_a_name_that_fills_the_limit(house: House) -> None:
    name = "x" * 251 + ".pdf"
    claimed = house.claim(name, b"old")
    house.drop(name, b"new")
    give_back(claimed, house.inbox)
    assert house.contents(house.inbox) == {b"old": 1, b"new": 1}


@pytest.mark.usefixtures("rename")
def test_a_dead_run_is_taken_back_whole_even_when_cut_short(tmp_path: Path) -> None:
    for step in range(1, 100):
        house = build(tmp_path / str(step))
        expected = Counter([b"living"])
        for name in ("a.pdf", "ana/a.pdf", "ana/b.pdf", "a\nb.pdf"):
            house.claim(name, name.encode(), "dead")
            expected[name.encode()] = 1
        house.claim("a.pdf", b"living", "living")
        dead = house.working / "dead"
        killed = killed_at(step, lambda dead=dead, house=house: give_back_run(dead, house.inbox))  # type: ignore[misc]
        # Where no exclusive rename exists, a kill can leave an empty file behind; never can it lose one.
        assert without_stubs(house.contents()) == expected
        give_back_run(dead, house.inbox)
        assert without_stubs(house.contents()) == expected
        assert give_back_run(dead, house.inbox) == ()
        assert house.contents(house.working) == {b"living": 1}
        if not killed:
            break
    assert step > 8


def without_stubs(contents: Counter[bytes]) -> Counter[bytes]:
    return Counter({content: count for content, count in contents.items() if content})


@pytest.mark.usefixtures("rename")
def test_rejected_files_have_their_reason_beside_them(house: House) -> None:
    first = reject(house.claim("a.pdf", b"1"), house.rejected, "It is damaged. Scan it again.")
    second = reject(house.claim("a.pdf", b"2"), house.rejected, "It is \udcff worse.")
    note = reject(house.claim("b.pdf.why.txt", b"3"), house.rejected, "It is no certificate.")
    third = reject(house.claim("b.pdf", b"4"), house.rejected, "It is empty.")
    assert [path.name for path in (first, second, note, third)] == [
        "a.pdf",
        "a (2).pdf",
        "b.pdf.why.txt",
        "b (2).pdf",
    ]
    assert [path.read_bytes() for path in (first, second, note, third)] == [b"1", b"2", b"3", b"4"]
    assert (house.rejected / "a.pdf.why.txt").read_text() == "It is damaged. Scan it again.\n"
    assert (house.rejected / "b (2).pdf.why.txt").read_text() == "It is empty.\n"
    assert list((house.working / "run").iterdir()) == []


def test_a_rejected_file_is_somewhere_at_every_moment_and_never_without_its_one_note(tmp_path: Path) -> None:
    for step in range(1, 100):
        house = build(tmp_path / str(step))
        claimed = house.claim("a.pdf")
        killed = killed_at(step, lambda claimed=claimed, house=house: reject(claimed, house.rejected, "why"))  # type: ignore[misc]
        files.clear_parts(house.rejected)
        assert house.contents() == {CONTENT: 1}
        if claimed.path.exists():
            reject(claimed, house.rejected, "why")
        assert {path.name for path in house.rejected.iterdir()} == {"a.pdf", "a.pdf.why.txt"}
        if not killed:
            break
    assert step > 4


@pytest.fixture
def home_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The home lies on another disk than the share: no rename leads from the one to the other."""
    real = moves._rename_exclusively

    def rename(source: Path, name: str, folder: int) -> bool:
        if "home" in source.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(source, name, folder)

    monkeypatch.setattr(moves, "_rename_exclusively", rename)


def in_review(house: House) -> Claimed:
    waiting = house.home / "review" / "0123456789ab" / "a.pdf"
    waiting.parent.mkdir()
    waiting.write_bytes(CONTENT)
    return Claimed(waiting, Path("a.pdf"))


@pytest.mark.usefixtures("home_elsewhere")
def test_a_review_folder_that_cannot_be_written_leaves_one_rejected_copy(house: House) -> None:
    """The second attempt finds what the first one copied: only the original still has to go."""
    claimed, real = in_review(house), Path.unlink

    def read_only(path: Path, missing_ok: bool = False) -> None:
        if path == claimed.path:
            raise OSError(errno.EROFS, "Read-only file system")
        real(path, missing_ok)

    for _ in range(2):
        with pytest.MonkeyPatch.context() as patched, pytest.raises(StorageError):
            patched.setattr(Path, "unlink", read_only)
            reject(claimed, house.rejected, "Not ours.")
    reject(claimed, house.rejected, "Not ours.")
    assert house.contents() == house.contents(house.rejected) == {CONTENT: 1}
    assert {path.name for path in house.rejected.iterdir()} == {"a.pdf", "a.pdf.why.txt"}


@pytest.mark.usefixtures("home_elsewhere")
def test_a_kill_while_rejecting_from_another_disk_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for step in range(1, 100):
        house = build(tmp_path / str(step))
        claimed = in_review(house)
        killed = killed_at(step, lambda claimed=claimed, house=house: reject(claimed, house.rejected, "why"))  # type: ignore[misc]
        files.clear_parts(house.rejected)
        assert house.contents().keys() == {CONTENT}
        if claimed.path.exists():
            reject(claimed, house.rejected, "why")
        assert house.contents() == {CONTENT: 1}
        if not killed:
            break
    assert step > 6


@pytest.mark.usefixtures("home_elsewhere")
def test_the_same_bytes_rejected_for_another_reason_keep_both_notes(house: House) -> None:
    for why in ("Not ours.", "Not a certificate."):
        reject(in_review(house), house.rejected, why)
    notes = {path.read_text() for path in house.rejected.glob("*.why.txt")}
    assert notes == {"Not ours.\n", "Not a certificate.\n"}


@pytest.mark.usefixtures("home_elsewhere")
def test_a_file_of_another_disk_is_rejected_as_well(house: House) -> None:
    """As when a person rejects what waits in review: the home may lie on another disk than the share."""
    reject(in_review(house), house.rejected, "Not ours.")
    assert house.contents() == house.contents(house.rejected) == {CONTENT: 1}
    assert (house.rejected / "a.pdf.why.txt").read_text() == "Not ours.\n"


def test_a_full_disk_leaves_the_file_unrejected(house: House) -> None:
    claimed = house.claim("a.pdf")
    with full_disk(), pytest.raises(StorageError):
        reject(claimed, house.rejected, "why" * 1000)
    assert claimed.path.read_bytes() == CONTENT
    assert list(house.rejected.iterdir()) == []


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow beyond a few bytes: the kernel's own refusal in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# Crossing


def test_what_crossed_is_private_and_gone_from_the_share(house: House) -> None:
    source = house.claim("a.pdf").path
    digest = hash_file(source)
    final = cross(source, house.done / "2026" / "Ana" / "2026-01-02 Course.pdf", digest)
    assert hash_file(final) == digest
    assert not source.exists()
    assert stat.S_IMODE(final.stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) for path in (final.parent, final.parent.parent, house.done)} == {0o700}


@pytest.mark.usefixtures("rename")
def test_crossing_never_covers_and_never_doubles(house: House) -> None:
    target = house.done / "a.pdf"
    finals = [cross(house.claim("a.pdf", content).path, target) for content in (b"1", b"2", b"1", b"2", b"3")]
    assert [path.name for path in finals] == ["a.pdf", "a (2).pdf", "a.pdf", "a (2).pdf", "a (3).pdf"]
    assert house.contents() == {b"1": 1, b"2": 1, b"3": 1}


def test_bytes_that_were_not_read_do_not_cross(house: House) -> None:
    source = house.claim("a.pdf").path
    digest = hash_file(source)
    source.write_bytes(b"something else")
    with pytest.raises(NotYet, match="after it was read"):
        cross(source, house.done / "a.pdf", digest)
    assert house.contents() == {b"something else": 1}


def test_a_full_disk_leaves_the_source_and_no_half(house: House) -> None:
    source = house.claim("a.pdf").path
    with full_disk(), pytest.raises(StorageError, match="file a document"):
        cross(source, house.done / "a.pdf")
    assert house.contents(house.home) == {}
    assert source.read_bytes() == CONTENT


def test_a_copy_that_differs_is_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    source = house.claim("a.pdf").path
    monkeypatch.setattr(files, "hash_file", lambda _: "0" * 64)
    with pytest.raises(StorageError, match="differs"):
        cross(source, house.done / "a.pdf")
    assert house.contents() == {CONTENT: 1}


def test_a_link_in_place_of_the_source_is_not_followed(house: House, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    source = house.claim("a.pdf").path
    source.unlink()
    source.symlink_to(tmp_path / "secret")
    with pytest.raises(StorageError):
        cross(source, house.done / "a.pdf")
    assert (tmp_path / "secret").exists()
    assert list(house.done.rglob("*")) == []


@given(step=st.integers(1, 30), number=st.sampled_from([errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES]))
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_crossing_survives_an_error_at_any_step(
    tmp_path_factory: pytest.TempPathFactory, step: int, number: int
) -> None:
    """The document is in at least one place, there are never two finals, and the next attempt ends in one place."""
    house = build(tmp_path_factory.mktemp("house"))
    source = house.claim("a.pdf").path
    target = house.done / "2026" / "Ana" / "a.pdf"
    with interrupted(step, failing(number)):
        try:
            cross(source, target)
        except StorageError as error:
            assert error.action
    finals = list(house.done.rglob("*.pdf"))
    assert len(finals) <= 1
    assert source.exists() or len(finals) == 1
    assert all(path.read_bytes() == CONTENT for path in (source, *finals) if path.exists())
    if source.exists():
        cross(source, target)
    assert house.contents() == {CONTENT: 1}


def test_a_kill_while_claiming_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for step in range(1, 100):
        house = build(tmp_path / str(step))
        house.drop("ana/a.pdf")
        seen = house.sighting("ana/a.pdf")
        killed = killed_at(step, lambda house=house, seen=seen: claim(house.inbox, seen, house.working, "run"))  # type: ignore[misc]
        assert house.contents() == {CONTENT: 1}
        give_back_run(house.working / "run", house.inbox)
        assert house.contents(house.inbox) == {CONTENT: 1}
        if not killed:
            break
    assert step > 4


@pytest.mark.usefixtures("rename")
def test_a_kill_while_crossing_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for step in range(1, 100):
        house = build(tmp_path / str(step))
        target = house.done / "2026" / "a.pdf"
        source = house.claim("a.pdf").path
        killed = killed_at(step, lambda source=source, target=target: cross(source, target))  # type: ignore[misc]
        files.clear_parts(house.done)
        assert without_stubs(house.contents()).keys() == {CONTENT}
        if source.exists():
            cross(source, target)
        assert without_stubs(house.contents()) == {CONTENT: 1}
        if not killed:
            break
    assert step > 8


# Roots


@pytest.mark.parametrize(("share", "home"), [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a", "link/b")])
def test_roots_that_overlap_are_refused(tmp_path: Path, share: str, home: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a")
    with pytest.raises(SettingsError, match="inside"):
        make_folders(Settings(share=tmp_path / share, home=tmp_path / home))


def test_a_share_that_is_not_mounted_is_an_error_not_an_empty_inbox(house: House) -> None:
    settings = Settings(share=house.share, home=house.home)
    files.check_folders(settings)
    house.inbox.rmdir()
    with pytest.raises(StorageError, match="inbox"):
        files.check_folders(settings)


def test_the_home_is_private(house: House) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (house.home, *house.home.iterdir())}
    assert modes == {0o700}
