"""Series of numbers: read before deciding, taken in the transaction that decides."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.engine import Dialect

from permits.casework.envelope import Event
from permits.casework.families.documents import DocumentDrawnUp
from permits.casework.families.fees import FeePaid
from permits.casework.families.filing import Filed
from permits.store.database import Prepared
from permits.store.tables import number_series


class Place(NamedTuple):
    """A place in a series that an event took."""

    series: str
    place: int


def places(events: Iterable[Event]) -> Iterable[Place]:
    """The places that events took, as the events say it."""
    for event in events:
        if isinstance(event, DocumentDrawnUp | FeePaid):
            yield Place(event.series, event.place)
        elif isinstance(event, Filed):
            _prefix, day, place = event.number.rsplit("-", 2)
            yield Place(f"case/{event.authority}/{day}", int(place))


def authority_and_period(series: str) -> tuple[str, str]:
    """`document/bureau/受/2022` → bureau, 2022; `case/bureau/20220609` → bureau, 20220609."""
    parts = series.split("/")
    return parts[1], parts[-1]


class Numbers:
    """Reads the series of an authority for a year and a day within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._read = Prepared(
            select(number_series.c.series, number_series.c.last)
            .where(
                number_series.c.authority == bindparam("authority"),
                number_series.c.period.in_([bindparam("year"), bindparam("day")]),
            )
            .order_by(number_series.c.series)
            .with_for_update(),
            dialect,
        )

    def read(self, connection: Connection, authority: str, day: str) -> dict[str, int]:
        """The last places taken; on PostgreSQL the rows stay locked until the transaction ends,
        so that two writers take numbers one after the other."""
        rows = self._read.all(connection, authority=authority, year=day[:4], day=day)
        return {row[0]: row[1] for row in rows}
