"""The published definitions and the calendar, as the writer and the pages use them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import msgspec
from sqlalchemy import Connection, insert, select

from permits.casework.families.calendar import STREAM as CALENDAR
from permits.casework.families.calendar import YearPublished
from permits.casework.families.definitions import STREAM as DEFINITIONS
from permits.casework.families.definitions import DefinitionPublished
from permits.casework.working_days import PublishedYear, WorkingDays
from permits.definitions.edition import Edition, edition
from permits.definitions.loader import Resolved
from permits.services.records import Records
from permits.store import published
from permits.store.caseload import upsert
from permits.store.database import Database
from permits.store.tables import calendar_year, version


class Shelf:
    """Reads what is published and keeps it compiled; looks again when the log has moved on."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.records = Records(database)
        self.calendar = WorkingDays(())
        self._seen: Mapping[str, int] = {}
        self._editions: dict[str, Edition] = {}
        self._current: dict[str, str] = {}
        self.look()

    def look(self) -> None:
        """Look at what is published, in a transaction of its own."""
        with self.database.read() as connection:
            self.refresh(connection)

    def refresh(self, connection: Connection) -> None:
        """Take over what was published since the last look."""
        heads = self.records.log.heads(connection, [CALENDAR, DEFINITIONS])
        seen = {name: head.version for name, head in heads.items()}
        if seen == self._seen:
            return
        if seen.get(CALENDAR) != self._seen.get(CALENDAR):
            rows = connection.execute(select(calendar_year.c.content)).scalars()
            years = [msgspec.json.decode(bytes(row), type=PublishedYear) for row in rows]
            self.calendar = WorkingDays(years)
        query = select(version.c.permit, version.c.digest).order_by(version.c.place)
        self._current = {row.permit: row.digest for row in connection.execute(query)}
        for digest in self._current.values():
            self._compile(connection, digest)
        self._seen = seen

    def edition(self, digest: str) -> Edition:
        """The edition a case is bound to. KeyError if it was never published."""
        if digest not in self._editions:
            with self.database.read() as connection:
                self._compile(connection, digest)
        return self._editions[digest]

    def current(self, permit: str) -> Edition | None:
        """The newest edition of a permit type, to which a new case is bound."""
        digest = self._current.get(permit)
        return self._editions[digest] if digest is not None else None

    @property
    def permits(self) -> tuple[Edition, ...]:
        """The newest edition of every permit type, by id."""
        return tuple(self._editions[self._current[name]] for name in sorted(self._current))

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
        permit = resolved.definition.permit
        with self.database.write() as connection:
            query = select(version).where(version.c.permit == permit.id).order_by(version.c.place)
            earlier = connection.execute(query).all()
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
            self.records.append(connection, DEFINITIONS, [event], actor=actor, now=now)
            connection.execute(insert(version), [version_row(event, now)])
        self.look()
        return True

    def load_years(
        self, years: tuple[PublishedYear, ...], *, actor: str, now: datetime
    ) -> tuple[int, ...]:
        """Publish calendar years; which of them were new or said something else than before."""
        with self.database.write() as connection:
            known = {year.year: year.digest for year in self.calendar.years}
            changed = [year for year in years if known.get(year.year) != year.digest]
            if changed:
                events = [YearPublished(year=year, digest=year.digest) for year in changed]
                self.records.append(connection, CALENDAR, events, actor=actor, now=now)
                statement = upsert(calendar_year, connection.dialect)
                connection.execute(statement, [year_row(event) for event in events])
        self.look()
        return tuple(year.year for year in changed)


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
        "published_at": published_at.astimezone(UTC).isoformat(),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
