"""Pages as pictures, and what happens to paper: a telephone's photo, a scanner."""

import math
import random
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.samples.sheet import Shape, Sheet, Text, font_path

SCALE = 1.9  # pixels per point: an A4 page on its side is 1600 pixels wide
_FINE = 2  # shapes are drawn larger and made small again, for smooth edges


def to_picture(sheet: Sheet, scale: float = SCALE) -> Image.Image:
    """What one sees of the page."""
    fine = scale * _FINE
    size = (round(sheet.width * scale), round(sheet.height * scale))
    image = Image.new("RGB", (size[0] * _FINE, size[1] * _FINE), "#ffffff")
    pen = ImageDraw.Draw(image)
    for mark in sheet.marks:
        if isinstance(mark, Text) and mark.turned:
            picture, descent = line_picture(mark, fine)
            down = picture.rotate(-90, expand=True)
            image.paste(down, (round((mark.x - descent) * fine), round(mark.y * fine)), down)
        elif isinstance(mark, Text):
            pen.text((mark.x * fine, mark.y * fine), mark.text, mark.colour, _font(mark.font, mark.size * fine), "ls")
        elif isinstance(mark, Shape):
            _shape(pen, mark, fine)
    return image.resize(size, Image.Resampling.BOX)


def line_picture(mark: Text, scale: float) -> tuple[Image.Image, float]:
    """One line of text as a picture on nothing, and how far (points) it reaches below the baseline."""
    font = _font(mark.font, mark.size * scale)
    ascent, descent = font.getmetrics()
    image = Image.new("RGBA", (math.ceil(font.getlength(mark.text)) + 2, ascent + descent), mark.colour + "00")
    ImageDraw.Draw(image).text((0, ascent), mark.text, mark.colour, font, "ls")
    return image, descent / scale


def scan(image: Image.Image) -> Image.Image:
    """A scanner's grey copy, laid a little askew."""
    grey = image.convert("L").rotate(0.8, Image.Resampling.BICUBIC, fillcolor=244)
    grey = grey.filter(ImageFilter.GaussianBlur(0.6))
    return _grained(grey, random.Random(11), strength=14)


def photo(image: Image.Image) -> Image.Image:
    """A telephone's photo of the paper on a table: seen at an angle, unevenly lit, a little out of focus."""
    width, height = image.size
    margin = width // 14
    size = (width + 2 * margin, height + 2 * margin)
    corners = (
        (margin * 1.3, margin * 0.8), (size[0] - margin * 0.7, margin * 1.2),
        (size[0] - margin * 1.1, size[1] - margin * 0.9), (margin * 0.8, size[1] - margin * 1.3),
    )  # fmt: skip
    sheet = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
    table = Image.new("RGB", size, "#6b5a48")
    laid = image.transform(
        size, Image.Transform.PERSPECTIVE, _homography(corners, sheet), Image.Resampling.BICUBIC, fillcolor=None
    )
    paper = Image.new("L", size, 0)
    ImageDraw.Draw(paper).polygon([(round(x), round(y)) for x, y in corners], fill=255)
    paper = paper.filter(ImageFilter.GaussianBlur(1.5))
    table.paste(laid, (0, 0), paper)
    shadowed = ImageChops.multiply(table, _shadow(size).convert("RGB"))
    soft = shadowed.filter(ImageFilter.GaussianBlur(1.1))
    red, green, blue = soft.split()
    warm = Image.merge("RGB", (red, green.point(lambda v: v * 0.97), blue.point(lambda v: v * 0.88)))
    return _grained(warm, random.Random(7), strength=10)


def _shape(pen: ImageDraw.ImageDraw, shape: Shape, fine: float) -> None:
    points = [(x * fine, y * fine) for x, y in shape.points]
    width = max(1, round(shape.width * fine))
    if shape.fill:
        pen.polygon(points, fill=shape.fill)
    if shape.stroke:
        pen.line([*points, points[0]] if shape.closed else points, shape.stroke, width, "curve")


@cache
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(name)), size, layout_engine=ImageFont.Layout.BASIC)


def _shadow(size: tuple[int, int]) -> Image.Image:
    """Light from the upper left, and the soft shadow of a hand across one corner."""
    turned = Image.linear_gradient("L").rotate(65, Image.Resampling.BICUBIC)
    light = turned.crop((60, 60, 196, 196)).resize(size, Image.Resampling.BICUBIC).point(lambda v: 255 - v * 0.22)
    hand = Image.new("L", size, 255)
    outline = [(size[0] * 0.72, size[1]), (size[0] * 0.8, size[1] * 0.55), (size[0], size[1] * 0.4), size]
    ImageDraw.Draw(hand).polygon([(round(x), round(y)) for x, y in outline], fill=190)
    return ImageChops.multiply(light, hand.filter(ImageFilter.GaussianBlur(45)))


def _grained(image: Image.Image, chance: random.Random, strength: int) -> Image.Image:
    """The grain of a small sensor, the same each time."""
    grain = Image.frombytes("L", image.size, chance.randbytes(image.width * image.height))
    grain = grain.filter(ImageFilter.GaussianBlur(0.7)).point(lambda v: v * strength // 255).convert(image.mode)
    return ImageChops.subtract(image, grain)


def _homography(seen: tuple[tuple[float, float], ...], flat: tuple[tuple[float, float], ...]) -> list[float]:
    """Pillow's eight numbers that lead from a point as seen to the point of the flat page (Gauss-Jordan)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [value / head for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]
