"""The log and its streams; answers under keys, tasks, sealed values and notes beside it."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "stream",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "event",
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq"),
    )
    op.create_table(
        "idempotency",
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key", "actor"),
    )
    op.create_index("idempotency_age", "idempotency", ["recorded_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("run_at", WORDS, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", WORDS, nullable=True),
        sa.Column("done_at", WORDS, nullable=True),
        sa.Column("error", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "outbox_done",
        "outbox",
        ["done_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NOT NULL"),
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["run_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "sealed_value",
        sa.Column("seal", WORDS, nullable=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("field", WORDS, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.Column("erased_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("seal"),
    )
    op.create_index(op.f("ix_sealed_value_stream"), "sealed_value", ["stream"], unique=False)
    op.create_table(
        "note",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
