"""Where the figures of a page are read."""

from contextlib import AbstractContextManager
from datetime import date

from permits.exchange import figure_reading
from permits.exchange.figure_reading import Reading
from permits.web.visits import Visit


def reading(visit: Visit, known: date | None) -> AbstractContextManager[Reading]:
    """What stands now, or what was known at the end of a day that is over."""
    return figure_reading.reading(visit.office, known)
