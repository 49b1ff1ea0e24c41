"""The access log goes to a collector on another machine: whoever has this one cannot take back
what was told there."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from permits.casework.dates import as_text
from permits.casework.families.access import SignInFailed, StepUpFailed
from permits.casework.families.watching import AccessRefused
from permits.outside.log_collector import Collector, Line
from permits.services.office import Office
from permits.services.watching import Noted
from permits.store import access_log, notes
from permits.store.access_log import Entry
from permits.store.database import Database

NOTE = "access log told until"
AT_ONCE = 500
OVERLAP = timedelta(minutes=5)
"""What was noted at an instant can become visible after what was noted later: so far back is
looked again, and what was told already is left out. No transaction takes as long."""

WARNING = frozenset(one.__name__ for one in (SignInFailed, StepUpFailed, AccessRefused))
"""What somebody should look at if there is much of it."""


class Takes(Protocol):
    """Whoever takes lines, all of them or OSError."""

    def take(self, lines: Sequence[Line]) -> None: ...


class Told(msgspec.Struct):
    """Until which instant everything was told, and what was told of the last minutes before it:
    instants by ids."""

    until: str = ""
    lately: dict[str, str] = msgspec.field(default_factory=dict)


class Shipping:
    """Tells a collector what was noted, each entry once; twice if the collector went away before
    it said that it had taken it."""

    def __init__(self, database: Database, collector: Takes) -> None:
        self.database = database
        self.collector = collector

    def ship(self) -> int:
        """Tell what was not told yet; how many entries that were. OSError if the collector does
        not take them: then they are told the next time."""
        with self.database.read() as connection:
            raw = notes.noted(connection, NOTE)
        told = Told() if raw is None else msgspec.json.decode(raw, type=Told)
        count = 0
        for entries in self._since(_earlier(told.until)):
            new = [one for one in entries if one.id not in told.lately]
            if not new:
                continue
            self.collector.take([_line(one) for one in self._noted(new)])
            count += len(new)
            told = _after(told, new)
            with self.database.write() as connection:
                notes.put(connection, NOTE, msgspec.json.encode(told).decode())
        return count

    def _since(self, instant: str) -> Iterator[Sequence[Entry]]:
        after = (instant, "")
        while True:
            with self.database.read() as connection:
                page = access_log.following(connection, after, AT_ONCE)
            if not page:
                return
            yield page
            after = (page[-1].at, page[-1].id)

    def _noted(self, entries: Sequence[Entry]) -> list[Noted]:
        with self.database.read() as connection:
            events = access_log.told(connection, entries)
        return [Noted.of(one, events[one.id]) for one in entries]


def shipping_of(office: Office) -> Shipping | None:
    """How this office tells its access log, if it does."""
    settings = office.settings
    if not settings.log_to:
        return None
    return Shipping(office.database, Collector(settings.log_to, settings.log_ca))


def _earlier(instant: str) -> str:
    return as_text(datetime.fromisoformat(instant) - OVERLAP) if instant else ""


def _after(told: Told, new: Sequence[Entry]) -> Told:
    """What is known once these were told too."""
    lately = {**told.lately, **{one.id: one.at for one in new}}
    until = max([told.until, *lately.values()])
    since = _earlier(until)
    return Told(until, {one: at for one, at in lately.items() if at >= since})


def _line(one: Noted) -> Line:
    return Line(one.at, one.kind, msgspec.to_builtins(one), warns=one.kind in WARNING)
