"""The tables of reports: figures that are sent to auditors again and again, and whom each went to.
They are kept beside the log, like the questions that are saved."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table

from permits.store.shape import Words, key, metadata

figure_report = Table(
    "figure_report",
    metadata,
    key(),
    Column("name", Words, nullable=False),
    Column("question", Words, nullable=False),
    Column("every", Words, nullable=False),
    Column("day", Integer, nullable=False),
    Column("language", Words, nullable=False),
    Column("form", Words, nullable=False),
    Column("recipients", Words, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_at", Words, nullable=False),
    Column("next_on", Words, nullable=False),
    Column("last_on", Words),
    Column("left_out", Integer, nullable=False),
    Index("figure_report_next", "next_on"),
)
"""`question` is the address of a page of figures, `recipients` are accounts with spaces between.
`left_out` is how many days before the last one passed without a report."""

report_sent = Table(
    "report_sent",
    metadata,
    Column("report", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("due_on", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("at", Words, nullable=False),
    PrimaryKeyConstraint("report", "account"),
)
"""What became of the last report for each of its recipients."""
