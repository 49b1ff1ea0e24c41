"""How much a database holds: what a backup says of it, with which a restored one is compared."""

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from permits.casework.dates import as_text
from permits.casework.envelope import open_record
from permits.store import migrations
from permits.store.portable import tables_of
from permits.store.tables import event, stream


class Extent(NamedTuple):
    """The rows of each table, how many events and streams there are, when the newest event was
    recorded (empty if there is none), and which shape the database has."""

    counts: dict[str, int]
    events: int
    streams: int
    last_at: str
    revision: str


def extent(connection: Connection) -> Extent:
    """How much there is, as the transaction sees it."""
    counts = {
        str(table.name): connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables_of(connection)
    }
    return Extent(
        counts,
        counts[event.name],
        counts[stream.name],
        _last_at(connection),
        migrations.revision_of(connection),
    )


def _last_at(connection: Connection) -> str:
    """Ids of events sort by when they were made."""
    newest = select(event.c.record).order_by(event.c.id.desc()).limit(1)
    record = connection.execute(newest).scalar_one_or_none()
    if record is None:
        return ""
    return as_text(open_record(bytes(record))[0].recorded_at)
