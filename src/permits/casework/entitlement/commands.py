"""What people ask of entitlements."""

from datetime import date

import msgspec

from permits.casework.entitlement.claim_events import RecoveryGround, ReturnCause
from permits.casework.entitlement.rounds import ObjectionKind
from permits.casework.parts import HandedIn, Recommendation, Seal


class RunMatch(msgspec.Struct, frozen=True, tag="run_match"):
    """Match a policy for a period against the newest edition of the register."""

    policy: str
    period: str


class DropMatch(msgspec.Struct, frozen=True, tag="drop_match"):
    """Drop a run before its list is published."""

    round: str
    reason: Seal | None


class MakeOffers(msgspec.Struct, frozen=True, tag="make_offers"):
    """Ask the candidates to confirm, where that comes before the notice."""

    round: str


class PublishList(msgspec.Struct, frozen=True, tag="publish_list"):
    """Publish the list and open it to objections."""

    round: str


class PublishApplications(msgspec.Struct, frozen=True, tag="publish_applications"):
    """Publish a list of the applications that were granted for a period and were on none yet."""

    policy: str
    period: str


class EnterObjection(msgspec.Struct, frozen=True, tag="enter_objection"):
    """Object to a list, or enter what somebody objects. `objector` is who, and how they are
    reached, if not an enterprise with its account."""

    round: str
    kind: ObjectionKind
    code: str
    text: Seal | None
    objector: Seal | None = None


class DecideListObjection(msgspec.Struct, frozen=True, tag="decide_list_objection"):
    """Decide an objection. `grade` is what somebody is added with."""

    round: str
    objection: int
    upheld: bool
    reason: Seal | None
    grade: str = ""


class SettleList(msgspec.Struct, frozen=True, tag="settle_list"):
    """State that the notice is over and the list stands."""

    round: str


class CloseOffers(msgspec.Struct, frozen=True, tag="close_offers"):
    """Close the offers of a round that nobody confirmed in time."""

    round: str
    reason: Seal | None


class ConfirmOffer(msgspec.Struct, frozen=True, tag="confirm_offer"):
    """Accept, with the account and the digest of the statement that was signed."""

    policy: str
    period: str
    account: Seal | None
    statement: str


class DeclineOffer(msgspec.Struct, frozen=True, tag="decline_offer"):
    """Do without it."""

    policy: str
    period: str
    reason: Seal | None


class Apply(msgspec.Struct, frozen=True, tag="apply"):
    """Apply with one's own evidence because one was not matched."""

    policy: str
    period: str
    grounds: Seal | None
    handed_in: tuple[HandedIn, ...]
    account: Seal | None
    statement: str


class ExamineApplication(msgspec.Struct, frozen=True, tag="examine_application"):
    """Give one's opinion on an application."""

    party: str
    policy: str
    period: str
    recommends: Recommendation
    grade: str
    opinion: Seal | None


class DecideApplication(msgspec.Struct, frozen=True, tag="decide_application"):
    """Grant an application, in the grade the opinion names, or refuse it."""

    party: str
    policy: str
    period: str
    granted: bool
    reason: Seal | None


class OrderPayments(msgspec.Struct, frozen=True, tag="order_payments"):
    """Order whatever is confirmed of a policy to be paid, in a batch."""

    policy: str


class RecordPayments(msgspec.Struct, frozen=True, tag="record_payments"):
    """Record what the treasury paid of a batch, and what came back, by lines `code/period`."""

    batch: str
    on: date
    paid: tuple[str, ...]
    returned: dict[str, ReturnCause]


class CorrectAccount(msgspec.Struct, frozen=True, tag="correct_account"):
    """Name another account after a return."""

    policy: str
    period: str
    account: Seal | None


class OrderRecovery(msgspec.Struct, frozen=True, tag="order_recovery"):
    """Demand a wrong payment back, in whole or in part."""

    party: str
    policy: str
    period: str
    ground: RecoveryGround
    amount_fen: int
    reason: Seal | None


class RecordRecovery(msgspec.Struct, frozen=True, tag="record_recovery"):
    """Record what was paid back."""

    party: str
    policy: str
    period: str
    on: date
    amount_fen: int


OnRound = (
    DropMatch
    | MakeOffers
    | PublishList
    | EnterObjection
    | DecideListObjection
    | SettleList
    | CloseOffers
)
OfEnterprise = ConfirmOffer | DeclineOffer | Apply | CorrectAccount
OnClaim = ExamineApplication | DecideApplication | OrderRecovery | RecordRecovery
OfNewList = RunMatch | PublishApplications
Command = OfNewList | OnRound | OfEnterprise | OnClaim | OrderPayments | RecordPayments
