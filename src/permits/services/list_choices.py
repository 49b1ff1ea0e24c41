"""How an officer looks at lists, and the lists they saved to come back to."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from permits.store import list_choices
from permits.store.database import Database
from permits.store.list_choices import Choice, Saved

MOST_SAVED = 20
LONGEST_NAME = 40


class Chosen(NamedTuple):
    """What an account chose; None if nothing yet. And its saved lists, by name."""

    choice: Choice | None
    saved: tuple[Saved, ...]


class ListChoices:
    """Reads and keeps how accounts look at lists."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now

    def of(self, account: str) -> Chosen:
        with self.database.read() as connection:
            every = list_choices.searches(connection, account)
            saved = tuple(one for one in every if not one.query.startswith("/"))
            return Chosen(list_choices.of(connection, account), saved)

    def questions(self, account: str) -> tuple[Saved, ...]:
        """The questions about figures that an account saved: those have a whole address."""
        with self.database.read() as connection:
            every = list_choices.searches(connection, account)
            return tuple(one for one in every if one.query.startswith("/"))

    def choose(self, account: str, choice: Choice) -> None:
        with self.database.write() as connection:
            list_choices.choose(connection, account, choice)

    def save(self, account: str, saved: Saved) -> bool:
        """Save a list, in the place of one of that name; False if there are too many others."""
        with self.database.write() as connection:
            return list_choices.save(connection, account, saved, self.now(), MOST_SAVED)

    def drop(self, account: str, name: str) -> None:
        with self.database.write() as connection:
            list_choices.drop(connection, account, name)
