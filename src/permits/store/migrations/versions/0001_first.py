"""The first shape of the database; the log and the published definitions accept only inserts."""

import secrets
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import (
    cases,
    drafts,
    entitlements,
    log,
    parties,
    people,
    projects,
    published,
    voices,
)

revision = "0001"
down_revision = None

CLOSED = {
    "event": ("stream", "seq"),
    "definition": ("digest",),
    "proposed": ("digest",),
    "register_entry": ("edition", "code"),
}
"""Tables that accept only inserts, by their primary keys."""

TABLES = (log, drafts, people, published, cases, parties, projects, entitlements, voices)


def upgrade() -> None:
    for part in TABLES:
        part.create()
    note = sa.table("note", sa.column("name"), sa.column("value"))
    op.bulk_insert(note, [{"name": "secret of requests", "value": secrets.token_hex(32)}])
    for table, key in CLOSED.items():
        close(op.get_bind().dialect.name, table, key)


def downgrade() -> None:
    """Everything is gone: for a demonstration that is begun anew, and nothing else."""
    found = sa.MetaData()
    found.reflect(op.get_bind())
    found.remove(found.tables["alembic_version"])
    found.drop_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        for table in CLOSED:
            op.execute(f"DROP FUNCTION {table}_is_closed()")


def close(dialect: str, table: str, key: tuple[str, ...]) -> None:
    """Triggers refuse to change, replace or remove what stands in a table."""
    says = f"the table {table} accepts only inserts"
    sqlite = dialect == "sqlite"
    for statement in _sqlite(table, key, says) if sqlite else _postgresql(table, says):
        op.execute(statement)


def _sqlite(table: str, key: tuple[str, ...], says: str) -> Iterator[str]:
    """SQLite replaces a row without telling a trigger of its removal, so that an insert over one
    that is there is refused too, whether it names its key or its rowid."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
    yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
    yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same} OR rowid = NEW.rowid)"  # noqa: S608 - our own names
    yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}"


def _postgresql(table: str, says: str) -> Iterator[str]:
    refuse = f"EXECUTE FUNCTION {table}_is_closed()"
    yield (
        f"CREATE FUNCTION {table}_is_closed() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{says}'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW {refuse}"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT {refuse}"
    )
