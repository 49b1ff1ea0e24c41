"""The texts that were signed, byte for byte. Those of signatures of before are kept by whoever
opens the office next, of the definitions that were published."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.closing import close, forget
from permits.store.migrations.first import WORDS

revision = "0004"
down_revision = "0003"

TABLE = "signed_text"
NOTE = "tables to be made"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    close(op.get_bind().dialect.name, TABLE, ("digest",))
    if op.get_bind().execute(sa.text("SELECT 1 FROM event LIMIT 1")).first() is not None:
        _to_be_made()


def _to_be_made() -> None:
    """Note it beside the tables that a version in between brought, if those wait still."""
    note = sa.table("note", sa.column("name"), sa.column("value"))
    this = note.c.name == NOTE
    waiting = op.get_bind().execute(sa.select(note.c.value).where(this)).scalar_one_or_none()
    op.execute(note.delete().where(this))
    names = TABLE if waiting is None else f"{waiting} {TABLE}"
    op.bulk_insert(note, [{"name": NOTE, "value": names}])


def downgrade() -> None:
    """The texts are gone; what was published says them still."""
    op.drop_table(TABLE)
    forget(op.get_bind().dialect.name, TABLE)
