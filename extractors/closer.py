"""A part of a page read again, enlarged: where it is cut out, and how what was read there takes its place."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image, ImageOps, ImageStat

from extractors.model import Box, Word

# A picture narrower than this is enlarged twice where a region of it is read again.
_CLOSE_WIDTH = 2600
# A line read again by itself has this many pixels of height, and room around: measured on codes, smaller letters are
# taken for others, and letters at the rim are not found.
_LINE_HEIGHT, _RIM = 72, 30
_ABOVE, _ASIDE = 0.35, 0.6
_Read = Callable[[Image.Image], tuple[Word, ...]]


def region_read(picture: Image.Image, region: Box, read: _Read) -> tuple[Word, ...]:
    """The words of a part of the page, read enlarged; boxes and sizes are those of the whole page."""
    part = picture.crop(_pixels(region, picture))
    if picture.width < _CLOSE_WIDTH:
        part = part.resize((2 * part.width, 2 * part.height))
    return tuple(_placed(word, region) for word in read(part))


def line_read(picture: Image.Image, line: Box, read: _Read) -> tuple[Word, ...]:
    """The words of one line of the page, read at a good size with white around it; what it cuts at is left out."""
    x0, y0, x1, y1 = line
    up = y1 - y0
    aside = _ASIDE * up * picture.height / picture.width
    around = (max(x0 - aside, 0.0), max(y0 - _ABOVE * up, 0.0), min(x1 + aside, 1.0), min(y1 + _ABOVE * up, 1.0))
    part = picture.crop(_pixels(around, picture)).convert("L")
    if not part.width or not part.height:
        return ()
    width, height = max(1, round(part.width * _LINE_HEIGHT / part.height)), _LINE_HEIGHT
    part = part.resize((width, height), Image.Resampling.LANCZOS)
    framed = ImageOps.expand(part, _RIM, round(ImageStat.Stat(part).median[0]))
    across, down = _RIM * (around[2] - around[0]) / width, _RIM * (around[3] - around[1]) / height
    frame = (around[0] - across, around[1] - down, around[2] + across, around[3] + down)
    return tuple(word for word in (_placed(word, frame) for word in read(framed)) if _is_inside(word, line))


def with_closer(words: Sequence[Word], closer: Sequence[Word], region: Box) -> tuple[Word, ...]:
    """What was read closer in place of what was read there before, where the closer look read as much."""
    before = [word for word in words if _is_inside(word, region)]
    if sum(len(word.text) for word in closer) < sum(len(word.text) for word in before):
        return tuple(words)
    return (*(word for word in words if not _is_inside(word, region)), *closer)


def _pixels(region: Box, picture: Image.Image) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = region
    width, height = picture.size
    return round(x0 * width), round(y0 * height), round(x1 * width), round(y1 * height)


def _placed(word: Word, region: Box) -> Word:
    """A word of a part of the page at its place on the whole."""
    x0, y0, x1, y1 = region
    across, down = x1 - x0, y1 - y0
    box = word.box
    placed = (x0 + box[0] * across, y0 + box[1] * down, x0 + box[2] * across, y0 + box[3] * down)
    return replace(word, box=placed, size=word.size * down)


def _is_inside(word: Word, region: Box) -> bool:
    x0, y0, x1, y1 = region
    across, down = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return x0 <= across <= x1 and y0 <= down <= y1
