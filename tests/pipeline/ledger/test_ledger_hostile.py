"""Hostile text in every place of the ledger's database, SQLite and PostgreSQL: kept as it is, and obeyed by none."""

from sqlalchemy import inspect

from pipeline.batch import DocumentState
from pipeline.ledger.schema import storable
from pipeline.ledger.store import Ledger
from pipeline.ledger.work import Work
from tests.pipeline.hostile.attacks import ATTACKS
from tests.pipeline.hostile.world import TODAY, world
from tests.pipeline.ledger.people import NOON, activity, holder

A_MEGABYTE = "é" * 500_000


def test_every_text_is_kept_as_it_is_and_no_table_is_harmed(ledger: Ledger) -> None:
    texts = [text for text in (*ATTACKS.values(), A_MEGABYTE) if storable(text).replace("\\x00", "\x00") == text]
    subjects = []
    with ledger.transaction() as connection:
        tables = inspect(connection).get_table_names()
        for text in texts:
            person = holder(text)
            ledger.append([person, activity(person.subject, text, text)], NOON)
            subjects.append(person.subject)
            work = Work(connection)
            number = work.add_document(text, DocumentState.DONE, NOON, reason=text)
            row = work.document(number)
            assert row is not None and (row.name, row.reason) == (storable(text), storable(text))
        for text in texts[:80]:
            verdict = world(text[:500]).verdicts[0]
            Work(connection).remember("h", verdict, TODAY)
            assert Work(connection).snapshot("h", verdict.program, verdict.holding) is not None
        assert inspect(connection).get_table_names() == tables
    state = ledger.state()
    assert [state.holders[subject].name for subject in subjects] == texts
    assert [state.activities_of(subject)[0].facts.course_name for subject in subjects] == texts
    assert ledger.verify().fault is None
