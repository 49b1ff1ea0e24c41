"""The published definitions and the calendar, as the writer and the pages use them."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, insert, select

from permits.casework.dates import as_text, day_of
from permits.casework.entitlement.policies import STREAM as POLICIES
from permits.casework.families.calendar import STREAM as CALENDAR
from permits.casework.families.calendar import YearPublished
from permits.casework.families.definitions import STREAM as DEFINITIONS
from permits.casework.families.definitions import DefinitionPublished
from permits.casework.families.publishing import SITE
from permits.casework.working_days import PublishedYear, WorkingDays
from permits.definitions.credit_terms import CreditFile
from permits.definitions.edition import Edition, edition
from permits.definitions.loader import Resolved
from permits.definitions.public_rules import Site
from permits.services import published_site
from permits.services.records import By, Records
from permits.services.terms import terms_of
from permits.services.versions import Version, coming, holding
from permits.store import open_cases, published
from permits.store.caseload import upsert
from permits.store.database import Database
from permits.store.published_tables import calendar_year, version

LOOK_AGAIN = 1.0
"""Seconds after which whoever asks looks again: what another process published is seen by then."""


@dataclass(frozen=True)
class Shown:
    """What is published, as one look found it; `seen` are the heads of its streams."""

    seen: Mapping[str, int] = field(default_factory=dict)
    calendar: WorkingDays = field(default_factory=lambda: WorkingDays(()))
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    site: Site | None = None


class Shelf:
    """Reads what is published and keeps it compiled; looks again when the log has moved on.

    `terms` are those of the credit record. Threads share it: what a look found is put up whole, so
    that nobody sees half of it.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        terms: CreditFile | None = None,
    ) -> None:
        self.database = database
        self.now = now
        self.terms = terms or terms_of()
        self.records = Records(database)
        self._shown = Shown()
        self._editions: dict[str, Edition] = {}
        self._looking = threading.RLock()
        self._looked = 0.0
        self.look()

    def look(self) -> None:
        """Look at what is published, in a transaction of its own."""
        with self.database.read() as connection:
            self.refresh(connection)

    def refresh(self, connection: Connection) -> None:
        """Take over what was published since the last look."""
        with self._looking:
            heads = self.records.log.heads(connection, [CALENDAR, DEFINITIONS, POLICIES, SITE])
            seen = {name: head.version for name, head in heads.items()}
            if seen != self._shown.seen:
                self._shown = self._read(connection, seen)
            self._looked = time.monotonic()

    def _read(self, connection: Connection, seen: Mapping[str, int]) -> Shown:
        calendar = self._shown.calendar
        if seen.get(CALENDAR) != self._shown.seen.get(CALENDAR):
            rows = connection.execute(select(calendar_year.c.content)).scalars()
            calendar = _calendar_of(tuple(map(bytes, rows)))
        versions: dict[str, tuple[Version, ...]] = {}
        for row in connection.execute(select(version).order_by(version.c.place)):
            one = Version.of(row.digest, row.effective_from, row.effective_until)
            versions[row.permit] = (*versions.get(row.permit, ()), one)
        today = day_of(self.now())
        for of_permit in versions.values():
            for wanted in (holding(of_permit, today), coming(of_permit, today)):
                if wanted is not None:
                    self._compile(connection, wanted.digest)
        site = published_site.site_of(connection) if SITE in seen else None
        return Shown(seen, calendar, versions, site)

    def _now_and_then(self) -> Shown:
        """What is shown, after another look if the last is long ago. One looks, others go on."""
        old = time.monotonic() - self._looked > LOOK_AGAIN
        if old and self._looking.acquire(blocking=False):
            try:
                self.look()
            finally:
                self._looking.release()
        return self._shown

    @property
    def policies_seen(self) -> int:
        """How many versions of policies had been published at the last look."""
        return self._now_and_then().seen.get(POLICIES, 0)

    @property
    def calendar(self) -> WorkingDays:
        """The published years."""
        return self._now_and_then().calendar

    def site(self, *, look: bool = True) -> Site | None:
        """What administrators published to stand below every page, if they did; by the last look
        if the database is not to be asked."""
        return (self._now_and_then() if look else self._shown).site

    def edition(self, digest: str) -> Edition:
        """The edition a case is bound to. KeyError if it was never published."""
        if digest not in self._editions:
            with self.database.read() as connection:
                self._compile(connection, digest)
        return self._editions[digest]

    def current(self, permit: str, on: date | None = None) -> Edition | None:
        """The edition of a permit type that holds today or on a day: a case filed then is bound
        to it. Where none holds, the next that will, or else the last that did."""
        found = holding(self._versions(permit), on or self._today())
        return self.edition(found.digest) if found is not None else None

    def coming(self, permit: str, on: date | None = None) -> Edition | None:
        """The edition that will hold next after today or a day, if one is published."""
        found = coming(self._versions(permit), on or self._today())
        return self.edition(found.digest) if found is not None else None

    def content(self, digest: str) -> bytes | None:
        """A definition as it was published, byte for byte: its SHA-256 is the digest."""
        with self.database.read() as connection:
            return published.content(connection, digest)

    def versions(self, permit: str) -> list["Placed"]:
        """Every published version of a permit type, in the order in which they were published."""
        with self.database.read() as connection:
            return versions_of(connection, permit)

    def open_cases(self) -> dict[str, int]:
        """How many open cases are bound to each version, by its digest."""
        with self.database.read() as connection:
            return open_cases.by_definition(connection)

    @property
    def permits(self) -> tuple[Edition, ...]:
        """The edition of today of every permit type, by id."""
        names = sorted(self._now_and_then().versions)
        return tuple(one for one in map(self.current, names) if one is not None)

    def _versions(self, permit: str) -> tuple[Version, ...]:
        return self._now_and_then().versions.get(permit, ())

    def _today(self) -> date:
        return day_of(self.now())

    def _compile(self, connection: Connection, digest: str) -> None:
        if digest in self._editions:
            return
        content = published.content(connection, digest)
        if content is None:
            raise KeyError(digest)
        self._editions[digest] = edition(content, digest)

    def publish(self, resolved: Resolved, *, actor: str, now: datetime) -> bool:
        """Publish a checked definition as the newest version of its permit type.

        False, and nothing is written, if it already is the newest.
        """
        with self.database.alone(version) as connection:
            new = self.publish_in(connection, resolved, By(actor), now)
        self.look()
        return new

    def alone(self) -> AbstractContextManager[Connection]:
        """A transaction in which nobody else publishes a version or a year."""
        return self.database.alone(version, calendar_year)

    def furnish(self, definitions: Sequence[Resolved], *, actor: str, now: datetime) -> None:
        """Publish the first definitions of an office together; none, if it has any."""
        with self.database.alone(version) as connection:
            if connection.execute(select(version.c.permit).limit(1)).first() is None:
                for one in definitions:
                    self.publish_in(connection, one, By(actor), now)
        self.look()

    def publish_in(
        self, connection: Connection, resolved: Resolved, by: By, now: datetime
    ) -> bool:
        """The same within a transaction that nobody else publishes in."""
        permit = resolved.definition.permit
        earlier = versions_of(connection, permit.id)
        if earlier and earlier[-1].digest == resolved.digest:
            return False
        published.keep(connection, resolved.digest, resolved.content)
        event = DefinitionPublished(
            permit=permit.id,
            place=len(earlier) + 1,
            digest=resolved.digest,
            effective_from=permit.effective_from,
            effective_until=permit.effective_until,
        )
        self.records.append_by(connection, DEFINITIONS, [event], by, now)
        connection.execute(insert(version), [version_row(event, now)])
        return True

    def load_years(
        self, years: tuple[PublishedYear, ...], *, actor: str, now: datetime
    ) -> tuple[int, ...]:
        """Publish calendar years; which of them were new or said something else than before."""
        with self.database.alone(calendar_year) as connection:
            changed = self.load_years_in(connection, years, By(actor), now)
        self.look()
        return changed

    def load_years_in(
        self, connection: Connection, years: Sequence[PublishedYear], by: By, now: datetime
    ) -> tuple[int, ...]:
        """The same within a transaction that nobody else publishes in."""
        known = year_digests(connection)
        changed = [year for year in years if known.get(year.year) != year.digest]
        if changed:
            events = [YearPublished(year=year, digest=year.digest) for year in changed]
            self.records.append_by(connection, CALENDAR, events, by, now)
            statement = upsert(calendar_year, connection.dialect)
            connection.execute(statement, [year_row(event) for event in events])
        return tuple(year.year for year in changed)


class Placed(NamedTuple):
    """A published version as the table has it, with its place among those of its permit type."""

    permit: str
    place: int
    digest: str
    effective_from: str
    effective_until: str | None
    published_at: str


@lru_cache(maxsize=4)
def _calendar_of(rows: tuple[bytes, ...]) -> WorkingDays:
    """The calendar of years as they were published, made once."""
    return WorkingDays(msgspec.json.decode(row, type=PublishedYear) for row in rows)


def year_digests(connection: Connection) -> dict[int, str]:
    """The digests of the published years."""
    rows = connection.execute(select(calendar_year.c.year, calendar_year.c.digest))
    return {row.year: row.digest for row in rows}


def versions_of(connection: Connection, permit: str) -> list[Placed]:
    """Every published version of a permit type, in the order in which they were published."""
    query = select(version).where(version.c.permit == permit).order_by(version.c.place)
    return [Placed(**row) for row in connection.execute(query).mappings()]


def year_row(event: YearPublished) -> dict[str, object]:
    """The row of a published year."""
    content = msgspec.json.encode(event.year, order="sorted")
    return {"year": event.year.year, "digest": event.digest, "content": content}


def version_row(event: DefinitionPublished, published_at: datetime) -> dict[str, object]:
    """The row of a published definition."""
    return {
        "permit": event.permit,
        "place": event.place,
        "digest": event.digest,
        "effective_from": event.effective_from.isoformat(),
        "effective_until": _iso(event.effective_until),
        "published_at": as_text(published_at),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
