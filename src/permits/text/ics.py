"""Dates as a calendar file (RFC 5545), which calendars of people read and read again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec
from icalendar import Calendar, Event


class Entry(msgspec.Struct, frozen=True):
    """A date with what is due on it. `of` names it for good: an entry that is read again takes the
    place of the earlier one, also if its day has moved."""

    of: tuple[str, str, str]
    day: date
    says: str
    about: str
    address: str
    provisional: bool


def calendar(name: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """A calendar of whole days. What is provisional, since the year's public holidays are not
    published, is tentative."""
    made = Calendar()
    made.add("prodid", "-//permits//dates//")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    for entry in entries:
        made.add_component(_event(entry, now))
    return bytes(made.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{'.'.join(entry.of).replace('/', '-')}@permits")
    event.add("dtstamp", now)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.says)
    event.add("description", entry.about)
    event.add("url", entry.address)
    event.add("status", "TENTATIVE" if entry.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
