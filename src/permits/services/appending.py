"""What decisions add to the log, chained to its stream, and the tasks that come of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from permits.casework.access import Actor
from permits.casework.decide.minutes import Fact
from permits.casework.envelope import Envelope, Event, chained, seal_record
from permits.casework.families.documents import DocumentDrawnUp
from permits.casework.messages import Message, messages
from permits.casework.streams import schema_of
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role
from permits.services.records import new_id
from permits.store.event_log import Appended, Entry, Head
from permits.store.outbox import DOCUMENT, MAIL, Task
from permits.text.instruments import called_for


class By(NamedTuple):
    """What stands around every event of a command: by which definition, by whom, when, and for
    whom."""

    definition: str
    actor: Actor
    role: Role
    recorded_at: datetime
    command: str
    on_behalf: str = ""


def with_facts(so_far: Appended, facts: Iterable[Fact], by: By) -> Appended:
    """What is added to a stream, these facts included."""
    head, entries = so_far.after, list(so_far.entries)
    for fact in facts:
        envelope = _envelope(so_far.stream, fact, by, head.version + 1)
        record = seal_record(envelope, fact.event)
        head = Head(envelope.seq, chained(head.hash, record))
        entries.append(
            Entry(so_far.stream, head.version, envelope.id, envelope.type, record, head.hash)
        )
    return Appended(so_far.stream, so_far.before, head, tuple(entries))


def _envelope(stream: str, fact: Fact, by: By, seq: int) -> Envelope:
    return Envelope(
        id=new_id(),
        stream=stream,
        seq=seq,
        type=type(fact.event).__name__,
        schema=schema_of(type(fact.event).__name__),
        definition=by.definition,
        recorded_at=by.recorded_at,
        effective_at=fact.effective_at,
        actor=by.actor.id,
        role=by.role,
        office=by.actor.office,
        department=by.actor.department,
        command=by.command,
        on_behalf=by.on_behalf,
        in_place_of=by.actor.place_of(by.role),
    )


def tasks_of(event: Event, entry: Entry, edition: Edition) -> Iterable[Task]:
    """Who is to be written to about an event of a case, and which document is to be made."""
    for message in messages(event, edition):
        yield task_of(message, entry)
    if isinstance(event, DocumentDrawnUp) or called_for(event, edition.definition):
        yield Task(document_task(entry.id), DOCUMENT, entry.stream, entry.seq, b"")


def document_task(entry_id: str) -> str:
    """The name of the task that makes a file of the document an entry tells of."""
    return f"{entry_id}/{DOCUMENT}"


def task_of(message: Message, entry: Entry) -> Task:
    """A message as a task of the outbox; the same message about the same entry has one name."""
    name = f"{entry.id}/{message.template}/{message.to}/{message.about}"
    return Task(name, MAIL, entry.stream, entry.seq, msgspec.json.encode(message))
