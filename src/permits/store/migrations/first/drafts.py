"""Drafts, and the files that lie with drafts and cases."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
    op.create_table(
        "file",
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("stored_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "upload",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("material", WORDS, nullable=False),
        sa.Column("filename", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("uploaded_at", WORDS, nullable=False),
        sa.Column("came", WORDS, server_default="", nullable=False),
        sa.Column("erased_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "upload_tally",
        sa.Column("of", WORDS, nullable=False),
        sa.Column("on", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("of", "on"),
    )
    op.create_index(op.f("ix_upload_place"), "upload", ["place"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counter", WORDS, server_default="", nullable=False),
        sa.Column("updated_at", WORDS, nullable=False),
        sa.Column("filed_at", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_draft_party"), "draft", ["party"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("draft", WORDS, nullable=False),
        sa.Column("signature", WORDS, nullable=False),
        sa.Column("unit", WORDS, nullable=False),
        sa.Column("invited_by", WORDS, nullable=False),
        sa.Column("invited_at", WORDS, nullable=False),
        sa.Column("signed_by", WORDS, server_default="", nullable=False),
        sa.Column("signed_at", WORDS, nullable=True),
        sa.Column("text_digest", WORDS, server_default="", nullable=False),
        sa.Column("declared", WORDS, server_default="", nullable=False),
        sa.Column("declined_at", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("draft", "signature", "unit"),
    )
    op.create_index(op.f("ix_invitation_unit"), "invitation", ["unit"], unique=False)
