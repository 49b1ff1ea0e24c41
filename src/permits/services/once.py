"""Things outside the log that are made once for each key, however often they are asked for."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from permits.casework.dates import as_text
from permits.casework.refusals import Reason, Refused
from permits.store.database import Database
from permits.store.keys import Answered, Keys


class Asked(msgspec.Struct, frozen=True):
    """Who asks, under which key, and what."""

    actor: str
    key: str
    request: bytes


class Once:
    """Makes things under keys. Kept of each is its id alone: what it holds may be erased."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now
        self._keys = Keys(database.dialect)

    def make(
        self, asked: Asked, thing_id: str, keep: Callable[[Connection], None]
    ) -> str | Refused:
        """Keep a thing and say its id; or say the id of what was kept under the key before."""
        try:
            return self._make(asked, thing_id, keep)
        except IntegrityError:  # the same was asked twice at once, and the other was faster
            return self._make(asked, thing_id, keep)

    def known(self, actor: str, key: str) -> bool:
        """Whether something was made under a key of this actor."""
        with self.database.read() as connection:
            return (actor, key) in self._keys.find(connection, [key])

    def _make(
        self, asked: Asked, thing_id: str, keep: Callable[[Connection], None]
    ) -> str | Refused:
        with self.database.write() as connection:
            request = self._keys.digest(connection, asked.request)
            known = self._keys.find(connection, [asked.key]).get((asked.actor, asked.key))
            if known is not None:
                same = known[0] == request
                return known[1].decode() if same else Refused(Reason.KEY_REUSED)
            at = as_text(self.now())
            answered = Answered(asked.actor, asked.key, request, thing_id.encode(), at)
            self._keys.put(connection, [answered])
            keep(connection)  # last: what it does outside the database is not undone
        return thing_id


def digest_source(*parts: object) -> bytes:
    """The bytes under which a repeated request is known as the same."""
    return msgspec.json.encode(parts, order="sorted")
