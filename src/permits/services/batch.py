"""What one transaction of the writer gathers before it is written at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection
from sqlalchemy.engine import Dialect

from permits.casework import rows
from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.decide import Desk, Noted
from permits.casework.decide.minutes import Fact
from permits.casework.envelope import Envelope, chained, seal_record
from permits.casework.messages import messages
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.services.records import new_id
from permits.store.caseload import Caseload, CaseRows, Taken
from permits.store.event_log import NEW, Appended, Entry, EventLog, Head, Overtaken
from permits.store.keys import Answered, Keys
from permits.store.numbers import Numbers, authority_and_period, places
from permits.store.outbox import Outbox, Task
from permits.store.vault import SealedValue, Vault


class Tables:
    """The statements of the write path, compiled once."""

    def __init__(self, dialect: Dialect) -> None:
        self.log = EventLog(dialect)
        self.caseload = Caseload(dialect)
        self.keys = Keys(dialect)
        self.numbers = Numbers(dialect)
        self.outbox = Outbox(dialect)
        self.vault = Vault(dialect)


class Batch:
    """Gathers the outcome of decisions; `cases` stand as the decisions so far leave them."""

    def __init__(self, tables: Tables, connection: Connection, now: datetime) -> None:
        self._tables = tables
        self._connection = connection
        self.now = now
        self.cases: dict[str, Case] = {}
        self.heads: dict[str, Head] = {}
        self.vault: list[SealedValue] = []
        self._known: dict[tuple[str, str], tuple[bytes, bytes]] = {}
        self._answers: list[Answered] = []
        self._appended: dict[str, Appended] = {}
        self._rows: dict[str, CaseRows] = {}
        self._read: dict[str, int] = {}
        self._taken: dict[str, int] = {}
        self._authorities: set[str] = set()
        self._tasks: list[Task] = []

    def look_up(self, keys: Sequence[str], case_ids: Sequence[str]) -> None:
        """Read at once what is known of the keys and the heads of the cases."""
        self._known = self._tables.keys.find(self._connection, keys)
        self.heads = self._tables.log.heads(self._connection, sorted(set(case_ids)))

    def answered(self, actor: str, key: str) -> tuple[bytes, bytes] | None:
        """The request and answer under a key, of this batch or an earlier one."""
        return self._known.get((actor, key))

    def answer(self, actor: str, key: str, request: bytes, answer: bytes) -> None:
        self._known[actor, key] = (request, answer)
        self._answers.append(Answered(actor, key, request, answer, self.now.isoformat()))

    def desk(self, edition: Edition, actor: Actor, calendar: WorkingDays, case: Case) -> Desk:
        """The desk of one decision; time never runs backwards within a case."""
        now = max(self.now, case.recorded_at) if case.recorded_at else self.now
        authority = edition.definition.authority.id
        if authority not in self._authorities:
            self._authorities.add(authority)
            day = f"{day_of(self.now):%Y%m%d}"
            self._read |= self._tables.numbers.read(self._connection, authority, day)
        return Desk(edition, actor, now, calendar, new_id(), {**self._read, **self._taken})

    def add(
        self,
        before: Case,
        noted: Noted,
        edition: Edition,
        calendar: WorkingDays,
        actor: Actor,
    ) -> None:
        """Take over what was noted. A decision that changed nothing adds nothing."""
        case = noted.case
        if not noted.facts:
            return
        first = self._appended.get(case.id)
        start = self.heads.get(case.id, NEW)
        head = first.after if first else start
        entries = list(first.entries) if first else []
        for entry in self._entries(case, noted.facts, edition, actor, head):
            entries.append(entry)
            head = Head(entry.seq, entry.hash)
        self._appended[case.id] = Appended(case.id, start, head, tuple(entries))
        self.cases[case.id] = case
        self._number(noted.facts)
        self._make_rows(before, case, edition, calendar)

    def _entries(
        self, case: Case, facts: Sequence[Fact], edition: Edition, actor: Actor, head: Head
    ) -> Iterable[Entry]:
        at = case.recorded_at or self.now
        for fact in facts:
            envelope = Envelope(
                id=new_id(),
                stream=case.id,
                seq=head.version + 1,
                type=type(fact.event).__name__,
                schema=1,
                definition=edition.digest,
                recorded_at=at,
                effective_at=fact.effective_at,
                actor=actor.id,
                office=actor.office,
                command=case.command,
            )
            record = seal_record(envelope, fact.event)
            head = Head(envelope.seq, chained(head.hash, record))
            self._tell(fact, envelope, edition)
            yield Entry(case.id, head.version, envelope.id, envelope.type, record, head.hash)

    def _tell(self, fact: Fact, envelope: Envelope, edition: Edition) -> None:
        for message in messages(fact.event, edition):
            name = f"{envelope.id}/{message.template}/{message.to}/{message.about}"
            payload = msgspec.json.encode(message)
            task = Task(name, "mail", envelope.stream, envelope.seq, payload)
            self._tasks.append(task)

    def _number(self, facts: Sequence[Fact]) -> None:
        for place in places(fact.event for fact in facts):
            self._taken[place.series] = max(place.place, self._taken.get(place.series, 0))

    def _make_rows(
        self, before: Case, case: Case, edition: Edition, calendar: WorkingDays
    ) -> None:
        earlier = self._rows.get(case.id)
        self._rows[case.id] = CaseRows(
            row=rows.case_row(case, edition),
            facts=rows.facts_row(case, edition, calendar),
            dues=rows.due_rows(case),
            stays=(*(earlier.stays if earlier else ()), *rows.stays(before, case)),
        )

    def flush(self) -> None:
        """Write everything gathered; Overtaken or a database error undoes the transaction."""
        connection, tables = self._connection, self._tables
        if not self._appended and not self._answers:
            return
        tables.log.append(connection, list(self._appended.values()))
        tables.caseload.put(connection, list(self._rows.values()))
        tables.vault.put(connection, self.vault)
        tables.outbox.put(connection, self._tasks, self.now.isoformat())
        tables.keys.put(connection, self._answers)
        taken = [
            Taken(series, *authority_and_period(series), last, self._read.get(series, 0))
            for series, last in self._taken.items()
        ]
        if not tables.caseload.take(connection, taken):
            raise Overtaken
