"""The tables made of parties: their names, the entries that were made, what waits for officers."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from permits.store.shape import Words, metadata

party_name = Table(
    "party_name",
    metadata,
    Column("code", Words, nullable=False),
    Column("since", Words, nullable=False),
    Column("name", Words, nullable=False),
    PrimaryKeyConstraint("code", "since"),
)
"""Every name a party ever bore, and the day since which."""

credit_entry = Table(
    "credit_entry",
    metadata,
    Column("code", Words, nullable=False),
    Column("entry", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("degree", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("permit", Words, nullable=False),
    Column("office", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("entered_on", Words, nullable=False),
    Column("until_on", Words, nullable=False),
    Column("publish_on", Words),
    Column("published_on", Words),
    Column("repaired_on", Words),
    PrimaryKeyConstraint("code", "entry"),
    Index("credit_entry_published", "published_on", "code", "entry"),
    Index("credit_entry_publish", "publish_on"),
)
"""Credit entries that were made, the repaired ones too."""

party_bar = Table(
    "party_bar",
    metadata,
    Column("code", Words, nullable=False),
    Column("bar", Words, nullable=False),
    Column("ground", Words, nullable=False),
    Column("until_on", Words, nullable=False),
    PrimaryKeyConstraint("code", "bar"),
    Index("party_bar_until", "until_on"),
)
"""Bars that were not lifted, those that have lapsed too."""

party_task = Table(
    "party_task",
    metadata,
    Column("code", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("permit", Words, nullable=False),
    Column("office", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("since", Words, nullable=False),
    Column("due_on", Words),
    Column("sort_on", Words, nullable=False),
    PrimaryKeyConstraint("code", "kind", "name"),
    Index("party_task_room", "office", "department", "sort_on", "code", "name"),
)
"""What of a party waits for officers of a department."""
