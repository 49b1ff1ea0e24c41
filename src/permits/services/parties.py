"""Parties as people see them, and the way in for everything that changes their record."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, datetime

import msgspec

from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.decide.parties import PartyDesk, PartyOutcome, decide_party
from permits.casework.envelope import Envelope, Event
from permits.casework.families.parties import stream_of
from permits.casework.fold import fold_all as fold_case
from permits.casework.party import Party
from permits.casework.party_access import has_room
from permits.casework.party_commands import PartyCommand
from permits.casework.party_fold import fold_all
from permits.casework.party_offers import PartyOffer, party_offers
from permits.casework.streams import read_event
from permits.definitions.credit_terms import CreditTerms
from permits.definitions.procedure import Code
from permits.services.cases import Ticket
from permits.services.once import digest_source
from permits.services.party_orders import PartyOrder, PartyReader
from permits.services.party_requests import ImposeBar, PartyRequest, sealed_party
from permits.services.sealer import Sealer
from permits.services.shelf import Shelf
from permits.services.writer import Answer
from permits.store import parties as stored
from permits.store.database import Database
from permits.store.event_log import EventLog
from permits.store.parties import CaseOf, Published, Task
from permits.store.vault import Vault

MOST_BARRING = 20
"""Of so many cases, the newest, it is looked at whether a bar may follow."""

Submit = Callable[[PartyOrder], "Future[Answer]"]


class PartyRecord(msgspec.Struct, frozen=True):
    """A party as it was read: folded, with its log and the texts beside it, its cases, and the
    open accounts that act for it with their names. `fields` says of each seal what it was made
    for, and `erased` on which day its value was shredded."""

    party: Party
    entries: tuple[tuple[Envelope, Event], ...]
    values: dict[str, str]
    cases: tuple[CaseOf, ...]
    accounts: dict[str, str]
    fields: dict[str, str] = {}
    erased: dict[str, date] = {}


class PartyRecords:
    """Reads parties, and orders what is to become of their record."""

    def __init__(
        self, database: Database, shelf: Shelf, submit: Submit, now: Callable[[], datetime]
    ) -> None:
        self.database = database
        self.shelf = shelf
        self.submit = submit
        self.now = now
        self._log = EventLog(database.dialect)
        self._reader = PartyReader(database.dialect)
        self._vault = Vault(database.dialect)

    def read(self, code: str, actor: Actor) -> PartyRecord | None:
        """A party the actor may see; None alike for one of others and for none at all."""
        record = self.recorded(code)
        return record if record is not None and self._sees(record.party, actor) else None

    def recorded(self, code: str) -> PartyRecord | None:
        """A party, whoever asks; None if nothing is known of it."""
        with self.database.read() as connection:
            log = [
                (envelope, read_event(envelope, body))
                for envelope, body in self._log.read(connection, stream_of(code))
            ]
            if not log:
                return None
            party = fold_all(Party(code), log)
            kept = [
                self._vault.opened(connection, stream_of(one))
                for one in (code, *party.predecessors)
            ]
            cases = tuple(stored.cases(connection, code))
            accounts = stored.accounts_of(connection, code)
        return PartyRecord(
            party,
            tuple(log),
            {seal: value for one in kept for seal, value in one.values.items()},
            cases,
            accounts,
            {seal: field for one in kept for seal, field in one.fields.items()},
            {seal: on for one in kept for seal, on in one.erased.items()},
        )

    def party(self, code: str) -> Party:
        """A party without anything beside it; a new one if nothing is known of it."""
        with self.database.read() as connection:
            return self._reader.shown(connection, code)

    def _sees(self, party: Party, actor: Actor) -> bool:
        if has_room(actor, party):
            return True
        with self.database.read() as connection:
            return stored.seen(connection, party.code, actor)

    @property
    def terms(self) -> CreditTerms:
        """The terms that hold today."""
        return self.shelf.terms.on(day_of(self.now()))

    def case(self, case_id: str) -> Case | None:
        """A case that a bar may follow from."""
        with self.database.read() as connection:
            log = self._log.read(connection, case_id)
        if not log:
            return None
        return fold_case(Case(id=case_id), [(at, read_event(at, body)) for at, body in log])

    def desk(self, record: PartyRecord, actor: Actor, case: Case | None = None) -> PartyDesk:
        """The desk as it lies now, for offers and explanations; not for deciding."""
        accounts = frozenset(record.accounts)
        return PartyDesk(
            actor, self.now(), self.shelf.calendar, "", self.terms, case, accounts=accounts
        )

    def foresee(
        self, record: PartyRecord, command: PartyCommand, actor: Actor, case: Case | None = None
    ) -> PartyOutcome:
        """What a command would bring about now. Nothing is written."""
        return decide_party(record.party, command, self.desk(record, actor, case))

    def turned_down(self, record: PartyRecord) -> list[Case]:
        """The cases of a party that were turned down or revoked, from which a bar may follow."""
        codes = (Code.NOT_ACCEPTED, Code.REFUSED, Code.REVOKED)
        ids = [one.case_id for one in record.cases if one.code in codes]
        return [case for case in map(self.case, ids[:MOST_BARRING]) if case is not None]

    def offers(self, record: PartyRecord, actor: Actor) -> tuple[PartyOffer, ...]:
        """What the actor can do about a party now."""
        desk = self.desk(record, actor)
        cases = self.turned_down(record) if actor.officer else ()
        return party_offers(record.party, desk, cases)

    def order(
        self, code: str, given: PartyRequest, actor: Actor, ticket: Ticket
    ) -> "Future[Answer]":
        """Order something about a party."""
        sealer = Sealer(stream_of(code))
        command = sealed_party(given, sealer)
        return self.submit(
            PartyOrder(
                code=code,
                command=command,
                actor=actor,
                key=ticket.key,
                request=digest_source(code, type(given).__name__, given.model_dump(mode="json")),
                sealed=tuple(sealer.values),
                seen=ticket.seen,
                case_id=f"case/{given.case}" if isinstance(given, ImposeBar) else "",
            )
        )

    def tasks(self, actor: Actor, code: str = "") -> list[Task]:
        """What waits for the officer's department, of one party or of all."""
        with self.database.read() as connection:
            return stored.tasks(connection, actor, code)

    def published(self, after: tuple[str, str, str] | None, most: int) -> list[Published]:
        """The public list of entries that stand."""
        with self.database.read() as connection:
            return stored.published(connection, day_of(self.now()), after, most)
