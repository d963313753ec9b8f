"""The certificates drawn by hand for measuring: each can be drawn, and shows what its truth says."""

import pypdfium2
import pytest

from benchmarks.accuracy.corpus import CRAFTED, Case, crafted_cases
from extractors.plain import squash

CASES = tuple(crafted_cases())


def test_there_are_ninety_of_as_many_issuers() -> None:
    assert len(CASES) == len(list(CRAFTED.glob("*.toml"))) - 1 == 90
    assert len({case.issuer for case in CASES}) == 90


# Pictures hold no text to compare: one scan, one with the holder drawn.
PRINTED = [case for case in CASES if case.kind == "pdf" and not case.name.endswith(("-pdf", "-name"))]


@pytest.mark.parametrize("case", PRINTED[::9], ids=lambda case: case.name)
def test_what_is_true_of_it_is_printed_on_it(case: Case) -> None:
    with pypdfium2.PdfDocument(case.load()) as document:
        text = squash("".join(page.get_textpage().get_text_bounded() for page in document))
    for name in ("holder_name", "course_name"):
        assert any(squash(value) in text for value in case.truth[name])
