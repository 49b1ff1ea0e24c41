"""What people send about a party's record, as they send it: texts in the clear. Sealed here."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from permits.casework import party_commands as c
from permits.casework.party import BarGround, Concern, Degree, Power, ReviewOutcome
from permits.definitions.parts import Date
from permits.services.sealer import Sealer
from permits.services.shapes import CREDIT_CODE, FreeText, Request, plain

Key = Annotated[str, Field(pattern=r"^[a-z]+_[0-9]{1,6}$", description="its name in the record")]
Code = Annotated[str, Field(pattern=CREDIT_CODE, description="a credit code")]
Id = Annotated[str, Field(max_length=40, description="id of an account")]


class NoticeEntry(Request):
    """Notice beforehand that an entry is intended; the party reads the grounds."""

    entry: Key
    degree: Degree
    grounds: FreeText = ""


class ObjectToEntry(Request):
    entry: Key
    statement: FreeText = ""


class CheckObjection(Request):
    """The objection has to be checked with others."""

    entry: Key
    reason: FreeText = ""


class DecideObjection(Request):
    entry: Key
    upheld: bool
    reason: FreeText = ""


class MakeEntry(Request):
    entry: Key


class DropEntry(Request):
    entry: Key
    reason: FreeText = ""


class AskForRepair(Request):
    entry: Key
    statement: FreeText = ""


class DecideRepair(Request):
    entry: Key
    granted: bool
    reason: FreeText = ""


class ImposeBar(Request):
    """`case` is the id of the case it follows from, `concerns` what its permit concerns."""

    ground: BarGround
    case: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]
    concerns: Concern
    reason: FreeText = ""


class LiftBar(Request):
    bar: Key
    reason: FreeText = ""


class ConcludeReview(Request):
    review: Key
    outcome: ReviewOutcome
    reason: FreeText = ""


class RenameParty(Request):
    name: Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(plain)]
    reason: FreeText = ""


class AuthorisePerson(Request):
    """Of an account of the party, or of somebody without one by their `name`; `letter` says which
    letter of authorisation was seen."""

    account: Id = ""
    name: Annotated[str, Field(max_length=100), BeforeValidator(plain)] = ""
    power: Power
    since: Date
    until: Date | None = None
    letter: FreeText = ""


class EndAuthorisation(Request):
    """`account` is how the record calls who is authorised."""

    account: Id
    reason: FreeText = ""


class MergeParty(Request):
    into: Code
    reason: FreeText = ""


OfRepair = AskForRepair | DecideRepair
OfEntry = (
    NoticeEntry
    | ObjectToEntry
    | CheckObjection
    | DecideObjection
    | MakeEntry
    | DropEntry
    | OfRepair
)
OfName = RenameParty | MergeParty
"""Under which name a party goes on."""

PartyRequest = (
    OfEntry | ImposeBar | LiftBar | ConcludeReview | OfName | AuthorisePerson | EndAuthorisation
)


def sealed_party(given: PartyRequest, sealer: Sealer) -> c.PartyCommand:
    """The command with its texts sealed."""
    match given:
        case ImposeBar():
            return c.ImposeBar(
                given.ground,
                f"case/{given.case}",
                given.concerns,
                sealer.text("reason", given.reason),
            )
        case LiftBar():
            return c.LiftBar(given.bar, sealer.text("reason", given.reason))
        case ConcludeReview():
            return c.ConcludeReview(
                given.review, given.outcome, sealer.text("reason", given.reason)
            )
        case AuthorisePerson():
            letter = sealer.text("letter", given.letter)
            name = sealer.text("person", given.name)
            held = (given.account, given.power, given.since, given.until)
            return c.AuthorisePerson(*held, letter, name)
        case EndAuthorisation():
            return c.EndAuthorisation(given.account, sealer.text("reason", given.reason))
        case RenameParty() | MergeParty():
            return _of_name(given, sealer)
        case _:
            return _of_entry(given, sealer)


def _of_name(given: OfName, sealer: Sealer) -> c.PartyCommand:
    reason = sealer.text("reason", given.reason)
    match given:
        case RenameParty():
            return c.RenameParty(given.name, reason)
        case MergeParty():
            return c.MergeParty(given.into, reason)


def _of_entry(given: OfEntry, sealer: Sealer) -> c.PartyCommand:
    match given:
        case NoticeEntry():
            grounds = sealer.text("grounds", given.grounds)
            return c.NoticeEntry(given.entry, given.degree, grounds)
        case ObjectToEntry():
            return c.ObjectToEntry(given.entry, sealer.text("statement", given.statement))
        case CheckObjection():
            return c.CheckObjection(given.entry, sealer.text("reason", given.reason))
        case DecideObjection():
            reason = sealer.text("reason", given.reason)
            return c.DecideObjection(given.entry, given.upheld, reason)
        case MakeEntry():
            return c.MakeEntry(given.entry)
        case DropEntry():
            return c.DropEntry(given.entry, sealer.text("reason", given.reason))
        case _:
            return _of_repair(given, sealer)


def _of_repair(given: OfRepair, sealer: Sealer) -> c.PartyCommand:
    match given:
        case AskForRepair():
            return c.AskForRepair(given.entry, sealer.text("statement", given.statement))
        case DecideRepair():
            reason = sealer.text("reason", given.reason)
            return c.DecideRepair(given.entry, given.granted, reason)
