"""The place where recert works: two roots, a settings file, a ledger."""

from contextlib import suppress
from pathlib import Path

from pipeline.files import make_folders
from pipeline.ledger.store import Ledger
from pipeline.moves import private
from pipeline.settings import Settings, settings_file

_TEMPLATE = """\
# Settings of recert. Every RECERT_… environment variable overrides the line of its name here; `recert doctor` lists
# them all.
share = {share}
home = {home}
"""


def make_place(settings: Settings) -> None:
    """Make the folders, the settings file and the ledger where they are missing.

    Raises SettingsError for roots that overlap, StorageError for a full or read-only disk.
    """
    make_folders(settings)
    with suppress(FileExistsError), open(settings_file(), "x", encoding="utf-8", opener=private) as file:
        file.write(_TEMPLATE.format(share=_quoted(settings.share), home=_quoted(settings.home)))
    Ledger.open(settings.url, create=True).close()


def _quoted(path: Path) -> str:
    """A path as a TOML string."""
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
