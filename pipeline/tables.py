"""Tables that people hand over, a roster or a portal's export: bounded before anything is made of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.errors import DataFileError

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class TableLimits:
    """The most that is read of one table: bytes of the file, rows, columns."""

    bytes: int = 8 * 2**20
    rows: int = 20_000
    columns: int = 200


def read_table(path: Path, limits: TableLimits) -> str:
    """The text of a file, UTF-8 or marked as UTF-16. Raises DataFileError where it cannot be read or is too large."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.bytes + 1)
    except OSError as error:
        raise DataFileError(
            f"{path} cannot be read: {error.strerror}.", "Check the path and the permissions."
        ) from error
    if len(data) > limits.bytes:
        raise _too_large(str(path), limits.bytes, "bytes")
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise DataFileError(f"{path} is not UTF-8 text.", "Save it again with the encoding UTF-8.") from None


def at_most(rows: Iterable[Row], file: str, limits: TableLimits) -> Iterator[Row]:
    """The rows, as long as there are not too many. Raises DataFileError."""
    for number, row in enumerate(rows, start=1):
        if number > limits.rows:
            raise _too_large(file, limits.rows, "rows")
        yield row


def check_columns(count: int, file: str, limits: TableLimits) -> None:
    """Raises DataFileError where there are too many columns."""
    if count > limits.columns:
        raise _too_large(file, limits.columns, "columns")


def _too_large(file: str, most: int, what: str) -> DataFileError:
    return DataFileError(
        f"{file} has more than {most} {what}.",
        f"Take out what is not needed, divide it, or raise RECERT_TABLE_{what.upper()}.",
    )
