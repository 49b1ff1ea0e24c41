"""What is read for a decision about entitlements, and for the pages that show them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from permits.casework.access import Actor
from permits.casework.dates import day_of
from permits.casework.entitlement import batches, claim_fold, claims, rounds
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.batches import Batch, batch_of
from permits.casework.entitlement.claims import Holding
from permits.casework.entitlement.desk import Desk, Edition
from permits.casework.entitlement.matching import Inputs, Matching, match_all
from permits.casework.entitlement.register import Entry
from permits.casework.entitlement.rounds import Round
from permits.casework.envelope import Envelope, Event
from permits.casework.refusals import Reason, Refused
from permits.casework.streams import read_event
from permits.casework.working_days import WorkingDays
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.periods import Period, parse
from permits.services.party_orders import PartyReader
from permits.services.policies import Policies
from permits.store import entitlements as store
from permits.store.database import Database
from permits.store.event_log import EventLog, Head

Entries = list[tuple[Envelope, Event]]


class Laid(NamedTuple):
    """A desk, and the heads of the streams that were read for it."""

    desk: Desk
    heads: dict[str, Head]


class DeskReader:
    """Reads rounds, holdings and batches from the log, within the caller's transaction."""

    def __init__(
        self,
        database: Database,
        policies: Policies,
        calendar: Callable[[], WorkingDays],
        now: Callable[[], datetime],
    ) -> None:
        self.policies = policies
        self.calendar = calendar
        self.now = now
        self._parties = PartyReader(database.dialect)
        self.log = EventLog(database.dialect)

    def events(self, connection: Connection, stream: str) -> Entries:
        return _opened(self.log.read(connection, stream))

    def round(self, connection: Connection, round_id: str) -> Round | None:
        """A round; None if there is none of that name."""
        found = rounds.fold_all(
            Round(round_id), self.events(connection, rounds.stream_of(round_id))
        )
        return found if found.version else None

    def holding(self, connection: Connection, code: str) -> Holding:
        """Everything an enterprise has."""
        return claim_fold.fold_all(Holding(code), self.events(connection, claims.stream_of(code)))

    def batch(self, connection: Connection, number: str) -> Batch | None:
        return batch_of(number, self.events(connection, batches.stream_of(number)))

    def matching(self, connection: Connection, policy: str, period_text: str) -> Matching | None:
        """A run as it comes out now; None where there is nothing to run."""
        edition = self.current(connection, policy)
        period = parse(period_text)
        newest = next(iter(store.editions(connection)), None)
        if edition is None or period is None or newest is None:
            return None
        entries = self.policies.entries(connection, newest)
        return match_all(entries, self.inputs(connection, edition, period), newest.digest)

    def inputs(self, connection: Connection, edition: PolicyEdition, period: Period) -> Inputs:
        """What a policy is matched with beside the register."""
        today, group = day_of(self.now()), edition.policy.group
        others = self.policies.current_ones(connection, today).values()
        siblings = tuple(
            one
            for one in others
            if group is not None
            and one.id != edition.id
            and one.policy.group is not None
            and one.policy.group.id == group.id
        )
        return Inputs(
            edition=edition,
            period=period,
            barred=store.barred_on(connection, today),
            siblings=siblings,
            received=store.received(connection, group.id) if group is not None else {},
            settled=store.settled(connection, edition.id, str(period)),
        )

    def current(self, connection: Connection, policy: str) -> PolicyEdition | None:
        """The edition of a policy that holds today."""
        return self.policies.current_ones(connection, day_of(self.now())).get(policy)

    def lay(
        self,
        connection: Connection,
        command: c.Command,
        actor: Actor,
        matching: Matching | None,
    ) -> Laid | Refused:
        """The desk for a command; refused if what it is about is not there."""
        match command:
            case c.RunMatch():
                return self._for_run(connection, command, actor, matching)
            case c.PublishApplications():
                return self._for_applications(connection, command, actor)
            case c.OrderPayments() | c.RecordPayments():
                return self._for_money(connection, command, actor)
            case c.Apply():
                return self._for_application(connection, command, actor)
            case c.ConfirmOffer() | c.DeclineOffer() | c.CorrectAccount():
                return self._for_claim(connection, command, actor, actor.party)
            case (
                c.ExamineApplication()
                | c.DecideApplication()
                | c.OrderRecovery()
                | c.RecordRecovery()
            ):
                return self._for_claim(connection, command, actor, command.party)
            case _:
                return self._for_round(connection, command, actor)

    def _desk(self, connection: Connection, edition: PolicyEdition, actor: Actor) -> Desk:
        party = self._parties.shown(connection, actor.party) if actor.party else None
        return Desk(edition, actor, self.now(), self.calendar(), party=party)

    def _for_run(
        self,
        connection: Connection,
        command: c.RunMatch,
        actor: Actor,
        matching: Matching | None,
    ) -> Laid | Refused:
        edition = self.current(connection, command.policy)
        if edition is None:
            return Refused(Reason.NO_SUCH_POLICY, (command.policy,))
        desk = replace(
            self._for_list(connection, self._desk(connection, edition, actor), command),
            matching=matching,
        )
        return Laid(desk, {})

    def _for_list(self, connection: Connection, desk: Desk, command: c.OfNewList) -> Desk:
        """The same with what a new list is made from and called."""
        newest = next(iter(store.editions(connection)), None)
        count, open_round = store.run_before(connection, command.policy, command.period)
        return replace(
            desk,
            register=_edition(newest) if newest is not None else None,
            round_id=f"{command.policy}-{command.period}-{count + 1}",
            open_round=open_round,
        )

    def _for_applications(
        self, connection: Connection, command: c.PublishApplications, actor: Actor
    ) -> Laid | Refused:
        """The list is of the version of the policy by which the first of them was decided."""
        waiting = store.awaiting_list(connection, [command.policy], command.period)
        held, heads = self._holdings(connection, {one.party for one in waiting})
        if waiting:
            edition = self.policies.within(connection, waiting[0].definition)
        else:
            current = self.current(connection, command.policy)
            if current is None:
                return Refused(Reason.NO_SUCH_POLICY, (command.policy,))
            edition = current
        desk = replace(self._desk(connection, edition, actor), holdings=held)
        return Laid(self._for_list(connection, desk, command), heads)

    def _for_round(
        self, connection: Connection, command: c.OnRound, actor: Actor
    ) -> Laid | Refused:
        stream = rounds.stream_of(command.round)
        heads = self.log.heads(connection, [stream])
        found = self.round(connection, command.round)
        if found is None or not _open_to(actor, found):
            return Refused(Reason.NO_SUCH_ROUND)
        codes: Iterable[str] = ()
        entry: Entry | None = None
        if isinstance(command, c.EnterObjection):
            entry = store.entry(connection, found.edition, command.code)
        elif isinstance(command, c.DecideListObjection):
            codes = [o.code for o in found.objections if o.number == command.objection]
            entry = next((store.entry(connection, found.edition, code) for code in codes), None)
        elif not isinstance(command, c.DropMatch):
            codes = found.candidates
        held, more = self._holdings(connection, codes)
        desk = replace(
            self._desk(connection, self.policies.within(connection, found.definition), actor),
            round=found,
            holdings=held,
            entry=entry,
        )
        return Laid(desk, {**heads, **more})

    def whole(self, connection: Connection, found: Round, actor: Actor) -> Desk:
        """The desk of a round that was read, with everything any step of it may look at but the
        entry of whoever is to be added."""
        held, _heads = self._holdings(connection, found.candidates)
        edition = self.policies.within(connection, found.definition)
        return replace(self._desk(connection, edition, actor), round=found, holdings=held)

    def _holdings(
        self, connection: Connection, codes: Iterable[str]
    ) -> tuple[dict[str, Holding], dict[str, Head]]:
        streams = {code: claims.stream_of(code) for code in sorted(codes)}
        heads = self.log.heads(connection, list(streams.values()))
        told = self.log.read_each(connection, list(heads))
        held = {
            code: claim_fold.fold_all(Holding(code), _opened(told.get(stream, ())))
            for code, stream in streams.items()
        }
        return held, heads

    def _for_claim(
        self,
        connection: Connection,
        command: c.ConfirmOffer | c.DeclineOffer | c.CorrectAccount | c.OnClaim,
        actor: Actor,
        party: str,
    ) -> Laid | Refused:
        held, heads = self._holdings(connection, [party])
        claim = held[party].claim(command.policy, command.period)
        if claim is None:
            return Refused(Reason.NO_SUCH_CLAIM)
        if not (actor.acts_for(party) or actor.works_for(claim.authority, claim.department)):
            return Refused(Reason.NO_SUCH_CLAIM)
        edition = self.policies.within(connection, claim.definition)
        return Laid(replace(self._desk(connection, edition, actor), holdings=held), heads)

    def _for_application(
        self, connection: Connection, command: c.Apply, actor: Actor
    ) -> Laid | Refused:
        edition = self.current(connection, command.policy)
        if edition is None:
            return Refused(Reason.NO_SUCH_POLICY, (command.policy,))
        held, heads = self._holdings(connection, [actor.party])
        newest = next(iter(store.editions(connection)), None)
        entry = store.entry(connection, newest.edition, actor.party) if newest else None
        return Laid(
            replace(self._desk(connection, edition, actor), holdings=held, entry=entry), heads
        )

    def _for_money(
        self, connection: Connection, command: c.OrderPayments | c.RecordPayments, actor: Actor
    ) -> Laid | Refused:
        if isinstance(command, c.OrderPayments):
            return self._for_payments(connection, command, actor)
        return self._for_batch(connection, command, actor)

    def _for_payments(
        self, connection: Connection, command: c.OrderPayments, actor: Actor
    ) -> Laid | Refused:
        edition = self.current(connection, command.policy)
        if edition is None:
            return Refused(Reason.NO_SUCH_POLICY, (command.policy,))
        codes = {one.party for one in store.payable(connection, command.policy)}
        held, heads = self._holdings(connection, codes)
        number = store.next_batch(connection, day_of(self.now()).year)
        desk = replace(
            self._desk(connection, edition, actor),
            holdings=held,
            batch_number=number,
            barred=store.barred_on(connection, day_of(self.now())),
        )
        return Laid(desk, heads)

    def _for_batch(
        self, connection: Connection, command: c.RecordPayments, actor: Actor
    ) -> Laid | Refused:
        batch = self.batch(connection, command.batch)
        if batch is None or not actor.works_for(batch.authority, batch.department):
            return Refused(Reason.NO_SUCH_BATCH)
        lines = (*command.paid, *command.returned)
        held, heads = self._holdings(connection, {line.partition("/")[0] for line in lines})
        edition = self.policies.within(connection, batch.definition)
        desk = replace(self._desk(connection, edition, actor), holdings=held, batch=batch)
        return Laid(desk, heads)


def _open_to(actor: Actor, found: Round) -> bool:
    """Whether somebody may know of a round: everybody of one that was published."""
    published = found.published_on is not None
    return published or actor.works_for(found.authority, found.department)


def _opened(entries: Iterable[tuple[Envelope, bytes]]) -> Entries:
    return [(envelope, read_event(envelope, body)) for envelope, body in entries]


def _edition(found: store.Edition) -> Edition:
    return Edition(found.edition, date.fromisoformat(found.as_of_on))
