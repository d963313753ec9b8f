"""The picture of coverage against wrong, as a small SVG that reads on light and dark ground."""

from collections.abc import Mapping, Sequence

from benchmarks.accuracy.figures import Point

_WIDTH, _HEIGHT = 640, 360
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 24, 616, 304
_COLOURS = ("#2f7fc1", "#d9822b")
_GREY = "#808080"
# Ends of the scale of wrong ones that part into four plain steps.
_TOPS = (1, 2, 4, 8, 12, 20, 40, 60, 100)


def plotted(curves: Mapping[str, Sequence[Point]], chosen: Mapping[str, tuple[float, float]]) -> str:
    """Lines of accepted certificates (per cent) against wrongly accepted ones (per cent of all certificates).

    `curves` go from the highest bar to the lowest; `chosen` are the points that the chosen bars gave.
    """
    lines = {name: [_shares(point) for point in points] for name, points in curves.items()}
    highest = max((wrong for line in lines.values() for _, wrong in line), default=0.0)
    top = next(top for top in _TOPS if top >= highest)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="13" fill="{_GREY}" role="img">',
        "<title>Coverage against wrongly accepted certificates as the bar of acceptance moves</title>",
        *(_tick_across(share) for share in range(0, 101, 20)),
        *(_tick_up(top * step / 4, top) for step in range(5)),
        _text(340, 344, "accepted without a person, % of certificates", "middle"),
        '<g transform="translate(16 164) rotate(-90)">'
        + _text(0, 0, "wrongly accepted, % of certificates", "middle")
        + "</g>",
    ]
    for row, ((name, line), colour) in enumerate(zip(lines.items(), _COLOURS, strict=False)):
        dots = " ".join(f"{_across(share):.1f},{_up(wrong, top):.1f}" for share, wrong in [(0.0, 0.0), *line])
        parts.append(f'<polyline points="{dots}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{_LEFT + 12}" y="{_TOP + 14 + 18 * row}" fill="{colour}">{name}</text>')
        if name in chosen:
            share, wrong = chosen[name]
            parts.append(f'<circle cx="{_across(share):.1f}" cy="{_up(wrong, top):.1f}" r="5" fill="{colour}"/>')
    parts.append(_text(_LEFT + 12, _TOP + 14 + 18 * len(lines), "dots: at the bars chosen on other issuers", "start"))
    return "\n".join((*parts, "</svg>", ""))


def _shares(point: Point) -> tuple[float, float]:
    return 100 * point.accepted / point.certificates, 100 * point.wrong / point.certificates


def _across(share: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * share / 100


def _up(wrong: float, top: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * wrong / top


def _tick_across(share: int) -> str:
    return _line(_across(share), _TOP, _across(share), _BOTTOM) + _text(
        _across(share), _BOTTOM + 18, f"{share}", "middle"
    )


def _tick_up(wrong: float, top: float) -> str:
    return _line(_LEFT, _up(wrong, top), _RIGHT, _up(wrong, top)) + _text(
        _LEFT - 8, _up(wrong, top) + 4, f"{wrong:g}", "end"
    )


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    ends = f'x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"'
    return f'<line {ends} stroke="{_GREY}" stroke-opacity="0.35"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
