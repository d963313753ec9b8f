"""What every suite of this room starts from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.desk import Desk
from pipeline.folders.files import make_folders
from pipeline.ledger.store import Ledger
from pipeline.settings import Settings
from pipeline.verdicts.rulebook import load_rulebook
from tests.pipeline.desks import HandClock


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(tmp_path: Path, hand_clock: HandClock) -> Iterator[Desk]:
    settings = Settings(share=tmp_path / "share", home=tmp_path / "home", attempts=2, reviewer="Rita Reviewer")
    make_folders(settings)
    with Ledger.open(settings.url, create=True) as ledger:
        yield Desk(settings, ledger, load_rulebook(settings), hand_clock.clock(), "Rita Reviewer")
