"""Notes what accounts take along, what is refused them, and what is done at the command line."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from permits.casework.dates import as_text
from permits.casework.envelope import Envelope, Event
from permits.casework.families.access import stream_of
from permits.casework.families.watching import COMMANDS, AccessRefused, CommandRun, FileTaken
from permits.services.records import Records
from permits.store import people
from permits.store.database import Database

WINDOW = timedelta(minutes=10)
EACH_NOTED = 10


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

    def noted(self, account: str | None = None) -> "Iterator[Noted]":
        """What was noted of one account, or of all and of the command line, by time."""
        with self.database.read() as connection:
            names = {one.id: one.username for one in people.everybody(connection)}
            found = [
                Noted.of(envelope, event, names)
                for stream in self._streams(connection, account)
                for envelope, event in self.records.events(connection, stream)
            ]
        yield from sorted(found, key=lambda one: (one.at, one.id))

    def _streams(self, connection: Connection, account: str | None) -> list[str]:
        if account is not None:
            return [stream_of(account)]
        streams = self.records.log.streams
        return [*streams(connection, stream_of("")), *streams(connection, COMMANDS)]


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
    def of(cls, envelope: Envelope, event: Event, names: dict[str, str]) -> "Noted":
        whose = envelope.stream.partition("/")[2]
        return cls(
            at=as_text(envelope.recorded_at),
            account=names.get(whose, whose),
            by=names.get(envelope.actor, envelope.actor),
            kind=envelope.type,
            what=msgspec.to_builtins(event),
            id=envelope.id,
        )
