"""The minutes of one decision about entitlements: records for the log, rows, letters."""

from collections.abc import Iterable, Sequence

import msgspec

from permits.casework.entitlement import claim_fold, claims, rounds
from permits.casework.entitlement.batches import Batch, batch_of
from permits.casework.entitlement.claim_events import Of, PaymentOrdered
from permits.casework.entitlement.claims import Holding
from permits.casework.entitlement.desk import Desk, Noted
from permits.casework.entitlement.letters import letter_of
from permits.casework.entitlement.rounds import Round
from permits.casework.entitlement.rows import GrantRow
from permits.casework.envelope import Envelope, Event, chained, seal_record
from permits.casework.messages import Message
from permits.casework.streams import schema_of
from permits.definitions.procedure import Role
from permits.services.records import new_id
from permits.store.entitlements import Changed
from permits.store.event_log import Appended, Head
from permits.store.event_log import Entry as Logged
from permits.store.outbox import Task


class Minutes:
    """Turns what was decided into records, and follows what becomes of rounds and holdings."""

    def __init__(self, desk: Desk, noted: Noted) -> None:
        self.desk = desk
        self.role = noted.role
        self.command = new_id()
        self.streams: dict[str, list[Event]] = {}
        for fact in noted.facts:
            self.streams.setdefault(fact.stream, []).append(fact.event)
        self.rounds: list[Round] = []
        self.holdings: list[Holding] = []
        self.batches: list[Batch] = []
        self.grants: list[GrantRow] = []
        self.tasks: list[Task] = []

    @property
    def changed(self) -> Changed:
        return Changed(self.rounds, self.holdings, self.batches, self.grants)

    def append(self, stream: str, before: Head) -> Appended:
        """The records of a stream after its head."""
        head, entries = before, list[Logged]()
        told: list[tuple[Envelope, Event]] = []
        for event in self.streams[stream]:
            envelope = self._envelope(stream, event, head.version + 1)
            record = seal_record(envelope, event)
            head = Head(envelope.seq, chained(head.hash, record))
            entries.append(
                Logged(stream, envelope.seq, envelope.id, envelope.type, record, head.hash)
            )
            told.append((envelope, event))
            self._tell(envelope, event)
        self._follow(stream, told)
        return Appended(stream, before, head, tuple(entries))

    def _tell(self, at: Envelope, event: Event) -> None:
        """Have the enterprise written to, if the event is something to write about."""
        template = letter_of(event)
        if template is None or not isinstance(event, Of):
            return
        key = claims.key_of(event.policy, event.period)
        message = Message(template, Role.APPLICANT, key)
        name = f"{at.id}/{template}"
        payload = msgspec.json.encode(message)
        self.tasks.append(Task(name, "mail", at.stream, at.seq, payload))

    def _envelope(self, stream: str, event: Event, seq: int) -> Envelope:
        desk = self.desk
        return Envelope(
            id=new_id(),
            stream=stream,
            seq=seq,
            type=type(event).__name__,
            schema=schema_of(type(event).__name__),
            definition=desk.edition.digest,
            recorded_at=desk.now,
            effective_at=desk.today,
            actor=desk.actor.id,
            role=self.role,
            office=desk.actor.office,
            department=desk.actor.department,
            command=self.command,
            in_place_of=desk.actor.place_of(self.role),
        )

    def _follow(self, stream: str, told: Sequence[tuple[Envelope, Event]]) -> None:
        kind, _, name = stream.partition("/")
        if kind == "round":
            before = self.desk.round or Round(name)
            self.rounds.append(rounds.fold_all(before, told))
        elif kind == "entitled":
            self.holdings.append(claim_fold.fold_all(self.desk.holding(name), told))
            self.grants += _grants(name, told)
        else:
            found = batch_of(name, told)
            self.batches += [found] if found is not None else []


def _grants(party: str, told: Iterable[tuple[Envelope, Event]]) -> list[GrantRow]:
    """The first orders to pay among the events: each has a row that can only be there once."""
    return [
        GrantRow(event.policy, event.period, party, envelope.effective_at)
        for envelope, event in told
        if isinstance(event, PaymentOrdered) and not event.again
    ]
