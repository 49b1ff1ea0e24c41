"""The texts that were signed, byte for byte. Those of signatures of before are kept by whoever
opens the office next, of the definitions that were published."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.closing import close, forget
from permits.store.migrations.first import WORDS
from permits.store.migrations.noting import not_to_be_made, to_be_made

revision = "0004"
down_revision = "0003"

TABLE = "signed_text"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    close(op.get_bind().dialect.name, TABLE, ("digest",))
    to_be_made(TABLE)


def downgrade() -> None:
    """The texts are gone; what was published says them still."""
    op.drop_table(TABLE)
    forget(op.get_bind().dialect.name, TABLE)
    not_to_be_made(TABLE)
