"""Make a grey picture easier to read: size, orientation, skew, uneven light. Only Pillow, no state."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

from PIL import Image, ImageChops, ImageFilter, ImageOps

from extractors.model import Box

# Small pictures lose whole lines, large ones cost time and gain nothing. Measured on real pictures: type is read best
# where a landscape page is 2000 to 2400 pixels wide (about 200 dpi of A4).
_SMALL_SIDE, _SMALL_TO = 1600, 2000
_LARGE_SIDE, _LARGE_TO = 2600, 2400
_WHITE = 255
_SKEW_SIDE = 600
_MOST_SKEW = 8.0
_LEAST_SKEW = 0.15
_SOFT_GAIN = 2.0
_DARK_BELOW = 110

_Point = tuple[float, float]
_Step = Callable[[_Point], _Point]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture on its way to the engine, and how a place on it maps back to the picture first given (fractions)."""

    picture: Image.Image
    turned: int = 0
    _back: Sequence[_Step] = field(default=())

    @classmethod
    def of(cls, grey: Image.Image) -> Self:
        """Scaled to a size at which certificates are read best, and dark on light; all fractions stay as they are."""
        fitted = _fitted(grey)
        # Tesseract inverts line by line where it must, but reads a dark page faster when it is done for it.
        return cls(ImageOps.invert(fitted) if dark_share(fitted) > 0.5 else fitted)

    def upright(self, degrees: int) -> "Prepared":
        """Turned clockwise by 90, 180 or 270 degrees."""
        picture = self.picture.rotate(-degrees, expand=True)
        return Prepared(picture, (self.turned + degrees) % 360, (lambda at: turn_back(at, degrees), *self._back))

    def level(self) -> "Prepared":
        """Turned by the few degrees that bring its lines level; itself where they are."""
        angle = skew(self.picture)
        if abs(angle) < _LEAST_SKEW:
            return self
        before = self.picture.size
        picture = self.picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)
        after = picture.size
        return Prepared(picture, self.turned, (lambda at: _tilt_back(at, angle, after, before), *self._back))

    def softened(self) -> "Prepared":
        """Even light: the local ground becomes white. For photos; it harms clean pages."""
        return Prepared(soft_contrast(self.picture), self.turned, self._back)

    def box_back(self, box: Box) -> Box:
        """A box on the prepared picture as a box on the picture first given."""
        corners = [(box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3])]
        for step in self._back:
            corners = [step(corner) for corner in corners]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return min(across), min(down), max(across), max(down)


def _fitted(grey: Image.Image) -> Image.Image:
    side = max(grey.size)
    if _SMALL_SIDE <= side <= _LARGE_SIDE:
        return grey
    scale = (_SMALL_TO if side < _SMALL_SIDE else _LARGE_TO) / side
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    return grey.resize(size, Image.Resampling.LANCZOS)


def turn_back(at: _Point, degrees: int) -> _Point:
    """Where a place (fractions) on a picture turned clockwise by 90, 180 or 270 degrees lay before."""
    x, y = at
    match degrees:
        case 90:
            return y, 1 - x
        case 180:
            return 1 - x, 1 - y
        case 270:
            return 1 - y, x
        case _:
            return at


def _tilt_back(at: _Point, angle: float, after: tuple[int, int], before: tuple[int, int]) -> _Point:
    """Undo Pillow's rotation by `angle` degrees counter-clockwise about the middle, its canvas grown to fit."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = (at[0] - 0.5) * after[0], (at[1] - 0.5) * after[1]
    return (x * cosine - y * sine) / before[0] + 0.5, (x * sine + y * cosine) / before[1] + 0.5


def skew(grey: Image.Image) -> float:
    """By how many degrees counter-clockwise the picture must be turned for its lines to be level (at most 8).

    The right angle is the one at which rows differ most from each other: lines of type, then white.
    """
    small = grey.copy()
    small.thumbnail((_SKEW_SIDE, _SKEW_SIDE))
    ink = ImageChops.subtract(small.filter(ImageFilter.GaussianBlur(12)), small)
    angle, step = 0.0, 1.0
    span = _MOST_SKEW
    while step > 0.05:
        steps = round(span / step)
        angle = max((angle + step * turn for turn in range(-steps, steps + 1)), key=lambda turn: _sharpness(ink, turn))
        span, step = step, step / 4
    return angle if abs(angle) < _MOST_SKEW else 0.0


def _sharpness(ink: Image.Image, angle: float) -> float:
    turned = ink.rotate(angle, Image.Resampling.BILINEAR)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX, reducing_gap=None).convert("F").tobytes()
    values = memoryview(rows).cast("f")
    return sum((one - other) ** 2 for one, other in pairwise(values))


def soft_contrast(grey: Image.Image) -> Image.Image:
    """Darkness against the local ground, doubled."""
    side = max(grey.size)
    small = grey.copy()
    small.thumbnail((side // 8, side // 8))
    ground = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(6)).resize(grey.size)
    darkness = ImageChops.subtract(ground, grey)
    return darkness.point([max(0, round(_WHITE - _SOFT_GAIN * value)) for value in range(_WHITE + 1)])


def ground_share(grey: Image.Image) -> float:
    """The share of the picture that has nearly one and the same grey, 0..1.

    Of real documents, renders and screens have 0.5 to 1, photos and pictured grounds 0.1 to 0.5.
    """
    histogram = grey.resize((400, 300), Image.Resampling.NEAREST).histogram()
    return max(sum(histogram[max(0, value - 4) : value + 5]) for value in range(_WHITE + 1)) / (400 * 300)


def dark_share(grey: Image.Image) -> float:
    """The share of the picture that is dark ground, 0..1. Type itself is too thin to count."""
    small = grey.resize((64, 64), Image.Resampling.BOX, reducing_gap=1.0)
    return sum(small.histogram()[:_DARK_BELOW]) / (64 * 64)
