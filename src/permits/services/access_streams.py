"""What is written to the streams of accounts, with what accounts may do made of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from permits.casework.dates import day_of
from permits.casework.envelope import Event
from permits.casework.families import access
from permits.casework.families.access import Standing
from permits.services.records import By, Records
from permits.store import people
from permits.store.database import Database


class AccessStreams:
    """Notes events of accounts within the caller's transaction."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.now = now
        self._records = Records(database)

    def standing(self, connection: Connection, account: str) -> Standing:
        """What an account may do, as its stream leaves it; closed if there is none. It is read
        from its row, for in the stream stands whatever was ever noted of the account."""
        return people.standing_of(connection, account)

    def note(
        self, connection: Connection, account: str, events: Sequence[Event], by: By
    ) -> Standing:
        """Append events, and put what the account may do from now on."""
        self._records.append_by(connection, access.stream_of(account), events, by, self.now())
        now = access.standing_after(self.standing(connection, account), events)
        people.put_standing(connection, account, now)
        return now

    def end_substitutions(self, connection: Connection, account: str, by: By) -> None:
        """End what an account stands in for, and who stands in for it, where it is not over:
        whoever leaves a place leaves the roles that hang on it."""
        held, today = self.standing(connection, account), day_of(self.now())
        for one in held.places:
            if one.last >= today:
                self.recall(connection, Recalled(one.id, one.account, account), by)
        for one in held.substitutes:
            if one.last >= today:
                self.recall(connection, Recalled(one.id, account, one.account), by)

    def recall(self, connection: Connection, gone: "Recalled", by: By) -> None:
        """End a substitution, in the streams of both."""
        recalled = access.SubstituteRecalled(substitution=gone.substitution)
        self.note(connection, gone.holder, [recalled], by)
        left = access.PlaceLeft(substitution=gone.substitution)
        self.note(connection, gone.substitute, [left], by)


class Recalled(NamedTuple):
    """A substitution that ends before its time, of whom and by whom."""

    substitution: str
    holder: str
    substitute: str
