"""What the families' folds share."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.following import OutOfOrder
from permits.definitions.procedure import Milestone

T = TypeVar("T")

Folds = Mapping[type[Event], Callable[[Case, Any, Envelope], Case]]


def there(held: T | None, what: str) -> T:
    """What an event says that its case has. Raises `OutOfOrder` if it has not."""
    if held is None:
        raise OutOfOrder(f"there is no {what}")
    return held


class HasDue(Protocol):
    """An event that says when something is due."""

    @property
    def due(self) -> date | None: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def warn_on(self) -> date | None: ...
    @property
    def calendar(self) -> str: ...


def due_of(event: HasDue) -> dict[str, Any]:
    """The due date of an event as the fields of a clock, an obligation or a fee."""
    return {
        "due": event.due,
        "provisional": event.provisional,
        "warn_on": event.warn_on,
        "calendar": event.calendar,
    }


def recorded(case: Case, what: str) -> Case:
    """The case as it begins to be changed by something written down beside the chart, which can
    be undone while nothing follows it."""
    return replace(case, last_record=what, before=replace(case, before=None))


def acted(case: Case, at: Envelope) -> Case:
    """The case with an officer who acted for its applicant, and whoever they stood in for."""
    return replace(case, acted_for=tuple(dict.fromkeys((*case.acted_for, *at.persons))))


def marked(case: Case, milestone: Milestone | str, on: date) -> Case:
    """The case with a milestone on a day."""
    return replace(case, milestones={**case.milestones, str(milestone): on})
