"""What was signed of the one log: checkpoints, what was handed out of them, and public keys."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Row, and_, insert, select

from permits.casework.dates import as_text
from permits.store.evidence_tables import log_anchor, log_checkpoint, log_key


class Signed(NamedTuple):
    """A checkpoint as it was signed, when, and the size of the one before it."""

    origin: str
    size: int
    root: bytes
    note: str
    at: str
    after: int


class Anchor(NamedTuple):
    """What was handed out of a checkpoint, or came back: `kind` is `file`, `printed` or
    `rfc3161`."""

    id: str
    origin: str
    size: int
    kind: str
    content: bytes
    at: str


def newest(connection: Connection, origin: str = "") -> Signed | None:
    """The checkpoint of the largest tree, of a log of that name or of any; None if there is
    none."""
    query = select(log_checkpoint).order_by(
        log_checkpoint.c.size.desc(), log_checkpoint.c.at.desc()
    )
    if origin:
        query = query.where(log_checkpoint.c.origin == origin)
    row = connection.execute(query.limit(1)).one_or_none()
    return None if row is None else _signed(row)


def checkpoints(connection: Connection) -> list[Signed]:
    """Everything that was signed, the smallest tree first."""
    query = select(log_checkpoint).order_by(log_checkpoint.c.size, log_checkpoint.c.at)
    return list(map(_signed, connection.execute(query)))


def checkpoints_of(connection: Connection, origin: str, size: int) -> list[Signed]:
    """What was signed of a tree of that size, under a name."""
    this = and_(log_checkpoint.c.origin == origin, log_checkpoint.c.size == size)
    return list(map(_signed, connection.execute(select(log_checkpoint).where(this))))


def _signed(row: Row[str, int, bytes, str, str, int]) -> Signed:
    return Signed(row[0], row[1], bytes(row[2]), row[3], row[4], row[5])


def keep_checkpoint(connection: Connection, checkpoint: Signed) -> None:
    connection.execute(insert(log_checkpoint), [checkpoint._asdict()])


def keep_anchor(connection: Connection, anchor: Anchor) -> None:
    connection.execute(insert(log_anchor), [anchor._asdict()])


def anchors(connection: Connection) -> list[Anchor]:
    """What was handed out, the oldest first."""
    rows = connection.execute(select(log_anchor).order_by(log_anchor.c.at, log_anchor.c.id))
    return [Anchor(r.id, r.origin, r.size, r.kind, bytes(r.content), r.at) for r in rows]


def keys(connection: Connection) -> dict[str, tuple[str, str]]:
    """The public keys that ever signed, with what for and since when."""
    rows = connection.execute(select(log_key).order_by(log_key.c.since, log_key.c.verifier))
    return {row.verifier: (row.purpose, row.since) for row in rows}


def keep_key(connection: Connection, verifier: str, purpose: str, now: datetime) -> None:
    """Note a public key, if it is new."""
    if verifier not in keys(connection):
        row = {"verifier": verifier, "purpose": purpose, "since": as_text(now)}
        connection.execute(insert(log_key), [row])
