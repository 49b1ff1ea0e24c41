"""Totals lie in the order in which an overview adds them up: what is alike in a group side by
side, month after month. What they say stays as it is."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS

revision = "0007"
down_revision = "0006"

BEFORE = ("kind", "month", "group_id", "id", "part")
NOW = ("kind", "group_id", "id", "month", "part")

COLUMNS: tuple[tuple[str, Any], ...] = (
    ("kind", WORDS),
    ("month", WORDS),
    ("group_id", sa.BigInteger()),
    ("id", WORDS),
    ("part", sa.Integer()),
    ("times", sa.Integer()),
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
KEYS = 6
"""The first so many of them are never empty."""


def upgrade() -> None:
    _order(NOW)


def downgrade() -> None:
    _order(BEFORE)


def _order(key: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("figure_total_pkey", "figure_total", type_="primary")
        op.create_primary_key("figure_total_pkey", "figure_total", list(key))
        return
    op.create_table(  # SQLite lays the rows themselves in the order of their key
        "figure_total_in_order",
        *(
            sa.Column(name, kind, nullable=place >= KEYS)
            for place, (name, kind) in enumerate(COLUMNS)
        ),
        sa.PrimaryKeyConstraint(*key),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO figure_total_in_order SELECT * FROM figure_total")
    op.drop_table("figure_total")
    op.rename_table("figure_total_in_order", "figure_total")
