"""What somebody typed into a form whose session ended before it was sent: kept for a day, for the
account whose session it was and for no other."""

import secrets
from collections.abc import Callable
from datetime import datetime

from permits.store import unsent
from permits.store.database import Database
from permits.store.sessions import Sessions, hash_of
from permits.store.unsent import Fields


class Unsent:
    """Keeps what was typed until the person has signed in again."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now
        self._sessions = Sessions(database.dialect)

    def keep(self, token: str, csrf: str, page: str, fields: Fields) -> bool:
        """Keep a form of a page for the account whose session the token was of. False, and nothing
        is kept, if the session is not known any more, the form does not carry its token, or the
        account is closed: then nobody can say who typed it."""
        with self.database.write() as connection:
            found = self._sessions.find(connection, hash_of(token))
            if found is None:
                return False
            account = found.account
            theirs = secrets.compare_digest(csrf.encode(), found.session.csrf.encode())
            if not theirs or not account.open:
                return False
            unsent.keep(connection, account.id, page, fields, self.now())
        return True

    def of(self, account: str, page: str) -> list[tuple[str, str]] | None:
        """What an account had typed on a page; None if nothing is kept of it."""
        with self.database.read() as connection:
            return unsent.find(connection, account, page)

    def discard(self, account: str, page: str) -> None:
        """It was sent now."""
        with self.database.write() as connection:
            unsent.remove(connection, account, page)
