"""How much was uploaded: counted as it comes, never added up over what is there."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import ReturningInsert

from permits.store.caseload import inserting
from permits.store.compiled import of_kind
from permits.store.tables import upload, upload_tally

_LYING = select(func.count(), func.coalesce(func.sum(upload.c.size), 0)).where(
    upload.c.place == bindparam("at")
)


def add(connection: Connection, of: str, on: date, size: int) -> int:
    """Count bytes of a party, or at a place, on a day; how many it is now. Nobody else counts for
    the same until this transaction ends."""
    row = {"of": of, "on": on.isoformat(), "size": size}
    return int(connection.execute(of_kind(_adding, connection.dialect), row).scalar_one())


def _adding(dialect: Dialect) -> ReturningInsert[Any]:
    new = inserting(upload_tally, dialect)
    counted = new.on_conflict_do_update(
        index_elements=[upload_tally.c.of, upload_tally.c.on],
        set_={"size": upload_tally.c.size + new.excluded.size},
    )
    adding: ReturningInsert[Any] = counted.returning(upload_tally.c.size)
    return adding


def of_day(connection: Connection, of: str, on: date) -> int:
    """How many bytes were counted of a party, or at a place, on a day."""
    row = select(upload_tally.c.size).where(
        upload_tally.c.of == of, upload_tally.c.on == on.isoformat()
    )
    return int(connection.execute(row).scalar_one_or_none() or 0)


def at(connection: Connection, place: str) -> tuple[int, int]:
    """How many files lie at a place, and how many bytes they have together."""
    count, size = connection.execute(_LYING, {"at": place}).one()
    return int(count), int(size)


def forget(connection: Connection, today: date) -> int:
    """Forget the days before yesterday; how many rows there were."""
    old = upload_tally.c.on < (today - timedelta(days=1)).isoformat()
    return connection.execute(delete(upload_tally).where(old)).rowcount
