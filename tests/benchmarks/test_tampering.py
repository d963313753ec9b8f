"""The count of what tampering finds counts right: a look at a few positions, and what it says of a blind verifier."""

from pathlib import Path

import pytest

from benchmarks.tampering import __main__ as tampering
from pipeline.ledger.store import Ledger
from tests.pipeline.ledger.tampering import fill


def test_a_few_positions_of_the_file_and_of_a_backup(tmp_path: Path) -> None:
    counts = [tampering.flip_file(tmp_path, step=997, bits=1)]
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.sqlite'}", create=True) as ledger:
        fill(ledger)
        counts.append(tampering.flip_backup(ledger, tmp_path, step=2999, bits=1))
    for count in counts:
        assert count.tried == count.positions == count.found + count.harmless
        assert count.found > 0 and count.missed == 0


def test_what_is_not_found_and_not_harmless_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tampering, "verdict_on", lambda *_: (False, False))
    count = tampering.flip_file(tmp_path, step=5003, bits=1)
    assert count.missed == count.tried > 0
