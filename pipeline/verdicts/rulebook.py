"""The programs and offers in force: those that come with recert, and the user's own offers."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import DataFileError
from pipeline.settings import Settings
from rules.catalogue import Catalogue, joined, load_catalogue, shipped_catalogue
from rules.program import Program, shipped_programs
from rules.reading import CatalogueError


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What crediting and evaluation read: the programs, and the offers, the user's own first."""

    programs: Mapping[str, Program]
    offers: Catalogue


def load_rulebook(settings: Settings) -> Rulebook:
    """Raises DataFileError where the user's own catalogue says something that cannot be meant."""
    return Rulebook(shipped_programs(), joined(_own_offers(settings), shipped_catalogue()))


def _own_offers(settings: Settings) -> Catalogue:
    if settings.catalogue is None:
        return Catalogue()
    try:
        text = settings.catalogue.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataFileError(
            f"The catalogue {settings.catalogue} cannot be read: {error.strerror}.",
            "Correct RECERT_CATALOGUE, or unset it.",
        ) from error
    except UnicodeDecodeError:
        raise DataFileError(
            f"The catalogue {settings.catalogue} is not UTF-8 text.", "Save it again with the encoding UTF-8."
        ) from None
    try:
        return load_catalogue(text, str(settings.catalogue), shipped_programs())
    except CatalogueError as error:
        raise DataFileError(str(error), "The form of an offer is described in docs/add-an-offer.md.") from error
