"""Pictures made easier to read, and places found again on the picture given."""

import pytest
from PIL import Image

from extractors.enhance import Prepared, dark_share, skew, soft_contrast
from tests.extractors.drawing import sheet

PAGE = sheet().convert("L")


@pytest.mark.parametrize("angle", [-6.3, -2.2, 0.0, 0.8, 4.5])
def test_skew_is_found_within_a_fifth_of_a_degree(angle: float) -> None:
    tilted = PAGE.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert skew(tilted) == pytest.approx(-angle, abs=0.2)


def test_a_blank_page_is_level() -> None:
    assert skew(Image.new("L", (400, 300), 255)) == 0.0


def test_sizes_are_brought_to_what_reads_best() -> None:
    assert Prepared.of(PAGE.resize((800, 566))).picture.width == 2000
    assert Prepared.of(PAGE.resize((4000, 2829))).picture.width == 2400
    assert Prepared.of(PAGE).picture.size == PAGE.size
    assert Prepared.of(Image.new("L", (1, 1))).picture.size == (2000, 2000)
    assert Prepared.of(Image.new("L", (9000, 1))).picture.height == 1


def test_a_dark_page_is_inverted_once() -> None:
    dark = sheet(dark=True).convert("L")
    assert dark_share(dark) > 0.9
    assert dark_share(Prepared.of(dark).picture) < 0.1


def test_uneven_light_becomes_white_ground_with_dark_type() -> None:
    shade = Image.linear_gradient("L").resize(PAGE.size).point(lambda value: 120 + value // 3)
    photo = Image.composite(shade, Image.new("L", PAGE.size, 60), PAGE)
    softened = soft_contrast(photo)
    assert softened.getpixel((20, 20)) > 240
    assert softened.getpixel((20, PAGE.height - 20)) > 240
    assert softened.getextrema()[0] < 160


@pytest.mark.parametrize("turns", [(), (90,), (180,), (270,), (90, 180)])
@pytest.mark.parametrize("tilt", [0.0, 4.0])
def test_boxes_lead_back_to_the_picture_given(turns: tuple[int, ...], tilt: float) -> None:
    given_picture = PAGE.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    prepared = Prepared.of(given_picture)
    for degrees in turns:
        prepared = prepared.upright(degrees)
    prepared = prepared.level() if not turns else prepared
    x0, y0, x1, y1 = prepared.box_back((0.4, 0.45, 0.5, 0.5))
    assert 0 <= x0 < x1 <= 1
    assert 0 <= y0 < y1 <= 1
    # The middle of the prepared picture is the middle of the one given, whatever was turned.
    assert prepared.box_back((0.5, 0.5, 0.5, 0.5)) == pytest.approx((0.5, 0.5, 0.5, 0.5))
