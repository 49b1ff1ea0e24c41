"""The desk as it stood when a command was decided, as far as its events tell."""

from collections.abc import Sequence
from typing import Any

from permits.casework.access import Actor, Place
from permits.casework.case import Case
from permits.casework.counter import Brought
from permits.casework.decide.desk import Desk
from permits.casework.envelope import Envelope, Event
from permits.casework.families.counter import ActedForApplicant
from permits.casework.families.filing import Filed
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role
from permits.services.evidence.reenacting.books import Books


def desk_of(
    case: Case, command: Sequence[tuple[Envelope, Event]], edition: Edition, books: Books
) -> Desk:
    """Who acted, when, under which calendar, and what was drawn and numbered."""
    envelope, events = command[0][0], [event for _at, event in command]
    return Desk(
        edition=edition,
        actor=_actor(case, envelope, events),
        now=envelope.recorded_at,
        calendar=_calendar(events, envelope, books),
        command=envelope.command,
        numbers=_numbers(edition, events),
        seed=_first(events, "seed", ""),
        inspectors=_first(events, "fit", ()),
        brought=_brought(events),
    )


def calendars_of(events: Sequence[Event]) -> tuple[str, ...]:
    """The digests of the calendars that events name."""
    return tuple(dict.fromkeys(found for one in events if (found := getattr(one, "calendar", ""))))


def _actor(case: Case, at: Envelope, events: Sequence[Event]) -> Actor:
    role = Role(at.role)
    party = next((one.party for one in events if isinstance(one, Filed)), case.party)
    return Actor(
        at.actor,
        frozenset({role}),
        at.office,
        at.department,
        party if role is Role.APPLICANT else "",
        (Place(role, at.in_place_of),) if at.in_place_of else (),
    )


def _calendar(events: Sequence[Event], at: Envelope, books: Books) -> WorkingDays:
    named = (books.calendars.get(digest) for digest in calendars_of(events))
    return next((one for one in named if one is not None), None) or books.calendar_at(
        at.recorded_at
    )


def _numbers(edition: Edition, events: Sequence[Event]) -> dict[str, int]:
    """The last places taken before: one less than the first that the events take."""
    found: dict[str, int] = {}
    for event in events:
        if isinstance(event, Filed):
            _prefix, day, place = event.number.rsplit("-", 2)
            found[f"case/{edition.definition.authority.id}/{day}"] = int(place) - 1
        numbered: Any = event
        if getattr(event, "series", ""):
            found.setdefault(numbered.series, numbered.place - 1)
    return found


def _first(events: Sequence[Event], field: str, unless: Any) -> Any:
    return next((getattr(one, field) for one in events if hasattr(one, field)), unless)


def _brought(events: Sequence[Event]) -> Brought | None:
    acted = next((one for one in events if isinstance(one, ActedForApplicant)), None)
    if acted is None:
        return None
    return Brought(
        on=acted.came_on,
        name=acted.name,
        capacity=acted.capacity,
        in_person=acted.in_person,
        scans=acted.scans,
        authorised=acted.authorised,
    )
