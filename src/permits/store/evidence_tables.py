"""The tables of the one log over all streams: which events wait for their place in it, which
place each has, the hashes above them, and what was signed and anchored of it.

What has its place keeps it: triggers refuse every change to places, hashes, checkpoints, anchors
and keys but an insert.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    UniqueConstraint,
)

from permits.store.shape import Words, key, metadata

log_pending = Table(
    "log_pending",
    metadata,
    Column("stream", Words, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("stream", "first"),
)
"""Events of a stream, from the first to the last, that have no place yet: a row for each addition
to a stream, written in the same transaction."""

log_leaf = Table(
    "log_leaf",
    metadata,
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("stream", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("stream", "seq"),
)
"""The place of each event, from 0 on without gaps, with its hash."""

log_node = Table(
    "log_node",
    metadata,
    Column("level", SmallInteger, nullable=False),
    Column("idx", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("level", "idx"),
)
"""The hash over each whole subtree of 2**level leaves, from level 1 on."""

log_checkpoint = Table(
    "log_checkpoint",
    metadata,
    Column("origin", Words, nullable=False),
    Column("size", BigInteger, nullable=False, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Words, nullable=False),
    Column("at", Words, nullable=False),
    Column("after", BigInteger, nullable=False),
    PrimaryKeyConstraint("origin", "size"),
)
"""What was signed, as it was signed: one for each size under each name of the log. `after` is the
size of the one before it, 0 for the first, so that none can be taken out."""

log_anchor = Table(
    "log_anchor",
    metadata,
    key(),
    Column("origin", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("kind", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Words, nullable=False),
)
"""Which checkpoints were handed out of the house, and what came back: a time stamp, or nothing."""

log_key = Table(
    "log_key",
    metadata,
    Column("verifier", Words, primary_key=True),
    Column("purpose", Words, nullable=False),
    Column("since", Words, nullable=False),
)
"""The public keys that ever signed: of the log (`log`), and of receipts (`receipt`)."""

log_lease = Table(
    "log_lease",
    metadata,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("until", Words, nullable=False),
)
"""Who gives events their places now, and until when unless they say so again."""
