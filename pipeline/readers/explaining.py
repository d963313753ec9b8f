"""`recert explain`: one file read in this process, with everything that was weighed.

It is a tool for looking closely at one document of one's own; what drops into the inbox is read behind the sandbox.
"""

from pathlib import Path

from extractors.document import Limits
from extractors.explain import Explanation, explain
from extractors.ocr_fast import tesseract
from extractors.profile import load_profiles
from extractors.rapid import RapidEngine
from pipeline.errors import WrongUse
from pipeline.settings import Settings


def explain_file(file: Path, settings: Settings) -> Explanation:
    """Raises UnreadableDocument where it cannot be read, WrongUse where it is not there."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise WrongUse(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    limits = Limits(bytes=settings.document_bytes, pages=settings.document_pages, pixels=settings.document_pixels)
    engine, second = tesseract(settings.languages, settings.tesseract), RapidEngine()
    return explain(data, engine=engine, second=second, profiles=load_profiles(), limits=limits)
