"""The report of one batch as one self-contained page: no script, nothing fetched, everything from documents escaped."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.batch import Batch
from pipeline.folders.writing import write_private
from pipeline.report.view import view
from pipeline.report.words import day, flagged
from pipeline.showing import json_line
from rules.model import plain

# Even a page that lets a text of a document through as HTML runs, loads and sends nothing: only our own style and our
# own pictures count. The attributes are the places of the frames over a page.
_POLICY = (
    "default-src 'none'; img-src data:; style-src-elem 'sha256-{}'; style-src-attr 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)


def render(batch: Batch) -> str:
    """The page as HTML text."""
    return page("batch.html.j2", report=view(batch))


def page(template: str, **values: object) -> str:
    """One of the templates beside this file as HTML text. Everything is escaped; nothing may be left undefined."""
    style = files("pipeline.report").joinpath("batch.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return _environment().get_template(template).render(style=style, policy=_POLICY.format(digest), **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"commands": _commands, "flagged": flagged, "written": day, "amount": plain}
    return environment


def _commands(text: str) -> Markup:
    """Escape a sentence of ours and set what it quotes in backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def write_report(batch: Batch, folder: Path) -> Path:
    """Write the page into `folder`, readable by its owner only, and say where it is. Raises StorageError."""
    return _write(batch, folder, ".html", render(batch))


def write_batch(batch: Batch, folder: Path) -> Path:
    """Write the batch itself beside its page as JSON, without the pictures. Raises StorageError."""
    kept = batch.model_dump(mode="json", exclude={"documents": {"__all__": {"pictures"}}})
    return _write(batch, folder, ".json", json_line(kept))


def page_of(batch: Batch, folder: Path) -> Path:
    """Where the page of a batch is or will be. No spaces: people paste it into a shell."""
    return folder / f"{batch.finished_at:%Y-%m-%d_%H%M%S}_{batch.run}.html"


def _write(batch: Batch, folder: Path, suffix: str, text: str) -> Path:
    return write_private(page_of(batch, folder).with_suffix(suffix), text)
