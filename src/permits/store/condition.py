"""Whether the database can be trusted to keep what it is given, told from the faults it answers
with.

A disk that takes no more is waited for: what is there can be read, and whoever writes is told.
After a fault of the disk or a damaged page nothing it says may be believed, so that everybody
stops, and what is found when it is opened again decides. That also holds for a commit that failed
in such a way, or whose answer was lost: it may have been kept, and nobody knows before looking.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError

_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "53100")
_BROKEN = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "58", "XX001", "XX002")
"""What SQLite calls its faults, and the codes PostgreSQL gives them, or how these begin."""

AWAY = (None, "57P01", "57P02", "57P03")
"""How PostgreSQL says that it shuts down, has crashed or is starting; a connection that is lost or
cannot be made has no code at all."""


class NoRoom(Exception):
    """There is no room to write; nothing was written, and what is there can be read."""


class Broken(Exception):
    """The database, or the disk it lies on, is damaged: nothing was kept of what was asked, and
    nothing will be until it is opened again."""


class Unsure(Exception):
    """The database failed in the very commit: what was asked may have been kept or not. What is
    found once it is back decides; the same key asked again then gives the true answer."""


def is_away(error: DBAPIError) -> bool:
    """Whether the database could not be reached, so that the same may succeed once it is back."""
    return isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", "") in AWAY


class Watch:
    """How far what is watched has come: whether it is `committing`."""

    committing = False


class Condition:
    """What is known of a database so far, for all threads that share it."""

    def __init__(self) -> None:
        self.broke = threading.Event()
        self.full = False

    @contextmanager
    def watched(self) -> Iterator[Watch]:
        """Listen to what goes wrong in the block. Broken, before it begins, if nothing may be
        asked of the database any more; Unsure if it was committing when it broke or was lost."""
        if self.broke.is_set():
            raise Broken
        at = Watch()
        try:
            yield at
        except DBAPIError as error:
            name = _name_of(error.orig)
            if name.startswith(_NO_ROOM):
                self.full = True
                raise NoRoom from error
            broken = name.startswith(_BROKEN)
            if broken:
                self.broke.set()
            if at.committing and (broken or is_away(error)):
                raise Unsure from error
            if broken:
                raise Broken from error
            raise


def _name_of(fault: Any) -> str:
    return getattr(fault, "sqlite_errorname", None) or getattr(fault, "sqlstate", None) or ""
