"""Whether the database can be trusted to keep what it is given, told from the faults it answers
with.

A disk that takes no more is waited for: what is there can be read, and whoever writes is told.
After a fault of the disk or a damaged page nothing it says may be believed, so that everybody
stops, and what is found when it is opened again decides.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError

_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "53100")
_BROKEN = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "58", "XX001", "XX002")
"""What SQLite calls its faults, and the codes PostgreSQL gives them, or how these begin."""


class NoRoom(Exception):
    """There is no room to write; nothing was written, and what is there can be read."""


class Broken(Exception):
    """The database, or the disk it lies on, is damaged; nothing was written, nothing will be."""


class Condition:
    """What is known of a database so far, for all threads that share it."""

    def __init__(self) -> None:
        self.broke = threading.Event()
        self.full = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Listen to what goes wrong in the block. Broken, before it begins, if nothing may be
        asked of the database any more."""
        if self.broke.is_set():
            raise Broken
        try:
            yield
        except DBAPIError as error:
            name = _name_of(error.orig)
            if name.startswith(_NO_ROOM):
                self.full = True
                raise NoRoom from error
            if name.startswith(_BROKEN):
                self.broke.set()
                raise Broken from error
            raise


def _name_of(fault: Any) -> str:
    return getattr(fault, "sqlite_errorname", None) or getattr(fault, "sqlstate", None) or ""
