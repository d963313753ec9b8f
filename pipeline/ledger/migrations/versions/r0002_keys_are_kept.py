"""A subject's key is made once and only ever destroyed, never exchanged or lost; and PostgreSQL, too, appends entries
in order only, and keeps no sample of keys and names in its statistics, where forgetting would not reach."""

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE_TRIGGERS = (
    "CREATE TRIGGER subject_key_no_change BEFORE UPDATE ON subject_key "
    "WHEN NEW.key IS NOT NULL OR NEW.subject IS NOT OLD.subject "
    "BEGIN SELECT RAISE(ABORT, 'keys are never exchanged'); END",
    "CREATE TRIGGER subject_key_no_delete BEFORE DELETE ON subject_key "
    "BEGIN SELECT RAISE(ABORT, 'keys are never dropped'); END",
    # "INSERT OR REPLACE" deletes without firing delete triggers.
    "CREATE TRIGGER subject_key_once BEFORE INSERT ON subject_key "
    "WHEN EXISTS (SELECT 1 FROM subject_key WHERE subject = NEW.subject) "
    "BEGIN SELECT RAISE(ABORT, 'keys are never exchanged'); END",
)
POSTGRESQL_TRIGGERS = (
    "CREATE FUNCTION entry_next() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM entry) "
    "THEN RAISE EXCEPTION 'entries are only appended'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER entry_in_order BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION entry_next()",
    "CREATE FUNCTION subject_key_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'keys are never exchanged or dropped'; END $$",
    "CREATE TRIGGER subject_key_no_change BEFORE UPDATE ON subject_key FOR EACH ROW "
    "WHEN (NEW.key IS NOT NULL OR NEW.subject IS DISTINCT FROM OLD.subject) EXECUTE FUNCTION subject_key_refuse()",
    "CREATE TRIGGER subject_key_no_delete BEFORE DELETE ON subject_key FOR EACH ROW "
    "EXECUTE FUNCTION subject_key_refuse()",
    "CREATE TRIGGER subject_key_no_truncate BEFORE TRUNCATE ON subject_key FOR EACH STATEMENT "
    "EXECUTE FUNCTION subject_key_refuse()",
)
UNSAMPLED = {
    "subject_key": {"subject": "text", "key": "bytea"},
    "duplicate_key": {"key_hash": "text", "subject": "text", "activity": "text"},
    "document": {"sha256": "text", "name": "text", "reason": "text"},
    "review": {"sha256": "text", "name": "text", "path": "text", "extraction": "text", "findings": "text"},
    "snapshot": {"holder": "text", "holding": "text", "verdict": "text"},
    "attempt": {"key": "text"},
}
# Changing a column's type, to the same one too, drops the sample that there is.
POSTGRESQL_STATISTICS = tuple(
    f'ALTER TABLE {table} ALTER COLUMN "{column}" TYPE {kind}, ALTER COLUMN "{column}" SET STATISTICS 0'
    for table, columns in UNSAMPLED.items()
    for column, kind in columns.items()
)


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in SQLITE_TRIGGERS if dialect == "sqlite" else (*POSTGRESQL_STATISTICS, *POSTGRESQL_TRIGGERS):
        op.execute(statement)
