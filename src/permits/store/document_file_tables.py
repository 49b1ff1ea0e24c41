"""The table of documents that are kept as files."""

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Table

from permits.store.shape import Words, metadata

document_file = Table(
    "document_file",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("says", Words, nullable=False),
    Column("signed", Boolean, nullable=False),
    Column("kept_at", Words, nullable=False),
    PrimaryKeyConstraint("case_id", "number", "language"),
    Index("document_file_number", "number"),
    Index("document_file_sha256", "sha256"),
)
"""The files of documents, made from the log. `says` are the seals of what stands in a document,
with blanks between: when one of them is erased, the row goes, and the file with it."""
