"""Accounts, sessions and standings, and the parties people act for."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "account",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("username", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("email", WORDS, server_default=sa.text("''"), nullable=False),
        sa.Column("password_hash", WORDS, nullable=False),
        sa.Column("password_set_at", WORDS, nullable=False),
        sa.Column("password_once", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("language", WORDS, server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("username"),
    )
    op.create_table(
        "attempt",
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("minute", WORDS, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("subject", "minute"),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("csrf", WORDS, nullable=False),
        sa.Column("opened_at", WORDS, nullable=False),
        sa.Column("seen_at", WORDS, nullable=False),
        sa.Column("closes_at", WORDS, nullable=False),
        sa.Column("proved_at", WORDS, nullable=False),
        sa.Column("coded", sa.Boolean(), nullable=False),
        sa.Column("address", WORDS, nullable=False),
        sa.Column("agent", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_session_account"), "session", ["account"], unique=False)
    op.create_table(
        "second_factor",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("secret", WORDS, nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("added_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("handle", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("account", "handle"),
    )
    op.create_table(
        "identity",
        sa.Column("issuer", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("linked_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject"),
    )
    op.create_index(op.f("ix_identity_account"), "identity", ["account"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("scopes", WORDS, nullable=False),
        sa.Column("made_at", WORDS, nullable=False),
        sa.Column("ends_on", WORDS, nullable=False),
        sa.Column("used_at", WORDS, nullable=True),
        sa.Column("used_from", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("hash"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_api_token_account"), "api_token", ["account"], unique=False)
    op.create_table(
        "standing",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("roles", WORDS, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("places", WORDS, nullable=False),
        sa.Column("substitutes", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_index("standing_department", "standing", ["office", "department"], unique=False)
    op.create_index("standing_party", "standing", ["party"], unique=False)
    op.create_table(
        "access_row",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("about", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("account", "seq"),
    )
    op.create_index("access_row_at", "access_row", ["at", "id"], unique=False)
    op.create_index("access_row_kind", "access_row", ["kind", "at", "id"], unique=False)
    op.create_table(
        "unsent",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("page", WORDS, nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("account", "page"),
    )
    op.create_index(op.f("ix_unsent_kept_at"), "unsent", ["kept_at"], unique=False)
    op.create_table(
        "party",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("successor", WORDS, server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_with_rowid=False,
    )
