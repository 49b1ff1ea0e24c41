"""The tables of what an office keeps for itself beside its cases: how somebody looks at lists, and
what colleagues tell each other. None of it is in the log, none of it is shown to applicants."""

from sqlalchemy import Boolean, Column, PrimaryKeyConstraint, Table

from permits.store.shape import Words, key, metadata

list_choice = Table(
    "list_choice",
    metadata,
    Column("account", Words, primary_key=True),
    Column("shown", Words, nullable=False),
    Column("shortcuts", Boolean, nullable=False),
)
"""Which columns an account wants in its lists, by their names with commas between, and whether
single keys do anything there."""

saved_search = Table(
    "saved_search",
    metadata,
    Column("account", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("query", Words, nullable=False),
    Column("saved_at", Words, nullable=False),
    PrimaryKeyConstraint("account", "name"),
)
"""Lists an account comes back to: what it calls them, and what the address asks for."""

office_note = Table(
    "office_note",
    metadata,
    key(),
    Column("case_id", Words, nullable=False, index=True),
    Column("account", Words, nullable=False, index=True),
    Column("text", Words, nullable=False),
    Column("written_at", Words, nullable=False),
)
"""What officers note about a case for their colleagues. Erasable."""

finding = Table(
    "finding",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("about", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("fix", Words, nullable=False),
    Column("written_at", Words, nullable=False),
    PrimaryKeyConstraint("case_id", "account", "about"),
)
"""What officers found for the one correction notice of a case, until it is sent. Erasable."""

handler = Table(
    "handler",
    metadata,
    Column("case_id", Words, primary_key=True),
    Column("account", Words, nullable=False, index=True),
    Column("by", Words, nullable=False),
    Column("since", Words, nullable=False),
)
"""Which officer of its department sees to a case. It decides nothing of who may do what."""
