"""Entitlements without application: the register, policies, rounds, claims, payments."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "register_entry",
        sa.Column("edition", WORDS, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "code"),
    )
    op.create_table(
        "register_edition",
        sa.Column("edition", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("register", WORDS, nullable=False),
        sa.Column("as_of_on", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("enterprises", sa.Integer(), nullable=False),
        sa.Column("imported_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("edition"),
    )
    op.create_table(
        "policy_version",
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("effective_from", WORDS, nullable=False),
        sa.Column("effective_until", WORDS, nullable=True),
        sa.Column("published_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("policy", "place"),
    )
    op.create_table(
        "entitlement_round",
        sa.Column("round_id", WORDS, nullable=False),
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("period", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("route", WORDS, nullable=False),
        sa.Column("stage", WORDS, nullable=False),
        sa.Column("edition", WORDS, nullable=False),
        sa.Column("as_of_on", WORDS, nullable=True),
        sa.Column("run_on", WORDS, nullable=True),
        sa.Column("published_on", WORDS, nullable=True),
        sa.Column("ends_on", WORDS, nullable=True),
        sa.Column("settled_on", WORDS, nullable=True),
        sa.Column("confirm_by_on", WORDS, nullable=True),
        sa.Column("examined", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("open_objections", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("round_id"),
    )
    op.create_index(
        "entitlement_round_policy", "entitlement_round", ["policy", "period"], unique=False
    )
    op.create_index(
        "entitlement_round_published",
        "entitlement_round",
        ["published_on", "round_id"],
        unique=False,
    )
    op.create_table(
        "entitlement_claim",
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("period", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("round_id", WORDS, nullable=False),
        sa.Column("route", WORDS, nullable=False),
        sa.Column("standing", WORDS, nullable=False),
        sa.Column("payable", sa.Boolean(), nullable=False),
        sa.Column("grade", WORDS, nullable=False),
        sa.Column("group_id", WORDS, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("recovery_fen", sa.BigInteger(), nullable=False),
        sa.Column("recovered_fen", sa.BigInteger(), nullable=False),
        sa.Column("batch", WORDS, nullable=False),
        sa.Column("opened_on", WORDS, nullable=True),
        sa.Column("confirmed_on", WORDS, nullable=True),
        sa.Column("ordered_on", WORDS, nullable=True),
        sa.Column("paid_on", WORDS, nullable=True),
        sa.Column("due_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("policy", "period", "party"),
    )
    for name, columns in (
        ("entitlement_claim_party", ["party"]),
        ("entitlement_claim_round", ["round_id", "party"]),
        ("entitlement_claim_batch", ["batch", "party"]),
        ("entitlement_claim_group", ["group_id", "party"]),
    ):
        op.create_index(name, "entitlement_claim", columns, unique=False)
    op.create_table(
        "entitlement_grant",
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("period", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("ordered_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("policy", "period", "party"),
    )
    op.create_table(
        "payment_batch",
        sa.Column("number", WORDS, nullable=False),
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("ordered_on", WORDS, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
