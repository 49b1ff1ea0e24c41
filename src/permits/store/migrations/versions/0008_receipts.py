"""The treasury's numbers are found: one of them pays once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

INDEX = "sealed_value_receipt"


def upgrade() -> None:
    receipts = sa.text("field = 'receipt'")
    op.create_index(
        INDEX, "sealed_value", ["value"], sqlite_where=receipts, postgresql_where=receipts
    )


def downgrade() -> None:
    """A number is looked for in every value."""
    op.drop_index(INDEX, "sealed_value")
