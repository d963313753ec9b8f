"""What Alembic runs: the migrations, on the connection and in the transaction that `Database.upgrade` hands over."""

from alembic import context

from pipeline.ledger.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True)
context.run_migrations()
