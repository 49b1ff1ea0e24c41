"""Which event of a claim an enterprise is written about, by the letter's template."""

from collections.abc import Mapping

from permits.casework.entitlement import claims
from permits.casework.envelope import Event

TOLD: Mapping[type[Event], str] = {
    claims.EntitlementOffered: "entitlement_offered",
    claims.OfferClosed: "entitlement_closed",
    claims.EntitlementTakenOff: "entitlement_taken_off",
    claims.EntitlementGranted: "entitlement_granted",
    claims.EntitlementRefused: "entitlement_refused",
    claims.PaymentMade: "entitlement_paid",
    claims.PaymentReturned: "entitlement_returned",
    claims.RecoveryOrdered: "entitlement_recovery",
}


def letter_of(event: Event) -> str | None:
    """The template of the letter an event brings about; None for none."""
    return TOLD.get(type(event))
