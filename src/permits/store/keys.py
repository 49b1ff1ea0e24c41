"""Idempotency keys: what was answered to a command, so that it is answered the same again.

Of what was asked only a digest is kept, under a secret of the office: what somebody typed may be
easy to guess, and must not be found again by trying once it was erased. After some weeks nobody
repeats a request any more, and all of it is forgotten.
"""

import hmac
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, text
from sqlalchemy.engine import Dialect

from permits.casework.dates import as_text
from permits.store.database import Prepared
from permits.store.notes import noted
from permits.store.tables import idempotency

SECRET = "secret of requests"  # noqa: S105 - the name it is noted under
KEPT = timedelta(days=30)
MOST_AT_ONCE = 1_000


class Answered(msgspec.Struct, frozen=True):
    """An actor's command under a key: a digest of what was asked, and the answer's bytes."""

    actor: str
    key: str
    request: bytes
    answer: bytes
    recorded_at: str


_FIND = "SELECT actor, key, request, answer FROM idempotency WHERE key = ANY(:keys)"
_FIND_SQLITE = (
    "SELECT actor, key, request, answer FROM idempotency"
    " WHERE key IN (SELECT value FROM json_each(:keys))"
)


class Keys:
    """Reads and writes keys within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        self._find = Prepared(text(_FIND_SQLITE if self._sqlite else _FIND), dialect)
        self._insert = Prepared(insert(idempotency), dialect)
        self._secret = b""

    def digest(self, connection: Connection, request: bytes) -> bytes:
        """What is kept of a request: enough to know it again, and nothing to guess it by."""
        if not self._secret:
            secret = noted(connection, SECRET)
            if secret is None:
                raise LookupError(f"the note with the {SECRET} is gone")
            self._secret = bytes.fromhex(secret)
        return hmac.digest(self._secret, request, "sha256")

    def find(
        self, connection: Connection, keys: Sequence[str]
    ) -> dict[tuple[str, str], tuple[bytes, bytes]]:
        """Request and answer of each (actor, key) that has been answered."""
        wanted: Any = json.dumps(keys) if self._sqlite else list(keys)
        rows = self._find.all(connection, keys=wanted)
        return {(row[0], row[1]): (bytes(row[2]), bytes(row[3])) for row in rows}

    def put(self, connection: Connection, answered: Sequence[Answered]) -> None:
        """Keep answers; two of the same actor and key meet as an integrity error."""
        self._insert.many(connection, [msgspec.structs.asdict(a) for a in answered])


def forget(connection: Connection, now: datetime) -> int:
    """Forget some of the keys that were used too long ago; how many, at most `MOST_AT_ONCE`."""
    old = idempotency.c.recorded_at < as_text(now - KEPT)
    found = select(idempotency.c.actor, idempotency.c.key).where(old).limit(MOST_AT_ONCE)
    rows = [{"by": row.actor, "under": row.key} for row in connection.execute(found)]
    if rows:
        one = (idempotency.c.actor == bindparam("by")) & (idempotency.c.key == bindparam("under"))
        connection.execute(delete(idempotency).where(one), rows)
    return len(rows)
