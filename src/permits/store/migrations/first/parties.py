"""What is made from the record of each party."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "party_name",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("since", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("code", "since"),
    )
    op.create_table(
        "credit_entry",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("entry", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("degree", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("entered_on", WORDS, nullable=False),
        sa.Column("until_on", WORDS, nullable=False),
        sa.Column("publish_on", WORDS, nullable=True),
        sa.Column("published_on", WORDS, nullable=True),
        sa.Column("repaired_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("code", "entry"),
    )
    op.create_index(
        "credit_entry_published", "credit_entry", ["published_on", "code", "entry"], unique=False
    )
    op.create_index("credit_entry_publish", "credit_entry", ["publish_on"], unique=False)
    op.create_table(
        "party_bar",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("bar", WORDS, nullable=False),
        sa.Column("ground", WORDS, nullable=False),
        sa.Column("until_on", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("code", "bar"),
    )
    op.create_index("party_bar_until", "party_bar", ["until_on"], unique=False)
    op.create_table(
        "party_task",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("since", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("sort_on", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("code", "kind", "name"),
    )
    op.create_index(
        "party_task_room",
        "party_task",
        ["office", "department", "sort_on", "code", "name"],
        unique=False,
    )
