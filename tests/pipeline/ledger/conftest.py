"""The same tests on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from pipeline.ledger.store import Ledger
from tests.pipeline.ledger.postgres import new_schema


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'home' / 'ledger.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    with nullcontext(sqlite_url) if request.param == "sqlite" else new_schema() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a second database with nothing in it, of either kind: to move to."""
    sqlite = f"sqlite:///{tmp_path / 'other home' / 'ledger.sqlite'}"
    with nullcontext(sqlite) if request.param == "sqlite" else new_schema() as url:
        yield url


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with Ledger.open(url, create=True) as ledger:
        yield ledger
