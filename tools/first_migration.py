"""Prints the tables as Alembic operations; for writing a migration by hand from what changed."""

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from permits.store.tables import event

with create_engine("sqlite://").connect() as connection:
    context = MigrationContext.configure(connection, opts={"target_metadata": event.metadata})
    print(render_python_code(produce_migrations(context, event.metadata).upgrade_ops))
