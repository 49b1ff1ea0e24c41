"""What a simulation reads, for its page and for programs."""

from permits.analytics import moved_cases
from permits.analytics.moved_cases import Asked, Books, Ordinary
from permits.analytics.simulating import Checks
from permits.services.office import Office
from permits.store.event_log import EventLog

SAMPLES = 1000
"""How often cases are drawn for somebody who waits for the answer."""

MOST_AHEAD, MOST_SEED = 10_000, 999_999_999


def read(office: Office, asked: Asked) -> tuple[Ordinary, Checks | None]:
    """The cases, and the checks that were made."""
    books = Books(EventLog(office.database.dialect), office.shelf.edition, office.shelf.calendar)
    with office.database.read() as connection:
        found = moved_cases.ordinary(connection, asked, books)
        return found, moved_cases.checks(connection, asked.today.permit)
