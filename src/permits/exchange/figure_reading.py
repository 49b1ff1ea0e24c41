"""Where figures are read: as they stand, or as they were known at the end of a past day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from permits.casework.dates import day_of
from permits.casework.working_days import WorkingDays
from permits.services.office import Office
from permits.services.rebuild import all_made


class Reading(NamedTuple):
    """A database to ask, the calendar that holds there, which day it is, and whether totals are
    kept there."""

    connection: Connection
    calendar: WorkingDays
    today: date
    kept: bool


@contextmanager
def reading(office: Office, known: date | None = None) -> Iterator[Reading]:
    """What stands now, or what was known at the end of a day that is over."""
    if known is None:
        with office.database.moment() as connection:
            kept = all_made(connection)
            yield Reading(connection, office.shelf.calendar, day_of(office.now()), kept)
        return
    with office.known.at_the_end_of(known) as past, past.read() as connection:
        yield Reading(connection, past.calendar, known, kept=True)
