"""Personal values and free texts beside the log; erasing one leaves the log as it was."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, insert, select, text, update
from sqlalchemy.engine import Dialect

from permits.casework.seals import opens
from permits.store.database import Prepared
from permits.store.tables import sealed_value


class SealedValue(msgspec.Struct, frozen=True):
    """A value with its salt, and the seal that stands for it in the log of `stream`; of one that
    was erased the day is left."""

    seal: str
    stream: str
    field: str
    salt: bytes
    value: str
    erased_on: str | None = None


class Opened(msgspec.Struct, frozen=True):
    """What is kept beside the log of a stream: values by their seals, the field each seal was
    made for, and the day on which a value was erased, if it was."""

    values: dict[str, str]
    fields: dict[str, str]
    erased: dict[str, date]


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
        columns = [sealed_value.c[name] for name in ("seal", "salt", "value")]
        of = sealed_value.c.stream == bindparam("of")
        self._of = Prepared(select(*columns).where(of), dialect)
        beside = (sealed_value.c.field, sealed_value.c.erased_on)
        self._opened = Prepared(select(*columns, *beside).where(of), dialect)

    def put(self, connection: Connection, values: Sequence[SealedValue]) -> None:
        rows = [
            {
                "seal": v.seal,
                "stream": v.stream,
                "field": v.field,
                "salt": v.salt,
                "value": v.value,
                "erased_on": None,
            }
            for v in values
        ]
        self._insert.many(connection, rows)

    def of(self, connection: Connection, stream: str) -> dict[str, str]:
        """The values of a stream by their seals."""
        return _fitting(self._of.all(connection, of=stream))

    def opened(self, connection: Connection, stream: str) -> Opened:
        """What is kept of a stream, and what of it was erased."""
        rows = self._opened.all(connection, of=stream)
        return Opened(
            _fitting([row[:3] for row in rows]),
            {row[0]: row[3] for row in rows},
            {row[0]: date.fromisoformat(row[4]) for row in rows if row[4]},
        )

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
    return [sealed_of(row) for row in connection.execute(query.order_by(sealed_value.c.seal))]


def sealed_of(row: Row[Any]) -> SealedValue:
    """A value as its row has it."""
    return SealedValue(row.seal, row.stream, row.field, bytes(row.salt), row.value, row.erased_on)


def erased(connection: Connection, seals: Collection[str]) -> dict[str, date]:
    """On which days those of some values that were erased were."""
    c = sealed_value.c
    query = select(c.seal, c.erased_on).where(c.seal.in_(seals), c.erased_on.is_not(None))
    return {row.seal: date.fromisoformat(row.erased_on) for row in connection.execute(query)}


def stand(connection: Connection, seals: Collection[str]) -> bool:
    """Whether none of these values was erased; and none is until this transaction ends."""
    c = sealed_value.c
    held = select(c.seal).where(c.seal.in_(seals), c.erased_on.is_(None)).order_by(c.seal)
    return len(connection.execute(held.with_for_update()).all()) == len(set(seals))


def shred(connection: Connection, seals: Collection[str], on: date) -> int:
    """Empty values and salts, and keep the day; how many there were. What was shredded before
    keeps its day, unless it came back with a backup."""
    shredded = (
        update(sealed_value)
        .where(sealed_value.c.seal == bindparam("of"), sealed_value.c.salt != b"")
        .values(salt=b"", value="", erased_on=on.isoformat())
    )
    return sum(connection.execute(shredded, {"of": seal}).rowcount for seal in sorted(seals))
