"""What is to be put right in a case, and what its holder says was done about it."""

from dataclasses import dataclass

from permits.casework.families.obligations import (
    ObligationVerified,
    RectificationOrdered,
    RectificationReported,
)
from permits.web.dossier import Dossier
from permits.web.shown_parts import ShownDuty


@dataclass(frozen=True, slots=True)
class Order:
    """A breach that is to be put right, or a payment that was ordered; `finding` is what was
    found, or why it was ordered, `told` what the holder says was done, once they say so."""

    duty: ShownDuty
    finding: str
    told: str


def orders(case: Dossier) -> tuple[Order, ...]:
    """What a check found not to be in order, as long as it is to be put right; or why a payment
    was ordered that did not come in time."""
    found: dict[str, str] = {}
    told: dict[str, str] = {}
    for _at, event in case.record.entries:
        if isinstance(event, ObligationVerified) and not event.passed:
            found[event.obligation] = event.finding
        elif isinstance(event, RectificationOrdered) and event.reason is not None:
            found[event.obligation] = event.reason
        elif isinstance(event, RectificationReported):
            told[event.obligation] = event.words
    return tuple(
        Order(
            duty,
            case.values.get(found[duty.name], ""),
            case.values.get(told.get(duty.name, ""), ""),
        )
        for duty in case.duties
        if duty.to_be_put_right
    )
