"""Run by Alembic; the connection is handed in and its transaction is the caller's."""

from alembic import context

from permits.store.tables import event

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=event.metadata,
    transactional_ddl=False,
)
context.run_migrations()
