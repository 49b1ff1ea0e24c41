"""The tables that figures are counted in: facts of cases, their stays in states, time limits,
duties and fees."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table

from permits.store.shape import Words, metadata

case_facts = Table(
    "case_facts",
    metadata,
    Column("case_id", Words, primary_key=True),
    Column("number", Words, nullable=False),
    Column("permit", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("track", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("result", Words, nullable=False),
    Column("received_on", Words, nullable=False),
    Column("accepted_on", Words),
    Column("decided_on", Words),
    Column("result_on", Words),
    Column("by_silence", Boolean, nullable=False),
    Column("baseline_materials", Integer, nullable=False),
    Column("handed_in", Integer, nullable=False),
    Column("saved_materials", Integer, nullable=False),
    Column("saved_exempt", Integer, nullable=False),
    Column("saved_shared", Integer, nullable=False),
    Column("saved_committed", Integer, nullable=False),
    Column("deferred", Integer, nullable=False),
    Column("promised_wd", Integer, nullable=False),
    Column("statutory_wd", Integer, nullable=False),
    Column("used_wd", Integer),
    Column("suspended_wd", Integer),
    Column("saved_wd", Integer),
    Column("saved_statutory_wd", Integer),
    Column("corrections", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("visits", Integer, nullable=False),
    Index("case_facts_result", "result_on", "case_id"),
    Index("case_facts_permit", "permit", "result_on", "case_id"),
)

interval = Table(
    "interval",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("code", Integer, nullable=False),
    Column("entered_at", Words, nullable=False),
    Column("entered_on", Words, nullable=False),
    Column("left_at", Words),
    Column("left_on", Words),
    PrimaryKeyConstraint("case_id", "seq"),
)

case_term = Table(
    "case_term",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("limit_kind", Words, nullable=False),
    Column("debtor", Words, nullable=False),
    Column("starts_on", Words, nullable=False),
    Column("due_on", Words),
    Column("warn_on", Words),
    Column("ended_on", Words),
    Column("extensions", Integer, nullable=False),
    Column("suspensions", Integer, nullable=False),
    Column("fate", Words, nullable=False),
    PrimaryKeyConstraint("case_id", "name"),
)
"""Every time limit of every case, as it ran last."""

case_duty = Table(
    "case_duty",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("method", Words, nullable=False),
    Column("debtor", Words, nullable=False),
    Column("opened_on", Words, nullable=False),
    Column("due_on", Words),
    Column("closed_on", Words),
    Column("extensions", Integer, nullable=False),
    Column("ordered", Boolean, nullable=False),
    Column("fate", Words, nullable=False),
    PrimaryKeyConstraint("case_id", "name"),
)
"""Every obligation of every case, and whether it was kept."""

case_fee = Table(
    "case_fee",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("fee", Words, nullable=False),
    Column("frozen_on", Words, nullable=False),
    Column("full_fen", BigInteger, nullable=False),
    Column("owed_fen", BigInteger, nullable=False),
    Column("paid_fen", BigInteger, nullable=False),
    Column("balance_fen", BigInteger, nullable=False),
    Column("deferred", Boolean, nullable=False),
    Column("due_on", Words),
    Column("settled_on", Words),
    Column("fate", Words, nullable=False),
    PrimaryKeyConstraint("case_id", "fee"),
)
"""Every fee of every case, as its ledger stands."""
