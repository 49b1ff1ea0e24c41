"""What an office notes of itself, by name."""

from sqlalchemy import Connection, select

from permits.store.caseload import upsert
from permits.store.tables import note


def noted(connection: Connection, name: str) -> str | None:
    """What is noted under a name, if anything is."""
    query = select(note.c.value).where(note.c.name == name)
    return connection.execute(query).scalar_one_or_none()


def put(connection: Connection, name: str, value: str) -> None:
    """Note something, in the place of what was noted under the name before."""
    connection.execute(upsert(note, connection.dialect), [{"name": name, "value": value}])
