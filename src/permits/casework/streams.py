"""Every event the log may hold, whatever its stream, by the name it is kept under."""

import msgspec

from permits.casework.envelope import Event
from permits.casework.families import access, calendar, definitions, parties
from permits.casework.fold import EVENTS as OF_CASES

BESIDE_CASES: tuple[type[Event], ...] = (
    access.AccountOpened,
    access.RolesChanged,
    access.AccountClosed,
    access.SignedIn,
    access.SignInFailed,
    access.SignedOut,
    access.CaseShown,
    calendar.YearPublished,
    definitions.DefinitionPublished,
    parties.PartyRegistered,
)

EVENTS: dict[str, type[Event]] = {**OF_CASES, **{k.__name__: k for k in BESIDE_CASES}}

_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in EVENTS.items()}


def read_event(name: str, body: bytes) -> Event:
    """The event in a body; KeyError for an unknown type, msgspec.ValidationError for bad bytes."""
    return _DECODERS[name].decode(body)
