"""Values beside the log are shredded, and an event says who had it done, when and on what basis.

The log keeps its seals, which mean nothing without value and salt, so that every figure and the
chain of hashes stay as they are.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from itertools import islice

import msgspec
from sqlalchemy import Connection

from permits.casework.dates import day_of
from permits.casework.families.erasing import Cause, ValuesErased, stream_of
from permits.casework.parts import Seal
from permits.outside.files import Files
from permits.services.keeping import Kept
from permits.services.records import Records
from permits.store import documents, personal, vault
from permits.store.database import Database
from permits.store.drafts import Upload

SETTLED = timedelta(days=1)
"""A file is left alone for so long after it came in: somebody may be about to note it."""


MOST_AT_ONCE = 500


class Why(msgspec.Struct, frozen=True):
    """Who has something erased, why, and on what basis in law."""

    actor: str
    cause: Cause
    basis: str


class Erasing:
    """Shreds values and takes files away."""

    def __init__(self, database: Database, files: Files, now: Callable[[], datetime]) -> None:
        self.database = database
        self.files = files
        self.now = now
        self._records = Records(database)

    def shred(
        self,
        connection: Connection,
        kept: Kept,
        seals: Collection[Seal],
        uploads: Collection[Upload],
        why: Why,
    ) -> None:
        """Erase values and uploads of a stream, and say so in the log, in one transaction."""
        now = self.now()
        fields = {one.seal: one.field for one in kept.values if one.seal in seals}
        # First, so that whoever is just keeping a document with one of these waits or is seen.
        vault.shred(connection, fields, day_of(now))
        drawn = documents.forget(connection, kept.stream, fields)
        told = ValuesErased(
            of=kept.stream,
            cause=why.cause,
            basis=why.basis,
            seals=fields,
            files={one.sha256: one.material for one in uploads}
            | {one.sha256: one.number for one in drawn},
        )
        personal.erase_uploads(connection, [one.id for one in uploads], day_of(now))
        self._records.append(connection, stream_of(kept.stream), [told], actor=why.actor, now=now)

    def sweep(self) -> int:
        """Remove the files that no upload is of any more, and those that settled in a transaction
        that failed after all; how many. One at a time: what was removed before somebody stopped
        this is removed, and the rest is removed the next time."""
        before = self.now() - SETTLED
        with self.database.read() as connection:
            found = personal.unheld_files(connection, before)
        return sum(self._removed(one, before) for one in (*found, *self._unnoted(before)))

    def _unnoted(self, before: datetime) -> Iterator[str]:
        """What lies in the store and was never noted."""
        for some in batched(self.files.kept(before), MOST_AT_ONCE):
            with self.database.read() as connection:
                found = personal.unnoted(connection, some)
            yield from found

    def _removed(self, sha256: str, before: datetime) -> bool:
        # Alone, so that nobody is just noting an upload of the same content.
        with personal.uploads_at_rest(self.database) as connection:
            if not personal.unheld(connection, sha256, before):
                return False
            if not self.files.remove(sha256, before):
                return False
            personal.forget_file(connection, sha256)
            return True


def batched(found: Iterator[str], most: int) -> Iterator[list[str]]:
    """So many at a time."""
    while some := list(islice(found, most)):
        yield some
