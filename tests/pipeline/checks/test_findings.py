"""docs/findings.md and the code name the same findings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from extractors.errors import UnreadableDocument
from pipeline.checks.remarks import REMARKS, finding

ROOT = Path(__file__).parents[3]
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| (.+) \| (.+) \|$", re.MULTILINE)


def documented() -> dict[str, str]:
    rows = ROW.findall((ROOT / "docs/findings.md").read_text(encoding="utf-8"))
    assert len({code for code, *_ in rows}) == len(rows)
    return {code: severity for code, severity, *_ in rows}


def calls() -> Iterator[tuple[str, str]]:
    """Every call in the pipeline with a plain text first: the function's name and the text."""
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]):
                    yield name, text
                case _:
                    pass


def test_the_page_and_the_code_name_the_same_findings() -> None:
    expected = {code: remark.severity.value for code, remark in REMARKS.items()}
    unreadable = {kind.code for kind in (UnreadableDocument, *UnreadableDocument.__subclasses__())}
    unreadable |= {text for name, text in calls() if name == "ReadFailure"}
    assert documented() == expected | dict.fromkeys(unreadable, "reject")


def test_no_finding_is_made_that_is_not_in_the_table() -> None:
    assert {text for name, text in calls() if name == "finding"} <= REMARKS.keys()


def test_every_remark_is_a_sentence_to_act_on() -> None:
    for code in REMARKS:
        made = finding(code, "It is so.", "hours")
        assert made.action.endswith((".", "…")) or made.action.endswith("`.")
        assert "{" not in made.action
