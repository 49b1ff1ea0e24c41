"""Due dates of obligations and fees: the earliest of what has come, and whether it changed."""

from typing import Any

from permits.casework.case import Clock, Fee, Obligation
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length
from permits.definitions.schema import Due


def differs(held: Obligation | Clock | Fee, due: dict[str, Any]) -> bool:
    """Whether a reckoning says something else than what is held."""
    return any(getattr(held, key) != due[key] for key in ("due", "provisional", "warn_on"))


def earliest(minutes: Minutes, rule: Due, warn_days_left: int) -> dict[str, Any]:
    """The earliest of the dates whose milestone has come; provisional if one of them is."""
    found = [
        minutes.due(on, Length.parse(after.plus), warn_days_left)
        for after in rule.earliest
        if (on := minutes.case.milestones.get(after.milestone)) is not None
    ]
    dated = [due for due in found if due["due"] is not None]
    if not dated:
        return undated(minutes)
    first = min(dated, key=lambda due: due["due"])
    return {**first, "provisional": any(due["provisional"] for due in dated)}


def undated(minutes: Minutes) -> dict[str, Any]:
    """No due date, under the calendar of the day."""
    calendar = minutes.desk.calendar.digest
    return {"due": None, "provisional": False, "warn_on": None, "calendar": calendar}
