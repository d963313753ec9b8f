"""Settings: `RECERT_*` environment variables, then `recert.toml` in the current folder."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as SourceError

from pipeline.errors import SettingsError
from pipeline.tables import TableLimits

SETTINGS_FILE = "recert.toml"


def settings_file() -> Path:
    """The settings file in force: RECERT_SETTINGS, or `recert.toml` in the current folder."""
    return Path(os.environ.get("RECERT_SETTINGS", SETTINGS_FILE)).absolute()


class Settings(BaseSettings):
    """Every knob of recert. `recert doctor` shows each with its value."""

    model_config = SettingsConfigDict(env_prefix="RECERT_", extra="forbid")

    share: Path = Field(default=Path("share"), description="The folder people see: inbox/, working/, rejected/.")
    home: Path = Field(
        default=Path("home"),
        description="The private folder: done/, review/, reports/, the ledger. A local disk.",
    )
    ledger_url: str | None = Field(
        default=None, description="SQLAlchemy URL of the ledger; by default SQLite in the home."
    )
    settle_seconds: float = Field(
        default=5.0, ge=0, description="A file is taken when it has not changed for this long."
    )
    attempts: int = Field(default=3, ge=1, description="Sweeps that may fail on the same bytes before rejection.")
    watch_seconds: float = Field(default=3.0, gt=0, description="Pause between two listings of `recert watch`.")
    workers: int = Field(default_factory=lambda: min(4, os.cpu_count() or 1), ge=1, description="Reader processes.")
    document_seconds: float = Field(default=60.0, gt=0, description="Wall clock that one document may take.")
    document_memory_mib: int = Field(default=4096, ge=512, description="Address space of one reader process, MiB.")
    document_bytes: int = Field(default=64 * 2**20, ge=1, description="The largest file that is read, bytes.")
    document_pages: int = Field(default=30, ge=1, description="The most pages that are read of one document.")
    document_pixels: int = Field(default=80_000_000, ge=1, description="The largest picture that is read, pixels.")
    table_bytes: int = Field(
        default=TableLimits().bytes, ge=1, description="The largest roster or portal export that is read, bytes."
    )
    table_rows: int = Field(default=TableLimits().rows, ge=1, description="The most rows that one of them may have.")
    table_columns: int = Field(
        default=TableLimits().columns, ge=1, description="The most columns that a portal export may have."
    )
    sample_share: Decimal = Field(
        default=Decimal(0), ge=0, le=1, description="Share of accepted documents sent to review all the same."
    )
    chunk: int = Field(default=25, ge=1, description="Documents per Prefect task run.")
    languages: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("eng", "spa", "por", "fra", "deu", "ita", "tur", "rus"),
        description="Tesseract language data to read with, where installed; separated by commas.",
    )
    tesseract: Literal["auto", "program", "library"] = Field(
        default="program",
        description="How Tesseract is run: as a program, faster as a library (recert[fast]), or auto: as it is there.",
    )
    pending_days: int = Field(default=14, ge=1, description="A claim that waits longer for the portal is reminded of.")
    closing_days: int = Field(
        default=30, ge=1, description="A submission window is reminded of this long before its end."
    )
    ending_days: int = Field(default=90, ge=1, description="A certification is reminded of this long before its end.")
    catalogue: Path | None = Field(default=None, description="Your own catalogue.toml of offers.")
    reviewer: str | None = Field(default=None, description="Your name, written into what you review.")

    @field_validator("languages", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return [word.strip() for word in value.split(",")] if isinstance(value, str) else value

    @field_validator("share", "home", "catalogue", mode="after")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser().absolute()

    @property
    def inbox(self) -> Path:
        return self.share / "inbox"

    @property
    def working(self) -> Path:
        return self.share / "working"

    @property
    def rejected(self) -> Path:
        return self.share / "rejected"

    @property
    def done(self) -> Path:
        return self.home / "done"

    @property
    def review(self) -> Path:
        return self.home / "review"

    @property
    def reports(self) -> Path:
        return self.home / "reports"

    @property
    def submissions(self) -> Path:
        return self.home / "submissions"

    @property
    def tables(self) -> TableLimits:
        return TableLimits(self.table_bytes, self.table_rows, self.table_columns)

    @property
    def url(self) -> str:
        """The ledger's SQLAlchemy URL."""
        return self.ledger_url or f"sqlite:///{self.home / 'ledger.sqlite'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=settings_file()))


def load_settings() -> Settings:
    """The settings in force. Raises SettingsError naming the setting, its value and the remedy."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"The setting {name!r} does not fit: {first['msg']} (found {first.get('input')!r}).",
            f"Correct RECERT_{name.upper()}, or {name} in {settings_file()}.",
        ) from error
    except (OSError, ValueError, RecursionError, SourceError) as error:
        raise SettingsError(
            f"The settings of {settings_file()} and the environment cannot be read: {error}.",
            "Correct the line or the variable.",
        ) from error
    for inner, outer in ((settings.home, settings.share), (settings.share, settings.home)):
        if inner == outer or outer in inner.parents:
            raise SettingsError(
                f"One of the two folders lies inside the other: {inner} is in {outer}.",
                "Set RECERT_SHARE and RECERT_HOME to two separate folders.",
            )
    if settings.ledger_url is None and "?" in str(settings.home):
        # In the URL of a database it would end the path: the ledger would lie outside of the private home.
        raise SettingsError(
            f"The name of the home {settings.home} has a question mark.", "Set RECERT_HOME to a folder without one."
        )
    return settings
