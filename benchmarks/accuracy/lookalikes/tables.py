"""The tables beside the code: phrases by language, people, stems, layout families."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

_ROOM = Path(__file__).parent
_WEIGHTS = {"en": 65, "pt": 14, "es": 8, "fr": 5, "de": 2, "it": 2, "tr": 1, "ru": 1, "pl": 1, "nl": 1}
LANGUAGES = tuple(_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Family:
    """Which blocks stand where on the page; names of blocks are those of `blocks.BLOCKS`."""

    name: str
    rows: list[str]
    bottom: list[str]
    side: list[str]
    back: list[str]
    corners: dict[str, str]
    align: str
    page: str
    column: tuple[float, float]
    side_column: tuple[float, float]
    printed: bool

    @property
    def blocks(self) -> list[str]:
        """Every block of the family, those in columns too."""
        rows = [*self.rows, *self.bottom, *self.side, *self.back, *self.corners.values()]
        return [block for row in rows for block in (row[5:].split(",") if row.startswith("cols:") else [row])]


@cache
def words(language: str) -> dict[str, list[str]]:
    """The phrase table of a language."""
    return tomllib.loads((_ROOM / "languages" / f"{language}.toml").read_text("utf8"))


@cache
def pairs(language: str) -> list[list[str]]:
    """Labels and values that a form may have besides the ones that count."""
    text = (_ROOM / "languages" / f"{language}.toml").read_text("utf8")
    found: list[list[str]] = tomllib.loads(text)["other_fields"]
    return found


@cache
def table(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((_ROOM / f"{name}.toml").read_text("utf8"))


@cache
def stems() -> list[str]:
    found: list[str] = tomllib.loads((_ROOM / "stems.toml").read_text("utf8"))["stems"]
    return found


@cache
def families() -> tuple[Family, ...]:
    """In the order of the file."""
    corners = ("top_left", "top_right", "bottom_left", "bottom_right")
    return tuple(
        Family(
            name=row["name"],
            rows=row["rows"],
            bottom=row.get("bottom", []),
            side=row.get("side", []),
            back=row.get("back", []),
            corners={corner: row[corner] for corner in corners if corner in row},
            align=row.get("align", "centre"),
            page=row.get("page", "landscape"),
            column=tuple(row.get("column", (0.09, 0.91))),
            side_column=tuple(row.get("side_column", (0.7, 0.95))),
            printed=row.get("printed", False),
        )
        for row in tomllib.loads((_ROOM / "families.toml").read_text("utf8"))["family"]
    )


def some_language(random: Random) -> str:
    return random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
