"""What a case is gone through by: definitions it was bound to, and the calendars there were."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from permits.casework.envelope import Envelope, Event
from permits.casework.families.calendar import YearPublished
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition


class Books(NamedTuple):
    """Editions by their digests; calendars by theirs, and since when each held, oldest first."""

    editions: Mapping[str, Edition]
    calendars: Mapping[str, WorkingDays]
    since: tuple[tuple[datetime, WorkingDays], ...]

    def calendar_at(self, now: datetime) -> WorkingDays:
        """The calendar that held at an instant; without any year before the first was
        published."""
        held = (calendar for begins, calendar in reversed(self.since) if begins <= now)
        return next(held, WorkingDays(()))

    @property
    def newest(self) -> WorkingDays:
        """The calendar that holds now."""
        return self.since[-1][1] if self.since else WorkingDays(())


def books_of(editions: Mapping[str, Edition], calendar: Iterable[tuple[Envelope, Event]]) -> Books:
    """The books made of editions and the events of the calendar."""
    held, since = WorkingDays(()), list[tuple[datetime, WorkingDays]]()
    calendars = {held.digest: held}
    for envelope, event in calendar:
        if isinstance(event, YearPublished):
            held = held.with_year(event.year)
            calendars[held.digest] = held
            since.append((envelope.recorded_at, held))
    return Books(editions, calendars, tuple(since))
