"""The table of the texts that were signed."""

from sqlalchemy import Column, LargeBinary, Table

from permits.store.shape import Words, metadata

signed_text = Table(
    "signed_text",
    metadata,
    Column("digest", Words, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Texts that were signed, byte for byte under their SHA-256, which the events of their signatures
name. Triggers refuse every change but an insert."""
