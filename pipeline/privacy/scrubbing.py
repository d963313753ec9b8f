"""What rows about others say of a person who is forgotten: taken out, and nothing else of them. Pure."""

import re
from dataclasses import replace
from pathlib import Path

from pipeline.checks.findings import Finding
from pipeline.folders.filenames import suffix_of
from pipeline.ledger.work import DocumentRow, ReviewRow
from pipeline.privacy.belongings import Belongings

_ENTRIES = re.compile(r"\bentr(?:y|ies) (\d+(?:, \d+)*)")
_SAID = "What it said was about a person who was forgotten."


def scrubbed_document(row: DocumentRow, mine: Belongings, waits: bool) -> DocumentRow:
    """A document's row without the person: in its folder or name, and in its reason. One that `waits` in review keeps
    its own name, which its file has too."""
    reason = _SAID if speaks_of(row.reason, mine) else row.reason
    entries = tuple(entry for entry in row.entries if entry not in mine.entries)
    name = _without_folder(row.name, mine)
    if not waits and mine.names_in.in_text(name):
        name = f"document{suffix_of(name)}"
    return replace(row, name=name, reason=reason, entries=entries)


def scrubbed_review(row: ReviewRow, mine: Belongings) -> ReviewRow:
    """A review without the person. Its findings about roster and ledger are asked anew whenever it is shown, so what
    they said of the person is only left out."""
    findings = tuple(found for found in row.certificate.findings if not _finding_speaks(found, mine))
    name = _without_folder(row.certificate.name, mine)
    return replace(row, certificate=replace(row.certificate, findings=findings, name=name))


def speaks_of(text: str, mine: Belongings) -> bool:
    """Whether a sentence of ours names the person, their codes and titles, or one of their entries."""
    named = {int(number) for listed in _ENTRIES.findall(text) for number in listed.split(", ")}
    return bool(named & mine.entries) or mine.signs_in.in_text(text)


def _finding_speaks(found: Finding, mine: Belongings) -> bool:
    return speaks_of(found.message, mine) or speaks_of(found.action, mine)


def _without_folder(name: str, mine: Belongings) -> str:
    """The name of a document without the folders it lay in, where those name the person."""
    folder = str(Path(name).parent)
    return Path(name).name if mine.names_in.in_text(folder) else name
