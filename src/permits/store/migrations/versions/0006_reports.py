"""Reports of figures that are sent again and again, and whom the last of each went to."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "figure_report",
        sa.Column("id", WORDS, nullable=False),
        *(sa.Column(name, WORDS, nullable=False) for name in ("name", "question", "every")),
        sa.Column("day", sa.Integer(), nullable=False),
        *(
            sa.Column(name, WORDS, nullable=False)
            for name in ("language", "form", "recipients", "made_by", "made_at", "next_on")
        ),
        sa.Column("last_on", WORDS),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("figure_report_next", "figure_report", ["next_on"])
    op.create_table(
        "report_sent",
        *(
            sa.Column(name, WORDS, nullable=False)
            for name in ("report", "account", "due_on", "outcome", "at")
        ),
        sa.PrimaryKeyConstraint("report", "account"),
    )


def downgrade() -> None:
    """Nothing is sent any more, and nothing says what was."""
    op.drop_table("report_sent")
    op.drop_table("figure_report")
