"""When two printed titles are one title."""

import pytest

from rules.titles import normalised


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Soil: Basics", "SOIL - basics", True),
        ("Plant™ Care", "plant care", True),
        ("C++", "C#", False),
        ("Part 1", "Part 2", False),
        ("Ａｂｃ", "abc", True),
    ],
)
def test_one_title_or_two(one: str, other: str, same: bool) -> None:
    assert (normalised(one) == normalised(other)) is same
