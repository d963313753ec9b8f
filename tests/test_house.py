"""The rules of the house that no other tool checks."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("extractors", "rules", "pipeline")
TOP = {
    *("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "constraints.txt", "pyproject.toml"),
    *("prefect.yaml", "pipeline", "extractors", "rules", "tests", "sample_certificates", "docs", "benchmarks"),
}
# Words that are an issuer's id and an English word or a number, or the name of a format or a system rather than of its
# maker.
COMMON = {
    "365",
    "analytics",
    "global",
    "escola",
    "scuola",
    "other",
    "generic",
    "unknown",
    "red",
    "linux",
    "cloud",
    "mooc",
}


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def vendors() -> set[str]:
    """Every vendor's and issuer's name, as the data files say it: their ids, and the first word of their names."""
    names = set()
    for path in [*ROOT.glob("extractors/issuers/*.toml"), *ROOT.glob("rules/programs/*.toml")]:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        names |= {path.stem, *(str(data[key]) for key in ("issuer", "name", "vendor", "id") if key in data)}
    words = {re.split(r"[\s_-]", name)[0].casefold() for name in names}
    return {word for word in words if len(word) > 2} - COMMON


def test_there_are_vendors_to_look_for() -> None:
    assert {"cisco", "atlassian"} <= vendors()


@pytest.mark.parametrize("room", ROOMS)
def test_no_vendor_is_named_in_code(room: str) -> None:
    names = re.compile(rf"(?<![a-z])({'|'.join(sorted(map(re.escape, vendors())))})(?![a-z])", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked(f"{room}/*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if names.search(line)
    ]
    assert not found


def test_the_top_level_is_the_agreed_one() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP


def test_only_the_flows_import_prefect() -> None:
    importing = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in tracked(f"{room}/*.py")
        if re.search(r"^\s*(import|from) prefect\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert importing == ["pipeline/flows.py"]


def test_the_command_starts_without_prefect() -> None:
    """Every command's help, which imports the command's module; Prefect alone would take two seconds."""
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from pipeline.cli import COMMANDS, recert\n"
        "for name in COMMANDS:\n"
        "    result = CliRunner().invoke(recert, [name, '--help'])\n"
        "    assert result.exit_code == 0, (name, result.output, result.exception)\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] == 'prefect'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_pins_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)] == []


def test_no_address_of_a_registry_and_no_path_of_one_machine() -> None:
    paths = re.compile(rb"files\.pythonhosted\.org|//pypi\.org/simple|deb\.debian\.org|(?<!\w)/(?:home|Users)/[a-z]+/")
    assert [
        str(path.relative_to(ROOT)) for path in tracked() if path != Path(__file__) and paths.search(path.read_bytes())
    ] == []
