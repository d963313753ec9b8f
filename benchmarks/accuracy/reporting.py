"""The report: all figures as JSON, and the same as tables that docs/accuracy.md takes as they are."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.accuracy.corpus import EXTRA, MAIN, Origin
from benchmarks.accuracy.figures import (
    BARS,
    Figure,
    Figures,
    Passes,
    Point,
    Reliability,
    curve,
    every_bar,
    figures,
    grouped,
    missed,
    passes,
    reliability,
)
from benchmarks.accuracy.measuring import Measured, Outcome
from benchmarks.accuracy.plot import plotted
from extractors.model import FieldName

TITLES: dict[Origin, str] = {
    "real": "real certificates",
    "sample": "drawn samples",
    "lookalike": "drawn look-alikes",
    "stranger": "drawn strangers",
    "crafted": "drawn by hand",
}
LEFT_OUT = "issuer left out"
_PRODUCT, _UNKNOWN, _PLAIN = "product", "product without profiles", "plain script"
_SHORT: dict[FieldName, str] = {
    "holder_name": "holder",
    "course_name": "course",
    "completed_on": "completed",
    "validation_code": "code",
    "started_on": "started",
    "expires_on": "expires",
    "verify_url": "link",
    "credits": "credits",
    "hours": "hours",
}


# What was set out to be reached on certificates never seen: recall and precision, in per cent.
_GOALS: dict[FieldName, tuple[int, int]] = {
    "holder_name": (95, 98),
    "course_name": (90, 95),
    "completed_on": (95, 99),
    "validation_code": (95, 99),
}
_BEGIN, _END = "<!-- figures: written by `make bench-accuracy` -->", "<!-- end of figures -->"


class OfOrigin(Figure):
    """All figures of the real certificates, of the samples, or of the look-alikes.

    `ways` is by way of reading, `groups` by kind, capture, language and known issuer for the product as it is; `missed`
    names documents by id.
    """

    ways: dict[str, Figures]
    groups: dict[str, Figures]
    passes: Passes
    reliability: dict[str, dict[str, Reliability]]
    curve: tuple[Point, ...] = ()
    missed: dict[str, dict[FieldName, list[str]]]


class Report(Figure):
    """`bars` are the lowest and the highest bar of acceptance that issuers left out gave, `accept` the one in use."""

    lacking: tuple[str, ...]
    accept: float
    bars: tuple[float, float]
    origins: dict[Origin, OfOrigin]


def report_of(
    measured: Sequence[Measured],
    left_out: Sequence[Outcome],
    *,
    bars: Iterable[float],
    accept: float,
    lacking: tuple[str, ...],
) -> Report:
    """The whole report; `left_out` are the outcomes under weights that have not seen the issuer."""
    chosen = sorted(bars)
    origins: dict[Origin, OfOrigin] = {}
    for origin in TITLES:
        here = [one for one in measured if one.product.case.origin == origin]
        if here:
            origins[origin] = _of_origin(here, [one for one in left_out if one.case.origin == origin])
    return Report(lacking=lacking, accept=accept, bars=(chosen[0], chosen[-1]), origins=origins)


def _of_origin(here: Sequence[Measured], left_out: Sequence[Outcome]) -> OfOrigin:
    product = [one.product for one in here]
    ways = {_PRODUCT: product, _UNKNOWN: [one.unknown for one in here], _PLAIN: [one.plain for one in here]}
    groups = {
        **grouped(product, lambda one: f"kind {one.kind}"),
        **grouped(product, lambda one: f"capture {one.case.capture}"),
        **grouped(product, lambda one: f"language {one.case.language or 'not labelled'}"),
        **grouped(product, lambda one: f"issuer {'known by a profile' if one.known else 'unknown'}"),
    }
    apart = {LEFT_OUT: left_out} if left_out else {}
    believed = {**apart, _PRODUCT: product}
    return OfOrigin(
        ways={name: figures(group) for name, group in {**apart, **ways}.items()},
        groups=groups,
        passes=passes(product),
        reliability={name: reliability(group) for name, group in believed.items()},
        curve=curve(left_out, BARS) if left_out else (),
        missed={name: missed(group) for name, group in believed.items()},
    )


def picture_of(left_out: Sequence[Outcome]) -> str:
    """The plot of coverage against wrong, for documents whose issuer was left out."""
    curves, chosen = {}, {}
    for origin, title in TITLES.items():
        here = [one for one in left_out if one.case.origin == origin]
        if here:
            found = figures(here)
            curves[f"{title}, {LEFT_OUT}"] = curve(here, every_bar(here))
            chosen[f"{title}, {LEFT_OUT}"] = (
                100 * found.accepted / found.certificates,
                100 * found.accepted_wrong / found.certificates,
            )
    return plotted(curves, chosen)


def shown(report: Report) -> str:
    """The report for people."""
    parts = [f"Not measured: {text}" for text in report.lacking]
    low, high = report.bars
    parts.append(f"Accepted from {report.accept}; the bars that other issuers gave: {low} to {high}.")
    for origin, found in report.origins.items():
        parts += _of_title(TITLES[origin], found)
    return "\n\n".join(parts) + "\n"


def placed(page: str, text: str) -> str:
    """The page with `text` in its place for figures. Raises ValueError where it has none."""
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"the page has no place for figures: no {_BEGIN if not begin else _END}")
    return f"{before}{begin}\n\n{text}\n{end}{after}"


def _of_title(title: str, found: OfOrigin) -> Iterable[str]:
    yield f"### {title[0].upper()}{title[1:]}"
    if found.curve:
        yield f"What was to be reached, and what is with the {LEFT_OUT}:"
        yield _goals(found.ways[LEFT_OUT], found.reliability[LEFT_OUT]["all values"])
    yield _ways(found.ways)
    for name in found.reliability:
        yield f"Fields, {title}, {name}:"
        yield _fields(found.ways[name])
    yield f"Groups, {title}, product:"
    yield _ways(found.groups)
    for name, tables in found.reliability.items():
        yield f"Confidence, {title}, {name}:"
        yield _reliability(tables)
    if found.curve:
        yield f"Bars of acceptance, {title}, {LEFT_OUT}:"
        yield _table(
            ("bar", "accepted", "coverage", "wrong"),
            [(f"{one.bar}", one.accepted, _percent(_share(one)), one.wrong) for one in found.curve],
        )
    count = found.passes.documents
    yield (
        f"Of {count} documents {found.passes.pixels} needed their pixels ({_percent(found.passes.pixels / count)}), "
        f"{found.passes.second} the second engine too ({_percent(found.passes.second / count)})."
    )


def _goals(found: Figures, believed: Reliability) -> str:
    rows: list[tuple[object, ...]] = []
    for name, (recall, precision) in _GOALS.items():
        field = found.fields[name]
        measured = f"{_percent(field.recall)} / {_percent(field.precision)}"
        rows.append((f"{_SHORT[name]}: recall / precision", f"{recall} / {precision}", measured))
    rows.append(("all four right", "85", _percent(found.item_accuracy)))
    rows.append(("accepted without a person", "60, then 75", _percent(found.coverage)))
    bound = f"{found.accepted_wrong} of {found.accepted}, at most {_percent(found.bound)} % of such"
    rows.append(("wrong among them", "0", bound))
    rows.append(("calibration error", "below 0.03", "–" if believed.error is None else f"{believed.error:.3f}"))
    return _table(("figure", "goal", "measured"), rows)


def _share(point: Point) -> float | None:
    return point.accepted / point.certificates if point.certificates else None


def _ways(rows: Mapping[str, Figures]) -> str:
    """One line a group: recall / precision of the main fields, items, and what was accepted."""
    head = (
        "",
        "certificates",
        *(_SHORT[name] for name in MAIN),
        "all four right",
        "accepted",
        "wrong",
        "at most wrong",
    )
    return _table(head, [(name, one.certificates, *_line(one)) for name, one in rows.items()])


def _line(one: Figures) -> Iterable[object]:
    for name in MAIN:
        field = one.fields[name]
        yield f"{_percent(field.recall)} / {_percent(field.precision)}"
    yield _percent(one.item_accuracy)
    yield f"{one.accepted} ({_percent(one.coverage)})"
    yield one.accepted_wrong
    yield _percent(one.bound)


def _fields(found: Figures) -> str:
    head = ("field", "labelled", "recall", "precision", "right", "wrong", "missed")
    rows = [
        (_SHORT[name], one.labelled, _percent(one.recall), _percent(one.precision), one.right, one.wrong, one.missed)
        for name in (*MAIN, *EXTRA)
        if (one := found.fields[name]).labelled or one.wrong
    ]
    return _table(head, rows)


def _reliability(tables: Mapping[str, Reliability]) -> str:
    """One line a field: for each bin how many, and how sure on average -> share right."""
    edges = list(dict.fromkeys((one.low, one.high) for table in tables.values() for one in table.bins))
    rows = []
    for name, table in tables.items():
        cells = {
            (one.low, one.high): f"{one.count}: {_percent(one.confidence)} → {_percent(one.right)}"
            for one in table.bins
        }
        error = "–" if table.error is None else f"{table.error:.3f}"
        rows.append((name, table.count, error, *(cells.get(edge, "") for edge in sorted(edges))))
    return _table(("field", "values", "error", *(f"{low:g} to {high:g}" for low, high in sorted(edges))), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(3, *(len(row[column]) for row in cells)) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"
