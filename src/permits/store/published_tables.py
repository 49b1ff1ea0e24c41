"""The tables of what is published: definitions with their versions, and calendar years."""

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from permits.store.shape import Words, metadata

definition = Table(
    "definition",
    metadata,
    Column("digest", Words, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Published definitions, kept for good under their digest. Triggers refuse every change but an
insert."""

version = Table(
    "version",
    metadata,
    Column("permit", Words, nullable=False),
    Column("place", Integer, nullable=False),
    Column("digest", Words, nullable=False),
    Column("effective_from", Words, nullable=False),
    Column("effective_until", Words),
    Column("published_at", Words, nullable=False),
    PrimaryKeyConstraint("permit", "place"),
)
"""The published versions of each permit type, in order."""

calendar_year = Table(
    "calendar_year",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("digest", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
