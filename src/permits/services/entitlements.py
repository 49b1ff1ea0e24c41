"""The way in for everything about entitlements: read, decide, write in one transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from permits.casework.access import Actor
from permits.casework.dates import as_text
from permits.casework.entitlement import batches, claims
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.batches import Batch
from permits.casework.entitlement.claims import Claim, Holding
from permits.casework.entitlement.decide import decide
from permits.casework.entitlement.desk import Desk, Noted
from permits.casework.entitlement.matching import Matched, Matching, match
from permits.casework.entitlement.rounds import Round
from permits.casework.envelope import Envelope, Event
from permits.casework.families.access import CaseShown
from permits.casework.families.access import stream_of as access_stream
from permits.casework.parts import HandedIn
from permits.casework.refusals import Reason, Refused
from permits.casework.working_days import WorkingDays
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.periods import Period
from permits.services.cases import Ticket
from permits.services.entitlement_desk import DeskReader, Laid
from permits.services.entitlement_minutes import Minutes
from permits.services.entitlement_requests import (
    EntitlementRequest,
    KeptAccount,
    RunMatch,
    read_account,
)
from permits.services.entitlement_sealing import Sealed, sealed
from permits.services.once import digest_source
from permits.services.policies import Policies
from permits.services.records import Records
from permits.store import entitlements as store
from permits.store.database import Database
from permits.store.event_log import NEW, Overtaken
from permits.store.keys import Answered, Keys
from permits.store.outbox import Outbox
from permits.store.vault import Vault

MOST_TRIES = 5


class Done(msgspec.Struct, frozen=True):
    """What a command brought about: the round, batch or claim it is about, and the events."""

    about: str
    events: tuple[str, ...]


class Verdict(NamedTuple):
    """Why an enterprise is entitled or not, by which edition of the register; no result if that
    does not hold it."""

    edition: store.Edition
    policy: PolicyEdition
    period: Period
    found: Matched | None


class Entitlements:
    """Everything that changes entitlements, and what is read of them."""

    def __init__(
        self,
        database: Database,
        policies: Policies,
        calendar: Callable[[], WorkingDays],
        now: Callable[[], datetime],
    ) -> None:
        self.database = database
        self.policies = policies
        self.now = now
        self.reader = DeskReader(database, policies, calendar, now)
        self._records = Records(database)
        self._keys = Keys(database.dialect)
        self._outbox = Outbox(database.dialect)
        self._vault = Vault(database.dialect)

    def handle(
        self,
        given: EntitlementRequest,
        actor: Actor,
        ticket: Ticket,
        files: tuple[HandedIn, ...] = (),
    ) -> Done | Refused:
        """Do what is asked, once for each key; or say why not."""
        order = sealed(given, actor.party, files)
        asked = given.model_dump(mode="json")
        source = digest_source(type(given).__name__, asked, files)
        matching = self._run(given) if isinstance(given, RunMatch) else None
        for _try in range(MOST_TRIES - 1):
            try:
                return self._once(order, actor, ticket, source, matching)
            except (IntegrityError, Overtaken):  # somebody was faster: look at what there is now
                continue
        return self._once(order, actor, ticket, source, matching)

    def _run(self, given: RunMatch) -> Matching | None:
        """The run itself, before anybody is kept waiting for the write lock."""
        with self.database.read() as connection:
            return self.reader.matching(connection, given.policy, given.period)

    def _once(
        self,
        order: Sealed,
        actor: Actor,
        ticket: Ticket,
        source: bytes,
        matching: Matching | None,
    ) -> Done | Refused:
        with self.database.write() as connection:
            request = self._keys.digest(connection, source)
            known = self._keys.find(connection, [ticket.key]).get((actor.id, ticket.key))
            if known is not None:
                same = known[0] == request
                return msgspec.json.decode(known[1], type=Done) if same else _reused()
            laid = self.reader.lay(connection, order.command, actor, matching)
            if isinstance(laid, Refused):
                return laid
            if ticket.seen is not None and ticket.seen != _version(order.command, laid.desk):
                return Refused(Reason.OVERTAKEN)
            noted = decide(order.command, laid.desk)
            if isinstance(noted, Refused):
                return noted
            done = self._write(connection, order, laid, noted)
            at, answer = as_text(self.now()), msgspec.json.encode(done)
            self._keys.put(connection, [Answered(actor.id, ticket.key, request, answer, at)])
        return done

    def _write(self, connection: Connection, order: Sealed, laid: Laid, noted: Noted) -> Done:
        minutes = Minutes(laid.desk, noted)
        unread = sorted(minutes.streams.keys() - laid.heads.keys())
        heads = {**laid.heads, **self.reader.log.heads(connection, unread)}
        appended = [minutes.append(name, heads.get(name, NEW)) for name in minutes.streams]
        self.reader.log.append(connection, appended)
        store.put(connection, minutes.changed)
        self._outbox.put(connection, minutes.tasks, as_text(self.now()))
        self._vault.put(connection, order.values)
        events = tuple(type(fact.event).__name__ for fact in noted.facts)
        return Done(_about(order.command, laid.desk), events)

    def foresee(self, found: Round, actor: Actor) -> Callable[[c.OnRound], Noted | Refused]:
        """What commands about a round would bring about now; nothing is written. The desk is laid
        once for all of them."""
        with self.database.read() as connection:
            desk = self.reader.whole(connection, found, actor)
        return lambda command: decide(command, desk)

    def round(self, round_id: str) -> Round | None:
        """A round as it stands; None if there is none of that name."""
        with self.database.read() as connection:
            return self.reader.round(connection, round_id)

    def holding(self, code: str) -> Holding:
        """Everything an enterprise has."""
        with self.database.read() as connection:
            return self.reader.holding(connection, code)

    def batch(self, number: str) -> Batch | None:
        with self.database.read() as connection:
            return self.reader.batch(connection, number)

    def history(self, stream: str) -> list[tuple[Envelope, Event]]:
        """The events of a stream."""
        with self.database.read() as connection:
            return self.reader.events(connection, stream)

    def values(self, stream: str) -> dict[str, str]:
        """The texts of a stream by their seals."""
        with self.database.read() as connection:
            return self._vault.of(connection, stream)

    def verdict(
        self, policy: PolicyEdition, period: Period, code: str, edition: str = ""
    ) -> Verdict | None:
        """What comes out for an enterprise, by the newest edition of the register or another one;
        None if there is none."""
        with self.database.read() as connection:
            known = store.editions(connection)
            chosen = next((one for one in known if edition in ("", one.edition)), None)
            if chosen is None:
                return None
            entry = store.entry(connection, chosen.edition, code)
            inputs = self.reader.inputs(connection, policy, period)
        found = match(entry, inputs) if entry is not None else None
        return Verdict(chosen, policy, period, found)

    def accounts(self, batch: Batch, actor: Actor) -> dict[str, KeptAccount]:
        """The bank accounts of a batch by their seals, for the file to the treasury. That they
        were shown is written to the access stream."""
        with self.database.write() as connection:
            kept = self._vault.found(connection, [line.account for line in batch.lines])
            self._records.append(
                connection,
                access_stream(actor.id),
                [CaseShown(case_id=batches.stream_of(batch.number))],
                actor=actor.id,
                now=self.now(),
            )
        return {seal: read_account(value) for seal, value in kept.items()}

    def account_of(self, claim: Claim) -> KeptAccount | None:
        """The account an enterprise named, for itself to see."""
        kept = self.values(claims.stream_of(claim.party))
        value = kept.get(claim.account or "")
        return read_account(value) if value is not None else None


def _reused() -> Refused:
    return Refused(Reason.KEY_REUSED)


def _version(command: c.Command, desk: Desk) -> int:
    """The version of what a command is about, as it stands now."""
    if desk.round is not None:
        return desk.round.version
    match command:
        case c.ConfirmOffer() | c.DeclineOffer() | c.Apply() | c.CorrectAccount():
            return desk.holding(desk.actor.party).version
        case (
            c.ExamineApplication() | c.DecideApplication() | c.OrderRecovery() | c.RecordRecovery()
        ):
            return desk.holding(command.party).version
        case _:
            return 0


def _about(command: c.Command, desk: Desk) -> str:
    match command:
        case c.RunMatch() | c.PublishApplications():
            return desk.round_id
        case c.OrderPayments():
            return desk.batch_number
        case c.RecordPayments():
            return command.batch
        case (
            c.ConfirmOffer()
            | c.DeclineOffer()
            | c.Apply()
            | c.CorrectAccount()
            | c.ExamineApplication()
            | c.DecideApplication()
            | c.OrderRecovery()
            | c.RecordRecovery()
        ):
            return claims.key_of(command.policy, command.period)
        case _:
            return command.round


__all__ = ["Done", "Entitlements", "Verdict"]
