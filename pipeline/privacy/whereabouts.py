"""Where a person is found on disk: files by their bytes and by the folder they were filed in, pages and bundles by
what they say. Looks only; pipeline/privacy/forgetting.py removes."""

import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.folders.filenames import safe_name, suffix_of
from pipeline.folders.filing import place_of
from pipeline.folders.moves import hash_file, storage
from pipeline.ledger.state import State
from pipeline.privacy.belongings import NOT_SURE, Belongings
from pipeline.privacy.mentions import Mentions
from pipeline.settings import Settings

_NOTE = ".why.txt"
# How every page of ours begins; see the templates of pipeline/report.
_OUR_PAGE = b"<title>recert "
_HEADER_BYTES = 65536
_DATED = re.compile(r"\d{4}-\d{2}-\d{2} ")
_COPIES = (".sqlite", ".db", ".backup", ".bak", ".jsonl", ".dump", ".tar", ".gz", ".zip")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`files` go, and then those of `folders` that are empty; `moves` are files that show others too and leave a
    folder of this person's name. `reports` may tell of others as well. `copies` in the home may be backups. `left`
    says what stays where and why."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    moves: tuple[tuple[Path, Path], ...]
    reports: tuple[Path, ...]
    bundles: tuple[Path, ...]
    copies: tuple[Path, ...]
    left: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.files) + len(self.moves) + len(self.reports) + len(self.bundles)


def whereabouts_of(settings: Settings, state: State, mine: Belongings) -> Whereabouts:
    """Everything on disk that is this person's, and what may be and is left. Raises StorageError."""
    with storage(settings.home, "look for a person's files"):
        private = tuple(_files(settings.done, settings.review))
        shared = tuple(_files(settings.inbox, settings.working, settings.rejected))
        # On the share a file may pretend to be a terabyte; none of them was ever read.
        hashes = {path: hash_file(path) for path in private}
        hashes |= {path: hash_file(path) for path in shared if path.stat().st_size <= settings.document_bytes}
        files = set(_by_bytes(hashes, mine)) | set(_by_folder(settings, state, mine, hashes))
        files |= {note for path in files if (note := path.with_name(path.name + _NOTE)).is_file()}
        moves = {path: _elsewhere(settings, state, mine, path, hashes[path]) for path in hashes if path not in files}
        moved = tuple((path, place) for path, place in moves.items() if place is not None)
        pages = tuple(_pages(settings, mine))
        bundles = tuple(_bundles(settings, state, mine))
        gone = {*files, *pages, *(path for path, _ in moved)}
        return Whereabouts(
            files=tuple(sorted(files)),
            folders=tuple(_folders(settings, mine)),
            moves=moved,
            reports=pages,
            bundles=bundles,
            copies=tuple(_copies(settings, bundles)),
            left=(
                *_left_shared(mine, hashes, dict(moved)),
                *_left_named(settings, mine, (*private, *shared), gone, bundles),
            ),
        )


def _files(*roots: Path) -> Iterator[Path]:
    """The files under some folders, no links."""
    for root in roots:
        for folder, _, names in os.walk(root):
            for path in (Path(folder, name) for name in sorted(names)):
                if path.is_file() and not path.is_symlink():
                    yield path


def _folders(settings: Settings, mine: Belongings) -> Iterator[Path]:
    """Folders of this person's name, empty or not."""
    for root in (settings.inbox, settings.done):
        for folder, names, _ in os.walk(root):
            yield from (Path(folder, name) for name in names if mine.names_in.in_text(name))


def _by_bytes(hashes: Mapping[Path, str], mine: Belongings) -> Iterator[Path]:
    return (path for path, sha256 in hashes.items() if sha256 in mine.contents)


def _by_folder(settings: Settings, state: State, mine: Belongings, hashes: Mapping[Path, str]) -> Iterator[Path]:
    """Files whose bytes nobody knows any more (a viewer saved notes into them), in a folder that is only this
    person's: of the certificate in review, or of the filed ones where nobody else's has that name."""
    others = _contents_of_others(state, mine)
    waiting = {settings.review / sha256[:12] for sha256 in mine.contents}
    names = {safe_name(name, 120) for name in mine.names}
    names -= {safe_name(holder.name, 120) for holder in state.holders.values() if holder.id != mine.holder}
    for path, sha256 in hashes.items():
        filed = path.parent.parent.parent == settings.done and path.parent.name in names
        if (filed or path.parent in waiting) and sha256 not in others and sha256 not in mine.shared:
            yield path


def _contents_of_others(state: State, mine: Belongings) -> set[str]:
    documents = (one.document for one in state.activities.values() if one.holder != mine.holder)
    return {document.sha256 for document in documents if document is not None}


def _elsewhere(settings: Settings, state: State, mine: Belongings, path: Path, sha256: str) -> Path | None:
    """Where a file that shows others too belongs instead of in a folder of this person's name; None where it may
    stay."""
    if sha256 not in mine.shared or not mine.names_in.in_text(str(path.relative_to(path.parents[2]))):
        return None
    if not path.is_relative_to(settings.done):
        return None
    for activity in state.activities.values():
        document = activity.document
        if document is not None and document.sha256 == sha256 and activity.holder in mine.shared[sha256]:
            return place_of(settings, state, activity, suffix_of(path.name))
    return None


def _pages(settings: Settings, mine: Belongings) -> Iterator[Path]:
    """Reports, and pages of ours anywhere in the home, that speak of this person or show one of their documents: its
    picture says what the words of the page may not."""
    shown = (*mine.contents, *mine.shared)
    for path in _files(settings.home):
        if path.is_relative_to(settings.submissions):
            continue
        if path.parent == settings.reports or (path.suffix == ".html" and _OUR_PAGE in _header(path)):
            text = path.read_text(encoding="utf-8", errors="replace")
            if any(sha256 in text for sha256 in shown) or mine.signs_in.in_page(text):
                yield path


def _header(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEADER_BYTES)


def _bundles(settings: Settings, state: State, mine: Belongings) -> Iterator[Path]:
    """Submission bundles of this person in the home: by their name, which begins with a day, and by what they say."""
    folder = settings.submissions
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        named = _DATED.match(path.name) and mine.names_in.in_text(path.name)
        if (named and not _namesake(state, mine, path)) or mine.names_in.in_page(_text_of_bundle(path)):
            yield path


def _namesake(state: State, mine: Belongings, path: Path) -> bool:
    """Whether the name of a bundle is somebody else's longer one."""
    others = Mentions(holder.name for holder in state.holders.values() if holder.id != mine.holder)
    return others.in_text(path.name)


def _text_of_bundle(path: Path) -> str:
    with suppress(OSError, zipfile.BadZipFile, KeyError):
        if path.is_dir():
            return (path / "checklist.html").read_text(encoding="utf-8", errors="replace")
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                return archive.read("checklist.html").decode(errors="replace")
    return ""


def _copies(settings: Settings, bundles: Iterable[Path]) -> Iterator[Path]:
    """What may be a backup or an export: whoever forgets should know that it is there."""
    roots = (settings.done, settings.review, settings.reports, settings.submissions)
    for path in _files(settings.home):
        ours = path.name.startswith("ledger.sqlite") and path.parent == settings.home
        if not ours and path.suffix.lower() in _COPIES and not any(path.is_relative_to(root) for root in roots):
            yield path


def _left_shared(mine: Belongings, hashes: Mapping[Path, str], moves: Mapping[Path, Path]) -> Iterator[str]:
    for path, sha256 in hashes.items():
        if sha256 in mine.shared:
            whose = "may be somebody else's" if mine.shared[sha256] == {NOT_SURE} else "shows somebody else too"
            yield f"{moves.get(path, path)} stays: it {whose}. Cut the pages that are theirs out of it."


def _left_named(
    settings: Settings, mine: Belongings, certificates: Iterable[Path], gone: set[Path], bundles: Iterable[Path]
) -> Iterator[str]:
    """Files and folders that have the name and are not known to be this person's, and other files that say it."""
    for path in certificates:
        root = settings.home if path.is_relative_to(settings.home) else settings.share
        if path not in gone and mine.names_in.in_text(str(path.relative_to(root))):
            yield f"{path} stays: its name is this person's, but nothing proves that the document is."
        elif path not in gone and path.name.endswith(_NOTE) and _says(path, mine):
            yield f"{path} stays: it is the note beside a document that is not known to be this person's."
    kept = (settings.done, settings.review, *bundles)
    for path in _files(settings.home):
        working = path.name.startswith("ledger.sqlite") and path.parent == settings.home
        elsewhere = path not in gone and not working and not any(path.is_relative_to(root) for root in kept)
        if elsewhere and _says(path, mine):
            yield f"{path} stays: it is not recert's own, and it says the name."


def _says(path: Path, mine: Belongings) -> bool:
    return mine.names_in.in_text(path.read_text(encoding="utf-8", errors="ignore"))
