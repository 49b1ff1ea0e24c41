"""The table by which documents are found: made from the logs of their cases."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table

from permits.store.shape import Words, metadata

document_row = Table(
    "document_row",
    metadata,
    Column("number", Words, nullable=False),
    Column("case_id", Words, nullable=False),
    PrimaryKeyConstraint("number", "case_id"),
)
"""Two offices may come to use one number: which of them is meant the check code says."""
