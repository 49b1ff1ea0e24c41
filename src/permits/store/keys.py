"""Idempotency keys: what was answered to a command, so that it is answered the same again."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, text
from sqlalchemy.engine import Dialect

from permits.store.database import Prepared
from permits.store.tables import idempotency


class Answered(msgspec.Struct, frozen=True):
    """An actor's command under a key: a digest of what was asked, and the answer's bytes."""

    actor: str
    key: str
    request: bytes
    answer: bytes
    recorded_at: str


class Keys:
    """Reads and writes keys within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        members = "IN (SELECT value FROM json_each(:keys))" if self._sqlite else "= ANY(:keys)"
        self._find = Prepared(
            text(f"SELECT actor, key, request, answer FROM idempotency WHERE key {members}"),  # noqa: S608
            dialect,
        )
        self._insert = Prepared(insert(idempotency), dialect)

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
