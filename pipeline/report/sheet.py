"""Cells of a table that a spreadsheet opens: no text of a document may act as a formula there."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

from pipeline.showing import LONGEST_SENTENCE, visible

_SIGNS = frozenset("=+-@")
# Where the semicolon is the separator, what follows one in a title is a cell of its own.
_CELL = re.compile(r"((?:^|;)\s*)('*)(?=(\S))")


def cell(text: str) -> str:
    """`text` on one line, nothing hidden in it; with an apostrophe before what a spreadsheet would calculate. Our
    own numbers have no sign and stay numbers."""
    return _CELL.sub(_marked, visible(text, LONGEST_SENTENCE))


def _marked(match: re.Match[str]) -> str:
    return f"{match[1]}'{match[2]}" if _calculates(match[3]) else match[0]


def unmarked(text: str) -> str:
    """A cell as it was before `cell`, so that a table of ours reads back as what it was made of."""
    return _CELL.sub(_bared, text)


def _bared(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2][1:]}" if _calculates(match[3]) else match[0]


def _calculates(first: str) -> bool:
    """Whether a cell that begins so is a formula; the full-width and small forms of a sign are ones as well."""
    return first == "−" or unicodedata.normalize("NFKC", first)[:1] in _SIGNS


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV table with a byte order mark, which spreadsheets take as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([cell(value) for value in row] for row in rows)
    return f"\ufeff{out.getvalue()}"
