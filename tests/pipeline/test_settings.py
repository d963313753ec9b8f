"""Settings: where they come from, and that a wrong one is named with its remedy."""

import importlib.metadata
from pathlib import Path

import pytest

from pipeline.doctor import how_tesseract_is_run, without_password
from pipeline.errors import SettingsError
from pipeline.settings import load_settings


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECERT_SETTINGS", str(tmp_path / "recert.toml"))
    return tmp_path / "recert.toml"


def test_the_environment_goes_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("settle_seconds = 7\nattempts = 5\n")
    monkeypatch.setenv("RECERT_ATTEMPTS", "9")
    settings = load_settings()
    assert (settings.settle_seconds, settings.attempts) == (7, 9)


def test_languages_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECERT_LANGUAGES", "eng, fra")
    assert load_settings().languages == ("eng", "fra")


def test_the_doctor_says_how_tesseract_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert how_tesseract_is_run(load_settings()).found == "as a program"
    monkeypatch.setenv("RECERT_TESSERACT", "auto")
    assert how_tesseract_is_run(load_settings()).found.startswith("as a library")

    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    assert how_tesseract_is_run(load_settings()).action is None
    monkeypatch.setenv("RECERT_TESSERACT", "library")
    assert "recert[fast]" in str(how_tesseract_is_run(load_settings()).action)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("setle_seconds = 7", "setle_seconds"),
        ("attempts = 0", "attempts"),
        ("= 1", "recert.toml"),
        ('share = "a"\nhome = "a/b"', "a/b"),
    ],
)
def test_a_wrong_setting_is_named(file: Path, text: str, named: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert named in told.value.message
    assert told.value.action


def test_a_password_is_not_shown() -> None:
    assert without_password("postgresql://me:secret@host/db") == "postgresql://me:***@host/db"
    assert without_password("postgresql://me@host/db") == "postgresql://me@host/db"
