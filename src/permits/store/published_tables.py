"""The tables of what is published: definitions with their versions, calendar years, and what is
proposed for it."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from permits.store.shape import Words, key, metadata

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

proposed = Table(
    "proposed",
    metadata,
    Column("digest", Words, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""What was ever proposed, as it was proposed, under its digest. Triggers refuse every change but
an insert."""

proposal = Table(
    "proposal",
    metadata,
    key(),
    Column("what", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("base", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Words, nullable=False),
    Index("proposal_outcome", "outcome", "id"),
)
"""Proposals as their streams leave them; the outcome of one that is open is empty."""
