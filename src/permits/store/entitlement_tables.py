"""The tables of entitlements: the register, policies that were published, rounds, claims, batches.

Primary is what the register holds, edition by edition; the rest is made from the log.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from permits.store.shape import Words, metadata

register_entry = Table(
    "register_entry",
    metadata,
    Column("edition", Words, nullable=False),
    Column("code", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("edition", "code"),
)
"""Enterprises as each edition of the register has them. Triggers refuse every change but an
insert."""

register_edition = Table(
    "register_edition",
    metadata,
    Column("edition", Words, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("register", Words, nullable=False),
    Column("as_of_on", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("enterprises", Integer, nullable=False),
    Column("imported_at", Words, nullable=False),
)

policy_version = Table(
    "policy_version",
    metadata,
    Column("policy", Words, nullable=False),
    Column("place", Integer, nullable=False),
    Column("digest", Words, nullable=False),
    Column("effective_from", Words, nullable=False),
    Column("effective_until", Words),
    Column("published_at", Words, nullable=False),
    PrimaryKeyConstraint("policy", "place"),
)

entitlement_round = Table(
    "entitlement_round",
    metadata,
    Column("round_id", Words, primary_key=True),
    Column("policy", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("authority", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("route", Words, nullable=False),
    Column("stage", Words, nullable=False),
    Column("edition", Words, nullable=False),
    Column("as_of_on", Words),
    Column("run_on", Words),
    Column("published_on", Words),
    Column("ends_on", Words),
    Column("settled_on", Words),
    Column("confirm_by_on", Words),
    Column("examined", Integer, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("open_objections", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", Words),
    Index("entitlement_round_policy", "policy", "period"),
    Index("entitlement_round_published", "published_on", "round_id"),
)

entitlement_claim = Table(
    "entitlement_claim",
    metadata,
    Column("policy", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("party", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("authority", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("round_id", Words, nullable=False),
    Column("route", Words, nullable=False),
    Column("standing", Words, nullable=False),
    Column("payable", Boolean, nullable=False),
    Column("grade", Words, nullable=False),
    Column("group_id", Words, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("recovery_fen", BigInteger, nullable=False),
    Column("recovered_fen", BigInteger, nullable=False),
    Column("batch", Words, nullable=False),
    Column("opened_on", Words),
    Column("confirmed_on", Words),
    Column("ordered_on", Words),
    Column("paid_on", Words),
    Column("due_on", Words),
    PrimaryKeyConstraint("policy", "period", "party"),
    Index("entitlement_claim_party", "party"),
    Index("entitlement_claim_round", "round_id", "party"),
    Index("entitlement_claim_batch", "batch", "party"),
    Index("entitlement_claim_group", "group_id", "party"),
)

entitlement_grant = Table(
    "entitlement_grant",
    metadata,
    Column("policy", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("party", Words, nullable=False),
    Column("ordered_on", Words),
    PrimaryKeyConstraint("policy", "period", "party"),
)
"""Orders to pay: one for each policy, period and enterprise, whoever orders at the same moment."""

payment_batch = Table(
    "payment_batch",
    metadata,
    Column("number", Words, primary_key=True),
    Column("policy", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("authority", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("ordered_on", Words, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("total_fen", BigInteger, nullable=False),
)

DERIVED = (
    register_edition,
    policy_version,
    entitlement_round,
    entitlement_claim,
    entitlement_grant,
    payment_batch,
)
