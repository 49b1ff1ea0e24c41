"""The access family: what accounts may do, and who signed in. One stream for each account."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from permits.casework.envelope import Event
from permits.casework.parts import Seal


def stream_of(account: str) -> str:
    return f"access/{account}"


class AccountOpened(Event, frozen=True):
    """An account with its roles. Officers belong to an office and department, applicants act for
    a party; the person's name stands beside the log."""

    roles: tuple[str, ...]
    office: str
    department: str
    party: str


class RolesChanged(Event, frozen=True):
    """The account has other roles from now on; whether it is open stays as it was."""

    roles: tuple[str, ...]
    office: str
    department: str
    party: str


class AccountClosed(Event, frozen=True):
    """The account can no longer sign in, for good."""


class SignedIn(Event, frozen=True):
    """A sign-in with the right password."""


class SignInFailed(Event, frozen=True):
    """A sign-in to this account with a wrong password."""


class SignedOut(Event, frozen=True):
    """The session was ended by the person."""


class CaseShown(Event, frozen=True):
    """Personal values of a case, a batch of payments or a party, by its stream, were shown to this
    account; the values stay beside the log. `fields` are those that were shown, `reason` is one of
    the office's list, and `words` is what was written beside it."""

    case_id: str
    fields: tuple[str, ...] = ()
    reason: str = ""
    words: Seal | None = None


class Standing(msgspec.Struct, frozen=True):
    """What an account may do, as its events leave it."""

    roles: tuple[str, ...] = ()
    office: str = ""
    department: str = ""
    party: str = ""
    open: bool = False


def fold_standing(events: Iterable[Event]) -> Standing:
    """The standing of an account from the events of its stream."""
    standing = Standing()
    for event in events:
        match event:
            case AccountOpened():
                standing = Standing(
                    event.roles, event.office, event.department, event.party, open=True
                )
            case RolesChanged():
                standing = Standing(
                    event.roles, event.office, event.department, event.party, open=standing.open
                )
            case AccountClosed():
                standing = replace(standing, open=False)
            case _:
                continue
    return standing
