"""An export comes back with its keys as the ledger it was, without them as a chain that nobody can read, and a changed
one not at all."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from pipeline.errors import LedgerDamaged, LedgerUnavailable, WrongUse
from pipeline.ledger.export import export, keys_of
from pipeline.ledger.importing import import_export, verify_file
from pipeline.ledger.sealed import sealed
from pipeline.ledger.store import DuplicateKey, Ledger
from tests.pipeline.ledger.people import NOON, activity, enrol
from tests.pipeline.ledger.tampering import BITS, flipped


@pytest.fixture
def subject(ledger: Ledger) -> str:
    subject, gone = enrol(ledger), enrol(ledger, "Ilse Nakamura")
    ledger.append([activity(subject, code="K1"), activity(gone, code="K1")], NOON)
    ledger.forget(gone, NOON)
    return subject


@pytest.fixture
def files(ledger: Ledger, subject: str, tmp_path: Path) -> tuple[Path, Path]:
    chain, keys = tmp_path / "export.jsonl", tmp_path / "export.keys"
    chain.write_text("".join(export(ledger)), "ascii")
    keys.write_text(sealed(keys_of(ledger)), "ascii")
    return chain, keys


def is_untouched(url: str) -> bool:
    """Whether nothing was made at a URL: no file, no table."""
    if make_url(url).get_backend_name() == "sqlite":
        return not Path(make_url(url).database or "").exists()
    with pytest.raises(LedgerUnavailable, match="is empty"):
        Ledger.open(url)
    return True


def test_with_its_keys_it_is_the_same_ledger(
    ledger: Ledger, subject: str, files: tuple[Path, Path], other_url: str
) -> None:
    kept = import_export(other_url, *files, NOON, ledger.head())
    assert (kept.entries, kept.head) == (4, ledger.head())
    with Ledger.open(other_url) as other:
        assert list(other.entries()) == list(ledger.entries())
        assert list(other.raw_entries()) == list(ledger.raw_entries())
        assert keys_of(other) == keys_of(ledger)
        with pytest.raises(DuplicateKey) as caught:
            other.append([activity(subject, code="K1")], NOON)
        assert caught.value.entry == 3
        other.append([activity(subject, code="K2")], NOON)
        assert other.verify(ledger.head()).fault is None


def test_without_keys_the_chain_is_kept_and_nobody_can_be_read(
    ledger: Ledger, subject: str, files: tuple[Path, Path], other_url: str
) -> None:
    import_export(other_url, files[0], None, NOON)
    with Ledger.open(other_url) as other:
        assert other.head() == ledger.head()
        assert [entry.event for entry in other.entries()] == [None] * 4
        assert other.state().holders == {}
        with pytest.raises(WrongUse, match="forgotten"):
            other.append([activity(subject)], NOON)
        enrol(other, "Teodor Åström")
        assert other.verify(ledger.head()).entries == 5


def test_a_changed_export_is_found_before_anything_is_made(
    ledger: Ledger, files: tuple[Path, Path], other_url: str, tmp_path: Path
) -> None:
    data, changed = files[0].read_bytes(), tmp_path / "changed.jsonl"

    @settings(max_examples=40)
    @given(position=st.integers(0, len(data) - 1), bit=st.sampled_from(BITS))
    def found(position: int, bit: int) -> None:
        changed.write_bytes(flipped(data, position, bit))
        with pytest.raises(LedgerDamaged, match=r"changed\.jsonl is damaged"):
            import_export(other_url, changed, files[1], NOON)

    found()
    for length in (1, len(data) // 2, len(data) - 1):
        changed.write_bytes(data[:length])
        with pytest.raises(LedgerDamaged):
            import_export(other_url, changed, files[1], NOON)
    changed.write_bytes(b"".join(data.splitlines(keepends=True)[:-1]))
    assert verify_file(changed).fault is None
    with pytest.raises(LedgerDamaged, match="cut off"):
        import_export(other_url, changed, None, NOON, ledger.head())
    assert is_untouched(other_url)


def test_a_changed_key_file_is_found(files: tuple[Path, Path], other_url: str, tmp_path: Path) -> None:
    data, changed = files[1].read_bytes(), tmp_path / "changed.keys"

    @settings(max_examples=40)
    @given(position=st.integers(0, len(data) - 1), bit=st.sampled_from(BITS))
    def found(position: int, bit: int) -> None:
        changed.write_bytes(flipped(data, position, bit))
        with pytest.raises(LedgerDamaged, match=r"changed\.keys is damaged"):
            import_export(other_url, files[0], changed, NOON)

    found()
    assert is_untouched(other_url)


def test_the_keys_of_another_export_are_refused(
    ledger: Ledger, files: tuple[Path, Path], other_url: str, tmp_path: Path
) -> None:
    enrol(ledger, "Teodor Åström")
    later = tmp_path / "later.keys"
    later.write_text(sealed(keys_of(ledger)), "ascii")
    with pytest.raises(WrongUse, match="together with this export"):
        import_export(other_url, files[0], later, NOON)
    assert is_untouched(other_url)


def test_keys_that_do_not_open_it_leave_an_empty_ledger(
    ledger: Ledger, files: tuple[Path, Path], other_url: str, tmp_path: Path
) -> None:
    held = keys_of(ledger)
    wrong = tuple(one.model_copy(update={"key": one.key and "ab" * 32}) for one in held.subjects)
    file = tmp_path / "wrong.keys"
    for subjects in (wrong, held.subjects[:1]):
        file.write_text(sealed(held.model_copy(update={"subjects": subjects})), "ascii")
        with pytest.raises(LedgerDamaged, match="or its key file"):
            import_export(other_url, files[0], file, NOON)
    with Ledger.open(other_url) as other:
        assert other.head().seq == 0
    import_export(other_url, *files, NOON)


def test_nothing_is_imported_over_what_is_there(ledger: Ledger, files: tuple[Path, Path], url: str) -> None:
    head = ledger.head()
    for keys in (None, files[1]):
        with pytest.raises(WrongUse, match="not empty"):
            import_export(url, files[0], keys, NOON)
    assert ledger.verify(head).entries == head.seq


def test_a_file_that_is_not_there_is_named(tmp_path: Path, other_url: str) -> None:
    with pytest.raises(WrongUse, match=r"nothing\.jsonl"):
        import_export(other_url, tmp_path / "nothing.jsonl", None, NOON)
