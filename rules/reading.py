"""Reading a TOML text into a model, with errors that a person can act on: the file, the key, what to do."""

import difflib
import tomllib
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)


class DataError(Exception):
    """A data file that cannot be used: `key` is where in it (rows are numbered from 1), `remedy` what to do."""

    def __init__(self, file: str, key: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {key}: {problem}. {remedy}" if key else f"{file}: {problem}. {remedy}")
        self.file = file
        self.key = key
        self.problem = problem
        self.remedy = remedy


class ProgramError(DataError):
    """A program's file that cannot be used."""


class ScenarioError(DataError):
    """A scenario that cannot be read."""


class CatalogueError(DataError):
    """A catalogue of offers that cannot be used."""


def read_toml(
    text: str,
    file: str,
    model: type[M],
    error: type[DataError],
    prepare: Callable[[dict[str, object], str], dict[str, object]] | None = None,
) -> M:
    """`text` as a `model`; raises `error` naming `file` and the first key that is wrong. `prepare` may complete the
    tables before they are read, and raise `error` itself."""
    tables = _tables(text, file, error)
    try:
        return model.model_validate(prepare(tables, file) if prepare else tables)
    except ValidationError as cause:
        first = min(cause.errors(include_url=False), key=lambda found: _is_inherited(tables, found["loc"]))
        raise error(file, key_of(first["loc"]), *_problem(first, model)) from None


def _tables(text: str, file: str, error: type[DataError]) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError) as cause:  # not TOML, or a number beyond all size
        raise error(
            file, "", f"this is not TOML: {cause}", "Correct that line; dates are written 2025-12-31."
        ) from None
    except RecursionError:
        raise error(file, "", "its tables or lists lie too deep in one another", "Write them side by side.") from None


def _is_inherited(tables: object, location: Sequence[int | str]) -> bool:
    """Whether a place lies in a table that is `like` another one: what is wrong there may be wrong where it is written,
    and is then named there."""
    for part in location:
        if isinstance(tables, dict):
            tables = tables.get(part)
        elif isinstance(tables, list) and isinstance(part, int) and part < len(tables):
            tables = tables[part]
        if isinstance(tables, dict) and "like" in tables:
            return True
    return False


def key_of(location: Sequence[int | str]) -> str:
    """A location as a person finds it: `version[1].level.associate.path[2].credits`."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def nearest(word: str, known: Sequence[str]) -> str:
    """What to write instead of `word`: the near one, or all that are known."""
    near = difflib.get_close_matches(word, known, 1)
    return f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(sorted(known)) or 'none'}."


def _problem(found: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    kind, given = found["type"], found.get("input")
    if kind == "missing":
        return "this key is missing", "Add it."
    if kind == "extra_forbidden":
        return "this key is not known here", nearest(str(found["loc"][-1]), _keys_at(model, found["loc"][:-1]))
    if kind.startswith("date"):
        return f"{given!r} is not a day", "Write it without quotes as 2025-12-31."
    if kind in ("enum", "literal_error"):
        return f"{given!r} is not known here", f"Write one of {found.get('ctx', {}).get('expected', '')}."
    if kind == "value_error":
        return found["msg"].removeprefix("Value error, "), "Correct it."
    shown = f"{given}" if isinstance(given, Decimal | int) else f"{given!r}"
    return f"{shown[:60]} is not allowed here", found["msg"].replace("Input should", "It should") + "."


def _keys_at(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """The keys that the form has at a location; all keys of its models where the location is not one of them."""
    here: type[BaseModel] | None = model
    for part in location:
        if here is None or isinstance(part, int):
            continue
        field = next((f for name, f in here.model_fields.items() if (f.alias or name) == part), None)
        here = _model_in(field.annotation) if field else here
    return [field.alias or name for name, field in (here or model).model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)
