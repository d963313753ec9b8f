"""Every scenario beside this file, and every example inside a program, says what the rules say."""

from pathlib import Path

import pytest

from rules.program import shipped_programs
from rules.scenario import differences, load_scenario, run_scenario
from rules.scenario_form import Example

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
EXAMPLES = [(program.id, example) for program in shipped_programs().values() for example in program.examples]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario_is_as_it_expects(path: Path) -> None:
    scenario = load_scenario(path.read_text(encoding="utf-8"), path.name)
    assert scenario.expect
    assert differences(scenario, run_scenario(scenario, shipped_programs())) == []


@pytest.mark.parametrize(("program", "example"), EXAMPLES, ids=[f"{program}: {e.name}" for program, e in EXAMPLES])
def test_embedded_example_is_as_it_expects(program: str, example: Example) -> None:
    assert example.expect
    assert differences(example, run_scenario(example, shipped_programs())) == []


def test_the_scenarios_are_there() -> None:
    assert len(SCENARIOS) >= 55
    assert {program for program, _ in EXAMPLES} == set(shipped_programs())
