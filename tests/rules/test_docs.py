"""The docs name what the rules can say."""

import re
from pathlib import Path


def test_every_flag_is_explained_in_the_docs() -> None:
    root = Path(__file__).parent.parent.parent
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "rules").glob("*.py")))
    flags = set(re.findall(r'flags\.add\("(\w+)"\)|flags=\("(\w+)"', sources))
    explained = set(re.findall(r"`(\w+)`", (root / "docs" / "verdicts.md").read_text(encoding="utf-8")))
    assert len(flags) > 15
    assert {first or second for first, second in flags} <= explained
