"""The calendar family: years as they are published."""

from permits.casework.envelope import Event
from permits.casework.working_days import PublishedYear

STREAM = "calendar"


class YearPublished(Event, frozen=True):
    """The working days of a year, with the notices that say so; replaces an earlier record."""

    year: PublishedYear
    digest: str
