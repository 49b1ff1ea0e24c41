"""What is made from the log of each project."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "project_row",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("opened_on", WORDS, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("shut", sa.Integer(), nullable=False),
        sa.Column("critical_on", WORDS, nullable=True),
        sa.Column("critical_case", WORDS, nullable=False),
        sa.Column("critical_name", WORDS, nullable=False),
        sa.Column("updated_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(
        "project_row_party", "project_row", ["party", "updated_at", "code"], unique=False
    )
    op.create_table(
        "project_case",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("stages", WORDS, nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("attached_on", WORDS, nullable=True),
        sa.Column("detached_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("code", "case_id"),
    )
    op.create_index("project_case_case", "project_case", ["case_id"], unique=False)
    op.create_table(
        "gate_hold",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("gate", WORDS, nullable=False),
        sa.Column("opens", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", "case_id", "kind", "name", "gate"),
    )
