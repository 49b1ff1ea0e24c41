"""What happened to lists and claims, step by step."""

from collections.abc import Iterable

from permits.casework.envelope import Envelope, Event
from permits.text import names
from permits.text.history import Line
from permits.text.told.entitlement import SAYS, Sayer


def lines(entries: Iterable[tuple[Envelope, Event]], sayer: Sayer) -> tuple[Line, ...]:
    """What happened, oldest first; each event is a step of its own."""
    return tuple(_line(envelope, event, sayer) for envelope, event in entries)


def _line(envelope: Envelope, event: Event, sayer: Sayer) -> Line:
    first, *more = SAYS[type(event)](sayer, event)
    return Line(
        recorded_at=envelope.recorded_at,
        on=envelope.effective_at,
        says=first,
        more=tuple(one for one in more if one),
        by=names.role(envelope.role, sayer.language),
        by_law=False,
    )
