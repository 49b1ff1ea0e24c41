"""Our own cases as a log for other tools: what their events hold openly, and nothing else.

A personal value never stands in an event; but seals, answers, the accounts of officers and the
code of the party do, and none of them goes out. What goes out is named here, field by field.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal, TypeAlias

import msgspec
from sqlalchemy import Connection

from permits.casework.envelope import Envelope, Event
from permits.casework.families.documents import DocumentCorrected, DocumentDrawnUp
from permits.casework.families.filing import Filed
from permits.casework.families.gates import GatesPassed
from permits.casework.families.service import DocumentServed
from permits.casework.streams import read_event
from permits.exchange.log import LogEvent
from permits.store.event_log import EventLog

Value: TypeAlias = str | int | bool
Kind = Literal["string", "integer", "boolean"]

OPEN: dict[str, Kind] = {
    "accepted_on": "string",
    "action": "string",
    "amount_fen": "integer",
    "by_silence": "boolean",
    "cause": "string",
    "clock": "string",
    "code": "integer",
    "commitment": "string",
    "document": "string",
    "due": "string",
    "fee": "string",
    "late": "boolean",
    "leaves": "string",
    "material": "string",
    "milestone": "string",
    "obligation": "string",
    "on": "string",
    "outcome": "string",
    "passed": "boolean",
    "provisional": "boolean",
    "received_on": "string",
    "recommends": "string",
    "result": "string",
}
"""The fields of events that go out, with their types: names of the definition, dates, numbers and
words of closed lists. Dates are text, for an instant is more than is known of a day."""

AROUND: dict[str, Kind] = {
    "seq": "integer",
    "effective_on": "string",
    "role": "string",
    "department": "string",
}
"""What goes out with every event: its place in the case, the day it holds in law, and the role and
department that acted. The account does not."""

OF_CASE = ("permit", "authority", "channel", "track")
"""What goes out of a case itself; the track is the one it was filed on."""

_BATCH = 200


class Object(msgspec.Struct, frozen=True):
    """Something an event is about beside its case; `of` is the id of the case, if it is of one."""

    id: str
    type: str
    of: str = ""


class OwnEvent(msgspec.Struct, frozen=True):
    """One event of a case as it goes out."""

    id: str
    activity: str
    at: datetime
    values: dict[str, Value]
    objects: tuple[Object, ...]


class OwnCase(msgspec.Struct, frozen=True):
    """A case as it goes out: by its number, with its events in the order of its log."""

    number: str
    filed_at: datetime
    values: dict[str, Value]
    events: tuple[OwnEvent, ...]


class NoFiling(ValueError):
    """A stream of a case does not begin with its filing, so that it has no number."""


def own_cases(connection: Connection, log: EventLog) -> Iterator[OwnCase]:
    """Every case in the order of its stream's name, which is that of filing. A batch of them is
    read at a time. Raises NoFiling, and what `read_event` raises."""
    names = list(log.streams(connection, "case/"))
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        read = log.read_each(connection, batch)
        for name in batch:
            entries = [(at, read_event(at, body)) for at, body in read.get(name, ())]
            yield own_case(name, entries)


def own_case(name: str, entries: Sequence[tuple[Envelope, Event]]) -> OwnCase:
    """The case of a stream as it goes out."""
    at, filed = entries[0] if entries else (None, None)
    if at is None or not isinstance(filed, Filed):
        raise NoFiling(name)
    return OwnCase(
        number=filed.number,
        filed_at=at.recorded_at,
        values={field: getattr(filed, field) for field in OF_CASE},
        events=tuple(_event(filed.number, envelope, event) for envelope, event in entries),
    )


def log_events(cases: Iterator[OwnCase]) -> Iterator[LogEvent]:
    """The events of cases as those of any log, for their figures."""
    for case in cases:
        for event in case.events:
            yield LogEvent(case.number, event.activity, event.at, event.id)


def fields_of(kind: type[Event]) -> tuple[str, ...]:
    """The fields of a kind of event that go out, in one order."""
    return tuple(name for name in OPEN if name in kind.__struct_fields__)


def _event(number: str, at: Envelope, event: Event) -> OwnEvent:
    values: dict[str, Value] = {
        "seq": at.seq,
        "effective_on": at.effective_at.isoformat(),
        "role": at.role,
        "department": at.department,
    }
    for name in fields_of(type(event)):
        value = _plain(getattr(event, name))
        if value is not None:
            values[name] = value
    return OwnEvent(at.id, at.type, at.recorded_at, values, tuple(_objects(number, event)))


def _plain(value: object) -> Value | None:
    match value:
        case bool() | int() | str():
            return value
        case date():
            return value.isoformat()
        case tuple():  # where a case stands: one state, or one of each region
            return " ".join(map(str, value))
        case _:
            return None


def _objects(number: str, event: Event) -> Iterator[Object]:
    """The case itself first."""
    yield Object(number, "case")
    for kind in ("obligation", "clock", "fee", "commitment"):
        name = getattr(event, kind, None)
        if isinstance(name, str) and name:
            yield Object(f"{number}/{kind}/{name}", kind, number)
    if isinstance(event, DocumentDrawnUp | DocumentCorrected | DocumentServed):
        yield Object(f"{number}/document/{event.number}", "document", number)
    if isinstance(event, GatesPassed):
        yield Object(f"project/{event.project}", "project")
