"""The access family: what accounts may do, and who signed in. One stream for each account."""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from permits.casework.envelope import Event


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
    """A sign-in, and by what: `password`, `code`, `recovery_code`."""

    by: tuple[str, ...] = ("password",)


class SignInFailed(Event, frozen=True):
    """A sign-in to this account with something wrong: the password or the code after it."""

    wrong: str = "password"


class SignedOut(Event, frozen=True):
    """The session was ended by the person."""


class SessionsEnded(Event, frozen=True):
    """Sessions of the account, by their ids, were ended by whoever acted: because somebody asked
    for it, or because of what happened to the account."""

    sessions: tuple[str, ...]
    because: str


class PasswordChanged(Event, frozen=True):
    """The person has another password, which nobody else knows."""


class PasswordSet(Event, frozen=True):
    """A password was set for the person by somebody else, to be changed at the first sign-in."""


class SecondFactorAdded(Event, frozen=True):
    """The person signs in with a code as well, or with one of another device than before."""

    replaced: bool


class SecondFactorRemoved(Event, frozen=True):
    """A password is enough from now on, or a second factor has to be added anew."""


class RecoveryCodesMade(Event, frozen=True):
    """The person was shown new codes for when there is no device; older ones are void."""

    count: int


class RecoveryCodeUsed(Event, frozen=True):
    """One of those codes was used up."""

    left: int


class StepUpPassed(Event, frozen=True):
    """In a session that was open already the person proved who they are, and by what."""

    by: str


class StepUpFailed(Event, frozen=True):
    """Somebody in an open session could not prove to be the person."""


class TokenMade(Event, frozen=True):
    """The person made a token for a program, which may do so much until that day."""

    token: str
    scopes: tuple[str, ...]
    ends_on: date


class TokenEnded(Event, frozen=True):
    """A token of the account opens nothing any more."""

    token: str


class IdentityLinked(Event, frozen=True):
    """The person signs in with an issuer as well; as whom there stands beside the log."""

    issuer: str


class IdentityUnlinked(Event, frozen=True):
    """The person no longer signs in with the issuer."""

    issuer: str


class WaitsLifted(Event, frozen=True):
    """Whoever signs in to the account need not wait any more for what was guessed wrong."""


class CaseShown(Event, frozen=True):
    """Personal values of a case were shown to this account; the values stay beside the log."""

    case_id: str


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
