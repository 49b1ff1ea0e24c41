"""What happens to a claim: an event each, of a policy and a period."""

from datetime import date
from typing import Literal

from permits.casework.envelope import Event
from permits.casework.parts import HandedIn, Recommendation, Seal

ReturnCause = Literal["account", "closed_account", "other"]
RecoveryGround = Literal["false_data", "not_entitled", "overpaid", "office_error"]


class Of(Event, frozen=True):
    """An event of a claim: of which policy and period."""

    policy: str
    period: str


class EntitlementOffered(Of, frozen=True):
    """The enterprise is asked whether it wants the amount. `cleared` if no notice stands between
    its confirmation and the payment; `prepared_by` is the account that ran the match."""

    party: str
    name: str
    authority: str
    department: str
    round: str
    group: str
    grade: str
    full_fen: int
    deducted_fen: int
    amount_fen: int
    cleared: bool
    confirm_by: date | None
    provisional: bool
    prepared_by: str
    prepared_for: str = ""


class EntitlementConfirmed(Of, frozen=True):
    """The enterprise accepts, names its account and signs the statement (by its digest)."""

    account: Seal
    statement: str


class EntitlementDeclined(Of, frozen=True):
    """The enterprise does not want it."""

    reason: Seal | None


class OfferClosed(Of, frozen=True):
    """The time to confirm is over and a person closed the offer; why stands in the round."""


class EntitlementTakenOff(Of, frozen=True):
    """An objection that was upheld took the enterprise off the list."""

    objection: int


class EntitlementCleared(Of, frozen=True):
    """The list with this enterprise on it stands."""


class EntitlementListed(Of, frozen=True):
    """A granted application was put on a list, which is published before anything is paid."""

    round: str


class EntitlementApplied(Of, frozen=True):
    """The enterprise applied with its own evidence, because it was not matched."""

    party: str
    name: str
    authority: str
    department: str
    group: str
    grounds: Seal
    handed_in: tuple[HandedIn, ...]
    account: Seal
    statement: str
    decide_by: date | None
    provisional: bool


class EntitlementExamined(Of, frozen=True):
    """An officer examined the application."""

    recommends: Recommendation
    grade: str
    opinion: Seal


class EntitlementGranted(Of, frozen=True):
    """The application was granted."""

    grade: str
    full_fen: int
    deducted_fen: int
    amount_fen: int


class EntitlementRefused(Of, frozen=True):
    """The application was refused."""

    reason: Seal


class PaymentOrdered(Of, frozen=True):
    """The amount is paid with a batch. `again` after the bank returned it."""

    batch: str
    amount_fen: int
    again: bool


class PaymentMade(Of, frozen=True):
    """The treasury paid it."""

    on: date


class PaymentReturned(Of, frozen=True):
    """The bank returned it."""

    on: date
    cause: ReturnCause


class AccountCorrected(Of, frozen=True):
    """The enterprise named another account after a return."""

    account: Seal


class RecoveryOrdered(Of, frozen=True):
    """A payment was wrong, and the amount is to be paid back."""

    ground: RecoveryGround
    amount_fen: int
    reason: Seal
    due: date | None
    provisional: bool


class RecoveryPaid(Of, frozen=True):
    """Something was paid back."""

    on: date
    amount_fen: int
