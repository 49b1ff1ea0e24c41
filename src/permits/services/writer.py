"""The one writer of a process: decides waiting commands, appends all, commits once, then answers.

A batch is optimistic. If anything in it fails it is rolled back and every command is tried alone;
nobody hears of success before the commit. Whether an ambiguous commit happened is settled by the
idempotency key, which is written in the same transaction, and never guessed; where it cannot be
settled, because the database does not come back in time, whoever asked is told just that.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.commands import Command, File, TakeOver
from permits.casework.dates import day_of
from permits.casework.decide import Noted, decide
from permits.casework.decide.parties import PartyDesk, decide_party
from permits.casework.families.parties import stream_of as party_stream
from permits.casework.fold import fold_all
from permits.casework.party import Party
from permits.casework.refusals import Reason, Refused
from permits.casework.standing import looked_at
from permits.casework.streams import read_event
from permits.definitions.edition import Edition
from permits.outside.webhooks import NOBODY, Webhooks
from permits.services.announcing import Announcing
from permits.services.batch import Batch, Tables
from permits.services.entered import entry_of
from permits.services.party_orders import PartyOrder
from permits.services.records import new_id
from permits.services.shelf import Shelf
from permits.store.condition import Broken, NoRoom, Unsure, is_away
from permits.store.database import Database
from permits.store.drafts import Ending
from permits.store.event_log import Overtaken
from permits.store.keys import Answered
from permits.store.parties import accounts_of
from permits.store.vault import SealedValue

MOST_TRIES = 5
AWAY = 0.1
"""Seconds for which at most nobody looks whether a database that is away is back."""
PATIENCE = 20.0
"""Seconds for which a database that is away is waited for: longer than a restart takes."""

log = logging.getLogger(__name__)


class Order(msgspec.Struct, frozen=True):
    """A command on its way to the writer.

    `request` is a digest of what the person sent, before anything was sealed; `seen` the version
    of the case the person had before them, if they say so; `permit` and `ends`, the draft it was
    written as, only for an application that is being filed.
    """

    case_id: str
    command: Command
    actor: Actor
    key: str
    request: bytes
    sealed: tuple[SealedValue, ...] = ()
    seen: int | None = None
    permit: str = ""
    ends: tuple[Ending, ...] = ()


AnyOrder = Order | PartyOrder


class Done(msgspec.Struct, frozen=True, tag="done"):
    """What was kept of a command: the case as it now stands. Of a command about a party `case_id`
    is its stream and `number` its code, and there is no state."""

    case_id: str
    number: str
    version: int
    state: str
    events: tuple[str, ...]


Answer = Done | Refused
_answers = msgspec.json.Decoder(Done)


class Writer:
    """Writes orders, several at once if several wait. Not to be shared by threads."""

    def __init__(
        self,
        database: Database,
        shelf: Shelf,
        now: Callable[[], datetime],
        webhooks: Webhooks = NOBODY,
    ) -> None:
        self.database = database
        self.shelf = shelf
        self.now = now
        self._tables = Tables(database.dialect, Announcing(database, webhooks, now))
        self._cases = Cache(5_000)

    def write(self, orders: Sequence[AnyOrder]) -> list[Answer | Exception]:
        """The answer to each order, in their order; an exception is a fault of ours, not news.
        Nothing was kept of an order that is answered so, unless it is `Unsure`."""
        unsure: Unsure | None = None
        try:
            return self._together(orders)
        except (Overtaken, DBAPIError):
            pass
        except Unsure as error:
            unsure = error
        except (NoRoom, Broken) as fault:
            self._forget()
            return [fault] * len(orders)
        except Exception:
            log.exception("a batch failed; each order is tried alone")
        self._forget()
        until = time.monotonic() + PATIENCE
        return [self._alone(order, until, unsure) for order in orders]

    def _forget(self) -> None:
        """What was at hand may not be what is kept: read it again."""
        self._cases.clear()
        self._tables.projects.forget()
        self._tables.parties.forget()

    def _alone(self, order: AnyOrder, until: float, unsure: Unsure | None) -> Answer | Exception:
        """The answer to one order, tried as often as it is worth. Once a commit of it was unsure,
        only what is found under its key is an answer."""
        tried = 0
        while True:
            tried += 1
            try:
                answer = self._together([order])[0]
                return unsure or answer if isinstance(answer, Exception) else answer
            except (Overtaken, DBAPIError, Unsure) as error:
                self._forget()
                unsure = error if isinstance(error, Unsure) else unsure
                if not _again(error, tried, until):
                    return unsure or error
                most = AWAY if _is_lost(error) else 0.01 * 2**tried
            except Exception as error:  # noqa: BLE001 - it is told to whoever asked
                self._forget()
                return unsure or error
            time.sleep(random.uniform(0, most))  # noqa: S311 - jitter, no secret

    def _together(self, orders: Sequence[AnyOrder]) -> list[Answer | Exception]:
        now = self.now()
        with self.database.write() as connection:
            self.shelf.refresh(connection)
            batch = Batch(self._tables, connection, self.shelf.calendar, now)
            batch.look_up([o.key for o in orders], [o.case_id for o in orders if o.case_id])
            answers = [self._answer(order, batch, connection) for order in orders]
            batch.flush()
        for case in batch.cases.values():
            self._cases.put(case)
        self._tables.projects.keep(batch.projects.values())
        for party in batch.parties.values():
            self._tables.parties.keep(party)
        return answers

    def _answer(self, order: AnyOrder, batch: Batch, connection: Connection) -> Answer | Exception:
        try:
            return self._decide(order, batch, connection)
        except (Overtaken, DBAPIError, NoRoom, Broken, Unsure):
            raise
        except Exception as error:  # noqa: BLE001 - one broken command must not stop the others
            return error

    def _decide(self, order: AnyOrder, batch: Batch, connection: Connection) -> Answer:
        request = self._tables.keys.digest(connection, order.request)
        known = batch.answered(order.actor.id, order.key)
        if known is not None:
            same = known[0] == request
            return _answers.decode(known[1]) if same else Refused(Reason.KEY_REUSED)
        if isinstance(order, PartyOrder):
            return self._about_party(order, request, batch, connection)
        return self._about_case(order, request, batch, connection)

    def _about_case(
        self, order: Order, request: bytes, batch: Batch, connection: Connection
    ) -> Answer:
        case = self._case(order.case_id, batch, connection)
        edition = self._edition(order, case, batch)
        if isinstance(edition, Refused):
            return edition
        if order.seen is not None and order.seen != case.version:
            return Refused(Reason.OVERTAKEN, (str(case.version),))
        party = self._looked_at(edition, case, order, batch)
        desk = batch.desk(edition, order.actor, case, order.command, party)
        authority = edition.definition.authority.id
        entry = entry_of(order.command, case.id, authority, order.sealed)
        if entry is not None:
            desk = replace(desk, entered=batch.entered(entry))
        outcome = decide(case, order.command, desk)
        if isinstance(outcome, Refused):
            return outcome
        made = batch.make(case, outcome, edition, order.actor)
        done = _done(outcome)
        answer = msgspec.json.encode(done)
        answered = Answered(order.actor.id, order.key, request, answer, batch.at)
        batch.take_over(made, order.sealed, order.ends, answered)
        return done

    def _looked_at(self, edition: Edition, case: Case, order: Order, batch: Batch) -> Party | None:
        """The party whose record a decision looks at. What is found out in a case of one that was
        merged is told to its successor, even if the case has not followed yet."""
        code = looked_at(edition, case, order.command, order.actor)
        party = batch.party(code) if code else None
        if isinstance(order.command, File | TakeOver):
            return party
        while party is not None and party.successor:
            party = batch.party(party.successor)
        return party

    def _about_party(
        self, order: PartyOrder, request: bytes, batch: Batch, connection: Connection
    ) -> Answer:
        party = batch.party(order.code)
        if order.seen is not None and order.seen != party.version:
            return Refused(Reason.OVERTAKEN, (str(party.version),))
        now = max(batch.now, party.recorded_at) if party.recorded_at else batch.now
        about = self._case(order.case_id, batch, connection) if order.case_id else None
        desk = PartyDesk(
            actor=order.actor,
            now=now,
            calendar=batch.calendar,
            command=new_id(),
            terms=self.shelf.terms.on(day_of(now)),
            case=about if about is not None and about.version else None,
            accounts=frozenset(accounts_of(connection, order.code)),
            others={code: batch.party(code) for code in order.others},
        )
        outcome = decide_party(party, order.command, desk)
        if isinstance(outcome, Refused):
            return outcome
        made = batch.make_of_party(outcome, order.actor, desk.command)
        events = tuple(type(fact.event).__name__ for fact in outcome.facts)
        stream, version = party_stream(order.code), outcome.party.version
        done = Done(stream, order.code, version, "", events)
        answer = msgspec.json.encode(done)
        answered = Answered(order.actor.id, order.key, request, answer, batch.at)
        batch.take_over(None, order.sealed, (), answered)
        batch.take_over_parties(made)
        return done

    def _edition(self, order: Order, case: Case, batch: Batch) -> Edition | Refused:
        if case.version:
            return self.shelf.edition(case.definition)
        if not order.permit:
            return Refused(Reason.NO_SUCH_CASE, (order.case_id,))
        current = self.shelf.current(order.permit, day_of(batch.now))
        return current if current is not None else Refused(Reason.NO_SUCH_PERMIT, (order.permit,))

    def _case(self, case_id: str, batch: Batch, connection: Connection) -> Case:
        """The case as the batch leaves it so far, or as it stands in the log."""
        if case_id in batch.cases:
            return batch.cases[case_id]
        head = batch.heads.get(case_id)
        if head is None:
            return Case(id=case_id)
        case = self._cases.get(case_id) or Case(id=case_id)
        if case.version > head.version:
            case = Case(id=case_id)
        if case.version < head.version:
            entries = self._tables.log.read(connection, case_id, case.version)
            return fold_all(case, ((at, read_event(at, body)) for at, body in entries))
        return case


def _done(noted: Noted) -> Done:
    return Done(
        case_id=noted.case.id,
        number=noted.case.number,
        version=noted.case.version,
        state=noted.case.leaves[0].split(".")[0],
        events=tuple(type(fact.event).__name__ for fact in noted.facts),
    )


def _again(error: Overtaken | DBAPIError | Unsure, tried: int, until: float) -> bool:
    """Whether an order that failed for a reason that passes is worth another try."""
    return time.monotonic() < until if _is_lost(error) else tried < MOST_TRIES


def _is_lost(error: Overtaken | DBAPIError | Unsure) -> bool:
    """Whether the database could not be reached, or was lost in the commit."""
    return isinstance(error, Unsure) or (isinstance(error, DBAPIError) and is_away(error))


class Cache:
    """The cases used last. A case in it is only a head start: the log says how far it goes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cases: dict[str, Case] = {}

    def get(self, case_id: str) -> Case | None:
        case = self._cases.pop(case_id, None)
        if case is not None:
            self._cases[case_id] = case
        return case

    def put(self, case: Case) -> None:
        self._cases.pop(case.id, None)
        self._cases[case.id] = case
        if len(self._cases) > self._most:
            self._cases.pop(next(iter(self._cases)))

    def clear(self) -> None:
        self._cases.clear()
