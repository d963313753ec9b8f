"""What recert writes into its home is its owner's only, whatever the umask; the share is as open as its owner wants."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import recert
from pipeline.desk import Desk
from pipeline.doctor import private_home
from pipeline.errors import ExitCode
from pipeline.folders.moves import open_to_others
from pipeline.settings import Settings
from tests.pipeline.privacy.test_forgetting import ADA, ADAS, lives


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """A umask that closes nothing, set before anything is made."""
    before = os.umask(0)
    yield
    os.umask(before)


def settings_of(desk: Desk) -> dict[str, str]:
    folders = {"RECERT_SHARE": desk.settings.share, "RECERT_HOME": desk.settings.home}
    return {name: str(value) for name, value in folders.items()}


def test_everything_in_the_home_is_its_owners_only(desk: Desk, tmp_path: Path) -> None:
    lives(desk, ADA, ADAS)
    home = desk.settings.home
    for words in (
        ("status", "--html", str(home / "pages" / "status.html")),
        ("ledger", "export", str(home / "ledger.jsonl")),
    ):
        done = CliRunner(env=settings_of(desk)).invoke(recert, list(words), standalone_mode=False)
        assert done.return_value is ExitCode.DONE, done.output
    made = {path.suffix for path in home.rglob("*") if path.is_file()}
    assert {".sqlite", ".sqlite-wal", ".html", ".json", ".jsonl", ".csv", ".zip", ".pdf", ".png"} <= made
    assert list(open_to_others(home)) == []
    assert stat.S_IMODE(desk.settings.inbox.stat().st_mode) == 0o777  # as its owner wants it


def test_a_new_place_keeps_its_settings_to_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(recert, ["init"], standalone_mode=False).return_value is ExitCode.DONE
    assert stat.S_IMODE((tmp_path / "recert.toml").stat().st_mode) == 0o600
    assert list(open_to_others(tmp_path / "home")) == []


def test_the_doctor_tells_of_a_home_that_others_can_read(desk: Desk) -> None:
    def told(settings: Settings) -> str | None:
        return private_home(settings).action

    assert told(desk.settings) is None
    page = desk.settings.reports / "page.html"
    page.touch(0o640)
    assert f"chmod -R go= {desk.settings.home}" in (told(desk.settings) or "")
    page.chmod(0o600)
    desk.settings.home.chmod(0o711)
    assert told(desk.settings) is not None
