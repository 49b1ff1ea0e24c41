"""How much was uploaded: counted as it comes, never added up over what is there."""

from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, select, update

from permits.store.caseload import unless_there
from permits.store.tables import upload, upload_tally


def add(connection: Connection, of: str, on: date, size: int) -> int:
    """Count bytes of a party, or at a place, on a day; how many it is now. Nobody else counts for
    the same until this transaction ends."""
    key = {"of": of, "on": on.isoformat()}
    connection.execute(unless_there(upload_tally, connection.dialect), [{**key, "size": 0}])
    counted = (
        update(upload_tally)
        .where(upload_tally.c.of == key["of"], upload_tally.c.on == key["on"])
        .values(size=upload_tally.c.size + size)
    )
    connection.execute(counted)
    return of_day(connection, of, on)


def of_day(connection: Connection, of: str, on: date) -> int:
    """How many bytes were counted of a party, or at a place, on a day."""
    row = select(upload_tally.c.size).where(
        upload_tally.c.of == of, upload_tally.c.on == on.isoformat()
    )
    return int(connection.execute(row).scalar_one_or_none() or 0)


def at(connection: Connection, place: str) -> tuple[int, int]:
    """How many files lie at a place, and how many bytes they have together."""
    lying = select(func.count(), func.coalesce(func.sum(upload.c.size), 0))
    count, size = connection.execute(lying.where(upload.c.place == place)).one()
    return int(count), int(size)


def forget(connection: Connection, today: date) -> int:
    """Forget the days before yesterday; how many rows there were."""
    old = upload_tally.c.on < (today - timedelta(days=1)).isoformat()
    return connection.execute(delete(upload_tally).where(old)).rowcount
