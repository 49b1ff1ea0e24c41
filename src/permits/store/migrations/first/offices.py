"""What an office keeps for itself beside its cases."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "list_choice",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("shown", WORDS, nullable=False),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "saved_search",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("query", WORDS, nullable=False),
        sa.Column("saved_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("account", "name"),
    )
    op.create_table(
        "office_note",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("written_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_office_note_case_id"), "office_note", ["case_id"], unique=False)
    op.create_index(op.f("ix_office_note_account"), "office_note", ["account"], unique=False)
    op.create_table(
        "finding",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("about", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("fix", WORDS, nullable=False),
        sa.Column("written_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "account", "about"),
    )
    op.create_table(
        "handler",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.Column("since", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index(op.f("ix_handler_account"), "handler", ["account"], unique=False)
