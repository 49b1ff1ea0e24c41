"""Commands about parties on their way to the writer, and what is written of them."""

import threading
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection
from sqlalchemy.engine import Dialect

from permits.casework import party_commands as c
from permits.casework.access import Actor
from permits.casework.envelope import Envelope, Event
from permits.casework.families.parties import stream_of
from permits.casework.party import Party
from permits.casework.party_fold import fold_all
from permits.casework.streams import read_event
from permits.store.event_log import NEW, Appended, EventLog, Head
from permits.store.outbox import Task
from permits.store.parties import PartyRows
from permits.store.vault import SealedValue


class PartyOrder(msgspec.Struct, frozen=True):
    """A command about the party with a credit code. `case_id` is the case it speaks of, if it
    does; `seen` the version of the record the person had before them, if they say so."""

    code: str
    command: c.PartyCommand
    actor: Actor
    key: str
    request: bytes
    sealed: tuple[SealedValue, ...] = ()
    seen: int | None = None
    case_id: str = ""

    @property
    def others(self) -> tuple[str, ...]:
        """The parties it speaks of besides."""
        return (self.command.into,) if isinstance(self.command, c.MergeParty) else ()


class MadeOfParty(msgspec.Struct, frozen=True):
    """What a decision brings about in a party's record; no rows if its standing was only looked
    at, and must be as it was."""

    party: Party
    appended: Appended
    rows: PartyRows | None
    tasks: tuple[Task, ...]


class PartyReader:
    """Reads parties from the log. One that was read before is only a head start: the log says how
    far it goes. Not to be shared by threads, but for what is only shown."""

    def __init__(self, dialect: Dialect) -> None:
        self._log = EventLog(dialect)
        self._known: dict[str, Party] = {}
        self._seen: dict[str, _Seen] = {}
        self._seeing = threading.Lock()

    def read(self, connection: Connection, code: str) -> tuple[Party, Head]:
        """The party of a code with the head of its stream; a new one if nothing is known of it."""
        head = self._log.heads(connection, [stream_of(code)]).get(stream_of(code), NEW)
        party = self._known.pop(code, Party(code))
        if party.version > head.version:
            party = Party(code)
        if party.version < head.version:
            told = self._log.read(connection, stream_of(code), party.version)
            party = fold_all(party, _opened(one for one in told if one[0].seq <= head.version))
        return party, head

    def shown(self, connection: Connection, code: str) -> Party:
        """The party of a code for looking at, which any thread may do. Who has very many cases has
        a long record, and everybody of theirs looks at it with each page: what was seen before is
        not told again, if its last event is still the one that stands there."""
        seen = self._seen.get(code, _Seen(Party(code), ""))
        told = self._log.read(connection, stream_of(code), max(0, seen.party.version - 1))
        if seen.last and told and told[0][0].id == seen.last:
            party = fold_all(seen.party, _opened(told[1:]))
        else:
            told = self._log.read(connection, stream_of(code)) if seen.last else told
            party = fold_all(Party(code), _opened(told))
        if told:
            self._see(_Seen(party, told[-1][0].id))
        return party

    def _see(self, seen: "_Seen") -> None:
        """Remember what was seen, of the last thousand parties."""
        with self._seeing:
            self._seen.pop(seen.party.code, None)
            self._seen[seen.party.code] = seen
            if len(self._seen) > _MOST_KNOWN:
                self._seen.pop(next(iter(self._seen)))

    def keep(self, party: Party) -> None:
        """Keep a party as a head start for the next look, the last thousand of them."""
        self._known.pop(party.code, None)
        self._known[party.code] = party
        if len(self._known) > _MOST_KNOWN:
            self._known.pop(next(iter(self._known)))

    def forget(self) -> None:
        self._known.clear()


class _Seen(NamedTuple):
    """A party as it was seen, and the id of the last event then."""

    party: Party
    last: str


def _opened(entries: Iterable[tuple[Envelope, bytes]]) -> Iterator[tuple[Envelope, Event]]:
    return ((envelope, read_event(envelope, body)) for envelope, body in entries)


_MOST_KNOWN = 1_000
