"""What an enterprise has of every policy: its claims, each for one policy and period."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from permits.casework.entitlement.claim_events import (
    AccountCorrected,
    EntitlementApplied,
    EntitlementCleared,
    EntitlementConfirmed,
    EntitlementDeclined,
    EntitlementExamined,
    EntitlementGranted,
    EntitlementOffered,
    EntitlementRefused,
    EntitlementTakenOff,
    Of,
    OfferClosed,
    PaymentMade,
    PaymentOrdered,
    PaymentReturned,
    RecoveryGround,
    RecoveryOrdered,
    RecoveryPaid,
    ReturnCause,
)
from permits.casework.entitlement.matching import Received
from permits.casework.envelope import Envelope, Event
from permits.casework.parts import HandedIn, Recommendation, Seal

Route = Literal["matched", "applied"]
Standing = Literal[
    "offered", "declined", "closed", "taken_off", "confirmed",
    "applied", "examined", "refused",
    "ordered", "paid", "returned", "corrected", "recovering", "recovered",
]  # fmt: skip
"""Where a claim stands. An application is `confirmed` once it is granted."""

GRANTED = frozenset({"ordered", "paid", "returned", "corrected", "recovering", "recovered"})
"""The order to pay was given: for this policy and period nothing is ever paid again."""

OVER = frozenset({"declined", "closed", "taken_off", "refused"})
"""Nothing comes of it any more; the enterprise may apply."""


def stream_of(code: str) -> str:
    return f"entitled/{code}"


def place_of(party: str, policy: str, period: str) -> str:
    """Where the files of an application are kept."""
    return f"{stream_of(party)}/{key_of(policy, period)}"


def key_of(policy: str, period: str) -> str:
    return f"{policy}/{period}"


class Claim(msgspec.Struct, frozen=True):
    """A claim as its events leave it. `prepared_by` is who ran the match or examined."""

    policy: str
    period: str
    party: str
    name: str
    authority: str
    department: str
    definition: str
    route: Route
    standing: Standing
    group: str
    round: str = ""
    grade: str = ""
    full_fen: int = 0
    deducted_fen: int = 0
    amount_fen: int = 0
    cleared: bool = False
    due: date | None = None
    provisional: bool = False
    prepared_by: str = ""
    account: Seal | None = None
    grounds: Seal | None = None
    handed_in: tuple[HandedIn, ...] = ()
    recommends: Recommendation | None = None
    opinion: Seal | None = None
    reason: Seal | None = None
    cause: ReturnCause | None = None
    batch: str = ""
    opened_on: date | None = None
    confirmed_on: date | None = None
    ordered_on: date | None = None
    paid_on: date | None = None
    recovery_fen: int = 0
    recovered_fen: int = 0
    recovery_ground: RecoveryGround | None = None

    @property
    def key(self) -> str:
        return key_of(self.policy, self.period)

    @property
    def payable(self) -> bool:
        """Whether an order to pay may be given."""
        return self.standing == "corrected" or (self.standing == "confirmed" and self.cleared)

    @property
    def owed_back_fen(self) -> int:
        """What is still to be paid back."""
        return self.recovery_fen - self.recovered_fen


class Holding(msgspec.Struct, frozen=True):
    """Everything an enterprise has, by policy and period."""

    party: str
    claims: dict[str, Claim] = {}
    version: int = 0
    recorded_at: datetime | None = None

    def claim(self, policy: str, period: str) -> Claim | None:
        return self.claims.get(key_of(policy, period))

    @property
    def received(self) -> tuple[Received, ...]:
        """What groups of policies have granted it, without what is claimed back."""
        return tuple(
            Received(one.group, one.policy, one.period, one.amount_fen - one.recovery_fen)
            for one in self.claims.values()
            if one.group and one.standing in GRANTED
        )


def _offered(e: EntitlementOffered, at: Envelope) -> Claim:
    return Claim(
        policy=e.policy,
        period=e.period,
        party=e.party,
        name=e.name,
        authority=e.authority,
        department=e.department,
        definition=at.definition,
        route="matched",
        standing="offered",
        group=e.group,
        round=e.round,
        grade=e.grade,
        full_fen=e.full_fen,
        deducted_fen=e.deducted_fen,
        amount_fen=e.amount_fen,
        cleared=e.cleared,
        due=e.confirm_by,
        provisional=e.provisional,
        prepared_by=e.prepared_by,
        opened_on=at.effective_at,
    )


def _applied(e: EntitlementApplied, at: Envelope) -> Claim:
    return Claim(
        policy=e.policy,
        period=e.period,
        party=e.party,
        name=e.name,
        authority=e.authority,
        department=e.department,
        definition=at.definition,
        route="applied",
        standing="applied",
        group=e.group,
        account=e.account,
        grounds=e.grounds,
        handed_in=e.handed_in,
        due=e.decide_by,
        provisional=e.provisional,
        opened_on=at.effective_at,
    )


Begun = Callable[[Any, Envelope], Claim]
Goes = Callable[[Claim, Any, Envelope], Claim]


def _confirmed(claim: Claim, e: EntitlementConfirmed, at: Envelope) -> Claim:
    return replace(
        claim, standing="confirmed", account=e.account, confirmed_on=at.effective_at, due=None
    )


def _declined(claim: Claim, e: EntitlementDeclined, _at: Envelope) -> Claim:
    return replace(claim, standing="declined", reason=e.reason, due=None)


def _closed(claim: Claim, _e: OfferClosed, _at: Envelope) -> Claim:
    return replace(claim, standing="closed", due=None)


def _taken_off(claim: Claim, _e: EntitlementTakenOff, _at: Envelope) -> Claim:
    return replace(claim, standing="taken_off", due=None)


def _cleared(claim: Claim, _e: EntitlementCleared, _at: Envelope) -> Claim:
    return replace(claim, cleared=True)


def _examined(claim: Claim, e: EntitlementExamined, at: Envelope) -> Claim:
    return replace(
        claim,
        standing="examined",
        recommends=e.recommends,
        grade=e.grade,
        opinion=e.opinion,
        prepared_by=at.actor,
    )


def _granted(claim: Claim, e: EntitlementGranted, at: Envelope) -> Claim:
    return replace(
        claim,
        standing="confirmed",
        cleared=True,
        grade=e.grade,
        full_fen=e.full_fen,
        deducted_fen=e.deducted_fen,
        amount_fen=e.amount_fen,
        confirmed_on=at.effective_at,
        due=None,
    )


def _refused(claim: Claim, e: EntitlementRefused, _at: Envelope) -> Claim:
    return replace(claim, standing="refused", reason=e.reason, due=None)


def _ordered(claim: Claim, e: PaymentOrdered, at: Envelope) -> Claim:
    return replace(
        claim,
        standing="ordered",
        batch=e.batch,
        amount_fen=e.amount_fen,
        ordered_on=claim.ordered_on or at.effective_at,
        cause=None,
    )


def _paid(claim: Claim, e: PaymentMade, _at: Envelope) -> Claim:
    return replace(claim, standing="paid", paid_on=e.on)


def _returned(claim: Claim, e: PaymentReturned, _at: Envelope) -> Claim:
    return replace(claim, standing="returned", cause=e.cause)


def _corrected(claim: Claim, e: AccountCorrected, _at: Envelope) -> Claim:
    return replace(claim, standing="corrected", account=e.account)


def _recovery(claim: Claim, e: RecoveryOrdered, _at: Envelope) -> Claim:
    return replace(
        claim,
        standing="recovering",
        recovery_fen=claim.recovery_fen + e.amount_fen,
        recovery_ground=e.ground,
        reason=e.reason,
        due=e.due,
        provisional=e.provisional,
    )


def _repaid(claim: Claim, e: RecoveryPaid, _at: Envelope) -> Claim:
    recovered = claim.recovered_fen + e.amount_fen
    whole = recovered == claim.recovery_fen
    return replace(
        claim,
        standing="recovered" if whole else "recovering",
        recovered_fen=recovered,
        due=None if whole else claim.due,
    )


BEGINNINGS: Mapping[type[Event], Begun] = {
    EntitlementOffered: _offered,
    EntitlementApplied: _applied,
}
FOLDS: Mapping[type[Event], Goes] = {
    EntitlementConfirmed: _confirmed,
    EntitlementDeclined: _declined,
    OfferClosed: _closed,
    EntitlementTakenOff: _taken_off,
    EntitlementCleared: _cleared,
    EntitlementExamined: _examined,
    EntitlementGranted: _granted,
    EntitlementRefused: _refused,
    PaymentOrdered: _ordered,
    PaymentMade: _paid,
    PaymentReturned: _returned,
    AccountCorrected: _corrected,
    RecoveryOrdered: _recovery,
    RecoveryPaid: _repaid,
}


def fold_holding(holding: Holding, event: Of, envelope: Envelope) -> Holding:
    """What the enterprise has after one more event."""
    key = key_of(event.policy, event.period)
    begins = BEGINNINGS.get(type(event))
    if begins is not None:
        claim = begins(event, envelope)
    else:
        claim = FOLDS[type(event)](holding.claims[key], event, envelope)
    return replace(
        holding,
        claims={**holding.claims, key: claim},
        version=envelope.seq,
        recorded_at=envelope.recorded_at,
    )


def fold_all(holding: Holding, entries: Iterable[tuple[Envelope, Event]]) -> Holding:
    """What the enterprise has after all of the events."""
    for envelope, event in entries:
        assert isinstance(event, Of)  # noqa: S101 - the stream holds nothing else
        holding = fold_holding(holding, event, envelope)
    return holding


__all__ = [
    "BEGINNINGS",
    "FOLDS",
    "GRANTED",
    "OVER",
    "AccountCorrected",
    "Claim",
    "EntitlementApplied",
    "EntitlementCleared",
    "EntitlementConfirmed",
    "EntitlementDeclined",
    "EntitlementExamined",
    "EntitlementGranted",
    "EntitlementOffered",
    "EntitlementRefused",
    "EntitlementTakenOff",
    "Holding",
    "Of",
    "OfferClosed",
    "PaymentMade",
    "PaymentOrdered",
    "PaymentReturned",
    "RecoveryGround",
    "RecoveryOrdered",
    "RecoveryPaid",
    "ReturnCause",
    "Route",
    "Standing",
    "fold_all",
    "fold_holding",
    "key_of",
    "place_of",
    "stream_of",
]
