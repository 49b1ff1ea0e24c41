"""Events as they are kept: canonical bytes in an envelope, chained by hash within a stream."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TypeVar

import msgspec

GENESIS = b"\x00" * 32
"""What the first event of a stream has for a previous hash."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that has happened. Its fields are integers, strings, booleans, dates and lists or
    maps of them; a personal value never stands here, only a seal of it."""


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around every event.

    `recorded_at` is when it was written (UTC, never earlier than the event before it in its
    stream); `effective_at` the day it holds in law (Asia/Shanghai); `definition` the digest the
    case is bound to, empty where there is none; `actor` the account, `role` the role it acted in,
    and `office` and `department` where it held that role (empty for applicants and where no role
    was asked for), `on_behalf` the party for whom it acted if that was not its own, as the window
    does for applicants on paper, `in_place_of` the account whose role it was if it stood in for
    somebody; `command` names the command it came of.
    """

    id: str
    stream: str
    seq: int
    type: str
    schema: int
    definition: str
    recorded_at: datetime
    effective_at: date
    actor: str
    role: str
    office: str
    department: str
    command: str
    on_behalf: str = ""
    in_place_of: str = ""

    @property
    def persons(self) -> tuple[str, ...]:
        """Whoever acted, and in whose place."""
        return (self.actor, self.in_place_of) if self.in_place_of else (self.actor,)


E = TypeVar("E", bound=Event)


class CannotFollow(ValueError):
    """An event of the log cannot have happened: it cannot be read, or it tells of what its stream
    does not have. No decision leads there; a record that somebody wrote may."""

    def __init__(self, at: Envelope, why: str) -> None:
        super().__init__(f"{at.stream}, event {at.seq} ({at.type}): {why}")
        self.stream = at.stream
        self.seq = at.seq
        self.why = why


class Strayed(CannotFollow):
    """An event lies in a stream that holds none of its kind."""

    def __init__(self, at: Envelope) -> None:
        super().__init__(at, "no event of this stream")


def only(kind: type[E], entries: Iterable[tuple[Envelope, Event]]) -> Iterator[tuple[Envelope, E]]:
    """The events of a stream that holds but one kind. Raises Strayed at one of another."""
    for envelope, event in entries:
        if not isinstance(event, kind):
            raise Strayed(envelope)
        yield envelope, event


class _Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    actor: str
    body: msgspec.Raw
    command: str
    definition: str
    department: str
    effective_at: date
    id: str
    in_place_of: str = ""
    office: str
    on_behalf: str = ""
    recorded_at: datetime
    role: str
    schema: int
    seq: int
    stream: str
    type: str


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(_Record, strict=True)


def canonical(value: object) -> bytes:
    """Canonical JSON (RFC 8785) of a value made of strings, integers within ±(2^53-1), booleans,
    nulls, dates, lists and maps or structs with plain ASCII keys."""
    return _encoder.encode(value)


def seal_record(envelope: Envelope, event: Event) -> bytes:
    """The bytes that are kept and hashed: the envelope with the event as its body."""
    return _encoder.encode(
        _Record(
            actor=envelope.actor,
            body=msgspec.Raw(_encoder.encode(event)),
            command=envelope.command,
            definition=envelope.definition,
            department=envelope.department,
            effective_at=envelope.effective_at,
            id=envelope.id,
            in_place_of=envelope.in_place_of,
            office=envelope.office,
            on_behalf=envelope.on_behalf,
            recorded_at=envelope.recorded_at,
            role=envelope.role,
            schema=envelope.schema,
            seq=envelope.seq,
            stream=envelope.stream,
            type=envelope.type,
        )
    )


def open_record(record: bytes) -> tuple[Envelope, bytes]:
    """The envelope and the body's bytes; msgspec.ValidationError if the bytes are no record."""
    r = _decoder.decode(record)
    envelope = Envelope(
        id=r.id,
        stream=r.stream,
        seq=r.seq,
        type=r.type,
        schema=r.schema,
        definition=r.definition,
        recorded_at=r.recorded_at,
        effective_at=r.effective_at,
        actor=r.actor,
        role=r.role,
        office=r.office,
        department=r.department,
        command=r.command,
        on_behalf=r.on_behalf,
        in_place_of=r.in_place_of,
    )
    return envelope, bytes(r.body)


def chained(previous: bytes, record: bytes) -> bytes:
    """The hash of a record: SHA-256 over a zero byte, the previous hash and the record.

    The zero byte makes it a leaf hash of a Merkle tree as RFC 6962 defines it.
    """
    return hashlib.sha256(b"\x00" + previous + record).digest()
