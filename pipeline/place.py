"""The place where recert works: two roots, a settings file, a ledger."""

import json
from contextlib import suppress
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.folders.files import make_folders
from pipeline.folders.moves import private
from pipeline.ledger.store import Ledger
from pipeline.settings import Settings, settings_file

_TEMPLATE = """\
# Settings of recert. Every RECERT_… environment variable overrides the line of its name here; `recert doctor` lists
# them all.
share = {share}
home = {home}
"""


def make_place(settings: Settings) -> None:
    """Make the folders, the settings file and the ledger where they are missing.

    Raises SettingsError for roots that overlap or whose names no settings file can hold, StorageError for a full or
    read-only disk.
    """
    written = _TEMPLATE.format(share=_quoted(settings.share), home=_quoted(settings.home))
    make_folders(settings)
    with suppress(FileExistsError), open(settings_file(), "x", encoding="utf-8", opener=private) as file:
        file.write(written)
    Ledger.open(settings.url, create=True).close()


def _quoted(path: Path) -> str:
    """A path as a TOML string: one of JSON, but for the one control character that JSON leaves as it is."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise SettingsError(
            f"The name of the folder {path} is no UTF-8.",
            "Set RECERT_SHARE and RECERT_HOME to folders with plain names.",
        ) from None
    return json.dumps(str(path), ensure_ascii=False).replace("\x7f", "\\u007f")
