"""What is said about cases from outside."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "voice_row",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("on", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("sort_on", WORDS, nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("outcome", WORDS, nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("level", "efficiency", "guide", "convenience", "platform")
        ),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "kind", "name"),
    )
    for name, columns in (
        ("pile", ["authority", "department", "open", "sort_on", "case_id"]),
        ("notice", ["kind", "due_on", "case_id"]),
        ("day", ["kind", "on", "case_id"]),
    ):
        op.create_index(f"voice_row_{name}", "voice_row", columns, unique=False)
