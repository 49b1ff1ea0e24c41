"""The tables of what waits: for applicants, for departments that are heard, for inspectors."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table

from permits.store.shape import Words, metadata

waiting_row = Table(
    "waiting_row",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("party", Words, nullable=False),
    Column("due_on", Words),
    Column("sort_on", Words, nullable=False),
    Column("warn_on", Words),
    Column("provisional", Boolean, nullable=False),
    PrimaryKeyConstraint("case_id", "kind", "name"),
    Index("waiting_row_party", "party", "sort_on", "case_id", "kind", "name"),
)
"""What waits for applicants, and refunds for departments, so that no log is read to tell them."""


opinion_row = Table(
    "opinion_row",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("asked", Words, nullable=False),
    Column("round", Integer, nullable=False),
    Column("office", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("standing", Words, nullable=False),
    Column("asked_on", Words, nullable=False),
    Column("due_on", Words),
    Column("sort_on", Words, nullable=False),
    Column("warn_on", Words),
    Column("given_on", Words),
    Column("late", Boolean, nullable=False),
    PrimaryKeyConstraint("case_id", "asked", "round"),
    Index("opinion_row_pile", "office", "department", "standing", "sort_on", "case_id"),
)
"""Opinions that were asked for, for the departments that owe them."""


check_row = Table(
    "check_row",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("obligation", Words, nullable=False),
    Column("officer", Words, nullable=False),
    Column("due_on", Words),
    Column("sort_on", Words, nullable=False),
    Column("warn_on", Words),
    Column("rectifies", Boolean, nullable=False),
    Column("put_right_on", Words),
    PrimaryKeyConstraint("case_id", "obligation", "officer"),
    Index("check_row_pile", "officer", "sort_on", "case_id"),
)
"""Checks that are open, for the officers who were drawn to make them, or for a department's."""
