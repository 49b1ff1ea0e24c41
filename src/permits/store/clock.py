"""What time it is: by the clock of the machine where it alone has the database, by that of the
database where several machines share it, whose own clocks may differ."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from permits import settings
from permits.store.condition import Broken
from permits.store.database import Database

LOOKS = 60.0
"""Seconds between two looks at the clock of the database."""

ASKS = text("SELECT clock_timestamp()")


def clock_of(database: Database) -> Callable[[], datetime]:
    """The clock by which everybody who works in a database goes, in UTC."""
    return settings.now if database.is_sqlite else DatabaseClock(database)


class DatabaseClock:
    """Goes by the clock of a PostgreSQL server, and between two looks at it by the seconds that
    `elapsed`, which nobody sets. While the server is away it goes on as it went; asked for the
    first time it raises what came between."""

    def __init__(self, database: Database, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._elapsed = elapsed
        self._looking = threading.Lock()
        self._shown = self._look()

    def __call__(self) -> datetime:
        shown, since = self._shown
        gone = self._elapsed() - since
        if gone >= LOOKS and self._looking.acquire(blocking=False):
            try:
                self._shown = shown, since = self._look()
            except (SQLAlchemyError, Broken):
                self._shown = shown, since = shown + timedelta(seconds=gone), since + gone
            finally:
                self._looking.release()
            gone = self._elapsed() - since
        return shown + timedelta(seconds=gone)

    def _look(self) -> tuple[datetime, float]:
        """What the server shows, and the seconds at which it did: half-way between question and
        answer."""
        with self._database.read() as connection:
            asked = self._elapsed()
            shown = connection.execute(ASKS).scalar_one()
            answered = self._elapsed()
        return shown.astimezone(UTC), (asked + answered) / 2
