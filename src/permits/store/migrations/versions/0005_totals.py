"""Totals of what figures count, kept with the rows; those of cases of before are made from the log
by whoever opens the office next."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS

revision = "0005"
down_revision = "0003"

TO_BE_MADE = "tables to be made"

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
    if op.get_bind().execute(sa.text("SELECT 1 FROM event LIMIT 1")).first() is not None:
        _note_to_be_made()


def _note_to_be_made() -> None:
    """Beside the tables of an earlier migration, if those have not been made yet."""
    note = sa.table("note", sa.column("name"), sa.column("value"))
    noted = (
        op.get_bind().execute(sa.select(note.c.value).where(note.c.name == TO_BE_MADE)).scalar()
    )
    op.execute(sa.delete(note).where(note.c.name == TO_BE_MADE))
    names = " ".join(filter(None, (noted, "figure_group figure_total")))
    op.bulk_insert(note, [{"name": TO_BE_MADE, "value": names}])


def downgrade() -> None:
    op.drop_table("figure_total")
    op.drop_table("figure_group")
    op.execute("DELETE FROM note WHERE name = 'tables to be made'")
