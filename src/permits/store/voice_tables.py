"""The table of what is said about cases from outside: made from the log."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table

from permits.store.shape import Words, metadata

voice_row = Table(
    "voice_row",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("permit", Words, nullable=False),
    Column("authority", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("on", Words, nullable=False),
    Column("due_on", Words),
    Column("sort_on", Words, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("level", Integer, nullable=False),
    Column("efficiency", Integer, nullable=False),
    Column("guide", Integer, nullable=False),
    Column("convenience", Integer, nullable=False),
    Column("platform", Integer, nullable=False),
    Column("tells", Boolean, nullable=False),
    PrimaryKeyConstraint("case_id", "kind", "name"),
    Index("voice_row_pile", "authority", "department", "open", "sort_on", "case_id"),
    Index("voice_row_notice", "kind", "due_on", "case_id"),
    Index("voice_row_day", "kind", "on", "case_id"),
)
"""Notices, objections and ratings."""
