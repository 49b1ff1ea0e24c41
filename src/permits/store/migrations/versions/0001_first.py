"""The first shape of the database; the log and the published definitions accept only inserts."""

import secrets

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.closing import close, forget
from permits.store.migrations.first import (
    cases,
    documents,
    drafts,
    entitlements,
    log,
    offices,
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

TABLES = (
    log, drafts, people, published, cases, parties, projects, entitlements, offices, voices,
    documents,
)  # fmt: skip


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
    for table in CLOSED:
        forget(op.get_bind().dialect.name, table)
