"""Due dates of obligations and fees: the earliest of what has come, and whether it changed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from permits.casework.case import Case, Clock, Obligation
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length
from permits.casework.ledger import Fee
from permits.definitions.procedure import ENDS_BY_LAW, Milestone
from permits.definitions.schema import Due


def differs(held: Obligation | Clock | Fee, due: dict[str, Any]) -> bool:
    """Whether a reckoning says something else than what is held."""
    return any(getattr(held, key) != due[key] for key in ("due", "provisional", "warn_on"))


def earliest(
    minutes: Minutes, rule: Due, warn_days_left: int, extensions: Iterable[Length] = ()
) -> dict[str, Any]:
    """The earliest of the dates whose milestone has come; provisional if one of them is. Only a
    single date is ever extended."""
    longer = tuple(extensions)
    found = [
        minutes.due(on, Length.parse(after.plus), warn_days_left, (), longer)
        for after in rule.earliest
        if (on := came(minutes.case, after.milestone)) is not None
    ]
    dated = [due for due in found if due["due"] is not None]
    if not dated:
        return undated(minutes)
    first = min(dated, key=lambda due: due["due"])
    return {**first, "provisional": any(due["provisional"] for due in dated)}


def came(case: Case, milestone: Milestone) -> date | None:
    """The day of a milestone. What counts from a revocation counts from whatever else ended the
    grant in its stead."""
    instead = (*ENDS_BY_LAW, Milestone.ANNULLED) if milestone is Milestone.REVOKED else ()
    found = (case.milestones.get(one) for one in (milestone, *instead))
    return next((on for on in found if on is not None), None)


def undated(minutes: Minutes) -> dict[str, Any]:
    """No due date, under the calendar of the day."""
    calendar = minutes.desk.calendar.digest
    return {"due": None, "provisional": False, "warn_on": None, "calendar": calendar}
