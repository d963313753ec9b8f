"""Cells of a table that a spreadsheet opens: no text of a document may act as a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence

from pipeline.report.words import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell(text: str) -> str:
    """`text` on one line, nothing hidden in it; with an apostrophe before what a spreadsheet would calculate."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV table with a byte order mark, which spreadsheets take as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([cell(value) for value in row] for row in rows)
    return f"\ufeff{out.getvalue()}"
