"""How far the demonstration was told in an office: asked whenever one is served."""

from permits.store import notes
from permits.store.database import Database

BEGUN, TOLD = "begun", "told"


def begun(database: Database) -> bool:
    """Whether telling was begun here, and interrupted before its end."""
    return _noted(database) == BEGUN


def told(database: Database) -> bool:
    """Whether everything was told here."""
    return _noted(database) == TOLD


def _noted(database: Database) -> str | None:
    with database.read() as connection:
        return notes.noted(connection, notes.DEMONSTRATION)


def note(database: Database, how_far: str) -> None:
    """Note how far it was told."""
    with database.write() as connection:
        notes.put(connection, notes.DEMONSTRATION, how_far)
