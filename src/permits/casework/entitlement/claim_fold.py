"""What an enterprise has of every policy after each event: claims are begun, and go on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from permits.casework.entitlement.claim_events import (
    AccountCorrected,
    EntitlementApplied,
    EntitlementCleared,
    EntitlementConfirmed,
    EntitlementDeclined,
    EntitlementExamined,
    EntitlementGranted,
    EntitlementListed,
    EntitlementOffered,
    EntitlementRefused,
    EntitlementTakenOff,
    Of,
    OfferClosed,
    PaymentMade,
    PaymentOrdered,
    PaymentReturned,
    RecoveryOrdered,
    RecoveryPaid,
)
from permits.casework.entitlement.claims import Claim, Holding, key_of
from permits.casework.envelope import Envelope, Event, only
from permits.casework.following import followed


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
        prepared_for=e.prepared_for,
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
        prepared_for=at.in_place_of,
    )


def _granted(claim: Claim, e: EntitlementGranted, at: Envelope) -> Claim:
    return replace(
        claim,
        standing="confirmed",
        grade=e.grade,
        full_fen=e.full_fen,
        deducted_fen=e.deducted_fen,
        amount_fen=e.amount_fen,
        confirmed_on=at.effective_at,
        due=None,
    )


def _listed(claim: Claim, e: EntitlementListed, _at: Envelope) -> Claim:
    return replace(claim, round=e.round)


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
    EntitlementListed: _listed,
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
    return followed(fold_holding, holding, only(Of, entries))
