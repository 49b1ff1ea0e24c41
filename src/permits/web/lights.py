"""How a date stands: in time, close, past, or over. Shown as a colour with its words."""

from datetime import date
from enum import StrEnum

from permits.casework.case import Clock, Obligation
from permits.casework.ledger import Fee


class Light(StrEnum):
    """Closed: each has a colour and words in `templates/parts/marks.html`."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    UNUSED = "unused"
    VOID = "void"
    UNDATED = "undated"


def by_date(due: date | None, warn_on: date | None, today: date) -> Light:
    """The light of a date that is still to be met."""
    if due is None:
        return Light.UNDATED
    if today > due:
        return Light.RED
    return Light.YELLOW if today >= (warn_on or due) else Light.GREEN


def of_clock(clock: Clock, today: date, *, used: bool = True) -> Light:
    """The light of a clock; not `used` if it gave somebody time who let it pass."""
    if not clock.running:
        late = Light.MISSED if used else Light.UNUSED
        return late if clock.late else Light.MET
    return Light.PAUSED if clock.suspended else by_date(clock.due, clock.warn_on, today)


def of_obligation(held: Obligation, today: date) -> Light:
    """The light of an obligation."""
    match held.status:
        case "settled":
            return Light.MISSED if _late(held) else Light.MET
        case "voided":
            return Light.VOID
        case "open":
            return by_date(held.due, held.warn_on, today)


def _late(held: Obligation) -> bool:
    """Whether time ran out before it was met; what was done in time may be reported later."""
    done, due = held.reported_on, held.due
    in_time = done is not None and due is not None and done <= due
    return held.overdue and not in_time


def of_fee(fee: Fee, today: date) -> Light:
    """The light of a fee."""
    if fee.balance_fen <= 0:
        return Light.VOID if fee.cancelled else Light.MET
    return by_date(fee.due, fee.warn_on, today)
