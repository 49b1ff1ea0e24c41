"""The one log over all streams; what was written before waits for its place in it."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.closing import close, forget
from permits.store.migrations.first import WORDS

revision = "0002"
down_revision = "0001"

CLOSED = {
    "log_leaf": ("idx",),
    "log_node": ("level", "idx"),
    "log_checkpoint": ("origin", "size"),
    "log_anchor": ("id",),
    "log_key": ("verifier",),
}
"""Tables that accept only inserts, by their primary keys."""

OPEN = ("log_pending", "log_lease")


def upgrade() -> None:
    _places()
    _said()
    op.execute(
        "INSERT INTO log_pending (stream, first, last)"
        " SELECT stream, MIN(seq), MAX(seq) FROM event GROUP BY stream"
    )
    op.execute("INSERT INTO log_lease (name, holder, until) VALUES ('places', '', '')")
    for table, key in CLOSED.items():
        close(op.get_bind().dialect.name, table, key)


def _places() -> None:
    """Events without a place, places, and the hashes above them."""
    op.create_table(
        "log_pending",
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "first"),
    )
    op.create_table(
        "log_leaf",
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("idx"),
        sa.UniqueConstraint("stream", "seq"),
    )
    op.create_table(
        "log_node",
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("idx", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "idx"),
    )


def _said() -> None:
    """What was signed of the log, by whom, and who gives places now."""
    op.create_table(
        "log_checkpoint",
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("origin", "size"),
    )
    op.create_table(
        "log_anchor",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "log_key",
        sa.Column("verifier", WORDS, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("since", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("verifier"),
    )
    op.create_table(
        "log_lease",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("holder", WORDS, nullable=False),
        sa.Column("until", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """The log over all streams is gone; the events are as they were."""
    for table in (*CLOSED, *OPEN):
        op.drop_table(table)
    for table in CLOSED:
        forget(op.get_bind().dialect.name, table)
