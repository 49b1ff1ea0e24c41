"""What an office notes of itself, by name."""

from sqlalchemy import Connection, delete, select

from permits.store.caseload import upsert
from permits.store.database import Database
from permits.store.tables import note


def noted(connection: Connection, name: str) -> str | None:
    """What is noted under a name, if anything is."""
    query = select(note.c.value).where(note.c.name == name)
    return connection.execute(query).scalar_one_or_none()


DEMONSTRATION = "demonstration"
"""The name under which it is noted how far the stories of the demonstration were told."""


def is_demonstration(database: Database) -> bool:
    """Whether the cases of this office are, or begin to be, those of the demonstration."""
    with database.read() as connection:
        return noted(connection, DEMONSTRATION) is not None


def put(connection: Connection, name: str, value: str) -> None:
    """Note something, in the place of what was noted under the name before."""
    connection.execute(upsert(note, connection.dialect), [{"name": name, "value": value}])


def take_away(connection: Connection, name: str) -> None:
    """Note nothing under a name any more."""
    connection.execute(delete(note).where(note.c.name == name))
