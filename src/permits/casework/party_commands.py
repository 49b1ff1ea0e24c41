"""What people ask of a party's record. Free texts come sealed, never in the clear."""

from datetime import date

import msgspec

from permits.casework.parts import Seal
from permits.casework.party import BarGround, Concern, Degree, Power, ReviewOutcome


class NoticeEntry(msgspec.Struct, frozen=True, tag="notice_entry"):
    """Tell the party in writing that an entry is intended, and on which grounds."""

    entry: str
    degree: Degree
    grounds: Seal | None = None


class ObjectToEntry(msgspec.Struct, frozen=True, tag="object_to_entry"):
    """The party objects, or it is written down at the window."""

    entry: str
    statement: Seal | None = None


class CheckObjection(msgspec.Struct, frozen=True, tag="check_objection"):
    """The objection has to be checked with others, which takes the longer term."""

    entry: str
    reason: Seal | None = None


class DecideObjection(msgspec.Struct, frozen=True, tag="decide_objection"):
    """Decide an objection, as somebody else than who proposed the entry."""

    entry: str
    upheld: bool
    reason: Seal | None = None


class MakeEntry(msgspec.Struct, frozen=True, tag="make_entry"):
    """Enter what was told beforehand."""

    entry: str


class DropEntry(msgspec.Struct, frozen=True, tag="drop_entry"):
    """Enter nothing."""

    entry: str
    reason: Seal | None = None


class PublishEntry(msgspec.Struct, frozen=True, tag="publish_entry"):
    """The timer's: the day of publication has come."""

    entry: str


class AskForRepair(msgspec.Struct, frozen=True, tag="ask_for_repair"):
    """The party applies for credit repair, and says what it put right."""

    entry: str
    statement: Seal | None = None


class DecideRepair(msgspec.Struct, frozen=True, tag="decide_repair"):
    entry: str
    granted: bool
    reason: Seal | None = None


class ImposeBar(msgspec.Struct, frozen=True, tag="impose_bar"):
    """Keep the party from applying for the permit of a case again, because of that case.
    `concerns` is what the permit directly concerns."""

    ground: BarGround
    case: str
    concerns: Concern
    reason: Seal | None = None


class LiftBar(msgspec.Struct, frozen=True, tag="lift_bar"):
    bar: str
    reason: Seal | None = None


class ConcludeReview(msgspec.Struct, frozen=True, tag="conclude_review"):
    """Say what became of a legal review: referred to whoever penalises, or not pursued."""

    review: str
    outcome: ReviewOutcome
    reason: Seal | None = None


class RenameParty(msgspec.Struct, frozen=True, tag="rename_party"):
    """Record the registered name as it was changed; `reason` says what shows it."""

    name: str
    reason: Seal | None = None


class AuthorisePerson(msgspec.Struct, frozen=True, tag="authorise_person"):
    """Record that an account of the party may act for it, or a person of this name who has none,
    as `letter` says."""

    account: str
    power: Power
    since: date
    until: date | None = None
    letter: Seal | None = None
    name: Seal | None = None


class EndAuthorisation(msgspec.Struct, frozen=True, tag="end_authorisation"):
    account: str
    reason: Seal | None = None


class MergeParty(msgspec.Struct, frozen=True, tag="merge_party"):
    """Record that the party was merged into another one, which takes over everything."""

    into: str
    reason: Seal | None = None


OfEntry = (
    NoticeEntry
    | ObjectToEntry
    | CheckObjection
    | DecideObjection
    | MakeEntry
    | DropEntry
    | PublishEntry
    | AskForRepair
    | DecideRepair
)
OfBars = ImposeBar | LiftBar | ConcludeReview
OfChange = RenameParty | AuthorisePerson | EndAuthorisation | MergeParty

PartyCommand = OfEntry | OfBars | OfChange
