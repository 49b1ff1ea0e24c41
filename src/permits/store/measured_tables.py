"""The tables that figures of time limits, duties and fees are counted in."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, PrimaryKeyConstraint, Table

from permits.store.shape import Words, metadata

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
