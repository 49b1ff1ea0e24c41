"""Documents that are kept as files."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "document_file",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("says", WORDS, nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("kept_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "number", "language"),
    )
    op.create_index("document_file_number", "document_file", ["number"], unique=False)
    op.create_index("document_file_sha256", "document_file", ["sha256"], unique=False)
