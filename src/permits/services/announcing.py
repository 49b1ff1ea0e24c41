"""Tells programs of others what happened: noted with what happened, told by the worker, each
receiver in a queue of its own so that one that is away holds up nobody else."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from permits.casework.announcements import announced
from permits.casework.case import Case
from permits.casework.dates import as_text
from permits.casework.envelope import Event
from permits.outside.webhooks import NotTold, Webhooks
from permits.services.outgoing import attempted, claimed, settle
from permits.services.resting import Rest, on_at_once, paced
from permits.store import outbox_state
from permits.store.database import Database
from permits.store.event_log import Entry
from permits.store.outbox import WEBHOOK, Task

log = logging.getLogger(__name__)


class Announcing:
    """Notes for whom something is, and tells it."""

    def __init__(
        self, database: Database, webhooks: Webhooks, now: Callable[[], datetime]
    ) -> None:
        self.database = database
        self.webhooks = webhooks
        self.now = now

    def tasks_of(self, event: Event, entry: Entry, case: Case, at: datetime) -> Iterator[Task]:
        """A task for each receiver that is told of an event. What it will be told is fixed here,
        so that it is the same however often it comes."""
        if not self.webhooks.ids or (said := announced(event, case)) is None:
            return
        content = {"type": said.kind, "timestamp": as_text(at), "data": said.about}
        payload = msgspec.json.encode(content)
        for name in self.webhooks.for_kind(said.kind):
            kind = f"{WEBHOOK}{name}"
            yield Task(f"{entry.id}/{kind}", kind, entry.stream, entry.seq, payload)

    def tell(self, rest: Rest = on_at_once) -> int:
        """Tell every receiver what waits for it; how much was told. Of one that is not reached
        the rest waits for the next look."""
        with self.database.write() as connection:
            gone = outbox_state.give_up_on(connection, WEBHOOK, self._kinds)
        if gone:
            log.error("%d messages are for receivers that are not named any more", gone)
        return sum(self._told_to(kind, rest) for kind in self._kinds)

    @property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(f"{WEBHOOK}{name}" for name in self.webhooks.ids)

    def _told_to(self, kind: str, rest: Rest) -> int:
        told = 0
        for task in paced(claimed(self.database, kind, self.now), rest):
            fault = attempted(self._send, task)
            for_good = isinstance(fault, NotTold) and fault.for_good
            settle(self.database, task, self.now(), fault, for_good=for_good)
            told += fault is None
            if isinstance(fault, NotTold) and fault.unreachable:
                break
        return told

    def _send(self, task: Task) -> None:
        name, message = task.kind.removeprefix(WEBHOOK), task.id.partition("/")[0]
        self.webhooks.tell(name, message, int(self.now().timestamp()), task.payload)
