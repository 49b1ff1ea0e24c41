"""How an office runs: what waits, what failed, how long the calendar reaches, how full the disk
is, which versions it is made of."""

import math
import platform
import shutil
from collections.abc import Callable
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from permits.casework.access import Actor
from permits.casework.dates import day_of
from permits.casework.families import access
from permits.casework.families.watching import OfficeAdministered
from permits.casework.publishing import Fault
from permits.casework.standings import Charge, charged
from permits.services.records import By, Records
from permits.services.shelf import Shelf
from permits.store import open_cases, outbox_state
from permits.store.database import Database, sqlite_library
from permits.store.open_cases import Lights
from permits.store.outbox_state import Counts, Troubled
from permits.store.placing import Placing, placing

MOST_TROUBLED = 100


class State(NamedTuple):
    """How the office stands now. `calendar_until` is the last day of the published years, None
    if there are none; disk figures are bytes of the volume that holds the data folder; `paused`
    says why nothing goes out, empty if it does; `untold` is how many dates passed and still wait,
    and the oldest of them; `placing` how far the log is signed."""

    now: datetime
    outbox: Counts
    open_cases: int
    calendar_until: date | None
    disk_free: int
    disk_size: int
    versions: dict[str, str]
    paused: str
    lights: Lights
    untold: tuple[int, date | None]
    placing: Placing

    @property
    def unsigned_for(self) -> float:
        """Seconds since the newest checkpoint if anything waits for another, else 0; without end
        if nothing was ever signed."""
        waiting, placed, signed, at = self.placing
        if not waiting and placed == signed:
            return 0.0
        if not at:
            return math.inf
        return max((self.now - datetime.fromisoformat(at)).total_seconds(), 0.0)


class Running:
    """Tells how the office stands, and begins anew with what was given up."""

    def __init__(
        self, database: Database, shelf: Shelf, data: Path, now: Callable[[], datetime]
    ) -> None:
        self.database = database
        self.shelf = shelf
        self.data = data
        self.now = now
        self._records = Records(database)

    def state(self) -> State:
        now, years = self.now(), self.shelf.calendar.years
        disk = shutil.disk_usage(self.data)
        with self.database.read() as connection:
            return State(
                now,
                outbox_state.counts(connection, now),
                open_cases.count(connection),
                date(years[-1].year, 12, 31) if years else None,
                disk.free,
                disk.total,
                self._versions(connection),
                outbox_state.paused(connection),
                open_cases.by_light(connection, day_of(now)),
                open_cases.untold(connection, day_of(now)),
                placing(connection),
            )

    def _versions(self, connection: Connection) -> dict[str, str]:
        return {
            "permits": version("permits"),
            "Python": platform.python_version(),
            **_version_of_database(connection),
        }

    def paused(self) -> str:
        """Why nothing goes out and no date is told; empty if everything goes on."""
        with self.database.read() as connection:
            return outbox_state.paused(connection)

    def troubled(self) -> list[Troubled]:
        """Messages that could not be delivered, those that were given up first."""
        with self.database.read() as connection:
            return outbox_state.troubled(connection, MOST_TROUBLED)

    def try_again(self, task: str, by: Actor) -> int | Fault:
        """Begin anew with a message that was given up, or with all of them; how many."""
        role = charged(by, Charge.RUN, "")
        if role is None:
            return Fault.NOT_YOURS
        with self.database.write() as connection:
            number = outbox_state.try_again(connection, task, self.now())
            if number:
                done = OfficeAdministered("try_again", str(number))
                stream = access.stream_of(by.id)
                self._records.append_by(connection, stream, [done], By(by.id, role), self.now())
        return number


def _version_of_database(connection: Connection) -> dict[str, str]:
    if connection.dialect.name == "sqlite":
        return {"SQLite": str(sqlite_library().sqlite_version)}
    numbers = connection.dialect.server_version_info or ()
    return {"PostgreSQL": ".".join(map(str, numbers))}
