"""The access family: what accounts may do, and who signed in. One stream for each account."""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from permits.casework.envelope import Event
from permits.casework.parts import Seal

ALL = "access/"


def stream_of(account: str) -> str:
    return f"{ALL}{account}"


class AccountOpened(Event, frozen=True):
    """An account with its roles, if it has any yet. Officers belong to an office and department,
    applicants act for a party; the person's name stands beside the log."""

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
    reason: Seal | None = None


class AccountClosed(Event, frozen=True):
    """The account can no longer sign in, for good. `handed_to` has what it was still to do."""

    reason: Seal | None = None
    handed_to: str = ""


class SubstituteNamed(Event, frozen=True):
    """Another officer of the department acts in a role of this account, from the first of some
    days to the last; then it ends by itself."""

    substitution: str
    substitute: str
    role: str
    office: str
    department: str
    first: date
    last: date
    reason: Seal


class SubstituteRecalled(Event, frozen=True):
    """A substitution of this account has ended before its time."""

    substitution: str


class PlaceTaken(Event, frozen=True):
    """This account acts in a role of another one, from the first of some days to the last."""

    substitution: str
    of: str
    role: str
    office: str
    department: str
    first: date
    last: date


class PlaceLeft(Event, frozen=True):
    """This account no longer stands in for another one, before its time."""

    substitution: str


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
    """Personal values of a case, a batch of payments or a party, by its stream, were shown to this
    account; the values stay beside the log. `fields` are those that were shown, `reason` is one of
    the office's list, and `words` is what was written beside it."""

    case_id: str
    fields: tuple[str, ...] = ()
    reason: str = ""
    words: Seal | None = None


class Substitution(msgspec.Struct, frozen=True):
    """A role that one officer has for another one on some days. `account` is the other of the two:
    who stands in, where it stands among substitutes; for whom, where it stands among places."""

    id: str
    account: str
    role: str
    office: str
    department: str
    first: date
    last: date


class Standing(msgspec.Struct, frozen=True):
    """What an account may do, as its events leave it. `places` are those it takes for others,
    `substitutes` those who take its own; those that are over stand here too."""

    roles: tuple[str, ...] = ()
    office: str = ""
    department: str = ""
    party: str = ""
    open: bool = False
    places: tuple[Substitution, ...] = ()
    substitutes: tuple[Substitution, ...] = ()


def fold_standing(events: Iterable[Event]) -> Standing:
    """The standing of an account from the events of its stream."""
    return standing_after(Standing(), events)


def standing_after(standing: Standing, events: Iterable[Event]) -> Standing:
    """The standing of an account after more events of its stream."""
    for event in events:
        standing = _after(standing, event)
    return standing


def _after(standing: Standing, event: Event) -> Standing:
    match event:
        case AccountOpened() | RolesChanged():
            opened = standing.open or isinstance(event, AccountOpened)
            return replace(
                standing,
                roles=event.roles,
                office=event.office,
                department=event.department,
                party=event.party,
                open=opened,
            )
        case AccountClosed():
            return replace(standing, open=False)
        case SubstituteNamed() | SubstituteRecalled():
            return replace(standing, substitutes=_among(standing.substitutes, event))
        case PlaceTaken() | PlaceLeft():
            return replace(standing, places=_among(standing.places, event))
        case _:
            return standing


_Substituting = SubstituteNamed | SubstituteRecalled | PlaceTaken | PlaceLeft


def _among(those: tuple[Substitution, ...], event: _Substituting) -> tuple[Substitution, ...]:
    """The substitutions with one more, or without one that has ended before its time."""
    match event:
        case SubstituteNamed():
            return (*those, _substitution(event, event.substitute))
        case PlaceTaken():
            return (*those, _substitution(event, event.of))
        case SubstituteRecalled() | PlaceLeft():
            return tuple(one for one in those if one.id != event.substitution)


def _substitution(event: SubstituteNamed | PlaceTaken, account: str) -> Substitution:
    return Substitution(
        event.substitution,
        account,
        event.role,
        event.office,
        event.department,
        event.first,
        event.last,
    )
