"""Totals of what figures count, kept with the rows; those of cases of before are made from the log
by whoever opens the office next."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS
from permits.store.migrations.noting import not_to_be_made, to_be_made

revision = "0005"
down_revision = "0004"

TABLES = ("figure_group", "figure_total")

GROUP = ("permit", "definition", "track", "department", "district")
OWN = (
    ("result", WORDS),
    ("used_wd", sa.Integer()),
    ("suspended_wd", sa.Integer()),
    ("saved_wd", sa.Integer()),
    ("saved_statutory_wd", sa.Integer()),
    ("baseline_materials", sa.Integer()),
    ("saved_materials", sa.Integer()),
    ("saved_exempt", sa.Integer()),
    ("saved_shared", sa.Integer()),
    ("saved_committed", sa.Integer()),
    ("deferred", sa.Integer()),
    ("late", sa.Boolean()),
    ("corrections", sa.Integer()),
    ("visits", sa.Integer()),
    ("name", WORDS),
    ("method", WORDS),
    ("limit_kind", WORDS),
    ("debtor", WORDS),
    ("extensions", sa.Integer()),
    ("fate", WORDS),
)


def upgrade() -> None:
    op.create_table(
        "figure_group",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        *(sa.Column(name, WORDS, nullable=False) for name in GROUP),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "figure_total",
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("month", WORDS, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        *(sa.Column(name, kind, nullable=True) for name, kind in OWN),
        sa.PrimaryKeyConstraint("kind", "month", "group_id", "id", "part"),
        sqlite_with_rowid=False,
    )
    to_be_made(*TABLES)


def downgrade() -> None:
    op.drop_table("figure_total")
    op.drop_table("figure_group")
    not_to_be_made(*TABLES)
