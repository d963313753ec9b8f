"""Whether all is there: programs, languages, folders, the ledger. Each check says what it found and what to do."""

import importlib.metadata
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytesseract

from pipeline.errors import RecertError
from pipeline.folders.files import check_folders
from pipeline.folders.moves import open_to_others
from pipeline.ledger.store import Ledger
from pipeline.sandbox import Sandbox
from pipeline.settings import Settings

_NAMESPACES = "Allow user namespaces (kernel.unprivileged_userns_clone=1), or run recert as root."
# Per wall: what it keeps readers from, and what to do where it does not stand.
_WALLS = {
    "network": ("the network", _NAMESPACES),
    "files": ("files that are not theirs", "Files are walled off by Linux 5.13 or later with Landlock."),
    "calls": ("other processes", "System calls are filtered on Linux, x86-64 and ARM64."),
    "processes": (
        "multiplying",
        "Processes are counted by Linux 6.14 or later; by 5.14 or later where recert does not run as root.",
    ),
    "disk": ("filling the disk", _NAMESPACES),
}


@dataclass(frozen=True, slots=True)
class Check:
    """`action` is None where all is well."""

    name: str
    found: str
    action: str | None = None


def examine(settings: Settings) -> tuple[Check, ...]:
    """Every check, in the order in which things are needed."""
    return (
        Check("recert", importlib.metadata.version("recert")),
        *_tesseract(settings),
        how_tesseract_is_run(settings),
        _second_engine(),
        _readers(settings),
        _folders(settings),
        private_home(settings),
        _ledger(settings),
    )


def _tesseract(settings: Settings) -> Iterator[Check]:
    if shutil.which("tesseract") is None:
        yield Check("Tesseract", "missing", "Install it: apt-get install tesseract-ocr")
        return
    installed = set(pytesseract.get_languages(config=""))
    missing = [language for language in settings.languages if language not in installed]
    version = f"{pytesseract.get_tesseract_version()} with {', '.join(sorted(installed))}"
    packages = " ".join(f"tesseract-ocr-{language}" for language in missing)
    yield Check(
        "Tesseract",
        version,
        f"Certificates in these languages are read worse; install them: apt-get install {packages}"
        if missing
        else None,
    )


def how_tesseract_is_run(settings: Settings) -> Check:
    """How Tesseract is run: what `auto` comes to here."""
    if settings.tesseract == "program":
        return Check("Tesseract is run", "as a program")
    try:
        return Check("Tesseract is run", f"as a library (tesserocr {importlib.metadata.version('tesserocr')})")
    except importlib.metadata.PackageNotFoundError:
        wanted = settings.tesseract == "library"
        return Check(
            "Tesseract is run",
            "as a program: the library is not installed",
            "Install it: pip install 'recert[fast]'; or set RECERT_TESSERACT=auto" if wanted else None,
        )


def _second_engine() -> Check:
    try:
        return Check("Second engine", f"RapidOCR {importlib.metadata.version('rapidocr')}")
    except importlib.metadata.PackageNotFoundError:
        return Check(
            "Second engine", "missing", "Documents in need of it are not read; install it: pip install rapidocr"
        )


def _readers(settings: Settings) -> Check:
    with Sandbox(settings) as sandbox:
        walls = sandbox.walls()
    kept = [what for name, (what, _) in _WALLS.items() if getattr(walls, name)]
    advice = [remedy for name, (_, remedy) in _WALLS.items() if not getattr(walls, name)]
    return Check(
        "Reader processes",
        f"kept by the kernel from {', '.join(kept)}" if kept else "kept from the network by Python only",
        " ".join(dict.fromkeys(advice)) or None,
    )


def _folders(settings: Settings) -> Check:
    try:
        check_folders(settings)
    except RecertError as error:
        return Check("Folders", error.message, error.action)
    return Check("Folders", f"{settings.share} and {settings.home}")


def private_home(settings: Settings) -> Check:
    """Whether others than its owner can read anything in the home."""
    found = tuple(open_to_others(settings.home))
    if not found:
        return Check("Private home", "only its owner can read it")
    return Check(
        "Private home",
        f"others can read {found[0]}" + (f" and {len(found) - 1} more" if len(found) > 1 else ""),
        f"Close it to others: chmod -R go= {settings.home}",
    )


def _ledger(settings: Settings) -> Check:
    try:
        with Ledger.open(settings.url) as ledger:
            head = ledger.head()
            return Check("Ledger", f"{head.seq} entries, head {head}")
    except RecertError as error:
        return Check("Ledger", error.message, error.action)


def without_password(text: str) -> str:
    """A setting as it may be shown: the address of a database may hold a password."""
    return re.sub(r"(://[^:/@]+):[^@]*@", r"\1:***@", text)
