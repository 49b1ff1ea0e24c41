"""Definitions and calendars as they were published, and what is proposed for it."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "definition",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "version",
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("effective_from", WORDS, nullable=False),
        sa.Column("effective_until", WORDS, nullable=True),
        sa.Column("published_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("permit", "place"),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
    op.create_table(
        "proposed",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("what", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("base", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("decided_by", WORDS, nullable=False),
        sa.Column("decided_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("proposal_outcome", "proposal", ["outcome", "id"])
