"""Time limits, duties and fees as figures count them, and reminders of what is owed; what cases of
before have of them is made from the log by whoever opens the office next."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS

revision = "0003"
down_revision = "0002"

TABLES = ("case_term", "case_duty", "case_fee")
ANEW = (*TABLES, "due_row")
"""Dates that are due have been there before; reminders of what is owed are among them now."""


def upgrade() -> None:
    op.create_table(
        "case_term",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("limit_kind", WORDS, nullable=False),
        sa.Column("debtor", WORDS, nullable=False),
        sa.Column("starts_on", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("warn_on", WORDS, nullable=True),
        sa.Column("ended_on", WORDS, nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("suspensions", sa.Integer(), nullable=False),
        sa.Column("fate", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "name"),
    )
    _duties_and_fees()
    if op.get_bind().execute(sa.text("SELECT 1 FROM event LIMIT 1")).first() is not None:
        note = sa.table("note", sa.column("name"), sa.column("value"))
        op.bulk_insert(note, [{"name": "tables to be made", "value": " ".join(ANEW)}])


def _duties_and_fees() -> None:
    op.create_table(
        "case_duty",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("method", WORDS, nullable=False),
        sa.Column("debtor", WORDS, nullable=False),
        sa.Column("opened_on", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("closed_on", WORDS, nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("fate", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "name"),
    )
    op.create_table(
        "case_fee",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("fee", WORDS, nullable=False),
        sa.Column("frozen_on", WORDS, nullable=False),
        sa.Column("full_fen", sa.BigInteger(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), nullable=False),
        sa.Column("deferred", sa.Boolean(), nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("settled_on", WORDS, nullable=True),
        sa.Column("fate", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "fee"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.execute("DELETE FROM note WHERE name = 'tables to be made'")
