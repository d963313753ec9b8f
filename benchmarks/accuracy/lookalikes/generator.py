# ruff: noqa: PLR0917 (place and size: drawing reads best in that order, unnamed)
"""A seed to a look-alike: an invented issuer's certificate and what is true of it."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from benchmarks.accuracy.lookalikes import days
from benchmarks.accuracy.lookalikes.blocks import block
from benchmarks.accuracy.lookalikes.facts import Facts, invent
from benchmarks.accuracy.lookalikes.issuer import ISSUERS, Issuer, issuer
from benchmarks.accuracy.lookalikes.paper import Item, Line, Paper
from benchmarks.accuracy.lookalikes.slip import Slip

_PAGES = {"landscape": (842, 595), "portrait": (595, 842), "wide": (960, 540), "letter": (792, 612)}
_EVERYWHERE = ("hours", "credits", "verify", "code")


@dataclass(frozen=True, slots=True)
class Truth:
    """Fields as the labels of real documents have them: dates ISO 8601 at the printed precision, amounts decimal."""

    holder_name: str | None
    course_name: str | None
    completed_on: str | None
    started_on: str | None
    issued_on: str | None
    expires_on: str | None
    validation_code: str | None
    verify_url: str | None
    hours: str | None
    credits: str | None


@dataclass(frozen=True, slots=True)
class Lookalike:
    """`printed` = each stated field as the page writes it. `note`: ambiguous_date where two readings are legal."""

    pdf: bytes
    truth: Truth
    issuer: str
    language: str
    family: str
    printed: dict[str, str]
    note: str


def lookalike(seed: int) -> Lookalike:
    """The same bytes for the same seed; any 400 seeds in a row hold each of the 400 issuers once."""
    random = Random(f"document {seed}")
    number = seed % ISSUERS
    maker = issuer(number)
    facts = invent(random, maker)
    slip = Slip(maker, facts, random)
    pdf = _drawn(slip)
    return Lookalike(
        pdf=pdf,
        truth=_truth(facts, maker, slip.said),
        issuer=f"lookalike-{number:03}",
        language=maker.language,
        family=maker.family.name,
        printed=slip.said,
        note=_note(facts, maker),
    )


def _note(facts: Facts, maker: Issuer) -> str:
    ambiguous = maker.language == "en" and facts.completed and days.is_ambiguous(maker.date, facts.completed)
    return "ambiguous_date" if ambiguous and not facts.started else ""


def _truth(facts: Facts, maker: Issuer, said: dict[str, str]) -> Truth:
    def day(name: str, value: dt.date | None) -> str | None:
        return days.stated(maker.date, value) if value and name in said else None

    return Truth(
        holder_name=facts.holder if "holder_name" in said else None,
        course_name=facts.course if "course_name" in said else None,
        completed_on=day("completed_on", facts.completed),
        started_on=day("started_on", facts.started),
        issued_on=day("issued_on", facts.issued),
        expires_on=day("expires_on", facts.expires),
        validation_code=facts.code if "validation_code" in said else None,
        verify_url=facts.url if "verify_url" in said else None,
        hours=f"{facts.minutes / 60:.2f}" if facts.minutes and "hours" in said else None,
        credits=facts.credits if "credits" in said else None,
    )


def _drawn(slip: Slip) -> bytes:
    family = slip.issuer.family
    width, height = _PAGES[family.page]
    paper = Paper(width, height)
    edge = height * 0.06
    rows = [block(slip, row) for row in family.rows]
    side = [item for row in family.side for item in block(slip, row)]
    corners = {corner: block(slip, row) for corner, row in family.corners.items()}
    bottom = [item for row in family.bottom for item in block(slip, row)]
    back = [item for row in family.back for item in block(slip, row)]
    # What the issuer prints and the family has no place for stands at the foot.
    bottom += [item for name in _EVERYWHERE for item in block(slip, name)]
    floor = _foot(paper, bottom, width, height - edge)
    low = 40.0 if any(corner.startswith("bottom") for corner in corners) else 0.0
    x0, x1 = (part * width for part in family.column)
    tops = [
        paper.flow(items, 0, 0.36 * width, 0, "left", 1, draw=False) for name, items in corners.items() if "top" in name
    ]
    top = max([edge, *tops])
    _fit(paper, [item for row in rows for item in row], x0, x1, top, floor - low, family.align)
    if side:
        left, right = (part * width for part in family.side_column)
        _fit(paper, side, left, right, edge, floor, "left")
    for corner, items in corners.items():
        _corner(paper, corner, items, floor)
    if slip.issuer.printed:
        _print_marks(paper, slip)
    if back:
        paper.pages.append([])
        _fit(paper, back, width * 0.1, width * 0.9, edge, height - edge, family.align)
    days_printed = [day for day in (slip.facts.completed, slip.facts.issued) if day] or [dt.date(2021, 5, 5)]
    return paper.pdf(max(days_printed))


def _foot(paper: Paper, items: list[Item], width: float, bottom: float) -> float:
    """The band at the foot; returns where it begins."""
    if not items:
        return bottom
    tall = paper.flow(items, width * 0.07, width * 0.93, 0, "centre", 1, draw=False)
    scale = min(1.0, paper.height * 0.34 / tall)
    begin = bottom - tall * scale
    paper.flow(items, width * 0.07, width * 0.93, begin, "centre", scale, draw=True)
    return begin


def _fit(paper: Paper, items: list[Item], x0: float, x1: float, top: float, bottom: float, align: str) -> None:
    """Items spread over the room from top to bottom, smaller where they do not fit."""
    scale = 1.0
    tall = paper.flow(items, x0, x1, 0, align, scale, draw=False)
    while tall > bottom - top and scale > 0.35:
        scale *= 0.9
        tall = paper.flow(items, x0, x1, 0, align, scale, draw=False)
    # A label stays with its value: what stands close under something is not spread.
    loose = [item.gap > 0.3 for item in items]
    spare = max(0.0, bottom - top - tall) / (sum(loose) + 1)
    y = top
    for item, spread in zip(items, loose, strict=True):
        y = paper.flow([item], x0, x1, y + (spare * 0.85 if spread else 0), align, scale, draw=True)


def _corner(paper: Paper, corner: str, items: list[Item], floor: float) -> None:
    down, side = corner.split("_")
    x0, x1 = (0.04, 0.4) if side == "left" else (0.6, 0.96)
    tall = paper.flow(items, x0 * paper.width, x1 * paper.width, 0, side, 1, draw=False)
    y = 14 if down == "top" else min(floor, paper.height * 0.95) - tall
    paper.flow(items, x0 * paper.width, x1 * paper.width, y, side, 1, draw=True)


def _print_marks(paper: Paper, slip: Slip) -> None:
    """What a browser prints at the edges: the day of printing, the page's title, its address, the page's number."""
    day = (slip.facts.completed or dt.date(2021, 3, 3)) + dt.timedelta(slip.random.randint(1, 400))
    american = slip.issuer.language == "en"
    stamp = f"{day.month}/{day.day}/{day:%y}, 8:40 PM" if american else f"{day:%d/%m/%Y} 20:40"
    face, title = "Helvetica", f"{slip.issuer.host.split('.')[0]} | Portal"
    marks = ((24.0, 16.0, stamp), (paper.width / 2, 16.0, title))
    page = f"https://{slip.issuer.host}/learn/my/print", "1/1"
    foot = ((24.0, paper.height - 10, page[0]), (paper.width - 40, paper.height - 10, page[1]))
    for x, y, text in (*marks, *foot):
        line = Line(((text, face),), 7)
        paper.pages[-1].append((x, y, line.runs[0][0], face, line.size, line.colour))
