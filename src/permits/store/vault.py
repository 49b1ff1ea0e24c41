"""Personal values and free texts beside the log; erasing one leaves the log as it was."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, text
from sqlalchemy.engine import Dialect

from permits.casework.seals import opens
from permits.store.database import Prepared
from permits.store.tables import sealed_value


class SealedValue(msgspec.Struct, frozen=True):
    """A value with its salt, and the seal that stands for it in the log of `stream`."""

    seal: str
    stream: str
    field: str
    salt: bytes
    value: str


_FOUND = "SELECT seal, salt, value FROM sealed_value WHERE seal = ANY(:seals)"
_FOUND_SQLITE = (
    "SELECT seal, salt, value FROM sealed_value"
    " WHERE seal IN (SELECT value FROM json_each(:seals))"
)


class Vault:
    """Keeps and finds values within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        self._insert = Prepared(insert(sealed_value), dialect)
        self._found = Prepared(text(_FOUND_SQLITE if self._sqlite else _FOUND), dialect)
        self._of = Prepared(
            select(sealed_value.c.seal, sealed_value.c.salt, sealed_value.c.value).where(
                sealed_value.c.stream == bindparam("of")
            ),
            dialect,
        )

    def put(self, connection: Connection, values: Sequence[SealedValue]) -> None:
        rows = [
            {
                "seal": v.seal,
                "stream": v.stream,
                "field": v.field,
                "salt": v.salt,
                "value": v.value,
            }
            for v in values
        ]
        self._insert.many(connection, rows)

    def of(self, connection: Connection, stream: str) -> dict[str, str]:
        """The values of a stream by their seals."""
        return _fitting(self._of.all(connection, of=stream))

    def found(self, connection: Connection, seals: Sequence[str]) -> dict[str, str]:
        """Those of the values that are kept, by their seals."""
        wanted: Any = json.dumps(seals) if self._sqlite else list(seals)
        return _fitting(self._found.all(connection, seals=wanted))


def _fitting(rows: Sequence[Any]) -> dict[str, str]:
    """A value that does not fit its seal is left out, so that nobody is shown what the log does
    not say."""
    return {seal: value for seal, salt, value in rows if opens(seal, bytes(salt), value)}


def kept(connection: Connection, stream: str) -> list[SealedValue]:
    """What is kept of a stream, whether it fits or not."""
    query = select(sealed_value).where(sealed_value.c.stream == stream)
    return [
        SealedValue(row.seal, row.stream, row.field, bytes(row.salt), row.value)
        for row in connection.execute(query.order_by(sealed_value.c.seal))
    ]
