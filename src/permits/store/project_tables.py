"""The tables of projects: made from their logs."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table

from permits.store.shape import Words, metadata

project_row = Table(
    "project_row",
    metadata,
    Column("code", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("party", Words, nullable=False),
    Column("opened_on", Words),
    Column("version", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("shut", Integer, nullable=False),
    Column("critical_on", Words),
    Column("critical_case", Words, nullable=False),
    Column("critical_name", Words, nullable=False),
    Column("updated_at", Words, nullable=False),
    Index("project_row_party", "party", "updated_at", "code"),
)


project_case = Table(
    "project_case",
    metadata,
    Column("code", Words, nullable=False),
    Column("case_id", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("permit", Words, nullable=False),
    Column("stages", Words, nullable=False),
    Column("stands", Boolean, nullable=False),
    Column("attached_on", Words),
    Column("detached_on", Words),
    PrimaryKeyConstraint("code", "case_id"),
    Index("project_case_case", "case_id"),
)


gate_hold = Table(
    "gate_hold",
    metadata,
    Column("code", Words, nullable=False),
    Column("case_id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("gate", Words, nullable=False),
    Column("opens", Words, nullable=False),
    Column("due_on", Words),
    Column("provisional", Boolean, nullable=False),
    PrimaryKeyConstraint("code", "case_id", "kind", "name", "gate"),
)
"""What holds a gate of a project shut, once for each gate."""
