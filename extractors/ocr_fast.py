"""Tesseract as a library inside this process: the same passes and words, without a start of the program for each."""

import os
import re
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytesseract

from extractors.enhance import Prepared
from extractors.errors import DamagedDocument, MissingEngine
from extractors.ocr import Reading, TesseractEngine, reading_of

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

How = Literal["auto", "program", "library"]
_FOLDER = re.compile(r'"(.+)"')
# The library's table has no headings; these are the program's.
_HEADINGS = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t")


def tesseract(languages: Sequence[str], how: How) -> TesseractEngine:
    """The engine as the settings want it: `auto` is the library where it can be loaded, else the program.

    Raises MissingEngine where the program, its data, or the package that `library` asks for is missing.
    """
    if how == "auto":
        try:
            return LibraryEngine(languages)
        except MissingEngine:
            return TesseractEngine(languages)
    return LibraryEngine(languages) if how == "library" else TesseractEngine(languages)


class LibraryEngine(TesseractEngine):
    """Tesseract through tesserocr, on one thread, with the language data of the installed program.

    A set of languages is loaded once and kept (some 20 MiB each): reading a page then costs a little more than half of
    what the program does.
    """

    name = "tesserocr"

    def __init__(self, languages: Sequence[str]) -> None:
        """Raises MissingEngine where the package, the program's language data, or all of `languages` is missing."""
        super().__init__(languages)
        self._folder = _data_folder()
        self._loaded: dict[tuple[str, ...], PyTessBaseAPI] = {}
        self._api(self._first)

    def recognise(self, prepared: Prepared, languages: Sequence[str]) -> Reading:
        api = self._api(tuple(languages))
        api.SetImage(prepared.picture)
        if not api.Recognize():
            raise DamagedDocument("the picture could not be read: Tesseract gave up on it")
        table = f"{_HEADINGS}\n{api.GetTSVText(0)}"
        api.Clear()
        return reading_of(table, prepared, languages)

    def orientation(self, prepared: Prepared) -> tuple[int, str]:
        api = self._api(("osd",))
        api.SetImage(prepared.picture)
        seen = api.DetectOrientationScript()
        api.Clear()
        if not seen:
            return 0, "Latin"  # too few letters to tell
        return -int(seen["orient_deg"]) % 360, str(seen["script_name"])

    def _api(self, languages: tuple[str, ...]) -> "PyTessBaseAPI":
        if languages not in self._loaded:
            self._loaded[languages] = _load(self._folder, languages)
        return self._loaded[languages]


def _load(folder: str, languages: tuple[str, ...]) -> "PyTessBaseAPI":
    try:
        # Late, because it is an optional package, and because its threads are counted when it is loaded.
        from tesserocr import PSM, PyTessBaseAPI
    except ImportError as error:
        raise MissingEngine("the Python package tesserocr is not installed: pip install 'recert[fast]'") from error
    mode = PSM.OSD_ONLY if languages == ("osd",) else PSM.AUTO
    try:
        return PyTessBaseAPI(path=folder, lang="+".join(languages), psm=mode)
    except RuntimeError as error:
        raise MissingEngine(f"tesserocr cannot load the data of {', '.join(languages)} in {folder}: {error}") from error


@cache
def _data_folder() -> str:
    """Where the installed program keeps its language data."""
    stated = os.environ.get("TESSDATA_PREFIX")
    if stated and Path(stated).is_dir():
        return stated
    program = pytesseract.pytesseract.tesseract_cmd
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingEngine("the program tesseract is not installed") from error
    folder = _FOLDER.search(listed)
    if folder is None:
        raise MissingEngine("the program tesseract does not say where its language data is: set TESSDATA_PREFIX")
    return folder[1]
