"""Which event of a claim an enterprise is written about, by the letter's template."""

from collections.abc import Mapping

from permits.casework.entitlement.claim_events import (
    EntitlementGranted,
    EntitlementOffered,
    EntitlementRefused,
    EntitlementTakenOff,
    OfferClosed,
    PaymentMade,
    PaymentReturned,
    RecoveryOrdered,
)
from permits.casework.envelope import Event

TOLD: Mapping[type[Event], str] = {
    EntitlementOffered: "entitlement_offered",
    OfferClosed: "entitlement_closed",
    EntitlementTakenOff: "entitlement_taken_off",
    EntitlementGranted: "entitlement_granted",
    EntitlementRefused: "entitlement_refused",
    PaymentMade: "entitlement_paid",
    PaymentReturned: "entitlement_returned",
    RecoveryOrdered: "entitlement_recovery",
}


def letter_of(event: Event) -> str | None:
    """The template of the letter an event brings about; None for none."""
    return TOLD.get(type(event))
