"""Notes what accounts take along, what is refused them, and what is done at the command line."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from permits.casework.envelope import Event
from permits.casework.families.access import stream_of
from permits.casework.families.watching import COMMANDS, AccessRefused, CommandRun, FileTaken
from permits.services.records import Records
from permits.store import access_log, people
from permits.store.access_log import Entry, Wanted
from permits.store.database import Database

WINDOW = timedelta(minutes=10)
EACH_NOTED = 10
AT_ONCE = 1_000


class Watching:
    """Appends to the streams of accounts, and reads them again for whoever audits."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now
        self.records = Records(database)

    def taken(self, account: str, what: str, of: Sequence[str]) -> None:
        """Note that a file goes to an account."""
        with self.database.write() as connection:
            self._append(connection, stream_of(account), FileTaken(what, tuple(of)), account)

    def refused(self, account: str, what: str, of: Sequence[str], status: int) -> None:
        """Note that an account was refused something.

        Whoever tries one address after the other shall be seen, and not fill the log: of many
        refusals within the window the first few are noted, then the hundredth, the thousandth.
        """
        now, subject = self.now(), f"refused:{account}"
        with self.database.write() as connection:
            people.count_attempt(connection, subject, now)
            times = people.attempts_since(connection, subject, now - WINDOW)
            if worth_noting(times):
                refused = AccessRefused(what, tuple(of), status, times)
                self._append(connection, stream_of(account), refused, account)

    def command(self, command: str, about: str, operator: str, *, actor: str) -> None:
        """Note what was done at the command line."""
        with self.database.write() as connection:
            self._append(connection, COMMANDS, CommandRun(command, about, operator), actor)

    def _append(self, connection: Connection, stream: str, event: Event, actor: str) -> None:
        self.records.append(connection, stream, [event], actor=actor, now=self.now())

    def noted(self, wanted: Wanted) -> "Iterator[Noted]":
        """What was noted, the newest first: what the page lists, each with all that was noted."""
        with self.database.snapshot() as connection:
            for page in access_log.every(connection, wanted, AT_ONCE):
                told = access_log.told(connection, page)
                yield from (Noted.of(entry, told[entry.id]) for entry in page)


def worth_noting(times: int) -> bool:
    """Whether the so-many-th refusal of an account within the window is noted."""
    return times <= EACH_NOTED or str(times).rstrip("0") == "1"


class Noted(msgspec.Struct, frozen=True):
    """One line of the access log: when (UTC), whose account, by whom, what kind, what exactly."""

    at: str
    account: str
    by: str
    kind: str
    what: dict[str, object]
    id: str

    @classmethod
    def of(cls, entry: Entry, event: Event) -> "Noted":
        return cls(
            at=entry.at,
            account=entry.username or entry.account,
            by=entry.by_username or entry.actor,
            kind=entry.kind,
            what=msgspec.to_builtins(event),
            id=entry.id,
        )
